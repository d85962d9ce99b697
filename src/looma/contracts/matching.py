"""What the matching service offers: criteria of jobs, and matches in both directions with reasons and evidence."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from looma.platform.contract import Contract, Limit, Page, Record, Timestamp, get, post, put
from looma.platform.errors import Conflict, NotFound

from .resume import DegreeLevel, Parsed, TextLanguage

CriterionKind = Literal[
    "skill", "title", "experience", "education", "major", "language", "certificate", "location", "meaning"
]


class Evidence(Record):
    """A passage that a point stands on; `start` and `end` are code points in its text, half open."""

    text: str
    start: int
    end: int
    page: int | None = None


class TwoSides(Record):
    """Evidence in the résumé and in the job."""

    resume: list[Evidence] = []
    job: list[Evidence] = []


class Criterion(Record):
    """One thing that a job asks for, linked to the sentence that asks."""

    id: str
    kind: CriterionKind
    label: str
    concept_id: str | None = None
    broader: list[str] = []
    level: Literal["must", "nice"]
    weight: Annotated[float, Field(ge=0)]
    """Share of the 100 points, before normalisation over the job's criteria."""
    years_min: float | None = None
    degree: DegreeLevel | None = None
    any_of: list[str] = []
    """Other concepts that satisfy it just as well (“Java or Go”)."""
    evidence: list[Evidence] = []


class JobText(Record):
    """A job as people write it."""

    title: Annotated[str, Field(min_length=1, max_length=500)]
    description: Annotated[str, Field(max_length=50_000)] = ""
    location: Annotated[str, Field(max_length=200)] | None = None
    id: str | None = None
    company: str | None = None


class Criteria(Record):
    """What a job asks for. Evidence ranges count in the title, a line feed, and the description."""

    job_id: str | None = None
    language: TextLanguage
    text: str
    criteria: list[Criterion]


class Reason(Record):
    """Points, why, and the sentences behind them."""

    kind: CriterionKind
    points: float
    text: str
    evidence: TwoSides


class Lack(Record):
    """Something asked for that the résumé does not show (gap) or does not tell (unknown)."""

    kind: CriterionKind
    level: Literal["must", "nice"]
    text: str
    evidence: TwoSides


class JobRef(Record):
    """Which job a match is about."""

    title: str
    id: str | None = None
    company: str | None = None
    location: str | None = None


class TalentRef(Record):
    """Which person a match is about."""

    id: str
    name: str | None = None


class Match(Record):
    """How well one person and one job fit: `score` 0–100 is the sum of the points of its reasons."""

    score: float
    confidence: Annotated[float, Field(ge=0, le=1)]
    reasons: list[Reason]
    gaps: list[Lack]
    unknowns: list[Lack]


class JobMatch(Match):
    """A job that fits a person."""

    job: JobRef


class TalentMatch(Match):
    """A person who fits a job."""

    talent: TalentRef


class Filters(Record):
    """Which records are ranked at all."""

    location: Annotated[str, Field(max_length=200)] | None = None
    skills_all: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=50)] = []
    """Skill terms or concept ids that must all be named."""
    years_min: Annotated[float, Field(ge=0, le=100)] | None = None
    status: Annotated[str, Field(max_length=40)] | None = None
    """Status of the job or talent; by default only open jobs and active talents are ranked."""


class Weights(Record):
    """How many of the 100 points each kind may give, before normalisation over what a job asks for."""

    skill: Annotated[float, Field(ge=0, le=100)] = 50
    title: Annotated[float, Field(ge=0, le=100)] = 18
    experience: Annotated[float, Field(ge=0, le=100)] = 12
    education: Annotated[float, Field(ge=0, le=100)] = 6
    major: Annotated[float, Field(ge=0, le=100)] = 2
    language: Annotated[float, Field(ge=0, le=100)] = 3
    certificate: Annotated[float, Field(ge=0, le=100)] = 5
    location: Annotated[float, Field(ge=0, le=100)] = 4
    meaning: Annotated[float, Field(ge=0, le=100)] = 10
    nice_share: Annotated[float, Field(ge=0, le=1)] = 0.4
    """Weight of a nice-to-have beside a must of the same kind."""
    version: int = 1


class RankJobs(Record):
    """A parsed résumé and the jobs to rank for it; nothing is stored."""

    resume: Parsed
    jobs: Annotated[list[JobText], Field(min_length=1, max_length=10_000)]
    limit: Annotated[int, Field(ge=1, le=10_000)] | None = None


class MatchJobs(Record):
    """Whose jobs are asked for: a talent, or one of its résumés."""

    talent_id: str | None = None
    resume_id: str | None = None
    filters: Filters = Filters()
    limit: Annotated[int, Field(ge=1, le=200)] = 20


class MatchTalents(Record):
    """The job that people are asked for."""

    job_id: str
    filters: Filters = Filters()
    limit: Annotated[int, Field(ge=1, le=200)] = 20


