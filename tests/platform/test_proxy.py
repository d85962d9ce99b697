"""What the forwarder carries there and back, over real sockets, and what it refuses to carry."""

import asyncio
import hashlib
import json

import pytest

from looma.platform.context import Caller

from .upstream import PLAIN, SEAL, forwarding, parted, said, told

RAW = "\udcff\udcfe"
GET = told("GET /x")


async def asked(data, answer=PLAIN, **how):
    """(status, headers, body) of one request, and what the upstream was sent."""
    async with forwarding(answer, **how) as (upstream, port):
        return *parted(await said(port, data)), upstream.got


@pytest.mark.parametrize(
    "target",
    [
        "/api/v1/talents/%E4%B8%AD%2F..%2f%25",
        "/a/../b//c/./d",
        "/a;b=c,d/@evil.example:80/",
        "/a?q=%20+&&=&q=%e4%b8%ad",
        "/a?=",
        "/a?next=http://evil.example/?b=c",
        "/%zz/%/%ff%00",
        '/a?b[]={c}|\\^`"<>',
        "//evil.example/a",
    ],
)
async def test_path_and_query_arrive_byte_for_byte(target):
    *_, got = await asked(told(f"GET {target}"))
    assert got[0].line == f"GET {target} HTTP/1.1"


async def test_an_absolute_address_counts_for_its_path_alone():
    async with forwarding(PLAIN) as (upstream, port):
        await said(port, told("GET http://evil.example:81/a%2Fb?c=d"))
    assert upstream.got[0].line == "GET /a%2Fb?c=d HTTP/1.1"
    assert upstream.got[0].all("host") == [upstream.address]


@pytest.mark.parametrize("verb", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
async def test_every_verb_is_passed_on(verb):
    *_, got = await asked(told(f"{verb} /x", body=None if verb in ("GET", "HEAD") else b"{}"))
    assert got[0].line == f"{verb} /x HTTP/1.1"


async def test_a_body_is_not_touched():
    body = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="\xe7\xae\x80.pdf"\r\n\r\n\x00\xff\r\n--b--\r\n'
    )
    for length in (None, len(body)):
        headers = ["Content-Type: multipart/form-data; boundary=b", "Content-Encoding: gzip"]
        if length is None:
            data = told("POST /x", *headers, "transfer-encoding: chunked") + b"%x\r\n%b\r\n0\r\n\r\n" % (
                len(body),
                body,
            )
        else:
            data = told("POST /x", *headers, body=body)
        *_, got = await asked(data)
        assert got[0].body == body
        assert got[0].all("content-length") == [str(len(body))]
        assert got[0].all("transfer-encoding") == []
        assert got[0].all("content-type") == ["multipart/form-data; boundary=b"]
        assert got[0].all("content-encoding") == ["gzip"]


async def test_an_empty_body_is_said_to_be_empty():
    *_, got = await asked(told("POST /x", body=b""))
    assert got[0].all("content-length") == ["0"]
    assert got[0].all("content-type") == []


async def test_large_bodies_pass_both_ways():
    sent = b"0123456789abcdef" * 500_000
    head = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(sent)
    status, headers, body, got = await asked(told("POST /x", body=sent), head + sent)
    assert status == 200
    assert hashlib.sha256(got[0].body).digest() == hashlib.sha256(sent).digest()
    assert hashlib.sha256(body).digest() == hashlib.sha256(sent).digest()
    assert dict(headers)["content-length"] == str(len(sent))


async def test_what_belongs_to_the_client_is_passed_on():
    sent = ["authorization: Bearer a.b.c", "cookie: a=1; looma_token=t", "accept-language: zh-CN", "if-match: \"3\"",
            "idempotency-key: k", "user-agent: curl", "x-own: 1", "x-own: 2", "referer: http://127.0.0.1/"]  # fmt: skip
    *_, got = await asked(told("GET /x", *sent))
    for line in sent:
        name, _, value = line.partition(": ")
        assert value in got[0].all(name)
    assert got[0].all("x-own") == ["1", "2"]
    assert got[0].all("accept") == []


async def test_what_belongs_to_one_hop_is_not():
    sent = ["connection: keep-alive, X-Secret, authorization", "x-secret: s", "authorization: Bearer x", "te: trailers",
            "keep-alive: timeout=5", "proxy-authorization: Basic x", "proxy-connection: x", "trailer: x-t",
            "upgrade: h2c", "origin: http://127.0.0.1", "sec-fetch-site: same-origin", "sec-fetch-mode: cors",
            "sec-fetch-dest: empty", "sec-fetch-user: ?1"]  # fmt: skip
    async with forwarding(PLAIN) as (upstream, port):
        await said(port, told("GET /x", *sent))
    names = {name.lower() for name, _ in upstream.got[0].headers}
    assert names <= {"host", "x-request-id", "x-request-timeout", "x-forwarded-for", "x-forwarded-proto", "connection"}
    assert upstream.got[0].all("host") == [upstream.address]


