"""One service as a Sanic application: its operations, those that it passes on, and how each is answered."""

import logging
import re
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import MethodNotAllowed, PayloadTooLarge, SanicException
from sanic.exceptions import NotFound as NoRoute
from sanic.response import BaseHTTPResponse

from looma import __version__

from .. import origins, requests
from ..catalogue import negotiate
from ..clock import Clock, NewId
from ..context import Context, entered
from ..contract import Contract, Operation
from ..credentials import Credentials, clear_cookie, set_cookie, token_of
from ..envelope import Envelope
from ..errors import LoomaError, Malformed, NotFound, Unavailable, WrongMethod
from ..peers import local
from ..proxy import Forwarder
from ..service import Service
from ..settings import HttpSettings
from ..telemetry import Metrics, next_traceparent
from . import incoming
from .incoming import UNREAD, EdgeRequest, header
from .standing import Standing


class App(Sanic[Any, Any]):
    """Sanic without its signals about every request: nobody listens, and each costs a search in their router."""

    def dispatch(self, event: str, **how: Any) -> Coroutine[Any, Any, Any]:
        return _nothing() if event.startswith("http.") else super().dispatch(event, **how)


async def _nothing() -> None:
    return None


log = logging.getLogger("looma.edge")
_REQUEST_ID = re.compile(r"[\w.:@=+/-]{1,128}", re.ASCII)


@dataclass(frozen=True)
class EdgeParts:
    """What an edge needs besides its service."""

    settings: HttpSettings
    credentials: Credentials
    clock: Clock
    new_id: NewId
    forwarder: Forwarder | None = None
    foreign: tuple[Operation, ...] = ()
    """Public operations of other services, which are answered here too."""
    near: Mapping[str, Contract] = field(default_factory=dict)
    """Those of the other services that are in this process: they are called, `forwarder` carries the rest there."""
    pages: Callable[[Request], HTTPResponse | None] | None = None
    """What browsers get at addresses that are nobody's; it gives None where they get nothing either."""


@dataclass(frozen=True)
class _Offered:
    """An operation, who carries it out, and whose name is on the answer."""

    op: Operation
    by: Contract
    envelope: Envelope


def application(service: Service, parts: EdgeParts) -> App:
    """The Sanic application that serves one service."""
    return _Edge(service, parts).app


