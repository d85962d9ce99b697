"""Queries on what matching keeps. Every statement is bound to one organisation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update

from looma.contracts.matching import Weights, WeightsConflict
from looma.platform.stores.sql import Row, Sql, Transaction

from .tables import FOLLOWED, JOBS, TALENTS, WEIGHTS

PAGE = 500
"""Rows read at once."""


@dataclass(frozen=True)
class Followed:
    """A record as it was read for an outbox entry."""

    id: str
    version: int
    seq: int
    live: bool
    status: str = ""
    content: Any = ()
    """Asks of a job, features of a person, as JSON."""
    model: str | None = None
    vector: bytes | None = None

    def vector_of(self, model: str) -> bytes | None:
        """The vector when it is of this model; vectors of different models are never compared."""
        return self.vector if self.model == model else None


@dataclass(frozen=True)
class Family:
    """One kind of record that is followed, and where it is kept."""

    kind: str
    table: Table
    id: str
    content: str


JOB = Family("job", JOBS, "job_id", "asks")
TALENT = Family("talent", TALENTS, "talent_id", "features")

_POSITION = select(FOLLOWED.c.seq).where(FOLLOWED.c.org == bindparam("of_org"))
_WEIGHTS = select(WEIGHTS).where(WEIGHTS.c.org == bindparam("of_org"))


async def position(sql: Sql, org: str) -> int:
    """The last outbox entry that was applied; 0 before the first."""
    row = await sql.fetch_one(_POSITION, {"of_org": org})
    return int(row["seq"]) if row else 0


async def keep(tx: Transaction, org: str, records: Mapping[str, Sequence[Followed]], seq: int) -> None:
    """Keep records by kind, and that the outbox was followed up to `seq`; nothing newer is overwritten."""
    for family in (JOB, TALENT):
        for record in records.get(family.kind, ()):
            await _keep_one(tx, org, family, record)
    moved = update(FOLLOWED).where(FOLLOWED.c.org == bindparam("of_org"), FOLLOWED.c.seq <= bindparam("to"))
    if await tx.execute(moved.values(seq=bindparam("to")), {"of_org": org, "to": seq}):
        return
    if await tx.fetch_one(_POSITION, {"of_org": org}) is None:
        await tx.execute(insert(FOLLOWED), {"org": org, "seq": seq})


async def _keep_one(tx: Transaction, org: str, family: Family, record: Followed) -> None:
    columns, values = family.table.c, _values(family, record)
    mine = (columns.org == org, columns[family.id] == record.id)
    known = update(family.table).where(*mine, columns.version <= record.version).values(**values)
    if await tx.execute(known):
        return
    if await tx.fetch_one(select(columns.version).where(*mine)) is None:
        await tx.execute(insert(family.table), {"org": org, family.id: record.id, **values})


def _values(family: Family, record: Followed) -> dict[str, Any]:
    return {
        "version": record.version,
        "seq": record.seq,
        "live": record.live,
        "status": record.status,
        family.content: record.content,
        "model": record.model,
        "vector": record.vector,
    }


async def after(sql: Sql, org: str, family: Family, seq: int, last: str = "", limit: int = PAGE) -> list[Followed]:
    """Records read for an entry after `seq`, in the order of their ids, from the one after `last` on."""
    columns = family.table.c
    chosen = select(family.table).where(columns.org == org, columns.seq > seq, columns[family.id] > last)
    rows = await sql.fetch_all(chosen.order_by(columns[family.id]).limit(limit))
    return [_followed(family, row) for row in rows]


async def by_id(sql: Sql, org: str, family: Family, ids: Sequence[str]) -> dict[str, Followed]:
    """Records by id; unknown ones are left out."""
    columns = family.table.c
    rows = await sql.fetch_all(select(family.table).where(columns.org == org, columns[family.id].in_(list(ids))))
    return {row[family.id]: _followed(family, row) for row in rows}


def _followed(family: Family, row: Row) -> Followed:
    return Followed(
        id=row[family.id],
        version=row["version"],
        seq=row["seq"],
        live=row["live"],
        status=row["status"],
        content=row[family.content],
        model=row["model"],
        vector=row["vector"],
    )


async def weights(sql: Sql, org: str) -> Weights:
    """The weights of an organisation; the defaults where it has set none."""
    row = await sql.fetch_one(_WEIGHTS, {"of_org": org})
    return _weights(row) if row else Weights()


async def keep_weights(tx: Transaction, org: str, wanted: Weights, if_match: int | None, now: datetime) -> Weights:
    """The weights as they now stand, one version on. Raises `WeightsConflict` for another version than insisted on."""
    row = await tx.fetch_one(_WEIGHTS, {"of_org": org})
    found = int(row["version"]) if row else Weights().version
    if if_match is not None and if_match != found:
        raise WeightsConflict(expected=if_match, found=found)
    fresh = wanted.model_copy(update={"version": found + 1})
    values = {"version": fresh.version, "weights": fresh.model_dump(exclude={"version"}), "updated_at": now}
    if row is None:
        await tx.execute(insert(WEIGHTS), {"org": org, **values})
    else:
        same = update(WEIGHTS).where(WEIGHTS.c.org == org, WEIGHTS.c.version == found)
        if await tx.execute(same.values(**values)) != 1:  # on a server somebody else was faster
            raise WeightsConflict(expected=found, found=found + 1)
    return fresh


def _weights(row: Row) -> Weights:
    return Weights.model_validate({**row["weights"], "version": row["version"]}, extra="ignore")
