"""PostgreSQL, over asyncpg: each change is one serializable transaction, reads go over connections that cannot write.

Everything lies in one schema of the database, named by the prefix that this Looma has in shared servers; nothing else
is looked at. How a connection is secured says the address, as libpq has it (``?sslmode=verify-full&sslrootcert=…``).
Reads are asked for in the event loop that opened the database; changes in any.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextvars import Context, copy_context
from typing import Any, TypeVar

from sqlalchemy.sql import Executable

from looma.migrations import HEAD, NewerSchema

from ...errors import StoreBroken, StoreBusy, StoreNewer
from .. import Change, Parameters, Row
from ..statements import Statements
from . import pools
from .dialect import Dialect
from .meaning import is_lost, translated, translated_reading
from .migrating import migrate
from .pools import Connection, Pool
from .transaction import PostgresTransaction, driven, rows
from .writing import written

T = TypeVar("T")

MAX_WAITING = 10_000
READS = 3
"""How often a read is tried over connections that break."""


class PostgresSql:
    """One schema of one PostgreSQL database; `url` as in ``postgresql://user:password@host:5432/database``."""

    def __init__(self, url: str, *, prefix: str = "looma") -> None:
        self._url, self._schema = url, prefix
        self._statements = Statements(Dialect())  # type: ignore[no-untyped-call]
        self._opening = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._writers: Pool | None = None
        self._readers: Pool | None = None
        self._accepted: set[asyncio.Task[Any]] = set()
        self.version = ""
        """Of the server."""

    async def open(self) -> None:
        """Bring the schema up to date and be ready. Raises `StoreBroken`, or `StoreNewer` for a newer schema."""
        async with self._opening:
            if self._writers is not None:
                return
            try:
                await self._start()
            except NewerSchema as error:
                raise StoreNewer(found=error.found, known=HEAD, what="schema") from error
            except ValueError as error:  # what asyncpg says of an address may repeat it
                raise StoreBroken(what="the address of PostgreSQL is not understood") from error
            except Exception as error:
                raise translated(error) from error

    async def _start(self) -> None:
        connection = await pools.connect(self._url, self._schema)
        try:
            self.version = await pools.inspected(connection)
            await migrate(connection, self._schema)
        finally:
            await connection.close(timeout=pools.CONNECT_S)
        writers = await pools.pool(self._url, self._schema, writes=True)
        try:
            self._readers = await pools.pool(self._url, self._schema, writes=False)
        except BaseException:
            await writers.close()
            raise
        self._writers, self._loop = writers, asyncio.get_running_loop()

    async def close(self) -> None:
        """Finish what was accepted and let go."""
        async with self._opening:
            writers, readers = self._writers, self._readers
            self._writers = self._readers = None
            while self._accepted:
                await asyncio.wait(self._accepted)
            for pool in (writers, readers):
                if pool is not None:
                    await pool.close()

    async def write(self, change: Change[T]) -> T:
        """The value of `change` once it is durable."""
        writers = _there(self._writers)
        context = copy_context()
        if asyncio.get_running_loop() is not self._loop:
            return await self._elsewhere(change, context)
        value: T = await asyncio.shield(self._accept(written(writers, self._statements, change, context)))
        return value

    async def _elsewhere(self, change: Change[T], context: Context) -> T:
        """Make a change over a connection of another loop's, which what blocks ours does not hold up."""
        try:
            pool = await pools.pool(self._url, self._schema, writes=True, most=1)
        except Exception as error:
            raise translated(error) from error
        try:
            value: T = await written(pool, self._statements, change, context)
            return value
        finally:
            await pool.close()

    async def read(self, look: Change[T]) -> T:
        """The value of `look` over one committed state."""
        context = copy_context()

        async def looked(connection: Connection) -> T:
            tx = PostgresTransaction(self._statements, translated_reading)
            await connection.execute("begin isolation level repeatable read read only")
            try:
                value: T = await driven(look, tx, connection, context)
            except BaseException:
                if tx.cause is not None and is_lost(tx.cause):
                    raise tx.cause from None  # so that it is tried again
                raise
            finally:
                if not pools.is_closed(connection):
                    await connection.execute("rollback")
            return value

        return await self._read(looked)

    async def fetch_all(self, statement: Executable, parameters: Parameters | None = None) -> list[Row]:
        """Every row of a committed state."""
        prepared = self._statements.prepare(statement, parameters)
        sql, values = prepared.bind(parameters)
        return rows(prepared.plan, await self._read(lambda connection: connection.fetch(sql, *values)))

    async def fetch_one(self, statement: Executable, parameters: Parameters | None = None) -> Row | None:
        """The first row, or None."""
        prepared = self._statements.prepare(statement, parameters)
        sql, values = prepared.bind(parameters)
        row = await self._read(lambda connection: connection.fetchrow(sql, *values))
        return None if row is None else rows(prepared.plan, [row])[0]

    async def check(self) -> None:
        """Return when the database answers and can be written to."""
        await self.health()

    async def health(self) -> dict[str, Any]:
        """The server's version and how long it takes to answer. Raises `StoreBroken` when it takes no changes."""
        began = time.perf_counter()
        try:
            async with pools.connected(_there(self._writers)) as connection:
                await connection.execute("begin read write")
                await connection.execute("rollback")
        except pools.NotConnected as error:
            raise translated(error.cause) from error
        except Exception as error:
            raise translated(error) from error
        return {"version": self.version, "latency_ms": round((time.perf_counter() - began) * 1000 / 2, 3)}

    async def _read(self, look: Callable[[Connection], Awaitable[T]]) -> T:
        readers = _there(self._readers)
        return await self._accept(self._looked(readers, look))

    async def _looked(self, readers: Pool, look: Callable[[Connection], Awaitable[T]]) -> T:
        for left in reversed(range(READS)):
            try:
                async with pools.connected(readers) as connection:
                    return await look(connection)
            except Exception as error:
                cause = error.cause if isinstance(error, pools.NotConnected) else error
                if not left or not is_lost(cause):
                    raise translated_reading(cause) from error
        raise AssertionError  # pragma: no cover - the last try returns or raises

    def _accept(self, work: Awaitable[T]) -> "asyncio.Task[T]":
        if len(self._accepted) >= MAX_WAITING:
            if hasattr(work, "close"):
                work.close()
            raise StoreBusy(what=f"{MAX_WAITING} changes and reads are waiting")
        task: asyncio.Task[T] = asyncio.ensure_future(work)
        self._accepted.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: "asyncio.Task[Any]") -> None:
        self._accepted.discard(task)
        if not task.cancelled():
            task.exception()  # a caller that was cancelled does not come for it


def _there(pool: Pool | None) -> Pool:
    if pool is None:
        raise StoreBroken(what="the database is not open")
    return pool
