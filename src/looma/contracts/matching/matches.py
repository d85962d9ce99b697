"""Who and what is ranked, and how well they fit, with the sentences behind every point."""

from typing import Annotated, Literal

from pydantic import Field

from looma.contracts.resume import Parsed
from looma.platform.contract import Record

from .criteria import CriterionKind, JobText, TwoSides


class Reason(Record):
    """Points, why, and the sentences behind them."""

    kind: CriterionKind
    points: float
    text: str
    evidence: TwoSides
    criterion_id: str | None = None
    """The criterion that they are given for."""


class Lack(Record):
    """Something asked for that the résumé does not show (gap) or does not tell (unknown)."""

    kind: CriterionKind
    level: Literal["must", "nice"]
    text: str
    evidence: TwoSides
    criterion_id: str | None = None
    """The criterion that asks for it."""


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
    keep: bool = True
    """Whether the history keeps the answer; not, for a page that refreshes by itself."""


class MatchTalents(Record):
    """The job that people are asked for."""

    job_id: str
    filters: Filters = Filters()
    limit: Annotated[int, Field(ge=1, le=200)] = 20
    keep: bool = True
    """As in `MatchJobs`."""


class JobMatches(Record):
    """Jobs, best first; ties fall by id, then by the order given."""

    matches: list[JobMatch]
    total: int
    """How many were ranked."""
    weights_version: int
    match_run_id: str | None = None
    """Where the history keeps this answer; None when nothing was kept: `rank`, `keep` false, or a store that takes no
    more."""


class TalentMatches(Record):
    """People, best first; ties fall by id."""

    matches: list[TalentMatch]
    total: int
    weights_version: int
    match_run_id: str | None = None
    """As in `JobMatches`."""
