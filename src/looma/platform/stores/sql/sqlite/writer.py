"""The one thread that writes: all changes that wait share a transaction and one flush to the disk (group commit).

Each change has a savepoint of its own, so that one which fails is rolled back alone. When the commit fails, or SQLite
itself gives up the transaction (a full disk can do that in the middle of a statement), nothing of the batch is kept and
everyone in it is told so; the thread lives on. Answers are given after the commit, never before.
"""

import asyncio
import queue
import sqlite3
import threading
import time
from contextvars import Context, copy_context
from typing import Any, NamedTuple

from ...errors import StoreBroken, StoreBusy
from .. import Change
from ..statements import Statements
from .connection import translated
from .settling import Settled, settle
from .transaction import SqliteTransaction, driven

BATCH_CHANGES = 256
BATCH_S = 0.02
"""How long changes are added to a batch before it is committed, so that long ones do not keep the others waiting."""
MAX_WAITING = 10_000


class _Asked(NamedTuple):
    change: Change[Any]
    context: Context
    future: asyncio.Future[Any]


class Writer:
    """Owns `connection` from now on."""

    def __init__(self, connection: sqlite3.Connection, statements: Statements, max_waiting: int = MAX_WAITING) -> None:
        self._connection, self._statements, self._max_waiting = connection, statements, max_waiting
        self._waiting: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._closed, self._lock = False, threading.Lock()
        self._thread = threading.Thread(target=self._work, daemon=True, name="looma-sql-writer")
        self._thread.start()

    def write(self, change: Change[Any]) -> asyncio.Future[Any]:
        """A future for the value of `change`; it is settled when the change is durable."""
        future = asyncio.get_running_loop().create_future()
        asked = _Asked(change, copy_context(), future)
        with self._lock:  # nothing may be put after the mark that ends the work
            if self._closed:
                raise StoreBroken(what="the database is closed")
            if self._waiting.qsize() >= self._max_waiting:
                raise StoreBusy(what=f"{self._max_waiting} changes are waiting")
            self._waiting.put(asked)
        return future

    @property
    def alive(self) -> bool:
        """Whether the thread works."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Make every change that was accepted, then let go. Waits for that; safe to call twice."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (first := self._waiting.get()) is not None:
            last = self._batch(first)
            if last:
                break
        self._connection.close()

    def _batch(self, first: _Asked) -> bool:
        """Make one batch of changes; True when the end of all work was met."""
        batch, settled, last = [first], [], False
        try:
            self._abandon()  # what an earlier failure may have left open
            self._connection.execute("begin immediate")
            until = time.monotonic() + BATCH_S
            settled.append(self._made(first))
            while len(batch) < BATCH_CHANGES and not self._waiting.empty() and time.monotonic() < until:
                asked = self._waiting.get()
                if last := asked is None:
                    break
                batch.append(asked)
                settled.append(self._made(asked))
            self._connection.execute("commit")
        except BaseException as error:  # noqa: BLE001 - the callers are told, and the thread has to live on
            self._abandon()
            known = translated(error)
            settled = [Settled(asked.future, None, known) for asked in batch]
        settle(settled)
        return last

    def _made(self, asked: _Asked) -> Settled:
        """Make one change under its savepoint. Raises only when the whole transaction is lost."""
        connection = self._connection
        connection.execute("savepoint change")
        try:
            value = driven(asked.change, SqliteTransaction(connection, self._statements), asked.context)
        except BaseException as error:
            if not connection.in_transaction:
                raise
            connection.execute("rollback to change")
            connection.execute("release change")
            return Settled(asked.future, None, error)
        connection.execute("release change")
        return Settled(asked.future, value, None)

    def _abandon(self) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.execute("rollback")
        except sqlite3.Error:  # a disk that fails may fail here too; the next batch tries again, and tells
            return
