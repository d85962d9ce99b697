"""Taxonomies made ready for ranking, kept in memory while they are in use."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from looma.contracts.resume import Candidate, Concept, Taxonomy, TaxonomyNotFound
from looma.platform import context
from looma.platform.errors import Unavailable
from looma.platform.service import Platform

from . import taxonomies

if TYPE_CHECKING:  # numpy and the taxonomies are loaded when something is ranked, not when the service starts
    from .normalization import TermIndex
    from .taxonomy.concepts import OccupationConcept, SkillConcept

SKILLS, TITLES = "looma-skills", "looma-titles"
BUILT_IN = frozenset({SKILLS, TITLES})
KEPT = 4
"""Indexes in memory at once; the one used longest ago goes first. One of 14,000 concepts takes about 100 MB."""
MOST_EMBEDDED = 20_000
"""Surfaces that are embedded, at some 600 a second; a larger taxonomy is ranked by its words alone."""

Key = tuple[str, str, int, bool]


class Indexes:
    """One index a taxonomy, organisation and version; made at first use, and by one caller at a time."""

    def __init__(self, platform: Platform) -> None:
        self._sql, self._embedder = platform.data.sql, platform.embedder
        self._made: OrderedDict[Key, TermIndex] = OrderedDict()
        self._making = asyncio.Lock()

    async def built_in(self) -> list[Taxonomy]:
        """The taxonomies that come with Looma."""
        return [Taxonomy(name=name, concepts=len(_own(name)), built_in=True) for name in sorted(BUILT_IN)]

    async def nearest(self, terms: Sequence[str], taxonomy: str, k: int, *, titles: bool) -> list[list[Candidate]]:
        """For each term the `k` concepts most alike; by words alone where the embedder is not to be had."""
        index = await self._index(taxonomy, titles=titles)
        vectors = None
        if len(index.surfaces) <= MOST_EMBEDDED:
            try:
                vectors = await self._embedder.embed(terms)
            except Unavailable:
                vectors = None
        return await asyncio.to_thread(index.nearest, terms, vectors, k)

    async def _index(self, taxonomy: str, *, titles: bool) -> "TermIndex":
        org, version = context.caller().org, 0
        if taxonomy not in BUILT_IN:
            found = await taxonomies.version_of(self._sql, org, taxonomy)
            if found is None:
                raise TaxonomyNotFound(name=taxonomy)
            version = found
        key = ("" if taxonomy in BUILT_IN else org, taxonomy, version, titles)
        async with self._making:
            if key not in self._made:
                concepts = (
                    _own(taxonomy) if taxonomy in BUILT_IN else await taxonomies.concepts_of(self._sql, org, taxonomy)
                )
                self._made[key] = await self._make(concepts, titles=titles)
                while len(self._made) > KEPT:
                    self._made.popitem(last=False)
            self._made.move_to_end(key)
            return self._made[key]

    async def _make(self, concepts: Sequence[Concept], *, titles: bool) -> "TermIndex":
        index = await asyncio.to_thread(_indexed, concepts, titles=titles)
        if len(index.surfaces) <= MOST_EMBEDDED:
            try:
                return index.with_embeddings(await self._embedder.embed(index.surfaces))
            except Unavailable:
                return index
        return index


def _indexed(concepts: Sequence[Concept], *, titles: bool) -> "TermIndex":
    from .normalization import TermIndex
    from .titles import bare_title

    known: Callable[[str], Sequence[str]] = _occupation if titles else _skill
    return TermIndex(concepts, forms=bare_title if titles else None, known=known)


def _own(name: str) -> list[Concept]:
    from .taxonomy import load_skills, load_titles

    graph = load_skills() if name == SKILLS else load_titles()
    found: Sequence[SkillConcept | OccupationConcept] = list(graph.concepts.values())
    return [Concept(id=c.id, label=c.en, alternatives=[s for s in c.surfaces if s != c.en][:100]) for c in found]


def _skill(term: str) -> Sequence[str]:
    from .skills import lexicon
    from .taxonomy import load_skills

    meaning = lexicon().get(term)
    if meaning is None or meaning.certain is None:
        return ()
    return (meaning.certain, *load_skills().broader(meaning.certain))


def _occupation(title: str) -> Sequence[str]:
    from .taxonomy import load_titles
    from .titles import concept_of

    concept = concept_of(title)
    return () if concept is None else (concept, *load_titles().broader(concept))
