"""The vector indexes follow the documents, with the embeddings that are kept beside them.

What has no embedding yet because the model is out of reach is found by word meanwhile, and its vectors follow.
"""

import logging
from collections.abc import Mapping, Sequence

import numpy as np

from looma.platform.ai import Embedder
from looma.platform.errors import Unavailable
from looma.platform.stores.sql import Sql, Transaction
from looma.platform.stores.vector import Gone, VectorDocument, Vectors, VectorStore

from . import documents, embeddings
from .documents import WHOLE, Draft, Kept
from .embeddings import content_hash
from .passages import RULE, passages
from .projection import BATCH, Projection

TEXTS = 32
"""Passages a call to the model, so that the questions of searchers get in between."""
OFF = "off"

log = logging.getLogger("looma.vector")


class Meanings(Projection):
    """The vector indexes, and the embeddings that they are made of."""

    def __init__(self, sql: Sql, store: VectorStore, embedder: Embedder) -> None:
        super().__init__(sql)
        self._store, self._embedder = store, embedder
        self._model = f"{embedder.model}/{RULE}"
        self._embedding = True
        self._refused: set[str] = set()
        self.waiting = False
        """Whether there are documents whose vectors are still to come."""

    async def open(self) -> None:
        """Open the index and bring it up to date with the embeddings that are kept; nothing is embedded meanwhile."""
        await self._store.open()
        await self._settle_model()
        self._embedding = False
        try:
            await self._follow_from(await self._store.position())
        finally:
            self._embedding = True
        self.waiting = bool(await documents.lacking(self._sql, self._model, 0, 1))

    async def catch_up(self) -> None:
        """Embed what was left out; stop, to try again later, when the model is out of reach.

        What gets its embedding now is numbered anew in the same transaction, so that the index comes to it as to any
        change, also after a crash.
        """
        async with self._lock:
            at, left_out = 0, False
            while not left_out and (rows := await documents.lacking(self._sql, self._model, at, BATCH)):
                at = rows[-1].change
                made = await self._made([row for row in rows if row.content_hash not in self._refused])
                settled = self._refused.union(made)
                left_out = any(row.content_hash not in settled for row in rows)
            self.waiting = left_out

    async def made_ahead(self, drafts: Sequence[Draft]) -> dict[str, Vectors]:
        """Embeddings that these need and that are not kept, to be kept in the transaction that writes them: what takes
        long is done while no other change waits for it. Nothing where the model fails; then `reach` sees to it."""
        wanted = {content_hash(draft.title, draft.text): draft for draft in drafts}
        known = await embeddings.known(self._sql, self._model, list(wanted))
        try:
            return await self._embedded({name: draft for name, draft in wanted.items() if name not in known})
        except Exception:  # noqa: BLE001 - it is tried again, and told, when the index comes to these documents
            return {}

    async def keep(self, tx: Transaction, made: Mapping[str, Vectors]) -> None:
        """Keep embeddings, and see to others that say the same and were passed by without them."""
        await embeddings.keep(tx, self._model, made)
        if self.waiting:
            await documents.renumber(tx, list(made), self._at)

    async def _apply(self, rows: Sequence[Kept], to: int) -> None:
        hashes = list({row.content_hash for row in rows if row.content_hash})
        vectors = await embeddings.known(self._sql, self._model, hashes)
        missing = [row for row in rows if row.content_hash and row.content_hash not in vectors]
        if missing and self._embedding:
            vectors |= await self._made(missing)
        if any(row.content_hash not in vectors for row in missing):
            self.waiting = True
        await self._store.apply([_vectorized(row, vectors) for row in rows], to)

    async def _clear(self) -> None:
        await self._store.clear()

    async def _made(self, rows: Sequence[Kept]) -> dict[str, Vectors]:
        """Embeddings of these, kept; without those that the model did not give."""
        by_hash = {row.content_hash or "": row for row in rows}
        try:
            made = await self._embedded(by_hash)
        except Unavailable:
            return {}
        except Exception:
            log.exception("%s documents could not be embedded together", len(by_hash))
            made = await self._one_by_one(by_hash)
        if made:
            await self._sql.write(lambda tx: self.keep(tx, made))
        return made

    async def _one_by_one(self, by_hash: dict[str, Kept]) -> dict[str, Vectors]:
        made: dict[str, Vectors] = {}
        for name, row in by_hash.items():
            try:
                made |= await self._embedded({name: row})
            except Unavailable:
                break
            except Exception:
                log.exception("document %s of %s cannot be embedded; it is found by word alone", row.id, row.collection)
                self._refused.add(name)
        return made

    async def _embedded(self, by_hash: Mapping[str, Draft | Kept]) -> dict[str, Vectors]:
        pieces = {name: passages(row.title, row.text) for name, row in by_hash.items()}
        texts = [piece for found in pieces.values() for piece in found]
        parts = [await self._embedder.embed(texts[at : at + TEXTS]) for at in range(0, len(texts), TEXTS)]
        vectors = np.concatenate(parts) if parts else np.zeros((0, self._embedder.dimensions), np.float32)
        made: dict[str, Vectors] = {}
        at = 0
        for name, found in pieces.items():
            made[name] = vectors[at : at + len(found)]
            at += len(found)
        return made

    async def _settle_model(self) -> None:
        """Take the kept embeddings as they are while the model is switched off; those of another model are forgotten
        with the index that holds them, since vectors of two models are never compared."""
        kept = await embeddings.models(self._sql)
        if self._embedder.model == OFF:
            self._model = next(iter(kept), self._model)
        elif set(kept) - {self._model}:
            await self._store.clear()
            await self._sql.write(lambda tx: embeddings.forget_others(tx, self._model))


def _vectorized(row: Kept, vectors: dict[str, Vectors]) -> VectorDocument | Gone:
    key = f"{row.org}/{row.collection}"
    found = vectors.get(row.content_hash or "")
    if not row.live or found is None or not len(found):
        return Gone(key, None if row.id == WHOLE else row.id)
    return VectorDocument(key, row.id, found, row.terms)
