"""The workflow résumé → person → jobs that fit, as a durable run: two steps a file, none of which is done twice."""

from typing import Any

from looma.contracts.ai_gateway import MatchedJob, RunError, UploadLost
from looma.contracts.crm import CrmAPI, TalentFromResume
from looma.contracts.matching import JobMatch, MatchingAPI, MatchJobs
from looma.contracts.resume import ResumeAPI
from looma.platform import context
from looma.platform.contract import Notice, Upload
from looma.platform.errors import LoomaError, TooMany, Unavailable
from looma.platform.runs import Retry, RunContext
from looma.platform.stores.sql import Transaction

from .expiry import Expiry
from .files import FileStory, Names, ResumeMatch, SentFile, stories
from .uploads import Uploads

RETRY = Retry(delays_s=(1, 5, 30, 120))
ATTEMPTS = 100
"""About three hours of a service being away. Each start of a process counts as well, and none of them is the fault of a
file: files are read in processes of their own."""
SURE = 0.6
"""A fact of less confidence is one that somebody should look at."""


class MoreToDo(Exception):
    """A file was asked for again while the run was about to end."""


class ResumeMatchWorkflow:
    """Carries the run out. Its result is told from its steps (`files.result`), which may be revised afterwards."""

    def __init__(
        self, crm: CrmAPI, matching: MatchingAPI, resumes: ResumeAPI, uploads: Uploads, expiry: Expiry | None = None
    ) -> None:
        self._crm, self._matching, self._resumes = crm, matching, resumes
        self._uploads, self._expiry = uploads, expiry

    async def run(self, run: RunContext, asked: ResumeMatch) -> None:
        """Every file in turn, until there is none left to do; those that are finished are not touched. One that is
        refused is told in the result; what is out of reach ends this attempt."""
        if self._expiry is not None:
            await self._expiry.let_go()
        told = False
        while not run.finished:
            files = stories(asked, await run.steps())
            if (file := next((file for file in files if file.goes_on), None)) is not None:
                await self._file(run, file, asked, _settled(files))
            elif not told:  # the attempt before this one ended before it could tell
                await run.progress(len(files), len(files), _note(files[-1]))
            else:
                await self._finish(run, asked)
            told = True

    async def _finish(self, run: RunContext, asked: ResumeMatch) -> None:
        """End the run, unless a file was asked for again meanwhile."""

        async def last(tx: Transaction) -> None:
            if any(file.goes_on for file in stories(asked, await run.steps(tx))):
                raise MoreToDo

        try:
            await run.finish(last)
        except MoreToDo:
            return

    async def _file(self, run: RunContext, file: FileStory, asked: ResumeMatch, settled: int) -> None:
        number, sent, total = file.number, file.sent, len(asked.files)
        of = Names(number)
        kept = await run.step(of.talent, lambda: self._talent(f"{run.id}/{number}", sent))
        if "error" not in kept:
            await self._uploads.remove(sent.key)
            if file.talent is None:
                await run.progress(
                    settled, total, Notice(code="gateway.file_read", details={"filename": sent.filename})
                )
            await run.step(of.matches, lambda: self._matches(kept["talent_id"], asked.limit))
        files = stories(asked, await run.steps())
        await run.progress(_settled(files), total, _note(files[number]))

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
        return _person(made) | await self._looked_at(made.resume_id)

    async def _looked_at(self, resume_id: str) -> dict[str, Any]:
        """What a reader should know of the résumé; nothing where it is not told: that holds no file up."""
        try:
            parsed = (await self._resumes.get_resume(resume_id)).parsed
        except LoomaError:
            return {}
        unsure = sum(1 for fact in parsed.facts if fact.confidence < SURE)
        return {"facts": len(parsed.facts), "uncertain": unsure, "pages": len(parsed.pages) or None}

    async def _matches(self, talent_id: str, limit: int) -> dict[str, Any]:
        """The best jobs in short, or why there are none."""
        try:
            found = await self._matching.find_jobs(MatchJobs(talent_id=talent_id, limit=limit))
        except LoomaError as error:
            return _refused(error)
        matches = [_in_short(match).model_dump() for match in found.matches]
        return {"matches": matches, "total": found.total, "match_run_id": found.match_run_id}


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


def _person(made: TalentFromResume) -> dict[str, Any]:
    """Who was made, and what is to be told of it."""
    warnings = [Notice(code=one.code, details=one.details) for one in made.warnings]
    return {
        "talent_id": made.talent_id,
        "resume_id": made.resume_id,
        "name": made.talent.name,
        "headline": made.talent.headline,
        "duplicates": [one.model_dump(mode="json") for one in made.duplicates],
        "warnings": _plain(warnings),
    }


def _settled(files: list[FileStory]) -> int:
    return sum(1 for file in files if not file.goes_on)


def _note(file: FileStory) -> Notice:
    if file.refused:
        return Notice(code="gateway.file_failed", details={"filename": file.sent.filename})
    jobs = len((file.matches or {}).get("matches", ()))
    return Notice(code="gateway.file_done", details={"filename": file.sent.filename, "jobs": jobs})
