"""What browsers get at the addresses that no service answers."""

from pathlib import Path
from typing import Self

from sanic import HTTPResponse, Request

from . import built, preferences
from .built import File
from .page import Page
from .unbuilt import unbuilt

BUILT = Path(__file__).parent / "built"
"""Where ``tools/build_web.sh`` puts the page; in a wheel it always is."""
RESERVED = frozenset({"api", "assets", "docs", "health", "metrics", "openapi.json", "ready"})
"""First steps of addresses at which no page of a person can be: what is not found there is told as data."""
_KEPT_FOR_EVER = "public, max-age=31536000, immutable"


class Site:
    """The page at every address that a person may go to (its script shows what belongs there), and its files."""

    def __init__(self, files: dict[str, File]) -> None:
        index = files.get(built.INDEX)
        self._files = {address: file for address, file in files.items() if address != built.INDEX}
        self._is_built = index is not None
        self._page = unbuilt() if index is None else Page(index.variants["identity"].body.decode())

    @classmethod
    def of(cls, folder: Path = BUILT) -> Self:
        """What was built into the folder, as it is now."""
        return cls(built.read(folder))

    def __call__(self, request: Request) -> HTTPResponse | None:
        """The answer; None where there is nothing for a browser either."""
        if request.method not in ("GET", "HEAD"):
            return None
        path = request.path
        if (file := self._files.get(path)) is not None:
            return _sent(request, path, file)
        if path == "/" or (_is_place(path) and preferences.wants_html(_told(request, "accept"))):
            return self._shown(request)
        return None

    def _shown(self, request: Request) -> HTTPResponse:
        if not self._is_built:
            body, headers = self._page.with_nonce()
            return HTTPResponse(body, 503, headers | {"cache-control": "no-store"}, "text/html; charset=utf-8")
        kept = {"cache-control": "no-cache", "etag": self._page.etag}
        if _is_known(request, self._page.etag):
            return HTTPResponse(None, 304, kept)
        body, headers = self._page.with_nonce()
        return HTTPResponse(body, 200, headers | kept, "text/html; charset=utf-8")


def _is_place(path: str) -> bool:
    """Whether a person may go there. Not every target of a request is an address: there is ``*`` too."""
    return path.startswith("/") and path.split("/")[1] not in RESERVED


def _sent(request: Request, path: str, file: File) -> HTTPResponse:
    """The file in the coding that the browser likes best. A name in assets has a hash of the content in it."""
    coding = preferences.coding(_told(request, "accept-encoding"), file.variants)
    variant = file.variants[coding]
    headers = {
        "cache-control": _KEPT_FOR_EVER if path.startswith("/assets/") else "no-cache",
        "etag": variant.etag,
        "vary": "accept-encoding",
    }
    if _is_known(request, variant.etag):
        return HTTPResponse(None, 304, headers)
    headers |= {"cross-origin-resource-policy": "same-origin"}
    if coding != "identity":
        headers["content-encoding"] = coding
    return HTTPResponse(variant.body, 200, headers, file.content_type)


def _is_known(request: Request, etag: str) -> bool:
    """Whether ``If-None-Match`` names it (weak comparison, RFC 9110 §13.1.2)."""
    told = [part.strip().removeprefix("W/") for part in _told(request, "if-none-match").split(",")]
    return "*" in told or etag.removeprefix("W/") in told


def _told(request: Request, name: str) -> str:
    return ", ".join(request.headers.getall(name, []))
