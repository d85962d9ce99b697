"""Queries on uploaded taxonomies. Each takes an open transaction or the database, returns records, never commits."""

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from looma.contracts.resume import Concept, Taxonomy
from looma.platform.stores.sql import Sql, Transaction

from .tables import CONCEPTS, TAXONOMIES

_OF_ORG = select(TAXONOMIES).where(TAXONOMIES.c.org == bindparam("org"))
_PAGE = _OF_ORG.where(TAXONOMIES.c.name > bindparam("after")).order_by(TAXONOMIES.c.name).limit(bindparam("limit"))
_ONE = _OF_ORG.where(TAXONOMIES.c.name == bindparam("name"))
_ALL_CONCEPTS = (
    select(CONCEPTS)
    .where(CONCEPTS.c.org == bindparam("org"), CONCEPTS.c.taxonomy == bindparam("name"))
    .order_by(CONCEPTS.c.position)
)
_DROP = delete(TAXONOMIES).where(TAXONOMIES.c.org == bindparam("of"), TAXONOMIES.c.name == bindparam("called"))
_DROP_CONCEPTS = delete(CONCEPTS).where(CONCEPTS.c.org == bindparam("of"), CONCEPTS.c.taxonomy == bindparam("called"))


async def page(sql: Sql, org: str, after: str, limit: int) -> list[Taxonomy]:
    """Taxonomies of an organisation by name, after a name."""
    rows = await sql.fetch_all(_PAGE, {"org": org, "after": after, "limit": limit})
    return [Taxonomy(name=row["name"], concepts=row["size"]) for row in rows]


async def version_of(sql: Sql, org: str, name: str) -> int | None:
    """The version of a taxonomy; None when there is none of this name."""
    row = await sql.fetch_one(_ONE, {"org": org, "name": name})
    return None if row is None else int(row["version"])


async def concepts_of(sql: Sql, org: str, name: str) -> list[Concept]:
    """Every concept of a taxonomy, in the order that they were given."""
    rows = await sql.fetch_all(_ALL_CONCEPTS, {"org": org, "name": name})
    return [Concept(id=row["id"], label=row["label"], alternatives=row["alternatives"]) for row in rows]


async def replace(tx: Transaction, org: str, name: str, concepts: list[Concept], at: datetime) -> Taxonomy:
    """Put a taxonomy in the place of what stood under the name."""
    old = await tx.fetch_one(_ONE, {"org": org, "name": name})
    await remove(tx, org, name)
    row = {"org": org, "name": name, "version": (old or {"version": 0})["version"] + 1, "size": len(concepts)}
    await tx.execute(insert(TAXONOMIES), row | {"updated_at": at})
    rows = [
        {"org": org, "taxonomy": name, "position": position} | concept.model_dump()
        for position, concept in enumerate(concepts)
    ]
    await tx.execute(insert(CONCEPTS), rows)
    return Taxonomy(name=name, concepts=len(concepts))


async def remove(tx: Transaction, org: str, name: str) -> Taxonomy | None:
    """Remove a taxonomy; what it was, or None when there was none."""
    old = await tx.fetch_one(_ONE, {"org": org, "name": name})
    await tx.execute(_DROP, {"of": org, "called": name})
    await tx.execute(_DROP_CONCEPTS, {"of": org, "called": name})
    return None if old is None else Taxonomy(name=name, concepts=old["size"])
