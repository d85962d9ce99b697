"""A few threads that read, each with a connection of its own that cannot write."""

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from ...errors import StoreBroken, StoreBusy
from .connection import translated
from .settling import Settled, settle

BATCH_READS = 64
BATCH_S = 0.001
"""How long finished reads are kept back so that more of them can share one wake-up of the loop."""
MAX_WAITING = 50_000

Look = Callable[[sqlite3.Connection], Any]


class _Asked(NamedTuple):
    look: Look
    future: asyncio.Future[Any]


class Readers:
    """Owns `connections` from now on; one thread for each."""

    def __init__(self, connections: list[sqlite3.Connection], max_waiting: int = MAX_WAITING) -> None:
        self._max_waiting = max_waiting
        self._waiting: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._closed, self._lock = False, threading.Lock()
        self._threads = [
            threading.Thread(target=self._work, args=(connection,), daemon=True, name=f"looma-sql-reader-{number}")
            for number, connection in enumerate(connections)
        ]
        for thread in self._threads:
            thread.start()

    def read(self, look: Look) -> asyncio.Future[Any]:
        """A future for the value of `look`, which runs in one of the threads."""
        asked = _Asked(look, asyncio.get_running_loop().create_future())
        with self._lock:
            if self._closed:
                raise StoreBroken(what="the database is closed")
            if self._waiting.qsize() >= self._max_waiting:
                raise StoreBusy(what=f"{self._max_waiting} reads are waiting")
            self._waiting.put(asked)
        return asked.future

    def close(self) -> None:
        """Answer every read that was accepted, then let go. Waits for that; safe to call twice."""
        with self._lock:
            if not self._closed:
                self._closed = True
                for _ in self._threads:
                    self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self, connection: sqlite3.Connection) -> None:
        while (first := self._waiting.get()) is not None:
            if self._batch(connection, first):
                break
        connection.close()

    def _batch(self, connection: sqlite3.Connection, first: _Asked) -> bool:
        """Answer what is waiting, within limits; True when the end of all work was met."""
        settled, until = [_looked(connection, first)], time.monotonic() + BATCH_S
        last = False
        while len(settled) < BATCH_READS and time.monotonic() < until:
            try:
                asked = self._waiting.get_nowait()
            except queue.Empty:
                break
            if last := asked is None:
                break
            settled.append(_looked(connection, asked))
        settle(settled)
        return last


def _looked(connection: sqlite3.Connection, asked: _Asked) -> Settled:
    if asked.future.cancelled():
        return Settled(asked.future, None, None)
    try:
        return Settled(asked.future, asked.look(connection), None)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to the one who asked
        return Settled(asked.future, None, translated(error))
