"""Connections to PostgreSQL: some that write and some that cannot, all of them in the schema of this Looma."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TypeAlias

import asyncpg

from ...errors import StoreBroken, StoreBusy

Connection: TypeAlias = asyncpg.Connection
Pool: TypeAlias = asyncpg.pool.Pool

CONNECTIONS = 8
"""At most, of each kind and process."""
CONNECT_S = 10.0
WAIT_S = 30.0
"""How long a caller waits for a connection that is free."""
STATEMENT_S = 60
LOCK_S = 10
OLDEST = 13


class NotConnected(Exception):
    """There was no connection, so that nothing was asked."""

    def __init__(self, cause: Exception) -> None:
        self.cause = cause


class _Connection(asyncpg.Connection):  # type: ignore[misc]
    """Gives a connection back without a question to the server: nothing of ours lasts longer than its transaction."""

    def get_reset_query(self) -> str:
        """Nothing."""
        return ""


def settings(schema: str, **more: str) -> dict[str, str]:
    """What every connection asks of the server."""
    return {
        "application_name": "looma",
        "search_path": f'"{schema}"',
        "statement_timeout": f"{STATEMENT_S}s",
        "lock_timeout": f"{LOCK_S}s",
        "idle_in_transaction_session_timeout": f"{STATEMENT_S}s",
        **more,
    }


async def connect(url: str, schema: str) -> Connection:
    """One connection for what takes its time. Raises what asyncpg and the network raise."""
    patient = {"statement_timeout": "0", "lock_timeout": "0", "idle_in_transaction_session_timeout": "0"}
    return await asyncpg.connect(url, timeout=CONNECT_S, server_settings=settings(schema, **patient))


async def pool(url: str, schema: str, *, writes: bool, most: int = CONNECTIONS) -> Pool:
    """Connections that are made when they are needed."""
    more = {} if writes else {"default_transaction_read_only": "on"}
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=most,
        timeout=CONNECT_S,
        command_timeout=STATEMENT_S + LOCK_S,  # the server is asked first; this is for one that does not answer
        statement_cache_size=512,
        connection_class=_Connection,
        server_settings=settings(schema, **more),
    )


@asynccontextmanager
async def connected(of: Pool) -> AsyncIterator[Connection]:
    """A connection, given back in the end: raises `StoreBusy` when none is free for long, or `NotConnected`."""
    try:
        connection = await of.acquire(timeout=WAIT_S)
    except TimeoutError as late:
        raise StoreBusy(what="no connection to PostgreSQL is free") from late
    except Exception as error:
        raise NotConnected(error) from error
    try:
        yield connection
    except asyncpg.InternalClientError:
        drop(connection)
        raise
    finally:
        await of.release(connection)


def is_closed(connection: Connection) -> bool:
    """Whether nothing more can be asked of it; one that broke has left its pool by itself."""
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:
        return True


def drop(connection: Connection) -> None:
    """Let go of a connection that is of no use."""
    with suppress(asyncpg.InterfaceError):
        connection.terminate()


async def inspected(connection: Connection) -> str:
    """The version of the server. Raises `StoreBroken` for one that cannot keep what Looma promises."""
    version = connection.get_server_version()
    if version.major < OLDEST:
        raise StoreBroken(what=f"PostgreSQL {version.major} is too old, Looma needs {OLDEST} or newer")
    encoding = await connection.fetchval("show server_encoding")
    if encoding != "UTF8":
        raise StoreBroken(what=f"the database has the encoding {encoding}, Looma needs UTF8")
    return ".".join(str(part) for part in (version.major, version.minor))
