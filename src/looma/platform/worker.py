"""The inside of a worker process: take a call from the pipe, make it, give back what came of it, until the pipe ends.

Frames are an 8-byte big-endian length and a pickle. The first frame is the worker's own ``ready``; then one answer a
call: ``("value", result)``, ``("raised", exception, traceback)`` or ``("unpicklable", text, traceback)``.
This module imports the standard library only, so that a worker costs no more than what its calls import.
"""

import contextlib
import ctypes
import importlib
import os
import pickle
import signal
import socket
import struct
import sys
import traceback
from typing import Any

HEADER = struct.Struct(">Q")
OUT_OF_MEMORY = 83
"""Exit status of a worker that asked for more memory than it may have."""

_PR_SET_PDEATHSIG = 1


def main(parent: int, memory_bytes: int, preload: list[str]) -> None:
    """Serve the socket that is our standard input until it ends; `parent` is the process that must outlive us."""
    _die_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program at the terminal; it will end us
    _limit(memory_bytes)
    with socket.socket(fileno=os.dup(0)) as pipe:
        for module in preload:
            importlib.import_module(module)
        _send(pipe, ("ready",))
        try:
            _serve(pipe)
        except MemoryError:  # what was half done in the heap is not to be trusted any more
            os._exit(OUT_OF_MEMORY)


def _serve(pipe: socket.socket) -> None:
    while (frame := _receive(pipe)) is not None:
        _send(pipe, _outcome(frame))
        del frame


def _outcome(frame: bytearray) -> tuple[Any, ...]:
    """Make the call that a frame holds."""
    try:
        fn, args = pickle.loads(frame)  # noqa: S301 - written by our parent, through a socket that only we two hold
        return "value", fn(*args)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to the caller
        trace = traceback.format_exc()
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
        except Exception:  # noqa: BLE001 - an exception with a picky constructor travels as text
            return "unpicklable", f"{type(error).__name__}: {error}", trace
        return "raised", error, trace


def _send(pipe: socket.socket, message: tuple[Any, ...]) -> None:
    try:
        body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the result cannot travel: that is the caller's to know
        body = pickle.dumps(("unpicklable", f"{type(error).__name__}: {error}", ""))
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # nobody waits any more; the next read ends us
        pipe.sendall(HEADER.pack(len(body)))
        pipe.sendall(body)


def _receive(pipe: socket.socket) -> bytearray | None:
    head = _exactly(pipe, HEADER.size)
    return None if head is None else _exactly(pipe, HEADER.unpack(head)[0])


def _exactly(pipe: socket.socket, size: int) -> bytearray | None:
    """`size` bytes, or None when the other end has gone."""
    data = bytearray(size)
    view, got = memoryview(data), 0
    while got < size:
        try:
            count = pipe.recv_into(view[got:])
        except ConnectionResetError:
            return None
        if not count:
            return None
        got += count
    return data


def _die_with(parent: int) -> None:
    """Have the kernel end us when our parent ends, however it ends; elsewhere the end of the pipe has to do."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:  # it went before we could ask
        os._exit(0)


def _limit(memory_bytes: int) -> None:
    """Hold private writable memory under `memory_bytes`, and write no core files: they would hold people's documents.

    ``RLIMIT_DATA`` counts what a process writes to (heap and private anonymous mappings, since Linux 4.7).
    ``RLIMIT_AS`` would count every reserved address and every mapped library too, which allocators reserve by the
    gigabyte and never touch. Systems that do not enforce it leave only the limit on time.
    """
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
