"""The HTTP edge: a service becomes a Sanic application. The envelope is made here and nowhere else."""

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from socket import socket
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import MethodNotAllowed, PayloadTooLarge, SanicException
from sanic.exceptions import NotFound as NoRoute
from sanic.response import BaseHTTPResponse

from looma import __version__

from . import openapi, requests
from .catalogue import negotiate
from .clock import Clock, NewId
from .context import LOCAL_OWNER, Context, entered
from .contract import Contract, Operation, Upload
from .envelope import Envelope
from .errors import Invalid, LoomaError, NotFound, TimedOut, Unavailable, WrongMethod
from .peers import local
from .service import Service
from .settings import HttpSettings
from .signing import HEADER, CallerSeal
from .telemetry import Metrics, next_traceparent

App = Sanic[Any, Any]
log = logging.getLogger("looma.edge")
_REQUEST_ID = re.compile(r"[\w.:@=+/-]{1,128}")
GRACE_S = 10.0


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
        app: App = Sanic(f"{self._service.service}-{self._parts.new_id()[-12:]}", configure_logging=False)
        app.config.REQUEST_MAX_SIZE = self._parts.settings.body_mb * 1024 * 1024
        app.config.RESPONSE_TIMEOUT = int(self._parts.settings.timeout_s) + 10
        app.config.GRACEFUL_SHUTDOWN_TIMEOUT = GRACE_S
        app.config.ACCESS_LOG = False
        app.config.TOUCHUP = False  # it rewrites methods of shared classes, once: a second app in the process breaks
        app.config.FALLBACK_ERROR_FORMAT = "json"
        self._by_path = [(re.compile(re.sub(r"{\w+}", "[^/]+", op.path)), op) for op in self._service.operations()]
        for op in self._service.operations():
            path = op.path.replace("{", "<").replace("}", ":str>")
            app.add_route(self._handler(op), path, methods=[op.verb], name=op.name, unquote=True)
        for path, handler in (
            ("/health", self._health),
            ("/ready", self._readiness),
            ("/metrics", self._show_metrics),
            ("/openapi.json", self._document),
            ("/docs", self._docs),
        ):
            app.add_route(self._plain(handler), path, methods=["GET"], name=handler.__name__.strip("_"))
        app.exception(Exception)(self._refused)
        return app

    # -- operations ---------------------------------------------------------------------------------------------------

    def _handler(self, op: Operation) -> Callable[..., Coroutine[Any, Any, Any]]:
        async def handle(request: Request, **path: str) -> Any:
            began = time.perf_counter()
            try:
                with entered(self._context(request)) as here:
                    request.ctx.here = here
                    arguments = requests.arguments(op, _received(request, path))
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
            log.warning("answered %s", error.code, extra={"status": error.status, "operation": operation})
        return HTTPResponse(body, error.status, headers, "application/json")

    async def _streamed(self, request: Request, op: Operation, items: AsyncIterator[Any], began: float) -> None:
        here = request.ctx.here
        first: Any = None
        try:
            first = await anext(items)
        except StopAsyncIteration:
            items = _nothing()
        headers = self._envelope.headers(here, began) | {"cache-control": "no-store"}
        stream: Any = await request.respond(status=op.status, headers=headers, content_type="text/event-stream")
        count = 0
        try:
            async for item in _with_first(first, items):
                count += 1
                await stream.send(b"id: %d\ndata: %b\n\n" % (count, op.gives.dump_json(item)))
        except LoomaError as error:  # the status is gone already: the stream itself has to say it
            await stream.send(b"event: error\ndata: %b\n\n" % requests.dumps(error.to_wire(here.language)))
        await stream.eof()
        self._metrics.observe(op.name, op.status, time.perf_counter() - began)

    # -- contexts -----------------------------------------------------------------------------------------------------

    def _context(self, request: Request) -> Context:
        here = self._known_context(request)
        request.ctx.here = here
        sealed = request.headers.get(HEADER)
        asked = _seconds(request.headers.get("x-request-timeout"), self._parts.settings.timeout_s)
        return Context(
            caller=self._parts.seal.open(sealed) if sealed else LOCAL_OWNER,
            request_id=here.request_id,
            traceparent=next_traceparent(request.headers.get("traceparent")),
            deadline=time.monotonic() + asked,
            language=here.language,
            if_match=requests.version_of(request.headers.get("if-match")),
            idempotency_key=(request.headers.get("idempotency-key") or "")[:200] or None,
        )

    def _known_context(self, request: Request) -> Context:
        """Enough of a context to answer with, also before or without a valid request."""
        if (here := getattr(request.ctx, "here", None)) is not None:
            return here  # type: ignore[no-any-return]
        headers: Any = request.headers or {}
        told = headers.get("x-request-id") or ""
        request_id = told if _REQUEST_ID.fullmatch(told) else self._parts.new_id()
        here = request.ctx.here = Context(request_id=request_id, language=negotiate(headers.get("accept-language")))
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
        except (LoomaError, TimeoutError) as ill:
            error = ill if isinstance(ill, LoomaError) else TimedOut(seconds=5)
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
        if "application/json" in (request.headers.get("accept") or ""):
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
        return self._failed(
            "-", self._as_looma_error(request, error), self._known_context(request), time.perf_counter()
        )

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
                return op.too_large(limit_mb=self._parts.settings.body_mb)
        return Malformed()


