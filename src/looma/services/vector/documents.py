"""Queries on documents. A write numbers its rows on from the last `change`, inside its transaction."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Integer, bindparam, delete, exists, func, insert, select, update

from looma.platform.stores.sql import Row, Sql, Transaction

from .embeddings import content_hash, forget_unsaid
from .languages import Language
from .tables import DOCUMENTS, EMBEDDINGS

WHOLE = ""
"""The id of the row that says that a whole collection went."""
_NO_ID = re.compile("[\x00\ud800-\udfff]")
"""What no id holds, and no store can be asked for: NUL and lone surrogates."""
Terms = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Draft:
    """A document as it is to stand. Without a version it is one more than what stands; with one, it is left out when a
    newer one stands."""

    id: str
    title: str = ""
    text: str = ""
    language: Language = "en"
    terms: Terms = field(default_factory=dict)
    version: int | None = None
    live: bool = True


@dataclass(frozen=True)
class Kept:
    """A document as it stands."""

    org: str
    collection: str
    id: str
    version: int
    change: int
    live: bool
    language: Language
    content_hash: str | None
    title: str
    terms: Terms
    text: str


@dataclass(frozen=True)
class Effect:
    """What a write did: its last change, and how the counts of the collection moved."""

    change: int
    documents: int = 0
    chinese: int = 0


_D = DOCUMENTS.c
_IN_COLLECTION = (_D.org == bindparam("of_org"), _D.collection == bindparam("of_collection"))
_IDS = _D.id.in_(bindparam("ids", expanding=True))
_STANDING = select(_D.id, _D.version, _D.live, _D.language, _D.content_hash, _D.terms).where(*_IN_COLLECTION, _IDS)
_SHOWN = select(_D.id, _D.title, _D.text).where(*_IN_COLLECTION, _IDS, _D.live)
_ONE = select(DOCUMENTS).where(*_IN_COLLECTION, _D.id == bindparam("of_id"), _D.live)
_LAST = select(func.max(_D.change).label("last"))
_LIMIT = bindparam("at_most", type_=Integer)
_AFTER = select(DOCUMENTS).where(_D.change > bindparam("after")).order_by(_D.change).limit(_LIMIT)
_LACKING = _AFTER.where(
    _D.content_hash.is_not(None),
    ~exists(
        select(EMBEDDINGS.c.model).where(
            EMBEDDINGS.c.content_hash == _D.content_hash, EMBEDDINGS.c.model == bindparam("of_model")
        )
    ),
)
_LIVE_VERSIONS = select(_D.id, _D.version).where(*_IN_COLLECTION, _D.live)
_SAYING = (
    select(_D.org, _D.collection, _D.id)
    .where(_D.content_hash.in_(bindparam("hashes", expanding=True)), _D.live, _D.change <= bindparam("up_to"))
    .order_by(_D.change)
)
_HASHES = select(_D.content_hash).where(*_IN_COLLECTION, _D.content_hash.is_not(None)).distinct()
_INSERT = insert(DOCUMENTS)
_UPDATE = update(DOCUMENTS).where(*_IN_COLLECTION, _D.id == bindparam("of_id"))
_DROP = delete(DOCUMENTS).where(*_IN_COLLECTION)
_COUNT = select(func.count().label("number")).where(_D.collection.in_(bindparam("names", expanding=True)), _D.live)
_ORGS = select(_D.org).distinct()


async def write(tx: Transaction, org: str, collection: str, drafts: Sequence[Draft]) -> Effect:
    """Make these stand; what stands already as it should is left alone. Ids are told apart before."""
    place = {"of_org": org, "of_collection": collection}
    rows = await tx.fetch_all(_STANDING, {**place, "ids": [draft.id for draft in drafts]})
    standing = {row["id"]: row for row in rows}
    change = await last_change(tx)
    fresh, moved, forgotten, counts = [], [], set(), [0, 0]
    for draft in drafts:
        old, values = standing.get(draft.id), _values(draft)
        if old is not None and _stays(old, draft, values):
            continue
        change += 1
        values |= {"version": _version(old, draft), "change": change}
        _count(counts, old, draft)
        if old is None:
            fresh.append({"org": org, "collection": collection, "id": draft.id, **values})
            continue
        moved.append({**place, "of_id": draft.id, **values})
        if old["content_hash"] not in (None, values["content_hash"]):
            forgotten.add(old["content_hash"])
    await tx.execute(_INSERT, fresh)
    await tx.execute(_UPDATE, moved)
    await forget_unsaid(tx, forgotten)
    return Effect(change, *counts)


async def renumber(tx: Transaction, hashes: Sequence[str], up_to: int) -> None:
    """Number the live documents with this content anew, those up to a change: the indexes come to them once more."""
    change = await last_change(tx)
    rows = await tx.fetch_all(_SAYING, {"hashes": list(hashes), "up_to": up_to})
    again = [
        {"of_org": row["org"], "of_collection": row["collection"], "of_id": row["id"], "change": change + number}
        for number, row in enumerate(rows, 1)
    ]
    await tx.execute(_UPDATE, again)


async def remove_all(tx: Transaction, org: str, collection: str) -> int:
    """Remove all documents of a collection; the change that says so."""
    place = {"of_org": org, "of_collection": collection}
    change = await last_change(tx) + 1
    hashes = [row["content_hash"] for row in await tx.fetch_all(_HASHES, place)]
    await tx.execute(_DROP, place)
    away = _values(Draft(WHOLE, live=False)) | {"version": 1, "change": change}
    await tx.execute(_INSERT, {"org": org, "collection": collection, "id": WHOLE, **away})
    await forget_unsaid(tx, hashes)
    return change


async def one(at: Sql | Transaction, org: str, collection: str, document_id: str) -> Kept | None:
    """A live document; None when there is none of this id."""
    place = {"of_org": org, "of_collection": collection, "of_id": document_id}
    row = None if _NO_ID.search(document_id) or not document_id else await at.fetch_one(_ONE, place)
    return Kept(**row) if row else None


async def shown(sql: Sql, org: str, collection: str, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Title and text of live documents, by id."""
    rows = await sql.fetch_all(_SHOWN, {"of_org": org, "of_collection": collection, "ids": list(ids)})
    return {row["id"]: (row["title"], row["text"]) for row in rows}


