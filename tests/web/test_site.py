"""What a browser gets."""

import asyncio
import gzip
import re
from urllib.parse import urlsplit

import aiohttp
import pytest

from .conftest import INDEX, SCRIPT, served

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-encoding": "gzip, deflate, br"}


@pytest.fixture
async def http(folder):
    """A client that decodes nothing."""
    async with (
        served(folder) as address,
        aiohttp.ClientSession(address, auto_decompress=False, skip_auto_headers=["accept-encoding"]) as session,
    ):
        yield session


async def get(session, path, verb="GET", **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    async with session.request(verb, path, headers=headers, allow_redirects=False) as answer:
        return answer, await answer.read()


@pytest.mark.parametrize("path", ["/", "/talents", "/talents/7/edit", "/apiary", "/talents/a.b", "/index.html"])
async def test_every_address_of_a_person_is_the_page(http, path):
    answer, body = await get(http, path, **BROWSER)
    nonce = re.search(rb'nonce="([\w-]{20,})"', body)[1].decode()
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert body.decode() == INDEX.replace("__CSP_NONCE__", nonce)
    assert "content-encoding" not in answer.headers
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/api/v1/nowhere", "/api", "/assets/main-0000.js", "/assets/", "/health/x", "/docs/x", "/metrics/x"]
)
async def test_what_cannot_be_a_page_is_not_found_in_the_shape_of_all_answers(http, path):
    answer, body = await get(http, path, **BROWSER)
    assert (answer.status, answer.content_type) == (404, "application/json")
    assert b'"request.not_found"' in body


@pytest.mark.parametrize(("verb", "accept"), [("GET", "*/*"), ("GET", "application/json"), ("POST", "text/html")])
async def test_what_is_not_asked_for_as_a_page_is_not_found(http, verb, accept):
    answer, _ = await get(http, "/talents", verb, accept=accept)
    assert (answer.status, answer.content_type) == (404, "application/json")


async def test_the_root_is_the_page_for_everybody_and_nothing_else_than_to_be_read(http):
    assert (await get(http, "/", accept="*/*"))[0].content_type == "text/html"
    assert (await get(http, "/", "POST", **BROWSER))[0].status == 404
    assert (await get(http, "/", "OPTIONS", **BROWSER))[0].status == 404


async def test_services_keep_their_addresses(http):
    assert (await get(http, "/health", **BROWSER))[0].content_type == "application/json"
    assert (await get(http, "/docs", **BROWSER))[1].count(b"toy") > 3
    assert (await get(http, "/api/v1/toys/7", **BROWSER))[0].status == 200
    assert (await get(http, "/api/v1/toys", "DELETE", **BROWSER))[0].status == 405


async def test_the_policy_lets_the_page_do_what_it_needs_and_nothing_else(http):
    answers = [await get(http, "/", **BROWSER) for _ in range(2)]
    policies = [answer.headers["content-security-policy"] for answer, _ in answers]
    assert policies[0] != policies[1]
    for (answer, body), policy in zip(answers, policies, strict=True):
        nonce = re.search(r"'nonce-([^']+)'", policy)[1]
        assert body.count(nonce.encode()) == 2
        told = dict(part.split(" ", 1) for part in policy.split("; "))
        assert told["default-src"] == "'none'"
        assert told["script-src"] == told["connect-src"] == "'self'"
        assert told["frame-ancestors"] == told["base-uri"] == "'none'"
        assert "unsafe" not in policy
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_page_that_is_known_is_not_sent_again_and_keeps_its_own_nonce(http):
    first, _ = await get(http, "/", **BROWSER)
    etag = first.headers["etag"]
    for told in (etag, f'"other", {etag}', etag.removeprefix("W/"), "*"):
        answer, body = await get(http, "/talents", **BROWSER, if_none_match=told)
        assert (answer.status, body, answer.headers["etag"]) == (304, b"", etag)
        assert "content-security-policy" not in answer.headers
    assert (await get(http, "/", **BROWSER, if_none_match='"other"'))[0].status == 200


async def test_files_are_kept_for_ever_where_their_name_changes_with_them(http):
    answer, body = await get(http, "/assets/main-1a2b.js")
    assert (answer.status, body) == (200, SCRIPT)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    icon, _ = await get(http, "/icon.svg", accept="image/*")
    assert (icon.headers["cache-control"], icon.content_type) == ("no-cache", "image/svg+xml")
    again, _ = await get(http, "/icon.svg", if_none_match=icon.headers["etag"])
    assert (again.status, again.headers["vary"]) == (304, "accept-encoding")


@pytest.mark.parametrize(("asked", "coding"), [("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0, *;q=0.1", "gzip")])
async def test_files_come_in_the_coding_that_is_asked_for(http, asked, coding):
    answer, body = await get(http, "/assets/main-1a2b.js", accept_encoding=asked)
    assert (answer.headers["content-encoding"], answer.headers["vary"]) == (coding, "accept-encoding")
    assert int(answer.headers["content-length"]) == len(body)
    assert (gzip.decompress(body) == SCRIPT) if coding == "gzip" else (body == b"brotli of the script")
    plain, _ = await get(http, "/assets/main-1a2b.js", accept_encoding="identity")
    assert plain.headers["etag"] != answer.headers["etag"]


@pytest.mark.parametrize("path", ["/", "/assets/main-1a2b.js", "/icon.svg"])
async def test_head_is_get_without_its_body(http, path):
    whole, body = await get(http, path, **BROWSER)
    head, nothing = await get(http, path, "HEAD", **BROWSER)
    assert (head.status, nothing) == (200, b"")
    assert head.headers["content-length"] == str(len(body))
    for name in ("etag", "cache-control", "content-type"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/assets/%2e%2e%5csecret.txt",
        "//secret.txt",
        "/.vite/manifest.json",
        "/assets/main-1a2b.js.gz",
        "/assets/main-1a2b.js%00.svg",
        "/assets/",
        "*",
    ],
)
async def test_no_address_leads_out_of_what_was_read(http, target):
    where = urlsplit(str(http._base_url))
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    writer.write(f"GET {target} HTTP/1.1\r\nhost: {where.netloc}\r\nconnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400"))
    assert b"not yours" not in answer


async def test_other_sites_may_link_here_but_not_load_or_frame(http):
    link = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}
    assert (await get(http, "/talents", **BROWSER, **link))[0].status == 200
    script = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}
    assert (await get(http, "/assets/main-1a2b.js", **script))[0].status == 403
    assert (await get(http, "/", **BROWSER, host="evil.example"))[0].status == 421


async def test_pages_are_counted_as_one(http):
    for path in ("/", "/a", "/b"):
        await get(http, path, **BROWSER)
    _, told = await get(http, "/metrics")
    assert re.search(rb'_count\{operation="page",service="toy-service",status="200"\} 3\.0', told)


async def test_where_nothing_was_built_the_page_says_how(tmp_path):
    async with served(tmp_path) as address, aiohttp.ClientSession(address) as http:
        answer, body = await get(http, "/talents", **BROWSER)
        head, nothing = await get(http, "/", "HEAD")
        missing, _ = await get(http, "/assets/main-1a2b.js", **BROWSER)
    told = body.decode()
    assert (answer.status, answer.content_type) == (503, "text/html")
    assert answer.headers["cache-control"] == "no-store"
    assert "tools/build_web.sh" in told
    assert "not built" in told
    assert "还没有构建" in told
    nonce = re.search(r"'nonce-([^']+)'", answer.headers["content-security-policy"])[1]
    assert f'<style nonce="{nonce}">' in told
    assert (head.status, nothing, missing.status) == (503, b"", 404)
