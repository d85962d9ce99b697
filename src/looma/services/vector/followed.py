"""Queries on how far the outbox was followed, and on the records that could not be read."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Integer, bindparam, delete, insert, select, update

from looma.platform.stores.sql import Sql, Transaction

from .tables import FOLLOWED, UNREAD

_SOURCE = "outbox"
_U = UNREAD.c
_RECORD = (_U.org == bindparam("of_org"), _U.kind == bindparam("of_kind"), _U.record_id == bindparam("of_id"))
_POSITION = select(FOLLOWED.c.seq).where(FOLLOWED.c.source == _SOURCE)
_MOVE = update(FOLLOWED).where(FOLLOWED.c.source == _SOURCE)
_INSERT = insert(FOLLOWED)
_UNREAD = select(UNREAD).order_by(_U.tries, _U.record_id).limit(bindparam("at_most", type_=Integer))
_ONE_UNREAD = select(_U.tries).where(*_RECORD)
_INSERT_UNREAD = insert(UNREAD)
_AGAIN = update(UNREAD).where(*_RECORD)
_READ = delete(UNREAD).where(*_RECORD)


@dataclass(frozen=True)
class Pending:
    """A record whose document is to be made anew, and the version that is known of it."""

    org: str
    kind: str
    record_id: str
    version: int


async def position(sql: Sql) -> int:
    """The last entry that was taken over; 0 before the first."""
    row = await sql.fetch_one(_POSITION)
    return int(row["seq"]) if row else 0


async def move(tx: Transaction, to: int) -> None:
    """Keep that the outbox was taken over up to `to`."""
    if not await tx.execute(_MOVE, {"seq": to}):
        await tx.execute(_INSERT, {"source": _SOURCE, "seq": to})


async def unread(sql: Sql, limit: int) -> list[Pending]:
    """Records that could not be read, those that were tried least first."""
    rows = await sql.fetch_all(_UNREAD, {"at_most": limit})
    return [Pending(row["org"], row["kind"], row["record_id"], row["version"]) for row in rows]


async def note_unread(tx: Transaction, records: Iterable[Pending]) -> None:
    """Keep that these could not be read, once more."""
    for one in records:
        key = _key(one)
        if (row := await tx.fetch_one(_ONE_UNREAD, key)) is not None:
            await tx.execute(_AGAIN, {**key, "version": one.version, "tries": row["tries"] + 1})
        else:
            await tx.execute(_INSERT_UNREAD, vars(one) | {"tries": 1})


async def note_read(tx: Transaction, records: Iterable[Pending]) -> None:
    """These have been read."""
    await tx.execute(_READ, [_key(one) for one in records])


def _key(one: Pending) -> dict[str, str]:
    return {"of_org": one.org, "of_kind": one.kind, "of_id": one.record_id}
