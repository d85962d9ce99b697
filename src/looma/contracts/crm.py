"""What the CRM offers: companies, jobs and talents, and what happened to them."""

from typing import Annotated, Literal

from pydantic import Field

from looma.platform.contract import Contract, Limit, Notice, Page, Record, Timestamp, Upload, get, patch, post
from looma.platform.errors import Conflict, NotFound

from .resume import ResumeTooLarge

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Line = Annotated[str, Field(max_length=500)]
Prose = Annotated[str, Field(max_length=50_000)]
Tags = Annotated[list[Annotated[str, Field(min_length=1, max_length=60)]], Field(max_length=50)]


class ContactValue(Record):
    """A way to reach someone; phones as E.164 without spaces."""

    kind: Literal["email", "phone", "link"]
    value: Annotated[str, Field(min_length=1, max_length=500)]
    masked: bool = False


class Kept(Record):
    """What every stored record carries. `version` rises by one with every change and is the ETag."""

    id: str
    version: int
    archived: bool
    demo: bool = False
    """Part of the demo data: an invented person, company or job."""
    created_at: Timestamp
    updated_at: Timestamp


class NewCompany(Record):
    """A company to create; names are unique within an organisation, without regard to case and space."""

    name: Name
    industry: Line | None = None
    location: Line | None = None
    size: Line | None = None
    website: Line | None = None
    note: Prose | None = None
    demo: bool = False


class CompanyChange(Record):
    """What changes; a field that is absent stays, a field that is null is emptied, which the name refuses."""

    name: Name | None = None
    industry: Line | None = None
    location: Line | None = None
    size: Line | None = None
    website: Line | None = None
    note: Prose | None = None


class Company(Kept):
    """A company: a client, an employer in résumés, or both."""

    name: str
    industry: str | None = None
    location: str | None = None
    size: str | None = None
    website: str | None = None
    note: str | None = None


JobStatus = Literal["open", "closed"]


class NewJob(Record):
    """A job to create; `company` is a name and finds or creates the company."""

    title: Name
    description: Prose = ""
    company: Name | None = None
    location: Line | None = None
    status: JobStatus = "open"
    demo: bool = False


class JobChange(Record):
    """What changes; a field that is absent stays, a field that is null is emptied, which title and status refuse."""

    title: Name | None = None
    description: Prose | None = None
    company: Name | None = None
    location: Line | None = None
    status: JobStatus | None = None


class Job(Kept):
    """What a company offers."""

    title: str
    description: str
    company_id: str | None = None
    company: str | None = None
    location: str | None = None
    status: JobStatus


TalentStatus = Literal["active", "passive", "placed", "do_not_contact"]


class NewTalent(Record):
    """A person to create by hand."""

    name: Name | None = None
    headline: Line | None = None
    location: Line | None = None
    contacts: Annotated[list[ContactValue], Field(max_length=50)] = []
    status: TalentStatus = "active"
    tags: Tags = []
    note: Prose | None = None
    demo: bool = False


class TalentChange(Record):
    """What changes; a field that is absent stays, a field that is null is emptied, which the status refuses."""

    name: Name | None = None
    headline: Line | None = None
    location: Line | None = None
    contacts: Annotated[list[ContactValue], Field(max_length=50)] | None = None
    status: TalentStatus | None = None
    tags: Tags | None = None
    note: Prose | None = None


class Talent(Kept):
    """A person. `headline` is the present or last position; `resume_id` the current résumé."""

    name: str | None = None
    headline: str | None = None
    location: str | None = None
    contacts: list[ContactValue] = []
    status: TalentStatus
    tags: list[str] = []
    note: str | None = None
    resume_id: str | None = None
    years: float | None = None
    """Years of work as the current résumé was read; null without one, or when it tells of none."""
    skills: list[str] = []
    """The foremost skills of the current résumé: those of most years first, then those that it names most often."""


class TalentFromResume(Record):
    """A talent that was made from a document."""

    talent_id: str
    resume_id: str
    talent: Talent
    duplicates: list["Duplicate"] = []
    """People who are probably the same; named, never merged."""
    warnings: list[Notice] = []


