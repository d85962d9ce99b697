"""Passing a request on to the service that owns it, and its answer back, as both came."""

import asyncio
import math
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import aiohttp
from multidict import CIMultiDict
from sanic import HTTPResponse, Request
from yarl import URL

from . import context
from .contract import Operation
from .errors import Malformed, TimedOut, Unavailable
from .signing import HEADER as SEAL
from .signing import CallerSeal

Headers = CIMultiDict[str]

CONNECT_S = 5
WHOLE_BYTES = 256 * 1024
"""An answer up to this size is passed on whole; a larger one, or one of unknown length, piece by piece."""
_RAW_BODY_BYTES = 512 * 1024
HOP_BY_HOP = frozenset(
    "connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding"
    " upgrade".split()
)
"""RFC 9110 §7.6.1, and what older agents send; those that `Connection` names come on top."""
_OURS = HOP_BY_HOP | {
    "host", "content-length", "expect", "origin", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest",
    "sec-fetch-user", SEAL, "x-request-id", "x-request-timeout", "x-forwarded-for", "x-forwarded-proto", "traceparent",
}  # fmt: skip
"""What is told anew for this hop, or was checked where the request came in."""
_NAME = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)
_BAD_VALUE = re.compile(r"[\x00\r\n]")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Forwarder:
    """Carries requests to other services over pooled connections that live until it is closed."""

    def __init__(self, address: Callable[[str], str | None], seal: CallerSeal, *, timeout_s: float = 60) -> None:
        """`address` gives where a service is, by its full name; None where it cannot be reached."""
        self._address, self._seal, self._timeout_s = address, seal, timeout_s
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Let go of all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def forward(self, request: Request, op: Operation, token: str | None = None) -> HTTPResponse | None:
        """The answer of the service that owns `op`; None when it was streamed to the client already.

        `token` is the access token that the edge found in the request, whatever carried it. Raises `Unavailable` and
        `TimedOut`, and `Malformed` for a request that two readers could understand in two ways.
        """
        if (address := self._address(op.service)) is None:
            raise Unavailable(what=op.service)
        left = _seconds_left(request, self._timeout_s)
        headers = _sent(request, self._resealed(request), token, left)
        url = URL(address.rstrip("/") + _target(request), encoded=True)
        try:
            async with asyncio.timeout(left) as limit:
                answer = await self._ask(request, url, headers)
                try:
                    if _is_small(answer):
                        return _whole(answer, await answer.read())
                except BaseException:
                    answer.close()
                    raise
        except TimeoutError as late:
            if limit.expired():
                raise TimedOut(seconds=round(left, 1)) from late
            raise Unavailable(what=op.service) from late
        except (aiohttp.ClientError, OSError) as lost:
            raise Unavailable(what=op.service) from lost
        await _streamed(request, answer)
        return None

    async def _ask(self, request: Request, url: URL, headers: Headers) -> aiohttp.ClientResponse:
        """The head of the answer. What changes nothing is asked once more when a kept connection was closed."""
        session = self._opened()
        try:
            return await self._send(session, request, url, headers)
        except (aiohttp.ServerDisconnectedError, ConnectionResetError):
            if request.method not in _SAFE:
                raise
        return await self._send(session, request, url, headers)

    async def _send(
        self, session: aiohttp.ClientSession, request: Request, url: URL, headers: Headers
    ) -> aiohttp.ClientResponse:
        body = request.body
        data = None if not body and request.method in _SAFE else body if len(body) < _RAW_BODY_BYTES else BytesIO(body)
        return await session.request(request.method, url, headers=headers, data=data, allow_redirects=False)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),  # one for each request in flight: streams keep theirs for long
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                skip_auto_headers=("user-agent", "accept", "accept-encoding", "content-type"),
            )
            # Its own second try would also repeat PUT and DELETE, whose first answer may only have been lost.
            self._session._retry_connection = False
        return self._session

    def _resealed(self, request: Request) -> str | None:
        """The caller that another service sealed, sealed for this hop; `Unauthenticated` when the seal does not hold.
        What came in is never sent on: only what was opened here is."""
        sealed = request.headers.get(SEAL)
        if sealed is None:
            return None
        return self._seal.seal(self._seal.open(_printable(sealed)))


