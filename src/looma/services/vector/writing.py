"""Writing collections and documents: in SQL first, in both indexes before it is answered."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from looma.platform import context
from looma.platform.stores.sql import Sql, Transaction

from . import collections, documents, drafting
from .collections import Collections, Shelf
from .documents import Draft, Kept
from .embeddings import Vectors
from .indexing import Indexer


class Writer:
    """Writes what is no collection of the system."""

    def __init__(self, sql: Sql, shelves: Collections, indexer: Indexer) -> None:
        self._sql, self._shelves, self._indexer = sql, shelves, indexer

    async def make(self, wanted: Shelf) -> Shelf:
        """The collection; a new one when there was none."""
        collections.check_own(wanted.name)
        collections.check_name(wanted.name)
        shelf = await self._sql.write(lambda tx: collections.made(tx, wanted))
        self._shelves.put(shelf)
        return shelf

    async def drop(self, name: str) -> Shelf:
        """What the collection was."""
        collections.check_own(name)
        org = context.caller().org
        shelf, change = await self._sql.write(lambda tx: collections.dropped(tx, org, name))
        self._shelves.remove(shelf)
        await self._indexer.reach(change)
        return shelf

    async def put(self, name: str, drafts: Sequence[Draft]) -> None:
        """Put documents in, or in the place of those with their ids."""
        collections.check_own(name)
        self._shelves.get(context.caller().org, name)
        made = await self._indexer.meanings.made_ahead(drafts)

        async def prepared(_: Transaction) -> Sequence[Draft]:
            return drafts

        await self._write(name, prepared, made)

    async def change(self, name: str, document_id: str, change: Callable[[Kept], Draft]) -> Kept:
        """Put what `change` makes of a document in its place; what it was before. `DocumentNotFound` for none."""
        org = context.caller().org
        before: list[Kept] = []

        async def prepared(tx: Transaction) -> Sequence[Draft]:
            kept = await documents.one(tx, org, name, document_id)
            before.append(drafting.found(kept, name, document_id))
            return [change(before[-1])]

        await self._write(name, prepared)
        return before[-1]

    async def _write(
        self,
        name: str,
        prepared: Callable[[Transaction], Awaitable[Sequence[Draft]]],
        made: Mapping[str, Vectors] | None = None,
    ) -> None:
        collections.check_own(name)
        org = context.caller().org

        async def change(tx: Transaction) -> tuple[Shelf, int]:
            shelf = await collections.required(tx, org, name)
            effect = await documents.write(tx, org, name, await prepared(tx))
            if made:
                await self._indexer.meanings.keep(tx, made)
            return await collections.counted(tx, shelf, effect), effect.change

        shelf, last = await self._sql.write(change)
        self._shelves.put(shelf)
        await self._indexer.reach(last)
