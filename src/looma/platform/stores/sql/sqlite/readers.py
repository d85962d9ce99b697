"""A few threads that read, each with a connection of its own that cannot write.

One thread answers everything as long as it gets on: threads that take turns at short reads spend their time handing the
interpreter's lock to each other (measured: two threads read half as much as one). Another thread is woken only when a
tick passes in which nothing was taken up, which is what a long read looks like from outside; so a long read delays the
others by two ticks at most. Answers are handed to a loop in batches, one wake-up for many.
"""

import asyncio
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

from ...errors import StoreBroken, StoreBusy
from .connection import translated_reading
from .settling import Settled, settle

BATCH_READS = 64
BATCH_S = 0.001
"""How long finished reads are kept back so that more of them can share one wake-up of the loop."""
TICK_S = 0.002
MAX_WAITING = 50_000

Look = Callable[[sqlite3.Connection], Any]


class _Asked(NamedTuple):
    look: Look
    future: asyncio.Future[Any]


class Readers:
    """Owns `connections` from now on; one thread for each."""

    def __init__(self, connections: list[sqlite3.Connection], max_waiting: int = MAX_WAITING) -> None:
        self._max_waiting = max_waiting
        self._waiting: deque[_Asked] = deque()
        self._lock = threading.Lock()  # guards everything below
        self._asleep: list[threading.Semaphore] = []
        self._awake = len(connections)
        self._taken = self._taken_at_tick = 0
        self._ticking = self._closed = False
        self._threads = [
            threading.Thread(target=self._work, args=(connection,), daemon=True, name=f"looma-sql-reader-{number}")
            for number, connection in enumerate(connections)
        ]
        for thread in self._threads:
            thread.start()

    def read(self, look: Look) -> asyncio.Future[Any]:
        """A future for the value of `look`, which runs in one of the threads."""
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        with self._lock:
            if self._closed:
                raise StoreBroken(what="the database is closed")
            if len(self._waiting) >= self._max_waiting:
                raise StoreBusy(what=f"{self._max_waiting} reads are waiting")
            self._waiting.append(_Asked(look, future))
            if not self._awake:
                self._wake()
            if not self._ticking:
                self._ticking, self._taken_at_tick = True, self._taken
                loop.call_later(TICK_S, self._tick, loop)
        return future

    def close(self) -> None:
        """Answer every read that was accepted, then let go. Waits for that; safe to call twice."""
        with self._lock:
            self._closed = True
            while self._asleep:
                self._wake()
        for thread in self._threads:
            thread.join()

    def _wake(self) -> None:
        self._awake += 1
        self._asleep.pop().release()

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        """Wake another thread when the ones at work are held up."""
        with self._lock:
            if self._waiting and self._asleep and self._taken == self._taken_at_tick:
                self._wake()
            self._taken_at_tick = self._taken
            self._ticking = bool(self._waiting)
            if self._ticking:
                loop.call_later(TICK_S, self._tick, loop)

    def _work(self, connection: sqlite3.Connection) -> None:
        bell = threading.Semaphore(0)
        while True:
            self._answer(connection)
            with self._lock:
                if self._waiting:
                    continue
                if self._closed:
                    break
                self._awake -= 1
                self._asleep.append(bell)
            bell.acquire()
        connection.close()

    def _answer(self, connection: sqlite3.Connection) -> None:
        """Answer what is waiting, one batch."""
        settled: list[Settled] = []
        until = time.monotonic() + BATCH_S
        while len(settled) < BATCH_READS:
            try:
                asked = self._waiting.popleft()
            except IndexError:
                break
            self._taken += 1  # two threads may lose a count between them: only a standstill is looked for
            settled.append(_looked(connection, asked))
            if time.monotonic() > until:
                break
        settle(settled)


def _looked(connection: sqlite3.Connection, asked: _Asked) -> Settled:
    if asked.future.cancelled():
        return Settled(asked.future, None, None)
    try:
        return Settled(asked.future, asked.look(connection), None)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to the one who asked
        return Settled(asked.future, None, translated_reading(error))
