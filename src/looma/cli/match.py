"""``looma match FILE…``: the main job without a server. Résumé in, ranked jobs with reasons out."""

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from looma.contracts.crm import CrmAPI
from looma.contracts.matching import JobMatches, JobText, MatchingAPI, RankJobs
from looma.contracts.resume import NeedsOcr, Parsed, ResumeAPI
from looma.platform.errors import LoomaError
from looma.platform.settings import Settings

from .commands import Command
from .documents import jobs as read_jobs
from .documents import upload
from .options import as_json as json_option
from .options import data as data_option
from .options import lang
from .outcome import Exit, code_of, logs, run, say, settings, speaking, words
from .words import language, t

SHOWN = 5


@dataclass(frozen=True)
class Outcome:
    """What came of one file: matches, or the error that refused it."""

    file: Path
    parsed: Parsed | None = None
    found: JobMatches | None = None
    error: LoomaError | None = None

    def as_json(self) -> dict[str, Any]:
        """The object that ``--json`` prints for this file."""
        if self.parsed is None or self.found is None:
            return {"file": self.file.name, "error": self.error.to_wire(language()) if self.error else None}
        return {
            "file": self.file.name,
            "language": self.parsed.language,
            "warnings": [notice.model_dump(mode="json") for notice in self.parsed.warnings],
            **self.found.model_dump(mode="json"),
        }


@click.command(cls=Command, help=t("match_help"))
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--jobs", type=click.Path(path_type=Path), metavar="FILE.jsonl", help=t("opt_jobs"))
@click.option("--limit", type=click.IntRange(1, 10_000), metavar="N", help=t("opt_limit"))
@click.option("--full", is_flag=True, help=t("opt_full"))
@json_option
@data_option
@lang
def match(
    files: tuple[Path, ...], jobs: Path | None, limit: int | None, full: bool, as_json: bool, data: Path | None
) -> None:
    """Rank jobs for résumés."""
    found = settings(data)
    logs(found)
    given = read_jobs(jobs) if jobs else None
    outcomes = run(_ranked(files, given, found, limit if as_json else limit or SHOWN))
    with speaking():
        if as_json:
            told = [outcome.as_json() for outcome in outcomes]
            click.echo(json.dumps(told[0] if len(told) == 1 else {"results": told}, ensure_ascii=False, indent=1))
        else:
            _show(outcomes, full=full)
    if errors := [outcome.error for outcome in outcomes if outcome.error]:
        if as_json:
            for outcome in outcomes:
                if outcome.error:
                    say(t("file_error", file=outcome.file, message=words(outcome.error)))
        sys.exit(max(code_of(error) for error in errors))
    sys.exit(Exit.DONE)


async def _ranked(
    files: tuple[Path, ...], given: list[JobText] | None, found: Settings, limit: int | None
) -> list[Outcome]:
    from looma.compose import Composition

    from .rendering import console

    uploads = [upload(file) for file in files]
    jobs = given if given is not None else await _stored_or_demo_jobs(found)
    here = frozenset({ResumeAPI.service, MatchingAPI.service})
    outcomes = []
    async with Composition(found, here=here, stateless=True) as composition:
        resumes, matching = composition.peer(ResumeAPI), composition.peer(MatchingAPI)
        warming = asyncio.create_task(composition.warm())  # while a worker process reads the documents
        with console(err=True).status("") as status:
            for file, document in zip(files, uploads, strict=True):
                try:
                    status.update(t("reading", file=file.name))
                    parsed = await resumes.parse(file=document)
                    if parsed.needs:
                        raise NeedsOcr
                    status.update(t("ranking", count=len(jobs)))
                    ranked = await matching.rank(RankJobs(resume=parsed, jobs=jobs, limit=limit))
                    outcomes.append(Outcome(file, parsed, ranked))
                except LoomaError as error:
                    outcomes.append(Outcome(file, error=error))
        await warming
    return outcomes


async def _stored_or_demo_jobs(found: Settings) -> list[JobText]:
    """The open jobs of the data folder; the demo jobs where it has none, and then nothing is made there."""
    from looma import demo
    from looma.compose import Composition

    jobs: list[JobText] = []
    if (found.stores.data / "sql").is_dir():
        async with Composition(found, here=frozenset({CrmAPI.service})) as composition:
            crm, cursor = composition.peer(CrmAPI), None
            while True:
                page = await crm.list_jobs(status="open", cursor=cursor, limit=200)
                jobs += [
                    JobText(id=j.id, title=j.title, description=j.description, location=j.location, company=j.company)
                    for j in page.items
                ]
                if (cursor := page.next_cursor) is None:
                    break
    if jobs:
        return jobs
    say(t("demo_used", folder=found.stores.data))
    return [
        JobText(title=j.title, description=j.description, location=j.location, company=j.company) for j in demo.jobs()
    ]


def _show(outcomes: list[Outcome], *, full: bool) -> None:
    from .rendering import console, show_matches

    out = console()
    for outcome in outcomes:
        if outcome.parsed is not None and outcome.found is not None:
            show_matches(out, outcome.file.name, outcome.parsed, outcome.found, full=full)
        elif outcome.error is not None:
            say(t("file_error", file=outcome.file, message=words(outcome.error)))
