"""Taking turns on the event loop: work on many things lets other callers of the process in between."""

from asyncio import sleep
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 4
"""Things that are worked on in one turn, each of which takes some milliseconds at most."""


async def in_turns(things: Iterable[T], at_once: int = AT_ONCE) -> AsyncIterator[T]:
    """The things in their order; everybody else gets a turn before every `at_once` of them."""
    for number, thing in enumerate(things):
        if number % at_once == 0:
            await sleep(0)
        yield thing
