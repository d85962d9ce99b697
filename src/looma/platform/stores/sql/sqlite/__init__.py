"""SQLite, in this process: one thread writes with group commit, a few threads read, and nothing blocks the loop.

WAL, so that readers never wait for the writer; ``synchronous=FULL``, so that an answered change survives the loss of
power. Without a path (``sqlite://``) the database lives in a temporary file for as long as it is open: the same code
and the same promises between threads, without the flush to the disk.
"""

import asyncio
import os
import sqlite3
import tempfile
import threading
from contextlib import ExitStack
from contextvars import copy_context
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql import Executable

from looma.migrations import HEAD, NewerSchema, migrate, migrated_image

from ...errors import StoreBroken, StoreNewer
from .. import Change, Parameters, Row
from ..statements import Prepared, Statements
from .connection import connect, connect_reading, translated, translated_reading
from .readers import Readers
from .transaction import SqliteTransaction, driven
from .writer import Writer

T = TypeVar("T")

READERS = min(4, max(2, os.cpu_count() or 2))


class SqliteSql:
    """One SQLite database; `url` as in ``sqlite:///looma.db``, a `Path`, or None for a database that is not kept.

    Its file is Looma's alone, so that nothing in it needs the prefix of shared servers.
    """

    def __init__(self, url: str | Path | None = None, *, prefix: str = "", readers: int = READERS) -> None:
        self._path = url if isinstance(url, Path) else _path(url or "sqlite://")
        self._readers_count = readers
        self._statements = Statements(SQLiteDialect_pysqlite())
        self._opening = threading.Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._writer: Writer | None = None
        self._readers: Readers | None = None

    async def open(self) -> None:
        """Bring the schema up to date and be ready. Raises `StoreBroken`, or `StoreNewer` for a newer schema."""
        await asyncio.to_thread(self._open)

    def _open(self) -> None:
        with self._opening:
            if self._writer is not None:
                return
            try:
                self._start(self._path or self._temporary())
            except NewerSchema as error:
                raise StoreNewer(found=error.found, known=HEAD, what="schema") from error
            except (sqlite3.Error, OSError) as error:
                raise translated(error) from error

    def _start(self, path: Path) -> None:
        with ExitStack() as failed:
            connection = connect(path, durable=self._path is not None)
            failed.callback(connection.close)
            migrate(connection)
            reading = []
            for _ in range(self._readers_count):
                reading.append(connect_reading(path))
                failed.callback(reading[-1].close)
            self._writer = Writer(connection, self._statements)
            self._readers = Readers(reading)
            failed.pop_all()

    def _temporary(self) -> Path:
        self._folder = tempfile.TemporaryDirectory(prefix="looma-")
        path = Path(self._folder.name) / "looma.db"
        path.write_bytes(migrated_image())
        return path

    async def close(self) -> None:
        """Finish what was accepted and let go."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        with self._opening:
            if self._readers is not None:
                self._readers.close()
            if self._writer is not None:
                self._writer.close()
            self._readers = self._writer = None
            if self._folder is not None:
                self._folder.cleanup()
                self._folder = None

    async def write(self, change: Change[T]) -> T:
        """The value of `change` once it is durable."""
        if self._writer is None:
            raise StoreBroken(what="the database is not open")
        value: T = await self._writer.write(change)
        return value

    async def read(self, look: Change[T]) -> T:
        """The value of `look` over one committed state."""
        context = copy_context()

        def looked(connection: sqlite3.Connection) -> T:
            connection.execute("begin")
            try:
                value: T = driven(look, SqliteTransaction(connection, self._statements, translated_reading), context)
                return value
            finally:
                connection.execute("rollback")

        value: T = await self._open_readers().read(looked)
        return value

    async def fetch_all(self, statement: Executable, parameters: Parameters | None = None) -> list[Row]:
        """Every row of a committed state."""
        prepared = self._statements.prepare(statement, parameters)
        rows: list[Row] = await self._open_readers().read(lambda connection: _all(connection, prepared, parameters))
        return rows

    async def fetch_one(self, statement: Executable, parameters: Parameters | None = None) -> Row | None:
        """The first row, or None."""
        prepared = self._statements.prepare(statement, parameters)
        row: Row | None = await self._open_readers().read(lambda connection: _one(connection, prepared, parameters))
        return row

    async def check(self) -> None:
        """Return when the database answers and can be written to."""
        if self._writer is None or not self._writer.alive:
            raise StoreBroken(what="the database is not open")
        await self._open_readers().read(lambda connection: connection.execute("select 1 from sqlite_master").fetchone())

    def _open_readers(self) -> Readers:
        if self._readers is None:
            raise StoreBroken(what="the database is not open")
        return self._readers


def _all(connection: sqlite3.Connection, prepared: Prepared, parameters: Parameters | None) -> list[Row]:
    cursor = connection.execute(*prepared.bind(parameters))
    return prepared.plan.rows(cursor.fetchall(), cursor)


def _one(connection: sqlite3.Connection, prepared: Prepared, parameters: Parameters | None) -> Row | None:
    cursor = connection.execute(*prepared.bind(parameters))
    found = cursor.fetchmany(1)
    rows = prepared.plan.rows(found, cursor)
    cursor.close()  # a statement that is not run to its end would hold its snapshot open
    return rows[0] if rows else None


def _path(url: str) -> Path | None:
    """``sqlite:///relative`` and ``sqlite:////absolute``; None for ``sqlite://`` and ``sqlite:///:memory:``."""
    path = unquote(urlsplit(url).path).removeprefix("/")
    return None if path in ("", ":memory:") else Path(path)
