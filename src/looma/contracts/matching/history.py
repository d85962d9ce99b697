"""What was asked of matching, and how it came out."""

from datetime import date
from typing import Literal

from looma.platform.contract import Record, Timestamp

from .criteria import CriterionKind
from .matches import Filters

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
