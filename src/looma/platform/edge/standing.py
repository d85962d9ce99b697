"""What every service answers besides its operations: health, readiness, metrics, its documents."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from sanic import HTTPResponse, Request

from looma import __version__

from .. import openapi, requests
from ..clock import Clock
from ..context import Context, entered
from ..contract import Contract, Operation
from ..envelope import Envelope
from ..errors import LoomaError, TimedOut
from ..service import Service
from ..telemetry import Metrics
from .incoming import header

Handler = Callable[..., Coroutine[Any, Any, HTTPResponse]]
log = logging.getLogger("looma.edge")
HEALTH_S = 5


@dataclass(frozen=True)
class Standing:
    """The standing answers of one service."""

    service: Service
    contract: type[Contract]
    also: tuple[Operation, ...]
    """Operations of other services that can be asked for here."""
    envelope: Envelope
    metrics: Metrics
    clock: Clock
    context: Callable[[Request], Context]

    def handlers(self) -> dict[str, Handler]:
        """Path → handler."""
        plain = {
            "/health": self._health,
            "/ready": self._readiness,
            "/metrics": self._show_metrics,
            "/openapi.json": self._document,
            "/docs": self._docs,
        }
        return {path: self._plain(handler) for path, handler in plain.items()}

    def _plain(self, handler: Callable[[Request], Coroutine[Any, Any, HTTPResponse]]) -> Handler:
        async def handle(request: Request) -> HTTPResponse:
            began = time.perf_counter()
            response = await handler(request)
            response.headers.update(self.envelope.headers(self.context(request), began))
            return response

        return handle

    async def _health(self, request: Request) -> HTTPResponse:
        status, told = "healthy", {}
        try:
            with entered(self.context(request)):
                told = await asyncio.wait_for(self.service.health(), HEALTH_S)
        except Exception as ill:  # noqa: BLE001 - whatever it is, it is told, and logged where it is a surprise
            status = "unhealthy"
            told = {"error": self._error(ill).to_wire(self.context(request).language)}
        body = {
            "status": status,
            "service": self.service.service,
            "version": __version__,
            "timestamp": self.clock().isoformat(),
            "dependencies": told,
        }
        return HTTPResponse(requests.dumps(body), 200 if status == "healthy" else 503, None, "application/json")

    def _error(self, ill: Exception) -> LoomaError:
        match ill:
            case LoomaError():
                return ill
            case TimeoutError():
                return TimedOut(seconds=HEALTH_S)
        log.error("the health of %s cannot be told", self.service.service, exc_info=ill)
        return LoomaError()

    async def _readiness(self, _request: Request) -> HTTPResponse:
        body = {"ready": True, "service": self.service.service}
        return HTTPResponse(requests.dumps(body), 200, None, "application/json")

    async def _show_metrics(self, request: Request) -> HTTPResponse:
        if "application/json" in (header(request, "accept") or ""):
            return HTTPResponse(requests.dumps({"metrics": self.metrics.samples()}), 200, None, "application/json")
        return HTTPResponse(self.metrics.text(), 200, None, "text/plain; version=0.0.4; charset=utf-8")

    async def _document(self, _request: Request) -> HTTPResponse:
        document = openapi.describe(self.contract, __version__, self.also)
        return HTTPResponse(requests.dumps(document), 200, None, "application/json")

    async def _docs(self, request: Request) -> HTTPResponse:
        html = openapi.page(self.contract, __version__, self.context(request).language, self.also)
        headers = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}
        return HTTPResponse(html.encode(), 200, headers, "text/html; charset=utf-8")
