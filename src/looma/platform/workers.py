"""Heavy or dangerous work in processes of their own, each of which can be killed without a trace on the others.

The processes are started afresh (no fork, and no `multiprocessing`: its spawn imports the program's main module again
and keeps a tracker process), one interpreter and one socket each; the event loop waits on the sockets, no thread does.
POSIX only.
"""

import asyncio
import contextlib
import json
import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any, TypeVar, TypeVarTuple, Unpack

from .errors import LoomaError, TooMany
from .worker import HEADER, OUT_OF_MEMORY

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

START_S = 60.0
"""How long a process may take until it is ready; only a machine that hardly runs at all needs more than a second."""

_BOOT = "import json, sys; from looma.platform.worker import main; main(*json.loads(sys.argv[1]))"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


class WorkerTimedOut(Exception):
    """The call took longer than its limit; its process was killed."""


class WorkerDied(Exception):
    """The process ended in the middle of the call: out of memory, crashed or killed."""

    def __init__(self, reason: str, *, out_of_memory: bool = False) -> None:
        super().__init__(reason)
        self.out_of_memory = out_of_memory


class WorkerFailed(Exception):
    """The call raised, or returned, something that cannot be sent between processes; the message names it."""


class Workers:
    """At most `size` processes, started when there is work and ended after `idle_s` seconds without.

    `memory_bytes` limits the private memory of each process, interpreter included (see `worker`). `preload` names
    modules that a process imports before it counts as ready. At most `max_waiting` callers wait, first come first
    served; one more is refused with `TooMany`. An instance belongs to one event loop; `close` it there.
    """

    def __init__(
        self,
        size: int = 1,
        *,
        memory_bytes: int = 1 << 30,
        idle_s: float = 60.0,
        max_waiting: int = 64,
        preload: tuple[str, ...] = (),
    ) -> None:
        self._size, self._memory_bytes, self._idle_s = size, memory_bytes, idle_s
        self._max_waiting, self._preload = max_waiting, preload
        self._turn = asyncio.Semaphore(size)
        self._waiting = 0
        self._idle: list[_Process] = []  # the one used last is at the end and is used first: the others grow old
        self._all: set[_Process] = set()
        self._endings: set[asyncio.Task[None]] = set()
        self._closed = False

    @property
    def pids(self) -> frozenset[int]:
        """The processes that are running or starting."""
        return frozenset(process.pid for process in self._all)

    async def run(self, fn: Callable[[Unpack[Ts]], T], *args: *Ts, timeout_s: float) -> T:
        """Call `fn(*args)` in a process and give back what it returns or raise what it raises.

        `fn` is a function at the top level of an importable module (not ``__main__``). `timeout_s` counts from the
        moment a process has the call. Raises `WorkerTimedOut`, `WorkerDied`, `WorkerFailed` or `TooMany`. When the
        caller is cancelled, the process that worked for it is killed.
        """
        if fn.__module__ == "__main__":
            raise ValueError(f"{fn.__qualname__} stands in __main__, which a worker does not import")
        call = pickle.dumps((fn, args), protocol=pickle.HIGHEST_PROTOCOL)
        async with self._place():
            process = await self._take()
            try:
                async with asyncio.timeout(timeout_s):
                    outcome = await process.ask(call)
            except TimeoutError:
                self._discard(process)
                raise WorkerTimedOut(f"{fn.__qualname__} took longer than {timeout_s:g} s") from None
            except (OSError, EOFError):
                raise await self._autopsy(process) from None
            except BaseException:
                self._discard(process)
                raise
            self._put_back(process)
        result: T = _unwrap(outcome)
        return result

    async def warm(self) -> None:
        """Start a process if none is there, so that the first call does not wait for it."""
        async with self._place():
            self._put_back(await self._take())

    async def close(self) -> None:
        """End every process and wait until all are gone; calls that are still running fail with `WorkerDied`."""
        self._closed = True
        for process in list(self._all):
            self._discard(process)
        while self._endings:
            await asyncio.gather(*self._endings, return_exceptions=True)

    @contextlib.asynccontextmanager
    async def _place(self) -> Any:
        if self._turn.locked() and self._waiting >= self._max_waiting:
            raise TooMany
        self._waiting += 1
        try:
            await self._turn.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turn.release()

    async def _take(self) -> "_Process":
        if self._closed:
            raise WorkerDied("the workers are closed")
        while self._idle:
            process = self._idle.pop()
            process.let_live()
            if process.alive:
                return process
            self._discard(process)  # killed from outside while it had nothing to do
        process = _Process(self._memory_bytes, self._preload)
        self._all.add(process)
        try:
            async with asyncio.timeout(START_S):
                await process.ready()
        except (OSError, EOFError, TimeoutError):
            raise await self._autopsy(process) from None
        except BaseException:
            self._discard(process)
            raise
        return process

    def _put_back(self, process: "_Process") -> None:
        if process not in self._all:  # closed in the meantime
            return
        self._idle.append(process)
        process.end_after(self._idle_s, self._discard)

    def _discard(self, process: "_Process") -> None:
        """Kill at once; what is left of the process is cleared away in the background."""
        if process not in self._all:
            return
        self._all.remove(process)
        if process in self._idle:
            self._idle.remove(process)
        process.kill()
        ending = asyncio.get_running_loop().create_task(process.bury())
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)

    async def _autopsy(self, process: "_Process") -> WorkerDied:
        """The error for a process whose pipe broke: it has ended, or is about to."""
        if process not in self._all:
            return WorkerDied("the workers were closed during the call")
        try:
            async with asyncio.timeout(1.0):
                status = await process.status()
        except TimeoutError:
            status = None
        finally:
            self._discard(process)
        if status == OUT_OF_MEMORY:
            return WorkerDied("the process ran out of the memory that it may have", out_of_memory=True)
        return WorkerDied(f"the process ended in the middle of the call (status {status})")


