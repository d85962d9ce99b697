"""Ranking terms against a taxonomy: order, ties, scores, and what meaning and knowledge add."""

import numpy as np
import pytest

from looma.contracts.resume import Concept
from looma.services.resume import normalization
from looma.services.resume.normalization import TermIndex
from looma.services.resume.titles import bare_title

LANGUAGES = [
    Concept(id="1", label="Java"),
    Concept(id="2", label="JavaScript", alternatives=["ECMAScript", "JS"]),
    Concept(id="3", label="machine learning", alternatives=["机器学习"]),
    Concept(id="4", label="accounting", alternatives=["会计核算", "bookkeeping"]),
    Concept(id="5", label="recommendation engines"),
]


def best(index: TermIndex, term: str, k: int = 3) -> list[str]:
    return [candidate.id for candidate in index.nearest([term], None, k)[0]]


@pytest.mark.parametrize(
    ("term", "concept"),
    [
        ("java", "1"),
        ("ＪＳ", "2"),
        ("Machine-Learning", "3"),
        ("機器學習", "3"),
        ("machine learnin", "3"),
        ("会计核算员", "4"),
        ("book keeping", "4"),
    ],
)
def test_the_nearest_concept_by_characters(term: str, concept: str) -> None:
    assert best(TermIndex(LANGUAGES), term)[0] == concept


def test_an_equal_form_scores_one_and_nothing_else_does() -> None:
    (found,) = TermIndex(LANGUAGES).nearest(["JAVASCRIPT"], None, 5)
    assert [c.score for c in found if c.id == "2"] == [1.0]
    assert all(0 <= c.score < 1 for c in found if c.id != "2")
    assert found[0].label == "JavaScript"


def test_scores_fall_and_ties_go_by_id() -> None:
    (found,) = TermIndex(LANGUAGES[::-1]).nearest(["zzz"], None, 5)
    assert [c.id for c in found] == ["1", "2", "3", "4", "5"]
    assert {c.score for c in found} == {0.0}
    (found,) = TermIndex(LANGUAGES).nearest(["java machine"], None, 5)
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


@pytest.mark.parametrize(("k", "length"), [(1, 1), (3, 3), (5, 5), (1000, 5)])
def test_at_most_k_candidates(k: int, length: int) -> None:
    assert [len(row) for row in TermIndex(LANGUAGES).nearest(["java", ""], None, k)] == [length, length]


def test_nothing_in_nothing_out() -> None:
    assert TermIndex(LANGUAGES).nearest([], None, 3) == []
    assert TermIndex([]).nearest(["java"], None, 3) == [[]]


def test_meaning_counts_beside_characters() -> None:
    index = TermIndex(LANGUAGES)
    rows = np.eye(len(index.surfaces), 16, dtype=np.float32)
    index = index.with_embeddings(rows)
    term = rows[index.surfaces.index("recommendation engines")][None]
    assert [c.id for c in index.nearest(["推荐系统"], term, 1)[0]] == ["5"]


def test_vectors_must_fit_the_surfaces() -> None:
    with pytest.raises(ValueError, match="rows for"):
        TermIndex(LANGUAGES, np.zeros((1, 4), np.float32))


def test_what_our_taxonomy_holds_for_one_thing_is_lifted() -> None:
    ours = {"推荐系统": ("recsys", "ml"), "recommendation engines": ("recsys", "ml"), "machine learning": ("ml",)}
    index = TermIndex(LANGUAGES, known=lambda text: ours.get(text, ()))
    assert best(index, "推荐系统", 2) == ["5", "3"]


def test_titles_are_compared_without_their_rank() -> None:
    jobs = [Concept(id="a", label="Senior Manager"), Concept(id="b", label="Data Analyst")]
    index = TermIndex(jobs, forms=bare_title)
    assert "data analyst" in index.surfaces
    (found,) = index.nearest(["Senior Data Analyst (Leeds)"], None, 1)
    assert found[0].id == "b"
    assert found[0].score > 0.99


def test_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terms = [f"term {i} java" for i in range(20)] + ["机器学习", "JS"]
    whole = TermIndex(LANGUAGES).nearest(terms, None, 5)
    monkeypatch.setattr(normalization, "_CHUNK_CELLS", 1)
    assert TermIndex(LANGUAGES).nearest(terms, None, 5) == whole
