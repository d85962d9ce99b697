"""Whose résumé a text is, and the traits that it states."""

from datetime import date
from typing import Literal

import pytest

from looma.services.resume.facts.contacts import find_emails
from looma.services.resume.facts.person import find_names, find_sensitive

TODAY = date(2026, 3, 15)


def _names(text: str, language: Literal["zh", "en"]) -> list[tuple[str, str]]:
    return [(text[f.start : f.end], f.value) for f in find_names(text, language, find_emails(text))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("姓名：陈思远\n电话：13800138000", "陈思远"),
        ("姓名方远性别女出生日期1990.08", "方远"),
        ("个人简历姓名欧阳若兰性别女年龄35", "欧阳若兰"),
        ("姓名/何听雨性别/女", "何听雨"),
        ("姓名：阿依古丽·买买提 民族：维吾尔族", "阿依古丽·买买提"),
        ("姓名：叶尔肯 性别：男", "叶尔肯"),
        ("陈思远\n算法工程师\n上海", "陈思远"),
        ("陳思遠\n數據工程師", "陳思遠"),
        ("个人简历\n\n谢元和 | 男 | 28岁", "谢元和"),
        ("陈思远的简历", "陈思远"),
        ("简历-陈思远-算法工程师", "陈思远"),
        ("程望舒毕业院校：某某学院", "程望舒"),
        ("韩予安应聘会计", "韩予安"),
        ("沈知行先生，财务总监，中国籍，", "沈知行"),
        ("周若谷，男，汉族，生于1981年5月", "周若谷"),
        ("梁书言：2003年2月-2008年10月，某杂志社编辑；", "梁书言"),
        ("顾南星（副主席）：女，", "顾南星"),
        ("许长风先生中国国籍1979年6月出生", "许长风"),
        ("简历来自：某招聘苏晚28岁|男|本科", "苏晚"),
        ("证明人：王五，男\n姓名：陈思远", "陈思远"),
    ],
)
def test_chinese_names(text: str, name: str) -> None:
    assert _names(text, "zh") == [(name, name)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "高级工程师\n5年经验",
        "金融学，本科",
        "项目经理",
        "计算机：熟练",
        "时间：2006年8月",
        "安徽合肥\n电话：0551-1234567",
        "教育背景\n工作经历\n自我评价\n专业技能",
        "管理经验：丰富",
        "江苏南京人，大学本科",
        "熟悉 Python、PyTorch，有推荐系统经验",
        "曾任某公司经理",
        "广东省深圳市南山区",
        "证明人：王五，男",
        "石油工程\n水利水电",
        "游戏策划 | 上海",
    ],
)
def test_no_chinese_name(text: str) -> None:
    assert _names(text, "zh") == []


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Jane Roe\nData Engineer\nBerlin", "Jane Roe", "Jane Roe"),
        ("JANE M. ROE, PMP\njane@example.com", "JANE M. ROE", "Jane M. Roe"),
        ("Resume of Jane van der Berg\nNurse", "Jane van der Berg", "Jane van der Berg"),
        ("Curriculum Vitae\n\nDr. Jean-Luc O'Hara Jr.\nPhone: 1", "Jean-Luc O'Hara Jr.", "Jean-Luc O'Hara Jr."),
        ("Name: Priya Natarajan\nDOB: 1 May 1990", "Priya Natarajan", "Priya Natarajan"),
        ("Jane Roe - Email me on Indeed: x@example.com", "Jane Roe", "Jane Roe"),
        ("Data Engineer\nJane Roe\njane@example.com", "Jane Roe", "Jane Roe"),
        ("12 Main Street, Springfield  Jane Roe  (123) 456-7890", "Jane Roe", "Jane Roe"),
        ("Siyuan Chen | Shanghai | siyuan.chen@example.com", "Siyuan Chen", "Siyuan Chen"),
        ("Madonna\nSinger\nmadonna@example.com", "Madonna", "Madonna"),
        ("José Muñoz\nIngeniero", "José Muñoz", "José Muñoz"),
    ],
)
def test_english_names(text: str, name: str, value: str) -> None:
    assert _names(text, "en") == [(name, value)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Professional Summary\nExperienced data engineer",
        "OBJECTIVE\nTeaching position in elementary education",
        "Software Engineer\nAcme Widgets Ltd",
        "New York, NY\n(123) 456-7890",
        "Company Name: Acme Widgets",
        "Name:\nPhone:",
        "Bangalore Urban\nKarnataka",
        "Java Developer Resume",
        "seeking a role as a nurse",
    ],
)
def test_no_english_name(text: str) -> None:
    assert _names(text, "en") == []


