"""Time, ids and randomness, injected so that tests can hold them still."""

import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

Clock = Callable[[], datetime]
"""The present moment, in UTC."""

NewId = Callable[[], str]
"""A new id: a UUIDv7 string, so that ids sort by the time of their making."""


def utc_now() -> datetime:
    """The system's clock."""
    return datetime.now(UTC)


class Uuid7:
    """UUIDv7 (RFC 9562 §5.7) that rises strictly within this process, also inside one millisecond."""

    def __init__(
        self,
        milliseconds: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._milliseconds, self._entropy = milliseconds, entropy
        self._lock = threading.Lock()
        self._last_ms, self._sequence = 0, 0

    def __call__(self) -> str:
        with self._lock:
            now = self._milliseconds()
            if now > self._last_ms:
                self._last_ms, self._sequence = now, 0
            else:
                self._sequence += 1
                if self._sequence > 0xFFF:  # more than 4096 in a millisecond: borrow from the next one
                    self._last_ms, self._sequence = self._last_ms + 1, 0
            ms, sequence = self._last_ms, self._sequence
        tail = int.from_bytes(self._entropy(8), "big") & 0x3FFF_FFFF_FFFF_FFFF
        return str(UUID(int=ms << 80 | 0x7 << 76 | sequence << 64 | 0b10 << 62 | tail))
