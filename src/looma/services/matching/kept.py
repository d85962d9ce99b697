"""Queries on what matching keeps of records. Every statement is bound to one organisation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Table, and_, bindparam, func, insert, select, update

from looma.platform.stores.outbox import OUTBOX
from looma.platform.stores.sql import Row, Sql, Transaction

from . import criteria, person
from .tables import CHANGES, FOLLOWED, JOBS, TALENTS

PAGE = 100
"""Rows read at once."""


@dataclass(frozen=True)
class Meaning:
    """The vector of a text by a model; None for an empty text. The digest tells whether the text is still the same."""

    model: str
    digest: bytes
    vector: bytes | None


@dataclass(frozen=True)
class Followed:
    """A record as it was read."""

    id: str
    version: int
    live: bool
    status: str = ""
    content: Any = ()
    """Asks of a job, features of a person, as JSON."""
    rules: int = 0
    """What `content` was read by."""
    meaning: Meaning | None = None
    """None when the model was not there."""
    changes: Sequence[Mapping[str, Any]] = ()
    """What people changed of the criteria of a job."""

    def vector_of(self, model: str) -> bytes | None:
        """The vector when it is of this model; vectors of different models are never compared."""
        return self.meaning.vector if self.meaning and self.meaning.model == model else None


@dataclass(frozen=True)
class Family:
    """One kind of record that is followed, where it is kept, and the present version of the code that reads it."""

    kind: str
    table: Table
    id: str
    content: str
    rules: int


JOB = Family("job", JOBS, "job_id", "asks", criteria.RULES)
TALENT = Family("talent", TALENTS, "talent_id", "features", person.RULES)
FAMILIES = (JOB, TALENT)
Records = Mapping[str, Sequence[Followed]]
"""Records by kind."""


@dataclass(frozen=True)
class Place:
    """How far an organisation was followed: the last outbox entry, and the last change of what is kept of it."""

    seq: int = 0
    change: int = 0


_PLACE = select(FOLLOWED).where(FOLLOWED.c.org == bindparam("of_org"))
_CHANGED = (
    update(FOLLOWED)
    .where(FOLLOWED.c.org == bindparam("of_org"))
    .values(change=FOLLOWED.c.change + 1)
    .returning(FOLLOWED.c.change)
)
_MOVED = _CHANGED.where(FOLLOWED.c.seq == bindparam("since")).values(seq=bindparam("to"))
_ORGANISATIONS = select(OUTBOX.c.org).union(select(FOLLOWED.c.org)).order_by("org")


async def place(sql: Sql, org: str) -> Place:
    """How far the organisation was followed; the beginning when it was not."""
    row = await sql.fetch_one(_PLACE, {"of_org": org})
    return Place(row["seq"], row["change"]) if row else Place()


async def organisations(sql: Sql) -> list[str]:
    """Every organisation that has records, or of which something is kept."""
    return [row["org"] for row in await sql.fetch_all(_ORGANISATIONS)]


async def keep(tx: Transaction, org: str, records: Records, *, since: int, to: int) -> int | None:
    """Keep what was read for the outbox entries after `since` up to `to`; nothing newer is overwritten.

    The number of the change. None, and nothing is kept, when somebody else has moved on from `since` meanwhile.
    """
    moved = await tx.fetch_one(_MOVED, {"of_org": org, "since": since, "to": to})
    if moved is None and (since or await tx.fetch_one(_PLACE, {"of_org": org})):
        return None
    if moved is None:
        await tx.execute(insert(FOLLOWED), {"org": org, "seq": to, "change": 1})
    change = moved["change"] if moved else 1
    await _keep_all(tx, org, records, change)
    return int(change)


async def keep_again(tx: Transaction, org: str, records: Records) -> None:
    """Keep records that were read again without an entry of the outbox; nothing newer is overwritten."""
    if (changed := await tx.fetch_one(_CHANGED, {"of_org": org})) is not None:
        await _keep_all(tx, org, records, changed["change"])


async def touch(tx: Transaction, org: str, job_id: str) -> None:
    """Let whoever holds the job in memory load its row again; one that was not followed yet is loaded when it is."""
    if (changed := await tx.fetch_one(_CHANGED, {"of_org": org})) is not None:
        mine = update(JOBS).where(JOBS.c.org == org, JOBS.c.job_id == job_id)
        await tx.execute(mine.values(change=changed["change"]))


async def clear(tx: Transaction, org: str) -> None:
    """Let nothing of the organisation be ranked and follow it from the beginning; vectors stay to be found again."""
    changed = await tx.fetch_one(_CHANGED.values(seq=0), {"of_org": org})
    change = changed["change"] if changed else 0
    for family in FAMILIES:
        gone = update(family.table).where(family.table.c.org == bindparam("of_org"))
        values: dict[str, Any] = {"live": False, "version": 0, "rules": 0, family.content: [], "change": change}
        await tx.execute(gone.values(**values), {"of_org": org})


async def forget(tx: Transaction, org: str) -> None:
    """Forget the vectors of what is not ranked."""
    for family in FAMILIES:
        columns = family.table.c
        away = update(family.table).where(columns.org == bindparam("of_org"), columns.live.is_(False))
        await tx.execute(away.values(model=None, digest=None, vector=None), {"of_org": org})


async def _keep_all(tx: Transaction, org: str, records: Records, change: int) -> None:
    for family in FAMILIES:
        for record in records.get(family.kind, ()):
            await _keep_one(tx, org, family, record, change)


async def _keep_one(tx: Transaction, org: str, family: Family, record: Followed, change: int) -> None:
    columns, values = family.table.c, _values(family, record) | {"change": change}
    mine = (columns.org == org, columns[family.id] == record.id)
    known = update(family.table).where(*mine, columns.version <= record.version).values(**values)
    if await tx.execute(known):
        return
    if await tx.fetch_one(select(columns.version).where(*mine)) is None:
        await tx.execute(insert(family.table), {"org": org, family.id: record.id, **values})


def _values(family: Family, record: Followed) -> dict[str, Any]:
    meaning = record.meaning
    return {
        "version": record.version,
        "live": record.live,
        "status": record.status,
        family.content: record.content,
        "rules": record.rules,
        "model": meaning and meaning.model,
        "digest": meaning and meaning.digest,
        "vector": meaning and meaning.vector,
    }


async def after(sql: Sql, org: str, family: Family, change: int, last: str = "") -> list[Followed]:
    """A page of the records that came after a change, in the order of their ids, from the one after `last` on."""
    columns = family.table.c
    chosen = _rows_of(family).where(columns.org == org, columns.change > change, columns[family.id] > last)
    rows = await sql.fetch_all(chosen.order_by(columns[family.id]).limit(PAGE))
    return [_followed(family, row) for row in rows]


async def by_id(sql: Sql, org: str, family: Family, ids: Iterable[str]) -> dict[str, Followed]:
    """Records by id; unknown ones are left out."""
    columns = family.table.c
    rows = await sql.fetch_all(_rows_of(family).where(columns.org == org, columns[family.id].in_(list(ids))))
    return {row[family.id]: _followed(family, row) for row in rows}


async def up_to_date(sql: Sql, org: str, family: Family, versions: Mapping[str, int]) -> set[str]:
    """Which of these records are kept in this version or a later one, as this code reads them."""
    columns = family.table.c
    mine = (columns.org == org, columns[family.id].in_(list(versions)), columns.live.is_(True))
    rows = await sql.fetch_all(select(columns[family.id], columns.version).where(*mine, columns.rules == family.rules))
    return {row[family.id] for row in rows if row["version"] >= versions[row[family.id]]}


async def vectors(sql: Sql, org: str, family: Family, ids: Iterable[str], model: str) -> dict[bytes, bytes]:
    """The vectors by this model that stand with these records, by the digests of their texts."""
    columns = family.table.c
    mine = (columns.org == org, columns[family.id].in_(list(ids)), columns.model == model, columns.vector.is_not(None))
    rows = await sql.fetch_all(select(columns.digest, columns.vector).where(*mine))
    return {row["digest"]: row["vector"] for row in rows if row["digest"]}


async def count(sql: Sql, org: str, family: Family) -> int:
    """How many records can be ranked."""
    columns = family.table.c
    live = select(func.count().label("n")).where(columns.org == org, columns.live.is_(True))
    row = await sql.fetch_one(live)
    return int(row["n"]) if row else 0


def _rows_of(family: Family) -> Select[Any]:
    """The rows of a family, those of jobs with what people changed."""
    if family is not JOB:
        return select(family.table)
    same = and_(CHANGES.c.org == JOBS.c.org, CHANGES.c.job_id == JOBS.c.job_id)
    return select(JOBS, CHANGES.c.changes).select_from(JOBS.outerjoin(CHANGES, same))


def _followed(family: Family, row: Row) -> Followed:
    known = row["model"] is not None
    return Followed(
        id=row[family.id],
        version=row["version"],
        live=row["live"],
        status=row["status"],
        content=row[family.content],
        rules=row["rules"],
        meaning=Meaning(row["model"], row["digest"] or b"", row["vector"]) if known else None,
        changes=(row["changes"] if family is JOB else None) or (),
    )
