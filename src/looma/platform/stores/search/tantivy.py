"""Full text in this process, by tantivy: one index in a folder, one thread that writes, a few that read."""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from ..errors import StoreBroken
from . import Answered, Gone, Scored, SearchDocument, TextQuery
from .index import FolderIndex

T = TypeVar("T")

READERS = 2


class TantivySearch:
    """Keeps the promises of `SearchStore` for one process; the folder is locked while it is open."""

    def __init__(self, url: str | Path) -> None:
        folder = url if isinstance(url, Path) else Path(unquote(urlsplit(url).path) or ".")
        self._index = FolderIndex(folder)
        self._writing: ThreadPoolExecutor | None = None
        self._reading: ThreadPoolExecutor | None = None

    async def open(self) -> None:
        """Take the folder and be ready."""
        if self._writing is not None:
            return
        self._writing = ThreadPoolExecutor(1, "search-writing")
        self._reading = ThreadPoolExecutor(READERS, "search-reading")
        try:
            await self._in(self._writing, self._index.open)
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Finish what was accepted and let go."""
        writing, reading, self._writing, self._reading = self._writing, self._reading, None, None
        if writing is None or reading is None:
            return
        await asyncio.get_running_loop().run_in_executor(writing, reading.shutdown)
        await asyncio.get_running_loop().run_in_executor(writing, self._index.close)
        writing.shutdown()

    async def position(self) -> int:
        """The `to` of the last commit."""
        return await self._in(self._reading, self._index.position)

    async def apply(self, changes: Sequence[SearchDocument | Gone], to: int) -> None:
        """All of it in one commit; calls are put in the order in which they came."""
        await self._in(self._writing, lambda: self._index.write(changes, to))

    async def search(self, query: TextQuery) -> list[Scored]:
        """The best documents, best first."""
        return await self._in(self._reading, lambda: self._index.search(query))

    async def facets(self, query: TextQuery, field: str) -> dict[str, int]:
        """How many of the documents that fit have each term."""
        return await self._in(self._reading, lambda: self._index.facets(query, field))

    async def count(self, collection: str | None = None) -> int:
        """Documents of one collection, or of all."""
        return await self._in(self._reading, lambda: self._index.count(collection))

    async def clear(self) -> None:
        """Forget everything."""
        await self._in(self._writing, self._index.clear)

    async def check(self) -> Answered:
        """Return when the index answers."""
        start = time.perf_counter()
        await self._in(self._reading, self._index.check)
        return Answered(f"tantivy {version('tantivy')}", time.perf_counter() - start)

    @staticmethod
    async def _in(threads: ThreadPoolExecutor | None, act: Callable[[], T]) -> T:
        if threads is None:
            raise StoreBroken(what="the index is not open")
        return await asyncio.get_running_loop().run_in_executor(threads, act)