async def test_the_edge_tells_who_asked_and_for_how_long():
    sent = ["x-request-id: theirs", "x-request-timeout: 7", "x-forwarded-for: 203.0.113.9", "x-forwarded-proto: https"]
    *_, got = await asked(told("GET /x", *sent))
    assert got[0].all("x-request-id") == ["edge-1"]
    assert got[0].all("x-forwarded-for") == ["203.0.113.9, 127.0.0.1"]
    assert got[0].all("x-forwarded-proto") == ["https"]
    assert 0 < float(got[0].one("x-request-timeout")) <= 7
    *_, got = await asked(told("GET /x", "x-request-timeout: nan", "x-forwarded-proto: gopher"), timeout_s=15.0)
    assert 0 < float(got[0].one("x-request-timeout")) <= 15
    assert got[0].all("x-forwarded-proto") == ["http"]


async def test_a_token_that_the_edge_found_goes_as_bearer():
    *_, got = await asked(told("GET /x?token=abc", "authorization: Basic x", "cookie: looma_token=abc"))
    assert got[0].all("authorization") == ["Bearer abc"]


async def test_a_seal_is_opened_here_and_only_what_was_opened_is_sealed_again():
    vera = Caller("other", "vera", frozenset({"viewer"}))
    *_, got = await asked(told("GET /x", f"x-looma-caller: {SEAL.seal(vera)}"))
    assert [SEAL.open(value) for value in got[0].all("x-looma-caller")] == [vera]
    for forged in ("a.b", RAW, SEAL.seal(vera)[:-1]):
        status, _, body, got = await asked(told("GET /x", f"x-looma-caller: {forged}"))
        assert (status, json.loads(body)["error"]["code"], got) == (401, "request.unauthenticated", [])
    *_, got = await asked(GET)
    assert got[0].all("x-looma-caller") == []


async def test_the_answer_comes_back_as_it_was():
    sent = (
        b'HTTP/1.1 418 Teapot\r\nSet-Cookie: a=1\r\nset-cookie: b=2; HttpOnly\r\ncontent-type: x/y\r\netag: "3"\r\n'
        b"content-encoding: gzip\r\nconnection: keep-alive, x-hop\r\nx-hop: 1\r\nkeep-alive: timeout=5\r\n"
        b"x-service-name: toy-service\r\ncontent-length: 4\r\n\r\n\x1f\x8b\x00\xff"
    )
    status, headers, body, _ = await asked(GET, sent)
    assert (status, body) == (418, b"\x1f\x8b\x00\xff")
    assert [value for name, value in headers if name == "set-cookie"] == ["a=1", "b=2; HttpOnly"]
    kept = dict(headers)
    assert (kept["content-type"], kept["etag"], kept["content-encoding"]) == ("x/y", '"3"', "gzip")
    assert (kept["x-service-name"], kept["content-length"]) == ("toy-service", "4")
    assert {"x-hop", "keep-alive", "transfer-encoding"}.isdisjoint(kept)


async def test_an_answer_of_unknown_length_ends_where_it_ended():
    chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    _, headers, body, _ = await asked(GET, chunked)
    assert dict(headers)["transfer-encoding"] == "chunked"
    assert b"".join(body.split(b"\r\n")[1::2]) == b"abcde"
    assert body.endswith(b"0\r\n\r\n")


@pytest.mark.parametrize("status", [204, 304])
async def test_an_answer_without_a_body(status):
    got, headers, body, _ = await asked(GET, b'HTTP/1.1 %d X\r\netag: "1"\r\n\r\n' % status)
    assert (got, body, dict(headers)["etag"]) == (status, b"", '"1"')


async def test_head_says_how_long_the_answer_would_be():
    sent = b"HTTP/1.1 200 OK\r\ncontent-length: 12345\r\ncontent-type: text/plain\r\n\r\n"
    status, headers, body, _ = await asked(told("HEAD /x"), sent)
    assert (status, dict(headers)["content-length"], body) == (200, "12345", b"")


async def test_a_redirect_is_passed_on_not_followed():
    sent = b"HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n"
    status, headers, _, got = await asked(GET, sent)
    assert (status, dict(headers)["location"], len(got)) == (302, "/elsewhere", 1)


