"""Files: documents under keys that follow from their content."""

import hashlib
import re
from collections.abc import Mapping
from typing import Protocol

from ..drivers import load
from ..errors import BadKey

DRIVERS: Mapping[str, str | None] = {
    "file": "looma.platform.stores.files.directory:DirectoryFiles",
    "memory": "looma.platform.stores.files.memory:MemoryFiles",
    "s3": None,
}
"""Scheme → driver; None where this build has none."""

_ORG = re.compile(r"[A-Za-z0-9_-]{1,100}")
_KEY = re.compile(r"[A-Za-z0-9_-]{1,100}/[0-9a-f]{64}")


class Files(Protocol):
    """Bytes by key. A key is ``organisation/sha-256``, so the same content of an organisation is kept once."""

    async def open(self) -> None:
        """Be ready to take files. Raises `StoreBroken`."""

    async def put(self, org: str, data: bytes) -> str:
        """The key of `data` once it is durable; nothing is left behind when it cannot be. Raises `StoreFull`."""

    async def get(self, key: str) -> bytes | None:
        """The bytes, or None when there are none. Raises `BadKey`, and `StoreBroken` when they are not what was put."""

    async def delete(self, key: str) -> bool:
        """Remove; False when nothing was there."""

    async def exists(self, key: str) -> bool:
        """Whether there are bytes under the key."""

    async def check(self) -> None:
        """Return when files can be written; raise `StoreBroken` otherwise."""


def key_of(org: str, data: bytes) -> str:
    """The key that `data` has. Raises `BadKey` for an organisation whose name cannot be part of one."""
    if not _ORG.fullmatch(org):
        raise BadKey(key=org[:100])
    return f"{org}/{hashlib.sha256(data).hexdigest()}"


def checked(key: str) -> str:
    """`key` as it is, if it is one. Raises `BadKey`."""
    if not _KEY.fullmatch(key):
        raise BadKey(key=key[:200])
    return key


def open_files(url: str) -> Files:
    """The driver for `url` (``file:///data/files``, ``file:files``, ``memory:``), not yet opened."""
    driver: Files = load(DRIVERS, url)
    return driver
