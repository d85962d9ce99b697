"""One job against many people: each of its needs is scored for all of them in arrays.

The whole numbers and formulas are those of `scoring`, so that the order is exactly that of scoring each person alone.
What a concept is worth for a need is worked out once for each distinct concept. Memory: some 2 KB a person for the
vector, 30 bytes for each skill.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from looma.contracts.matching import Weights

from .job_index import Ranked, stacked
from .needs import CONCEPTS, Ask, Need
from .person import UNTOLD, Person
from .scoring import FEW_YEARS, FULL, RELATING, YEARS_UNTOLD, base, plain_value, weights_of
from .totals import best, fits, many_tenths, meaning_credits, meaning_shares
from .vectors import Floats, Ints, cosines, unpacked

Concept = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class PersonEntry:
    """A person as they are ranked. `vector` is that of their headline, packed."""

    id: str
    person: Person
    vector: bytes | None = None
    status: str = "active"


class PeopleIndex:
    """People who stay as they are; build another one when they change."""

    def __init__(self, entries: Sequence[PersonEntry]) -> None:
        self.entries = tuple(entries)
        skills, titles = _Column(), _Column()
        years, recency, share = [], [], []
        for row, entry in enumerate(self.entries):
            for known in entry.person.skills:
                skills.add(row, (known.concept, known.broader))
                years.append(known.years)
                recency.append(known.recency)
            for held in entry.person.titles:
                titles.add(row, (held.concept, held.broader))
                share.append(held.share)
        self._skills, self._titles = skills.closed(), titles.closed()
        self._years, self._recency = np.array(years, np.int64), np.array(recency, np.int64)
        self._share = np.array(share, np.int64)
        self._untitled = np.array([not entry.person.titles for entry in self.entries], bool)

    def rank(
        self,
        asks: Sequence[Ask],
        weights: Weights,
        vector: bytes | None,
        limit: int,
        chosen: NDArray[np.bool_] | None = None,
    ) -> list[Ranked]:
        """The `limit` best of the chosen people (all when None): by score, ties by id."""
        if not self.entries:
            return []
        scores = self.scores(asks, weights, vector)
        among = np.ones(len(self.entries), bool) if chosen is None else chosen
        likely = [Ranked(int(at), int(scores[at])) for at in best(scores, among, limit)]
        return sorted(likely, key=lambda r: (-r.tenths, self.entries[r.position].id))[:limit]

    def scores(self, asks: Sequence[Ask], weights: Weights, vector: bytes | None) -> Ints:
        """The score of every person in tenths."""
        earned, possible, required, lacking, related, relatable, titles = np.zeros((7, len(self.entries)), np.int64)
        parts = weights_of(asks, weights)

        def add(ask: Ask, weight: int, values: Ints) -> None:
            known = values >= 0
            each = np.where(known, weight * values, 0)
            nonlocal earned, possible, required, lacking, related, relatable, titles
            earned = earned + each
            possible = possible + np.where(known, 2 * weight, weight)
            if ask.level == "must":
                required = required + np.where(known, weight, 0)
                lacking = lacking + np.where(known, weight * (FULL - values), 0)
            if ask.tells_title:
                titles = np.maximum(titles, values)
            if ask.need.kind in RELATING:
                related, relatable = related + each, relatable + np.where(known, weight, 0)

        meant = [(a, w) for a, w in zip(asks, parts, strict=True) if a.need.kind == "meaning"]
        for ask, weight in zip(asks, parts, strict=True):
            if ask.need.kind != "meaning":
                add(ask, weight, self.credits(ask.need))
        for ask, weight in meant:
            add(ask, weight, meaning_credits(self._shares(vector), related, relatable))
        return many_tenths(earned, possible, required, lacking) * fits(titles, related, relatable) // FULL

    def credits(self, need: Need) -> Ints:
        """The credit of every person for a need other than `meaning`."""
        if need.kind in CONCEPTS:
            return self._skill_credits(need)
        if need.kind == "title":
            found = np.where(self._untitled, UNTOLD, 0)
            column = self._titles
            worth = self._worth(need, column)[column.concept] * self._share // FULL
            np.maximum.at(found, column.row, worth)
            return found
        return self._plain_credits(need)

    def _skill_credits(self, need: Need) -> Ints:
        found = np.full(len(self.entries), UNTOLD if need.kind == "language" else 0, np.int64)
        column = self._skills
        worth = self._worth(need, column)[column.concept]
        at = np.flatnonzero(worth)
        values = worth[at] * _for_years(need.years, self._years[at]) // FULL * self._recency[at] // FULL
        np.maximum.at(found, column.row[at], values)
        return found

    @staticmethod
    def _worth(need: Need, column: "_Closed") -> Ints:
        return np.array([base(need, concept, broader)[0] for concept, broader in column.concepts], np.int64)

    def _plain_credits(self, need: Need) -> Ints:
        """Few distinct values: each is scored once."""
        what = _FEATURE[need.kind]
        values: dict[Any, int] = {}
        found = [values.setdefault(what(e.person), len(values)) for e in self.entries]
        examples = {what(e.person): e.person for e in self.entries}
        scored = np.array([plain_value(examples[value], need) for value in values], np.int64)
        return scored[np.array(found, np.int64)]

    def _shares(self, vector: bytes | None) -> Ints:
        if vector is None or self._vectors is None:
            return np.full(len(self.entries), UNTOLD, np.int64)
        has = np.array([entry.vector is not None for entry in self.entries], bool)
        return np.where(has, meaning_shares(cosines(self._vectors, unpacked(vector))), UNTOLD)

    @cached_property
    def _vectors(self) -> Floats | None:
        return stacked([entry.vector for entry in self.entries])


_FEATURE: dict[str, Callable[[Person], Any]] = {
    "experience": lambda person: person.years,
    "education": lambda person: person.degree,
    "major": lambda person: person.fields,
    "location": lambda person: person.places,
}


def _for_years(asked: int, years: Ints) -> Ints:
    """`scoring.for_years` of each."""
    if asked == 0:
        return np.full(len(years), FULL, np.int64)
    return np.where(years < 0, YEARS_UNTOLD, np.maximum(FEW_YEARS, np.minimum(FULL, FULL * years // asked)))


@dataclass(frozen=True)
class _Closed:
    """Concepts of people: `concepts[concept[i]]` belongs to the person at `row[i]`."""

    concepts: list[Concept]
    row: Ints
    concept: Ints


class _Column:
    def __init__(self) -> None:
        self._numbers: dict[Concept, int] = {}
        self._row: list[int] = []
        self._concept: list[int] = []

    def add(self, row: int, concept: Concept) -> None:
        self._row.append(row)
        self._concept.append(self._numbers.setdefault(concept, len(self._numbers)))

    def closed(self) -> _Closed:
        return _Closed(list(self._numbers), np.array(self._row, np.int64), np.array(self._concept, np.int64))
