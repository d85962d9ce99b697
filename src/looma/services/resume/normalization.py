"""Which concepts of a taxonomy a term most likely means: exact forms, shared characters, meaning, and what we know."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from looma.contracts.resume import Candidate, Concept

from .taxonomy.folding import HAN, squeeze

Matrix = NDArray[np.float32]

LEXICAL = 0.3
"""Weight of shared characters beside the weight of meaning; measured on English and Chinese titles and skills."""
KNOWN = 0.2
"""How far a pair that our own taxonomy holds for one thing is lifted towards 1."""

_CHUNK_CELLS = 4_000_000
"""Scores held at once: 16 MB each for characters and meaning, whatever the size of the taxonomy."""
_MAX_FORM = 200
_HAN = re.compile(f"[{HAN}]")


class TermIndex:
    """A taxonomy made ready for ranking terms against it.

    `surfaces` are all labels and alternatives (and, with `forms`, their second forms), to be embedded by the caller,
    one row a surface, L2-normalised; `with_embeddings` takes the rows. Without them characters decide alone.
    """

    def __init__(
        self,
        concepts: Sequence[Concept],
        embeddings: Matrix | None = None,
        *,
        forms: Callable[[str], str] | None = None,
        known: Callable[[str], Sequence[str]] | None = None,
    ) -> None:
        """`forms` gives a second form of a surface or term, such as a title without its rank. `known` gives the ids
        that our own taxonomy has for a text, the concept first, then what is above it; nothing for what it lacks."""
        self._concepts = sorted(concepts, key=lambda concept: concept.id)
        self._forms = forms or (lambda text: text)
        self._known = known or (lambda _: ())
        self.surfaces, self._first = self._listed()
        self._exact = self._by_form()
        self._grams = _Grams([squeeze(surface)[:_MAX_FORM] for surface in self.surfaces])
        self._by_known = self._same()
        self._embeddings = self._checked(embeddings)

    def with_embeddings(self, embeddings: Matrix) -> "TermIndex":
        """This index with the vectors of its surfaces, one row each in their order."""
        self._embeddings = self._checked(embeddings)
        return self

    def nearest(self, terms: Sequence[str], vectors: Matrix | None = None, k: int = 5) -> list[list[Candidate]]:
        """For each term the `k` concepts most alike, best first; scores in 0..1, ties fall by id.

        `vectors` is one row a term, L2-normalised; it counts where the index has embeddings. Memory is bounded
        whatever the number of terms: they are taken in chunks.
        """
        step = max(1, _CHUNK_CELLS // max(1, len(self.surfaces)))
        found: list[list[Candidate]] = []
        for start in range(0, len(terms), step):
            part = terms[start : start + step]
            rows = None if vectors is None else vectors[start : start + step]
            scores = self._scores(part, rows)
            found += [self._best(scores[row], k) for row in range(len(part))]
        return found

    def _scores(self, terms: Sequence[str], vectors: Matrix | None) -> Matrix:
        """Terms × concepts."""
        if not self._concepts:
            return np.zeros((len(terms), 0), np.float32)
        scores = np.stack([self._grams.similarity(squeeze(self._forms(term))[:_MAX_FORM]) for term in terms])
        if vectors is not None and self._embeddings is not None:
            meaning = np.clip(vectors @ self._embeddings.T, 0, 1)
            scores = LEXICAL * scores + (1 - LEXICAL) * meaning
        best: Matrix = np.maximum.reduceat(scores, self._first, axis=1)
        for row, term in enumerate(terms):
            self._lift(best[row], term)
        return np.clip(best, 0, 1)

    def _lift(self, row: Matrix, term: str) -> None:
        """What is known about a term beside its characters: the same concept in our taxonomy, the same form."""
        for depth, concept in enumerate(self._known(term)):
            if (alike := self._by_known.get(concept)) is not None:
                places, depths = alike
                share = KNOWN * 0.25 ** (depth + depths)
                row[places] += share * (1 - row[places])
        np.clip(row, 0, 0.99, out=row)
        for form in (squeeze(self._forms(term)), squeeze(term)):
            row[self._exact.get(form, [])] = 1.0 if form == squeeze(term) else 0.995

    def _best(self, row: Matrix, k: int) -> list[Candidate]:
        count = min(k, len(row))
        if count == 0:
            return []
        rounded = np.round(row.astype(np.float64), 6)
        least = np.partition(rounded, len(row) - count)[len(row) - count]
        places = np.flatnonzero(rounded >= least)  # in order of the ids
        order = places[np.argsort(-rounded[places], kind="stable")][:count]
        return [
            Candidate(id=self._concepts[i].id, label=self._concepts[i].label, score=float(rounded[i])) for i in order
        ]

    def _listed(self) -> tuple[tuple[str, ...], NDArray[np.intp]]:
        """All surfaces, and where those of each concept begin."""
        surfaces: list[str] = []
        first = []
        for concept in self._concepts:
            first.append(len(surfaces))
            own = [concept.label, *concept.alternatives]
            surfaces += dict.fromkeys((*own, *map(self._forms, own)))
        return tuple(surfaces), np.array(first, np.intp)

    def _by_form(self) -> dict[str, list[int]]:
        exact: dict[str, list[int]] = {}
        for place, concept in enumerate(self._concepts):
            for form in {squeeze(surface) for surface in (concept.label, *concept.alternatives)}:
                exact.setdefault(form, []).append(place)
        return exact

    def _same(self) -> dict[str, tuple[NDArray[np.intp], NDArray[np.float32]]]:
        """Per concept of our own taxonomy the places of the concepts that it is or is above, and how far above."""
        alike: dict[str, dict[int, int]] = {}
        for place, concept in enumerate(self._concepts):
            for surface in (concept.label, *concept.alternatives):
                for depth, own in enumerate(self._known(surface)):
                    places = alike.setdefault(own, {})
                    places[place] = min(depth, places.get(place, depth))
        return {
            own: (np.array(list(places), np.intp), np.array(list(places.values()), np.float32))
            for own, places in alike.items()
        }

    def _checked(self, embeddings: Matrix | None) -> Matrix | None:
        if embeddings is not None and len(embeddings) != len(self.surfaces):
            raise ValueError(f"{len(embeddings)} rows for {len(self.surfaces)} surfaces")
        return embeddings


class _Grams:
    """Surfaces as TF-IDF vectors of their character n-grams, kept as one list of postings a gram."""

    def __init__(self, surfaces: Sequence[str]) -> None:
        counts = [Counter(_grams(surface)) for surface in surfaces]
        self._size = len(surfaces)
        spread = Counter(gram for count in counts for gram in count)
        self._idf = {gram: 1 + log((1 + self._size) / (1 + n)) for gram, n in spread.items()}
        rows: dict[str, list[int]] = {gram: [] for gram in spread}
        weights: dict[str, list[float]] = {gram: [] for gram in spread}
        for row, count in enumerate(counts):
            for gram, weight in self._weighted(count):
                rows[gram].append(row)
                weights[gram].append(weight)
        self._rows = {gram: np.array(found, np.int32) for gram, found in rows.items()}
        self._weights = {gram: np.array(found, np.float32) for gram, found in weights.items()}

    def similarity(self, term: str) -> Matrix:
        """The cosine of a term with every surface."""
        parts = [(weight, gram) for gram, weight in self._weighted(Counter(_grams(term))) if gram in self._rows]
        if not parts:
            return np.zeros(self._size, np.float32)
        rows = np.concatenate([self._rows[gram] for _, gram in parts])
        weights = np.concatenate([weight * self._weights[gram] for weight, gram in parts])
        return np.bincount(rows, weights, self._size).astype(np.float32)

    def _weighted(self, count: Counter[str]) -> list[tuple[str, float]]:
        rare = 1 + log(1 + self._size)
        raw = [(gram, (1 + log(n)) * self._idf.get(gram, rare)) for gram, n in count.items()]
        norm = sum(weight * weight for _, weight in raw) ** 0.5
        return [(gram, weight / norm) for gram, weight in raw] if norm else []


def _grams(text: str) -> Iterator[str]:
    """Han: characters and pairs of them; other words: their three and four letters, edges marked, and the whole."""
    for word in text.split():
        if _HAN.search(word):
            yield from word
            yield from (word[i : i + 2] for i in range(len(word) - 1))
        else:
            marked = f"<{word}>"
            yield marked
            for size in (3, 4):
                yield from (marked[i : i + size] for i in range(len(marked) - size + 1))
