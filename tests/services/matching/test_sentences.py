"""Sentences and bullets keep their offsets, and evidence never cuts what it was found for."""

import pytest

from looma.contracts.resume import PageSpan
from looma.services.matching.sentences import LONGEST, Sentence, clause_of, evidence_at, passages, sentences_of

CASES = [
    ("", []),
    (" \n\t\n", []),
    ("——\n***", []),
    ("精通 Python。熟悉 Go；了解 C++", ["精通 Python。", "熟悉 Go；", "了解 C++"]),
    ("1、本科及以上；\n2、5年以上经验。", ["本科及以上；", "5年以上经验。"]),
    ("任职要求： 1. 熟悉Java 2. 熟悉MySQL", ["任职要求：", "熟悉Java", "熟悉MySQL"]),
    ("一、岗位职责\n（二）任职要求", ["岗位职责", "任职要求"]),
    ("- Go 1.21 or later\n• Docker", ["Go 1.21 or later", "Docker"]),
    (
        "Tools, e.g. Excel. We use Node.js here. Sr. Engineer",
        ["Tools, e.g. Excel.", "We use Node.js here.", "Sr. Engineer"],
    ),
    ("熟悉 Python. 熟悉 Go", ["熟悉 Python.", "熟悉 Go"]),
    ("● 设计 ● 开发", ["设计", "开发"]),
    ("3.5 years of work", ["3.5 years of work"]),
    ("Why us? Really!", ["Why us?", "Really!"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences(text, expected):
    assert [text[s.start : s.end] for s in sentences_of(text)] == expected


def test_a_clause_is_what_commas_mark_off():
    text = "熟悉 Spark，有金融经验者优先，沟通好"
    at = text.index("金融")
    clause = clause_of(text, Sentence(0, len(text)), at, at + 2)
    assert text[clause.start : clause.end] == "有金融经验者优先"


@pytest.mark.parametrize("filler", ["字", "word "])
@pytest.mark.parametrize("length", [1, 30, LONGEST + 50])
def test_evidence_is_short_and_whole(filler, length):
    text = filler * 300 + "X" * length + filler * 300
    start = text.index("X")
    item = evidence_at(text, start, start + length)
    assert item.text == text[item.start : item.end]
    assert item.start <= start
    assert item.end >= start + length
    assert len(item.text) <= max(LONGEST, length)


def test_evidence_is_the_sentence_and_knows_its_page():
    text = "第一句。熟悉 Python 和 Go。\n第三句"
    item = evidence_at(
        text, text.index("Python"), text.index("Python") + 6, [PageSpan(number=7, start=0, end=len(text))]
    )
    assert (item.text, item.page) == ("熟悉 Python 和 Go。", 7)


def test_evidence_at_the_edges():
    assert evidence_at("Go", 0, 2).text == "Go"
    assert evidence_at("", 0, 0).text == ""


def test_passages_are_distinct_and_bounded():
    text = "Go and Java.\nGo again.\nGo.\nGo once more."
    places = [(m, m + 2) for m in range(len(text)) if text.startswith("Go", m)]
    assert [item.text for item in passages(text, [*places, (7, 11)])] == ["Go and Java.", "Go again.", "Go."]


def test_hostile_texts_take_linear_time():
    for text in ("." * 200_000, "1." * 100_000, " \t" * 100_000, "（" * 200_000, "•- " * 60_000):
        assert len(sentences_of(text)) <= 1 + len(text)
