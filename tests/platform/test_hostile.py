"""What does not speak HTTP as it should, or comes from where it should not: a code and words, or a clean close."""

import asyncio
import json
import logging
from urllib.parse import urlsplit

import pytest

from looma.platform import requests
from looma.platform.signing import CallerSeal

from .conftest import SEAL, toy_edge
from .toy import ToyAPI

TOO_LARGE = "request.toy_too_large"
JSON = "content-type: application/json"
BODY = b'{"id":"1","name":"x"}'


async def said(address, data, *, breaks_off=False):
    """All bytes that come back for these bytes."""
    at = urlsplit(address)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    try:
        writer.write(data)
        if breaks_off:
            writer.write_eof()
        return await asyncio.wait_for(reader.read(), 20)
    finally:
        writer.close()


def request(line, *headers, body=b"", host="127.0.0.1"):
    told = [line + " HTTP/1.1", f"host: {host}", "connection: close", *headers]
    if body:
        told.append(f"content-length: {len(body)}")
    return "\r\n".join(told).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


def read(answer):
    """Status and envelope."""
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


@pytest.fixture
def _quiet(caplog):
    """Nothing of all this is an unexpected error of ours."""
    yield
    assert [line for line in caplog.records if line.levelno >= logging.ERROR] == []


RAW = "\udcff\udcfe"
"""Two bytes that are no UTF-8, as `surrogateescape` writes them."""


@pytest.mark.usefixtures("_quiet")
@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"\x00\x01\r\n\r\n", 400, "request.malformed"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "request.malformed"),
        (b"GET /health HTTP/9.9\r\n\r\n", 400, "request.malformed"),
        (b"GET /health HTTP/1.1\r\nno colon\r\n\r\n", 400, "request.malformed"),
        (request("GET /api/v1/toys/\x00"), 400, "request.malformed"),
        (request("CONNECT example.com:443"), 400, "request.malformed"),
        (request("GET /" + "a" * 9000), 400, "request.malformed"),
        (request("GET /api/v1/toys/%ff"), 400, "request.malformed"),
        (request("GET /api/v1/toys/%ed%a0%80"), 400, "request.malformed"),
        (request("GET /api/v1/toys?q=%fe"), 400, "request.malformed"),
        (request("GET /api/v1/toys?%fe=1"), 400, "request.malformed"),
        (request("GET /api/v1/toys/中"), 400, "request.malformed"),
        (request("BREW /api/v1/toys"), 405, "request.wrong_method"),
        (request("OPTIONS /api/v1/toys"), 405, "request.wrong_method"),
        (request("GET /api/v1/toy-context", f"x-looma-caller: {RAW}.{RAW}"), 401, "request.unauthenticated"),
        (request("GET /api/v1/toy-context", "x-looma-caller: é.é"), 401, "request.unauthenticated"),
        (request("GET /api/v1/toys/1", "if-match: " + "9" * 30), 422, "request.invalid"),
        (request("GET /api/v1/toys/1", "if-match: 1_0"), 422, "request.invalid"),
        (request("GET /api/v1/toys/1", "if-match: ٣"), 422, "request.invalid"),
        (request("GET /api/v1/toys/1", "if-match: -1"), 422, "request.invalid"),
        (request("GET /api/v1/toys/1", 'if-match: "1", "2"'), 422, "request.invalid"),
        (request("GET /api/v1/toys/1", "idempotency-key: " + "a" * 201), 422, "request.invalid"),
        (request("POST /api/v1/toys", f"content-type: {RAW}", body=BODY), 415, "request.unsupported"),
        (request("POST /api/v1/toys", JSON, "content-encoding: gzip", body=BODY), 415, "request.unsupported"),
        (request("POST /api/v1/toys", JSON, body=b'{"id":"\xff"}'), 422, "request.invalid"),
        (request("POST /api/v1/toys", JSON, body=b'{"id":"\\ud800"}'), 422, "request.invalid"),
        (request("POST /api/v1/toys", JSON, body=b"[" * 50_000), 422, "request.invalid"),
        (request("POST /api/v1/toys", JSON, body=b'{"version":NaN}'), 422, "request.invalid"),
        (request("POST /api/v1/toys", JSON, body=b'{"version":' + b"9" * 9000 + b"}"), 422, "request.invalid"),
        (request("POST /api/v1/toys", JSON, "content-length: -1"), 400, "request.malformed"),
        (request("POST /api/v1/toys", JSON, "content-length: 99999999999"), 413, TOO_LARGE),
        (request("POST /api/v1/toys", JSON, "content-length: 21", body=BODY), 400, "request.malformed"),
        (request("POST /api/v1/toys", JSON, "transfer-encoding: chunked") + b"zz\r\n", 400, "request.malformed"),
        (request("POST /api/v1/toys", JSON, "transfer-encoding: chunked") + b"fffffff\r\nx", 413, TOO_LARGE),
        (request("POST /api/v1/toys", JSON, "expect: tea", body=BODY), 400, "request.malformed"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("tongue", "word"), [("en", "e"), ("zh", "请")])
