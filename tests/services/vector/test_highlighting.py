"""Highlights: the places of found words in the text as it is, however it was folded to find them."""

from itertools import pairwise

import pytest

from looma.services.vector.highlighting import LOOKED_AT, MOST, folded, pattern, stretches


def marked(query, text):
    """What is marked in a text, in its own characters."""
    found = stretches(text, pattern(query))
    return [text[one.start :][begin:end] for one in found for begin, end in one.marks]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("nurse", "A Nurse is here.", ["Nurse"]),
        ("nurses", "A nurse, no nursery.", ["nurse"]),
        ("engineering", "Engineers engineered an engine.", ["Engineers", "engineered"]),
        ("go", "Go is not good.", ["Go"]),
        ("c++ c#", "C++ and C# but not c.", ["C++", "C#"]),
        ("what is the ward", "What is the WARD?", ["WARD"]),
        ("the", "The end.", ["The"]),
        ("café", "Cafe CAFÉ ｃａｆé", ["Cafe", "CAFÉ", "ｃａｆé"]),
        ("分布式系统", "负责分布式系统的开发", ["分布式系统"]),
        ("分布式系统", "分布式数据库与操作系统", ["分布式", "系统"]),
        ("開發", "负责系统开发", ["开发"]),
        ("开发", "負責系統開發", ["開發"]),
        ("会", "开会", ["会"]),
        ("Python 开发", "用 python 做开发。", ["python", "开发"]),
        ("x", "no such letter alone: xx", []),
        ("!?", "nothing to look for!?", []),
        ("nurse", "", []),
        ("😀 nurse", "😀😀 nurse", ["nurse"]),
    ],
)
def test_words_are_marked_where_they_are(query, text, expected):
    assert marked(query, text) == expected


def test_where_no_word_is_found_the_text_begins():
    (only,) = stretches("word " * 100, pattern("absent"))
    assert (only.start, only.marks) == (0, ())
    assert (shown := ("word " * 100)[: only.end]) != "word " * 100
    assert shown.endswith("word")
    assert stretches(" \n", None) == []


def test_the_stretches_with_most_words_are_shown_in_the_order_of_the_text():
    far = "　" * 400
    text = f"护士{far}护士 病房{far}护士{far}护士 病房 夜班{far}护士 夜班"
    found = stretches(text, pattern("护士 病房 夜班"))
    assert len(found) == MOST
    assert [text[one.start : one.end].strip() for one in found] == ["护士 病房", "护士 病房 夜班", "护士 夜班"]
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["ward nurse " * 300, "护士在病房值夜班，" * 300, "ﬁ" * 500 + " nurse " + "é" * 500])
def test_stretches_are_short_and_marks_inside(text):
    found = stretches(text, pattern("nurse 护士 夜班"))
    assert found
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert one.end - one.start <= 300
        assert all(0 <= begin < end <= one.end - one.start for begin, end in one.marks)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_latin_words_are_not_cut():
    text = "internationalization " * 4 + "nurse " + "internationalization " * 4
    (one,) = stretches(text, pattern("nurse"))
    assert set(text[one.start : one.end].split()) == {"internationalization", "nurse"}


def test_only_the_beginning_of_a_very_long_text_is_looked_at():
    assert marked("nurse", "x " * LOOKED_AT + "nurse") == []


@pytest.mark.parametrize("text", ["", "Straße ﬁ ﬀ İ é e\u0301 ㍿ 開發", "\U0001f600\U0010ffff\x01"])
def test_folding_keeps_every_place(text):
    assert len(folded(text)) == len(text)