async def test_connections_are_kept():
    async with forwarding(PLAIN) as (upstream, port):
        for _ in range(3):
            await said(port, GET)
    assert (len(upstream.got), upstream.connections) == (3, 1)


# -- streams ----------------------------------------------------------------------------------------------------------

EVENTS = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"


async def test_an_event_arrives_before_the_next_one_is_made():
    more = asyncio.Event()

    async def answer(_upstream, _reader, writer):
        writer.write(EVENTS)
        await more.wait()
        writer.write(b"7\r\ndata: 1\r\n")
        more.clear()
        await more.wait()
        return b"7\r\ndata: 2\r\n0\r\n\r\n"

    async with forwarding(answer) as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET)
        assert b"text/event-stream" in await reader.readuntil(b"\r\n\r\n")  # before the first event
        more.set()
        assert b"data: 1" in await reader.readuntil(b"data: 1")
        more.set()
        assert (await reader.readuntil(b"0\r\n\r\n")).endswith(b"data: 2\r\n0\r\n\r\n")
        writer.write(GET)  # the connection serves on
        assert b"200" in await reader.readline()
        writer.close()


async def test_many_open_streams_keep_nobody_waiting():
    async def answer(upstream, reader, writer):
        if "stream" not in upstream.got[-1].line:
            return PLAIN
        writer.write(EVENTS)
        assert await reader.read() == b""
        return None

    async with forwarding(answer) as (_, port):
        streams = []
        for _ in range(110):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(told("GET /stream"))
            await reader.readuntil(b"\r\n\r\n")
            streams.append(writer)
        assert parted(await said(port, GET))[0] == 200
        for writer in streams:
            writer.close()


async def test_a_client_that_goes_away_ends_the_stream():
    async def answer(_upstream, reader, writer):
        writer.write(EVENTS + b"7\r\ndata: 1\r\n")
        assert await reader.read() == b""

    async with forwarding(answer) as (upstream, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET)
        await reader.readuntil(b"data: 1")
        writer.close()
        await asyncio.wait_for(upstream.gone.wait(), 20)


async def test_a_client_that_goes_away_ends_the_waiting():
    came = asyncio.Event()

    async def answer(_upstream, reader, _writer):
        came.set()
        assert await reader.read() == b""

    async with forwarding(answer) as (upstream, port):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET)
        await asyncio.wait_for(came.wait(), 20)
        writer.close()
        await asyncio.wait_for(upstream.gone.wait(), 20)


async def test_nothing_is_read_faster_than_the_client_reads():
    total, sent, done = 48 * 1024 * 1024, 0, asyncio.Event()

    async def answer(_upstream, _reader, writer):
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % total)
        while sent < total:
            writer.write(b"x" * 65536)
            sent += 65536
            await writer.drain()
        done.set()
        return b""

    async with forwarding(answer) as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=65536)
        writer.write(GET)
        await reader.readuntil(b"\r\n\r\n")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(done.wait(), 0.5)
        left = total
        while left:
            left -= len(await reader.read(1 << 20))
        await asyncio.wait_for(done.wait(), 20)
        writer.close()


@pytest.mark.parametrize("length", [b"content-length: 1000000", b"transfer-encoding: chunked"])
async def test_what_breaks_off_breaks_off_for_the_client(length, caplog):
    async def answer(_upstream, _reader, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n%b\r\n\r\n7\r\ndata: 1\r\n" % length)

    async with forwarding(answer) as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET)
        head = await reader.readuntil(b"\r\n\r\n")
        try:
            rest = await asyncio.wait_for(reader.read(), 20)
        except ConnectionResetError:
            rest = b""
        assert b"200" in head
        assert not rest.endswith(b"0\r\n\r\n")
        assert len(rest) < 1000
        writer.close()
    assert [line.message for line in caplog.records if line.levelname == "ERROR"] == []


# -- what is out of reach ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [None, "http://127.0.0.1:1"])
async def test_a_service_out_of_reach_is_named(address):
    status, _, body, _ = await asked(GET, address=lambda _: address)
    error = json.loads(body)["error"]
    assert (status, error["code"], error["details"]["what"]) == (503, "request.unavailable", "toy-service")


@pytest.mark.parametrize(
    "answer",
    [
        b"who are you?\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef",
        b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        lambda *_: None,
    ],
)
async def test_an_answer_that_is_none_is_no_answer(answer):
    status, _, body, _ = await asked(GET, answer)
    assert (status, json.loads(body)["error"]["code"]) == (503, "request.unavailable")


