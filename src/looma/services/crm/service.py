"""The CRM: one short story per operation. Each change is one transaction, with its event and its outbox entry."""

from collections.abc import Awaitable, Callable
from typing import Any, Self, TypeVar

from looma.contracts.crm import (
    Companies,
    Company,
    CompanyChange,
    CompanySort,
    CrmAPI,
    Event,
    Ids,
    Job,
    JobChange,
    Jobs,
    JobSort,
    JobStatus,
    Kept,
    NewCompany,
    NewJob,
    NewTalent,
    Talent,
    TalentChange,
    TalentFromResume,
    Talents,
    TalentSort,
    TalentStatus,
)
from looma.contracts.resume import ResumeAPI
from looma.platform import context
from looma.platform.clock import Clock, NewId
from looma.platform.contract import Page, Record, Upload
from looma.platform.service import Platform, Service
from looma.platform.stores import UnifiedDataAccess
from looma.platform.stores.sql import Transaction

from . import companies, intake, jobs, profile, talents
from .events import Events
from .idempotency import Asked, Keys, Made
from .refusals import check_text
from .repository import Repository
from .sorting import Listing

R = TypeVar("R", bound=Kept)
T = TypeVar("T")
N = TypeVar("N", bound=Repository[Any])


class CrmService(Service, CrmAPI):
    """Keeps companies, jobs and talents."""

    def __init__(self, data: UnifiedDataAccess, resumes: ResumeAPI, clock: Clock, new_id: NewId) -> None:
        self._data, self._resumes, self._clock, self._new_id = data, resumes, clock, new_id

    @classmethod
    def build(cls, platform: Platform) -> Self:
        """The CRM on the platform's stores, with the résumé service as its reader."""
        return cls(platform.data, platform.peer(ResumeAPI), platform.clock, platform.new_id)

    async def health(self) -> dict[str, Any]:
        """The truth and the files have to answer."""
        await self._data.sql.check()
        await self._data.files.check()
        return {"sql": "healthy", "files": "healthy"}

    # -- companies ----------------------------------------------------------------------------------------------------

    async def create_company(self, request: NewCompany) -> Company:
        """A new company, once under an idempotency key."""
        return await self._created("create_company", request, companies.Companies, lambda own: own.create(request))

    async def list_companies(
        self,
        q: str | None = None,
        industry: str | None = None,
        archived: bool = False,
        sort: CompanySort = "created_at",
        descending: bool = True,
        cursor: str | None = None,
        limit: int = 20,
    ) -> Page[Company]:
        """Companies, newest first."""
        _check_texts(q=q, industry=industry)
        listing = Listing(sort, descending, archived, cursor, limit)
        return await self._looked(companies.Companies, lambda own: own.find(listing, q=q, industry=industry))

    async def get_company(self, company_id: str) -> Company:
        """One company, archived or not."""
        return await self._looked(companies.Companies, lambda own: own.get(company_id))

    async def change_company(self, company_id: str, request: CompanyChange) -> Company:
        """The changed company."""
        check_text(request)
        return await self._changed(companies.Companies, lambda own: own.change(company_id, request))

    async def archive_company(self, company_id: str) -> Company:
        """The company, put away."""
        return await self._changed(companies.Companies, lambda own: own.archive(company_id))

    async def restore_company(self, company_id: str) -> Company:
        """The company, taken back."""
        return await self._changed(companies.Companies, lambda own: own.restore(company_id))

    async def company_events(self, company_id: str, cursor: str | None = None, limit: int = 20) -> Page[Event]:
        """What happened to a company."""
        return await self._happened(companies.Companies, company_id, cursor, limit)

    async def companies_by_id(self, request: Ids) -> Companies:
        """Many companies at once, in the order of the ids."""
        check_text(request)
        return Companies(companies=await self._looked(companies.Companies, lambda own: own.many(request.ids)))

    # -- jobs ---------------------------------------------------------------------------------------------------------

    async def create_job(self, request: NewJob) -> Job:
        """A new job, with its company when that is new; once under an idempotency key."""
        return await self._created("create_job", request, jobs.Jobs, lambda own: own.create(request))

    async def list_jobs(
        self,
        q: str | None = None,
        status: JobStatus | None = None,
        company_id: str | None = None,
        location: str | None = None,
        archived: bool = False,
        sort: JobSort = "created_at",
        descending: bool = True,
        cursor: str | None = None,
        limit: int = 20,
    ) -> Page[Job]:
        """Jobs, newest first."""
        _check_texts(q=q, company_id=company_id, location=location)
        listing = Listing(sort, descending, archived, cursor, limit)
        return await self._looked(
            jobs.Jobs,
            lambda own: own.find(listing, q=q, status=status, company_id=company_id, location=location),
        )

    async def get_job(self, job_id: str) -> Job:
        """One job, archived or not."""
        return await self._looked(jobs.Jobs, lambda own: own.get(job_id))

    async def change_job(self, job_id: str, request: JobChange) -> Job:
        """The changed job."""
        check_text(request)
        return await self._changed(jobs.Jobs, lambda own: own.change(job_id, request))

    async def archive_job(self, job_id: str) -> Job:
        """The job, put away."""
        return await self._changed(jobs.Jobs, lambda own: own.archive(job_id))

    async def restore_job(self, job_id: str) -> Job:
        """The job, taken back."""
        return await self._changed(jobs.Jobs, lambda own: own.restore(job_id))

    async def job_events(self, job_id: str, cursor: str | None = None, limit: int = 20) -> Page[Event]:
        """What happened to a job."""
        return await self._happened(jobs.Jobs, job_id, cursor, limit)

    async def jobs_by_id(self, request: Ids) -> Jobs:
        """Many jobs at once, in the order of the ids."""
        check_text(request)
        return Jobs(jobs=await self._looked(jobs.Jobs, lambda own: own.many(request.ids)))

    # -- talents ------------------------------------------------------------------------------------------------------

    async def create_talent(self, request: NewTalent) -> Talent:
        """A new person, once under an idempotency key."""
        return await self._created("create_talent", request, talents.Talents, lambda own: own.create(request))

    async def create_talent_from_resume(self, file: Upload, demo: bool = False) -> TalentFromResume:
        """The person of a résumé: read by the peer, the file kept under its content, the rest in one transaction."""
        check_text(file.filename, "file")
        check_text(file.media_type, "file")
        asked = intake.asked(file, demo=demo)
        if (before := await self._data.sql.read(lambda tx: self._intake(tx).again(asked))) is not None:
            return before
        parsed = profile.keepable(await self._resumes.parse(file=file))
        file_key = await self._data.files.put(context.caller().org, file.data)
        document = intake.Document(file, file_key, parsed, demo)
        return await self._data.sql.write(lambda tx: self._intake(tx).keep(asked, document))

    async def list_talents(
        self,
        q: str | None = None,
        status: TalentStatus | None = None,
        location: str | None = None,
        tag: str | None = None,
        skill: str | None = None,
        years_min: float | None = None,
        has_resume: bool | None = None,
        archived: bool = False,
        sort: TalentSort = "created_at",
        descending: bool = True,
        cursor: str | None = None,
        limit: int = 20,
    ) -> Page[Talent]:
        """Talents, newest first."""
        _check_texts(q=q, location=location, tag=tag, skill=skill)
        wanted = talents.Wanted(q, status, location, tag, skill, years_min, has_resume)
        listing = Listing(sort, descending, archived, cursor, limit)
        return await self._looked(talents.Talents, lambda own: own.find(listing, wanted))

    async def get_talent(self, talent_id: str) -> Talent:
        """One person, archived or not."""
        return await self._looked(talents.Talents, lambda own: own.get(talent_id))

    async def change_talent(self, talent_id: str, request: TalentChange) -> Talent:
        """The changed person."""
        check_text(request)
        return await self._changed(talents.Talents, lambda own: own.change(talent_id, request))

    async def archive_talent(self, talent_id: str) -> Talent:
        """The person, put away."""
        return await self._changed(talents.Talents, lambda own: own.archive(talent_id))

    async def restore_talent(self, talent_id: str) -> Talent:
        """The person, taken back."""
        return await self._changed(talents.Talents, lambda own: own.restore(talent_id))

    async def talent_events(self, talent_id: str, cursor: str | None = None, limit: int = 20) -> Page[Event]:
        """What happened to a person's record."""
        return await self._happened(talents.Talents, talent_id, cursor, limit)

    async def talents_by_id(self, request: Ids) -> Talents:
        """Many people at once, in the order of the ids."""
        check_text(request)
        return Talents(talents=await self._looked(talents.Talents, lambda own: own.many(request.ids)))

    # -- what they share ----------------------------------------------------------------------------------------------

    async def _looked(self, noun: type[N], look: Callable[[N], Awaitable[T]]) -> T:
        return await self._data.sql.read(lambda tx: look(noun(tx, self._clock, self._new_id)))

    async def _changed(self, noun: type[N], change: Callable[[N], Awaitable[T]]) -> T:
        return await self._data.sql.write(lambda tx: change(noun(tx, self._clock, self._new_id)))

    async def _created(self, operation: str, request: Record, noun: type[N], create: Callable[[N], Awaitable[R]]) -> R:
        """The new record; the one that was made before when the request carries a key that was seen."""
        check_text(request)
        asked = Asked.now(operation, request)

        async def change(tx: Transaction) -> R:
            own, keys = noun(tx, self._clock, self._new_id), Keys(tx, self._clock)
            if (made := await keys.made(asked)) is not None:
                before: R = await own.get(made.record_id)
                return before
            record = await create(own)
            await keys.keep(asked, Made(record.id))
            return record

        return await self._data.sql.write(change)

    async def _happened(self, noun: type[N], record_id: str, cursor: str | None, limit: int) -> Page[Event]:
        async def look(tx: Transaction) -> Page[Event]:
            await noun(tx, self._clock, self._new_id).get(record_id)
            return await Events(tx, self._clock, self._new_id).page(noun.kind, record_id, cursor, limit)

        return await self._data.sql.read(look)

    def _intake(self, tx: Transaction) -> intake.Intake:
        return intake.Intake(tx, self._clock, self._new_id)


def _check_texts(**given: str | None) -> None:
    for field, text in given.items():
        check_text(text, field)
