"""Work entries from tables, headers in any order, forms and Chinese sentences; nothing is invented."""

from datetime import date

import pytest

from looma.services.resume.facts.appointments import find_appointments
from looma.services.resume.facts.document import Document
from looma.services.resume.facts.education import find_education
from looma.services.resume.facts.reading import document_of, read_facts
from looma.services.resume.facts.work import find_work

TODAY = date(2025, 6, 15)
Entry = tuple[str | None, str | None, str | None, str | None, bool]


def _document(text: str) -> Document:
    return document_of(text, "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in text) else "en", TODAY)


def _work(text: str) -> list[Entry]:
    document = _document(text)
    studied = {start for entry in find_education(document) for start in entry.dates}
    works = [entry.work(text) for entry in find_work(document, studied) if entry.holds]
    return [(work.company, work.title, work.began, work.ended, work.current) for work in works]


ONE = ("示例科技有限公司", "数据工程师", "2019-03", None, True)
ENGLISH = ("Example Systems GmbH", "Software Engineer", "2019-03", None, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("工作经历\n2019.03-至今 示例科技有限公司 数据工程师\n- 负责平台", [ONE]),
        ("工作经历\n2019.03-至今\t示例科技有限公司\t数据工程师\n", [ONE]),
        ("工作经历\n示例科技有限公司 | 数据工程师 | 2019.03-至今\n", [ONE]),
        ("工作经历\n示例科技有限公司\n数据工程师\n2019年3月～现在\n负责平台的建设工作。\n", [ONE]),
        ("工作经历\n数据工程师\n示例科技有限公司\n2019.03—至今\n", [ONE]),
        ("工作经历时间：2019.03-至今公司：示例科技有限公司部门：研发部职位：数据工程师1.负责平台", [ONE]),
        ("工作经历\n2019.03-至今示例科技有限公司数据工程师工作内容:1、负责平台建设；", [ONE]),
        ("工作经历\n2019.03-至今\t云上示例\t数据工程师\n", [("云上示例", "数据工程师", "2019-03", None, True)]),
        ("工作经历\n2019.03-2020.05 示例科技有限公司\n", [("示例科技有限公司", None, "2019-03", "2020-05", False)]),
        ("工作经历\n2019.03-2020.05\n", [(None, None, "2019-03", "2020-05", False)]),
    ],
)
def test_chinese_layouts(text: str, expected: list[Entry]) -> None:
    assert _work(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Work Experience\nSoftware Engineer\nExample Systems GmbH\nMarch 2019 - Present\n• Built services", [ENGLISH]),
        ("Work Experience\nExample Systems GmbH\nSoftware Engineer\nMar 2019 – Present\n", [ENGLISH]),
        ("Work Experience\nMar 2019 - Present\nExample Systems GmbH\nSoftware Engineer\n", [ENGLISH]),
        ("Work Experience\nSoftware Engineer | Example Systems GmbH | Berlin | Mar 2019 - Present\n", [ENGLISH]),
        ("Work Experience\nExample Systems GmbH — Software Engineer (Mar 2019 – Present)\n", [ENGLISH]),
        ("Work Experience\nExample Systems GmbH\tSoftware Engineer\tMar 2019 - Present\n", [ENGLISH]),
        (
            "Employment History\nSoftware Engineer - Examplify\nJan 2015 to Feb 2017\n",
            [("Examplify", "Software Engineer", "2015-01", "2017-02", False)],
        ),
        (
            (
                "Work Experience\nSoftware Engineer\nExample Inc.\nJan 2018 - Dec 2019\n• Java\n"
                "Data Analyst\nSample Ltd\nJan 2016 - Dec 2017\n• SQL\n"
            ),
            [
                ("Example Inc.", "Software Engineer", "2018-01", "2019-12", False),
                ("Sample Ltd", "Data Analyst", "2016-01", "2017-12", False),
            ],
        ),
        ("Education\nB.Sc., Example University, 2010 - 2013\n", []),
    ],
)
def test_english_layouts(text: str, expected: list[Entry]) -> None:
    assert _work(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2013年4月至今任示例锌电股份有限公司董事。", [("示例锌电股份有限公司", ["董事"])]),
        (
            "历任示例开发有限公司财务部职员、主管、副经理，现任样本集团总经理兼党委书记。",
            [("示例开发有限公司", ["财务部职员", "主管", "副经理"]), ("样本集团", ["总经理", "党委书记"])],
        ),
        ("2008年1月起担任示例光标董事长至今。", [("示例光标", ["董事长"])]),
        (
            "先后任职甲证券股份有限公司投资银行总部、乙实业公司。",
            [("甲证券股份有限公司投资银行总部", []), ("乙实业公司", [])],
        ),
        ("1999年加入示例制药，历任副总经理、总工程师。", [("示例制药", ["副总经理", "总工程师"])]),
        ("陈示例先生，中国国籍，本科学历，高级工程师。", [(None, ["高级工程师"])]),
        ("与其他董事、监事、高级管理人员不存在关联关系。", []),
        ("1989年7月毕业于示例大学。", []),
        ("电子邮箱 chen@example.com，目前在北京。", []),
        ("目前在杭州市余杭区，任示例公司工程师。", [("示例公司", ["工程师"])]),
    ],
)
def test_sentences(text: str, expected: list[tuple[str | None, list[str]]]) -> None:
    found = [
        (
            text[slice(*appointment.company)] if appointment.company else None,
            [text[slice(*title)] for title in appointment.titles],
        )
        for appointment in find_appointments(_document(text))
    ]
    assert found == expected


def test_passages_hold_the_body_and_end_at_the_next_entry() -> None:
    text = (
        "工作经历\n2019.03-至今 示例科技有限公司 数据工程师\n- 使用Python\n"
        "2016.07-2019.02 样本数据有限公司 测试工程师\n- 使用Java\n教育经历\n2012-2016 示例大学 本科\n"
    )
    first, second = [entry.work(text) for entry in find_work(_document(text)) if entry.holds]
    assert "Python" in text[first.passage_start : first.passage_end]
    assert "Java" not in text[first.passage_start : first.passage_end]
    assert "Java" in text[second.passage_start : second.passage_end]
    assert "示例大学" not in text[second.passage_start : second.passage_end]


def test_projects_and_education_are_no_work() -> None:
    text = "项目经验\n2019.03-2019.09 数据平台\n教育经历\n2012.09-2016.06 示例大学 本科\n"
    assert _work(text) == []


def test_a_reference_to_a_company_is_a_fact_and_no_value() -> None:
    text = "2004年3月至2007年11月任公司人力资源部经理；"
    [entry] = find_work(_document(text))
    assert entry.work(text).company is None
    assert ("公司", "rule:company-reference") in {(fact.value, fact.method) for fact in entry.facts}


@pytest.mark.parametrize("unit", ["任", "兼任董事、", "示例有限公司董事、", "公司：", "2019.01-2020.02", "和", "至今"])
def test_repetition_stays_cheap(unit: str) -> None:
    find_work(_document("工作经历\n" + unit * (20_000 // len(unit))))


@pytest.mark.parametrize(
    "text",
    [
        "工作经历\n2019.03-2022.06  示例软件有限公司  销售经理\n- 面向银行、保险客户销售。\n- 对接会计师事务所审计。",
        "工作经历\n2019.03-2022.06  示例软件有限公司  销售经理\n2016.09-2017.06  校学生会宣传部  部长",
    ],
)
def test_prose_and_offices_of_students_are_no_positions(text):
    works = read_facts(text, "zh", [], date(2026, 1, 1)).work
    assert [(work.company, work.title) for work in works] == [("示例软件有限公司", "销售经理")]