class _Edge:
    def __init__(self, service: Service, parts: EdgeParts) -> None:
        self._service, self._parts = service, parts
        self._metrics = Metrics(service.service)
        self._envelope = Envelope(service.service, __version__)
        self._guarded = local(service_contract(service), lambda: service)
        self.app = self._mounted()

    def _mounted(self) -> App:
        # A Sanic app's name is its identity in a process-wide registry; several compositions may live in one process.
        app = App(
            f"{self._service.service}-{self._parts.new_id()[-12:]}", configure_logging=False, request_class=EdgeRequest
        )
        app.config.REQUEST_MAX_SIZE = self._parts.settings.body_mb * 1024 * 1024
        app.config.REQUEST_TIMEOUT = int(self._parts.settings.timeout_s) + 1
        app.config.RESPONSE_TIMEOUT = int(self._parts.settings.timeout_s) + 10
        app.config.ACCESS_LOG = False
        app.config.TOUCHUP = False  # it rewrites methods of shared classes, once: a second app in the process breaks
        app.config.FALLBACK_ERROR_FORMAT = "json"
        own, foreign = self._service.operations(), self._parts.foreign
        self._by_path = [(re.compile(re.sub(r"{\w+}", "[^/]+", op.path)), op) for op in (*own, *foreign)]
        for op in own:
            self._mount(app, op, self._handler(_Offered(op, self._guarded, self._envelope)), op.name)
        for op in foreign:
            near = self._parts.near.get(op.service)
            called = near and self._handler(_Offered(op, near, Envelope(op.service, __version__)))
            self._mount(app, op, called or self._forwarding(op), f"{op.service}_{op.name}")
        contract = service_contract(self._service)
        standing = Standing(
            self._service, contract, foreign, self._envelope, self._metrics, self._parts.clock, self._known_context
        )
        for path, handler in standing.handlers().items():
            app.add_route(handler, path, methods=["GET", "HEAD"], name=path[1:].partition(".")[0])
        app.on_request(self._admit)
        app.exception(Exception)(self._refused)
        return app

    def _mount(self, app: App, op: Operation, handler: Callable[..., Any], name: str) -> None:
        path = op.path.replace("{", "<").replace("}", ":str>")
        verbs = [op.verb, "HEAD"] if op.verb == "GET" and not op.streams else [op.verb]
        app.add_route(handler, path, methods=verbs, name=name, unquote=True)

    # -- operations ---------------------------------------------------------------------------------------------------

    def _handler(self, offered: _Offered) -> Callable[..., Coroutine[Any, Any, Any]]:
        op = offered.op

        async def handle(request: Request, **path: str) -> Any:
            began = time.perf_counter()
            try:
                with entered(await self._context(request, op)) as here:
                    request.ctx.here = here
                    arguments = requests.arguments(op, incoming.received(request, op, path))
                    result = getattr(offered.by, op.name)(**arguments)
                    if op.streams:
                        return await self._streamed(request, offered, result, began)
                    return self._answered(offered, await result, here, began)
            except LoomaError as error:
                return self._failed(op.name, error, self._known_context(request), began, offered.envelope)

        return handle

    def _forwarding(self, op: Operation) -> Callable[..., Coroutine[Any, Any, Any]]:
        """Pass the request on. Its sender is found out where it is answered; only what a browser says of the page that
        it comes from is looked at here, since here is where the browser sent it."""

        async def handle(request: Request, **_path: str) -> Any:
            began = time.perf_counter()
            here = self._known_context(request)
            try:
                token = None if op.signs else token_of(incoming.shown(request))
                if self._parts.forwarder is None:
                    raise Unavailable(what=op.service)
                with entered(here):
                    answer = await self._parts.forwarder.forward(request, op, token)
            except LoomaError as error:
                return self._failed(f"{op.service}.{op.name}", error, here, began)
            status = op.status if answer is None else answer.status
            self._metrics.observe(f"{op.service}.{op.name}", status, time.perf_counter() - began)
            return answer

        return handle

    def _answered(self, offered: _Offered, result: Any, here: Context, began: float) -> HTTPResponse:
        op = offered.op
        body, headers = offered.envelope.success(op, result, here, began, self._parts.clock())
        if op.signs is not None:
            headers["cache-control"] = "no-store"
            signed_in = op.signs == "in"
            headers["set-cookie"] = (
                set_cookie(result.access_token.get_secret_value(), result.expires_in) if signed_in else clear_cookie()
            )
        self._metrics.observe(op.name, op.status, time.perf_counter() - began)
        return HTTPResponse(body, op.status, headers, "application/json")

    def _failed(
        self, operation: str, error: LoomaError, here: Context, began: float, envelope: Envelope | None = None
    ) -> HTTPResponse:
        body, headers = (envelope or self._envelope).failure(error, here, began, self._parts.clock())
        self._metrics.observe(operation, error.status, time.perf_counter() - began)
        if error.status >= 500:
            with entered(here):
                log.warning("answered %s", error.code, extra={"status": error.status, "operation": operation})
        return HTTPResponse(body, error.status, headers, "application/json")

    async def _streamed(
        self, request: Request, offered: _Offered, items: AsyncGenerator[Any, None], began: float
    ) -> None:
        op, here = offered.op, request.ctx.here
        async with aclosing(items):  # also when the reader goes away: the service lets go at once
            first = await _first(items)
            headers = offered.envelope.headers(here, began) | {"cache-control": "no-store"}
            stream: Any = await request.respond(status=op.status, headers=headers, content_type="text/event-stream")
            count = 0
            try:
                async for item in _after(first, items):
                    count = getattr(item, "seq", count + 1)  # an item that has a number of its own is found again by it
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
        told = (header(request, name) for name in ("origin", "sec-fetch-site", "sec-fetch-mode"))
        origins.check_origin(request.method, request.headers["host"], *told)

    async def _context(self, request: Request, op: Operation) -> Context:
        here = self._known_context(request)
        asked = incoming.seconds(header(request, "x-request-timeout"), self._parts.settings.timeout_s)
        if_match = requests.version_of(header(request, "if-match"))
        key = requests.key_of(header(request, "idempotency-key"))
        return Context(
            caller=None if op.signs else await self._parts.credentials.caller(incoming.shown(request)),
            request_id=here.request_id,
            traceparent=next_traceparent(header(request, "traceparent")),
            deadline=time.monotonic() + asked,
            language=here.language,
            if_match=None if op.streams else if_match,  # a stream has no condition to keep from its peers
            idempotency_key=None if op.streams else key,
            last_event_id=incoming.event_id(header(request, "last-event-id")) if op.streams else None,
        )

    def _known_context(self, request: Request) -> Context:
        """Enough of a context to answer with, also before or without a valid request."""
        if (here := getattr(request.ctx, "here", None)) is not None:
            return here  # type: ignore[no-any-return]
        told = header(request, "x-request-id") or ""
        request_id = told if _REQUEST_ID.fullmatch(told) else self._parts.new_id()
        language = negotiate(header(request, "accept-language"))
        here = request.ctx.here = Context(request_id=request_id, language=language)
        return here

    # -- what no handler turned into an answer -------------------------------------------------------------------------

    async def _refused(self, request: Request, error: Exception) -> BaseHTTPResponse:
        """Whatever no handler turned into an answer: unknown paths, wrong verbs, bodies too large, broken HTTP."""
        here, began = self._known_context(request), time.perf_counter()
        if isinstance(error, NoRoute) and (page := self._page(request, here, began)) is not None:
            return page
        with entered(here):
            told = self._as_looma_error(request, error)
        return self._failed("-", told, here, began)

    def _page(self, request: Request, here: Context, began: float) -> HTTPResponse | None:
        page = None if self._parts.pages is None else self._parts.pages(request)
        if page is not None:
            page.headers.update(self._envelope.headers(here, began))
            self._metrics.observe("page", page.status, time.perf_counter() - began)
        return page

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


def service_contract(service: Service) -> type[Contract]:
    """The contract that a service keeps."""
    return next(
        base
        for base in type(service).__mro__
        if base.__module__.startswith("looma.contracts")
        or any(hasattr(member, "__wire__") for member in vars(base).values())
    )


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
