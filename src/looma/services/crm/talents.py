"""People, made by hand or read from a résumé."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, exists, func, or_, select, type_coerce

from looma.contracts.crm import NewTalent, Talent, TalentChange, TalentNotFound, TalentStatus
from looma.platform.contract import Page
from looma.platform.stores.sort_keys import searched
from looma.platform.stores.sql.records import TALENTS
from looma.platform.stores.sql.types import TEXT
from looma.platform.stores.summaries import NOTHING, skill_line
from looma.platform.stores.talents import columns

from .contacts import typed_contacts
from .refusals import check_not_emptied
from .repository import Repository
from .sorting import Listing, Sort, changed, folded

_TAGS = type_coerce(TALENTS.c.tags, TEXT)


@dataclass(frozen=True)
class Wanted:
    """Which people are asked for; what is None does not matter."""

    q: str | None = None
    status: TalentStatus | None = None
    location: str | None = None
    tag: str | None = None
    skill: str | None = None
    years_min: float | None = None
    has_resume: bool | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a row of the table has to fulfil."""
        talents, where = TALENTS.c, list[ColumnElement[bool]]()
        where += [_called(self.q)] if self.q else []
        where += [talents.status == self.status] if self.status else []
        where += [talents.location.icontains(self.location, autoescape=True)] if self.location else []
        where += _tagged(self.tag) if self.tag else []
        where += [talents.skill_key.contains(skill_line(self.skill), autoescape=True)] if self.skill else []
        where += [talents.years >= self.years_min] if self.years_min is not None else []
        if self.has_resume is not None:
            where.append(talents.resume_id.is_not(None) if self.has_resume else talents.resume_id.is_(None))
        return where


class Talents(Repository[Talent]):
    """People of the caller's organisation, in an open transaction."""

    kind, table, record, not_found = "talent", TALENTS, Talent, TalentNotFound
    selected = select(*(TALENTS.c[name] for name in Talent.model_fields))
    order = {
        "updated_at": changed(TALENTS.c.updated_at),
        "name": Sort(TALENTS.c.sort_key),
        "headline": folded(TALENTS.c.headline),
        "location": folded(TALENTS.c.location),
        "status": Sort(TALENTS.c.status, nullable=False),
        "years": Sort(TALENTS.c.years, number=True),
    }

    async def create(self, request: NewTalent) -> Talent:
        """A new person."""
        return await self._insert(request.model_dump() | {"contacts": _dumped(request), "resume_id": None, **NOTHING})

    async def change(self, talent_id: str, request: TalentChange) -> Talent:
        """The changed person."""
        check_not_emptied(request, "status")
        wanted: dict[str, Any] = request.model_dump(exclude_unset=True)
        if "contacts" in wanted:
            wanted["contacts"] = _dumped(request)
        if "tags" in wanted:
            wanted["tags"] = request.tags or []
        return await self._change(await self.get(talent_id), wanted)

    async def find(self, listing: Listing, wanted: Wanted) -> Page[Talent]:
        """The people who are asked for."""
        return await self.page(*wanted.conditions(), listing=listing)

    def _columns(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return columns(fields)


def _called(q: str) -> ColumnElement[bool]:
    """A part of the name or the headline, or of how the name is spoken."""
    parts = [column.icontains(q, autoescape=True) for column in (TALENTS.c.name, TALENTS.c.headline)]
    if (spoken := searched(q)) is not None:
        parts.append(TALENTS.c.search_key.contains(spoken, autoescape=True))
    return or_(*parts)


def _tagged(tag: str) -> list[ColumnElement[bool]]:
    """A whole tag: the list is looked into only where its text has the words at all."""
    each = func.json_each(_TAGS).table_valued("value")
    within = exists(select(each.c.value).where(each.c.value == tag))
    return [_TAGS.contains(orjson.dumps(tag).decode(), autoescape=True), within]


def _dumped(request: NewTalent | TalentChange) -> list[dict[str, Any]]:
    return [contact.model_dump() for contact in typed_contacts(request.contacts or [])]
