"""``looma serve NAME…``: services on their ports, in one process, until Ctrl-C."""

import asyncio
import signal
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click
import uvloop

from .commands import Command
from .options import data as data_option
from .options import lang
from .outcome import Exit, code_of, say, settings, stop
from .words import language, t

if TYPE_CHECKING:
    from looma.compose import Composition
    from looma.platform.settings import HttpSettings


@dataclass(frozen=True)
class _Wishes:
    """What the person at the keyboard, or whoever started the process, wants: the end, and then the end at once."""

    end: asyncio.Event = field(default_factory=asyncio.Event)
    hurry: asyncio.Event = field(default_factory=asyncio.Event)

    def heard(self) -> None:
        """A signal came: the first one ends, the second one does not wait for requests in flight."""
        (self.hurry if self.end.is_set() else self.end).set()


@click.command(cls=Command, help=t("serve_help"))
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@data_option
@lang
def serve(names: tuple[str, ...], data: Path | None) -> None:
    """Run services."""
    from looma.compose import CONTRACTS, Composition, service_named
    from looma.platform.errors import LoomaError
    from looma.platform.stores.folder import FolderInUse, FolderUnusable, locked
    from looma.platform.telemetry import configure_logging

    found = settings(data)
    try:
        here = frozenset(service_named(name) for name in names)
        ports = {service_named(name): port for name, port in found.http.ports.items()}
    except KeyError as unknown:
        stop(t("unknown_service", name=unknown.args[0], known=", ".join(CONTRACTS)), Exit.WRONG_USE)
    configure_logging(found.log.level, found.log.format)
    sockets = {
        name: _bound(found.http.host, name, ports.get(name, CONTRACTS[name].port)) for name in CONTRACTS if name in here
    }

    async def run() -> None:
        wishes = _Wishes()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, wishes.heard)
        async with Composition(found, here=here) as composition:
            await _served(composition, found.http, sockets, wishes)

    try:
        with locked(found.stores.data):
            uvloop.run(run())
    except FolderInUse:
        stop(t("folder_locked", folder=found.stores.data), Exit.UNAVAILABLE)
    except FolderUnusable as why:
        stop(t("folder_unusable", folder=found.stores.data, why=why), Exit.UNAVAILABLE)
    except LoomaError as error:
        stop(error.message(language()), code_of(error))


async def _served(
    composition: "Composition", http: "HttpSettings", sockets: Mapping[str, socket.socket], wishes: _Wishes
) -> None:
    """Until the end is wished for; all services stop to listen together, then finish what they have begun."""
    from looma.platform.edge import EdgeParts, application
    from looma.platform.listening import listening

    parts = EdgeParts(http, composition.seal(), composition.platform.clock, composition.platform.new_id)

    async def one(name: str, at: socket.socket, up: asyncio.Event) -> None:
        async with listening(application(composition.service(name), parts), at, hurry=wishes.hurry):
            up.set()
            await wishes.end.wait()

    async with asyncio.TaskGroup() as group:
        for name, at in sockets.items():
            up = asyncio.Event()
            group.create_task(one(name, at, up))
            await up.wait()
        where = " ".join(f"{name}=http://{_shown(http.host)}:{at.getsockname()[1]}" for name, at in sockets.items())
        say(t("serving"))
        click.echo(f"ready {where}")
        await wishes.end.wait()
        say(t("stopping"))


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _bound(host: str, name: str, port: int) -> socket.socket:
    """The port, taken before anything starts: a clash is told in words and nothing is half up."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError:
        stop(t("port_taken", port=port, service=name, other=port + 1000), Exit.UNAVAILABLE)
