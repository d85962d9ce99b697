"""Changes on PostgreSQL: each is one transaction, as if they were made one after the other.

The database finds out when two of them cannot have been (``serializable``) and gives one up; that one is made again,
after a little while that differs from one to the next. A change that was given up several times is made while no other
of such changes is. Nothing is made again once its commit was asked for and the answer was lost.
"""

import asyncio
import random
from collections.abc import Callable
from contextvars import Context
from typing import Any

from asyncpg import InterfaceError, InternalClientError

from ...errors import Duplicate, StoreBroken
from .. import Change
from ..statements import Statements
from .meaning import CONTENDED, is_lost, translated
from .pools import Connection, NotConnected, Pool, connected, drop, is_closed
from .transaction import PostgresTransaction, driven

ATTEMPTS = 12
ALONE = 3
"""From this attempt on, changes that contend go one after the other."""
FIRST_S, LONGEST_S = 0.005, 1.0
IN_LINE = 0x6C6F6F6D6162

Jitter = Callable[[], float]


class _GivenUp(Exception):
    """The attempt has changed nothing, and the next one may."""

    def __init__(self, told: BaseException) -> None:
        self.told = told


async def written(
    pool: Pool,
    statements: Statements,
    change: Change[Any],
    context: Context,
    jitter: Jitter = random.random,
) -> Any:
    """The value of `change`, once it is committed."""
    for attempt in range(ATTEMPTS):
        try:
            async with connected(pool) as connection:
                return await _attempted(connection, statements, change, context, attempt)
        except _GivenUp as given_up:
            told = given_up.told
        except NotConnected as error:
            told = translated(error.cause)
            if not is_lost(error.cause):
                raise told from error.cause
        if attempt < ATTEMPTS - 1:
            await asyncio.sleep(min(LONGEST_S, FIRST_S * 2**attempt) * (0.5 + jitter()))
    raise told


async def _attempted(
    connection: Connection, statements: Statements, change: Change[Any], context: Context, attempt: int
) -> Any:
    in_line = attempt >= ALONE
    try:
        if in_line:  # before the transaction, whose view of the records would be old by the time of its turn
            await connection.execute("select pg_advisory_lock($1)", IN_LINE)
        await connection.execute("begin isolation level serializable read write")
    except Exception as error:
        raise _given_up_or(error, translated(error)) from error
    tx = PostgresTransaction(statements)
    try:
        value = await driven(change, tx, connection, context)
    except BaseException as error:
        await _rolled_back(connection)
        if isinstance(tx.failed, Duplicate) and attempt == 0:  # what the change has looked for may have come meanwhile
            raise _GivenUp(error) from error
        if tx.cause is not None:
            raise _given_up_or(tx.cause, error) from error
        raise
    else:
        await _committed(connection)
        for call in tx.afterwards:
            call()
        return value
    finally:
        if in_line:
            await _left(connection)


async def _committed(connection: Connection) -> None:
    try:
        await connection.execute("commit")
    except (*CONTENDED, InterfaceError, InternalClientError) as error:  # the last two: it was not sent
        raise _GivenUp(translated(error)) from error
    except Exception as error:
        if not is_lost(error) and not isinstance(error, TimeoutError):
            raise translated(error) from error
        drop(connection)
        raise StoreBroken(what="the connection broke at the end of a change; it may have been kept") from error


async def _left(connection: Connection) -> None:
    """Let the next in line go; a connection that breaks has done so."""
    try:
        if not is_closed(connection):
            await connection.execute("select pg_advisory_unlock($1)", IN_LINE)
    except Exception:  # noqa: BLE001 - what was made is made
        drop(connection)


async def _rolled_back(connection: Connection) -> None:
    try:
        if not is_closed(connection):
            await connection.execute("rollback")
    except Exception:  # noqa: BLE001 - a connection that cannot even do that is of no use
        drop(connection)


def _given_up_or(cause: BaseException, told: BaseException) -> BaseException:
    return _GivenUp(told) if isinstance(cause, CONTENDED) or is_lost(cause) else told
