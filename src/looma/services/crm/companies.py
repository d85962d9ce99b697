"""Companies; their names are unique within an organisation, without regard to case and space."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select

from looma.contracts.crm import Company, CompanyChange, CompanyExists, CompanyNotFound, NewCompany
from looma.platform.contract import Page
from looma.platform.stores.sort_keys import search_key, searched, sort_key

from .refusals import check_not_emptied, invalid
from .repository import Repository
from .sorting import Listing, Sort, changed, folded
from .tables import COMPANIES


def name_key(name: str) -> str:
    """What two spellings of one name share: compatible characters, case and space do not count."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(unicodedata.normalize("NFKC", folded).split())


class Companies(Repository[Company]):
    """Companies of the caller's organisation, in an open transaction."""

    kind, table, record, not_found = "company", COMPANIES, Company, CompanyNotFound
    selected = select(*(COMPANIES.c[name] for name in Company.model_fields))
    order = {
        "updated_at": changed(COMPANIES.c.updated_at),
        "name": Sort(COMPANIES.c.sort_key, nullable=False),
        "industry": folded(COMPANIES.c.industry),
        "location": folded(COMPANIES.c.location),
    }

    async def create(self, request: NewCompany) -> Company:
        """A new company; `CompanyExists` when the name is taken, also by an archived one."""
        name = request.name.strip()
        await self._refuse_taken(name)
        return await self._insert(request.model_dump() | {"name": name})

    async def change(self, company_id: str, request: CompanyChange) -> Company:
        """The changed company; its jobs are noted with it when they show another name."""
        check_not_emptied(request, "name")
        wanted = request.model_dump(exclude_unset=True)
        if request.name is not None:
            wanted["name"] = request.name.strip()
            await self._refuse_taken(wanted["name"], besides=company_id)
        before = await self.get(company_id)
        company = await self._change(before, wanted)
        if company.name != before.name:
            await self._events.renamed(company_id)
        return company

    async def find(self, listing: Listing, *, q: str | None, industry: str | None) -> Page[Company]:
        """Companies; `q` is a part of the name, without regard to case and space, or of how it is spoken."""
        where = []
        if q:
            named, spoken = COMPANIES.c.name_key.contains(name_key(q), autoescape=True), searched(q)
            where.append(or_(named, COMPANIES.c.search_key.contains(spoken, autoescape=True)) if spoken else named)
        where += [COMPANIES.c.industry.icontains(industry, autoescape=True)] if industry else []
        return await self.page(*where, listing=listing)

    async def found_or_created(self, name: str, *, demo: bool = False) -> Company:
        """The company of this name; one without anything but the name when there was none."""
        found = await self._called(name)
        return await self.create(NewCompany(name=name, demo=demo)) if found is None else found

    async def _called(self, name: str) -> Company | None:
        mine = self.selected.where(COMPANIES.c.org == self._org, COMPANIES.c.name_key == name_key(name))
        row = await self._tx.fetch_one(mine)
        return None if row is None else self._read(row)

    async def _refuse_taken(self, name: str, besides: str | None = None) -> None:
        if not name_key(name):
            raise invalid("cannot_be_empty", "name")
        taken = await self._called(name)
        if taken is not None and taken.id != besides:
            raise CompanyExists(name=taken.name, company_id=taken.id)

    def _columns(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        if (name := fields.get("name")) is None:
            return dict(fields)
        keys = {"name_key": name_key(name), "sort_key": sort_key(name), "search_key": search_key(name)}
        return {**fields, **keys}
