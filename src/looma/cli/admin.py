"""``looma admin``: what the operator of the machine does, who need not be able to sign in."""

from pathlib import Path

import click

from looma.platform import context

from .commands import Command, Group
from .options import data as data_option
from .options import lang
from .outcome import logs, run, say, settings
from .words import t


@click.command(
    "admin", cls=Group, homes={"reset-password": "admin:reset_password"}, help=t("admin_help"), no_args_is_help=True
)
@lang
def admin() -> None:
    """Commands about users."""


@click.command("reset-password", cls=Command, help=t("reset_password_help"))
@click.option("--username", default="admin", metavar="NAME", help=t("opt_username"))
@data_option
@lang
def reset_password(username: str, data: Path | None) -> None:
    """Give a user a new password."""
    from looma.compose import Composition
    from looma.contracts.auth import AuthAPI, PasswordReset, PasswordSet

    from .welcome import MAINTAINER

    found = settings(data)
    logs(found)

    async def work() -> PasswordSet:
        async with Composition(found, here=frozenset({AuthAPI.service})) as composition:
            with context.acting(MAINTAINER):
                return await composition.peer(AuthAPI).reset_password(PasswordReset(username=username))

    made = run(work())
    say(t("password_reset", username=made.username))
    click.echo(made.password.get_secret_value() if made.password else "")
