"""Access tokens: signed by auth-service, verified by every service on its own.

A token is a JWT (RFC 7519) signed with Ed25519 (RFC 8037) and nothing else: the algorithm is ours to choose, not the
token's. What it says is believed for as long as it lasts, so that a request costs no question to auth-service; the key
that signed it is asked for once.
"""

import asyncio
import hashlib
from base64 import urlsafe_b64decode
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .clock import Clock
from .context import Caller
from .errors import LoomaError, Unauthenticated, Unavailable

ALGORITHM = "EdDSA"
ISSUER = AUDIENCE = "looma"
CLAIMS = ("iss", "aud", "exp", "iat", "nbf", "sub", "org", "roles", "jti")
LEEWAY_S = 5
"""How far the clocks of two machines may differ."""
MAX_CHARACTERS = 4096
KEPT = 10_000
"""Verified tokens that are remembered; the least recently used is forgotten first."""
FETCH_EVERY_S = 10
"""A key that nobody has heard of makes us ask again this often at most."""
RETRY_AFTER_S = 1
"""The same after auth-service gave no answer."""
FETCH_TIMEOUT_S = 5


class TokenInvalid(Unauthenticated):
    """The token is not one that this installation gave out."""

    code = "request.token_invalid"


class TokenExpired(Unauthenticated):
    """The token was good once."""

    code = "request.token_expired"


@dataclass(frozen=True)
class PublicKey:
    """A key that tokens are verified with, as a JSON Web Key tells it (RFC 8037 §2)."""

    kid: str
    x: str
    """The 32 bytes of the key, base64url without padding."""


FetchKeys = Callable[[], Awaitable[Sequence[PublicKey]]]


class Tokens:
    """Turns tokens into callers. For one event loop."""

    def __init__(self, fetch_keys: FetchKeys, clock: Clock) -> None:
        self._clock = clock
        self._keys = _Keys(fetch_keys, clock)
        self._kept: OrderedDict[bytes, tuple[int, Caller]] = OrderedDict()

    async def verify(self, token: str) -> Caller:
        """Whom the token names. `TokenExpired`, `TokenInvalid`; `Unavailable` while the keys cannot be asked for."""
        if len(token) > MAX_CHARACTERS or not token.isascii():  # before anything is computed from it
            raise TokenInvalid
        mark = hashlib.sha256(token.encode()).digest()  # of one size, and no secret that lies about in memory
        if (known := self._known(mark)) is not None:
            return known
        until, caller = self._believed(await self._read(token))
        self._kept[mark] = (until, caller)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return caller

    def _known(self, mark: bytes) -> Caller | None:
        if (found := self._kept.get(mark)) is None:
            return None
        until, caller = found
        if until <= self._clock().timestamp():
            del self._kept[mark]
            raise TokenExpired
        self._kept.move_to_end(mark)
        return caller

    async def _read(self, token: str) -> dict[str, Any]:
        """What the token says, signed by a key of ours."""
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            if not isinstance(kid, str) or (key := await self._keys.get(kid)) is None:
                raise TokenInvalid
            return jwt.decode(token, key, algorithms=[ALGORITHM], audience=AUDIENCE, issuer=ISSUER, options=_OPTIONS)
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as bad:  # the last: JSON that nests without end
            raise TokenInvalid from bad

    def _believed(self, claims: dict[str, Any]) -> tuple[int, Caller]:
        """When the token ends and whom it names; PyJWT looks at no clock but the system's, so time is checked here."""
        subject, org, roles = claims["sub"], claims["org"], claims["roles"]
        begins, issued, ends = claims["nbf"], claims["iat"], claims["exp"]
        texts = isinstance(roles, list) and all(isinstance(text, str) and text for text in (subject, org, *roles))
        if not texts or not all(type(moment) is int for moment in (begins, issued, ends)):
            raise TokenInvalid
        now = self._clock().timestamp()
        if max(begins, issued) > now + LEEWAY_S:
            raise TokenInvalid
        if ends + LEEWAY_S <= now:
            raise TokenExpired
        return ends + LEEWAY_S, Caller(org=org, user=subject, roles=frozenset(roles))


_OPTIONS: Any = {
    "require": list(CLAIMS),
    "strict_aud": True,
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
}


class _Keys:
    """The public keys by name, asked for when one is missing: by one request at a time, for all that wait."""

    def __init__(self, fetch: FetchKeys, clock: Clock) -> None:
        self._fetch, self._clock = fetch, clock
        self._known: dict[str, Ed25519PublicKey] = {}
        self._asking: asyncio.Task[None] | None = None
        self._not_before = float("-inf")
        self._answered = True

    async def get(self, kid: str) -> Ed25519PublicKey | None:
        """The key, or None when auth-service does not know it either."""
        if kid not in self._known:
            await self._ask()
        return self._known.get(kid)

    async def _ask(self) -> None:
        if self._asking is None:
            if self._clock().timestamp() < self._not_before:
                if self._answered:
                    return
                raise Unavailable(what="auth-service", retry_after_s=RETRY_AFTER_S)
            # A task in a context of its own: whoever asked first may be cancelled, or have no time left.
            self._asking = asyncio.get_running_loop().create_task(self._asked(), context=Context())
        await asyncio.shield(self._asking)

    async def _asked(self) -> None:
        self._answered = False
        try:
            async with asyncio.timeout(FETCH_TIMEOUT_S):
                keys = await self._fetch()
            self._known = {key.kid: _public(key.x) for key in keys}
            self._answered = True
        except (TimeoutError, LoomaError, OSError, ValueError) as lost:
            raise Unavailable(what="auth-service", retry_after_s=RETRY_AFTER_S) from lost
        finally:
            pause = FETCH_EVERY_S if self._answered else RETRY_AFTER_S
            self._not_before = self._clock().timestamp() + pause
            self._asking = None


def _public(x: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(x + "=" * (-len(x) % 4)))
