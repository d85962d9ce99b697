"""People, made by hand or read from a résumé."""

from typing import Any

from sqlalchemy import or_, select

from looma.contracts.crm import NewTalent, Talent, TalentChange, TalentNotFound, TalentStatus
from looma.platform.contract import Page
from looma.platform.stores.sql.records import TALENTS

from .contacts import typed_contacts
from .refusals import check_not_emptied
from .repository import Repository


class Talents(Repository[Talent]):
    """People of the caller's organisation, in an open transaction."""

    kind, table, record, not_found = "talent", TALENTS, Talent, TalentNotFound
    selected = select(*(TALENTS.c[name] for name in Talent.model_fields))

    async def create(self, request: NewTalent) -> Talent:
        """A new person."""
        return await self._insert(request.model_dump() | {"contacts": _dumped(request), "resume_id": None})

    async def change(self, talent_id: str, request: TalentChange) -> Talent:
        """The changed person."""
        check_not_emptied(request, "status")
        wanted: dict[str, Any] = request.model_dump(exclude_unset=True)
        if "contacts" in wanted:
            wanted["contacts"] = _dumped(request)
        if "tags" in wanted:
            wanted["tags"] = request.tags or []
        return await self._change(await self.get(talent_id), wanted)

    async def find(
        self, *, q: str | None, status: TalentStatus | None, archived: bool, cursor: str | None, limit: int
    ) -> Page[Talent]:
        """People, newest first; `q` is a part of the name or the headline."""
        named = (column.icontains(q, autoescape=True) for column in (TALENTS.c.name, TALENTS.c.headline))
        where = [or_(*named)] if q else []
        where += [TALENTS.c.status == status] if status else []
        return await self.page(*where, archived=archived, cursor=cursor, limit=limit)


def _dumped(request: NewTalent | TalentChange) -> list[dict[str, Any]]:
    return [contact.model_dump() for contact in typed_contacts(request.contacts or [])]
