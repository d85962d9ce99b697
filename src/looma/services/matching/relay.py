"""Following beside the requests, so that the first one after many changes does not wait for all of them."""

import logging
from asyncio import CancelledError, Task, create_task, sleep
from contextlib import suppress

from looma.platform import context
from looma.platform.errors import LoomaError
from looma.platform.stores.outbox import pending
from looma.platform.stores.sql import Sql

from .following import Follower, acting_for

AT_ONCE = 20
"""Entries that are applied in one go; a request that comes waits for no more than that, and does the rest itself."""

log = logging.getLogger("looma.matching")


class Relay:
    """Looks for new entries of the outbox every so often. Nothing depends on it: requests follow by themselves."""

    def __init__(self, sql: Sql, follower: Follower, every_s: float) -> None:
        self._sql, self._follower, self._every_s = sql, follower, every_s
        self._seen = 0
        self._task: Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._task = create_task(self._work())

    async def close(self) -> None:
        """Stop in the middle; nothing is lost by it."""
        if self._task is not None:
            self._task.cancel()
            with suppress(CancelledError):
                await self._task

    async def follow(self) -> None:
        """Apply what is pending, of whatever organisation."""
        while entries := await pending(self._sql, after_seq=self._seen):
            for org in sorted({entry.org for entry in entries}):
                with context.entered(context.Context(caller=acting_for(org))):
                    while await self._follower.some(org, AT_ONCE):
                        pass
            self._seen = entries[-1].seq

    async def _work(self) -> None:
        while True:
            try:
                await self.follow()
            except LoomaError as error:  # a peer that is not there yet, or is no more
                log.debug("not followed: %s", error)
            await sleep(self._every_s)
