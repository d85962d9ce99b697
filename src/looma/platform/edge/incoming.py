"""What comes in: a Sanic request as the parts that an operation, a context and a check of credentials are made of."""

import asyncio
import math
from typing import Any
from urllib.parse import unquote_to_bytes

from sanic import Request

from .. import forms, requests
from ..contract import Operation
from ..credentials import COOKIE, Shown
from ..errors import Malformed, Unsupported
from ..signing import HEADER

UNREAD = "NONE"
"""The verb of Sanic's stand-in for a request that could not be read."""


class EdgeRequest(Request):
    """Sanic's request, where Sanic would answer nothing at all or wait for ever."""

    def __init__(self, url_bytes: bytes, headers: Any, version: str, method: str, *more: Any, **named: Any) -> None:
        # An address that is wrong would raise again.
        super().__init__(b"*" if method == UNREAD else url_bytes, headers, version, method, *more, **named)

    async def receive_body(self) -> None:
        """The whole body; `Malformed` when it takes longer than any request may."""
        try:
            async with asyncio.timeout(self.app.config.REQUEST_TIMEOUT):
                await super().receive_body()  # type: ignore[no-untyped-call]
        except TimeoutError as slow:
            stream: Any = self.stream
            stream.request_max_size, stream.keep_alive = 0, False  # the rest is not waited for either
            raise Malformed from slow


def header(request: Request, name: str) -> str | None:
    """A header as text; bytes that are not UTF-8 are replaced, so that they can be compared, logged and told."""
    value: str | None = request.headers.get(name)
    return None if value is None else value.encode(errors="surrogateescape").decode(errors="replace")


def shown(request: Request) -> Shown:
    """What the request shows of its sender. Which page a browser sent it for was compared with `Host` before."""
    return Shown(
        verb=request.method,
        seal=header(request, HEADER),
        authorization=header(request, "authorization"),
        cookie=request.cookies.get(COOKIE) if "cookie" in request.headers else None,
        own_page=header(request, "origin") is not None or header(request, "sec-fetch-site") == "same-origin",
    )


def received(request: Request, op: Operation, path: dict[str, str]) -> requests.Received:
    """The request decoded as far as HTTP goes. Raises `Malformed` or `Unsupported`."""
    content_type = header(request, "content-type") or ""
    if (coding := (header(request, "content-encoding") or "").lower()) not in ("", "identity"):
        raise Unsupported(kind=coding, expected="content-encoding: identity")
    media_type = forms.media_type(content_type)
    takes_form = media_type in requests.FORMS and op.placed("upload", "uploads")
    form = forms.parse(content_type, request.body) if takes_form else forms.Form()
    return requests.Received(
        path=path,
        query=_query(request),
        media_type=media_type,
        body=request.body,
        form=form.fields,
        files=form.files,
    )


def seconds(told: str | None, most: float) -> float:
    """How long the sender waits, between nothing and `most`; `most` when it does not say so."""
    try:
        asked = float(told) if told else most
    except ValueError:
        return most
    return most if math.isnan(asked) else min(most, max(0.0, asked))


def event_id(told: str | None) -> int | None:
    """The ``Last-Event-ID`` of a reader that connects again; None for one that is not ours."""
    return int(told) if told and told.isascii() and told.isdigit() and len(told) <= 18 else None


def _query(request: Request) -> dict[str, list[str]]:
    """The query parameters; `Malformed` where the address is not UTF-8."""
    try:
        unquote_to_bytes(request.raw_url).decode()
    except UnicodeDecodeError as bad:
        raise Malformed from bad
    query: dict[str, list[str]] = {}
    for name, value in request.get_query_args(keep_blank_values=True):
        query.setdefault(name, []).append(value)
    return query
