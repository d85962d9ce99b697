"""Jobs, with the name of the company that offers them."""

from typing import Any

from sqlalchemy import and_, select

from looma.contracts.crm import Job, JobChange, JobNotFound, JobStatus, NewJob
from looma.platform.contract import Page

from .companies import Companies
from .refusals import check_not_emptied
from .repository import Repository
from .tables import COMPANIES, JOBS


class Jobs(Repository[Job]):
    """Jobs of the caller's organisation, in an open transaction."""

    kind, table, record, not_found = "job", JOBS, Job, JobNotFound
    selected = select(
        *(JOBS.c[name] for name in Job.model_fields if name != "company"), COMPANIES.c.name.label("company")
    ).select_from(JOBS.outerjoin(COMPANIES, and_(COMPANIES.c.id == JOBS.c.company_id, COMPANIES.c.org == JOBS.c.org)))

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
        *,
        q: str | None,
        status: JobStatus | None,
        company_id: str | None,
        archived: bool,
        cursor: str | None,
        limit: int,
    ) -> Page[Job]:
        """Jobs, newest first; `q` is a part of the title."""
        where = [JOBS.c.title.icontains(q, autoescape=True)] if q else []
        where += [JOBS.c.status == status] if status else []
        where += [JOBS.c.company_id == company_id] if company_id is not None else []
        return await self.page(*where, archived=archived, cursor=cursor, limit=limit)

    async def _company_id(self, name: str | None, *, demo: bool) -> str | None:
        if name is None:
            return None
        companies = Companies(self._tx, self._clock, self._new_id)
        return (await companies.found_or_created(name, demo=demo)).id
