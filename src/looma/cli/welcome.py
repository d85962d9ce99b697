"""What is said when Looma is ready: the first administrator, the way in, the addresses."""

from typing import TYPE_CHECKING

import click

from looma.platform import context
from looma.platform.context import LOCAL_ORG, Caller

from .outcome import say
from .words import t

if TYPE_CHECKING:
    from looma.compose import Composition

MAINTAINER = Caller(LOCAL_ORG, "command-line", scopes=frozenset({"system:maintain"}), kind="service")
"""Whoever may run commands on the data folder."""


async def first_administrator(composition: "Composition") -> None:
    """Make sure that somebody can sign in; a password that was made up is shown this one time."""
    from looma.contracts.auth import AuthAPI

    with context.acting(MAINTAINER):
        admin = await composition.peer(AuthAPI).first_administrator()
    if admin.password is not None:
        say(t("admin_created", username=admin.username, password=admin.password.get_secret_value()))
    elif admin.created:
        say(t("admin_created_as_told", username=admin.username))
    else:
        say(t("admin_known", username=admin.username))


def say_ready(addresses: dict[str, str]) -> None:
    """The line that programs wait for."""
    click.echo("ready " + " ".join(f"{name}={address}" for name, address in addresses.items()))
