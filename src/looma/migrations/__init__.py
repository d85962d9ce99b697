"""The schema's one linear history, and bringing a database to its head.

To add a migration, put a file into ``versions/`` whose name begins with the next number of four digits::

    '''Keep companies.'''

    import sqlalchemy as sa
    from alembic import op

    from looma.migrations import place

    revision, down_revision = place(__file__)


    def upgrade() -> None:
        op.create_table("crm_companies", sa.Column("id", sa.Text, nullable=False), …)

The name of the file is the revision, and the file before it in the order of names is what it builds on, so the history
cannot fork. A file that has been released is never changed, renamed or preceded by a new one; a later file mends it.
The operations are written out and import no table of the product: a migration says what the schema was on its day. A
test compares the result with the tables as they are. There is no way down: go back by restoring a backup.

Nothing here imports Alembic until there is something to do, so that opening a database that is up to date costs one
query. Opening holds SQLite's write lock over the whole upgrade: it is made whole or not at all, and by one process.
"""

import re
import sqlite3
from functools import cache
from pathlib import Path

VERSIONS = Path(__file__).with_name("versions")
VERSION_TABLE = "looma_schema"
REVISIONS: tuple[str, ...] = tuple(sorted(f.stem for f in VERSIONS.glob("*.py") if re.match(r"\d{4}_\w+$", f.stem)))
HEAD = REVISIONS[-1]
"""The revision that this code works with."""


class NewerSchema(Exception):
    """The database is at a revision that this code does not know."""

    def __init__(self, found: str) -> None:
        super().__init__(f"the database is at {found!r}, this code knows up to {HEAD!r}")
        self.found = found


def place(file: str) -> tuple[str, str | None]:
    """The revision that a migration file is, and the one it builds on."""
    revision = Path(file).stem
    index = REVISIONS.index(revision)
    return revision, REVISIONS[index - 1] if index else None


def migrate(connection: sqlite3.Connection) -> bool:
    """Bring a SQLite database to `HEAD`; False when it is there already. `connection` must be in autocommit mode.

    Raises `NewerSchema` for a database that newer code has written.
    """
    found = revision_of(connection)
    if found == HEAD:
        return False
    if found is not None and found not in REVISIONS:
        raise NewerSchema(found)
    from .running import upgrade  # Alembic takes longer to import than everything else takes to open

    upgrade(connection)
    return True


def revision_of(connection: sqlite3.Connection) -> str | None:
    """The revision that a SQLite database is at; None for an empty one."""
    there = connection.execute("select 1 from sqlite_master where type = 'table' and name = ?", (VERSION_TABLE,))
    if there.fetchone() is None:
        return None
    row = connection.execute(f"select version_num from {VERSION_TABLE}").fetchone()  # noqa: S608 - our own constant
    return None if row is None else str(row[0])


@cache
def migrated_image() -> bytes:
    """The bytes of an empty SQLite database at `HEAD`, made once in a process."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        return connection.serialize()
    finally:
        connection.close()
