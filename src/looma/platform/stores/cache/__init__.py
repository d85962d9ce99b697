"""A cache: values that may be forgotten at any time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ..drivers import load

DRIVERS: Mapping[str, str | None] = {
    "memory": "looma.platform.stores.cache.memory:MemoryCache",
    "redis": None,
    "rediss": None,
}
"""Scheme → driver; None where this build has none."""


@dataclass(frozen=True)
class CacheCounts:
    """What a cache did since it was made, and what it holds."""

    hits: int = 0
    misses: int = 0
    evictions: int = 0
    entries: int = 0
    size_bytes: int = 0


class Cache(Protocol):
    """Bytes by key, for a while. Keys begin with the organisation whose data the value was made from."""

    async def get(self, key: str) -> bytes | None:
        """The value, or None when it is not there, too old or forgotten."""

    async def set(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep `value` for at most `ttl_s` seconds, which must be above 0; a value that is too large is not kept."""

    async def delete(self, key: str) -> None:
        """Forget."""

    def counts(self) -> CacheCounts:
        """Counters for metrics."""

    async def check(self) -> None:
        """Return when the cache answers."""


def open_cache(url: str) -> Cache:
    """The driver for `url` (``memory:``)."""
    driver: Cache = load(DRIVERS, url)
    return driver
