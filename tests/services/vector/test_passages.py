"""Passages: whole sentences where they fit, nothing lost, never too many."""

import pytest

from looma.services.vector.languages import language_of
from looma.services.vector.passages import MOST, PIECE, passages, size


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("", "", []),
        ("", " \n ", []),
        ("护士", "", ["护士"]),
        ("  Head \n nurse ", "", ["Head nurse"]),
        ("", "短文。", ["短文。"]),
        ("护士", "短文。", ["护士\n短文。"]),
        ("", "One. Two. Three.", ["One. Two. Three."]),
    ],
)
def test_what_is_short_is_one_passage(title, text, expected):
    assert passages(title, text) == expected


@pytest.mark.parametrize(
    "sentence",
    ["这是一个关于病房管理的句子。", "She ran the ward at night. ", "负责Kubernetes集群的运维；", "x" * 3000],
)
@pytest.mark.parametrize("times", [1, 10, 60, 400])
def test_nothing_is_lost_and_nothing_is_long(sentence, times):
    text = sentence * times
    found = passages("", text)
    assert 1 <= len(found) <= MOST
    assert "".join("".join(found).split()) == "".join(text.split())


def test_a_passage_ends_with_a_sentence():
    found = passages("护士", "这是一个关于病房管理的句子。" * 20)
    assert len(found) > 1
    assert all(piece.startswith("护士\n") and piece.endswith("。") for piece in found)
    assert all(size(piece) <= PIECE + size("护士") for piece in found)


def test_a_long_text_has_longer_passages():
    found = passages("", "这是一个关于病房管理的句子。" * 500)
    assert len(found) <= MOST
    assert min(map(size, found[:-1])) > PIECE


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0), ("two words", 3), ("one", 1), ("两个字", 3), ("用 Python 写", 3), ("1,000 €", 3), ("カタカナ", 4)],
)
def test_a_latin_word_takes_the_room_of_one_and_a_half_characters(text, expected):
    assert size(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "en"),
        ("1234 !?", "en"),
        ("Head nurse", "en"),
        ("护士", "zh"),
        ("熟悉 Kubernetes、Docker", "en"),
        ("熟悉 Kubernetes、Docker 等容器技术", "zh"),
        ("a nurse who knows 中 文", "en"),
    ],
)
def test_the_language_is_told_by_the_share_of_han_characters(text, expected):
    assert language_of(text) == expected
