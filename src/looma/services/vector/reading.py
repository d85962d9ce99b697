"""Reading records of the CRM, by id or all of them, as documents; in the name of this service."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from typing import Any, TypeVar

from looma.contracts.crm import CrmAPI, Ids, Kept
from looma.contracts.resume import ResumeAPI, ResumeIds
from looma.platform.context import Caller
from looma.platform.contract import Page

from .documents import Draft
from .records import of_company, of_job, of_talent

R = TypeVar("R", bound=Kept)

COLLECTION_OF = {"talent": "talents", "job": "jobs", "company": "companies"}
"""Kind of record → its collection."""
PAGE = 200


def reader_of(org: str) -> Caller:
    """Who reads the records of an organisation."""
    scopes = frozenset({"crm:read", "resume:read"})
    return Caller(org=org, user="vector-service", scopes=scopes, kind="service")


class Reader:
    """Reads the records of the caller's organisation."""

    def __init__(self, crm: CrmAPI, resumes: ResumeAPI) -> None:
        self._crm, self._resumes = crm, resumes
        self._by_kind: Mapping[str, Callable[[Ids], Awaitable[list[Draft]]]] = {
            "talent": self._talents,
            "job": self._jobs,
            "company": self._companies,
        }

    async def read(self, kind: str, ids: Iterable[str]) -> dict[str, Draft]:
        """The records with these ids as documents, archived ones as gone; unknown ones are left out."""
        return {draft.id: draft for draft in await self._by_kind[kind](Ids(ids=list(ids)))}

    async def all_ids(self, kind: str) -> list[str]:
        """The ids of all records of a kind that are not archived."""
        listing: dict[str, Callable[..., Awaitable[Page[Any]]]] = {
            "talent": self._crm.list_talents,
            "job": self._crm.list_jobs,
            "company": self._crm.list_companies,
        }
        return [record.id async for record in _all(listing[kind])]

    async def _talents(self, ids: Ids) -> list[Draft]:
        people = (await self._crm.talents_by_id(ids)).talents
        live = [one.id for one in people if one.resume_id and not one.archived]
        stored = (await self._resumes.current_resumes(ResumeIds(talent_ids=live))).resumes if live else []
        resumes = {resume.talent_id: resume for resume in stored}
        return [of_talent(one, resumes.get(one.id)) for one in people]

    async def _jobs(self, ids: Ids) -> list[Draft]:
        return [of_job(job) for job in (await self._crm.jobs_by_id(ids)).jobs]

    async def _companies(self, ids: Ids) -> list[Draft]:
        return [of_company(company) for company in (await self._crm.companies_by_id(ids)).companies]


async def _all(listing: Callable[..., Awaitable[Page[R]]]) -> AsyncIterator[R]:
    cursor: str | None = None
    while True:
        page = await listing(cursor=cursor, limit=PAGE)
        for record in page.items:
            yield record
        if (cursor := page.next_cursor) is None:
            return
