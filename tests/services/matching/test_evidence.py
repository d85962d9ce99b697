"""Quotes leave out what tells about the person, and say the number that counts."""

import numpy as np
import pytest

from looma.contracts.matching import Weights
from looma.services.matching.cells import narrowed
from looma.services.matching.matches import Candidate
from looma.services.matching.person import person_of
from looma.services.matching.sentences import evidence_at
from looma.services.matching.vectors import packed

from .reading import MONTH, asks, candidate, match, resume


@pytest.mark.parametrize(
    ("text", "point", "quoted"),
    [
        ("男 | 41岁 | 9年工作经验 | 13700000000 | a@example.com", "9年", "9年工作经验"),
        ("女\t1990年生\t现居苏州\t电话：13700000000", "苏州", "现居苏州"),
        ("已婚  现居地：苏州  微信：abc", "苏州", "现居地：苏州"),
        ("女，29岁，本科，会计", "本科", "本科"),
        ("Born 1990 · Leeds, UK · +44 7700 900000", "Leeds", "Leeds, UK"),
        ("Male, 33 years old, plumber", "plumber", "plumber"),
        ("性别：女 年龄：30 学历：硕士", "硕士", "硕士"),
        ("2016.07-2019.02  星野公司  会计", "会计", "2016.07-2019.02  星野公司  会计"),
        ("2012 - 2016, Bachelor of Science | Leeds", "Bachelor", "2012 - 2016, Bachelor of Science | Leeds"),
        ("会计", "会计", "会计"),
    ],
)
def test_a_quote_is_narrowed_to_its_point(text, point, quoted):
    start = text.index(point)
    end = start + len(point)
    found = narrowed(text, evidence_at(text, start, end), start, end)
    assert found.text == quoted == text[found.start : found.end]


def test_long_lines_are_narrowed_in_time():
    text = ("a@b.example | " * 5000 + "plumber" + " | 1" * 5000)[:100_000]
    start = text.index("plumber")
    found = narrowed(text, evidence_at(text, start, start + 7), start, start + 7)
    assert found.text == "plumber"


JOB = ("出纳", "任职要求：5年以上工作经验")
ENTRIES = """
工作经历
甲乙公司  出纳  2019.01 - 至今
负责现金与银行对账
"""


@pytest.mark.parametrize(("years", "quoted"), [(20.0, "工作年限：20年"), (6.4, "甲乙公司  出纳  2019.01 - 至今")])
def test_the_years_that_count_are_quoted(years, quoted):
    parsed = resume("何小禾\n工作年限：20年\n" + ENTRIES).model_copy(update={"years_total": years})
    found = Candidate(parsed, person_of(parsed, MONTH), MONTH, None, "zh-CN").match(asks(*JOB), None, Weights())
    (reason,) = (r for r in found.reasons if r.kind == "experience")
    assert reason.text == f"工作 {years:g} 年，要求 5 年"
    assert [item.text for item in reason.evidence.resume] == [quoted]


def test_no_quote_of_a_header_tells_sex_age_or_contacts():
    head = "何小禾\n女 | 35岁 | 20年工作经验 | 13700000000 | he@example.com | 苏州\n"
    found = match(head + ENTRIES, JOB, "zh-CN")
    quotes = " ".join(i.text for told in (*found.reasons, *found.gaps, *found.unknowns) for i in told.evidence.resume)
    assert quotes
    assert not any(word in quotes for word in ("女", "35岁", "13700000000", "example.com"))


def test_where_a_person_comes_from_is_no_place_of_theirs():
    assert candidate("何小禾\n籍贯：山东青岛\n现居住地：苏州\n").person.places == ("苏州",)


@pytest.mark.parametrize(
    ("language", "text"), [("zh-CN", "职位名称与“出纳”完全一致"), ("en", "The job title is exactly “出纳”")]
)
def test_equal_titles_are_not_called_close_in_meaning(language, text):
    vector = packed(np.array([1.0, 0.0], np.float32))
    someone = candidate("何小禾\n" + ENTRIES, vector, language)
    found = someone.match(asks(*JOB), vector, Weights())
    assert [r.text for r in found.reasons if r.kind == "meaning"] == [text]


def test_the_study_that_fits_is_quoted():
    text = "Ann Other\n\nEducation\n2012 - 2013 Diploma in Education\n2008 - 2012 Bachelor of Science in Chemistry\n"
    found = match(text, ("Chemist", "Requirements: Bachelor's degree in chemistry"))
    quotes = [e.text for r in found.reasons if r.kind == "major" for e in r.evidence.resume]
    assert quotes == ["2008 - 2012 Bachelor of Science in Chemistry"]


def test_a_field_of_study_is_named_without_the_words_before_it():
    (ask,) = (a for a in asks("出纳", "任职要求：本科及以上，会计相关专业；细心") if a.need.kind == "major")
    assert ask.label == "会计相关专业"
