"""The command line: how people and scripts reach Looma without a browser."""

import logging
import os
import sys
from typing import Any

import click

from looma import __version__
from looma.platform import catalogue

from .commands import Group, wrong_use
from .options import lang
from .outcome import Exit, say
from .words import language, t

HOMES = {
    "up": "up",
    "status": "running",
    "stop": "running:stop_running",
    "submit": "submit",
    "admin": "admin",
    "rebuild": "rebuild",
    "match": "match",
    "parse": "parse",
    "seed": "data",
    "migrate": "data",
    "serve": "serve",
    "openapi": "reference",
    "settings": "reference",
    "version": "reference",
}


def _told_version(ctx: click.Context, _option: click.Parameter, asked: bool) -> Any:
    if asked:
        click.echo(f"looma {__version__}")
        ctx.exit()


@click.command(cls=Group, homes=HOMES, help=t("about"), no_args_is_help=True)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_told_version, help=t("version_help")
)
@lang
def looma() -> None:
    """The root of all commands."""


def main() -> None:
    """The command ``looma``."""
    sys.stdout, sys.stderr = _open(sys.stdout), _open(sys.stderr)
    try:
        code = looma.main(standalone_mode=False, prog_name="looma")
        sys.exit(code if isinstance(code, int) else Exit.DONE)
    except click.exceptions.NoArgsIsHelpError as asked:
        say(asked.format_message())
        sys.exit(Exit.WRONG_USE)
    except click.UsageError as wrong:
        say(wrong_use(wrong))
        command = wrong.ctx.command_path if wrong.ctx else "looma"
        say(catalogue.text("usage.try_help", language(), command=command))
        sys.exit(Exit.WRONG_USE)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has seen enough
        _give_up_output()
        sys.exit(Exit.DONE)
    except OSError as why:  # standard output on a full disk; what a command does with files it tells itself
        say(t("system_refused", why=why.strerror or why))
        _give_up_output()
        sys.exit(Exit.UNAVAILABLE)
    except Exception as unexpected:
        logging.getLogger("looma.cli").debug("unexpected", exc_info=unexpected)
        say(t("internal", why=f"{type(unexpected).__name__}: {unexpected}"))
        sys.exit(Exit.OUR_MISTAKE)


def _give_up_output() -> None:
    """What is still in the buffer goes nowhere: the interpreter would try once more at its end, and exit with 120."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _open(stream: Any) -> Any:
    """A stream that takes every character; what is written to a closed one (``>&-``) goes nowhere."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    stream.reconfigure(encoding="utf-8", errors="replace")
    return stream
