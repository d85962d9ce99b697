"""Who sends a request: seals, tokens in headers and cookies, and what a browser says of the page."""

import socket
from base64 import urlsafe_b64encode
from datetime import UTC, datetime

import aiohttp
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from looma.platform.clock import Uuid7, utc_now
from looma.platform.context import Caller
from looma.platform.credentials import COOKIE, Credentials, Shown, clear_cookie, set_cookie, token_of
from looma.platform.edge import EdgeParts, application
from looma.platform.listening import listening
from looma.platform.origins import CrossSite
from looma.platform.settings import HttpSettings
from looma.platform.tokens import PublicKey, TokenInvalid, Tokens

from .conftest import SEAL
from .toy import ToyService

KEY = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
PUBLIC = PublicKey("k1", urlsafe_b64encode(KEY.public_key().public_bytes_raw()).decode().rstrip("="))


def token(user="u1", org="acme", roles=("owner",), lasts_s=60):
    now = int(datetime.now(UTC).timestamp())
    claims = {"iss": "looma", "aud": "looma", "sub": user, "org": org, "roles": list(roles), "jti": "1"}
    return jwt.encode(
        claims | {"iat": now - 100, "nbf": now - 100, "exp": now + lasts_s}, KEY, "EdDSA", headers={"kid": "k1"}
    )


async def keys():
    return [PUBLIC]


@pytest.fixture
async def door():
    """The toy service behind real credentials; gives a session at its address."""
    parts = EdgeParts(HttpSettings(), Credentials(SEAL, Tokens(keys, utc_now)), utc_now, Uuid7())
    at = socket.create_server(("127.0.0.1", 0))
    async with (
        listening(application(ToyService(), parts), at),
        aiohttp.ClientSession(f"http://127.0.0.1:{at.getsockname()[1]}") as session,
    ):
        yield session


async def seen(session, **headers):
    async with session.get("/api/v1/toy-context", headers={k.replace("_", "-"): v for k, v in headers.items()}) as got:
        return got.status, await got.json()


async def test_nobody_is_refused_where_a_scope_is_asked_for(door):
    async with door.get("/api/v1/toys", headers={"accept-language": "zh"}) as got:
        told = await got.json()
        assert (got.status, told["error"]["code"]) == (401, "request.unauthenticated")
        assert got.headers["www-authenticate"] == "Bearer"


async def test_a_token_in_the_header_and_in_the_cookie_name_the_same_caller(door):
    for headers in ({"authorization": f"Bearer {token()}"}, {"cookie": f"{COOKIE}={token()}"}):
        status, told = await seen(door, **headers)
        assert (status, told["data"]["org"], told["data"]["user"]) == (200, "acme", "u1")


async def test_a_seal_counts_more_than_a_token_and_a_header_more_than_a_cookie(door):
    seal = SEAL.seal(Caller("inside", "service"))
    _, told = await seen(door, x_looma_caller=seal, authorization=f"Bearer {token()}")
    assert told["data"]["org"] == "inside"
    _, told = await seen(door, authorization=f"Bearer {token(org='header')}", cookie=f"{COOKIE}={token(org='cookie')}")
    assert told["data"]["org"] == "header"


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"authorization": f"Bearer {token(lasts_s=-50)}"}, "request.token_expired"),
        ({"cookie": f"{COOKIE}={token(lasts_s=-50)}"}, "request.token_expired"),
        ({"authorization": "Bearer nonsense"}, "request.token_invalid"),
        ({"authorization": "Bearer"}, "request.token_invalid"),
        ({"authorization": "Basic YTpi"}, "request.token_invalid"),
        ({"authorization": f"Bearer {token()[:-8]}AAAAAAAA"}, "request.token_invalid"),
        ({"x_looma_caller": "forged"}, "request.unauthenticated"),
    ],
)
async def test_what_does_not_hold_is_refused(door, headers, code):
    status, told = await seen(door, **headers)
    assert (status, told["error"]["code"]) == (401, code)


async def test_roles_decide(door):
    viewer = {"authorization": f"Bearer {token(roles=['viewer'])}"}
    async with door.post("/api/v1/toys", json={"id": "1", "name": "x"}, headers=viewer) as got:
        assert (got.status, (await got.json())["error"]["code"]) == (403, "request.forbidden")


async def test_a_change_that_stands_on_the_cookie_needs_one_of_our_own_pages(door):
    cookie = {"cookie": f"{COOKIE}={token()}"}
    origin = str(door._base_url.origin())
    for headers, status in (
        ({}, 403),
        ({"origin": origin}, 201),
        ({"sec-fetch-site": "same-origin"}, 201),
        ({"origin": "http://evil.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
    ):
        async with door.post("/api/v1/toys", json={"id": "1", "name": "x"}, headers=cookie | headers) as got:
            assert (got.status, headers) == (status, headers)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites():
    for header in (set_cookie("t", 60), clear_cookie()):
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(header.split("; "))
    assert "Max-Age=0" in clear_cookie()


def test_what_is_shown_becomes_a_token_or_nothing():
    assert token_of(Shown("GET")) is None
    assert token_of(Shown("POST", authorization="bearer  abc ", cookie="c")) == "abc"
    assert token_of(Shown("HEAD", cookie="c")) == "c"
    assert token_of(Shown("DELETE", cookie="c", own_page=True)) == "c"
    with pytest.raises(CrossSite):
        token_of(Shown("PATCH", cookie="c"))
    with pytest.raises(TokenInvalid):
        token_of(Shown("GET", authorization="Digest x"))
