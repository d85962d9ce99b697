"""A transaction on SQLite, and how a change is driven through it without ever giving up the thread."""

import sqlite3
from collections.abc import Callable, Sequence
from contextvars import Context
from typing import Any

from sqlalchemy.sql import Executable

from .. import Change, Parameters, Row
from ..statements import Plan, Statements
from .connection import translated

Translate = Callable[[BaseException], BaseException]


class SqliteTransaction:
    """Keeps the promises of `sql.Transaction`; nothing here ever suspends."""

    def __init__(
        self, connection: sqlite3.Connection, statements: Statements, translate: Translate = translated
    ) -> None:
        self._connection, self._statements, self._translate = connection, statements, translate
        self.failed: BaseException | None = None
        self.over = False

    async def execute(self, statement: Executable, parameters: Parameters | Sequence[Parameters] | None = None) -> int:
        """Run a statement; the number of rows that it touched."""
        if isinstance(parameters, Sequence):
            return self._execute_many(statement, parameters)
        sql, values, plan = self._bound(statement, parameters)
        cursor = self._run(sql, values)
        if plan.returns_rows:
            return len(self._fetched(cursor))
        return max(cursor.rowcount, 0)

    def _execute_many(self, statement: Executable, parameters: Sequence[Parameters]) -> int:
        if not parameters:
            return 0
        prepared = self._statements.prepare(statement, parameters[0])
        names = set(parameters[0])
        if any(set(given) != names for given in parameters):
            raise TypeError("every set of parameters has to name the same values")
        bound = [prepared.bind(given) for given in parameters]
        self._check()
        try:
            return max(self._connection.executemany(bound[0][0], [values for _, values in bound]).rowcount, 0)
        except sqlite3.Error as error:
            raise self._fail(error) from error

    async def fetch_all(self, statement: Executable, parameters: Parameters | None = None) -> list[Row]:
        """Every row."""
        sql, values, plan = self._bound(statement, parameters)
        cursor = self._run(sql, values)
        return plan.rows(self._fetched(cursor), cursor)

    async def fetch_one(self, statement: Executable, parameters: Parameters | None = None) -> Row | None:
        """The first row, or None."""
        rows = await self.fetch_all(statement, parameters)
        return rows[0] if rows else None

    def then(self, call: Callable[[], object]) -> None:
        """Run it at once: whatever is asked for now is made after this."""
        call()

    def _bound(self, statement: Executable, parameters: Parameters | None) -> tuple[str, tuple[Any, ...], Plan]:
        prepared = self._statements.prepare(statement, parameters)
        return *prepared.bind(parameters), prepared.plan

    def _run(self, sql: str, values: tuple[Any, ...]) -> sqlite3.Cursor:
        self._check()
        try:
            return self._connection.execute(sql, values)
        except sqlite3.Error as error:
            raise self._fail(error) from error

    def _fetched(self, cursor: sqlite3.Cursor) -> list[tuple[Any, ...]]:
        try:
            return cursor.fetchall()
        except sqlite3.Error as error:
            raise self._fail(error) from error

    def _check(self) -> None:
        if self.over:
            raise RuntimeError("the transaction is over: a change may not keep it")
        if self.failed is not None:
            raise RuntimeError("the transaction has failed: a change cannot go on after that") from self.failed

    def _fail(self, error: BaseException) -> BaseException:
        self.failed = self._translate(error)
        return self.failed


def driven(change: Change[Any], transaction: SqliteTransaction, context: Context) -> Any:
    """The value of `change`, run to its end in this thread. Raises what it raises, and RuntimeError if it suspends."""
    try:
        value = context.run(_driven, change, transaction)
    finally:
        transaction.over = True
    if transaction.failed is not None:
        raise transaction.failed
    return value


def _driven(change: Change[Any], transaction: SqliteTransaction) -> Any:
    running = change(transaction).__await__()
    try:
        next(running)
    except StopIteration as done:
        return done.value
    try:
        if hasattr(running, "close"):
            running.close()
    finally:
        raise RuntimeError("a change may await only its transaction")
