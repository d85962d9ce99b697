"""The HTTP edge: a service becomes a Sanic application. The envelope is made here and nowhere else."""

import asyncio
import logging
import math
import re
import time
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import MethodNotAllowed, PayloadTooLarge, SanicException
from sanic.exceptions import NotFound as NoRoute
from sanic.response import BaseHTTPResponse

from looma import __version__

from . import forms, openapi, origins, requests
from .catalogue import negotiate
from .clock import Clock, NewId
from .context import LOCAL_OWNER, Context, entered
from .contract import Contract, Operation
from .envelope import Envelope
from .errors import LoomaError, Malformed, NotFound, TimedOut, Unavailable, Unsupported, WrongMethod
from .peers import local
from .service import Service
from .settings import HttpSettings
from .signing import HEADER, CallerSeal
from .telemetry import Metrics, next_traceparent

App = Sanic[Any, Any]
log = logging.getLogger("looma.edge")
UNREAD = "NONE"
"""The verb of Sanic's stand-in for a request that could not be read."""
_REQUEST_ID = re.compile(r"[\w.:@=+/-]{1,128}", re.ASCII)


@dataclass(frozen=True)
class EdgeParts:
    """What an edge needs besides its service."""

    settings: HttpSettings
    seal: CallerSeal
    clock: Clock
    new_id: NewId


def application(service: Service, parts: EdgeParts) -> App:
    """The Sanic application that serves one service."""
    return _Edge(service, parts).app