async def test_what_is_not_proper_gets_a_code_and_words(edge, sent, status, code, tongue, word):
    head, end, body = sent.partition(b"\r\n\r\n")
    sent = head + b"\r\naccept-language: " + tongue.encode() + end + body
    got, told = read(await said(edge, sent))
    assert (got, told["error"]["code"]) == (status, code)
    assert told["status"] == "error"
    assert "Traceback" not in str(told)
    if status in (415, 422) or code == "request.unauthenticated":  # else the header that asks for it is unread
        assert word in told["error"]["message"]


@pytest.mark.usefixtures("_quiet")
@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /heal",
        b"GET /health HTTP/1.1\r\nhost: 127",
        request("POST /api/v1/toys", JSON, "content-length: 100") + BODY,
        request("POST /api/v1/toys", JSON, "transfer-encoding: chunked") + b"5\r\n{",
    ],
)
async def test_what_breaks_off_is_closed(edge, sent):
    assert await said(edge, sent, breaks_off=True) == b""
    assert read(await said(edge, request("GET /ready")))[0] == 200


@pytest.mark.parametrize(
    "header",
    [
        "x-request-timeout: nan",
        "x-request-timeout: inf",
        "x-request-timeout: soon",
        f"x-request-timeout: {RAW}",
        f"accept-language: {RAW};q=nan",
        f"traceparent: {RAW}",
        f"x-request-id: {RAW}",
        f"idempotency-key: {RAW}",
        "if-match: *",
        'if-match: W/"3"',
    ],
)
async def test_an_odd_header_does_no_harm(edge, header):
    status, told = read(await said(edge, request("GET /api/v1/toys/1", header)))
    assert (status, told["data"]["id"]) == (200, "1")


async def test_no_time_left_is_told(edge):
    for seconds in ("0", "-5"):
        _, told = read(await said(edge, request("GET /api/v1/toy-slow", f"x-request-timeout: {seconds}")))
        assert told["error"]["code"] == "request.timed_out"


async def test_a_body_that_does_not_come_is_not_waited_for():
    async with toy_edge(LOOMA_REQUEST_TIMEOUT_S=0.5) as address:
        at = urlsplit(address)
        reader, writer = await asyncio.open_connection(at.hostname, at.port)
        writer.write(request("POST /api/v1/toys", JSON, "content-length: 100"))
        status, told = read(await asyncio.wait_for(reader.read(), 20))
        writer.close()
    assert (status, told["error"]["code"]) == (400, "request.malformed")


async def test_an_old_seal_is_refused(edge, monkeypatch):
    from looma.platform import context, signing

    viewer = context.Caller("other", "vera", frozenset({"viewer"}))
    fresh = SEAL.seal(viewer)
    status, told = read(await said(edge, request("GET /api/v1/toy-context", f"x-looma-caller: {fresh}")))
    assert (status, told["data"]["user"]) == (200, "vera")
    monkeypatch.setattr(signing, "GOOD_FOR_S", -1)
    forged = CallerSeal(b"other key").seal(viewer)
    for seal in (fresh, forged, fresh[:-1], fresh.split(".")[0]):
        status, told = read(await said(edge, request("GET /api/v1/toy-context", f"x-looma-caller: {seal}")))
        assert (status, told["error"]["code"]) == (401, "request.unauthenticated")


OWN = "http://127.0.0.1"


