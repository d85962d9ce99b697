"""Ranking many at once gives exactly what scoring each one gives."""

import numpy as np
import pytest

from looma.contracts.matching import Weights
from looma.services.matching.job_index import JobEntry, JobIndex
from looma.services.matching.people_index import PeopleIndex, PersonEntry
from looma.services.matching.totals import meaning_between
from looma.services.matching.vectors import packed

from . import invented
from .invented import chances, scored


def vector(chance):
    """A packed vector of length 1, or None."""
    if chance.random() < 0.2:
        return None
    row = np.array([chance.gauss(0, 1) for _ in range(16)]) + 1
    return packed((row / np.linalg.norm(row)).astype(np.float32))


@pytest.mark.parametrize(
    "weights", [Weights(), Weights(skill=100, title=3, meaning=90, nice_share=1), Weights(skill=0)]
)
def test_one_person_and_many_jobs(weights):
    chance = chances(1)[0]
    entries = [JobEntry((f"j{n % 50}", n), invented.asks(chance), vector(chance)) for n in range(200)]
    index = JobIndex(entries, weights)
    for _ in range(20):
        one, own = invented.person(chance), vector(chance)
        exact = [scored(e.asks, one, meaning_between(e.vector, own), weights).tenths for e in entries]
        assert index.scores(one, own).tolist() == exact
        order = sorted(range(len(entries)), key=lambda n: (-exact[n], entries[n].key))
        for limit in (1, 7, 200, 999):
            assert [(r.position, r.tenths) for r in index.rank(one, own, limit)] == [
                (n, exact[n]) for n in order[:limit]
            ]


@pytest.mark.parametrize(
    "weights", [Weights(), Weights(skill=100, title=3, meaning=90, nice_share=1), Weights(skill=0)]
)
def test_one_job_and_many_people(weights):
    chance = chances(2)[1]
    entries = [PersonEntry(f"p{n:03}", invented.person(chance), vector(chance)) for n in range(200)]
    index = PeopleIndex(entries)
    for _ in range(20):
        asked, own = invented.asks(chance), vector(chance)
        exact = [scored(asked, e.person, meaning_between(own, e.vector), weights).tenths for e in entries]
        assert index.scores(asked, weights, own).tolist() == exact
        order = sorted(range(len(entries)), key=lambda n: (-exact[n], entries[n].id))
        for limit in (1, 7, 200, 999):
            found = index.rank(asked, weights, own, limit)
            assert [(r.position, r.tenths) for r in found] == [(n, exact[n]) for n in order[:limit]]


def test_only_the_chosen_are_ranked():
    chance = chances(3)[2]
    entries = [JobEntry((f"j{n}", 0), invented.asks(chance)) for n in range(30)]
    chosen = np.array([n % 3 == 0 for n in range(30)])
    found = JobIndex(entries, Weights()).rank(invented.person(chance), None, 100, chosen)
    assert sorted(r.position for r in found) == list(range(0, 30, 3))


def test_ties_fall_by_key():
    asked = invented.asks(chances(5)[4])
    entries = [JobEntry((name, n), asked) for n, name in enumerate(["b", "", "a", "", "b"])]
    found = JobIndex(entries, Weights()).rank(invented.person(chances(1)[0]), None, 5)
    assert [r.position for r in found] == [1, 3, 2, 0, 4]


def test_nothing_to_rank():
    assert JobIndex([], Weights()).rank(invented.person(chances(1)[0]), None, 5) == []
    assert PeopleIndex([]).rank(invented.asks(chances(1)[0]), Weights(), None, 5) == []


def test_a_person_without_anything_and_people_without_skills():
    from looma.services.matching.person import Person

    chance = chances(6)[5]
    entries = [JobEntry((f"j{n}", 0), invented.asks(chance), vector(chance)) for n in range(50)]
    assert JobIndex(entries, Weights()).scores(Person(), None).tolist() == [
        scored(e.asks, Person()).tenths for e in entries
    ]
    people = PeopleIndex([PersonEntry("a", Person()), PersonEntry("b", Person())])
    assert people.scores(entries[0].asks, Weights(), None).tolist() == [scored(entries[0].asks, Person()).tenths] * 2


def test_cosines_are_the_same_alone_and_together():
    chance = chances(8)[7]
    vectors = [v for v in (vector(chance) for _ in range(300)) if v]
    entries = [JobEntry((f"j{n}", 0), invented.asks(chance), v) for n, v in enumerate(vectors)]
    for own in vectors[:5]:
        shares = JobIndex(entries, Weights())._shares(own).tolist()
        assert shares == [meaning_between(v, own) for v in vectors]
