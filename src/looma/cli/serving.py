"""Services on their ports, until the end is wished for: what ``serve`` and ``up`` share."""

import asyncio
import ctypes
import signal
import socket
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import uvloop

from looma.platform.errors import LoomaError
from looma.platform.stores.folder import FolderInUse, FolderUnusable, locked

from .outcome import Exit, code_of, say, stop, words
from .words import t

if TYPE_CHECKING:
    from looma.compose import Composition
    from looma.platform.settings import Settings

Sockets = Mapping[str, socket.socket]
Prepare = Callable[["Composition"], Awaitable[None]]
Addresses = dict[str, str]
M_ARENA_MAX = -8
"""mallopt(3)."""


@dataclass(frozen=True)
class Wishes:
    """What the person at the keyboard, or whoever started the process, wants: the end, and then the end at once."""

    end: asyncio.Event = field(default_factory=asyncio.Event)
    hurry: asyncio.Event = field(default_factory=asyncio.Event)

    def heard(self) -> None:
        """A signal came: the first one ends, the second one does not wait for requests in flight."""
        (self.hurry if self.end.is_set() else self.end).set()


def bound(host: str, ports: Mapping[str, int]) -> Sockets:
    """The ports, taken before anything starts: a clash is told in words and nothing is half up."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = {}
    for name, port in ports.items():
        try:
            taken[name] = socket.create_server((host, port), family=family)
        except OSError:
            stop(t("port_taken", port=port, service=name, other=port + 1000), Exit.UNAVAILABLE)
    return taken


def addresses(host: str, sockets: Sockets) -> Addresses:
    """Where each service is reached."""
    shown = f"[{host}]" if ":" in host else host
    return {name: f"http://{shown}:{at.getsockname()[1]}" for name, at in sockets.items()}


def serve_until_told(found: "Settings", sockets: Sockets, prepare: Prepare) -> None:
    """Hold the data folder, start the services, serve, and end when a signal says so; errors end it in words.

    `prepare` is called once every port answers; what it prints comes before the services are called ready.
    """
    folder = found.stores.data
    _share_memory()
    try:
        with locked(folder):
            uvloop.run(_run(found, sockets, prepare))
    except FolderInUse:
        stop(t("folder_locked", folder=folder), Exit.UNAVAILABLE)
    except FolderUnusable as why:
        stop(t("folder_unusable", folder=folder, why=why), Exit.UNAVAILABLE)
    except LoomaError as error:
        stop(words(error), code_of(error))


def _share_memory() -> None:
    """Let all threads share two heaps. glibc gives each thread its own and keeps what was freed there: after a batch of
    embeddings the process would hold 200 MB more than it uses. Other C libraries have no such call."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)


async def _run(found: "Settings", sockets: Sockets, prepare: Prepare) -> None:
    from looma.compose import Composition

    wishes = Wishes()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, wishes.heard)
    everywhere = {**found.http.peers, **addresses(found.http.host, sockets)}
    async with Composition(found, here=frozenset(sockets), addresses=everywhere) as composition:
        try:
            await _served(composition, sockets, wishes, prepare)
        except* LoomaError as refused:
            raise _first(refused) from None


def _first(group: BaseException) -> BaseException:
    while isinstance(group, BaseExceptionGroup):
        group = group.exceptions[0]
    return group


async def _served(composition: "Composition", sockets: Sockets, wishes: Wishes, prepare: Prepare) -> None:
    """All services stop to listen together, then finish what they have begun."""
    from looma.platform.listening import listening

    async def one(name: str, at: socket.socket, up: asyncio.Event) -> None:
        async with listening(composition.application(name), at, hurry=wishes.hurry):
            up.set()
            await wishes.end.wait()

    async with asyncio.TaskGroup() as group:
        for name, at in sockets.items():
            up = asyncio.Event()
            group.create_task(one(name, at, up))
            await up.wait()
        preparing = group.create_task(_prepared(prepare(composition), wishes))
        await wishes.end.wait()
        if not preparing.done() or preparing.exception() is None:
            say(t("stopping"))
        preparing.cancel()


async def _prepared(work: Awaitable[None], wishes: Wishes) -> None:
    """What fails before the services are ready ends them all."""
    try:
        await work
    except BaseException:
        wishes.end.set()
        raise
