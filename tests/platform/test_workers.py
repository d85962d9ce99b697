"""Worker processes: results and errors come back, a bad call costs its own process and nothing else."""

import asyncio
import json
import os
import pickle
import select
import signal
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from looma.contracts.resume import Bomb
from looma.platform.errors import LoomaError, TooMany
from looma.platform.workers import WorkerDied, WorkerFailed, Workers, WorkerTimedOut

LONG_S = 60.0
"""A limit that no call here reaches."""


class Picky(Exception):
    """An exception that cannot be built again from its arguments."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def refuse() -> None:
    """Raise an error of a contract."""
    raise Bomb(limit_mb=7, what="压缩包")


def be_picky() -> None:
    """Raise what cannot travel."""
    raise Picky(1, 2)


def give_a_lock() -> Any:
    """Return what cannot travel."""
    return select.epoll() if hasattr(select, "epoll") else select.kqueue()


def modules() -> list[str]:
    """What this process has imported."""
    return sorted(sys.modules)


def environment(name: str) -> str | None:
    """One variable of this process."""
    return os.environ.get(name)


def interrupt_myself() -> str:
    """Send ourselves what Ctrl-C sends."""
    os.kill(os.getpid(), signal.SIGINT)
    return "still here"


@asynccontextmanager
async def opened(**options: Any) -> AsyncIterator[Workers]:
    """Workers that leave no process behind."""
    workers = Workers(**options)
    try:
        yield workers
    finally:
        pids = workers.pids
        await workers.close()
        assert not workers.pids
        assert not any(exists(pid) for pid in pids)


def exists(pid: int) -> bool:
    """Whether there is such a process, a zombie included."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop turn until something has happened."""
    async with asyncio.timeout(LONG_S):
        while not condition():  # noqa: ASYNC110 - what we wait for happens in another process
            await asyncio.sleep(0)


async def test_gives_back_results_from_one_process_that_lives_on() -> None:
    async with opened() as workers:
        assert await workers.run(divmod, 17, 5, timeout_s=LONG_S) == (3, 2)
        first = await workers.run(os.getpid, timeout_s=LONG_S)
        assert first != os.getpid()
        assert await workers.run(os.getpid, timeout_s=LONG_S) == first
        assert workers.pids == {first}


async def test_starts_nothing_before_there_is_work() -> None:
    async with opened() as workers:
        assert not workers.pids
        await workers.warm()
        (warm,) = workers.pids
        assert await workers.run(os.getpid, timeout_s=LONG_S) == warm


@pytest.mark.parametrize("size", [0, 1, 65_536, 30_000_000])
async def test_carries_bytes_of_any_size_both_ways(size: int) -> None:
    async with opened() as workers:
        data = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
        assert await workers.run(bytes, data, timeout_s=LONG_S) == data


async def test_errors_of_contracts_arrive_as_themselves() -> None:
    async with opened() as workers:
        with pytest.raises(Bomb) as caught:
            await workers.run(refuse, timeout_s=LONG_S)
        assert caught.value.details == {"limit_mb": 7, "what": "压缩包"}
        assert await workers.run(abs, -1, timeout_s=LONG_S) == 1


async def test_other_errors_arrive_with_their_traceback() -> None:
    async with opened() as workers:
        with pytest.raises(json.JSONDecodeError) as caught:
            await workers.run(json.loads, "{", timeout_s=LONG_S)
        assert caught.value.pos == 1
        assert "decoder.py" in caught.value.__notes__[0]


@pytest.mark.parametrize("call", [be_picky, give_a_lock])
async def test_what_cannot_travel_is_named(call: Callable[[], Any]) -> None:
    async with opened() as workers:
        with pytest.raises(WorkerFailed, match=r"Picky: 1 and 2|pickle"):
            await workers.run(call, timeout_s=LONG_S)
        assert await workers.run(abs, -1, timeout_s=LONG_S) == 1


