"""SQL, the truth: what every driver promises.

Statements are SQLAlchemy Core; rows come back as plain dictionaries by column name. A *change* is a coroutine function
that takes the transaction and awaits nothing but it: on SQLite it is driven to its end inside the one writer thread, on
a server it is one transaction. A change that awaits anything else is an error on both.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from sqlalchemy.sql import Executable

T = TypeVar("T")
Row = dict[str, Any]
Parameters = Mapping[str, Any]


class Transaction(Protocol):
    """What a change may await."""

    async def execute(self, statement: Executable, parameters: Parameters | Sequence[Parameters] | None = None) -> int:
        """Run a statement, once for each set of parameters; the number of rows that it touched."""

    async def fetch_all(self, statement: Executable, parameters: Parameters | None = None) -> list[Row]:
        """Every row; what this transaction wrote is seen."""

    async def fetch_one(self, statement: Executable, parameters: Parameters | None = None) -> Row | None:
        """The first row, or None."""


Change = Callable[[Transaction], Awaitable[T]]


class Sql(Protocol):
    """One database."""

    async def open(self) -> None:
        """Connect, bring the schema up to date, be ready. Raises `Unavailable` in words when it cannot."""

    async def close(self) -> None:
        """Finish what was accepted and let go. Safe to call twice, and before `open`."""

    async def write(self, change: Change[T]) -> T:
        """The value of `change` once it is durable, or its exception with nothing of it kept.

        Changes may share a commit, never a fate: one that fails is rolled back alone; when the commit itself fails,
        all that shared it fail with `StoreFull` or `Unavailable`.
        """

    async def fetch_all(self, statement: Executable, parameters: Parameters | None = None) -> list[Row]:
        """Every row of a committed state. Reads what `write` has answered before."""

    async def fetch_one(self, statement: Executable, parameters: Parameters | None = None) -> Row | None:
        """The first row, or None."""

    async def check(self) -> None:
        """Return when the database answers; raise `Unavailable` otherwise."""
