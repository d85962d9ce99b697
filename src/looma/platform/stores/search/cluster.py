"""An Elasticsearch or OpenSearch server over HTTP: its address, its patience, and its errors in our words.

Every request that is sent through here may be sent twice: writes carry versions, and the rest changes nothing.
"""

import asyncio
import random
import re
import ssl
from base64 import b64encode
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import aiohttp
import orjson
from yarl import URL

from ..errors import StoreBroken, StoreBusy, StoreFull

CONNECT_S, REQUEST_S, PATIENCE_S = 5.0, 30.0, 60.0
"""How long a connection may take, one request, and one request with all its tries."""
TRIES = 5
PAUSE_S, LONGEST_PAUSE_S = 0.1, 5.0
"""The most that is waited before the second try, doubled for each further one; any part of it, so that clients that
were turned away together do not come back together."""
CONNECTIONS = 32

OPTIONS = {"prefix", "ca"}
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_TIMES = {429, 502, 503, 504}
_NO_ROOM = re.compile(r"flood-stage|disk usage exceeded|no space left|read-only-allow-delete|read-only / allow delete")

Pause = Callable[[float], Awaitable[None]]
Parameters = Mapping[str, str | int]


@dataclass(frozen=True)
class Address:
    """Where a server is and how to be let in: ``https://user:password@host:9200/path?prefix=looma&ca=/etc/ca.pem``."""

    base: URL
    login: str | None
    """What the header ``authorization`` says."""
    prefix: str
    ca: str | None

    @classmethod
    def of(cls, url: str) -> "Address":
        """Raises `StoreBroken` for one that cannot be used; it repeats nothing of it."""
        try:
            told = URL(url)
        except ValueError:
            told = URL()
        if not told.host or told.scheme not in ("http", "https"):
            raise StoreBroken(what="the address of the search server is not an HTTP address")
        prefix = told.query.get("prefix", "looma")
        if not set(told.query) <= OPTIONS or not _PREFIX.fullmatch(prefix):
            raise StoreBroken(
                what="the address of the search server takes prefix= (small letters, digits) and ca= alone"
            )
        login = b64encode(f"{told.user}:{told.password or ''}".encode()).decode() if told.user else None
        base = told.with_user(None).with_query(None).with_fragment(None)
        return cls(base, f"Basic {login}" if login else None, prefix, told.query.get("ca"))

    def trust(self) -> ssl.SSLContext | bool:
        """Whom to believe that it is the server: the system's authorities, or the one that the address names."""
        try:
            return ssl.create_default_context(cafile=self.ca) if self.ca else True
        except (OSError, ssl.SSLError) as unreadable:
            raise StoreBroken(
                what="the certificates that the search server's address names cannot be read"
            ) from unreadable


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    body: Any


class Cluster:
    """Open connections to one server."""

    def __init__(self, address: Address, pause: Pause = asyncio.sleep, chance: random.Random | None = None) -> None:
        self._base, self._pause = address.base, pause
        self._chance = chance or random.Random()  # noqa: S311 - how long to wait is no secret
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS, ssl=address.trust()),
            timeout=aiohttp.ClientTimeout(total=REQUEST_S, sock_connect=CONNECT_S),
            headers={"authorization": address.login} if address.login else None,
            trust_env=False,
        )

    async def close(self) -> None:
        """Let go of all connections."""
        await self._session.close()

    async def ask(
        self,
        verb: str,
        path: str,
        body: Any = None,
        parameters: Parameters | None = None,
        expected: Collection[int] = (),
    ) -> Answer:
        """The answer, if it is a good one or of an expected status; bytes are sent as they are.

        Raises `StoreBusy` when the server had no time, however often it was asked, `StoreFull` when it has no room, and
        `StoreBroken` for all else.
        """
        try:
            async with asyncio.timeout(PATIENCE_S):
                for turn in range(TRIES - 1):
                    answer = await self._try(verb, path, body, parameters)
                    if answer is not None and (answer.status in expected or not is_passing(answer)):
                        break
                    await self._wait(turn)
                else:
                    answer = await self._try(verb, path, body, parameters)
        except TimeoutError as late:
            raise StoreBusy(what="the search server takes too long") from late
        if answer is None:
            raise StoreBroken(what="the search server cannot be reached")
        if answer.status >= 300 and answer.status not in expected:
            raise refusal(answer.status, answer.body)
        return answer

    async def wait(self, turn: int) -> None:
        """Before what was turned away is asked once more."""
        await self._wait(turn)

    async def _wait(self, turn: int) -> None:
        await self._pause(self._chance.uniform(0, min(PAUSE_S * 2**turn, LONGEST_PAUSE_S)))

    async def _try(self, verb: str, path: str, body: Any, parameters: Parameters | None) -> Answer | None:
        """None when there was no answer."""
        lines = isinstance(body, bytes)
        sent = body if lines or body is None else orjson.dumps(body)
        try:
            async with self._session.request(
                verb,
                self._base / path if path else self._base,
                params=parameters,
                data=BytesIO(sent) if sent else None,
                headers={"content-type": "application/x-ndjson" if lines else "application/json"} if sent else None,
                allow_redirects=False,  # the password goes to no other address
            ) as answer:
                raw = await answer.read()
                return Answer(answer.status, _read(raw))
        except aiohttp.ClientConnectorCertificateError as strange:
            raise StoreBroken(what="the search server's certificate is not trusted") from strange
        except (aiohttp.ClientError, OSError, TimeoutError):
            return None


def refusal(status: int, body: Any) -> StoreBroken:
    """The error for what a server, or one part of a bulk, answered."""
    error = body.get("error", body) if isinstance(body, dict) else {}
    kind, reason = (error.get("type"), error.get("reason")) if isinstance(error, dict) else ("", error)
    if _NO_ROOM.search(str(reason or "")):
        return StoreFull(what="the search server has no room left")
    if status == 429:
        return StoreBusy(what="the search server has too much to do")
    if status in (401, 403):
        return StoreBroken(what="the search server does not let us in with this name and password")
    if kind == "index_not_found_exception":
        return StoreBroken(what="the index is gone")
    return StoreBroken(what=f"the search server answered {status}" + (f" ({kind})" if kind else ""))


def is_passing(answer: Answer) -> bool:
    """Whether the same request may be answered otherwise in a moment."""
    return answer.status in _TIMES and not isinstance(refusal(answer.status, answer.body), StoreFull)


def _read(raw: bytes) -> Any:
    try:
        return orjson.loads(raw) if raw else None
    except orjson.JSONDecodeError:
        return None  # a proxy's page; the status says enough
