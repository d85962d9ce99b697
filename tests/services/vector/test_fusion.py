"""Fusion: scaled scores with a weight; the weight of the words falls when the languages differ."""

import pytest

from looma.services.vector.fusion import AGREEING, DIFFERING, fused, lexical_weight, scaled


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({}, {}),
        ({"a": 3.0}, {"a": 1.0}),
        ({"a": 3.0, "b": 3.0}, {"a": 1.0, "b": 1.0}),
        ({"a": 4.0, "b": 3.0, "c": 2.0}, {"a": 1.0, "b": 0.5, "c": 0.0}),
        ({"a": -0.2, "b": -0.6}, {"a": 1.0, "b": 0.0}),
    ],
)
def test_scores_come_into_one_range(scores, expected):
    assert scaled(scores) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("words", "meanings", "weight", "expected"),
    [
        ({}, {}, 0.5, []),
        ({"a": 9.0, "b": 1.0}, {}, 0.5, [("a", 0.5), ("b", 0.0)]),
        ({}, {"a": 0.9, "b": 0.1}, 0.5, [("a", 0.5), ("b", 0.0)]),
        ({"a": 9.0, "b": 1.0}, {"b": 0.9, "a": 0.1}, 0.4, [("b", 0.6), ("a", 0.4)]),
        ({"a": 9.0, "b": 1.0}, {"b": 0.9, "a": 0.1}, 0.6, [("a", 0.6), ("b", 0.4)]),
        ({"a": 9.0, "b": 5.0, "c": 1.0}, {"b": 0.9, "d": 0.1}, 0.5, [("b", 0.75), ("a", 0.5), ("c", 0.0), ("d", 0.0)]),
        ({"b": 1.0, "a": 1.0}, {}, 1.0, [("a", 1.0), ("b", 1.0)]),
    ],
)
def test_two_rankings_become_one(words, meanings, weight, expected):
    found = fused(words, meanings, weight)
    assert [id_ for id_, _ in found] == [id_ for id_, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected])


def test_by_how_much_the_best_one_leads_is_not_forgotten():
    """Where ranks alone would put the document first that is second twice."""
    words = {"sure": 20.0, "second": 2.0, "third": 1.0}
    meanings = {"other": 0.50, "second": 0.49, "sure": 0.48, "third": 0.1}
    assert fused(words, meanings, 0.5)[0][0] == "sure"


@pytest.mark.parametrize(
    ("language", "chinese_share", "expected"),
    [
        ("zh", 1.0, AGREEING),
        ("en", 0.0, AGREEING),
        ("zh", 0.0, DIFFERING),
        ("en", 1.0, DIFFERING),
        ("zh", 0.5, (AGREEING + DIFFERING) / 2),
        ("en", 0.5, (AGREEING + DIFFERING) / 2),
    ],
)
def test_words_count_as_far_as_languages_agree(language, chinese_share, expected):
    assert lexical_weight(language, chinese_share) == pytest.approx(expected)
