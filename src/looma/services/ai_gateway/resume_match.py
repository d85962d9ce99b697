"""The workflow résumé → person → jobs that fit, as a durable run: two steps a file, none of which is done twice."""

from collections.abc import Mapping
from typing import Any

from looma.contracts.ai_gateway import MatchedFile, MatchedJob, ResumeMatchResult, RunError, UploadLost
from looma.contracts.crm import CrmAPI
from looma.contracts.matching import JobMatch, MatchingAPI, MatchJobs
from looma.platform import context
from looma.platform.contract import Notice, Record, Upload
from looma.platform.errors import LoomaError, TooMany, Unavailable
from looma.platform.runs import Retry, RunContext

from .uploads import Uploads

KIND = "gateway.resume_match"
RETRY = Retry(delays_s=(1, 5, 30, 120))
ATTEMPTS = 100
"""About three hours of a service being away. Each start of a process counts as well, and none of them is the fault of a
file: files are read in processes of their own."""


class SentFile(Record):
    """A file of the workflow; its bytes lie under `key` until they have been used."""

    filename: str
    media_type: str
    digest: str
    key: str


class ResumeMatch(Record):
    """What the run was asked for."""

    files: list[SentFile]
    limit: int


class ResumeMatchWorkflow:
    """Carries the run out."""

    def __init__(self, crm: CrmAPI, matching: MatchingAPI, uploads: Uploads) -> None:
        self._crm, self._matching, self._uploads = crm, matching, uploads

    async def run(self, run: RunContext, asked: ResumeMatch) -> ResumeMatchResult:
        """Every file in turn. One that is refused is told in the result; what is out of reach ends this attempt."""
        files = []
        for number, sent in enumerate(asked.files):
            files.append(await self._file(run, number, sent, asked.limit))
            await run.progress(number + 1, len(asked.files), _note(files[-1]))
        return ResumeMatchResult(files=files)

    async def _file(self, run: RunContext, number: int, sent: SentFile, limit: int) -> MatchedFile:
        talent, matches = _steps(number)
        kept = await run.step(talent, lambda: self._talent(f"{run.id}/{number}", sent))
        await self._uploads.remove(sent.key)
        if "error" in kept:
            return _file(sent, kept, None)
        return _file(sent, kept, await run.step(matches, lambda: self._matches(kept["talent_id"], limit)))

    async def _talent(self, key: str, sent: SentFile) -> dict[str, Any]:
        """The person, made once under `key` however often this is asked, or why there is none."""
        data = await self._uploads.get(sent.key)
        try:
            if data is None:
                raise UploadLost
            file = Upload(filename=sent.filename, media_type=sent.media_type, data=data)
            with context.acting(context.caller(), idempotency_key=key):
                made = await self._crm.create_talent_from_resume(file=file)
        except LoomaError as error:
            return _refused(error)
        warnings = [Notice(code=one.code, details=one.details) for one in made.warnings]
        return {"talent_id": made.talent_id, "resume_id": made.resume_id, "warnings": _plain(warnings)}

    async def _matches(self, talent_id: str, limit: int) -> dict[str, Any]:
        """The best jobs in short, or why there are none."""
        try:
            found = await self._matching.find_jobs(MatchJobs(talent_id=talent_id, limit=limit))
        except LoomaError as error:
            return _refused(error)
        matches = [_in_short(match).model_dump() for match in found.matches]
        return {"matches": matches, "total": found.total, "match_run_id": found.match_run_id}


def so_far(told: dict[str, Any], steps: Mapping[str, Any]) -> ResumeMatchResult:
    """The result of a run that goes on, from the steps that are finished."""
    asked = ResumeMatch.model_validate(told)
    done = [tuple(steps.get(name) for name in _steps(number)) for number in range(len(asked.files))]
    return ResumeMatchResult(files=[_file(sent, *of) for sent, of in zip(asked.files, done, strict=True)])


def _steps(number: int) -> tuple[str, str]:
    return f"talent-{number}", f"matches-{number}"


def _file(sent: SentFile, kept: dict[str, Any] | None = None, found: dict[str, Any] | None = None) -> MatchedFile:
    """A file after these steps."""
    known = {"filename": sent.filename} | (kept or {}) | (found or {})
    state = "failed" if "error" in known else "done" if found is not None else "waiting"
    return MatchedFile.model_validate(known | {"state": state})


def _refused(error: LoomaError) -> dict[str, Any]:
    """The refusal as it is remembered; what may go better another time is no refusal."""
    if isinstance(error, (Unavailable, TooMany)):
        raise error
    return {"error": _plain([RunError(code=error.code, details=error.details)])[0]}


def _plain(notices: list[Any]) -> list[dict[str, Any]]:
    """Without the text, which is made in the language of whoever reads."""
    return [notice.model_dump(mode="json", exclude={"message"}) for notice in notices]


def _in_short(match: JobMatch) -> MatchedJob:
    job = match.job
    return MatchedJob(
        job_id=job.id,
        title=job.title,
        company=job.company,
        location=job.location,
        score=match.score,
        confidence=match.confidence,
    )


def _note(file: MatchedFile) -> Notice:
    if file.state == "failed":
        return Notice(code="gateway.file_failed", details={"filename": file.filename})
    return Notice(code="gateway.file_done", details={"filename": file.filename, "jobs": len(file.matches)})
