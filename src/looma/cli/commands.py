"""Commands whose help speaks both languages, and whose modules are loaded when they are called."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from looma.platform import catalogue

from .words import language, t


def _shared(key: str, **details: Any) -> str:
    return catalogue.text(f"usage.{key}", language(), **details)


class Formatter(click.HelpFormatter):
    """Help in the language of the command line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.width = min(self.width, 80)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix if prefix is not None else _shared("usage"))

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(_shared(name.lower())):
            yield


class _Context(click.Context):
    formatter_class = Formatter


class Command(click.Command):
    """One command."""

    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = t("opt_help")
        return found


class Group(click.Group):
    """Commands by name, imported when asked for: ``looma version`` need not load a database.

    `homes` tells for each command where it is: ``module``, or ``module:name`` where the function has another name.
    """

    context_class = _Context
    command_class = Command
    homes: dict[str, str]

    def __init__(self, *args: Any, homes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.homes = homes

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = t("opt_help")
        return found

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.homes)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in self.homes:
            raise click.UsageError(_shared("no_such_command", name=args[0]), ctx)
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if (home := self.homes.get(cmd_name)) is None:
            return None
        module, _, name = home.partition(":")
        command: click.Command = getattr(import_module(f"looma.cli.{module}"), name or cmd_name)
        return command


def wrong_use(error: click.UsageError) -> str:
    """What was wrong with the words of the command line."""
    match error:
        case click.NoSuchOption():
            return _shared("no_such_option", name=error.option_name)
        case click.MissingParameter():
            return _shared("missing", name=error.param.human_readable_name if error.param else "?")
        case click.BadParameter():
            name = error.param.human_readable_name if error.param else "?"
            return _shared("bad_value", name=name, why=_why(error))
        case click.BadOptionUsage():
            return _shared("bad_option", name=error.option_name)
    return _shared("wrong", why=error.message)


def _why(error: click.BadParameter) -> str:
    match error.param.type if error.param else None:
        case click.IntRange(min=least, max=most):
            return _shared("in_range", least=least, most=most)
        case click.Choice(choices=choices):
            return _shared("one_of", choices=", ".join(map(str, choices)))
        case click.Path(file_okay=False):
            return _shared("not_a_folder")
    return error.message
