"""``looma rebuild STORE``: a projection made anew from the records, while Looma is running or not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

import click

from looma.contracts.matching import MatchingAPI
from looma.contracts.vector import Rebuild, VectorAPI
from looma.platform import context
from looma.platform.settings import Settings
from looma.platform.stores.folder import FolderInUse, FolderUnusable, locked, running

from .commands import Command
from .options import data as data_option
from .options import lang
from .outcome import Exit, logs, run, say, settings, stop
from .words import t

STORES = ("documents", "search", "vector", "matching")
"""In this order: the indexes follow the documents."""
Reach = tuple[VectorAPI, MatchingAPI]


@click.command(cls=Command, help=t("rebuild_help"))
@click.argument("store", type=click.Choice([*STORES, "all"]), metavar="STORE")
@data_option
@lang
def rebuild(store: str, data: Path | None) -> None:
    """Make a projection anew."""
    found = settings(data)
    logs(found)
    here = running(found.stores.data)
    try:
        with nullcontext() if here else locked(found.stores.data):
            run(_rebuilt(STORES if store == "all" else (store,), found, here.addresses if here else None))
    except FolderInUse:
        stop(t("folder_locked", folder=found.stores.data), Exit.UNAVAILABLE)
    except FolderUnusable as why:
        stop(t("folder_unusable", folder=found.stores.data, why=why), Exit.UNAVAILABLE)


async def _rebuilt(stores: tuple[str, ...], found: Settings, addresses: dict[str, str] | None) -> None:
    from .rendering import console
    from .welcome import MAINTAINER

    async with _reached(found, addresses) as (vector, matching):
        with context.acting(MAINTAINER), console(err=True).status("") as status:
            for store in stores:
                status.update(t("rebuilding", store=store))
                if store == "matching":
                    made = await matching.rebuild()
                    count = made.jobs + made.talents
                else:
                    count = (await vector.rebuild(Rebuild.model_validate({"store": store}))).documents
                say(t("rebuilt", store=store, count=count))


@asynccontextmanager
async def _reached(found: Settings, addresses: dict[str, str] | None) -> AsyncIterator[Reach]:
    """The services of the Looma that is running, or of one that lives for this command alone."""
    if addresses is not None:
        from looma.platform.signing import seal_of
        from looma.platform.wire import Wire

        try:
            vector, matching = addresses[VectorAPI.service], addresses[MatchingAPI.service]
        except KeyError as missing:
            stop(t("not_here", service=missing.args[0]), Exit.UNAVAILABLE)
        async with Wire(seal_of(found.http.peer_key, found.stores.data)) as wire:
            yield wire.remote(VectorAPI, vector), wire.remote(MatchingAPI, matching)
        return
    from looma.compose import Composition

    async with Composition(found) as composition:
        yield composition.peer(VectorAPI), composition.peer(MatchingAPI)