async def after(sql: Sql, change: int, limit: int) -> list[Kept]:
    """The rows after a change, in the order of their changes."""
    return [Kept(**row) for row in await sql.fetch_all(_AFTER, {"after": change, "at_most": limit})]


async def lacking(sql: Sql, model: str, change: int, limit: int) -> list[Kept]:
    """The live rows after a change of which this model has made nothing yet."""
    given = {"after": change, "at_most": limit, "of_model": model}
    return [Kept(**row) for row in await sql.fetch_all(_LACKING, given)]


async def live_versions(sql: Sql, org: str, collection: str) -> dict[str, int]:
    """The versions of all live documents of a collection, by id."""
    rows = await sql.fetch_all(_LIVE_VERSIONS, {"of_org": org, "of_collection": collection})
    return {row["id"]: row["version"] for row in rows}


async def organisations(sql: Sql) -> set[str]:
    """Whoever has, or had, documents."""
    return {row["org"] for row in await sql.fetch_all(_ORGS)}


async def count(sql: Sql, collections: Sequence[str]) -> int:
    """The live documents of these collections, over all organisations."""
    row = await sql.fetch_one(_COUNT, {"names": list(collections)})
    return int(row["number"]) if row else 0


async def last_change(at: Sql | Transaction) -> int:
    """The highest change so far; 0 before the first."""
    row = await at.fetch_one(_LAST)
    return int(row["last"] or 0) if row else 0


def _values(draft: Draft) -> dict[str, Any]:
    if not draft.live:
        return {"live": False, "language": draft.language, "content_hash": None, "title": "", "terms": {}, "text": ""}
    return {
        "live": True,
        "language": draft.language,
        "content_hash": content_hash(draft.title, draft.text),
        "title": draft.title,
        "terms": {name: list(words) for name, words in draft.terms.items()},
        "text": draft.text,
    }


def _stays(old: Row, draft: Draft, values: Mapping[str, Any]) -> bool:
    """Whether what stands is newer, or says the same already."""
    if draft.version is not None and draft.version != old["version"]:
        return bool(draft.version < old["version"])
    return all(old[name] == values[name] for name in ("live", "language", "content_hash", "terms"))


def _version(old: Row | None, draft: Draft) -> int:
    if draft.version is not None:
        return draft.version
    return 1 if old is None else int(old["version"]) + 1


def _count(counts: list[int], old: Row | None, draft: Draft) -> None:
    """Move the counts of documents, and of Chinese ones, from what stood to what stands."""
    if old is not None and old["live"]:
        counts[0] -= 1
        counts[1] -= old["language"] == "zh"
    if draft.live:
        counts[0] += 1
        counts[1] += draft.language == "zh"
