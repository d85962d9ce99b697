"""Argon2id, away from the event loop: each hash costs 19 MiB and some 30 ms of a core, by intention."""

import asyncio
import secrets
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from looma.contracts.auth import SignInBusy

T = TypeVar("T")
MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
"""The smallest parameters that OWASP's Password Storage Cheat Sheet calls enough for Argon2id."""
AT_ONCE = 2
WAITING = 64
"""Passwords that may wait, some two seconds' worth; what comes on top is refused at once rather than kept waiting."""


class Hashing:
    """Makes and checks hashes, two at a time."""

    def __init__(self, hasher: PasswordHasher | None = None, *, waiting: int = WAITING) -> None:
        self._hasher = hasher or PasswordHasher(PASSES, MEMORY_KIB, LANES)
        self._threads: ThreadPoolExecutor | None = None
        self._room, self._inside = AT_ONCE + waiting, 0
        self._nobody = _hash_of_nobody(self._hasher)

    async def hashed(self, password: str) -> str:
        """A new hash, which carries its salt and parameters. `SignInBusy` when too many wait."""
        return await self._away(lambda: self._hasher.hash(password))

    async def fits(self, known: str | None, password: str | None) -> bool:
        """Whether `known` was made from `password`; None for either is never, at the same cost."""
        found = await self._away(lambda: self._verified(known or self._nobody, password or ""))
        return found and known is not None and password is not None

    def outdated(self, known: str) -> bool:
        """Whether a hash was made with other parameters than those of today."""
        return self._hasher.check_needs_rehash(known)

    def close(self) -> None:
        """Let the threads go; they are made anew when they are needed again."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None

    def _verified(self, known: str, password: str) -> bool:
        try:
            return self._hasher.verify(known, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _away(self, work: Callable[[], T]) -> T:
        if self._inside >= self._room:
            raise SignInBusy(retry_after_s=2)
        self._threads = self._threads or ThreadPoolExecutor(AT_ONCE, thread_name_prefix="looma-argon2")
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._inside -= 1


def _hash_of_nobody(hasher: PasswordHasher) -> str:
    """A hash that nothing fits, with today's parameters: names that do not exist take as long as those that do."""
    salt, tail = (
        b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v=19$m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}${salt}${tail}"
