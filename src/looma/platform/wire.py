"""The HTTP client between services: one pooled connection set a process, answers read tolerantly."""

from collections.abc import AsyncIterator, Callable
from io import BytesIO
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

import aiohttp
import orjson
from yarl import URL

from . import context
from .contract import Contract, Operation, Parameter
from .errors import LoomaError, Unavailable
from .peers import stand_in
from .signing import HEADER, CallerSeal

C = TypeVar("C", bound=Contract)
CONNECTIONS = 100
CONNECT_S = 10
EVENT_BYTES = 64 * 1024 * 1024
"""The largest event of a stream that is read."""


class Wire:
    """Reaches services over HTTP. Use it as an async context manager; connections live until it is closed."""

    def __init__(self, seal: CallerSeal) -> None:
        self._seal = seal
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def remote(self, contract: type[C], address: str) -> C:
        """`contract` as the service at `address` keeps it."""
        return stand_in(contract, lambda op: self.reach(op, address))

    def reach(self, op: Operation, address: str) -> Callable[..., Any]:
        """The function that asks the service at `address` for an operation; `stand_in` guards it."""
        return (self._many if op.streams else self._once)(op, address.rstrip("/"))

    def _once(self, op: Operation, address: str) -> Callable[..., Any]:
        async def call(**given: Any) -> Any:
            try:
                async with self._request(op, address, given) as answer:
                    return _result(op, answer.status, await answer.read())
            except (aiohttp.ClientError, OSError) as lost:
                raise Unavailable(what=op.service) from lost

        return call

    def _many(self, op: Operation, address: str) -> Callable[..., AsyncIterator[Any]]:
        async def stream(**given: Any) -> AsyncIterator[Any]:
            try:
                async with self._request(op, address, given) as answer:
                    if answer.status >= 400:
                        _result(op, answer.status, await answer.read())
                    async for kind, data in _events(answer.content):
                        if kind == "error":
                            raise LoomaError.from_wire(500, orjson.loads(data))
                        yield op.gives.validate_json(data, extra="ignore")
            except (aiohttp.ClientError, OSError) as lost:
                raise Unavailable(what=op.service) from lost

        return stream

    def _request(self, op: Operation, address: str, given: dict[str, Any]) -> Any:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S),  # else the deadline rules, see peers
                trust_env=False,
                auto_decompress=True,
            )
        values = {name: value for name, value in given.items() if value is not None}
        path = op.path.format(**{p.name: quote(str(values[p.name]), safe="") for p in op.placed("path")})
        payload = _payload(op, values)
        return self._session.request(
            op.verb,
            URL(address + path, encoded=True),
            params=_query(op.placed("query"), values),
            headers=self._headers() | ({"content-type": "application/json"} if isinstance(payload, bytes) else {}),
            data=BytesIO(payload) if isinstance(payload, bytes) else payload,
            allow_redirects=False,  # no service redirects, and the caller's seal goes to no other address
        )

    def _headers(self) -> dict[str, str]:
        here = context.current()
        headers = {"x-request-id": here.request_id, "accept-language": here.language}
        optional = {
            HEADER: self._seal.seal(here.caller) if here.caller else None,
            "traceparent": here.traceparent,
            "x-request-timeout": f"{left:.3f}" if (left := context.seconds_left()) is not None else None,
            "if-match": f'"{here.if_match}"' if here.if_match is not None else None,
            "idempotency-key": here.idempotency_key,
        }
        return headers | {name: value for name, value in optional.items() if value is not None}


def _query(parameters: tuple[Parameter, ...], values: dict[str, Any]) -> list[tuple[str, str]]:
    told = [(p.name, p.adapter.dump_python(values[p.name], mode="json")) for p in parameters if p.name in values]
    return [(name, _word(one)) for name, value in told for one in (value if isinstance(value, list) else [value])]


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _payload(op: Operation, values: dict[str, Any]) -> bytes | aiohttp.FormData | None:
    uploads = [(p.name, values[p.name]) for p in op.placed("upload", "uploads") if p.name in values]
    body = op.body
    if not uploads:
        if body is None or body.name not in values:
            return None
        return body.adapter.dump_json(values[body.name], exclude_unset=True)
    form = aiohttp.FormData(quote_fields=False)  # names in UTF-8, as browsers and curl send them
    for name, value in uploads:
        for file in value if isinstance(value, list) else [value]:
            shown = "".join(c for c in file.filename if c.isprintable()) or "file"
            form.add_field(name, BytesIO(file.data), filename=shown, content_type=file.media_type or None)
    if body is not None and body.name in values:
        form.add_field(body.name, body.adapter.dump_json(values[body.name]).decode(), content_type="application/json")
    return form


def _result(op: Operation, status: int, raw: bytes) -> Any:
    try:
        answer = orjson.loads(raw)
        if status >= 400:
            raise LoomaError.from_wire(status, answer.get("error") or {})
        return op.gives.validate_python(answer["data"] if op.envelope else answer, extra="ignore")
    except (orjson.JSONDecodeError, KeyError, AttributeError, TypeError, ValueError) as garbled:
        raise Unavailable(what=op.service) from garbled


async def _events(content: aiohttp.StreamReader) -> AsyncIterator[tuple[str, bytes]]:
    """The events of a stream as (type, data); WHATWG HTML §9.2."""
    kind, data = "message", b""
    async for line in _lines(content):
        name, _, value = line.partition(b": ")
        if name == b"event":
            kind = value.decode()
        elif name == b"data":
            data += value
        elif not name and data:
            yield kind, data
            kind, data = "message", b""


async def _lines(content: aiohttp.StreamReader) -> AsyncIterator[bytes]:
    """Lines of any length up to `EVENT_BYTES`; aiohttp's own `readline` ends at 128 KiB."""
    kept = bytearray()
    async for piece in content.iter_any():
        looked = len(kept)
        kept += piece
        while (end := kept.find(b"\n", looked)) != -1:
            yield bytes(kept[:end]).rstrip(b"\r")
            del kept[: end + 1]
            looked = 0
        if len(kept) > EVENT_BYTES:
            raise aiohttp.ClientPayloadError("an event is too large")