class Duplicate(Record):
    """Someone who is probably the same person, and what says so."""

    talent_id: str
    why: Literal["same_file", "same_email", "same_phone"]


class Event(Record):
    """Something that happened to a record; ids and field names only, never a contact value."""

    id: str
    record: Literal["company", "job", "talent"]
    record_id: str
    kind: Literal["created", "changed", "archived", "restored", "resume_added"]
    by: str
    at: Timestamp
    fields: list[str] = []
    version: int


class Ids(Record):
    """Records asked for at once."""

    ids: Annotated[list[str], Field(max_length=500)]


class Jobs(Record):
    """Jobs by id; unknown ones are left out."""

    jobs: list[Job]


class Companies(Record):
    """Companies by id; unknown ones are left out."""

    companies: list[Company]


class Talents(Record):
    """Talents by id; unknown ones are left out."""

    talents: list[Talent]


class CompanyNotFound(NotFound):
    """No such company."""

    code = "crm.company_not_found"


class CompanyExists(Conflict):
    """A company of this name exists."""

    code = "crm.company_exists"


class JobNotFound(NotFound):
    """No such job."""

    code = "crm.job_not_found"


class TalentNotFound(NotFound):
    """No such talent."""

    code = "crm.talent_not_found"


class VersionConflict(Conflict):
    """The record has another version than the one that the caller insisted on."""

    code = "crm.version_conflict"


class KeyReused(Conflict):
    """The idempotency key was used before, for something else."""

    code = "crm.key_reused"


Q = Annotated[str, Field(max_length=200)]
Years = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
TalentSort = Literal["created_at", "updated_at", "name", "headline", "location", "status", "years"]
JobSort = Literal["created_at", "updated_at", "title", "company", "location", "status"]
CompanySort = Literal["created_at", "updated_at", "name", "industry", "location"]
"""What a list can be sorted by; records without a value come last in both directions."""


