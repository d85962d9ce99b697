"""Coming back to files that were not done: asking for one again, or being through with it."""

from collections.abc import Mapping
from typing import Any

from looma.contracts.ai_gateway import FileNotFailed, UnknownFile, UploadLost
from looma.platform.contract import Notice
from looma.platform.runs import NotRetryable, Revision, Run, RunNotFound, RunProgress, Runs

from .files import KIND, FileStory, Names, left_by, stories
from .uploads import Uploads


class Again:
    """Revises runs of the caller's organisation, so that a file is done by the same run, under the same key."""

    def __init__(self, engine: Runs, uploads: Uploads) -> None:
        self._engine, self._uploads = engine, uploads

    async def retry(self, run_id: str, number: int) -> Run:
        """The run, which comes back to this file. What else a run that was stopped or is dead has left undone stays
        so. `UnknownFile`, `FileNotFailed`, `UploadLost`."""
        file = await self._left(run_id, number)
        needed = file.talent is None or "error" in file.talent
        if needed and not await self._uploads.has(file.sent.key):
            raise UploadLost

        def choose(run: Run, steps: Mapping[str, Any]) -> Revision:
            files, of = stories(run.args, steps), Names(number)
            file, left = _checked(run, files[number]), left_by(run)
            refused = [of.talent] if "error" in (file.talent or {}) else [of.matches] if file.refused else []
            others = [one for one in files if one.goes_on and one.number != number]
            aside = {} if left is None else {Names(one.number).aside: left for one in others}
            done = len(files) - 1 - (len(others) if left is None else 0)
            note = Notice(code="gateway.file_again", details={"filename": file.sent.filename})
            return Revision(
                forget=[*refused, of.aside, of.dismissed],
                remember=aside,
                again=True,
                progress=RunProgress(done, len(files), note),
            )

        return await self._engine.revise(run_id, choose)

    async def dismiss(self, run_id: str, number: int) -> Run:
        """The run, of which this file is seen and its bytes are gone. `UnknownFile`, `FileNotFailed`."""
        await self._left(run_id, number)

        def choose(run: Run, steps: Mapping[str, Any]) -> Revision:
            file, of = _checked(run, stories(run.args, steps)[number]), Names(number)
            aside = {of.aside: left_by(run) or {}} if file.goes_on else {}  # not even when the whole run goes on
            return Revision(remember={of.dismissed: True, **aside})

        run = await self._engine.revise(run_id, choose)
        await self._uploads.remove(stories(run.args, {})[number].sent.key)
        return run

    async def retry_run(self, run_id: str) -> Run:
        """The run, which is dead or was cancelled, with all that it has left undone and nobody has dismissed."""

        def choose(run: Run, steps: Mapping[str, Any]) -> Revision:
            if run.state == "done":
                raise NotRetryable
            if run.state not in ("dead", "cancelled"):
                return Revision()
            left = [file for file in stories(run.args, steps) if file.aside is not None and not file.dismissed]
            return Revision(forget=[Names(file.number).aside for file in left], again=True)

        return await self._engine.revise(run_id, choose)

    async def _left(self, run_id: str, number: int) -> FileStory:
        """The file, if the run has left it undone."""
        run = await self._engine.get(run_id)
        if run.kind != KIND:
            raise RunNotFound
        files = stories(run.args, (await self._engine.steps([run_id]))[run_id])
        if not 0 <= number < len(files):
            raise UnknownFile
        return _checked(run, files[number])


def _checked(run: Run, file: FileStory) -> FileStory:
    """The file, if it failed or was cancelled."""
    if file.told(run).state not in ("failed", "cancelled"):
        raise FileNotFailed
    return file
