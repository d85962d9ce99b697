"""What the AI gateway offers on top of passing requests on: one request format, workflows, and the runs they become."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from looma.platform.contract import Contract, Limit, Notice, Page, Record, Timestamp, Upload, get, post
from looma.platform.errors import Conflict, Invalid, NotFound

from .crm import Duplicate

Word = Annotated[str, Field(min_length=1, max_length=100)]
MAX_FILES = 50
"""Résumés that one workflow takes."""


class AIRequest(Record):
    """One request for any public operation of any service. The envelope of the answer is the AIResponse."""

    service_type: Word
    """The short name of a service: ``resume``, ``matching``, ``crm`` …"""
    action: Word
    """The name of the operation, such as ``extract_skills``."""
    data: dict[str, Any] = {}
    """Its parameters by name. The fields of its body may stand here directly, or under the body's own name. A file is
    an object `{"filename", "media_type"?, "content"}` with the content in base64."""
    context: dict[str, Any] = {}
    """What the sender keeps with the request; it is not looked at."""
    request_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:@=+/-]{1,128}$")] | None = None
    """Under which id the operation is carried out and logged; by default that of the request itself."""
    timestamp: Annotated[str, Field(max_length=64)] | None = None
    """When the sender made the request; it is not looked at."""


class RunId(Record):
    """The run that was asked for."""

    run_id: str


RunState = Literal["waiting", "running", "done", "dead", "cancelled"]


class Progress(Record):
    """How far a run has come: `done` of `total` steps, and what it did last."""

    done: int = 0
    total: int = 0
    note: str | None = None
    """In the language of whoever reads."""


class RunError(Notice):
    """Why something did not succeed; the message is in the language of whoever reads."""


class MatchedJob(Record):
    """A job that fits, in short; the matching service tells the reasons."""

    job_id: str | None = None
    title: str
    company: str | None = None
    location: str | None = None
    score: float
    confidence: float


class MatchedFile(Record):
    """One résumé of the workflow. A file that cannot be taken says why and holds nobody up."""

    number: int
    """Its place among the files that were sent, from 0; it is asked for again, or dismissed, by this number."""
    filename: str
    size: int | None = None
    """In bytes; null where it was not told when the run was asked for."""
    state: Literal["waiting", "done", "failed", "cancelled"] = "waiting"
    """What came of it; `cancelled` when the run was stopped before the file was done."""
    stage: Literal["waiting", "reading", "matching", "done", "failed", "cancelled"] = "waiting"
    """What is happening to it now."""
    talent_id: str | None = None
    resume_id: str | None = None
    name: str | None = None
    """Of the person, as the résumé says it; later changes are the talent's."""
    headline: str | None = None
    facts: int | None = None
    """How many facts were found in the résumé; the sensitive ones are not counted."""
    uncertain: int | None = None
    """How many of them have a confidence below 0.6."""
    pages: int | None = None
    duplicates: list[Duplicate] = []
    """People who were probably the same when this one was made; named, never merged."""
    match_run_id: str | None = None
    matches: list[MatchedJob] = []
    """The best jobs; lists of runs leave them out."""
    total: int | None = None
    """How many jobs were ranked."""
    error: RunError | None = None
    warnings: list[Notice] = []
    dismissed: bool = False
    """Somebody has seen that the file was not done, and is through with it."""


class ResumeMatchResult(Record):
    """The result of the workflow, one entry a file, in the order sent."""

    files: list[MatchedFile]


@dataclass(frozen=True)
class _Described:
    """Anything, which the OpenAPI document describes as one of these records: what it is follows from another field."""

    records: tuple[type[Record], ...]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        def describe(_any: CoreSchema, of: GetJsonSchemaHandler) -> dict[str, Any]:
            return {"anyOf": [*(of(one.__pydantic_core_schema__) for one in self.records), {"type": "null"}]}

        return core_schema.any_schema(metadata={"pydantic_js_functions": [describe]})


