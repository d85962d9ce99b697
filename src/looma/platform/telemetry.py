"""Structured logs with the request id, Prometheus metrics, W3C trace context."""

import json
import logging
import re
import secrets
import sys
from datetime import UTC, datetime
from typing import Any, TextIO

import orjson
from prometheus_client import CollectorRegistry, Histogram, PlatformCollector, ProcessCollector, generate_latest

from . import context

_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


def next_traceparent(received: str | None) -> str:
    """The trace context of our span (W3C): in the caller's trace where it sent a valid one, else in a new one."""
    told = _TRACEPARENT.fullmatch(received or "")
    if told is None or set(told[1]) == {"0"} or set(told[2]) == {"0"}:
        fresh = secrets.token_hex(24)  # one look at the system's randomness, not two
        return f"00-{fresh[:32]}-{fresh[32:]}-00"
    return f"00-{told[1]}-{secrets.token_hex(8)}-{told[3]}"


class JsonLines(logging.Formatter):
    """One JSON object a line; extra fields of the record become members."""

    def format(self, record: logging.LogRecord) -> str:
        here = context.current()
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": here.request_id,
        }
        if here.traceparent:
            line["trace_id"] = here.traceparent[3:35]
        line |= {name: value for name, value in vars(record).items() if name not in _OWN}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        try:
            return orjson.dumps(line, default=str).decode()
        except TypeError:  # halves of characters, integers of more than 64 bits
            return json.dumps(line, default=str)


class TextLines(logging.Formatter):
    """For people at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        extra = " ".join(f"{k}={v}" for k, v in vars(record).items() if k not in _OWN)
        told = f"{record.levelname:7} {record.name}: {record.getMessage()} {extra}".rstrip()
        return f"{told}\n{self.formatException(record.exc_info)}" if record.exc_info else told


def configure_logging(level: str, form: str, stream: TextIO | None = None) -> None:
    """Send every logger of this process to one handler on standard error."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("sanic.root", "sanic.error", "sanic.access", "sanic.server"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name in ("sanic.root", "alembic", "faiss.loader"):  # what they tell at INFO is for those who develop with them
        logging.getLogger(name).setLevel("WARNING")


class Metrics:
    """The metrics of one service; each service of a process has its own registry and `/metrics`."""

    def __init__(self, service: str) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._requests = Histogram(
            "looma_request_duration_seconds",
            "Time from the last byte of a request to its answer",
            ["service", "operation", "status"],
            registry=self.registry,
            buckets=BUCKETS,
        )
        self._service = service
        # `.labels()` costs ten times the observation itself, so each child is bound once.
        self._bound: dict[tuple[str, int], Any] = {}

    def observe(self, operation: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        child = self._bound.get((operation, status))
        if child is None:
            child = self._bound[operation, status] = self._requests.labels(self._service, operation, str(status))
        child.observe(seconds)

    def text(self) -> bytes:
        """Prometheus text format 0.0.4."""
        return generate_latest(self.registry)

    def samples(self) -> list[dict[str, Any]]:
        """The same as JSON."""
        return [
            {"name": sample.name, "labels": sample.labels, "value": sample.value}
            for family in self.registry.collect()
            for sample in family.samples
        ]
