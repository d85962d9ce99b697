"""Education entries and degrees in Chinese, English and mixed texts."""

from datetime import date

import pytest

from looma.contracts.resume import DegreeLevel, FactKind
from looma.services.resume.facts.degrees import find_degrees
from looma.services.resume.facts.document import Document
from looma.services.resume.facts.education import StudyEntry, find_education
from looma.services.resume.facts.reading import document_of

TODAY = date(2025, 6, 15)


def _document(text: str) -> Document:
    return document_of(text, "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in text) else "en", TODAY)


def _studies(text: str) -> list[tuple[str | None, str | None, str | None, str | None, str | None]]:
    found = [entry.study for entry in find_education(_document(text))]
    return [
        (study.school, study.degree and str(study.degree), study.major, study.began, study.ended) for study in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("硕士", [("硕士", "master")]),
        ("本科学历，学士学位。", [("本科学历", "bachelor"), ("学士学位", "bachelor")]),
        ("博士研究生学历，", [("博士研究生学历", "doctor")]),
        ("学历：大专", [("大专", "associate")]),
        ("学历/学位：硕士研究生/硕士学位专业：数学", [("硕士", "master"), ("硕士", "master")]),
        ("中专毕业", [("中专", "secondary")]),
        ("高中学历，", [("高中学历", "secondary")]),
        ("博士生导师、硕士生导师、专科医院", []),
        ("任职要求：本科及以上学历", []),
        ("Ph.D. in Physics", [("Ph.D. in Physics", "doctor")]),
        ("MBA", [("MBA", "master")]),
        ("M.Sc.", [("M.Sc.", "master")]),
        ("Bachelor of Science in Computer Science from", [("Bachelor of Science in Computer Science", "bachelor")]),
        ("BS, Business Management, 1999", [("BS, Business Management", "bachelor")]),
        ("B.E. in Electronics", [("B.E. in Electronics", "bachelor")]),
        ("Associate Degree", [("Associate Degree", "associate")]),
        ("A-levels", [("A-levels", "secondary")]),
        ("MS Office, MS SQL Server, be the best", []),
    ],
)
def test_degrees(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[degree.start : degree.end], str(degree.level)) for degree in find_degrees(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (
            "教育经历\n2012.09-2016.06 示例大学 计算机科学与技术 本科\n2016.09-2019.06 样本大学 软件工程 硕士\n",
            [
                ("示例大学", "bachelor", "计算机科学与技术", "2012-09", "2016-06"),
                ("样本大学", "master", "软件工程", "2016-09", "2019-06"),
            ],
        ),
        (
            "教育背景\n示例大学\t会计学\t本科\t2008.09-2012.06\n",
            [("示例大学", "bachelor", "会计学", "2008-09", "2012-06")],
        ),
        (
            "五、教育经历时间学校学位专业2000.12-2004.12示例科技大学硕士学位建筑2009.10-2013.10样本职业技术学院博士学位测绘",
            [
                ("示例科技大学", "master", "建筑", "2000-12", "2004-12"),
                ("样本职业技术学院", "doctor", "测绘", "2009-10", "2013-10"),
            ],
        ),
        (
            "教育背景毕业时间：2006.04-2010.04毕业学校：示例学院学历/学位：硕士研究生/硕士学位专业：食品科学与工程",
            [("示例学院", "master", "食品科学与工程", "2006-04", "2010-04")],
        ),
        ("1989年7月毕业于示例大学生物系。", [("示例大学生物系", None, None, None, "1989-07")]),
        ("曾任示例大学教授，2003年至今任样本大学院长。", []),
        (
            ("EDUCATION\nM.Sc. in Computer Science, University of Example, 2013 - 2015\n"
             "Bachelor of Arts\nExample State University\n2012\n"),
            [
                ("University of Example", "master", "Computer Science", "2013", "2015"),
                ("Example State University", "bachelor", None, None, "2012"),
            ],
        ),
        ("Education\nMBA, Sample University, 2002\nBS, Economics, Example College, 1999", [
            ("Sample University", "master", None, None, "2002"),
            ("Example College", "bachelor", "Economics", None, "1999"),
        ]),
    ],
)  # fmt: skip
def test_entries(text: str, expected: list[tuple[str | None, str | None, str | None, str | None, str | None]]) -> None:
    assert _studies(text) == expected


def _only(text: str) -> StudyEntry:
    [entry] = find_education(_document(text))
    return entry


def test_facts_carry_the_words_and_the_level() -> None:
    text = "教育经历\n2012.09-2016.06 示例大学 金融学 本科\n"
    facts = {fact.kind: fact for fact in _only(text).facts}
    assert facts[FactKind.DEGREE].value == DegreeLevel.BACHELOR.value
    assert text[facts[FactKind.DEGREE].start : facts[FactKind.DEGREE].end] == "本科"
    assert facts[FactKind.MAJOR].value == "金融学"
    assert facts[FactKind.GRADUATION_YEAR].value == "2016"
    assert all(fact.method.startswith("rule:") for fact in facts.values())


def test_an_entry_tells_its_dates_and_lies_in_its_passage() -> None:
    text = "Education\nB.Sc., Example University, 2010 - 2013"
    entry = _only(text)
    assert [text[start : start + 4] for start in entry.dates] == ["2010"]
    assert text[entry.study.passage_start : entry.study.passage_end].startswith("B.Sc.")


def test_repetition_makes_bounded_entries() -> None:
    for unit in ("博士", "示例大学", "经济学硕士，", "PhD ("):
        assert len(find_education(_document("教育经历\n" + unit * 2_000))) <= 2_000
