"""Vectors in this process, by FAISS: collections in memory, snapshots of them in a folder.

The event loop's thread alone changes collections, a few documents at a time; a search prepares itself there and takes
its short looks there too (a graph answers in a fraction of a millisecond). Long looks, snapshots, compacting and the
growing of graphs have threads and work on arrays that do not change any more. So no search waits for a lock.
"""

import asyncio
import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..errors import StoreBroken
from . import Gone, Scored, VectorDocument, VectorQuery
from .collection import Collection
from .graph import Stopped
from .searching import COST_INLINE, Search
from .shelves import Shelves
from .snapshot import Damaged, Snapshots
from .threads import Threads

log = logging.getLogger("looma.stores.vector")

SETTLE_AT = 4096
"""Vectors that are looked at one by one before a graph takes them over: 0.2 ms at 512 dimensions."""
KEEP_EVERY = 5_000
KEEP_AFTER_S = 10.0


class FaissVectors:
    """Keeps the promises of `VectorStore` for one process; the folder is locked while it is open.

    A snapshot is taken after `keep_every` changes, and no later than `keep_after_s` seconds after a change.
    """

    def __init__(
        self,
        url: str | Path,
        *,
        settle_at: int = SETTLE_AT,
        keep_every: int = KEEP_EVERY,
        keep_after_s: float = KEEP_AFTER_S,
    ) -> None:
        self._snapshots = Snapshots(url if isinstance(url, Path) else Path(unquote(urlsplit(url).path) or "."))
        self._settle_at, self._keep_every, self._keep_after_s = settle_at, keep_every, keep_after_s
        self._shelves = Shelves(settle_at)
        self._position = self._kept = self._unkept = 0
        self._threads: Threads | None = None
        self._changing, self._keeping = asyncio.Lock(), asyncio.Lock()
        self._settling: dict[str, asyncio.Task[None]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._saving: asyncio.Task[None] | None = None
        self._stop = threading.Event()

    async def open(self) -> None:
        """Take the folder and read its snapshot."""
        if self._threads is not None:
            return
        threads = Threads()
        self._shelves = Shelves(self._settle_at)
        try:
            self._position, self._shelves.collections = await threads.keep(self._load)
        except BaseException:
            self._snapshots.close()
            await threads.end()
            raise
        self._threads, self._kept, self._unkept = threads, self._position, 0
        self._stop.clear()
        self._tend()

    async def close(self) -> None:
        """Keep what was applied and let go; a graph that is growing is given up, and begun again after `open`."""
        if self._threads is None:
            return
        self._stop.set()
        if self._timer is not None:
            self._timer.cancel()
        await asyncio.gather(*self._settling.values(), *filter(None, [self._saving]))
        await self.keep()
        threads, self._threads = self._threads, None
        if threads is not None:
            await threads.end()
            self._snapshots.close()
            self._shelves = Shelves(self._settle_at)

    async def position(self) -> int:
        """The `to` of the last `apply`."""
        self._opened()
        return self._position

    async def apply(self, changes: Sequence[VectorDocument | Gone], to: int) -> None:
        """Make all of these findable; calls are put in the order in which they came."""
        self._opened()
        async with self._changing:
            await self._shelves.apply(changes)
            self._position = to
            self._unkept += len(changes)
        self._tend()

    async def search(self, query: VectorQuery) -> list[Scored]:
        """The nearest documents, best first. ValueError when the vector does not fit the collection."""
        threads = self._opened()
        collection = self._shelves.collections.get(query.collection)
        if collection is None:
            return []
        search = Search(collection, query)
        while (look := search.look) is not None:
            search.found(look, await threads.read(look.take) if look.cost > COST_INLINE else look.take())
        return search.ranked

    async def count(self, collection: str | None = None) -> int:
        """Documents of one collection, or of all."""
        self._opened()
        collections = self._shelves.collections
        return sum(len(one) for name, one in collections.items() if collection in (None, name))

    async def clear(self) -> None:
        """Forget everything, on the disk too."""
        threads = self._opened()
        async with self._keeping, self._changing:
            await threads.keep(self._snapshots.wipe)
            self._shelves.collections.clear()
            self._shelves.changed.clear()
            self._position = self._kept = self._unkept = 0

    async def check(self) -> None:
        """Return when the folder is there."""
        self._opened()
        if not self._snapshots.folder.is_dir():
            raise StoreBroken(what="the folder of vectors is gone")

    async def keep(self) -> bool:
        """Take a snapshot now. When there is no room for it the last one stays, and it is tried again later."""
        threads = self._opened()
        async with self._keeping:
            async with self._changing:
                position, states = self._position, self._shelves.states()
                self._unkept = 0
            if position == self._kept and not states:
                return True
            try:
                await threads.keep(lambda: self._snapshots.write(position, states))
            except (StoreBroken, RuntimeError) as error:  # RuntimeError is FAISS's for a file that it cannot write
                self._shelves.changed |= states.keys()
                log.warning(
                    "the vectors could not be kept, the last snapshot stays: %s",
                    error.details["what"] if isinstance(error, StoreBroken) else "its graph cannot be written",
                )
                return False
            self._kept = position
            return True

    async def settled(self) -> None:
        """Return when no graph is growing in the background."""
        while self._settling:
            await asyncio.gather(*self._settling.values())

    def _opened(self) -> Threads:
        if self._threads is None:
            raise StoreBroken(what="the vectors are not open")
        return self._threads

    def _load(self) -> tuple[int, dict[str, Collection]]:
        self._snapshots.open()
        try:
            position, states = self._snapshots.read()
        except Damaged as why:
            log.warning("the vector index is begun anew: %s", why)
            self._snapshots.wipe()
            return 0, {}
        return position, {name: Collection(state) for name, state in states.items()}

    def _tend(self) -> None:
        """Begin what is due in the background."""
        if self._stop.is_set():
            return
        for name in self._shelves.unsettled():
            if name not in self._settling:
                self._settling[name] = asyncio.create_task(self._settle(name))
        if self._unkept >= self._keep_every:
            self._save()
        elif self._timer is None and (self._position != self._kept or self._shelves.changed):
            self._timer = asyncio.get_running_loop().call_later(self._keep_after_s, self._save)

    def _save(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._saving is None and not self._stop.is_set():
            self._saving = asyncio.create_task(self._keep_in_background())

    async def _keep_in_background(self) -> None:
        try:
            await self.keep()
        finally:
            self._saving = None
        if not self._stop.is_set():
            self._tend()

    async def _settle(self, name: str) -> None:
        try:
            await self._shelves.settle(name, self._opened(), self._changing, self._stop.is_set)
        except Stopped:
            return
        except (MemoryError, RuntimeError) as error:  # what FAISS raises; searching goes on without the graph
            log.warning("the graph of a collection could not grow: %s", type(error).__name__)
            return
        finally:
            del self._settling[name]
        self._tend()
