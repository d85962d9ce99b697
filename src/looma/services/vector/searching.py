"""Searching one collection: by word, by meaning, and by both."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from looma.contracts.vector import Highlight, Hit, Query, VectorSearch
from looma.platform.ai import Embedder
from looma.platform.errors import Unavailable
from looma.platform.stores.search import Scored, SearchStore, TextQuery
from looma.platform.stores.sql import Sql
from looma.platform.stores.vector import VectorQuery, Vectors, VectorStore

from . import documents, highlighting
from .collections import Shelf
from .fusion import fused, lexical_weight
from .languages import language_of

REMEMBERED = 1_024
"""Queries whose vectors are held."""
DEPTH, DEEPEST = 100, 2_000
"""Candidates that each side gives to a fusion: at least, and at most."""
HIGHLIGHTED = 100
"""Hits that come with highlights; nobody reads on."""
BETWEEN = 16
"""Texts that are highlighted before other callers get their turn."""


@dataclass(frozen=True)
class Found:
    """A ranking, and whether meanings were part of it."""

    ranked: Sequence[Scored]
    by_meaning: bool = True


class Searcher:
    """Asks the indexes. No SQL but for the texts of the hits, when those are wanted."""

    def __init__(self, sql: Sql, words: SearchStore, vectors: VectorStore, embedder: Embedder) -> None:
        self._sql, self._words, self._vectors, self._embedder = sql, words, vectors, embedder
        self._remembered: OrderedDict[str, Vectors] = OrderedDict()

    async def by_word(self, shelf: Shelf, query: Query, k: int) -> list[Scored]:
        """The `k` best by their words."""
        return await self._words.search(TextQuery(shelf.key, query.query, k, query.filters))

    async def by_meaning(self, shelf: Shelf, query: Query, k: int) -> list[Scored]:
        """The `k` best by their meaning. Raises `Unavailable` when the model is out of reach."""
        if not query.query.strip():
            return []
        vector = await self._vector(query.query)
        return await self._vectors.search(VectorQuery(shelf.key, vector, k, query.filters))

    async def by_both(self, shelf: Shelf, query: Query) -> Found:
        """The best by words and meaning; by words alone when the model is out of reach."""
        depth = min(max(DEPTH, 3 * query.k), DEEPEST)
        words, meanings = await asyncio.gather(
            self.by_word(shelf, query, depth), self.by_meaning(shelf, query, depth), return_exceptions=True
        )
        if isinstance(words, BaseException):
            raise words
        if isinstance(meanings, Unavailable):
            return Found(words[: query.k], by_meaning=False)
        if isinstance(meanings, BaseException):
            raise meanings
        weight = lexical_weight(query.language or language_of(query.query), shelf.chinese_share)
        both = fused({one.id: one.score for one in words}, {one.id: one.score for one in meanings}, weight)
        return Found([Scored(id_, score) for id_, score in both[: query.k]])

    async def near(self, shelf: Shelf, query: VectorSearch) -> list[Scored]:
        """The `k` nearest to a vector."""
        vector = np.asarray(query.vector, np.float32)
        return await self._vectors.search(VectorQuery(shelf.key, vector, query.k, query.filters, query.metric))

    async def hits(self, shelf: Shelf, ranked: Sequence[Scored], query: Query | VectorSearch) -> list[Hit]:
        """The ranking as it is answered. Documents that went meanwhile are left out where texts are wanted."""
        highlight = isinstance(query, Query) and query.highlight
        if not highlight and not query.text:
            return [Hit(id=one.id, score=_rounded(one.score)) for one in ranked]
        shown = await documents.shown(self._sql, shelf.org, shelf.name, [one.id for one in ranked])
        looked_for = highlighting.pattern(query.query) if isinstance(query, Query) and highlight else None
        hits = []
        for number, one in enumerate(found for found in ranked if found.id in shown):
            if number % BETWEEN == BETWEEN - 1:
                await asyncio.sleep(0)
            title, text = shown[one.id]
            hits.append(
                Hit(
                    id=one.id,
                    score=_rounded(one.score),
                    title=title or None,
                    text=text if query.text else None,
                    highlights=_highlights(text, looked_for) if highlight and number < HIGHLIGHTED else [],
                )
            )
        return hits

    async def _vector(self, text: str) -> Vectors:
        if (vector := self._remembered.get(text)) is None:
            (vector,) = await self._embedder.embed([text])
            self._remembered[text] = vector
            while len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        else:
            self._remembered.move_to_end(text)
        return vector


def _highlights(text: str, looked_for: re.Pattern[str] | None) -> list[Highlight]:
    return [
        Highlight(text=text[one.start : one.end], start=one.start, end=one.end, marks=list(one.marks))
        for one in highlighting.stretches(text, looked_for)
    ]


def _rounded(score: float) -> float:
    return round(float(score), 6)
