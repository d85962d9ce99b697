"""All collections in memory: how they change, and how their graphs and columns are kept in shape meanwhile."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from . import Gone, VectorDocument, Vectors
from .collection import Collection, checked
from .graph import Graph
from .state import State
from .threads import Threads

Change = VectorDocument | Gone

AT_ONCE = 32
"""Changes between two breaths of the event loop: about a millisecond."""


class Shelves:
    """Collections by name. The event loop's thread alone uses them, and one `apply` or `states` at a time."""

    def __init__(self, settle_at: int) -> None:
        """The graph takes over when as many vectors wait for it as `settle_at`."""
        self.collections: dict[str, Collection] = {}
        self.changed: set[str] = set()
        """Those that are other than when `states` was last called."""
        self._settle_at = settle_at
        self._logs: dict[str, list[Change]] = {}
        """What changes in a collection while it is being renewed."""

    async def apply(self, changes: Sequence[Change]) -> None:
        """Make all of these, or ValueError and none. A collection without documents is forgotten."""
        await self._check(changes)
        for at, change in enumerate(changes):
            self._apply(change)
            await _breath(at)
        for name in {change.collection for change in changes}:
            if name in self.collections and not len(self.collections[name]):
                del self.collections[name]

    def states(self) -> dict[str, State | None]:
        """The collections that have changed since the last call; None for those that are gone."""
        names, self.changed = self.changed, set()
        return {name: one.state() if (one := self.collections.get(name)) else None for name in names}

    def unsettled(self) -> list[str]:
        """The collections that `settle` has something to do for."""
        return [name for name, one in self.collections.items() if self._too_dead(one) or self._too_fresh(one)]

    async def settle(self, name: str, threads: Threads, lock: asyncio.Lock, stop: Callable[[], bool]) -> None:
        """Renew a collection or grow its graph, as long as it needs that. Raises `Stopped` soon after `stop()`."""
        while (collection := self.collections.get(name)) is not None:
            if self._too_dead(collection):
                await self._renew(name, collection, threads, lock, stop)
            elif self._too_fresh(collection):
                points = collection.points
                grown = _grown(points.graph or Graph.empty(collection.dimensions), points.tail, stop)
                points.settle(await threads.grow(grown))
                self.changed.add(name)
            else:
                return

    async def _renew(
        self, name: str, collection: Collection, threads: Threads, lock: asyncio.Lock, stop: Callable[[], bool]
    ) -> None:
        """Put one without the dead in the place of a collection."""
        async with lock:
            state, changes = collection.state(), self._logs.setdefault(name, [])
        try:
            state = await threads.keep(state.compacted)
            if len(state.tail) >= self._settle_at:
                graph = await threads.grow(_grown(Graph.empty(collection.dimensions), state.tail, stop))
                state = replace(state, graph=graph, tail=state.tail[:0].copy())
            fresh = await threads.keep(lambda: Collection(state))
            async with lock:
                if self.collections.get(name) is collection:
                    for at, change in enumerate(changes):
                        _change(fresh, change)
                        await _breath(at)
                    self.collections[name] = fresh
                    self.changed.add(name)
        finally:
            del self._logs[name]

    async def _check(self, changes: Sequence[Change]) -> None:
        dimensions: dict[str, int | None] = {name: one.dimensions for name, one in self.collections.items()}
        for at, change in enumerate(changes):
            if isinstance(change, VectorDocument):
                vectors = np.asarray(change.vectors, np.float32)
                dimensions[change.collection] = checked(vectors, dimensions.get(change.collection))
            elif change.id is None:
                dimensions.pop(change.collection, None)
            await _breath(at)

    def _apply(self, change: Change) -> None:
        name, collection = change.collection, self.collections.get(change.collection)
        if collection is None and isinstance(change, VectorDocument):
            collection = self.collections[name] = Collection(State.empty(change.vectors.shape[1]))
        if collection is None:
            return
        if isinstance(change, Gone) and change.id is None:
            del self.collections[name]
        elif not _change(collection, change):
            return
        self.changed.add(name)
        if name in self._logs:
            self._logs[name].append(change)

    def _too_fresh(self, collection: Collection) -> bool:
        return collection.waiting >= self._settle_at

    def _too_dead(self, collection: Collection) -> bool:
        return collection.dead > max(self._settle_at, len(collection.ids)) / 4


def _change(collection: Collection, change: Change) -> bool:
    """False when that changes nothing."""
    if isinstance(change, VectorDocument):
        return collection.put(change)
    return change.id is not None and collection.remove(change.id)


def _grown(graph: Graph, tail: Vectors, stop: Callable[[], bool]) -> Callable[[], Graph]:
    return lambda: graph.grown([tail], stop)


async def _breath(at: int) -> None:
    """Let others have the event loop now and then."""
    if at % AT_ONCE == AT_ONCE - 1:
        await asyncio.sleep(0)