async def test_a_call_over_its_time_costs_its_process_alone() -> None:
    async with opened(size=2) as workers:
        hanging = asyncio.ensure_future(workers.run(signal.pause, timeout_s=0.3))
        await until(lambda: len(workers.pids) == 1)
        other = await workers.run(os.getpid, timeout_s=LONG_S)
        with pytest.raises(WorkerTimedOut, match="pause"):
            await hanging
        assert workers.pids == {other}
        assert await workers.run(os.getpid, timeout_s=LONG_S) == other


@pytest.mark.parametrize("death", [(os._exit, 0), (os.abort,), (sys.exit, 3), (signal.raise_signal, signal.SIGKILL)])
async def test_a_crash_is_an_error_of_that_call(death: tuple[Any, ...], capfd: pytest.CaptureFixture[str]) -> None:
    async with opened() as workers:
        with pytest.raises(WorkerDied) as caught:
            await workers.run(*death, timeout_s=LONG_S)
        assert not caught.value.out_of_memory
        assert await workers.run(abs, -1, timeout_s=LONG_S) == 1


async def test_more_memory_than_allowed_is_refused() -> None:
    async with opened(memory_bytes=200 << 20) as workers:
        assert len(await workers.run(bytes, 50 << 20, timeout_s=LONG_S)) == 50 << 20
        with pytest.raises(WorkerDied) as caught:
            await workers.run(bytearray, 400 << 20, timeout_s=LONG_S)
        assert caught.value.out_of_memory
        assert await workers.run(abs, -1, timeout_s=LONG_S) == 1


async def test_a_call_too_large_for_the_memory_is_refused() -> None:
    async with opened(memory_bytes=100 << 20) as workers:
        with pytest.raises(WorkerDied) as caught:
            await workers.run(len, bytes(150 << 20), timeout_s=LONG_S)
        assert caught.value.out_of_memory


async def test_a_cancelled_caller_takes_its_process_with_it() -> None:
    async with opened() as workers:
        await workers.warm()
        (pid,) = workers.pids
        caller = asyncio.ensure_future(workers.run(signal.pause, timeout_s=LONG_S))
        await asyncio.sleep(0)
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        assert not workers.pids
        await until(lambda: not exists(pid))
        assert await workers.run(abs, -1, timeout_s=LONG_S) == 1


async def test_a_cancelled_start_leaves_no_process() -> None:
    async with opened() as workers:
        caller = asyncio.ensure_future(workers.run(abs, -1, timeout_s=LONG_S))
        await until(lambda: bool(workers.pids))
        (pid,) = workers.pids
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        await until(lambda: not exists(pid))


async def test_callers_are_served_in_the_order_they_came() -> None:
    done: list[int] = []

    async def ask(number: int) -> None:
        await workers.run(abs, number, timeout_s=LONG_S)
        done.append(number)

    async with opened() as workers:
        await asyncio.gather(*(ask(number) for number in range(12)))
    assert done == list(range(12))