class _Process:
    """One interpreter and the socket to it."""

    def __init__(self, memory_bytes: int, preload: tuple[str, ...]) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._socket = ours
            # Started on the loop's own thread: Linux ends a child with the *thread* that started it (PR_SET_PDEATHSIG),
            # and the threads of an executor come and go. It takes about 2 ms.
            self._popen: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
                [sys.executable, "-P", "-c", _BOOT, json.dumps([os.getpid(), memory_bytes, preload])],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,  # a library that prints must not write into the output of a command
                env=os.environ | dict.fromkeys(_THREADS, "1") | {"PYTHONPATH": _import_path()},
                process_group=0,  # out of reach of the terminal's Ctrl-C
            )
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._end: asyncio.TimerHandle | None = None

    @property
    def pid(self) -> int:
        return self._popen.pid

    @property
    def alive(self) -> bool:
        return self._popen.poll() is None and self._reader is not None and not self._reader.at_eof()

    async def ready(self) -> None:
        self._socket.setblocking(False)
        self._reader, self._writer = await asyncio.open_connection(sock=self._socket, limit=1 << 20)
        await self._receive()

    async def ask(self, call: bytes) -> tuple[Any, ...]:
        assert self._writer is not None  # noqa: S101 - `ready` came first
        self._writer.write(HEADER.pack(len(call)))
        self._writer.write(call)
        await self._writer.drain()
        return await self._receive()

    async def _receive(self) -> tuple[Any, ...]:
        assert self._reader is not None  # noqa: S101 - `ready` came first
        (size,) = HEADER.unpack(await self._reader.readexactly(HEADER.size))
        outcome: tuple[Any, ...] = pickle.loads(await self._reader.readexactly(size))  # noqa: S301 - our own process
        return outcome

    def end_after(self, idle_s: float, end: Callable[["_Process"], None]) -> None:
        self._end = asyncio.get_running_loop().call_later(idle_s, end, self)

    def let_live(self) -> None:
        if self._end is not None:
            self._end.cancel()

    def kill(self) -> None:
        self.let_live()
        self._popen.kill()

    async def status(self) -> int:
        return await asyncio.to_thread(self._popen.wait)

    async def bury(self) -> None:
        await self.status()
        if self._writer is None:
            self._socket.close()
            return
        self._writer.transport.abort()  # nobody will read what is still to be sent
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()


def _unwrap(outcome: tuple[Any, ...]) -> Any:
    match outcome:
        case ("value", value):
            return value
        case ("raised", error, trace):
            if not isinstance(error, LoomaError):  # raised on purpose: where from is no news
                error.add_note(f"In a worker process:\n{trace}")
            raise error
        case (_, text, trace):
            failed = WorkerFailed(text)
            failed.add_note(f"In a worker process:\n{trace}")
            raise failed


def _import_path() -> str:
    return os.pathsep.join(os.path.abspath(entry) for entry in sys.path)