class _Edge:
    def __init__(self, service: Service, parts: EdgeParts) -> None:
        self._service, self._parts = service, parts
        self._metrics = Metrics(service.service)
        self._envelope = Envelope(service.service, __version__)
        self._guarded = local(service_contract(service), lambda: service)
        self._ready = True
        self.app = self._mounted()

    def _mounted(self) -> App:
        # A Sanic app's name is its identity in a process-wide registry; several compositions may live in one process.
        app: App = Sanic(
            f"{self._service.service}-{self._parts.new_id()[-12:]}", configure_logging=False, request_class=_Request
        )
        app.config.REQUEST_MAX_SIZE = self._parts.settings.body_mb * 1024 * 1024
        app.config.REQUEST_TIMEOUT = int(self._parts.settings.timeout_s) + 1
        app.config.RESPONSE_TIMEOUT = int(self._parts.settings.timeout_s) + 10
        app.config.ACCESS_LOG = False
        app.config.TOUCHUP = False  # it rewrites methods of shared classes, once: a second app in the process breaks
        app.config.FALLBACK_ERROR_FORMAT = "json"
        self._by_path = [(re.compile(re.sub(r"{\w+}", "[^/]+", op.path)), op) for op in self._service.operations()]
        for op in self._service.operations():
            path = op.path.replace("{", "<").replace("}", ":str>")
            verbs = [op.verb, "HEAD"] if op.verb == "GET" and not op.streams else [op.verb]
            app.add_route(self._handler(op), path, methods=verbs, name=op.name, unquote=True)
        for path, handler in (
            ("/health", self._health),
            ("/ready", self._readiness),
            ("/metrics", self._show_metrics),
            ("/openapi.json", self._document),
            ("/docs", self._docs),
        ):
            app.add_route(self._plain(handler), path, methods=["GET", "HEAD"], name=handler.__name__.strip("_"))
        app.on_request(self._admit)
        app.exception(Exception)(self._refused)
        return app

    # -- operations ---------------------------------------------------------------------------------------------------

    def _handler(self, op: Operation) -> Callable[..., Coroutine[Any, Any, Any]]:
        async def handle(request: Request, **path: str) -> Any:
            began = time.perf_counter()
            try:
                with entered(self._context(request, op)) as here:
                    request.ctx.here = here
                    arguments = requests.arguments(op, _received(request, op, path))
                    result = getattr(self._guarded, op.name)(**arguments)
                    if op.streams:
                        return await self._streamed(request, op, result, began)
                    return self._answered(op, await result, here, began)
            except LoomaError as error:
                return self._failed(op.name, error, self._known_context(request), began)

        return handle

    def _answered(self, op: Operation, result: Any, here: Context, began: float) -> HTTPResponse:
        body, headers = self._envelope.success(op, result, here, began, self._parts.clock())
        self._metrics.observe(op.name, op.status, time.perf_counter() - began)
        return HTTPResponse(body, op.status, headers, "application/json")

    def _failed(self, operation: str, error: LoomaError, here: Context, began: float) -> HTTPResponse:
        body, headers = self._envelope.failure(error, here, began, self._parts.clock())
        self._metrics.observe(operation, error.status, time.perf_counter() - began)
        if error.status >= 500:
            with entered(here):
                log.warning("answered %s", error.code, extra={"status": error.status, "operation": operation})
        return HTTPResponse(body, error.status, headers, "application/json")

    async def _streamed(self, request: Request, op: Operation, items: AsyncGenerator[Any, None], began: float) -> None:
        here = request.ctx.here
        async with aclosing(items):  # also when the reader goes away: the service lets go at once
            first = await _first(items)
            headers = self._envelope.headers(here, began) | {"cache-control": "no-store"}
            stream: Any = await request.respond(status=op.status, headers=headers, content_type="text/event-stream")
            count = 0
            try:
                async for item in _after(first, items):
                    count += 1
                    await stream.send(b"id: %d\ndata: %b\n\n" % (count, op.gives.dump_json(item)))
            except LoomaError as error:  # the status is gone already: the stream itself has to say it
                await stream.send(b"event: error\ndata: %b\n\n" % requests.dumps(error.to_wire(here.language)))
        await stream.eof()
        self._metrics.observe(op.name, op.status, time.perf_counter() - began)

    # -- contexts -----------------------------------------------------------------------------------------------------

    async def _admit(self, request: Request) -> None:
        """Browsers send what any page tells them to; see `origins`."""
        if request.method == UNREAD:
            return
        origins.check_host(request.headers.getall("host", []))
        told = (_header(request, name) for name in ("origin", "sec-fetch-site", "sec-fetch-mode"))
        origins.check_origin(request.method, request.headers["host"], *told)

    def _context(self, request: Request, op: Operation) -> Context:
        here = self._known_context(request)
        sealed = _header(request, HEADER)
        asked = _seconds(_header(request, "x-request-timeout"), self._parts.settings.timeout_s)
        if_match = requests.version_of(_header(request, "if-match"))
        key = requests.key_of(_header(request, "idempotency-key"))
        return Context(
            caller=self._parts.seal.open(sealed) if sealed else LOCAL_OWNER,
            request_id=here.request_id,
            traceparent=next_traceparent(_header(request, "traceparent")),
            deadline=time.monotonic() + asked,
            language=here.language,
            if_match=None if op.streams else if_match,  # a stream has no condition to keep from its peers
            idempotency_key=None if op.streams else key,
        )

    def _known_context(self, request: Request) -> Context:
        """Enough of a context to answer with, also before or without a valid request."""
        if (here := getattr(request.ctx, "here", None)) is not None:
            return here  # type: ignore[no-any-return]
        told = _header(request, "x-request-id") or ""
        request_id = told if _REQUEST_ID.fullmatch(told) else self._parts.new_id()
        language = negotiate(_header(request, "accept-language"))
        here = request.ctx.here = Context(request_id=request_id, language=language)
        return here

    # -- what every service answers -----------------------------------------------------------------------------------

    def _plain(
        self, handler: Callable[[Request], Coroutine[Any, Any, HTTPResponse]]
    ) -> Callable[..., Coroutine[Any, Any, Any]]:
        async def handle(request: Request) -> HTTPResponse:
            began = time.perf_counter()
            response = await handler(request)
            response.headers.update(self._envelope.headers(self._known_context(request), began))
            return response

        return handle

    async def _health(self, request: Request) -> HTTPResponse:
        status, told = "healthy", {}
        try:
            with entered(self._known_context(request)):
                told = await asyncio.wait_for(self._service.health(), 5)
        except Exception as ill:
            match ill:
                case LoomaError():
                    error = ill
                case TimeoutError():
                    error = TimedOut(seconds=5)
                case _:
                    log.exception("the health of %s cannot be told", self._service.service)
                    error = LoomaError()
            status, told = "unhealthy", {"error": error.to_wire(self._known_context(request).language)}
        body = {
            "status": status,
            "service": self._service.service,
            "version": __version__,
            "timestamp": self._parts.clock().isoformat(),
            "dependencies": told,
        }
        return HTTPResponse(requests.dumps(body), 200 if status == "healthy" else 503, None, "application/json")

    async def _readiness(self, _request: Request) -> HTTPResponse:
        body = {"ready": self._ready, "service": self._service.service}
        return HTTPResponse(requests.dumps(body), 200 if self._ready else 503, None, "application/json")

    async def _show_metrics(self, request: Request) -> HTTPResponse:
        if "application/json" in (_header(request, "accept") or ""):
            return HTTPResponse(requests.dumps({"metrics": self._metrics.samples()}), 200, None, "application/json")
        return HTTPResponse(self._metrics.text(), 200, None, "text/plain; version=0.0.4; charset=utf-8")

    async def _document(self, _request: Request) -> HTTPResponse:
        document = openapi.describe(service_contract(self._service), __version__)
        return HTTPResponse(requests.dumps(document), 200, None, "application/json")

    async def _docs(self, request: Request) -> HTTPResponse:
        language = self._known_context(request).language
        html = openapi.page(service_contract(self._service), __version__, language)
        headers = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}
        return HTTPResponse(html.encode(), 200, headers, "text/html; charset=utf-8")

    async def _refused(self, request: Request, error: Exception) -> BaseHTTPResponse:
        """Whatever no handler turned into an answer: unknown paths, wrong verbs, bodies too large, broken HTTP."""
        here = self._known_context(request)
        with entered(here):
            told = self._as_looma_error(request, error)
        return self._failed("-", told, here, time.perf_counter())

    def _as_looma_error(self, request: Request, error: Exception) -> LoomaError:
        match error:
            case LoomaError():
                return error
            case MethodNotAllowed():
                allowed = ", ".join(sorted(set(error.headers.get("Allow", "").split(", ")) - {"", "OPTIONS", "HEAD"}))
                return WrongMethod(verb=request.method, allowed=allowed)
            case NoRoute():
                return NotFound()
            case PayloadTooLarge():
                return self._too_large(request)
            case SanicException() if error.status_code < 500:
                return Malformed()
            case SanicException() if error.status_code == 503:
                return Unavailable(what=self._service.service)
        log.error("unexpected", exc_info=error)
        return LoomaError()

    def _too_large(self, request: Request) -> LoomaError:
        """In the words of the operation that was meant."""
        path = request.path
        for pattern, op in self._by_path:
            if op.verb == request.method and pattern.fullmatch(path):
                return op.too_large(limit_mb=op.too_large.limit_mb or self._parts.settings.body_mb)
        return Malformed()


