"""Organisations begin where their name begins and end with their suffix."""

from itertools import pairwise

import pytest

from looma.contracts.resume import FactKind
from looma.services.resume.facts.organizations import find_organizations


def _named(text: str, *walls: tuple[int, int]) -> list[str]:
    return [text[name.start : name.end] for name in find_organizations(text, walls) if not name.generic]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("任云岭示例锌业股份有限公司董事", ["云岭示例锌业股份有限公司"]),
        ("曾就职于示例（上海）网络科技有限公司，现任甲乙集团副总裁", ["示例（上海）网络科技有限公司", "甲乙集团"]),
        ("在甲会计师事务所和乙丙律师事务所工作", ["甲会计师事务所", "乙丙律师事务所"]),
        ("毕业于北京示例大学计算机学院", ["北京示例大学计算机学院"]),
        ("毕业院校：南方示例职业技术学院 专业：护理", ["南方示例职业技术学院"]),
        ("示例银行北京分行客户经理", ["示例银行北京分行"]),
        ("先后任职于甲乙股份有限公司、丙丁研究院、戊己医院", ["甲乙股份有限公司", "丙丁研究院", "戊己医院"]),
        ("作为负责人的示例有限责任公司董事和样本有限公司监事", ["示例有限责任公司", "样本有限公司"]),
        ("国家示例学院", ["国家示例学院"]),
        ("示例大学（原样本师范学院）", ["示例大学（原样本师范学院）"]),
        ("具有本科学历，通过大学英语六级，公司与客户均满意", []),
        ("大学生志愿者，大学本科学历", []),
        ("熟悉银行业务与公司法，具备医院信息系统经验", []),
        ("上市公司、分公司、某公司、本公司", []),
        ("2014年-2015年为样本市首信律师事务所律师", ["样本市首信律师事务所"]),
    ],
)
def test_chinese(text: str, expected: list[str]) -> None:
    assert _named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Example Systems GmbH, Berlin", ["Example Systems GmbH"]),
        ("Worked at Sample Data, Inc. as an engineer", ["Sample Data, Inc."]),
        ("Example India Pvt Ltd", ["Example India Pvt Ltd"]),
        ("Graduated from the University of Example in 2013", ["University of Example"]),
        ("Example State University", ["Example State University"]),
        ("Sample Institute of Science and Technology, Example Town", ["Sample Institute of Science and Technology"]),
        ("First Example Bank", ["First Example Bank"]),
        ("Ministry of Example Affairs", ["Ministry of Example Affairs"]),
        ("Boulder, CO 80302", []),
        ("we sold the company and its services to a limited group", []),
        ("University", []),
        ("I studied at university", []),
    ],
)
def test_english(text: str, expected: list[str]) -> None:
    assert _named(text) == expected


def test_kinds_and_references() -> None:
    text = "任公司董事，示例大学教授"
    found = [(text[name.start : name.end], name.kind, name.generic) for name in find_organizations(text)]
    assert found == [("公司", FactKind.COMPANY, True), ("示例大学", FactKind.SCHOOL, False)]


def test_no_name_reaches_over_a_wall() -> None:
    text = "2009.06示例大学"
    assert _named(text, (0, 7)) == ["示例大学"]
    english = "B.Sc. Example University"
    assert _named(english, (0, 5)) == ["Example University"]


@pytest.mark.parametrize("unit", ["公司", "大学", "(", ")", "Inc. ", "University of ", "和", "集团(", "A"])
def test_repetition_stays_cheap(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    found = find_organizations(text)
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2014.09-2018.06 示例财经大学浙江学院 会计学 本科", "示例财经大学浙江学院"),
        ("示范师范大学珠海分校 汉语言文学", "示范师范大学珠海分校"),
    ],
)
def test_a_branch_of_a_university_is_another_school(text, name):
    assert [text[o.start : o.end] for o in find_organizations(text)] == [name]
