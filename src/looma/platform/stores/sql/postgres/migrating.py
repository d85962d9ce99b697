"""Bringing a PostgreSQL database to the head of the schema's history: by one process at a time, whole or not at all."""

from sqlalchemy import Connection as SqlConnection
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import StaticPool

from looma.migrations import HEAD, REVISIONS, VERSION_TABLE, NewerSchema

from ...errors import StoreBroken
from .dialect import Columns
from .pools import Connection

TURN = 0x6C6F6F6D61
"""The number of the lock that whoever changes the schema holds; any other than those of the tables would do."""


async def migrate(connection: Connection, schema: str) -> bool:
    """Make what the schema lacks; False when nothing was to be done. Raises `NewerSchema`, `StoreBroken`."""
    if await _at_head(connection, schema):
        return False
    await connection.execute("select pg_advisory_lock($1)", TURN)
    try:
        if await _at_head(connection, schema):  # another process was here first
            return False
        await _upgrade(connection, schema)
    finally:
        if not connection.is_closed():
            await connection.execute("select pg_advisory_unlock($1)", TURN)
    return True


async def _at_head(connection: Connection, schema: str) -> bool:
    table = f'"{schema}".{VERSION_TABLE}'
    if await connection.fetchval("select to_regclass($1)", table) is None:
        return False
    found = await connection.fetchval(f"select version_num from {table}")  # noqa: S608 - names of our own
    if found is not None and found not in REVISIONS:
        raise NewerSchema(found)
    return bool(found == HEAD)


async def _upgrade(connection: Connection, schema: str) -> None:
    from looma.migrations.running import run

    async def ours() -> Connection:
        return connection

    def make(outer: SqlConnection) -> None:
        there = outer.exec_driver_sql("select 1 from pg_namespace where nspname = $1", (schema,)).first()
        if there is None:  # asked for first: who may not make schemas may be given one
            outer.exec_driver_sql(f'create schema "{schema}"')
        run(outer)

    engine = create_async_engine("postgresql+asyncpg://", async_creator=ours, poolclass=StaticPool)
    dialect = engine.dialect
    if not isinstance(dialect, PGDialect_asyncpg):  # pragma: no cover - the address above says so
        raise StoreBroken(what="SQLAlchemy has no driver for PostgreSQL")
    dialect.type_compiler_instance = dialect.type_compiler = Columns(dialect)
    try:
        async with engine.begin() as outer:
            await outer.run_sync(make)
    except DBAPIError as wrapped:
        cause = wrapped.orig.__cause__ if wrapped.orig is not None else None
        raise cause or wrapped from None  # the store knows its driver's errors, not SQLAlchemy's
    # the engine is not disposed: it would close a connection that is not its own
