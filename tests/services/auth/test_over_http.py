"""Sign-in as a program or a browser sees it."""

import socket
from contextlib import asynccontextmanager

import aiohttp
import pytest

from looma.contracts.auth import AuthAPI
from looma.platform import context
from looma.platform.listening import listening
from looma.platform.settings import SignInSettings

from .conftest import PASSWORD, SERVICE, opened

LOGIN = {"username": "admin", "password": PASSWORD}


@asynccontextmanager
async def asking(house):
    """Ask auth-service, as somebody with no credentials."""
    at = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{at.getsockname()[1]}"
    async with listening(house.application(AuthAPI.service), at), aiohttp.ClientSession(address) as session:

        async def ask(verb, path, body=None, **headers):
            told = {name.replace("_", "-"): value for name, value in headers.items()}
            async with session.request(verb, f"/api/v1{path}", json=body, headers=told) as answer:
                session.cookie_jar.clear()
                return answer.status, answer.headers, await answer.json()

        yield ask


@pytest.fixture
async def ask(settings):
    chosen = settings.model_copy(update={"sign_in": SignInSettings(LOOMA_ADMIN_PASSWORD=PASSWORD)})
    async with opened(chosen, "together") as house:
        with context.acting(SERVICE):
            await house.auth.first_administrator()
        async with asking(house) as found:
            yield found


async def bearer(ask):
    _, _, answer = await ask("POST", "/auth/login", LOGIN)
    return {"authorization": f"Bearer {answer['data']['access_token']}"}


async def test_a_sign_in(ask):
    status, headers, answer = await ask("POST", "/auth/login", LOGIN)
    assert status == 200
    assert set(answer["data"]) == {"access_token", "token_type", "expires_in", "user"}
    assert set(answer["data"]["user"]) == {"id", "org", "username", "display_name", "roles"}
    assert headers["cache-control"] == "no-store"
    cookie = headers["set-cookie"]
    assert cookie.startswith(f"looma_token={answer['data']['access_token']};")
    assert "HttpOnly" in cookie
    status, _, me = await ask("GET", "/auth/me", authorization=f"Bearer {answer['data']['access_token']}")
    assert (status, me["data"]) == (200, answer["data"]["user"])
    status, headers, answer = await ask("POST", "/auth/logout", authorization="Bearer of old news")
    assert (status, answer["data"]) == (200, {})
    assert "Max-Age=0" in headers["set-cookie"]


async def test_refusals_read_well_in_both_languages(ask):
    wrong = LOGIN | {"password": "wrong"}
    for language, text in (("en", "do not fit together"), ("zh-CN", "用户名或密码不正确")):
        status, headers, answer = await ask("POST", "/auth/login", wrong, accept_language=language)
        assert (status, answer["error"]["code"]) == (401, "auth.wrong_credentials")
        assert text in answer["error"]["message"]
        assert "set-cookie" not in headers
    for _ in range(3):
        await ask("POST", "/auth/login", wrong)
    status, headers, answer = await ask("POST", "/auth/login", LOGIN, accept_language="zh")
    assert (status, headers["retry-after"]) == (429, "5")
    assert "5 秒" in answer["error"]["message"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (None, 422),
        ([], 422),
        ({}, 422),
        ({"username": "admin"}, 422),
        (LOGIN | {"password": None}, 422),
        (LOGIN | {"password": 12345678}, 422),
        (LOGIN | {"password": {"$ne": ""}}, 422),
        (LOGIN | {"username": ["admin"]}, 422),
        (LOGIN | {"username": "x" * 65}, 422),
        (LOGIN | {"remember": True}, 422),
        (LOGIN | {"password": "x" * 900_000}, 401),
        (LOGIN | {"username": "\x00"}, 401),
    ],
    ids=range(12),
)
async def test_sign_ins_that_are_none(ask, body, status):
    found, _, answer = await ask("POST", "/auth/login", body)
    assert found == status
    assert PASSWORD not in str(answer)


async def test_the_keys_are_a_plain_key_set(ask):
    status, _, answer = await ask("GET", "/auth/keys")
    assert status == 200
    assert set(answer) == {"keys"}
    assert answer["keys"][0].items() >= {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig"}.items()
    assert "d" not in answer["keys"][0]


async def test_users_carry_their_version(ask):
    token = await bearer(ask)
    status, headers, made = await ask("POST", "/users", {"username": "berta"}, **token)
    assert (status, headers["etag"]) == (201, '"1"')
    assert len(made["data"]["password"]) == 20
    path = f"/users/{made['data']['id']}"
    assert (await ask("PATCH", path, {"roles": ["recruiter"]}, if_match='"1"', **token))[1]["etag"] == '"2"'
    status, _, answer = await ask("PATCH", path, {"roles": ["viewer"]}, if_match='"1"', **token)
    assert (status, answer["error"]["details"]) == (409, {"expected": 1, "found": 2})


async def test_what_is_inside_is_not_for_people(ask):
    token = await bearer(ask)
    for path, body in (("first-administrator", None), ("reset-password", {"username": "admin"})):
        assert (await ask("POST", f"/internal/auth/{path}", body))[0] == 401
        assert (await ask("POST", f"/internal/auth/{path}", body, **token))[0] == 403
