"""The gateway: as a peer (fixture `connect`), and with everything behind it on ports (fixture `door`)."""

import asyncio
import socket
from contextlib import AsyncExitStack

import aiohttp
import pytest

from looma.compose import CONTRACTS, Composition
from looma.contracts.ai_gateway import AIGatewayAPI
from looma.platform import context
from looma.platform.contract import Upload
from looma.platform.listening import listening
from looma.platform.signing import HEADER

from ...conftest import EMBEDDER

OWNER = context.LOCAL_OWNER
VIEWER = context.Caller(org=OWNER.org, user="vera", roles=frozenset({"viewer"}))
STRANGER = context.Caller(org="another", user="eve", roles=frozenset({"owner"}))


def text(name: str, content: str | bytes) -> Upload:
    """A text file."""
    data = content if isinstance(content, bytes) else content.encode()
    return Upload(filename=name, media_type="text/plain", data=data)


async def ended(gateway: AIGatewayAPI, run_id: str):
    """The run once it has ended."""
    async with asyncio.timeout(60):
        async for _ in gateway.run_events(run_id):
            pass
    return await gateway.get_run(run_id)


class Door:
    """Every service on a port of its own, in one process; requests go to the gateway's as the owner's."""

    def __init__(self, composition: Composition, addresses: dict[str, str], http: aiohttp.ClientSession) -> None:
        self.composition, self.addresses, self._http = composition, addresses, http

    def request(self, verb: str, path: str, *, service: str = "ai-gateway", who=OWNER, **sent):
        """A request as `who`, or as nobody."""
        headers = sent.pop("headers", {}) | ({HEADER: self.composition.seal().seal(who)} if who else {})
        return self._http.request(verb, self.addresses[service] + path, headers=headers, **sent)

    async def told(self, verb: str, path: str, **sent):
        """Status and envelope."""
        async with self.request(verb, path, **sent) as answer:
            return answer.status, await answer.json()


@pytest.fixture(params=["near", "far"])
async def door(request, settings):
    """The whole installation: with the gateway in the process of the others, which it calls, or in one of its own."""
    async with AsyncExitStack() as stack:
        addresses: dict[str, str] = {}
        gateway, others = frozenset({AIGatewayAPI.service}), frozenset(CONTRACTS) - {AIGatewayAPI.service}
        first = Composition(
            settings,
            here=gateway | others if request.param == "near" else others,
            addresses=addresses,
            embedder=EMBEDDER,
        )
        await stack.enter_async_context(first)
        second = first
        if request.param == "far":
            second = Composition(settings, here=gateway, addresses=addresses, data=first.platform.data)
            await stack.enter_async_context(second)
        for name in CONTRACTS:
            at = socket.create_server(("127.0.0.1", 0))
            addresses[name] = f"http://127.0.0.1:{at.getsockname()[1]}"
            where = second if name in gateway else first
            await stack.enter_async_context(listening(where.application(name), at))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        yield Door(second, addresses, http)
