"""Jobs, with the name of the company that offers them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, or_, select

from looma.contracts.crm import Job, JobChange, JobNotFound, JobStatus, NewJob
from looma.platform.contract import Page
from looma.platform.stores.sort_keys import search_key, searched, sort_key

from .companies import Companies
from .refusals import check_not_emptied
from .repository import Repository
from .sorting import Listing, Sort, changed, folded
from .tables import COMPANIES, JOBS


class Jobs(Repository[Job]):
    """Jobs of the caller's organisation, in an open transaction."""

    kind, table, record, not_found = "job", JOBS, Job, JobNotFound
    selected = select(
        *(JOBS.c[name] for name in Job.model_fields if name != "company"), COMPANIES.c.name.label("company")
    ).select_from(JOBS.outerjoin(COMPANIES, and_(COMPANIES.c.id == JOBS.c.company_id, COMPANIES.c.org == JOBS.c.org)))
    order = {
        "updated_at": changed(JOBS.c.updated_at),
        "title": Sort(JOBS.c.sort_key, nullable=False),
        "company": Sort(COMPANIES.c.sort_key),
        "location": folded(JOBS.c.location),
        "status": Sort(JOBS.c.status, nullable=False),
    }

    async def create(self, request: NewJob) -> Job:
        """A new job; a company that is new is created with it."""
        values = request.model_dump(exclude={"company"})
        return await self._insert(values | {"company_id": await self._company_id(request.company, demo=request.demo)})

    async def change(self, job_id: str, request: JobChange) -> Job:
        """The changed job."""
        check_not_emptied(request, "title", "status")
        job = await self.get(job_id)
        wanted: dict[str, Any] = request.model_dump(exclude_unset=True, exclude={"company"})
        if "description" in wanted:
            wanted["description"] = request.description or ""
        if "company" in request.model_fields_set:
            wanted["company_id"] = await self._company_id(request.company, demo=job.demo)
        return await self._change(job, wanted)

    async def find(
        self,
        listing: Listing,
        *,
        q: str | None,
        status: JobStatus | None,
        company_id: str | None,
        location: str | None,
    ) -> Page[Job]:
        """Jobs; `q` is a part of the title or of how it is spoken."""
        where = []
        if q:
            titled, spoken = JOBS.c.title.icontains(q, autoescape=True), searched(q)
            where.append(or_(titled, JOBS.c.search_key.contains(spoken, autoescape=True)) if spoken else titled)
        where += [JOBS.c.status == status] if status else []
        where += [JOBS.c.company_id == company_id] if company_id is not None else []
        where += [JOBS.c.location.icontains(location, autoescape=True)] if location else []
        return await self.page(*where, listing=listing)

    def _columns(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        if (title := fields.get("title")) is None:
            return dict(fields)
        return {**fields, "sort_key": sort_key(title), "search_key": search_key(title)}

    async def _company_id(self, name: str | None, *, demo: bool) -> str | None:
        if name is None:
            return None
        companies = Companies(self._tx, self._clock, self._new_id)
        return (await companies.found_or_created(name, demo=demo)).id
