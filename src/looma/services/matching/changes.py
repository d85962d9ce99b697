"""What people changed of the criteria of stored jobs. Every statement is bound to one organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from looma.contracts.matching import CriteriaConflict, CriterionChange
from looma.platform.stores.sql import Sql, Transaction

from . import editing, kept
from .editing import Change
from .tables import CHANGES

_OF_JOB = select(CHANGES).where(CHANGES.c.org == bindparam("of_org"), CHANGES.c.job_id == bindparam("of_job"))


@dataclass(frozen=True)
class Kept:
    """The changes of one job, and how often they were put."""

    changes: Sequence[Change] = ()
    version: int = 0


NONE = Kept()


async def find(sql: Sql, org: str, job_id: str) -> Kept:
    """The changes of a job; none where nobody has made any."""
    row = await sql.fetch_one(_OF_JOB, {"of_org": org, "of_job": job_id})
    return Kept(row["changes"], row["version"]) if row else NONE


async def keep(
    tx: Transaction,
    org: str,
    job_id: str,
    wanted: Sequence[CriterionChange],
    if_match: int | None,
    now: datetime,
) -> Kept:
    """The changes in place of those of before, one version on; what is held in memory follows.

    Raises `CriteriaConflict` for another version than insisted on.
    """
    row = await tx.fetch_one(_OF_JOB, {"of_org": org, "of_job": job_id})
    found = int(row["version"]) if row else NONE.version
    if if_match is not None and if_match != found:
        raise CriteriaConflict(expected=if_match, found=found)
    fresh = Kept(editing.to_json(wanted), found + 1)
    values = {"version": fresh.version, "changes": fresh.changes, "updated_at": now}
    if row is None:
        await tx.execute(insert(CHANGES), {"org": org, "job_id": job_id, **values})
    else:
        mine = (CHANGES.c.org == org, CHANGES.c.job_id == job_id, CHANGES.c.version == found)
        if await tx.execute(update(CHANGES).where(*mine).values(**values)) != 1:  # on a server somebody was faster
            raise CriteriaConflict(expected=found, found=found + 1)
    await kept.touch(tx, org, job_id)
    return fresh
