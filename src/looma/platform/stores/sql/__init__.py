"""SQL, the truth: what every driver promises.

Statements are SQLAlchemy Core; rows come back as plain dictionaries by column name. A *change* is a coroutine function
that takes the transaction and awaits nothing but it: on SQLite it is driven to its end inside the one writer thread, on
a server it is one transaction. A change that awaits anything else is an error on both. The context variables of the
caller are seen inside a change on both. Changes are made as if one after the other; a server may have to begin one
again for that, so a change does nothing but ask its transaction and make its value.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from sqlalchemy.sql import Executable

from ..drivers import load

PREFIX = "looma"

T = TypeVar("T")
Row = dict[str, Any]
Parameters = Mapping[str, Any]

DRIVERS: Mapping[str, str | None] = {
    "sqlite": "looma.platform.stores.sql.sqlite:SqliteSql",
    "postgresql": "looma.platform.stores.sql.postgres:PostgresSql",
    "postgres": "looma.platform.stores.sql.postgres:PostgresSql",
}
"""Scheme → driver; None where this build has none."""


class Transaction(Protocol):
    """What a change may await.

    The first statement that fails ends the change: whatever the change does about the exception, nothing more can be
    asked of the transaction and nothing of it is kept (PostgreSQL works so, and SQLite is held to it). Say what may
    happen in the statement itself (``ON CONFLICT``), or translate the exception and let it out.
    """

    async def execute(self, statement: Executable, parameters: Parameters | Sequence[Parameters] | None = None) -> int:
        """Run a statement, once for each set of parameters; the number of rows that it touched.

        Raises `Duplicate` when a unique key is taken, `Inconsistent` when another constraint is broken.
        """

    async def fetch_all(self, statement: Executable, parameters: Parameters | None = None) -> list[Row]:
        """Every row; what this transaction wrote is seen. ``RETURNING`` works here and in `fetch_one`."""

    async def fetch_one(self, statement: Executable, parameters: Parameters | None = None) -> Row | None:
        """The first row, or None."""

    def then(self, call: Callable[[], object]) -> None:
        """Have `call` run, in whatever thread, from when a change that is asked for then comes after this one: on
        SQLite at once, since all come one after the other, on a server after the commit, or never without one."""


Change = Callable[[Transaction], Awaitable[T]]


class Sql(Protocol):
    """One database."""

    async def open(self) -> None:
        """Connect, bring the schema up to date, be ready. Raises `Unavailable` in words when it cannot."""

    async def close(self) -> None:
        """Finish what was accepted and let go. Safe to call twice, and before `open`."""

    async def write(self, change: Change[T]) -> T:
        """The value of `change` once it is durable, or its exception with nothing of it kept.

        Changes may share a commit, not a fate: one that fails is rolled back alone. Only when the commit fails, or the
        database gives up the transaction (its disk is full), do all that shared it fail: `StoreFull`, `StoreBroken`.
        A caller that is cancelled has asked all the same: its change is made. Raises `StoreBusy` when too many wait.
        """

    async def read(self, look: Change[T]) -> T:
        """The value of `look`, whose statements all see the same committed state. It may not write."""

    async def fetch_all(self, statement: Executable, parameters: Parameters | None = None) -> list[Row]:
        """Every row of a committed state. Reads what `write` has answered before."""

    async def fetch_one(self, statement: Executable, parameters: Parameters | None = None) -> Row | None:
        """The first row, or None."""

    async def check(self) -> None:
        """Return when the database answers; raise `Unavailable` otherwise."""


def open_sql(url: str, *, prefix: str = PREFIX) -> Sql:
    """The driver for `url`, not yet opened: ``sqlite:///looma.db``, ``sqlite:////data/looma.db``, ``sqlite://``, or
    ``postgresql://user:password@host/database``, where everything lies in the schema `prefix`."""
    driver: Sql = load(DRIVERS, url, prefix=prefix)
    return driver