def _sent(request: Request, seal: str | None, token: str | None, left: float) -> Headers:
    """The headers for the next hop."""
    dropped = _OURS | _named_by_connection(request.headers)
    headers: Headers = CIMultiDict()
    for name, value in request.headers.items():
        if not _NAME.fullmatch(name) or _BAD_VALUE.search(value):
            raise Malformed  # "transfer-encoding : chunked" and the like
        if name not in dropped:
            headers.add(name, _printable(value))
    here = context.current()
    told = {
        "x-request-id": here.request_id,
        "x-request-timeout": f"{left:.3f}",
        "x-forwarded-for": ", ".join([*request.headers.getall("x-forwarded-for", []), request.ip]),
        "x-forwarded-proto": "https" if request.headers.get("x-forwarded-proto") == "https" else "http",
        "traceparent": here.traceparent or request.headers.get("traceparent"),
        "authorization": None if token is None else f"Bearer {token}",
        SEAL: seal,
    }
    for name, value in told.items():
        if value is not None:
            headers[name] = _printable(value)
    return headers


def _named_by_connection(headers: Any) -> frozenset[str]:
    told = ",".join(headers.getall("connection", []))
    return frozenset(name.strip().lower() for name in told.split(",")) if told else frozenset()


def _printable(value: str) -> str:
    """Bytes that are not UTF-8 are replaced, as the edge does when it reads a header."""
    return value if value.isascii() else value.encode(errors="surrogateescape").decode(errors="replace")


def _target(request: Request) -> str:
    """Path and query as they came, percent-encoding and all."""
    raw = request.raw_url.decode("ascii")
    if raw.startswith("/"):
        return raw
    return request.path + (f"?{request.query_string}" if request.query_string else "")  # an absolute address


def _seconds_left(request: Request, most: float) -> float:
    left = context.seconds_left()
    try:
        asked = float(request.headers.get("x-request-timeout") or most)
    except ValueError:
        asked = most
    asked = most if math.isnan(asked) else min(most, max(0.0, asked))
    return asked if left is None else min(asked, left)


def _is_small(answer: aiohttp.ClientResponse) -> bool:
    """Whether the whole answer is at hand soon. One without a body says how long it would be: HEAD, 204, 304."""
    if answer.method == "HEAD" or answer.status in (204, 304):
        return True
    return answer.content_length is not None and answer.content_length <= WHOLE_BYTES


def _whole(answer: aiohttp.ClientResponse, body: bytes) -> HTTPResponse:
    return HTTPResponse(body, answer.status, _given(answer), "application/octet-stream")


async def _streamed(request: Request, answer: aiohttp.ClientResponse) -> None:
    """Piece by piece, no faster than the client reads; what breaks off breaks off for the client too."""
    try:
        stream: Any = await request.respond(
            status=answer.status, headers=_given(answer), content_type="application/octet-stream"
        )
        await stream.send(b"", False)  # the head alone: a stream may be silent for long
        async for piece in answer.content.iter_any():
            await stream.send(piece)
        await stream.eof()
    except (aiohttp.ClientError, OSError):
        transport: Any = request.transport
        transport.abort()
    finally:
        answer.close()


def _given(answer: aiohttp.ClientResponse) -> Any:
    """The headers of the answer for the client."""
    dropped = HOP_BY_HOP | _named_by_connection(answer.headers)
    if answer.status in (204, 304):
        dropped |= {"content-length"}
    headers: Headers = CIMultiDict()
    for name, value in answer.headers.items():
        if (low := name.lower()) not in dropped:
            headers.add(low, value)
    return headers
