"""Choices that look like chance and are the same on every machine and with every version of Python."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A sequence of choices that follows from its name alone."""

    def __init__(self, name: str) -> None:
        self._name, self._thrown = name, 0

    def below(self, limit: int) -> int:
        """A number from 0 to `limit` - 1."""
        self._thrown += 1
        digest = hashlib.sha256(f"{self._name}:{self._thrown}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % limit

    def between(self, least: int, most: int) -> int:
        """A number from `least` to `most`, both included."""
        return least + self.below(most - least + 1)

    def one(self, of: Sequence[T]) -> T:
        """One of these."""
        return of[self.below(len(of))]

    def some(self, count: int, of: Sequence[T]) -> list[T]:
        """At most `count` of these, each once, in an order of chance."""
        left = list(of)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]
