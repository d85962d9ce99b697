"""Who sent a request: another service of this installation, a program with a token, or a person in a browser."""

from dataclasses import dataclass

from .context import Caller
from .origins import CrossSite
from .signing import CallerSeal
from .tokens import TokenInvalid, Tokens

COOKIE = "looma_token"
SAFE_VERBS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Shown:
    """What a request shows of its sender."""

    verb: str
    seal: str | None = None
    authorization: str | None = None
    cookie: str | None = None
    own_page: bool = False
    """Whether a browser says that one of our own pages sent it."""


class Credentials:
    """Turns what is shown into a caller. A seal counts more than a token, a token in a header more than a cookie."""

    def __init__(self, seal: CallerSeal, tokens: Tokens) -> None:
        self._seal, self._tokens = seal, tokens

    async def caller(self, shown: Shown) -> Caller | None:
        """The caller; None where nothing is shown. Raises `Unauthenticated` or `CrossSite` for what does not hold."""
        if shown.seal is not None:
            return self._seal.open(shown.seal)
        token = token_of(shown)
        return None if token is None else await self._tokens.verify(token)


def token_of(shown: Shown) -> str | None:
    """The access token of a header or a cookie; None where there is none.

    A browser adds the cookie to whatever any page makes it send, so a change that stands on the cookie alone needs a
    word of the browser that one of our own pages asked for it; no word is not enough.
    """
    if shown.authorization is not None:
        scheme, _, token = shown.authorization.strip().partition(" ")
        if scheme.lower() != "bearer":
            raise TokenInvalid
        return token.strip()
    if shown.cookie is not None and shown.verb not in SAFE_VERBS and not shown.own_page:
        raise CrossSite
    return shown.cookie


def set_cookie(token: str, expires_in_s: int) -> str:
    """The header that signs a browser in. It has no `Secure`: on the loopback there is no TLS to ask for."""
    return f"{COOKIE}={token}; Path=/; Max-Age={expires_in_s}; HttpOnly; SameSite=Strict"


def clear_cookie() -> str:
    """The header that signs a browser out."""
    return f"{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