async def test_a_small_answer_that_breaks_off_is_no_answer():
    async def answer(_upstream, _reader, writer):
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc")

    status, _, body, _ = await asked(GET, answer)
    assert (status, json.loads(body)["error"]["code"]) == (503, "request.unavailable")


async def test_no_answer_in_time_is_told():
    async def answer(_upstream, reader, _writer):
        assert await reader.read() == b""

    async with forwarding(answer) as (upstream, port):
        status, _, body = parted(await said(port, told("GET /x", "x-request-timeout: 0.05")))
        await asyncio.wait_for(upstream.gone.wait(), 20)
    assert (status, json.loads(body)["error"]["code"]) == (503, "request.timed_out")


@pytest.mark.parametrize(
    ("verb", "status", "times"),
    [("GET", 200, 3), ("HEAD", 200, 3), ("POST", 503, 2), ("PUT", 503, 2), ("DELETE", 503, 2)],
)
async def test_only_what_changes_nothing_is_asked_again(verb, status, times):
    """The upstream closes a kept connection at its second request, without a byte."""

    def answer(upstream, *_):
        return None if len(upstream.got) == 2 else PLAIN.partition(b"ok")[0] if verb == "HEAD" else PLAIN

    async with forwarding(answer) as (upstream, port):
        data = told(f"{verb} /x", body=None if verb in ("GET", "HEAD") else b"{}")
        assert parted(await said(port, data))[0] == 200
        assert parted(await said(port, data))[0] == status
        assert len(upstream.got) == times


async def test_it_is_asked_again_once():
    async with forwarding(lambda upstream, *_: PLAIN if len(upstream.got) == 1 else None) as (upstream, port):
        assert parted(await said(port, GET))[0] == 200
        assert parted(await said(port, GET))[0] == 503
        assert len(upstream.got) == 3


# -- smuggling --------------------------------------------------------------------------------------------------------

INNER = b"GET /smuggled HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"
CHUNKS = b"0\r\n\r\n" + INNER


@pytest.mark.parametrize(
    "sent",
    [
        told("POST /x", "content-length: 5", f"content-length: {len(INNER)}") + INNER,
        told("POST /x", "content-length: 5", "content-length: 5") + INNER,
        told("POST /x", f"content-length: {len(CHUNKS)}", "transfer-encoding: chunked") + CHUNKS,
        told("POST /x", "transfer-encoding: chunked", "content-length: 5") + CHUNKS,
        told("POST /x", "transfer-encoding : chunked", f"content-length: {len(CHUNKS)}") + CHUNKS,
        told("POST /x", "transfer-encoding\t: chunked", f"content-length: {len(CHUNKS)}") + CHUNKS,
        told("POST /x", "transfer-encoding: xchunked") + CHUNKS,
        told("POST /x", "transfer-encoding: gzip, chunked") + CHUNKS,
        told("POST /x", "transfer-encoding: chunked", "transfer-encoding: identity") + CHUNKS,
        told("POST /x", "x: y\ntransfer-encoding: chunked", f"content-length: {len(CHUNKS)}") + CHUNKS,
        told("POST /x", "x: y\rtransfer-encoding: chunked", f"content-length: {len(CHUNKS)}") + CHUNKS,
        told("POST /x", "x: y", " transfer-encoding: chunked", f"content-length: {len(CHUNKS)}") + CHUNKS,
        told("POST /x", "content-length: +5") + INNER,
        told("POST /x", "content-length: 5, 6") + INNER,
        told("POST /x", "content-length: 0x5") + INNER,
        told("GET /x", "x: a\x00b"),
        told("GET /x", "x y: a"),
        told("GET /x", "é: a"),
        told("GET /x", ": a"),
    ],
)  # fmt: skip
async def test_a_request_that_could_be_read_in_two_ways_is_not_passed_on(sent):
    status, _, _, got = await asked(sent)
    assert status == 400
    assert [one.line for one in got] == []


async def test_a_body_that_looks_like_a_request_stays_a_body():
    *_, got = await asked(told("POST /x", body=INNER))
    assert [(one.line, one.body) for one in got] == [("POST /x HTTP/1.1", INNER)]
    chunked = told("POST /x", "Transfer-Encoding: chunked") + b"%x\r\n%b\r\n0\r\n\r\n" % (len(INNER), INNER)
    *_, got = await asked(chunked)
    assert [(one.line, one.body) for one in got] == [("POST /x HTTP/1.1", INNER)]


async def test_bytes_that_are_no_text_do_no_harm():
    *_, got = await asked(told("GET /x", f"x-own: {RAW}", f"cookie: {RAW}"))
    assert got[0].all("x-own") == ["\ufffd\ufffd"]
