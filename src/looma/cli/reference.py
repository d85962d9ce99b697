"""Commands that print what Looma is: version, settings, OpenAPI documents."""

import json
from pathlib import Path

import click

from looma import __version__

from .commands import Command
from .options import lang
from .outcome import Exit, stop
from .words import t


@click.command(cls=Command, help=t("version_help"))
@lang
def version() -> None:
    """Print the version."""
    click.echo(f"looma {__version__}")


@click.command(cls=Command, help=t("settings_help"))
@click.option("--format", "form", type=click.Choice(["env", "markdown"]), default="env", help=t("opt_format"))
@lang
def settings(form: str) -> None:
    """Print every setting."""
    from looma.platform.settings import env_example, reference_page

    click.echo(env_example() if form == "env" else reference_page(), nl=False)


@click.command(cls=Command, help=t("openapi_help"))
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help=t("opt_out"))
@lang
def openapi(name: str | None, out: Path | None) -> None:
    """Print or write OpenAPI documents."""
    from looma.compose import CONTRACTS, service_named
    from looma.platform.openapi import describe

    try:
        names = [service_named(name)] if name else list(CONTRACTS)
    except KeyError:
        stop(t("unknown_service", name=name, known=", ".join(CONTRACTS)), Exit.WRONG_USE)
    documents = {full: describe(CONTRACTS[full], __version__) for full in names}
    if out is None:
        click.echo(json.dumps(documents[names[0]] if name else documents, ensure_ascii=False, indent=1))
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        for full, document in documents.items():
            text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
            (out / f"{full}.json").write_text(text, encoding="utf-8")
    except OSError as why:
        stop(t("out_unwritable", folder=out, why=why.strerror), Exit.UNAVAILABLE)