class JobMatches(Record):
    """Jobs, best first; ties fall by id, then by the order given."""

    matches: list[JobMatch]
    total: int
    """How many were ranked."""
    weights_version: int
    match_run_id: str | None = None
    """Where the history keeps this answer; None when nothing was kept: `rank`, or a store that takes no more."""


class TalentMatches(Record):
    """People, best first; ties fall by id."""

    matches: list[TalentMatch]
    total: int
    weights_version: int
    match_run_id: str | None = None
    """As in `JobMatches`."""


Direction = Literal["jobs", "talents"]
"""What was asked for: jobs for a person, or people for a job."""


class RankedRecord(Record):
    """A job or a talent of an answer."""

    id: str
    score: float


class MatchRun(Record):
    """An answer of `find_jobs` or `find_talents` as the history keeps it: ids and scores alone."""

    id: str
    direction: Direction
    talent_id: str | None = None
    resume_id: str | None = None
    job_id: str | None = None
    filters: Filters
    limit: int
    weights_version: int
    total: int
    """How many were ranked."""
    top: list[RankedRecord]
    """The best ten at most."""
    by: str
    at: Timestamp


class RunsOfADay(Record):
    """How often was asked on one day, in UTC."""

    day: date
    runs: int


class RunsByDirection(Record):
    """How often jobs and how often people were asked for."""

    jobs: int = 0
    talents: int = 0


class MatchStatistics(Record):
    """What was asked of matching in the last days, and what it holds now."""

    days: int
    """With today."""
    runs: RunsByDirection
    matched: int
    """Jobs and people that were answered, each as often as it was."""
    mean_top_score: float | None
    """Of the best match of each run that had one."""
    good_score: float
    without_good: float | None
    """Share of the runs, 0–1, whose best match scored less than `good_score`, or that had none."""
    runs_per_day: list[RunsOfADay]
    """Each day, the oldest first."""
    jobs: int
    """Jobs that can be ranked now, whatever their status."""
    talents: int
    criteria: dict[CriterionKind, int]
    """How many criteria of each kind these jobs have."""


class Rebuilt(Record):
    """What can be ranked after a rebuild, over all organisations."""

    organisations: int
    jobs: int
    talents: int


class NothingToMatch(NotFound):
    """The talent has no résumé that could be matched."""

    code = "matching.no_resume"


class MatchRunNotFound(NotFound):
    """There is no such run in the history."""

    code = "matching.run_not_found"


class WeightsConflict(Conflict):
    """The weights have another version than the one that the caller insisted on."""

    code = "matching.weights_conflict"


class MatchingAPI(Contract):
    """Ranks jobs for people and people for jobs, and says why."""

    service = "matching-service"
    port = 8208

    @post("/api/v1/matching/rank", scope="matching:read")
    async def rank(self, request: RankJobs) -> JobMatches:
        """Rank the given jobs for a parsed résumé: each job once, best first. Nothing is stored."""

    @post("/api/v1/matching/criteria", scope="matching:read")
    async def read_criteria(self, request: JobText) -> Criteria:
        """What a job text asks for, each criterion with its sentence. Nothing is stored."""

    @get("/api/v1/matching/jobs/{job_id}/criteria", scope="matching:read")
    async def get_criteria(self, job_id: str) -> Criteria:
        """What a stored job asks for."""

    @post("/api/v1/matching/jobs", scope="matching:read")
    async def find_jobs(self, request: MatchJobs) -> JobMatches:
        """Open jobs that fit a person, best first."""

    @post("/api/v1/matching/talents", scope="matching:read")
    async def find_talents(self, request: MatchTalents) -> TalentMatches:
        """People who fit a job, best first; a job that is closed or archived is answered like an open one."""

    @get("/api/v1/matching/runs", scope="matching:read")
    async def list_runs(
        self,
        direction: Direction | None = None,
        talent_id: str | None = None,
        job_id: str | None = None,
        cursor: str | None = None,
        limit: Limit = 20,
    ) -> Page[MatchRun]:
        """What was asked, newest first. `talent_id` and `job_id` say for whom; the history keeps the last 10,000."""

    @get("/api/v1/matching/runs/{match_run_id}", scope="matching:read")
    async def get_run(self, match_run_id: str) -> MatchRun:
        """What was asked once, and how it came out."""

    @get("/api/v1/matching/statistics", scope="matching:read")
    async def statistics(
        self,
        days: Annotated[int, Field(ge=1, le=365)] = 30,
        good_score: Annotated[float, Field(ge=0, le=100)] = 50,
    ) -> MatchStatistics:
        """How much was asked in the last days and how it came out, and what matching holds now."""

    @get("/api/v1/matching/weights", scope="matching:read")
    async def get_weights(self) -> Weights:
        """The weights of your organisation."""

    @put("/api/v1/matching/weights", scope="matching:write")
    async def put_weights(self, request: Weights) -> Weights:
        """Set the weights of your organisation; `version` is counted by the service (If-Match is honoured)."""

    @post("/api/v1/internal/matching/rebuild", scope="system:maintain", public=False)
    async def rebuild(self) -> Rebuilt:
        """Read the jobs and people of every organisation anew; what was embedded is not embedded again."""
