"""Queries on kept résumés, from the record core of the platform."""

from sqlalchemy import bindparam, select

from looma.contracts.resume import Parsed, ResumeNotFound, StoredResume
from looma.platform.stores.sql import Row, Sql
from looma.platform.stores.sql.records import RESUMES, TALENTS

_ONE = select(RESUMES).where(RESUMES.c.org == bindparam("org"), RESUMES.c.id == bindparam("id"))
_CURRENT = (
    select(RESUMES)
    .join(TALENTS, (TALENTS.c.org == RESUMES.c.org) & (TALENTS.c.resume_id == RESUMES.c.id))
    .where(TALENTS.c.org == bindparam("org"), TALENTS.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(TALENTS.c.id)
)


async def one(sql: Sql, org: str, resume_id: str) -> StoredResume:
    """A résumé of this organisation; `ResumeNotFound` otherwise."""
    row = await sql.fetch_one(_ONE, {"org": org, "id": resume_id})
    if row is None:
        raise ResumeNotFound(resume_id=resume_id)
    return _stored(row)


async def current(sql: Sql, org: str, talent_ids: list[str]) -> list[StoredResume]:
    """The current résumé of each of these talents that has one."""
    if not talent_ids:
        return []
    return [_stored(row) for row in await sql.fetch_all(_CURRENT, {"org": org, "ids": talent_ids})]


def _stored(row: Row) -> StoredResume:
    return StoredResume(
        id=row["id"],
        talent_id=row["talent_id"],
        filename=row["filename"],
        media_type=row["media_type"],
        content_hash=row["content_hash"],
        parsed=Parsed.model_validate({**row["parsed"], "text": row["text"]}, extra="ignore"),
        version=row["version"],
        created_at=row["created_at"],
    )
