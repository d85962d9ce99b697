"""How a command ends: its exit code, and what is said on standard error."""

import asyncio
import logging
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from pydantic import ValidationError

from looma.platform import context
from looma.platform.context import LOCAL_OWNER
from looma.platform.errors import LoomaError, Unavailable
from looma.platform.requests import localized, sentences
from looma.platform.settings import Settings
from looma.platform.telemetry import configure_logging

from .words import language, t

T = TypeVar("T")


class Exit(IntEnum):
    """Exit codes; 70 is EX_SOFTWARE of sysexits."""

    DONE = 0
    WRONG_USE = 2
    REFUSED = 3
    UNAVAILABLE = 4
    OUR_MISTAKE = 70


def say(message: str) -> None:
    """One line for people, on standard error."""
    click.echo(message, err=True)


def stop(message: str, code: Exit) -> NoReturn:
    """End the command."""
    say(message)
    sys.exit(code)


def code_of(error: LoomaError) -> Exit:
    """The exit code that an error means."""
    if isinstance(error, Unavailable):
        return Exit.UNAVAILABLE
    return Exit.OUR_MISTAKE if error.code == "internal" else Exit.REFUSED


def words(error: LoomaError) -> str:
    """What the error says to the person at the keyboard, in one language throughout."""
    return localized(error, language()).message(language())


def settings(data: Path | None = None) -> Settings:
    """Settings of this process; logs start to go where they say."""
    try:
        found = Settings()
        if data is not None:
            stores = found.stores.model_copy(update={"data": data})
            found = found.model_copy(update={"stores": stores})
    except ValidationError as bad:
        stop(t("setting_wrong", why=sentences(bad, language())), Exit.WRONG_USE)
    return found


def logs(found: Settings, *, serving: bool = False) -> None:
    """Commands for people log only what is wrong, and readably, unless the settings say otherwise; services log all
    that the settings ask for, readably where a person looks on."""
    told = found.log.model_fields_set
    quiet, text = not serving, not serving or sys.stderr.isatty()
    configure_logging(
        "CRITICAL" if quiet and "level" not in told else found.log.level,
        "text" if text and "format" not in told else found.log.format,
    )


@contextmanager
def speaking() -> Iterator[None]:
    """Show results in the language of the command line: notices take theirs from the context."""
    with context.entered(context.Context(language=language())):
        yield


def run(work: Coroutine[Any, Any, T], about: Path | None = None) -> T:
    """Carry out a command's work as the owner of the local organisation; errors end it in words, with the name of the
    file that the work is `about`."""

    async def as_owner() -> T:
        with context.acting(LOCAL_OWNER, language=language()):
            return await work

    try:
        return asyncio.run(as_owner())
    except LoomaError as error:
        logging.getLogger("looma.cli").debug("refused", exc_info=error)
        message = words(error)
        stop(t("file_error", file=about, message=message) if about else message, code_of(error))
    except KeyboardInterrupt:
        sys.exit(130)
