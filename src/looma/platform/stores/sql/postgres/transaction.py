"""A transaction on PostgreSQL, and how a change is driven through it: what it asks for is done here, nothing else is.

A method of the transaction gives what it wants done to whoever drives the change, and gets the answer back. So a change
that waits for anything else is seen at once, and it never learns of the connection.
"""

from collections.abc import Callable, Generator, Sequence
from contextvars import Context
from dataclasses import dataclass
from types import coroutine
from typing import Any

from asyncpg import Record
from sqlalchemy.sql import Executable
from sqlalchemy.sql.dml import Insert

from .. import Change, Parameters, Row
from ..statements import Plan, Statements
from .meaning import translated
from .pools import Connection

Translate = Callable[[BaseException], BaseException]
Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One statement that a transaction wants to have run."""

    by: "PostgresTransaction"
    sql: str
    values: Values | Sequence[Values]
    way: str

    async def answer(self, connection: Connection) -> Any:
        match self.way:
            case "fetch":
                return await connection.fetch(self.sql, *self.values)
            case "execute":
                return touched(await connection.execute(self.sql, *self.values))
            case "insert":
                return await connection.executemany(self.sql, self.values)
            case _:
                return await connection.fetchmany(self.sql, self.values)


@coroutine
def _ask(asked: _Asked) -> Generator[_Asked, Any, Any]:
    return (yield asked)


class PostgresTransaction:
    """Keeps the promises of `sql.Transaction`."""

    def __init__(self, statements: Statements, translate: Translate = translated) -> None:
        self._statements, self._translate = statements, translate
        self.cause: BaseException | None = None
        """What the first statement that failed met."""
        self.failed: BaseException | None = None
        """What that means."""
        self.over = False
        self.afterwards: list[Callable[[], object]] = []

    async def execute(self, statement: Executable, parameters: Parameters | Sequence[Parameters] | None = None) -> int:
        """Run a statement; the number of rows that it touched."""
        if isinstance(parameters, Sequence):
            return await self._execute_many(statement, parameters)
        sql, values, plan = self._bound(statement, parameters)
        if plan.returns_rows:
            return len(await self._run(sql, values, "fetch"))
        return int(await self._run(sql, values, "execute"))

    async def _execute_many(self, statement: Executable, parameters: Sequence[Parameters]) -> int:
        if not parameters:
            return 0
        prepared = self._statements.prepare(statement, parameters[0])
        names = set(parameters[0])
        if any(set(given) != names for given in parameters):
            raise TypeError("every set of parameters has to name the same values")
        bound = [prepared.bind(given) for given in parameters]
        sql, values = bound[0][0], [of for _, of in bound]
        if any(text != sql for text, _ in bound):  # lists of other lengths
            return sum([await self.execute(statement, given) for given in parameters])
        if isinstance(statement, Insert) and statement._post_values_clause is None and not prepared.plan.returns_rows:
            await self._run(sql, values, "insert")
            return len(values)
        if getattr(statement, "is_dml", False):  # sent at once, and each row that is touched comes back
            told = sql if prepared.plan.returns_rows else f"{sql} RETURNING 1"
            return len(await self._run(told, values, "many"))
        return sum([int(await self._run(text, of, "execute")) for text, of in bound])

    async def fetch_all(self, statement: Executable, parameters: Parameters | None = None) -> list[Row]:
        """Every row."""
        sql, values, plan = self._bound(statement, parameters)
        return rows(plan, await self._run(sql, values, "fetch"))

    async def fetch_one(self, statement: Executable, parameters: Parameters | None = None) -> Row | None:
        """The first row, or None."""
        found = await self.fetch_all(statement, parameters)
        return found[0] if found else None

    def then(self, call: Callable[[], object]) -> None:
        """Run it after the commit."""
        self.afterwards.append(call)

    def _bound(self, statement: Executable, parameters: Parameters | None) -> tuple[str, Values, Plan]:
        prepared = self._statements.prepare(statement, parameters)
        return *prepared.bind(parameters), prepared.plan

    async def _run(self, sql: str, values: Values | Sequence[Values], way: str) -> Any:
        if self.over:
            raise RuntimeError("the transaction is over: a change may not keep it")
        if self.failed is not None:
            raise RuntimeError("the transaction has failed: a change cannot go on after that") from self.failed
        return await _ask(_Asked(self, sql, values, way))

    def fail(self, error: BaseException) -> BaseException:
        """Note that a statement failed; what to tell the change."""
        self.cause, self.failed = error, self._translate(error)
        return self.failed


@dataclass(frozen=True, slots=True)
class _Described:
    """What `Plan.rows` asks of a cursor."""

    description: tuple[tuple[str], ...]


def rows(plan: Plan, found: Sequence[Record]) -> list[Row]:
    """What asyncpg gave as rows of the house."""
    if not found:
        return []
    return plan.rows([tuple(row) for row in found], _Described(tuple((name,) for name in found[0].keys())))  # noqa: SIM118


def touched(status: str) -> int:
    """The number of rows in ``UPDATE 3``."""
    last = status.rpartition(" ")[2]
    return int(last) if last.isdigit() else 0


async def driven(change: Change[Any], tx: PostgresTransaction, connection: Connection, context: Context) -> Any:
    """The value of `change`, run to its end over this connection. Raises what it raises; RuntimeError if it waits for
    anything but its transaction."""
    try:
        value = await _driven(change, tx, connection, context)
    finally:
        tx.over = True
    if tx.failed is not None:
        raise tx.failed
    return value


async def _driven(change: Change[Any], tx: PostgresTransaction, connection: Connection, context: Context) -> Any:
    running: Any = context.run(lambda: change(tx).__await__())
    told: Any
    step, told = running.send, None
    while True:
        try:
            asked = context.run(step, told)
        except StopIteration as done:
            return done.value
        if not isinstance(asked, _Asked) or asked.by is not tx:
            _refuse(running, context)
        try:
            step, told = running.send, await asked.answer(connection)
        except Exception as error:  # noqa: BLE001 - the change is told, whatever it is
            step, told = running.throw, tx.fail(error)
            if told is not error:
                told.__cause__ = error


def _refuse(running: Any, context: Context) -> None:
    try:
        if hasattr(running, "close"):
            context.run(running.close)
    finally:
        raise RuntimeError("a change may await only its transaction")