class _Request(Request):
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


def service_contract(service: Service) -> type[Contract]:
    """The contract that a service keeps."""
    return next(
        base
        for base in type(service).__mro__
        if base.__module__.startswith("looma.contracts")
        or any(hasattr(member, "__wire__") for member in vars(base).values())
    )


def _header(request: Request, name: str) -> str | None:
    """A header as text; bytes that are not UTF-8 are replaced, so that they can be compared, logged and told."""
    value: str | None = request.headers.get(name)
    return None if value is None else value.encode(errors="surrogateescape").decode(errors="replace")


def _received(request: Request, op: Operation, path: dict[str, str]) -> requests.Received:
    content_type = _header(request, "content-type") or ""
    if (coding := (_header(request, "content-encoding") or "").lower()) not in ("", "identity"):
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


def _seconds(told: str | None, most: float) -> float:
    try:
        asked = float(told) if told else most
    except ValueError:
        return most
    return most if math.isnan(asked) else min(most, max(0.0, asked))


async def _first(items: AsyncGenerator[Any, None]) -> list[Any]:
    """The first item, waited for before the status is sent: an error is told by the status then."""
    try:
        return [await anext(items)]
    except StopAsyncIteration:
        return []


async def _after(first: list[Any], rest: AsyncGenerator[Any, None]) -> AsyncGenerator[Any, None]:
    for item in first:
        yield item
    async for item in rest:
        yield item
