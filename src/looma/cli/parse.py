"""``looma parse FILE``: what a document says, and where."""

from pathlib import Path

import click

from .commands import Command
from .documents import upload
from .options import as_json as json_option
from .options import lang
from .outcome import logs, run, settings, speaking
from .words import t


@click.command(cls=Command, help=t("parse_help"))
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@lang
def parse(file: Path, as_json: bool) -> None:
    """Show what a résumé says."""
    from looma.compose import Composition
    from looma.contracts.resume import Parsed, ResumeAPI

    from .rendering import console, show_parsed

    found = settings()
    logs(found)

    async def work() -> Parsed:
        document = upload(file)
        async with Composition(found, here=frozenset({ResumeAPI.service}), stateless=True) as composition:
            with console(err=True).status(t("reading", file=file.name)):
                return await composition.peer(ResumeAPI).parse(file=document)

    parsed = run(work(), about=file)
    with speaking():
        if as_json:
            click.echo(parsed.model_dump_json(indent=1))
        else:
            show_parsed(console(), file.name, parsed)
