"""The end of a server: who is answered, who is not waited for."""

import asyncio
import socket
from contextlib import suppress

import pytest

from looma.platform.clock import Uuid7, utc_now
from looma.platform.edge import EdgeParts, application
from looma.platform.listening import listening
from looma.platform.settings import HttpSettings

from .conftest import OwnersDoor
from .toy import ToyService

SLOW = b"GET /api/v1/toy-slow HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n"


class Server:
    """The toy service on a port, and the wishes of whoever runs it."""

    def __init__(self):
        self.service, self.hurry = ToyService(), asyncio.Event()
        self.up, self.end = asyncio.Event(), asyncio.Event()
        self.at = socket.create_server(("127.0.0.1", 0))
        self.address = self.at.getsockname()

    async def run(self):
        app = application(self.service, EdgeParts(HttpSettings(), OwnersDoor(), utc_now, Uuid7()))
        async with listening(app, self.at, hurry=self.hurry):
            self.up.set()
            await self.end.wait()

    async def gone(self):
        """Until nobody listens any more."""
        while True:
            try:
                _, writer = await asyncio.open_connection(*self.address)
            except ConnectionRefusedError:
                return
            writer.close()


@pytest.fixture
async def server():
    made = Server()
    running = asyncio.create_task(made.run())
    await made.up.wait()
    made.ended = running
    yield made
    made.end.set()
    made.hurry.set()
    await asyncio.wait_for(running, 20)


async def test_a_request_in_flight_is_answered_and_no_new_one_taken(server, caplog):
    reader, writer = await asyncio.open_connection(*server.address)
    _, idle = await asyncio.open_connection(*server.address)
    _, half = await asyncio.open_connection(*server.address)
    half.write(b"GET /api/v1/toys HTTP/1.1\r\nhos")
    writer.write(SLOW)
    await asyncio.wait_for(server.service.asked.wait(), 20)
    server.end.set()
    await asyncio.wait_for(server.gone(), 20)
    assert not server.ended.done()
    server.service.gate.set()
    assert b"at last" in await asyncio.wait_for(reader.read(), 20)
    await asyncio.wait_for(asyncio.shield(server.ended), 20)
    for one in (writer, idle, half):
        one.close()
    assert [line.message for line in caplog.records] == []


async def test_whoever_is_in_a_hurry_does_not_wait_for_it(server):
    reader, writer = await asyncio.open_connection(*server.address)
    writer.write(SLOW)
    await asyncio.wait_for(server.service.asked.wait(), 20)
    server.end.set()
    server.hurry.set()
    await asyncio.wait_for(asyncio.shield(server.ended), 20)
    with suppress(ConnectionResetError):
        assert await reader.read() == b""
    writer.close()
