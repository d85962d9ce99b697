"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from .words import t

F = TypeVar("F", bound=Callable[..., Any])


def lang(command: F) -> F:
    """``--lang``; it is read from the command line itself, see `words.language`."""
    return click.option("--lang", type=click.Choice(["zh", "en"]), expose_value=False, help=t("opt_lang"))(command)


def data(command: F) -> F:
    """``--data``."""
    kind = click.Path(file_okay=False, path_type=Path)
    return click.option("--data", type=kind, metavar="DIR", help=t("opt_data"))(command)


def as_json(command: F) -> F:
    """``--json``."""
    return click.option("--json", "as_json", is_flag=True, help=t("opt_json"))(command)
