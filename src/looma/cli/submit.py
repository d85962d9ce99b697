"""``looma submit FILE…``: résumés into the Looma that is running, over HTTP, and the jobs that fit each person."""

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from looma.contracts.crm import CrmAPI, TalentFromResume
from looma.contracts.matching import JobMatches, MatchingAPI, MatchJobs
from looma.contracts.resume import ResumeAPI, StoredResume
from looma.platform.errors import LoomaError
from looma.platform.settings import Settings

from .commands import Command
from .documents import upload
from .options import as_json as json_option
from .options import data as data_option
from .options import lang
from .outcome import Exit, code_of, logs, run, say, settings, speaking, stop, words
from .running import found_running
from .words import language, t


@dataclass(frozen=True)
class Submitted:
    """What came of one file."""

    file: Path
    kept: TalentFromResume | None = None
    resume: StoredResume | None = None
    found: JobMatches | None = None
    error: LoomaError | None = None

    def as_json(self) -> dict[str, Any]:
        """The object that ``--json`` prints for this file."""
        if self.kept is None or self.found is None or self.resume is None:
            return {"file": self.file.name, "error": self.error.to_wire(language()) if self.error else None}
        return {
            "file": self.file.name,
            "talent_id": self.kept.talent_id,
            "resume_id": self.kept.resume_id,
            "text": self.resume.parsed.text,
            **self.found.model_dump(mode="json"),
        }


@click.command(cls=Command, help=t("submit_help"))
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(1, 1000), default=5, metavar="N", help=t("opt_limit"))
@click.option("--full", is_flag=True, help=t("opt_full"))
@json_option
@data_option
@lang
def submit(files: tuple[Path, ...], limit: int, full: bool, as_json: bool, data: Path | None) -> None:
    """Hand in résumés."""
    found = settings(data)
    logs(found)
    gateway = found_running(found).addresses.get("ai-gateway")
    if gateway is None:
        stop(t("not_running", folder=found.stores.data), Exit.UNAVAILABLE)
    told = run(_submitted(files, limit, found, gateway))
    with speaking():
        if as_json:
            shown = [one.as_json() for one in told]
            click.echo(json.dumps(shown[0] if len(shown) == 1 else {"results": shown}, ensure_ascii=False, indent=1))
        else:
            _show(told, full=full)
    errors = [one.error for one in told if one.error]
    sys.exit(max((code_of(error) for error in errors), default=Exit.DONE))


async def _submitted(files: tuple[Path, ...], limit: int, found: Settings, gateway: str) -> list[Submitted]:
    from looma.platform.signing import seal_of
    from looma.platform.wire import Wire

    async with Wire(seal_of(found.http.peer_key, found.stores.data)) as wire:
        crm, resumes = wire.remote(CrmAPI, gateway), wire.remote(ResumeAPI, gateway)
        matching = wire.remote(MatchingAPI, gateway)

        async def one(file: Path) -> Submitted:
            try:
                kept = await crm.create_talent_from_resume(upload(file))
                ranked = await matching.find_jobs(MatchJobs(talent_id=kept.talent_id, limit=limit))
                return Submitted(file, kept, await resumes.get_resume(kept.resume_id), ranked)
            except LoomaError as error:
                return Submitted(file, error=error)

        return await asyncio.gather(*(one(file) for file in files))


def _show(told: list[Submitted], *, full: bool) -> None:
    from .rendering import console, show_matches

    out = console()
    for one in told:
        if one.kept is not None and one.resume is not None and one.found is not None:
            show_matches(out, one.file.name, one.resume.parsed, one.found, full=full)
            say(t("submitted", file=one.file.name, talent_id=one.kept.talent_id))
        elif one.error is not None:
            say(t("file_error", file=one.file, message=words(one.error)))
