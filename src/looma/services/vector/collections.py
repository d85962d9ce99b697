"""The collections of every organisation, held in memory too: a search must not ask SQL whether its collection exists.

One process keeps them. A change is made in SQL first, and taken over here when it is durable.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from looma.contracts.vector import SYSTEM, BadName, Collection, CollectionNotFound, Reserved
from looma.platform import catalogue
from looma.platform.contract import Page
from looma.platform.errors import Invalid
from looma.platform.stores.sql import Sql, Transaction

from . import documents
from .documents import Effect
from .tables import COLLECTIONS

_NAME = re.compile("[a-z0-9][a-z0-9_-]{0,63}")
_C = COLLECTIONS.c
_ONE = select(COLLECTIONS).where(_C.org == bindparam("of_org"), _C.name == bindparam("of_name"))
_INSERT = insert(COLLECTIONS)
_UPDATE = update(COLLECTIONS).where(_C.org == bindparam("of_org"), _C.name == bindparam("of_name"))
_DROP = delete(COLLECTIONS).where(_C.org == bindparam("of_org"), _C.name == bindparam("of_name"))


@dataclass(frozen=True)
class Shelf:
    """A collection with its counts."""

    org: str
    name: str
    description: str | None = None
    documents: int = 0
    chinese: int = 0
    created_at: datetime | None = None

    @property
    def key(self) -> str:
        """What it is called in an index, where the collections of all organisations are."""
        return f"{self.org}/{self.name}"

    @property
    def chinese_share(self) -> float:
        """The share of Chinese documents; a half where there is none."""
        return self.chinese / self.documents if self.documents else 0.5

    def record(self) -> Collection:
        """As it is answered."""
        return Collection(
            name=self.name,
            description=self.description,
            system=self.name in SYSTEM,
            documents=self.documents,
            languages={"zh": self.chinese, "en": self.documents - self.chinese},
            created_at=self.created_at,
        )


class Collections:
    """What is known of the collections of all organisations."""

    def __init__(self) -> None:
        self._shelves: dict[str, dict[str, Shelf]] = {}

    async def load(self, sql: Sql) -> None:
        """Take over what is kept."""
        self._shelves.clear()
        for row in await sql.fetch_all(select(COLLECTIONS)):
            self.put(Shelf(**row))

    def get(self, org: str, name: str) -> Shelf:
        """The collection, the system's ones always; `CollectionNotFound` otherwise."""
        found = self._shelves.get(org, {}).get(name)
        if found is None and name not in SYSTEM:
            raise CollectionNotFound(name=name[:80])
        return found or Shelf(org, name)

    def page(self, org: str, cursor: str | None, limit: int) -> Page[Collection]:
        """The collections of an organisation by name."""
        names = sorted({*SYSTEM, *self._shelves.get(org, {})})
        left = [name for name in names if cursor is None or name > _name_in(cursor)]
        more = _cursor_after(left[limit - 1]) if len(left) > limit else None
        return Page(items=[self.get(org, name).record() for name in left[:limit]], next_cursor=more)

    def put(self, shelf: Shelf) -> None:
        """Take over a collection as it is kept now."""
        self._shelves.setdefault(shelf.org, {})[shelf.name] = shelf

    def remove(self, shelf: Shelf) -> None:
        """A collection is no more."""
        self._shelves.get(shelf.org, {}).pop(shelf.name, None)


def check_own(name: str) -> None:
    """Return unless the collection is the system's own: `Reserved` then."""
    if name in SYSTEM:
        raise Reserved(name=name)


def check_name(name: str) -> None:
    """Return for a name that a collection can have; `BadName` otherwise."""
    if not _NAME.fullmatch(name):
        raise BadName(name=name[:80])


async def made(tx: Transaction, wanted: Shelf) -> Shelf:
    """The collection as it stands, with the wanted description if there is one; a new one when there was none."""
    row = await tx.fetch_one(_ONE, {"of_org": wanted.org, "of_name": wanted.name})
    if row is None:
        await tx.execute(_INSERT, vars(wanted))
        return wanted
    shelf = Shelf(**row)
    return await _changed(tx, shelf, {"description": wanted.description}) if wanted.description is not None else shelf


async def required(tx: Transaction, org: str, name: str) -> Shelf:
    """The collection; `CollectionNotFound` when there is none."""
    row = await tx.fetch_one(_ONE, {"of_org": org, "of_name": name})
    if row is None:
        raise CollectionNotFound(name=name)
    return Shelf(**row)


async def counted(tx: Transaction, shelf: Shelf, effect: Effect) -> Shelf:
    """The collection with the counts that a write has moved."""
    if not (effect.documents or effect.chinese):
        return shelf
    counts = {"documents": shelf.documents + effect.documents, "chinese": shelf.chinese + effect.chinese}
    return await _changed(tx, shelf, counts)


async def dropped(tx: Transaction, org: str, name: str) -> tuple[Shelf, int]:
    """The collection that is no more, and the change that says so."""
    shelf = await required(tx, org, name)
    await tx.execute(_DROP, {"of_org": org, "of_name": name})
    return shelf, await documents.remove_all(tx, org, name)


async def _changed(tx: Transaction, shelf: Shelf, values: Mapping[str, Any]) -> Shelf:
    await tx.execute(_UPDATE, {"of_org": shelf.org, "of_name": shelf.name, **values})
    return Shelf(**{**vars(shelf), **values})


def _cursor_after(name: str) -> str:
    return urlsafe_b64encode(f"collections:{name}".encode()).decode().rstrip("=")


def _name_in(cursor: str) -> str:
    """The name in a cursor that this list gave out, byte for byte; anything else is `Invalid`."""
    try:
        _, _, name = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").partition(":")
    except ValueError:  # not ASCII, not base64
        name = ""
    if not _NAME.fullmatch(name) or _cursor_after(name) != cursor:
        summary = catalogue.text("problem.cursor", "en", field="cursor")
        raise Invalid(problems=[{"problem": "cursor", "field": "cursor"}], summary=summary)
    return name
