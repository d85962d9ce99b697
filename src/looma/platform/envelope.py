"""The one envelope of every answer, as bytes. Pure; the edge is the only caller."""

import time
from datetime import datetime

from . import requests
from .context import Context
from .contract import Operation
from .errors import LoomaError, WrongMethod
from .requests import dumps

Headers = dict[str, str]


class Envelope:
    """Wraps answers of one service."""

    def __init__(self, service: str, version: str) -> None:
        self._service, self._version = service, version

    def success(
        self, op: Operation, result: object, here: Context, began: float, at: datetime
    ) -> tuple[bytes, Headers]:
        """An answer of an operation; `warning` when it carries notices, an ETag when it carries a version."""
        data = op.gives.dump_json(result)
        headers = self.headers(here, began)
        if isinstance(version := getattr(result, "version", None), int):
            headers["etag"] = f'"{version}"'
        if not op.envelope:
            return data, headers
        status = b"warning" if getattr(result, "warnings", None) else b"success"
        return b'{"status":"%b","data":%b,"error":null,%b}' % (status, data, self._tail(here, began, at)), headers

    def failure(self, error: LoomaError, here: Context, began: float, at: datetime) -> tuple[bytes, Headers]:
        """A refusal in the reader's language."""
        told = requests.localized(error, here.language).to_wire(here.language)
        headers = self.headers(here, began) | {"content-language": here.language}
        if isinstance(error, WrongMethod):
            headers["allow"] = str(error.details.get("allowed", ""))
        if error.status == 401:
            headers["www-authenticate"] = "Bearer"
        if error.status in (429, 503):
            headers["retry-after"] = str(error.details.get("retry_after_s", 1))
        body = b'{"status":"error","data":null,"error":%b,%b}' % (dumps(told), self._tail(here, began, at))
        return body, headers

    def headers(self, here: Context, began: float) -> Headers:
        """What every answer carries."""
        return {
            "x-service-name": self._service,
            "x-request-id": here.request_id,
            "x-response-time": f"{_milliseconds(began):.2f}ms",
            "x-content-type-options": "nosniff",
        }

    def _tail(self, here: Context, began: float, at: datetime) -> bytes:
        metadata = {
            "request_id": here.request_id,
            "service": self._service,
            "version": self._version,
            "duration_ms": round(_milliseconds(began), 2),
        }
        moment = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return b'"metadata":%b,"timestamp":"%b"' % (dumps(metadata), moment.encode())


def _milliseconds(began: float) -> float:
    return (time.perf_counter() - began) * 1000