class Run(Record):
    """Work that survives the process that does it. `dead` could not succeed and can be asked for again."""

    id: str
    kind: str
    state: RunState
    progress: Progress
    result: Annotated[Any, _Described((ResumeMatchResult,))] = None
    """What came of it; while it runs, what is there already."""
    error: RunError | None = None
    attempt: int = 0
    created_at: Timestamp
    updated_at: Timestamp
    finished_at: Timestamp | None = None


class RunEvent(Record):
    """Something that happened to a run; `seq` rises and is the id of the event in the stream."""

    seq: int
    state: RunState
    progress: Progress
    error: RunError | None = None
    at: Timestamp


class UnknownService(NotFound):
    """No service has this short name."""

    code = "gateway.unknown_service"


class UnknownAction(NotFound):
    """The service offers no such operation."""

    code = "gateway.unknown_action"


class ActionStreams(Invalid):
    """The operation answers with a stream, which fits into no AIResponse."""

    code = "gateway.action_streams"


class KeyReused(Conflict):
    """The idempotency key was used before, for something else."""

    code = "gateway.key_reused"


class UploadLost(NotFound):
    """The bytes of an uploaded file are gone."""

    code = "gateway.upload_lost"


class TooManyFiles(Invalid):
    """More files than one workflow takes."""

    code = "gateway.too_many_files"


class UnknownFile(NotFound):
    """The run has no file of this number."""

    code = "gateway.unknown_file"


class FileNotFailed(Conflict):
    """The file waits, is under way, or is done: there is nothing to ask for again, or to dismiss."""

    code = "gateway.file_not_failed"


class AIGatewayAPI(Contract):
    """One door to the services: every public operation at its own path, by one request format, or as a workflow."""

    service = "ai-gateway"
    port = 8206

    @post("/api/v1/ai")
    async def ask(self, request: AIRequest) -> Any:
        """Carry out the public operation that the request names. It is checked as strictly as at its own path, and
        needs the scope that it needs there."""

    @post("/api/v1/workflows/resume-match", status=202, scope="gateway:write")
    async def match_resumes(self, file: list[Upload], limit: Annotated[int, Field(ge=1, le=50)] = 10) -> RunId:
        """Keep a person for each résumé and find the jobs that fit, as a run: its `result` tells the state of each
        file. `limit` is the number of jobs a file."""

    @post("/api/v1/workflows/resume-match/{run_id}/files/{number}/retry", scope="gateway:write")
    async def retry_file(self, run_id: str, number: int) -> Run:
        """Ask again for one file that failed or was cancelled, in the same run: one that has ended waits for its turn
        again, and of one that was stopped or is dead this file alone goes on. Nothing that is finished is repeated.
        The bytes of such a file are kept for 7 days after the run has ended, unless it is dismissed."""

    @post("/api/v1/workflows/resume-match/{run_id}/files/{number}/dismiss", scope="gateway:write")
    async def dismiss_file(self, run_id: str, number: int) -> Run:
        """Say that a file that failed or was cancelled has been seen; its bytes are removed. Doing so twice is doing
        it once."""

    @get("/api/v1/runs", scope="gateway:read")
    async def list_runs(
        self, kind: Word | None = None, state: RunState | None = None, cursor: str | None = None, limit: Limit = 20
    ) -> Page[Run]:
        """The runs of your organisation, newest first. The `result` of a workflow tells the state of each file, without
        its `matches`: those are told with the one run."""

    @get("/api/v1/runs/{run_id}", scope="gateway:read")
    async def get_run(self, run_id: str) -> Run:
        """One run with its progress and result."""

    @get("/api/v1/runs/{run_id}/events", scope="gateway:read")
    def run_events(self, run_id: str) -> AsyncIterator[RunEvent]:
        """What happens to a run, until it ends; a reader that comes back with `Last-Event-ID` misses nothing."""

    @post("/api/v1/runs/{run_id}/cancel", scope="gateway:write")
    async def cancel_run(self, run_id: str) -> Run:
        """Stop a run; what it has kept already stays: the result of a workflow tells which files were done, and which
        are cancelled. A run that has ended stays as it is."""

    @post("/api/v1/runs/{run_id}/retry", scope="gateway:write")
    async def retry_run(self, run_id: str) -> Run:
        """Ask again for a run that is dead or cancelled; finished steps are not repeated."""
