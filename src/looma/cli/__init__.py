"""The command line: how people and scripts reach Looma without a browser."""

import logging
import sys

import click

from looma.platform import catalogue

from .commands import Group, wrong_use
from .outcome import Exit, say
from .words import language, t

HOMES = {
    "match": "match",
    "parse": "parse",
    "seed": "data",
    "migrate": "data",
    "serve": "serve",
    "openapi": "reference",
    "settings": "reference",
    "version": "reference",
}


@click.command(cls=Group, homes=HOMES, help=t("about"), no_args_is_help=True)
def looma() -> None:
    """The root of all commands."""


def main() -> None:
    """The command ``looma``."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
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
        sys.stderr.close()
        sys.exit(Exit.DONE)
    except Exception as unexpected:
        logging.getLogger("looma.cli").debug("unexpected", exc_info=unexpected)
        say(t("internal", why=f"{type(unexpected).__name__}: {unexpected}"))
        sys.exit(Exit.OUR_MISTAKE)
