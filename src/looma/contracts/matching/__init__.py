"""What the matching service offers: criteria of jobs, and matches in both directions with reasons and evidence."""

from typing import Annotated

from pydantic import Field

from looma.platform.contract import Contract, Limit, Page, get, post, put

from .criteria import (
    Criteria,
    CriteriaChange,
    Criterion,
    CriterionChange,
    CriterionKind,
    Evidence,
    JobText,
    TwoSides,
    Weights,
)
from .errors import (
    CriteriaConflict,
    MatchRunNotFound,
    NothingToMatch,
    UnknownCriterion,
    WeightsConflict,
)
from .history import (
    Direction,
    MatchRun,
    MatchStatistics,
    RankedRecord,
    Rebuilt,
    RunsByDirection,
    RunsOfADay,
)
from .matches import (
    Filters,
    JobMatch,
    JobMatches,
    JobRef,
    Lack,
    Match,
    MatchJobs,
    MatchTalents,
    RankJobs,
    Reason,
    TalentMatch,
    TalentMatches,
    TalentRef,
)

__all__ = [
    "Criteria",
    "CriteriaChange",
    "CriteriaConflict",
    "Criterion",
    "CriterionChange",
    "CriterionKind",
    "Direction",
    "Evidence",
    "Filters",
    "JobMatch",
    "JobMatches",
    "JobRef",
    "JobText",
    "Lack",
    "Match",
    "MatchJobs",
    "MatchRun",
    "MatchRunNotFound",
    "MatchStatistics",
    "MatchTalents",
    "MatchingAPI",
    "NothingToMatch",
    "RankJobs",
    "RankedRecord",
    "Reason",
    "Rebuilt",
    "RunsByDirection",
    "RunsOfADay",
    "TalentMatch",
    "TalentMatches",
    "TalentRef",
    "TwoSides",
    "UnknownCriterion",
    "Weights",
    "WeightsConflict",
]


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
        """What a stored job asks for, with the changes that people made to it."""

    @put("/api/v1/matching/jobs/{job_id}/criteria", scope="matching:write")
    async def put_criteria(self, job_id: str, request: CriteriaChange) -> Criteria:
        """Say what a stored job asks for otherwise than its text does, in place of all that was said before; an empty
        list is “as the text says”. `version` is counted by the service (If-Match is honoured). Rankings obey at once.
        A change holds by the id of its criterion: when the text of the job no longer asks for it, the change waits,
        unseen, until the text does again or the changes are put anew."""

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