@pytest.mark.parametrize(
    ("verb", "host", "headers", "status", "code"),
    [
        ("GET", "evil.example", [], 421, "request.wrong_host"),
        ("GET", "127.0.0.1.evil.example:80", [], 421, "request.wrong_host"),
        ("GET", "localhost@evil.example", [], 421, "request.wrong_host"),
        ("GET", "10.0.0.1", [], 421, "request.wrong_host"),
        ("GET", "", [], 421, "request.wrong_host"),
        ("GET", "[::1", [], 421, "request.wrong_host"),
        ("GET", RAW, [], 421, "request.wrong_host"),
        ("GET", "127.0.0.1", ["host: evil.example"], 421, "request.wrong_host"),
        ("POST", "127.0.0.1", ["origin: http://evil.example"], 403, "request.cross_site"),
        ("POST", "127.0.0.1", ["origin: null"], 403, "request.cross_site"),
        ("POST", "127.0.0.1", ["origin: http://127.0.0.1:5173"], 403, "request.cross_site"),
        ("POST", "127.0.0.1", ["origin: http://localhost"], 403, "request.cross_site"),
        ("POST", "127.0.0.1", ["origin: http://[bad"], 403, "request.cross_site"),
        ("POST", "127.0.0.1", [f"origin: {RAW}"], 403, "request.cross_site"),
        ("GET", "127.0.0.1", ["origin: http://evil.example", "sec-fetch-site: cross-site"], 403, "request.cross_site"),
        ("GET", "127.0.0.1", ["sec-fetch-site: cross-site", "sec-fetch-mode: no-cors"], 403, "request.cross_site"),
        ("GET", "127.0.0.1", ["sec-fetch-site: same-site"], 403, "request.cross_site"),
        ("POST", "127.0.0.1", ["sec-fetch-site: cross-site", "sec-fetch-mode: navigate"], 403, "request.cross_site"),
    ],
)
async def test_a_page_from_elsewhere_cannot_drive_us(edge, verb, host, headers, status, code):
    for path in ("/api/v1/toys", "/health", "/nowhere"):
        got, told = read(await said(edge, request(f"{verb} {path}", *headers, host=host)))
        if path == "/api/v1/toys" or verb == "GET":
            assert (got, told["error"]["code"]) == (status, code)


@pytest.mark.parametrize(
    ("host", "headers"),
    [
        ("127.0.0.1", []),
        ("127.0.0.1:8888", ["origin: http://127.0.0.1:8888", "sec-fetch-site: same-origin"]),
        ("localhost:8888", ["origin: http://LocalHost:8888"]),
        ("LOCALHOST", ["sec-fetch-site: none", "sec-fetch-mode: navigate"]),
        ("[::1]:8888", ["origin: http://[::1]:8888"]),
        ("127.0.0.1", ["sec-fetch-site: cross-site", "sec-fetch-mode: navigate"]),
    ],
)
async def test_programs_our_pages_and_followed_links_are_served(edge, host, headers):
    assert read(await said(edge, request("GET /api/v1/toys", *headers, host=host)))[0] == 200


async def test_a_form_is_no_way_around_json(edge):
    form = "content-type: application/x-www-form-urlencoded"
    status, told = read(await said(edge, request("GET /api/v1/toys", form, body=b"q=from+a+form")))
    assert (status, told["data"][0]) == (200, "None")
    status, _ = read(await said(edge, request("POST /api/v1/toys", form, body=b"id=1&name=x")))
    assert status == 415


def problems(body):
    make = next(op for op in ToyAPI.operations() if op.name == "make")
    with pytest.raises(requests.Invalid) as told:
        requests.arguments(make, requests.Received(media_type="application/json", body=body))
    return told.value.details["problems"]


def test_an_answer_lists_a_few_problems_of_many():
    many = b"{" + b",".join(b'"k%d":1' % n for n in range(5000)) + b"}"
    assert len(problems(many)) == requests.PROBLEMS
    [*_, long] = problems(b'{"id":"1","name":"x","' + b"k" * 100_000 + b'":1}')
    assert len(long["field"]) <= 200


def test_a_body_of_very_many_values_is_not_looked_into():
    many = b'{"warnings":[' + b"1," * (requests.VALUES + 1) + b"1]}"
    assert [problem["problem"] for problem in problems(many)] == ["too_many_values"]
    text = b'{"id":"1","name":"' + b"a, " * (requests.VALUES + 1) + b'","x":1}'
    assert [problem["problem"] for problem in problems(text)] == ["extra_forbidden"]
