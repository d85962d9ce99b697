"""The graph in this process: one SQLite file in a folder of its own, one thread that writes, a few that read.

``synchronous=NORMAL``: after the loss of power the last changes may be missing, never half of one; the file can be made
again from the truth, and `versions` tells what is missing.
"""

import asyncio
import fcntl
import logging
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from ..errors import StoreBroken, StoreBusy
from ..sql.sqlite.connection import connect, connect_reading, translated
from ..sql.sqlite.readers import Readers
from . import Edge, EdgeType, Gone, Level, Sight, reading, writing
from .schema import FORMAT, SCHEMA

T = TypeVar("T")

READERS = 2
BATCH = 4_000
"""Edges that a rebuild writes in one transaction, so that other changes do not wait long."""
MAPPED = 4 << 30
"""Bytes of the file that walks read where the system has them, without a copy of each page: a third less work."""
_log = logging.getLogger("looma.stores.graph")


class SqliteGraph:
    """Keeps the promises of `GraphStore` for one process; the folder is locked while it is open."""

    def __init__(self, url: str | Path) -> None:
        self._folder = url if isinstance(url, Path) else Path(unquote(urlsplit(url).path) or ".")
        self._opening, self._rebuilding = asyncio.Lock(), asyncio.Lock()
        self._held: ExitStack | None = None
        self._writing: ThreadPoolExecutor | None = None
        self._connection: sqlite3.Connection | None = None
        self._readers: Readers | None = None

    async def open(self) -> None:
        """Take the folder and be ready."""
        async with self._opening:
            if self._held is None:
                self._held = await asyncio.to_thread(self._opened)

    def _opened(self) -> ExitStack:
        with ExitStack() as held:
            try:
                held.callback(os.close, _locked(self._folder))
                self._connection = _connected(self._folder / "graph.db")
                held.callback(self._connection.close)
                writing.abandon(self._connection)  # what a process that was killed has left
                writing.sweep(self._connection)
                self._readers = Readers([_reading(self._folder / "graph.db") for _ in range(READERS)])
                held.callback(self._readers.close)
            except (sqlite3.Error, OSError) as error:
                raise translated(error) from error
            self._writing = ThreadPoolExecutor(1, "graph-writing")
            held.callback(self._writing.shutdown)
            return held.pop_all()

    async def close(self) -> None:
        """Finish what was accepted and let go."""
        async with self._opening:
            held, self._held = self._held, None
            if held is not None:
                await asyncio.to_thread(held.close)

    async def apply(self, changes: Sequence[Edge | Gone]) -> int:
        """All of it in one commit; calls are put in the order in which they came."""
        writing.checked(changes)
        return await self._write(lambda connection: writing.apply(connection, changes)) if changes else 0

    async def expand(self, nodes: Collection[str], sight: Sight, towards: Collection[str] | None = None) -> Level:
        """One level."""
        return await self._read(lambda connection: reading.expand(connection, nodes, sight, towards))

    async def degree(self, nodes: Collection[str], sight: Sight) -> dict[str, dict[EdgeType, int]]:
        """Edges by node and type."""
        return await self._read(lambda connection: reading.degree(connection, nodes, sight))

    async def versions(self, org: str, after: str, limit: int = 1_000) -> list[tuple[str, int]]:
        """Ids and versions, by id."""
        return await self._read(lambda connection: reading.versions(connection, org, after, limit))

    async def rebuild(self, org: str, edges: AsyncIterator[Edge]) -> None:
        """A new generation, and then the switch."""
        async with self._rebuilding:
            generation = await self._write(lambda connection: writing.begin(connection, org))
            try:
                async for batch in _batches(org, edges):
                    await self._add(generation, batch)
                await self._write(lambda connection: writing.switch(connection, org, generation))
            except BaseException:
                await asyncio.shield(self._write(lambda connection: writing.abandon(connection, generation)))
                raise
            finally:
                await asyncio.shield(self._write(writing.sweep))

    async def _add(self, generation: int, batch: Sequence[Edge]) -> None:
        writing.checked(batch)
        await self._write(lambda connection: writing.add(connection, generation, batch))

    async def check(self) -> None:
        """Return when the graph answers."""
        await self._read(lambda connection: connection.execute("select 1 from generations limit 1").fetchone())

    async def _write(self, act: Callable[[sqlite3.Connection], T]) -> T:
        threads, connection = self._writing, self._connection
        if self._held is None or threads is None or connection is None:
            raise StoreBroken(what="the graph is not open")
        try:
            return await asyncio.get_running_loop().run_in_executor(threads, act, connection)
        except (sqlite3.Error, OSError) as error:
            raise translated(error) from error

    async def _read(self, look: Callable[[sqlite3.Connection], T]) -> T:
        if self._held is None or self._readers is None:
            raise StoreBroken(what="the graph is not open")
        value: T = await self._readers.read(lambda connection: _looked(connection, look))
        return value


def _looked(connection: sqlite3.Connection, look: Callable[[sqlite3.Connection], T]) -> T:
    connection.execute("begin")
    try:
        return look(connection)
    finally:
        connection.execute("rollback")


async def _batches(org: str, edges: AsyncIterator[Edge]) -> AsyncIterator[list[Edge]]:
    batch: list[Edge] = []
    async for edge in edges:
        if edge.org != org:
            raise ValueError("an edge of another organisation")
        batch.append(edge)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _locked(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        os.close(handle)
        raise StoreBusy(what="another process uses the graph") from taken
    return handle


def _reading(path: Path) -> sqlite3.Connection:
    connection = connect_reading(path)
    connection.execute(f"pragma mmap_size={MAPPED}")
    return connection


def _connected(path: Path) -> sqlite3.Connection:
    """A connection that writes, to a file of the present format; one that is damaged or of another is begun anew."""
    try:
        return _prepared(path)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") not in ("SQLITE_NOTADB", "SQLITE_CORRUPT", ""):
            raise
        _log.warning("the graph is damaged or of another version and is begun anew: %s", error)
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)
    return _prepared(path)


def _prepared(path: Path) -> sqlite3.Connection:
    with ExitStack() as failed:
        connection = connect(path)
        failed.callback(connection.close)
        connection.execute("pragma synchronous=normal")
        connection.execute("pragma cache_size=-65536")
        (found,) = connection.execute("pragma user_version").fetchone()
        if found == 0:
            with writing.transaction(connection):
                for statement in SCHEMA:
                    connection.execute(statement)
                connection.execute(f"pragma user_version={FORMAT}")
        elif found != FORMAT:
            raise sqlite3.DatabaseError(f"format {found} instead of {FORMAT}")
        connection.execute("select count(*) from generations").fetchone()
        failed.pop_all()
        return connection