class CrmAPI(Contract):
    """Keeps companies, jobs and talents."""

    service = "looma-crm"
    port = 8888

    @post("/api/v1/companies", status=201, scope="crm:write")
    async def create_company(self, request: NewCompany) -> Company:
        """Create a company."""

    @get("/api/v1/companies", scope="crm:read")
    async def list_companies(
        self,
        q: Q | None = None,
        industry: Q | None = None,
        archived: bool = False,
        sort: CompanySort = "created_at",
        descending: bool = True,
        cursor: str | None = None,
        limit: Limit = 20,
    ) -> Page[Company]:
        """Companies, newest first when nothing else is asked for; `q` is a part of the name or of how it is spoken
        (pinyin, or its initials), `industry` a part of the industry. `archived` asks for those that were put away
        instead. A cursor belongs to its sort and direction."""

    @get("/api/v1/companies/{company_id}", scope="crm:read")
    async def get_company(self, company_id: str) -> Company:
        """One company."""

    @patch("/api/v1/companies/{company_id}", scope="crm:write")
    async def change_company(self, company_id: str, request: CompanyChange) -> Company:
        """Change a company."""

    @post("/api/v1/companies/{company_id}/archive", scope="crm:write")
    async def archive_company(self, company_id: str) -> Company:
        """Put a company away; it stays readable and can be restored."""

    @post("/api/v1/companies/{company_id}/restore", scope="crm:write")
    async def restore_company(self, company_id: str) -> Company:
        """Take a company back from the archive."""

    @get("/api/v1/companies/{company_id}/events", scope="crm:read")
    async def company_events(self, company_id: str, cursor: str | None = None, limit: Limit = 20) -> Page[Event]:
        """What happened to a company, newest first."""

    @post("/api/v1/companies/by-id", scope="crm:read")
    async def companies_by_id(self, request: Ids) -> Companies:
        """Many companies at once, in the order of the ids; unknown ones are left out."""

    @post("/api/v1/jobs", status=201, scope="crm:write")
    async def create_job(self, request: NewJob) -> Job:
        """Create a job."""

    @get("/api/v1/jobs", scope="crm:read")
    async def list_jobs(
        self,
        q: Q | None = None,
        status: JobStatus | None = None,
        company_id: str | None = None,
        location: Q | None = None,
        archived: bool = False,
        sort: JobSort = "created_at",
        descending: bool = True,
        cursor: str | None = None,
        limit: Limit = 20,
    ) -> Page[Job]:
        """Jobs, newest first when nothing else is asked for; `q` is a part of the title or of how it is spoken (pinyin,
        or its initials), `location` a part of the location. `archived` asks for those that were put away instead. A
        cursor belongs to its sort and direction."""

    @get("/api/v1/jobs/{job_id}", scope="crm:read")
    async def get_job(self, job_id: str) -> Job:
        """One job."""

    @patch("/api/v1/jobs/{job_id}", scope="crm:write")
    async def change_job(self, job_id: str, request: JobChange) -> Job:
        """Change a job."""

    @post("/api/v1/jobs/{job_id}/archive", scope="crm:write")
    async def archive_job(self, job_id: str) -> Job:
        """Put a job away; it is matched no more."""

    @post("/api/v1/jobs/{job_id}/restore", scope="crm:write")
    async def restore_job(self, job_id: str) -> Job:
        """Take a job back from the archive."""

    @get("/api/v1/jobs/{job_id}/events", scope="crm:read")
    async def job_events(self, job_id: str, cursor: str | None = None, limit: Limit = 20) -> Page[Event]:
        """What happened to a job, newest first."""

    @post("/api/v1/jobs/by-id", scope="crm:read")
    async def jobs_by_id(self, request: Ids) -> Jobs:
        """Many jobs at once, in the order of the ids; unknown ones are left out."""

    @post("/api/v1/talents", status=201, scope="crm:write")
    async def create_talent(self, request: NewTalent) -> Talent:
        """Create a person by hand."""

    @post("/api/v1/talents/from-resume", status=201, scope="crm:write", too_large=ResumeTooLarge)
    async def create_talent_from_resume(self, file: Upload, demo: bool = False) -> TalentFromResume:
        """Read a résumé and keep the person: talent, résumé and facts in one transaction, always a new talent."""

    @get("/api/v1/talents", scope="crm:read")
    async def list_talents(
        self,
        q: Q | None = None,
        status: TalentStatus | None = None,
        location: Q | None = None,
        tag: Q | None = None,
        skill: Q | None = None,
        years_min: Years | None = None,
        has_resume: bool | None = None,
        archived: bool = False,
        sort: TalentSort = "created_at",
        descending: bool = True,
        cursor: str | None = None,
        limit: Limit = 20,
    ) -> Page[Talent]:
        """Talents, newest first when nothing else is asked for; `q` is a part of name or headline, or of how the name
        is spoken (pinyin, or its initials), `location` a part of the location, `tag` a whole tag, `skill` the name or
        the concept of a skill of the current résumé without regard to case. `archived` asks for those put away instead.
        A cursor belongs to its sort and direction."""

    @get("/api/v1/talents/{talent_id}", scope="crm:read")
    async def get_talent(self, talent_id: str) -> Talent:
        """One person."""

    @patch("/api/v1/talents/{talent_id}", scope="crm:write")
    async def change_talent(self, talent_id: str, request: TalentChange) -> Talent:
        """Change a person."""

    @post("/api/v1/talents/{talent_id}/archive", scope="crm:write")
    async def archive_talent(self, talent_id: str) -> Talent:
        """Put a person away; they are matched no more."""

    @post("/api/v1/talents/{talent_id}/restore", scope="crm:write")
    async def restore_talent(self, talent_id: str) -> Talent:
        """Take a person back from the archive."""

    @get("/api/v1/talents/{talent_id}/events", scope="crm:read")
    async def talent_events(self, talent_id: str, cursor: str | None = None, limit: Limit = 20) -> Page[Event]:
        """What happened to a person's record, newest first."""

    @post("/api/v1/talents/by-id", scope="crm:read")
    async def talents_by_id(self, request: Ids) -> Talents:
        """Many talents at once, in the order of the ids; unknown ones are left out."""
