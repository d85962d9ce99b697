"""The whole reading: entries, links between facts, pages, order, guards, and texts of any kind."""

import logging
from datetime import date

import pytest

from looma.contracts.resume import DegreeLevel, FactKind, PageSpan
from looma.services.resume.facts import reading
from looma.services.resume.facts.reading import Reading, read_facts

TODAY = date(2025, 6, 15)

CHINESE = """陈示例
数据平台工程师 | 上海
电话：13800138000  邮箱：chen.shili@example.com

工作经历
2019.03-至今　　云上示例科技有限公司　　高级数据工程师
- 使用Python与Kafka建设实时数仓
2016年7月～2019年2月 示例数据（上海）股份有限公司 数据工程师
- 使用Java搭建离线数仓

教育经历
2012.09-2016.06 示例大学 计算机科学与技术 本科
"""
ENGLISH = """Ada Example
Berlin, Germany | ada.example@example.com

Work Experience
Senior Software Engineer
Example Systems GmbH, Berlin
March 2019 - Present
• Services in Python on Kubernetes

Education
M.Sc. in Computer Science, University of Example, 2013 - 2015
"""


def _read(text: str) -> Reading:
    return read_facts(text, None, [], TODAY)


def _values(found: Reading, kind: FactKind) -> list[str]:
    return [fact.value for fact in found.facts if fact.kind is kind]


def test_a_chinese_resume() -> None:
    found = _read(CHINESE)
    assert found.language == "zh"
    assert [(work.company, work.title, work.began, work.ended) for work in found.work] == [
        ("云上示例科技有限公司", "高级数据工程师", "2019-03", None),
        ("示例数据（上海）股份有限公司", "数据工程师", "2016-07", "2019-02"),
    ]
    assert [(study.school, study.degree, study.major) for study in found.education] == [
        ("示例大学", DegreeLevel.BACHELOR, "计算机科学与技术")
    ]
    assert found.years_total == 9.0
    assert _values(found, FactKind.EMAIL) == ["chen.shili@example.com"]
    assert _values(found, FactKind.PHONE) == ["+8613800138000"]
    assert _values(found, FactKind.GRADUATION_YEAR) == ["2016"]
    assert "高级数据工程师" in [title.text for title in found.titles]


def test_an_english_resume() -> None:
    found = _read(ENGLISH)
    assert found.language == "en"
    assert [(work.company, work.title, work.current) for work in found.work] == [
        ("Example Systems GmbH", "Senior Software Engineer", True)
    ]
    assert [(study.school, study.degree) for study in found.education] == [
        ("University of Example", DegreeLevel.MASTER)
    ]
    assert found.years_total == 6.3


@pytest.mark.parametrize("text", [CHINESE, ENGLISH, CHINESE + ENGLISH])
def test_every_fact_is_in_the_text_once_and_in_order(text: str) -> None:
    found = _read(text)
    keys = [(fact.start or 0, fact.kind.value) for fact in found.facts]
    assert keys == sorted(keys)
    assert len({(fact.kind, fact.start, fact.end) for fact in found.facts}) == len(found.facts)
    for fact in found.facts:
        assert fact.start is not None
        assert fact.end is not None
        assert text[fact.start : fact.end].strip()
        assert fact.method.startswith("rule:")
    assert _read(text) == found


def test_facts_know_their_entries() -> None:
    found = _read(CHINESE)
    told = {(fact.kind, fact.value): fact.entry for fact in found.facts}
    assert told[FactKind.COMPANY, "云上示例科技有限公司"] == "work:0"
    assert told[FactKind.TITLE, "数据工程师"] == "work:1"
    assert told[FactKind.SCHOOL, "示例大学"] == "education:0"
    assert told[FactKind.EMAIL, "chen.shili@example.com"] is None


def test_facts_know_their_pages() -> None:
    cut = CHINESE.index("教育经历")
    pages = [PageSpan(number=1, start=0, end=cut), PageSpan(number=2, start=cut, end=len(CHINESE))]
    found = read_facts(CHINESE, "zh", pages, TODAY)
    assert {fact.page for fact in found.facts if fact.kind is FactKind.SCHOOL} == {2}
    assert {fact.page for fact in found.facts if fact.kind is FactKind.EMAIL} == {1}
    assert all(fact.page is None for fact in _read(CHINESE).facts)


def test_the_name_of_a_company_is_no_skill() -> None:
    found = _read("工作经历\n2018.01-2022.12 示例电子商务有限公司 会计\n- 使用Excel\n")
    words = [fact.value for fact in found.facts if fact.kind is FactKind.SKILL]
    assert "Excel" in words
    assert "电子商务" not in words


def test_overlapping_positions_count_once() -> None:
    text = (
        "工作经历\n2018.01-2022.12 甲示例有限公司 工程师\n负责开发\n2018.01-2022.12 乙示例有限公司 顾问\n"
        "教育经历\n2000.09-2004.06 示例大学 本科\n"
    )
    assert _read(text).years_total == 5.0


def test_stated_years_only_without_dated_work() -> None:
    assert _read("陈示例，5年工作经验，熟悉财务").years_total == 5.0
    assert _read("教育经历\n2000.09-2004.06 示例大学 本科").years_total is None


@pytest.mark.parametrize(
    "text", ["", "a", "好", "\n", "\x00", "\ud83d\ude00", "(" * 500, "2019.03-", "\u200b陈\ufeff", "：" * 99]
)
def test_any_text_is_read(text: str) -> None:
    found = _read(text)
    assert found.work == []
    assert found.education == []


@pytest.mark.parametrize(
    "finder", ["find_emails", "sections_of", "find_periods", "find_work", "find_education", "find_titles"]
)
def test_a_failing_finder_costs_its_own_facts_only(
    finder: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("陈示例")

    monkeypatch.setattr(reading, finder, fail)
    with caplog.at_level(logging.ERROR):
        found = _read(CHINESE)
    assert _values(found, FactKind.PHONE) == ["+8613800138000"]
    assert "RuntimeError" in caplog.text
    assert "陈示例" not in caplog.text


@pytest.mark.parametrize(
    "unit",
    ["陈示例 ", "2019.03-至今 示例有限公司 工程师\n", "任示例公司董事、", "Python (5 years), ", "University of "],
)
def test_long_texts(unit: str) -> None:
    _read(unit * (10_000 // len(unit)))
