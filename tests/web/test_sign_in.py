"""A person in a browser, who knows one address: looma-crm's. Everything else is reached through it."""

import asyncio
import json
import socket
from contextlib import AsyncExitStack

import aiohttp
import pytest

from looma.compose import CONTRACTS, Composition
from looma.contracts.auth import AuthAPI
from looma.contracts.crm import CrmAPI
from looma.platform import context
from looma.platform.credentials import COOKIE
from looma.platform.listening import listening
from looma.platform.runs import RunSpec

from ..conftest import EMBEDDER

LOGIN = "/api/v1/auth/login"
MAINTAINER = context.Caller(context.LOCAL_ORG, "test", scopes=frozenset({"system:maintain"}), kind="service")


class Gate:
    """A run that waits to be let through."""

    def __init__(self):
        self.open = asyncio.Event()

    async def run(self, run, args):
        await self.open.wait()
        return {}


class Browser:
    """Sends what a browser sends of itself when a script of our own page asks for something."""

    def __init__(self, address, http, composition, gate):
        self.address, self.http, self.composition, self.gate = address, http, composition, gate
        self.password = ""

    def ask(self, verb, path, *, origin="own", **sent):
        """A request; `origin` “own” for a script of the page, None where the browser says nothing."""
        own = {"origin": self.address, "sec-fetch-site": "same-origin"} if verb not in ("GET", "HEAD") else {}
        told = own if origin == "own" else {} if origin is None else {"origin": origin}
        return self.http.request(verb, self.address + path, headers=told | sent.pop("headers", {}), **sent)

    async def told(self, verb, path, **sent):
        """Status and envelope."""
        async with self.ask(verb, path, **sent) as answer:
            return answer.status, await answer.json()

    async def sign_in(self, password=None):
        """The answer to signing in."""
        who = {"username": "admin", "password": password or self.password}
        async with self.ask("POST", LOGIN, json=who) as answer:
            await answer.read()
            return answer


@pytest.fixture(params=["one process", "crm alone"])
async def browser(request, settings):
    """All services on ports; looma-crm beside the others or in a process of its own."""
    async with AsyncExitStack() as stack:
        addresses: dict[str, str] = {}
        gate, crm = Gate(), frozenset({CrmAPI.service})
        alone = request.param == "crm alone"
        here = frozenset(CONTRACTS) - crm if alone else frozenset(CONTRACTS)
        rest = Composition(settings, here=here, addresses=addresses, embedder=EMBEDDER)
        rest.platform.runs.handle("test.gate", gate.run)
        await stack.enter_async_context(rest)
        first = rest
        if alone:
            first = Composition(settings, here=crm, addresses=addresses, data=rest.platform.data, embedder=EMBEDDER)
            await stack.enter_async_context(first)
        for name in CONTRACTS:
            at = socket.create_server(("127.0.0.1", 0))
            addresses[name] = f"http://127.0.0.1:{at.getsockname()[1]}"
            application = (first if name in crm else rest).application(name)
            await stack.enter_async_context(listening(application, at))
        jar = aiohttp.CookieJar(unsafe=True)  # an address for a name: what a browser does too
        http = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=jar))
        yield Browser(addresses[CrmAPI.service], http, rest, gate)


@pytest.fixture
async def admin(browser):
    """The browser of somebody who can sign in."""
    with context.acting(MAINTAINER):
        first = await browser.composition.peer(AuthAPI).first_administrator()
    browser.password = first.password.get_secret_value()
    return browser


async def test_signing_in_and_out_at_the_one_address(admin):
    assert (await admin.told("GET", "/api/v1/auth/me"))[0] == 401
    answer = await admin.sign_in()
    cookie = answer.headers["set-cookie"]
    assert answer.status == 200
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert "domain" not in cookie.lower()
    assert answer.headers["cache-control"] == "no-store"
    assert (await admin.told("GET", "/api/v1/auth/me"))[1]["data"]["username"] == "admin"
    for path in ("/api/v1/companies", "/api/v1/runs", "/api/v1/users"):  # crm's own, the gateway's, another's
        assert (await admin.told("GET", path))[0] == 200
    async with admin.ask("POST", "/api/v1/auth/logout") as answer:
        assert "Max-Age=0" in answer.headers["set-cookie"]
    assert (await admin.told("GET", "/api/v1/auth/me"))[0] == 401


async def test_a_wrong_password_brings_no_cookie(admin):
    answer = await admin.sign_in("something else")
    assert answer.status == 401
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/companies", {"name": "Blau"}),
        ("/api/v1/users", {"username": "vera", "roles": ["viewer"]}),
    ],
)
async def test_a_change_by_the_cookie_is_one_of_our_own_pages(admin, path, body):
    await admin.sign_in()
    for origin, status in ((None, 403), ("http://evil.example", 403), ("null", 403), ("own", 201)):
        got, told = await admin.told("POST", path, json=body, origin=origin)
        assert got == status, origin
        if status == 403:
            assert told["error"]["code"] == "request.cross_site"


async def test_what_happens_to_a_run_comes_while_it_happens(admin):
    await admin.sign_in()
    platform = admin.composition.platform
    with context.acting(context.LOCAL_OWNER):
        run_id = await platform.data.sql.write(lambda tx: platform.runs.enqueue(tx, RunSpec(kind="test.gate", args={})))
    states = []
    async with asyncio.timeout(60), admin.ask("GET", f"/api/v1/runs/{run_id}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert "content-length" not in stream.headers
        async for line in stream.content:
            if line.startswith(b"data: "):
                states.append(json.loads(line[6:])["state"])
                if states[-1] == "running":  # it cannot end before we have read this
                    admin.gate.open.set()
    assert states[-1] == "done"
    async with admin.ask("GET", f"/api/v1/runs/{run_id}/events", headers={"last-event-id": "1"}) as stream:
        first = await stream.content.readline()
    assert first == b"id: 2\n"


async def test_several_files_of_one_form_arrive(admin):
    await admin.sign_in()
    form = aiohttp.FormData(quote_fields=False)  # as browsers do
    for name in ("Ada Lovelace", "李雷"):
        content = f"{name}\nada@example.com\nPython, SQL".encode()
        form.add_field("file", content, filename=f"{name}.txt", content_type="text/plain")
    async with admin.ask("POST", "/api/v1/workflows/resume-match", data=form) as answer:
        told = await answer.json()
    assert answer.status == 202, told
    run_id = told["data"]["run_id"]
    async with asyncio.timeout(120), admin.ask("GET", f"/api/v1/runs/{run_id}/events") as stream:
        await stream.read()
    _, told = await admin.told("GET", f"/api/v1/runs/{run_id}")
    files = told["data"]["result"]["files"]
    assert [(file["filename"], file["state"]) for file in files] == [
        ("Ada Lovelace.txt", "done"),
        ("李雷.txt", "done"),
    ]
