"""``looma serve NAME…``: services on their ports, in one process, until Ctrl-C."""

import asyncio
import signal
import socket
from contextlib import AsyncExitStack
from pathlib import Path

import click
import uvloop

from .commands import Command
from .options import data as data_option
from .options import lang
from .outcome import Exit, code_of, say, settings, stop
from .words import language, t


@click.command(cls=Command, help=t("serve_help"))
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@data_option
@lang
def serve(names: tuple[str, ...], data: Path | None) -> None:
    """Run services."""
    from looma.compose import CONTRACTS, Composition, service_named
    from looma.platform.edge import EdgeParts, application, listening
    from looma.platform.errors import LoomaError
    from looma.platform.stores.folder import FolderInUse, FolderUnusable, locked
    from looma.platform.telemetry import configure_logging

    found = settings(data)
    try:
        here = frozenset(service_named(name) for name in names)
    except KeyError as unknown:
        stop(t("unknown_service", name=unknown.args[0], known=", ".join(CONTRACTS)), Exit.WRONG_USE)
    configure_logging(found.log.level, found.log.format)
    sockets = {name: _bound(found.http.host, name, found.http.ports.get(name, CONTRACTS[name].port)) for name in here}

    async def run() -> None:
        ended = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        async with AsyncExitStack() as open_:
            composition = await open_.enter_async_context(Composition(found, here=here))
            parts = EdgeParts(found.http, composition.seal(), composition.platform.clock, composition.platform.new_id)
            for name, at in sockets.items():
                await open_.enter_async_context(listening(application(composition.service(name), parts), at))
            where = " ".join(f"{name}=http://{found.http.host}:{at.getsockname()[1]}" for name, at in sockets.items())
            say(t("serving"))
            click.echo(f"ready {where}")
            await ended.wait()
            say(t("stopping"))

    try:
        with locked(found.stores.data):
            uvloop.run(run())
    except FolderInUse:
        stop(t("folder_locked", folder=found.stores.data), Exit.UNAVAILABLE)
    except FolderUnusable as why:
        stop(t("folder_unusable", folder=found.stores.data, why=why), Exit.UNAVAILABLE)
    except LoomaError as error:
        stop(error.message(language()), code_of(error))


def _bound(host: str, name: str, port: int) -> socket.socket:
    """The port, taken before anything starts: a clash is told in words and nothing is half up."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError:
        stop(t("port_taken", port=port, service=name, other=port + 1000), Exit.UNAVAILABLE)
