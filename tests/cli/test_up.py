"""``looma up`` and its companions as real processes: ready, sign-in, status, stop, and what is refused at the start."""

import asyncio
import os
import re
import socket
import subprocess
import sys

import aiohttp
import pytest

from tests.journeys.running import PASSWORD, Up, ask

SERVICES = ("looma-crm", "ai-gateway", "resume-service", "matching-service", "vector-service", "auth-service")


def looma(*words, **env):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LOOMA_", "LC_", "LANG"))}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "looma", *words], capture_output=True, text=True, timeout=60, env=kept | env
    )


@pytest.fixture(scope="module")
def up(tmp_path_factory):
    """One that is running, for questions that change nothing."""
    one = Up(tmp_path_factory.mktemp("up") / "data").start()
    yield one
    one.kill()


@pytest.fixture
def data(up):
    return str(up.log.parent / "data")


def test_every_service_has_an_address(up):
    assert set(SERVICES) <= set(up.addresses)
    assert len(set(up.addresses.values())) == len(up.addresses)


async def test_the_same_answer_at_the_service_the_gateway_and_the_crm(up):
    for service in ("resume-service", "ai-gateway", "looma-crm"):
        async with up.client("ai-gateway") as signed, aiohttp.ClientSession(up.addresses[service]) as session:
            session.headers["authorization"] = signed.headers["authorization"]
            told = await ask(session, "POST", "/api/v1/skills/extract", {"text": "Python, SQL", "language": "en"})
            assert {skill["name"] for skill in told["skills"]} >= {"Python", "SQL"}


async def test_nobody_comes_in_without_a_token(up):
    for address in up.addresses.values():
        async with aiohttp.ClientSession(address) as session:
            for path in ("/health", "/ready", "/metrics", "/openapi.json", "/docs"):
                async with session.get(path) as answer:
                    assert answer.status == 200, (address, path)
    async with aiohttp.ClientSession(up.addresses["ai-gateway"]) as session:
        for path in ("/api/v1/talents", "/api/v1/runs", "/api/v1/users", "/api/v1/search/collections"):
            async with session.get(path) as answer:
                assert answer.status == 401, path
        async with session.get("/api/v1/nothing", headers={"accept-language": "zh"}) as answer:
            assert (answer.status, (await answer.json())["error"]["code"]) == (404, "request.not_found")
        async with session.delete("/api/v1/talents") as answer:
            assert answer.status == 405


async def test_a_browser_signs_in_by_a_cookie(up):
    crm = up.addresses["looma-crm"]
    jar = aiohttp.CookieJar(unsafe=True)  # an address instead of a name
    async with aiohttp.ClientSession(crm, cookie_jar=jar, headers={"origin": crm}) as session:
        await ask(session, "POST", "/api/v1/auth/login", {"username": "Admin", "password": PASSWORD})
        assert (await ask(session, "GET", "/api/v1/auth/me"))["username"] == "admin"
        made = await ask(session, "POST", "/api/v1/search/text", {"collection": "jobs", "query": "x"})
        assert made["hits"] == []
        async with session.post("/api/v1/search/text", json={}, headers={"origin": "http://evil.example"}) as answer:
            assert answer.status == 403
        await ask(session, "POST", "/api/v1/auth/logout")
        async with session.get("/api/v1/auth/me") as answer:
            assert answer.status == 401


def test_status_tells_how_it_is(up, data):
    told = looma("status", "--data", data)
    assert told.returncode == 0, told.stderr
    assert all(service in told.stdout for service in SERVICES)


def test_a_second_one_on_the_folder_is_refused_in_words(up, data):
    told = looma("up", "--data", data, "--ports-from", "0")
    assert (told.returncode, told.stdout) == (4, "")
    assert data in told.stderr
    assert "Traceback" not in told.stderr


def test_a_taken_port_is_refused_in_words(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as at:
        port = at.getsockname()[1]
        told = looma("up", "--data", str(tmp_path / "other"), "--ports-from", str(port), "--lang", "zh")
    assert told.returncode == 4
    assert str(port) in told.stderr
    assert "占用" in told.stderr
    assert "Traceback" not in told.stderr


def test_nothing_runs_on_an_empty_folder(tmp_path):
    for words in (("status",), ("stop",), ("submit", "README.md")):
        told = looma(*words, "--data", str(tmp_path))
        assert told.returncode == 4
        assert "looma up" in told.stderr
        assert "Traceback" not in told.stderr


def test_a_password_that_is_too_short_is_refused(tmp_path):
    told = looma("up", "--data", str(tmp_path), "--ports-from", "0", LOOMA_ADMIN_PASSWORD="short")
    assert told.returncode == 2
    assert "short" not in told.stderr


async def test_rebuilding_while_it_runs_changes_nothing(up, data):
    async with up.client() as session:
        job = await ask(session, "POST", "/api/v1/jobs", {"title": "Rebuild engineer", "description": "Python"})
        told = await asyncio.to_thread(looma, "rebuild", "all", "--data", data)
        assert told.returncode == 0, told.stderr
        found = await ask(session, "POST", "/api/v1/search/text", {"collection": "jobs", "query": "rebuild"})
        assert [hit["id"] for hit in found["hits"]] == [job["id"]]


async def test_the_first_password_is_shown_once_and_can_be_replaced(tmp_path):
    up = Up(tmp_path / "data")
    del up._env["LOOMA_ADMIN_PASSWORD"]
    try:
        up.start()
        shown = re.search(r"password {2}(\S+)", up.said())[1]
        async with up.client(password=shown):
            pass
        reset = looma("admin", "reset-password", "--data", str(tmp_path / "data"))
        assert reset.returncode == 0, reset.stderr
        async with up.client(password=reset.stdout.strip()):
            pass
        with pytest.raises(AssertionError, match="wrong_credentials"):
            async with up.client(password=shown):
                pass
        stopped = looma("stop", "--data", str(tmp_path / "data"))
        assert stopped.returncode == 0, stopped.stderr
        assert up.process.wait(10) == 0
        said = up.said()
        up.start()
        assert shown not in up.said()[len(said) :]
        assert "reset-password" in up.said()[len(said) :]
    finally:
        up.kill()


def test_a_password_that_is_guessed_first_is_refused_in_one_language(tmp_path):
    told = looma("up", "--data", str(tmp_path), "--ports-from", "0", "--lang", "zh", LOOMA_ADMIN_PASSWORD="password123")
    assert (told.returncode, told.stdout) == (3, "")
    assert "LOOMA_ADMIN_PASSWORD”是最容易被猜到的密码" in told.stderr
    assert "正在停止" not in told.stderr
    assert "password123" not in told.stderr
