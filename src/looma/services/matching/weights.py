"""The weights of an organisation, as it has set them."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from looma.contracts.matching import Weights, WeightsConflict
from looma.platform.stores.sql import Row, Sql, Transaction

from .tables import WEIGHTS

_OF_ORG = select(WEIGHTS).where(WEIGHTS.c.org == bindparam("of_org"))


async def find(sql: Sql, org: str) -> Weights:
    """The weights of an organisation; the defaults where it has set none."""
    row = await sql.fetch_one(_OF_ORG, {"of_org": org})
    return _weights(row) if row else Weights()


async def keep(tx: Transaction, org: str, wanted: Weights, if_match: int | None, now: datetime) -> Weights:
    """The weights as they now stand, one version on. Raises `WeightsConflict` for another version than insisted on."""
    row = await tx.fetch_one(_OF_ORG, {"of_org": org})
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
