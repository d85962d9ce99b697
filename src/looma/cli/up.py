"""``looma up``: every service in one process, one port each, embedded stores under one data folder."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from looma.platform import context
from looma.platform.context import LOCAL_OWNER

from .commands import Command
from .options import data as data_option
from .options import lang
from .outcome import Exit, logs, say, settings, stop
from .words import language, t

if TYPE_CHECKING:
    from looma.compose import Composition

ORDER = ("crm", "ai_gateway", "resume", "matching", "chat", "vector", "auth", "monitor", "config")
"""The order of the ports that ``--ports-from`` counts, also for services that are still to come."""


@click.command(cls=Command, help=t("up_help"))
@click.option("--ports-from", type=click.IntRange(0, 65535 - len(ORDER)), metavar="N", help=t("opt_ports_from"))
@click.option("--demo/--no-demo", default=False, help=t("opt_demo"))
@data_option
@lang
def up(ports_from: int | None, demo: bool, data: Path | None) -> None:
    """Run everything."""
    from looma.compose import CONTRACTS
    from looma.platform.stores.folder import tell

    from .serving import addresses, bound, serve_until_told
    from .welcome import first_administrator, say_ready

    found = settings(data)
    logs(found, serving=True)
    sockets = bound(found.http.host, _ports(ports_from, found.http.ports))
    where = addresses(found.http.host, sockets)

    async def prepare(composition: "Composition") -> None:
        warming = asyncio.create_task(composition.warm())
        await first_administrator(composition)
        if demo:
            await _seeded(composition, found.stores.data)
        await warming
        await _all_answer(where)
        tell(found.stores.data, where)
        say(t("up_ready", address=where[CONTRACTS["looma-crm"].service]))
        say_ready(where)

    serve_until_told(found, sockets, prepare)


def _ports(first: int | None, told: dict[str, int]) -> dict[str, int]:
    """The port of each service: counted from `first` (0 takes free ones), else as the settings say, else its own."""
    from looma.compose import CONTRACTS, service_named

    try:
        own = {service_named(name): port for name, port in told.items()}
    except KeyError as unknown:
        stop(t("unknown_service", name=unknown.args[0], known=", ".join(CONTRACTS)), Exit.WRONG_USE)
    if first is None:
        return {name: own.get(name, contract.port) for name, contract in CONTRACTS.items()}
    return {name: first and first + ORDER.index(contract.short_name()) for name, contract in CONTRACTS.items()}


async def _seeded(composition: "Composition", folder: Path) -> None:
    from looma.contracts.crm import CrmAPI
    from looma.demo import seed

    from .progress import counting

    with context.acting(LOCAL_OWNER, language=language()), counting(t("seeding")) as progress:
        made = await seed(composition.peer(CrmAPI), progress)
    counts = {"companies": made.companies, "jobs": made.jobs, "talents": made.talents}
    say(t("seeded", folder=folder, **counts) if made.new else t("seeded_nothing_new"))


async def _all_answer(addresses: dict[str, str]) -> None:
    """Return when every port answers."""
    import aiohttp

    async with aiohttp.ClientSession(trust_env=False) as session:
        for address in addresses.values():
            async with session.get(f"{address}/ready") as answer:
                answer.raise_for_status()
