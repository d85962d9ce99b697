"""A raw service behind the forwarder, which keeps what it was sent, and the front that forwards to it."""

import asyncio
import json
import socket
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace

from sanic import HTTPResponse, Sanic

from looma.platform.clock import Uuid7
from looma.platform.context import Context, entered
from looma.platform.edge.incoming import EdgeRequest
from looma.platform.errors import LoomaError
from looma.platform.listening import listening
from looma.platform.proxy import Forwarder
from looma.platform.signing import CallerSeal

SEAL = CallerSeal(b"k" * 32)
TOY = SimpleNamespace(service="toy-service", name="toy")
PLAIN = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: text/plain\r\n\r\nok"


@dataclass(frozen=True)
class Got:
    """A request as it came to the upstream."""

    line: str
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for told, value in self.headers if told.lower() == name]

    def one(self, name: str) -> str | None:
        return next(iter(self.all(name)), None)


@dataclass
class Upstream:
    """Answers each request by `answer(reader, writer, got)`, which gives bytes, or None to close."""

    answer: Callable
    got: list[Got] = field(default_factory=list)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a connection has ended."""
    connections: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while (got := await _request(reader)) is not None:
                self.got.append(got)
                told = self.answer(self, reader, writer)
                if asyncio.iscoroutine(told):
                    told = await told
                if told is None:
                    return
                writer.write(told)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            self.gone.set()
            writer.close()


async def _request(reader: asyncio.StreamReader) -> Got | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("utf-8", "surrogateescape")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    line, *lines = head.rstrip("\r\n").split("\r\n")
    headers = [(name, value.strip()) for name, _, value in (one.partition(":") for one in lines)]
    found = Got(line, headers, b"")
    if (length := found.one("content-length")) is not None:
        return Got(line, headers, await reader.readexactly(int(length)))
    assert found.one("transfer-encoding") is None, "the forwarder always says how long a body is"
    return found


@asynccontextmanager
async def forwarding(answer, *, timeout_s=20.0, address=None):
    """An upstream, and the port of a front that forwards every path to it."""
    upstream = Upstream(answer if callable(answer) else lambda *_: answer)
    server = await asyncio.start_server(upstream.serve, "127.0.0.1", 0)
    behind = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    forwarder = Forwarder(address or (lambda _: behind), SEAL, timeout_s=timeout_s)
    at = socket.create_server(("127.0.0.1", 0))
    try:
        async with listening(_front(forwarder), at):
            upstream.address = behind.removeprefix("http://")
            yield upstream, at.getsockname()[1]
    finally:
        await forwarder.close()
        server.close()


def _front(forwarder):
    app = Sanic(f"front-{Uuid7()()[-12:]}", configure_logging=False, request_class=EdgeRequest)
    app.config.TOUCHUP = app.config.ACCESS_LOG = False

    async def handle(request, path=""):
        try:
            with entered(Context(request_id="edge-1")):
                return await forwarder.forward(request, TOY, request.args.get("token"))
        except LoomaError as error:
            told = json.dumps({"error": error.to_wire("en")}).encode()
            return HTTPResponse(told, error.status, None, "application/json")

    app.add_route(handle, "/<path:path>", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"], name="any")
    return app


def told(line, *headers, body=None, host="127.0.0.1"):
    """The bytes of a request."""
    lines = [f"{line} HTTP/1.1", f"host: {host}", *headers]
    if body is not None:
        lines.append(f"content-length: {len(body)}")
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + (body or b"")


async def said(port, data):
    """All bytes that come back for these bytes; the front closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(data.replace(b"\r\n", b"\r\nconnection: close\r\n", 1))
        return await asyncio.wait_for(reader.read(), 30)
    finally:
        writer.close()


def parted(answer):
    """Status, headers as (name, value) and body of raw bytes."""
    head, _, body = answer.partition(b"\r\n\r\n")
    line, *lines = head.decode().split("\r\n")
    return (
        int(line.split()[1]),
        [tuple(one.split(": ", 1)) if ": " in one else (one.rstrip(":"), "") for one in lines],
        body,
    )