async def test_refuses_more_waiting_callers_than_allowed() -> None:
    async with opened(max_waiting=2) as workers:
        taken = [asyncio.ensure_future(workers.run(abs, -1, timeout_s=LONG_S)) for _ in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(TooMany):
            await workers.run(abs, -1, timeout_s=LONG_S)
        assert await asyncio.gather(*taken) == [1, 1, 1]


async def test_a_waiting_caller_may_give_up() -> None:
    async with opened() as workers:
        first, second, third = (asyncio.ensure_future(workers.run(abs, n, timeout_s=LONG_S)) for n in (-1, -2, -3))
        await asyncio.sleep(0)
        second.cancel()
        assert await asyncio.gather(first, third) == [1, 3]


async def test_an_idle_process_ends() -> None:
    async with opened(idle_s=0.0) as workers:
        pid = await workers.run(os.getpid, timeout_s=LONG_S)
        await until(lambda: not exists(pid))
        assert not workers.pids
        assert await workers.run(os.getpid, timeout_s=LONG_S) != pid


async def test_a_process_killed_from_outside_is_replaced() -> None:
    async with opened() as workers:
        pid = await workers.run(os.getpid, timeout_s=LONG_S)
        os.kill(pid, signal.SIGKILL)
        await asyncio.to_thread(os.waitid, os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert await workers.run(os.getpid, timeout_s=LONG_S) != pid


async def test_close_ends_calls_and_refuses_more() -> None:
    workers = Workers(size=2)
    calls = [asyncio.ensure_future(workers.run(signal.pause, timeout_s=LONG_S)) for _ in range(3)]
    await until(lambda: len(workers.pids) == 2)
    pids = workers.pids
    await workers.close()
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [WorkerDied] * 3
    assert not any(exists(pid) for pid in pids)
    with pytest.raises(WorkerDied):
        await workers.run(abs, -1, timeout_s=LONG_S)
    await workers.close()


async def test_a_process_holds_nothing_that_its_calls_do_not_need() -> None:
    async with opened() as workers:
        loaded = await workers.run(modules, timeout_s=LONG_S)  # imports this file, and with it pytest and a contract
        unwanted = {"sanic", "sqlalchemy", "numpy", "aiohttp", "multiprocessing"}
        if "coverage" in loaded:  # where lines are counted, coverage itself brings it into every process
            unwanted -= {"multiprocessing"}
        assert not unwanted & set(loaded)
        assert await workers.run(environment, "OMP_NUM_THREADS", timeout_s=LONG_S) == "1"


async def test_modules_are_there_before_the_first_call() -> None:
    async with opened(preload=("json.tool",)) as workers:
        assert "json.tool" in await workers.run(modules, timeout_s=LONG_S)


async def test_a_module_that_is_not_there_is_an_error_and_no_endless_start(capfd: pytest.CaptureFixture[str]) -> None:
    async with opened(preload=("looma.no_such_module",)) as workers:
        with pytest.raises(WorkerDied):
            await workers.run(abs, -1, timeout_s=LONG_S)
        assert "no_such_module" in capfd.readouterr().err


async def test_ctrl_c_is_for_the_parent() -> None:
    async with opened() as workers:
        assert await workers.run(interrupt_myself, timeout_s=LONG_S) == "still here"
        assert await workers.run(os.getpgrp, timeout_s=LONG_S) != os.getpgrp()


async def test_what_a_call_prints_stays_out_of_our_output(capfd: pytest.CaptureFixture[str]) -> None:
    async with opened() as workers:
        await workers.run(print, "noise", timeout_s=LONG_S)
    assert capfd.readouterr().out == ""


async def test_a_function_of_main_is_refused() -> None:
    def here() -> None: ...

    here.__module__ = "__main__"
    async with opened() as workers:
        with pytest.raises(ValueError, match="__main__"):
            await workers.run(here, timeout_s=LONG_S)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a busy child together with its parent")
async def test_a_busy_process_dies_with_its_parent() -> None:
    program = """
        import asyncio, os, signal
        from looma.platform.workers import Workers

        async def main():
            workers = Workers()
            await workers.warm()
            print(*workers.pids, flush=True)
            await workers.run(signal.pause, timeout_s=600)

        asyncio.run(main())
    """
    parent = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        textwrap.dedent(program),
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert parent.stdout is not None
    child = int(await parent.stdout.readline())
    parent.kill()
    await parent.wait()
    await until(lambda: not runs(child))


def runs(pid: int) -> bool:
    """Whether the process does anything; one that nobody has waited for yet does not."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_every_error_of_looma_travels() -> None:
    for kind in LoomaError.codes().values():
        error = pickle.loads(pickle.dumps(kind(what="x", limit_mb=1)))  # noqa: S301 - our own bytes
        assert type(error) is kind
        assert error.details == {"what": "x", "limit_mb": 1}
