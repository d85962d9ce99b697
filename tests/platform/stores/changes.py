"""Small changes that the tests make."""

from datetime import UTC, datetime

from sqlalchemy import func, insert, select

from looma.platform.stores.outbox import OUTBOX
from looma.platform.stores.sql.records import TALENTS

NOW = datetime(2025, 3, 1, 8, 30, 0, 250, tzinfo=UTC)


def talent(talent_id: str, **changed: object) -> dict[str, object]:
    """The columns of a person."""
    return {
        "id": talent_id,
        "org": "local",
        "name": "陈思远",
        "headline": "Recommender systems engineer",
        "location": None,
        "contacts": [{"kind": "email", "value": "chen@example.com"}],
        "status": "active",
        "tags": ["推荐", "Python"],
        "note": None,
        "resume_id": None,
        "years": None,
        "skills": ["Python"],
        "skill_key": None,
        "sort_key": None,
        "search_key": None,
        "version": 1,
        "archived": False,
        "demo": True,
        "created_at": NOW,
        "updated_at": NOW,
        **changed,
    }


def adding(talent_id: str, **changed: object):
    """A change that adds a person and answers with the id."""

    async def change(tx) -> str:
        await tx.execute(insert(TALENTS), talent(talent_id, **changed))
        return talent_id

    return change


async def nothing(tx) -> None:
    """A change that changes nothing."""


async def ids(sql) -> set[str]:
    """Everyone who is stored."""
    return {row["id"] for row in await sql.fetch_all(select(TALENTS.c.id))}


async def count(asked) -> int:
    """How many people a transaction or a database sees."""
    row = await asked.fetch_one(select(func.count().label("n")).select_from(TALENTS))
    return row["n"]


ENTRY = {"org": "local", "kind": "talent", "record_id": "a", "version": 1, "gone": False, "at": NOW}
INTO_OUTBOX = insert(OUTBOX)