def test_names_in_both_scripts() -> None:
    assert _names("陈思远 (Siyuan Chen)\n算法工程师", "zh") == [("陈思远", "陈思远"), ("Siyuan Chen", "Siyuan Chen")]


def test_a_name_is_found_wherever_it_stands_again() -> None:
    text = "Jane Roe\nEngineer\n…\nPage 2  JANE ROE\nThe Jane Roebuck Prize"
    assert [f.start for f in find_names(text, "en", [])] == [0, text.index("JANE")]


def test_a_surname_counts_only_without_a_full_name() -> None:
    assert _names("李先生自1999年任教授", "zh") == [("李", "李")]
    assert _names("李明华先生，教授。李先生1990年毕业。", "zh") == [("李明华", "李明华")]


def test_confidence_follows_the_evidence() -> None:
    def confidence(text: str, language: Literal["zh", "en"]) -> float:
        return find_names(text, language, find_emails(text))[0].confidence

    assert confidence("姓名：陈思远", "zh") > confidence("陈思远\n工程师", "zh") > confidence("李先生", "zh")
    assert confidence("Jane Roe\njane.roe@example.com", "en") > confidence("Jane Roe\nanything", "en")


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("", []),
        ("32岁", [("age", "32岁", "32")]),
        ("年龄：32", [("age", "32", "32")]),
        ("Age: 32", [("age", "32", "32")]),
        ("a 32-year-old", [("age", "32-year-old", "32")]),
        ("1990年3月出生", [("birth_date", "1990年3月", "1990-03")]),
        ("出生日期1978.08民族汉族联系", [("birth_date", "1978.08", "1978-08"), ("ethnicity", "汉族", "汉族")]),
        ("DOB: 12 March 1990", [("birth_date", "12 March 1990", "1990-03")]),
        ("生于1970年11月，", [("birth_date", "1970年11月", "1970-11")]),
        ("陈某，女，汉族，", [("gender", "女", "female"), ("ethnicity", "汉族", "汉族")]),
        ("性别：男民族：回", [("gender", "男", "male"), ("ethnicity", "回", "回族")]),
        ("Gender: Female", [("gender", "Female", "female")]),
        ("独立董事，中国籍，", [("nationality", "中国籍", "中国")]),
        ("加拿大国籍", [("nationality", "加拿大国籍", "Canada")]),
        ("国籍：中国", [("nationality", "中国", "中国")]),
        ("Nationality: Indian", [("nationality", "Indian", "Indian")]),
        ("籍贯：湖南省长沙市邮箱", [("birthplace", "湖南省长沙市", "长沙")]),
        ("湖北宜都人，大学", [("birthplace", "湖北宜都人", "湖北")]),
        ("Place of Birth: Pune, India", [("birthplace", "Pune, India", "Pune, India")]),
        ("年满18周岁", []),
        ("18岁以上", []),
        ("女装设计师", []),
        ("项目负责人，经理", []),
        ("2019年3月毕业", []),
        ("无境外永久居留权", []),
        ("民族音乐", []),
    ],
)
def test_sensitive(text: str, facts: list[tuple[str, str, str]]) -> None:
    found = find_sensitive(text, TODAY)
    assert [(str(fact.kind), text[fact.start : fact.end], fact.value) for fact in found] == facts


@pytest.mark.parametrize(
    "unit", ["1", "@", " ", "男,", "李", "李先生", "姓名：", "A ", "Aa ", "Name: ", "Jane Roe\n", "陈思远\n"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_texts_name_somebody_or_nobody(unit: str, language: Literal["zh", "en"]) -> None:
    text = unit * (100_000 // len(unit))
    assert all(0 <= fact.start < fact.end <= len(text) for fact in find_names(text, language, []))


@pytest.mark.parametrize("unit", ["1", " ", "-", "年", "男,", "籍", "中国籍", "汉族,", "32岁", "出生", "1990年生,"])
def test_hostile_texts_end(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert all(0 <= fact.start < fact.end <= len(text) for fact in find_sensitive(text, TODAY))
