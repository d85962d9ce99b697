"""Who fits better is never in doubt: the expert before the accountant, in every mixture of languages."""

import pytest

from looma.contracts.matching import Weights
from looma.platform.ai.use import UseEmbedder
from looma.services.matching.records import headline_of
from looma.services.matching.vectors import packed

from .pairs import EXPERT_BEFORE_ACCOUNTANT, OCCUPATIONS
from .reading import asks, candidate, resume

CLEARLY = 20
"""Points between two people of different occupations."""


@pytest.mark.parametrize("pair", [*EXPERT_BEFORE_ACCOUNTANT, *OCCUPATIONS], ids=lambda pair: pair.name)
def test_the_one_who_fits_comes_first(pair):
    job = asks(pair.title, pair.description)
    better, worse = (candidate(text).match(job, None, Weights()).score for text in (pair.better, pair.worse))
    assert better >= worse + CLEARLY


@pytest.mark.parametrize("pair", EXPERT_BEFORE_ACCOUNTANT, ids=lambda pair: pair.name)
def test_the_expert_fits_and_the_accountant_does_not(pair):
    job = asks(pair.title, pair.description)
    assert candidate(pair.better).match(job, None, Weights()).score >= 75
    assert candidate(pair.worse).match(job, None, Weights()).score <= 30


def test_both_languages_are_scored_alike():
    scores = [
        candidate(pair.better).match(asks(pair.title, pair.description), None, Weights()).score
        for pair in EXPERT_BEFORE_ACCOUNTANT
    ]
    assert max(scores) - min(scores) <= 5


async def test_meaning_changes_no_order():
    pairs = [*EXPERT_BEFORE_ACCOUNTANT, *OCCUPATIONS]
    texts = sorted({t for p in pairs for t in (p.title, *(headline_of(resume(r)) for r in (p.better, p.worse)))} - {""})
    embedder = UseEmbedder()
    try:
        rows = await embedder.embed(texts)
    finally:
        embedder.close()
    vectors = {text: packed(row) for text, row in zip(texts, rows, strict=True)}
    wrong = []
    for pair in pairs:
        job = asks(pair.title, pair.description)
        better, worse = (
            candidate(text, vectors.get(headline_of(resume(text)))).match(job, vectors[pair.title], Weights()).score
            for text in (pair.better, pair.worse)
        )
        if better < worse + CLEARLY:
            wrong.append((pair.name, better, worse))
    assert wrong == []


def test_pairs_are_of_many_occupations():
    assert len({pair.name for pair in OCCUPATIONS}) == len(OCCUPATIONS) >= 20
    assert len({pair.title for pair in OCCUPATIONS}) >= 20
