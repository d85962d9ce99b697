"""One person against many jobs: every distinct need is scored once, then all jobs are summed up in arrays.

The arrays hold whole numbers and the formulas are those of `scoring`, so that the order is exactly that of scoring each
job by itself. Memory: some 2 KB a job for its vector, 30 bytes for each ask.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from looma.contracts.matching import Weights

from .needs import CONCEPTS, Ask, Need
from .person import UNTOLD, Person
from .scoring import FULL, RELATING, credit, weights_of
from .totals import best, fits, many_tenths, meaning_credits, meaning_shares
from .vectors import Floats, Ints, cosines, unpacked

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class JobEntry:
    """A job as it is ranked. `key` breaks ties; `vector` is that of its title, packed, None without a model.

    What it names, its places and its years are what its text says, also where somebody has removed the criterion.
    """

    key: tuple[str, int]
    asks: tuple[Ask, ...]
    vector: bytes | None = None
    status: str = "open"

    @property
    def concepts(self) -> frozenset[str]:
        """Skills that it names."""
        return frozenset(o.concept for a in self.asks if a.need.kind in CONCEPTS for o in a.need.options)

    @property
    def places(self) -> tuple[str, ...]:
        """Keys of the places where the work is done."""
        return next((a.need.words for a in self.asks if a.need.kind == "location"), ())

    @property
    def years(self) -> int:
        """Tenths of years that it asks of work as a whole; 0 when it asks for none."""
        return max((a.need.years for a in self.asks), default=0)


@dataclass(frozen=True)
class Ranked:
    """A position in the order of the entries, and its score in tenths."""

    position: int
    tenths: int


class JobIndex:
    """Jobs that stay as they are; build another one when they change."""

    def __init__(self, entries: Sequence[JobEntry], weights: Weights) -> None:
        self.entries = tuple(entries)
        self._needs: dict[Need, int] = {}
        needs, parts, must, hard, titled, starts, meaning = [], [], [], [], [], [0], []
        for entry in self.entries:
            for ask, weight in zip(entry.asks, weights_of(entry.asks, weights), strict=True):
                needs.append(self._needs.setdefault(ask.need, len(self._needs)))
                parts.append(weight)
                must.append(ask.level == "must")
                hard.append(ask.need.kind in RELATING)
                titled.append(ask.tells_title)
            meaning.append(len(needs) - 1)  # `asks_of` puts it last
            starts.append(len(needs))
        self._need_of, self._weights = np.array(needs, np.int64), np.array(parts, np.int64)
        self._must, self._hard, self._titled = np.array(must, bool), np.array(hard, bool), np.array(titled, bool)
        self._starts, self._meaning = np.array(starts[:-1], np.int64), np.array(meaning, np.int64)

    def rank(self, person: Person, vector: bytes | None, limit: int, chosen: Bools | None = None) -> list[Ranked]:
        """The `limit` best of the chosen jobs (all when None): by score, ties by key."""
        if not self.entries:
            return []
        scores = self.scores(person, vector)
        among = np.ones(len(self.entries), bool) if chosen is None else chosen
        likely = [Ranked(int(at), int(scores[at])) for at in best(scores, among, limit)]
        return sorted(likely, key=lambda r: (-r.tenths, self.entries[r.position].key))[:limit]

    def scores(self, person: Person, vector: bytes | None) -> Ints:
        """The score of every job in tenths."""
        values = self._credits(person)[self._need_of]
        known = values >= 0
        earned_each = np.where(known, self._weights * values, 0)
        hard = known & self._hard
        related = self._sum(np.where(hard, earned_each, 0)), self._sum(np.where(hard, self._weights, 0))
        fitting = fits(self._sum(np.where(known & self._titled, values, 0)), *related)
        bounded = meaning_credits(self._shares(vector), *related)
        values[self._meaning] = bounded
        known[self._meaning] = bounded >= 0
        earned_each[self._meaning] = np.where(bounded >= 0, self._weights[self._meaning] * bounded, 0)
        required = known & self._must
        totals = many_tenths(
            self._sum(earned_each),
            self._sum(np.where(known, 2 * self._weights, self._weights)),
            self._sum(np.where(required, self._weights, 0)),
            self._sum(np.where(required, self._weights * (1000 - values), 0)),
        )
        return totals * fitting // FULL

    def _sum(self, each: Ints) -> Ints:
        return np.add.reduceat(each, self._starts)

    def _credits(self, person: Person) -> Ints:
        """The credit of every distinct need. Only needs that share a concept with the person can have any of skills."""
        found = np.zeros(len(self._needs), np.int64)
        needs = self._listed
        touched = self._touched(person)
        for index in self._plain:
            found[index] = credit(person, needs[index]).value
        found[self._languages] = UNTOLD
        for index in touched:
            found[index] = credit(touched[index], needs[index]).value
        if not person.titles:
            found[self._titles] = UNTOLD
        return found

    def _touched(self, person: Person) -> dict[int, Person]:
        """Needs that share a concept with the person, each with the skills and titles that do."""
        skills: dict[int, list[int]] = {}
        for number, known in enumerate(person.skills):
            for index in {i for c in (known.concept, *known.broader) for i in self._by_concept.get(c, ())}:
                skills.setdefault(index, []).append(number)
        found = {
            index: Person(skills=tuple(person.skills[n] for n in numbers))
            for index, numbers in skills.items()
            if self._listed[index].kind != "title"
        }
        titled = Person(titles=person.titles)
        concepts = {c for held in person.titles for c in (held.concept, *held.broader)}
        return found | {
            i: titled for c in concepts for i in self._by_concept.get(c, ()) if self._listed[i].kind == "title"
        }

    def _shares(self, vector: bytes | None) -> Ints:
        if vector is None or self._vectors is None:
            return np.full(len(self.entries), UNTOLD, np.int64)
        return np.where(self._has_vector, meaning_shares(cosines(self._vectors, unpacked(vector))), UNTOLD)

    @cached_property
    def _listed(self) -> list[Need]:
        return list(self._needs)

    @cached_property
    def _plain(self) -> list[int]:
        kinds = CONCEPTS | {"title", "meaning"}
        return [index for need, index in self._needs.items() if need.kind not in kinds]

    @cached_property
    def _languages(self) -> list[int]:
        return [index for need, index in self._needs.items() if need.kind == "language"]

    @cached_property
    def _titles(self) -> list[int]:
        return [index for need, index in self._needs.items() if need.kind == "title"]

    @cached_property
    def _by_concept(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for need, index in self._needs.items():
            for concept in {c for option in need.options for c in (option.concept, *option.broader)}:
                found.setdefault(concept, []).append(index)
        return found

    @cached_property
    def _has_vector(self) -> Bools:
        return np.array([entry.vector is not None for entry in self.entries], bool)

    @cached_property
    def _vectors(self) -> Floats | None:
        return stacked([entry.vector for entry in self.entries])


def stacked(vectors: Iterable[bytes | None]) -> Floats | None:
    """The vectors as rows, zeros where there is none; None when there is none at all."""
    kept = list(vectors)
    size = next((len(vector) for vector in kept if vector is not None), None)
    if size is None:
        return None
    empty = bytes(size)
    return unpacked(b"".join(empty if vector is None else vector for vector in kept)).reshape(len(kept), size // 2)
