"""The outbox: one entry for every change of the truth, written with it in one transaction.

Whatever follows the truth (search, vectors, graph, criteria) reads the entries in their order and applies them
idempotently; an entry names the record and its version and holds nothing of its content.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, Integer, Table, bindparam, insert, select

from .sql import Sql, Transaction
from .sql.schema import METADATA
from .sql.types import BOOLEAN, INTEGER, TEXT, TIMESTAMP

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("seq", INTEGER, primary_key=True, autoincrement=True),
    Column("org", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("record_id", TEXT, nullable=False),
    Column("version", INTEGER, nullable=False),
    Column("gone", BOOLEAN, nullable=False),
    Column("at", TIMESTAMP, nullable=False),
    Index(None, "org", "seq"),
    sqlite_autoincrement=True,  # a number is never given twice, also after its entry was deleted
)
"""Changes in the order of their commits."""


@dataclass(frozen=True)
class Entry:
    """One change. `gone` says that the record is no more; `seq` rises in the order of the changes."""

    seq: int
    org: str
    kind: str
    record_id: str
    version: int
    gone: bool
    at: datetime


_APPEND = insert(OUTBOX).returning(OUTBOX.c.seq)
_AFTER = (
    select(OUTBOX)
    .where(OUTBOX.c.seq > bindparam("after"))
    .order_by(OUTBOX.c.seq)
    .limit(bindparam("at_most", type_=Integer))
)
_AFTER_IN_ORG = _AFTER.where(OUTBOX.c.org == bindparam("org"))


async def append(
    tx: Transaction, *, org: str, kind: str, record_id: str, version: int, at: datetime, gone: bool = False
) -> int:
    """Note a change inside its own transaction; the entry's `seq`."""
    entry = {"org": org, "kind": kind, "record_id": record_id, "version": version, "gone": gone, "at": at}
    row = await tx.fetch_one(_APPEND, entry)
    if row is None:
        raise RuntimeError("the database gave no number to an outbox entry")
    return int(row["seq"])


async def pending(sql: Sql, *, org: str | None = None, after_seq: int = 0, limit: int = 500) -> list[Entry]:
    """The entries after `after_seq`, oldest first, at most `limit`; of one organisation, or of all when None."""
    if org is None:
        rows = await sql.fetch_all(_AFTER, {"after": after_seq, "at_most": limit})
    else:
        rows = await sql.fetch_all(_AFTER_IN_ORG, {"after": after_seq, "at_most": limit, "org": org})
    return [Entry(**row) for row in rows]
