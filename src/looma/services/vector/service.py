"""Keeps the search contract: documents in SQL, and two indexes that follow them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from typing import Any, Self

from looma.contracts.crm import CrmAPI
from looma.contracts.resume import ResumeAPI
from looma.contracts.vector import (
    SYSTEM,
    Collection,
    Document,
    DocumentChange,
    DocumentContent,
    Hits,
    NewCollection,
    NewDocuments,
    Query,
    Rebuild,
    Rebuilt,
    VectorAPI,
    VectorSearch,
    Written,
)
from looma.platform import context, policy
from looma.platform.contract import Notice, Page
from looma.platform.errors import Forbidden, LoomaError
from looma.platform.service import Platform, Service
from looma.platform.stores.search import Scored

from . import documents, drafting
from .collections import Collections, Shelf
from .documents import Kept
from .following import Follower
from .indexing import Indexer, Words
from .meanings import Meanings
from .reading import Reader
from .searching import Searcher
from .writing import Writer

POLL_S = 0.2
"""How often the outbox is looked at; what a record says is found soon after."""
LONGEST_S = 5.0
"""How long it rests at most after it has failed."""
RETRY_S = 5.0
"""How often it is tried to read, and to embed, what could not be."""
WORDS = "words"

log = logging.getLogger("looma.vector")


class VectorService(Service, VectorAPI):
    """Finds documents by word, by meaning and by both."""

    def __init__(self, platform: Platform) -> None:
        self._data, self._clock = platform.data, platform.clock
        self._sql, self._embedder = platform.data.sql, platform.embedder
        self._shelves = Collections()
        reader = Reader(platform.peer(CrmAPI), platform.peer(ResumeAPI))
        self.follower = Follower(self._sql, reader, self._shelves, self._clock)
        self._started = AsyncExitStack()

    @classmethod
    def build(cls, platform: Platform) -> Self:
        """Search on the platform's stores, with the CRM's records and the résumés' texts."""
        return cls(platform)

    async def start(self) -> None:
        """Open the indexes, bring them up to date, and follow the records from now on."""
        words, vectors = self._data.search, self._data.vectors
        async with AsyncExitStack() as failed:
            failed.push_async_callback(words.close)
            failed.push_async_callback(vectors.close)
            self._searcher = Searcher(self._sql, words, vectors, self._embedder)
            self.indexer = Indexer(Words(self._sql, words), Meanings(self._sql, vectors, self._embedder))
            self._writer = Writer(self._sql, self._shelves, self.indexer)
            await self._shelves.load(self._sql)
            await self.indexer.open()
            failed.push_async_callback(self.indexer.close)
            for work, every_s in (
                (self._follow_records, POLL_S),
                (self.indexer.catch_up, POLL_S),
                (self._retry, RETRY_S),
            ):
                failed.push_async_callback(_ended, asyncio.create_task(_again_and_again(work, every_s)))
            self._started = failed.pop_all()

    async def stop(self) -> None:
        """Follow no longer, and close the indexes."""
        await self._started.aclose()

    async def health(self) -> dict[str, Any]:
        """The truth and both indexes have to answer; without a model, meanings are left out."""
        await self._sql.check()
        search = await self._data.search.check()
        await self._data.vectors.check()
        return {
            "sql": "healthy",
            "search": "healthy",
            "search_engine": search.engine,
            "search_latency_ms": round(search.latency_s * 1000, 3),
            "vectors": "healthy",
            "embedder": self._embedder.model,
        }

    # -- collections --------------------------------------------------------------------------------------------------

    async def list_collections(self, cursor: str | None = None, limit: int = 20) -> Page[Collection]:
        """Collections by name."""
        return self._shelves.page(context.caller().org, cursor, limit)

    async def get_collection(self, name: str) -> Collection:
        """One collection."""
        return self._shelf(name).record()

    async def put_collection(self, name: str, request: NewCollection) -> Collection:
        """The collection, made when there was none."""
        wanted = Shelf(context.caller().org, name, request.description, created_at=self._clock())
        return (await self._writer.make(wanted)).record()

    async def delete_collection(self, name: str) -> Collection:
        """What the collection was."""
        return (await self._writer.drop(name)).record()

    # -- documents ----------------------------------------------------------------------------------------------------

    async def put_documents(self, name: str, request: NewDocuments) -> Written:
        """The documents, durable and findable."""
        drafts = {document.id: drafting.of(document) for document in request.documents}
        await self._writer.put(name, list(drafts.values()))
        return Written(count=len(drafts), warnings=self._warnings())

    async def get_document(self, name: str, document_id: str) -> Document:
        """One document."""
        shelf = self._readable(name)
        return _document(
            drafting.found(await documents.one(self._sql, shelf.org, name, document_id), name, document_id)
        )

    async def put_document(self, name: str, document_id: str, request: DocumentContent) -> Document:
        """The document as it stands now."""
        draft = drafting.of(drafting.named(document_id, request.model_dump(exclude_unset=True)))
        await self._writer.put(name, [draft])
        return await self.get_document(name, document_id)

    async def change_document(self, name: str, document_id: str, request: DocumentChange) -> Document:
        """The document with the changes."""
        drafting.check_not_emptied(request)
        await self._writer.change(name, document_id, lambda kept: drafting.changed(kept, request))
        return await self.get_document(name, document_id)

    async def delete_document(self, name: str, document_id: str) -> Document:
        """What the document was."""
        return _document(await self._writer.change(name, document_id, drafting.removed))

    # -- searching ----------------------------------------------------------------------------------------------------

    async def search_text(self, request: Query) -> Hits:
        """By word."""
        shelf = self._readable(request.collection)
        ranked = await self._searcher.by_word(shelf, request, request.k)
        return await self._hits(shelf, ranked, request, [WORDS])

    async def search_semantic(self, request: Query) -> Hits:
        """By meaning."""
        shelf = self._readable(request.collection)
        ranked = await self._searcher.by_meaning(shelf, request, request.k)
        return await self._hits(shelf, ranked, request, [self._embedder.model])

    async def search_hybrid(self, request: Query) -> Hits:
        """By both, or by word with a warning."""
        shelf = self._readable(request.collection)
        found = await self._searcher.by_both(shelf, request)
        if found.by_meaning:
            return await self._hits(shelf, found.ranked, request, [WORDS, self._embedder.model])
        hits = await self._hits(shelf, found.ranked, request, [WORDS])
        return hits.model_copy(update={"warnings": [Notice(code="vector.hybrid_words_only")]})

    async def search_vector(self, request: VectorSearch) -> Hits:
        """Near a vector."""
        shelf = self._readable(request.collection)
        return await self._hits(shelf, await self._searcher.near(shelf, request), request, ["vectors"])

    async def rebuild(self, request: Rebuild) -> Rebuilt:
        """A projection of all organisations, from SQL."""
        if context.caller().kind != "service":  # an owner owns one organisation, not the installation
            raise Forbidden(scope="system:maintain")
        if request.store == "search":
            await self.indexer.words.begin_anew()
            return Rebuilt(store=request.store, documents=await self._data.search.count())
        if request.store == "vector":
            await self.indexer.meanings.begin_anew()
            return Rebuilt(store=request.store, documents=await self._data.vectors.count())
        await self.indexer.reach(await self.follower.read_all())
        return Rebuilt(store=request.store, documents=await documents.count(self._sql, SYSTEM))

    # -- what they share ----------------------------------------------------------------------------------------------

    def _shelf(self, name: str) -> Shelf:
        return self._shelves.get(context.caller().org, name)

    def _readable(self, name: str) -> Shelf:
        """A collection whose documents the caller may read: the system's ones are records of the CRM."""
        if name in SYSTEM:
            policy.require("crm:read")
        return self._shelf(name)

    async def _hits(
        self, shelf: Shelf, ranked: Sequence[Scored], request: Query | VectorSearch, engines: list[str]
    ) -> Hits:
        return Hits(hits=await self._searcher.hits(shelf, ranked, request), engines=engines)

    def _warnings(self) -> list[Notice]:
        return [Notice(code="vector.words_only")] if self.indexer.meanings.waiting else []

    async def _follow_records(self) -> None:
        while change := await self.follower.turn():
            await self.indexer.find_by_word(change)

    async def _retry(self) -> None:
        await self.indexer.find_by_word(await self.follower.retry())
        await self.indexer.embed_late()


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _again_and_again(work: Callable[[], Awaitable[None]], every_s: float) -> None:
    pause = every_s
    while True:
        try:
            await work()
            pause = every_s
        except Exception as why:
            expected = isinstance(why, LoomaError)  # a store that is full or away: its own words say it all
            log.warning("search does not follow the records: %s", why, exc_info=None if expected else why)
            pause = max(every_s, min(2 * pause, LONGEST_S))
        await asyncio.sleep(pause)


def _document(kept: Kept) -> Document:
    names = ("id", "collection", "title", "text", "language", "terms", "version")
    return Document(**{name: getattr(kept, name) for name in names})
