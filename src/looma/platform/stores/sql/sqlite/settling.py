"""Handing results back to the event loops that wait for them: one wake-up for each loop and batch."""

import asyncio
from collections.abc import Iterable
from typing import Any, NamedTuple


class Settled(NamedTuple):
    """What became of one request."""

    future: asyncio.Future[Any]
    value: Any
    error: BaseException | None


def settle(batch: Iterable[Settled]) -> None:
    """Answer everyone in `batch`; call it from any thread. A loop that is closed has nobody waiting."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Settled]] = {}
    for settled in batch:
        by_loop.setdefault(settled.future.get_loop(), []).append(settled)
    for loop, own in by_loop.items():
        try:
            loop.call_soon_threadsafe(_answer, own)
        except RuntimeError:  # the loop was closed before its answer came
            continue


def _answer(batch: list[Settled]) -> None:
    for future, value, error in batch:
        if future.done():  # the caller was cancelled
            continue
        if error is None:
            future.set_result(value)
        elif isinstance(error, StopIteration):  # a future does not take it
            future.set_exception(RuntimeError("a change raised StopIteration"))
        else:
            future.set_exception(error)
