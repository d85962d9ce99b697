"""The toy service, reached together (in this process) and apart (behind its own port)."""

import socket
from contextlib import asynccontextmanager

import aiohttp
import pytest

from looma.platform.clock import Uuid7, utc_now
from looma.platform.context import LOCAL_OWNER
from looma.platform.credentials import Credentials
from looma.platform.edge import EdgeParts, application
from looma.platform.listening import listening
from looma.platform.peers import local
from looma.platform.settings import HttpSettings
from looma.platform.signing import CallerSeal
from looma.platform.wire import Wire

from .toy import ToyAPI, ToyService

SEAL = CallerSeal(b"k" * 32)


class OwnersDoor(Credentials):
    """Whoever shows nothing is the owner: for tests of what happens behind the door."""

    def __init__(self):
        super().__init__(SEAL, None)

    async def caller(self, shown):
        return await super().caller(shown) or LOCAL_OWNER


@asynccontextmanager
async def toy_edge(service=None, **http):
    """The toy service behind a free port; gives its address."""
    parts = EdgeParts(HttpSettings(**http), OwnersDoor(), utc_now, Uuid7())
    at = socket.create_server(("127.0.0.1", 0))
    async with listening(application(service or ToyService(), parts), at):
        yield f"http://127.0.0.1:{at.getsockname()[1]}"


@pytest.fixture
async def edge():
    """Address of the toy service."""
    async with toy_edge() as address:
        yield address


@pytest.fixture
async def http(edge):
    """A plain HTTP client at the toy service's address."""
    async with aiohttp.ClientSession(edge) as session:
        yield session


@pytest.fixture(params=["together", "apart"])
async def toys(request):
    """The toy contract, both ways; the service is its own peer."""
    service = ToyService()
    if request.param == "together":
        service.peer = local(ToyAPI, lambda: service)
        yield service.peer
        return
    async with toy_edge(service) as address, Wire(SEAL) as wire:
        service.peer = wire.remote(ToyAPI, address)
        yield service.peer