class Malformed(Invalid):
    """The request is not proper HTTP, or breaks off."""

    status, code = 400, "request.malformed"


def service_contract(service: Service) -> type[Contract]:
    """The contract that a service keeps."""
    return next(
        base
        for base in type(service).__mro__
        if base.__module__.startswith("looma.contracts")
        or any(hasattr(member, "__wire__") for member in vars(base).values())
    )


def _received(request: Request, path: dict[str, str]) -> requests.Received:
    media_type = (request.headers.get("content-type") or "").split(";")[0].strip().lower()
    query: dict[str, list[str]] = {}
    for name, value in request.get_query_args(keep_blank_values=True):
        query.setdefault(name, []).append(value)
    if media_type not in requests.FORMS:
        return requests.Received(path=path, query=query, media_type=media_type, body=request.body)
    files = {
        name: [Upload(filename=f.name or "", media_type=f.type or "", data=f.body) for f in found]
        for name, found in (request.files or {}).items()
    }
    form = {name: list(values) for name, values in (request.form or {}).items()}
    return requests.Received(path=path, query=query, media_type=media_type, body=request.body, form=form, files=files)


def _seconds(told: str | None, most: float) -> float:
    try:
        return min(most, max(0.0, float(told))) if told else most
    except ValueError:
        return most


async def _nothing() -> AsyncIterator[Any]:
    return
    yield


async def _with_first(first: Any, rest: AsyncIterator[Any]) -> AsyncIterator[Any]:
    if first is not None:
        yield first
    async for item in rest:
        yield item


@asynccontextmanager
async def listening(app: App, at: socket) -> AsyncIterator[None]:
    """Serve `app` on a bound socket around the block; then let requests in flight finish, for `GRACE_S` at most."""
    server: Any = await app.create_server(
        sock=at, return_asyncio_server=True, access_log=False, asyncio_server_kwargs={"start_serving": False}
    )
    if server is None:
        raise RuntimeError("Sanic gave no server")
    await server.startup()
    await server.start_serving()
    try:
        yield
    finally:
        server.server.close()
        deadline = time.monotonic() + GRACE_S
        for connection in list(server.connections):
            connection.close_if_idle()
        while server.connections and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
            for connection in list(server.connections):
                connection.close_if_idle()
        for connection in list(server.connections):
            connection.abort()
        await server.server.wait_closed()
        app.shutdown_tasks(1)
        Sanic.unregister_app(app)
