"""Sign-in on a real database, reached together (in this process) and apart (behind its own port), by our own clock."""

import socket
from collections.abc import Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from looma.compose import Composition
from looma.contracts.auth import MAINTAIN, AuthAPI, Credentials, NewUser
from looma.platform import context
from looma.platform.ai.off import NoEmbedder
from looma.platform.context import LOCAL_ORG, Caller
from looma.platform.listening import listening
from looma.platform.service import Platform

HERE = frozenset({AuthAPI.service})
SERVICE = Caller(org=LOCAL_ORG, user="looma", kind="service", scopes=frozenset({MAINTAIN}))
STRANGER = Caller(org="elsewhere", user="otto", roles=frozenset({"owner"}))
PASSWORD = "ein langes Wort 4711"


CHEAP = 64
"""KiB that a hash takes in these tests: enough to be Argon2; what it takes in earnest is looked at where it is said."""


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch):
    monkeypatch.setattr("looma.services.auth.hashing.MEMORY_KIB", CHEAP)


class Clock:
    """A clock that stands still until it is moved; it begins at a time at which tokens of today are good."""

    def __init__(self):
        self.now = datetime.now(UTC).replace(microsecond=0)

    def __call__(self):
        return self.now

    def move(self, seconds):
        self.now += timedelta(seconds=seconds)


@dataclass
class House:
    """What a test works with."""

    auth: AuthAPI
    platform: Platform
    clock: Clock
    service: AuthAPI
    application: Callable[[str], Any]

    async def admin(self):
        """The first administrator, as a caller."""
        with context.acting(SERVICE):
            made = await self.auth.first_administrator()
        return caller_of((await self.auth.login(Credentials(username=made.username, password=made.password))).user)

    async def hired(self, username, *roles):
        """A user of the caller's organisation whose password is `PASSWORD`."""
        return await self.auth.create_user(NewUser(username=username, password=PASSWORD, roles=list(roles)))

    async def login(self, username="admin", password=PASSWORD):
        """A sign-in."""
        return await self.auth.login(Credentials(username=username, password=password))


def caller_of(user):
    """The caller that a token of this user names."""
    return Caller(org=user.org, user=user.id, roles=frozenset(user.roles))


@asynccontextmanager
async def opened(settings, way):
    """A house, with auth-service in this process or behind a port."""
    clock = Clock()
    async with AsyncExitStack() as stack:
        given = {"clock": clock, "embedder": NoEmbedder()}
        one = await stack.enter_async_context(Composition(settings, here=HERE, **given))
        service = one.service(AuthAPI.service)
        if way == "together":
            yield House(one.peer(AuthAPI), one.platform, clock, service, one.application)
            return
        at = socket.create_server(("127.0.0.1", 0))
        addresses = {AuthAPI.service: f"http://127.0.0.1:{at.getsockname()[1]}"}
        await stack.enter_async_context(listening(one.application(AuthAPI.service), at))
        far = Composition(settings, here=frozenset(), addresses=addresses, data=one.platform.data, **given)
        await stack.enter_async_context(far)
        yield House(far.peer(AuthAPI), one.platform, clock, service, one.application)


@pytest.fixture(params=["together", "apart"])
async def house(request, settings):
    """A new house."""
    async with opened(settings, request.param) as found:
        yield found


@pytest.fixture
async def admin(house):
    """The first administrator, acting around the test."""
    found = await house.admin()
    with context.acting(found):
        yield found
