"""What tests on a PostgreSQL server stand on: a schema for each process, and locks of the server to hold changes up."""

import asyncio
import os
from functools import cache

import pytest
from sqlalchemy import text

from looma.platform.stores.sql import open_sql

URL = os.environ.get("LOOMA_TEST_POSTGRES_URL")
NO_SERVER = "no PostgreSQL: export $(python -m tests.servers up postgres)"
SERVER = pytest.param("postgresql", marks=pytest.mark.skipif(not URL, reason=NO_SERVER))
"""A driver to hold a promise against: skipped in words where there is no server."""
SCHEMA = f"looma_test_{os.getpid()}"
LOCK = os.getpid()


async def run(url: str, *statements: str) -> list[dict[str, object]]:
    """What the last of these statements finds, over a connection of its own."""
    import asyncpg

    connection = await asyncpg.connect(url)
    try:
        found = [await connection.fetch(statement) for statement in statements]
        return [dict(row) for row in found[-1]]
    finally:
        await connection.close()


@cache
def _made() -> set[str]:
    return set()


async def fresh_schema(url: str) -> str:
    """The name of a schema with every table and no row: made once in a process, emptied afterwards."""
    if SCHEMA not in _made():
        await run(url, f'drop schema if exists "{SCHEMA}" cascade')
        sql = open_sql(url, prefix=SCHEMA)
        await sql.open()
        await sql.close()
        _made().add(SCHEMA)
    tables = await run(
        url,
        f"select string_agg(format('%I.%I', schemaname, tablename), ', ') as names from pg_tables"  # noqa: S608 - ours
        f" where schemaname = '{SCHEMA}' and tablename <> 'looma_schema'",
    )
    await run(url, f"truncate {tables[0]['names']} restart identity")
    return SCHEMA


class Advisory:
    """Holds a change up by a lock of the server that the test has."""

    def __init__(self, connection) -> None:
        self._connection = connection

    @classmethod
    async def made(cls, url: str):
        """One, for as long as the test takes."""
        import asyncpg

        connection = await asyncpg.connect(url)
        try:
            await connection.fetch("select pg_advisory_lock($1)", LOCK)
            yield cls(connection)
        finally:
            await connection.close()

    async def hold(self, tx) -> None:
        """Awaited inside a change: stay here until `go`."""
        await tx.fetch_one(text(f"select pg_advisory_xact_lock_shared({LOCK})"))

    async def begun(self) -> None:
        """Return when the change is held up."""
        waiting = f"select 1 from pg_locks where locktype = 'advisory' and objid = {LOCK} and not granted"  # noqa: S608
        async with asyncio.timeout(10):
            while not await self._connection.fetch(waiting):
                pass  # the question is the pause

    async def go(self) -> None:
        """Let it go on."""
        await self._connection.fetch("select pg_advisory_unlock($1)", LOCK)
