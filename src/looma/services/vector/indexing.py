"""Both indexes, and what is asked of them together."""

from asyncio import Future, Lock, gather, shield
from collections.abc import Sequence
from typing import Any

from looma.platform.stores.search import Gone, SearchDocument, SearchStore
from looma.platform.stores.sql import Sql

from .documents import WHOLE, Kept
from .meanings import Meanings
from .projection import Projection


class Words(Projection):
    """The full text index."""

    def __init__(self, sql: Sql, store: SearchStore) -> None:
        super().__init__(sql)
        self._store = store

    async def open(self) -> None:
        """Open the index and bring it up to date."""
        await self._store.open()
        await self._follow_from(await self._store.position())

    async def _apply(self, rows: Sequence[Kept], to: int) -> None:
        await self._store.apply([_searchable(row) for row in rows], to)

    async def _clear(self) -> None:
        await self._store.clear()


class Indexer:
    """Both indexes."""

    def __init__(self, words: Words, meanings: Meanings) -> None:
        self.words, self.meanings = words, meanings
        self._wanted = 0
        self._late = Lock()
        self._working: set[Future[Any]] = set()

    async def open(self) -> None:
        """Open both and bring them up to date."""
        await self.words.open()
        await self.meanings.open()

    async def close(self) -> None:
        """Leave off; what is not applied is applied after the next `open`."""
        for work in self._working:
            work.cancel()
        await gather(*self._working, return_exceptions=True)

    async def reach(self, change: int) -> None:
        """Apply everything up to `change` to both. What fails is tried again by `catch_up`."""
        self._wanted = max(self._wanted, change)
        work = gather(self.words.reach(change), self.meanings.reach(change))
        self._working.add(work)
        work.add_done_callback(self._worked)
        await shield(work)  # a caller that goes away must not stop an index in the middle of its work

    def _worked(self, work: Future[Any]) -> None:
        self._working.discard(work)
        if not work.cancelled():
            work.exception()  # has been seen: whoever waits gets it too, and `catch_up` tries again

    async def find_by_word(self, change: int) -> None:
        """Apply everything up to `change` to the words alone; `catch_up` sees to the meanings, which take longer."""
        self._wanted = max(self._wanted, change)
        await self.words.reach(change)

    async def catch_up(self) -> None:
        """Apply what one of them does not have yet."""
        await self.reach(self._wanted)

    async def embed_late(self) -> None:
        """Embed what had to wait for the model. Whoever comes meanwhile waits until it can be found."""
        async with self._late:
            if self.meanings.waiting:
                await self.meanings.catch_up()
                await self.reach(await self.meanings.last_change())


def _searchable(row: Kept) -> SearchDocument | Gone:
    key = f"{row.org}/{row.collection}"
    if not row.live:
        return Gone(key, None if row.id == WHOLE else row.id)
    return SearchDocument(key, row.id, row.title, row.text, row.terms)
