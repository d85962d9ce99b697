"""The built files of the page, as they lie in a folder, read into memory once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

MOST_BYTES = 64 * 1024 * 1024
INDEX = "/index.html"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}  # Python's own table depends on the machine
_CODINGS = {".br": "br", ".gz": "gzip"}


class TooMuchBuilt(Exception):
    """The folder holds more than a page can need."""


@dataclass(frozen=True)
class Variant:
    """The bytes of a file in one coding, and the ETag that is theirs alone."""

    body: bytes
    etag: str


@dataclass(frozen=True)
class File:
    """A file, plain and in the codings that lie beside it."""

    content_type: str
    variants: Mapping[str, Variant]


def read(folder: Path) -> dict[str, File]:
    """Path of the address → file; empty where nothing was built. Names that begin with a dot are the build's own.

    What is asked for is looked up here and nowhere on disk, so that no address leads out of the folder.
    """
    if not folder.joinpath(INDEX[1:]).is_file():
        return {}
    found = {_address(folder, file): file for file in sorted(folder.rglob("*")) if _is_served(folder, file)}
    if sum(file.stat().st_size for file in found.values()) > MOST_BYTES:
        raise TooMuchBuilt(f"{folder} holds more than {MOST_BYTES} bytes")
    files = {}
    for address, file in found.items():
        if file.suffix not in _CODINGS:
            variants = {"identity": _variant(file)}
            for ending, coding in _CODINGS.items():
                if (packed := found.get(address + ending)) is not None:
                    variants[coding] = _variant(packed)
            files[address] = File(_TYPES.get(file.suffix, "application/octet-stream"), variants)
    return files


def _address(folder: Path, file: Path) -> str:
    return "/" + quote(file.relative_to(folder).as_posix())


def _is_served(folder: Path, file: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.is_file() and not file.is_symlink() and not hidden


def _variant(file: Path) -> Variant:
    body = file.read_bytes()
    return Variant(body, f'"{hashlib.sha256(body).hexdigest()[:24]}"')
