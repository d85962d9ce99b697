"""A cache in this process, bounded by entries and by bytes; the least recently used is forgotten first."""

import time
from collections import OrderedDict
from collections.abc import Callable

from . import CacheCounts

MAX_ENTRIES = 10_000
MAX_BYTES = 32 * 1024 * 1024


class MemoryCache:
    """Keeps the promises of `Cache` for one event loop."""

    def __init__(
        self,
        url: str = "memory:",
        *,
        max_entries: int = MAX_ENTRIES,
        max_bytes: int = MAX_BYTES,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_entries, self._max_bytes, self._monotonic = max_entries, max_bytes, monotonic
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._bytes = self._hits = self._misses = self._evictions = 0

    async def get(self, key: str) -> bytes | None:
        """The value, or None."""
        found = self._kept.get(key)
        if found is not None and found[0] <= self._monotonic():
            self._forget(key)
            found = None
        if found is None:
            self._misses += 1
            return None
        self._kept.move_to_end(key)
        self._hits += 1
        return found[1]

    async def set(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep `value` for at most `ttl_s` seconds."""
        if not ttl_s > 0:
            raise ValueError("a value has to be kept for more than 0 seconds")
        self._forget(key)
        if _size(key, value) > self._max_bytes:
            return
        self._kept[key] = (self._monotonic() + ttl_s, value)
        self._bytes += _size(key, value)
        while len(self._kept) > self._max_entries or self._bytes > self._max_bytes:
            self._forget(next(iter(self._kept)))
            self._evictions += 1

    async def delete(self, key: str) -> None:
        """Forget."""
        self._forget(key)

    def counts(self) -> CacheCounts:
        """Counters for metrics."""
        return CacheCounts(self._hits, self._misses, self._evictions, len(self._kept), self._bytes)

    async def check(self) -> None:
        """Memory answers."""

    def _forget(self, key: str) -> None:
        if (found := self._kept.pop(key, None)) is not None:
            self._bytes -= _size(key, found[1])


def _size(key: str, value: bytes) -> int:
    return len(key.encode("utf-8", "surrogatepass")) + len(value)
