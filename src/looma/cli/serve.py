"""``looma serve NAME…``: services on their ports, in one process, until Ctrl-C."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .commands import Command
from .options import data as data_option
from .options import lang
from .outcome import Exit, logs, say, settings, stop
from .words import t

if TYPE_CHECKING:
    from looma.compose import Composition


@click.command(cls=Command, help=t("serve_help"))
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@data_option
@lang
def serve(names: tuple[str, ...], data: Path | None) -> None:
    """Run services."""
    from looma.compose import CONTRACTS, service_named
    from looma.platform.stores.folder import tell

    from .serving import addresses, bound, serve_until_told
    from .welcome import first_administrator, say_ready

    found = settings(data)
    try:
        here = frozenset(service_named(name) for name in names)
        ports = {service_named(name): port for name, port in found.http.ports.items()}
    except KeyError as unknown:
        stop(t("unknown_service", name=unknown.args[0], known=", ".join(CONTRACTS)), Exit.WRONG_USE)
    logs(found, serving=True)
    sockets = bound(
        found.http.host, {name: ports.get(name, CONTRACTS[name].port) for name in CONTRACTS if name in here}
    )
    where = addresses(found.http.host, sockets)

    async def prepare(composition: "Composition") -> None:
        if "auth-service" in here:
            await first_administrator(composition)
        tell(found.stores.data, where)
        say(t("serving"))
        say_ready(where)

    serve_until_told(found, sockets, prepare)
