"""Records that were read by older rules, or while the model was away, are read again beside the requests."""

import logging
from asyncio import Task, create_task, gather

from looma.platform import context
from looma.platform.errors import LoomaError

from .following import Follower, acting_for
from .memory import Held, Memory
from .reading import JobReader

AT_ONCE = 20
"""Records that are read again in one go; requests of the organisation wait for no more than that."""

log = logging.getLogger("looma.matching")


class Refresher:
    """At most one task for each organisation; what it has not done when it ends is found again by the next request."""

    def __init__(self, memory: Memory, follower: Follower, reader: JobReader) -> None:
        self._memory, self._follower, self._reader = memory, follower, reader
        self._tasks: dict[str, Task[None]] = {}

    def see_to(self, org: str, held: Held) -> None:
        """Begin, when there is something to do and nobody does it."""
        if self._amiss(held) and org not in self._tasks:
            self._tasks[org] = task = create_task(self._refreshed(org))
            task.add_done_callback(lambda _: self._tasks.pop(org))

    async def finished(self) -> None:
        """Return when nothing is being read again."""
        await gather(*self._tasks.values())

    async def close(self) -> None:
        """Stop in the middle; nothing is lost by it."""
        for task in self._tasks.values():
            task.cancel()
        await gather(*self._tasks.values(), return_exceptions=True)

    async def _refreshed(self, org: str) -> None:
        try:
            with context.entered(context.Context(caller=acting_for(org))):  # the request that began it may end before
                while await self._some(org):
                    pass
        except LoomaError as error:
            log.warning("records could not be read again: %s", error, extra={"org": org})

    async def _some(self, org: str) -> bool:
        """Read some records again; whether there is more to do."""
        held = self._memory.of(org)
        async with held.lock:
            if not (some := self._amiss(held)[:AT_ONCE]):
                return False
            ids: dict[str, list[str]] = {}
            for kind, record_id in some:
                ids.setdefault(kind, []).append(record_id)
            await self._follower.read_again(org, ids)
            held.outdated.difference_update(some)
            held.unembedded.difference_update(some)
            place = await self._follower.catch_up(org)
            await self._memory.follow(org, place.change, self._reader.model)
            return bool(self._amiss(held))

    def _amiss(self, held: Held) -> list[tuple[str, str]]:
        """What can be mended now, in order."""
        return sorted(held.outdated | held.unembedded if self._reader.reachable else held.outdated)
