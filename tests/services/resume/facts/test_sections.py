"""Sections are told by headings on lines of their own and by headings that run into the text."""

from itertools import pairwise

import pytest

from looma.services.resume.facts.rows import rows_of
from looma.services.resume.facts.sections import SectionKind, heading_places, sections_of


def _kinds(text: str) -> list[tuple[str, str]]:
    return [(section.kind.value, text[section.start : section.end].strip()) for section in sections_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("head", "")]),
        ("陈示例", [("head", "陈示例")]),
        (
            "陈示例\n工作经历\n甲公司\n教育背景：\n乙大学\n【专业技能】\nPython\n",
            [("head", "陈示例"), ("work", "甲公司"), ("education", "乙大学"), ("skills", "Python")],
        ),
        (
            "Ada Example\nWORK EXPERIENCE\nEngineer\nEducation:\nB.Sc.\nSkills & Tools\nGo",
            [("head", "Ada Example"), ("work", "Engineer"), ("education", "B.Sc."), ("skills", "Go")],
        ),
        ("一、工 作 经 历\n甲公司\n二、项目经验\n项目一", [("head", ""), ("work", "甲公司"), ("projects", "项目一")]),
        (
            "陈示例邮箱chen@example.com工作经验时间：2009.06-2019.09公司：甲公司教育背景2001.05-2005.05乙大学",
            [
                ("head", "陈示例邮箱chen@example.com"),
                ("work", "时间：2009.06-2019.09公司：甲公司"),
                ("education", "2001.05-2005.05乙大学"),
            ],
        ),
        ("我有丰富的工作经验，热爱项目。", [("head", "我有丰富的工作经验，热爱项目。")]),
        ("3年工作经验，善于沟通", [("head", "3年工作经验，善于沟通")]),
        ("I have experience with education software.", [("head", "I have experience with education software.")]),
        ("SUMMARY\nCurious.\n\nSales Experience\nShop", [("head", ""), ("summary", "Curious."), ("work", "Shop")]),
    ],
)
def test_sections(text: str, expected: list[tuple[str, str]]) -> None:
    assert _kinds(text) == expected


def test_headings_inside_one_long_line_of_english_cells() -> None:
    text = "Ada Example  1 Sample Street  " + "Builds things.  " * 12 + "WORK EXPERIENCE  Sample Inc.  EDUCATION  M.Sc."
    assert [kind for kind, _ in _kinds(text)] == ["head", "work", "education"]


@pytest.mark.parametrize("text", ["", "a", "工作经历\n" * 50, "姓名\n\n教育背景\n甲大学\n", "EDUCATION", "\n\n\n"])
def test_sections_cover_the_text_in_order(text: str) -> None:
    sections = sections_of(text)
    assert sections[0].heading == 0
    assert sections[-1].end == len(text)
    for before, after in pairwise(sections):
        assert before.heading <= before.start <= before.end == after.heading <= after.start
    assert sections[0].kind is SectionKind.HEAD
    assert heading_places(sections) == sorted(set(heading_places(sections)))


def test_rows_are_lines_and_the_items_of_long_lines() -> None:
    text = "第一行\n\n● 列表项\n" + "甲公司负责平台建设与维护工作" * 12 + "。2、第二项\n- Third item\n"
    rows = rows_of(text)
    assert rows[0].text == "第一行"
    assert (rows[1].text, rows[1].bullet) == ("列表项", True)
    assert ("第二项", True) in [(row.text, row.bullet) for row in rows]
    assert rows[-1].text == "Third item"
    assert all(text[row.start : row.end] == row.text for row in rows)


def test_rows_end_at_cuts() -> None:
    assert [row.text for row in rows_of("邮箱教育背景甲大学", (2, 6))] == ["邮箱", "教育背景", "甲大学"]
