"""Job titles: the occupation that one names, and where titles stand in a text."""

import random

import pytest

from looma.services.resume.taxonomy import load_titles
from looma.services.resume.titles import bare_title, find_titles, occupation_of


@pytest.mark.parametrize(
    ("title", "concept"),
    [
        ("Software Engineer", "software-engineer"),
        ("Senior Java Developer", "backend-engineer"),
        ("Software Engineer III", "software-engineer"),
        ("Jr. Accountant", "accountant"),
        ("Registered Nurse (ICU)", "registered-nurse"),
        ("Medical Sales Representative", "medical-sales-representative"),
        ("VP of Sales", "regional-sales-director"),
        ("Head of Marketing", "marketing-director"),
        ("Director, Human Resources", "hr-director"),
        ("Director of Human Resources", "hr-director"),
        ("Assistant Professor of Chemistry", "professor"),
        ("CEO", "ceo"),
        ("PyTorch engineer", "algorithm-engineer"),
        ("高级Java开发工程师", "backend-engineer"),
        ("资深算法工程师（北京）", "algorithm-engineer"),
        ("推荐算法工程师", "recommender-systems-engineer"),
        ("推薦演算法工程師", "algorithm-engineer"),
        ("會計主管", "accounting-manager"),
        ("护士", "registered-nurse"),
        ("医药代表", "medical-sales-representative"),
        ("独立董事", "independent-director"),
        ("董事会秘书", "board-secretary"),
        ("财务总监", "cfo"),
        ("副总裁", "vice-president"),
        ("销售经理助理", "assistant"),
        ("实习生", "intern"),
        ("Java开发实习生", "backend-engineer"),
    ],
)
def test_an_occupation_is_told_without_rank_and_place(title: str, concept: str) -> None:
    found = occupation_of(title)
    assert found is not None
    assert found.concept_id == concept
    assert (found.text, found.start, found.end) == (title, 0, len(title))
    assert found.broader == list(load_titles().broader(concept))


@pytest.mark.parametrize("title", ["", "  ", "xyz", "北京", "2019", "()", "董事会", "会计师事务所"])
def test_what_names_no_occupation_has_none(title: str) -> None:
    assert occupation_of(title) is None


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Senior Data Analyst II", "data analyst"),
        ("Sr. Data Analyst (Remote)", "data analyst"),
        ("高级数据分析师（上海）", "数据分析师"),
        ("实习数据分析师", "数据分析师"),
        ("数据分析师", "数据分析师"),
        ("Senior", "Senior"),
        ("", ""),
    ],
)
def test_the_bare_title_has_no_rank(title: str, bare: str) -> None:
    assert bare_title(title) == bare.lower() or bare_title(title) == bare


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("", []),
        ("今天天气很好。", []),
        ("The weather was fine.", []),
        ("任云南某公司董事", ["董事"]),
        ("现任本公司副总经理、董事会秘书，兼财务总监。", ["副总经理", "董事会秘书", "财务总监"]),
        ("历任某厂技术员、车间主任、总工程师。", ["技术员", "车间主任", "总工程师"]),
        ("1999年起任某大学教授、博士生导师", ["教授", "博士生导师"]),
        ("曾任人力资源部经理、总经理助理", ["人力资源部经理", "总经理助理"]),
        ("职位：会计主管", ["会计主管"]),
        ("岗位：销售", ["销售"]),
        ("2019-2021  某某科技有限公司  高级前端开发工程师", ["高级前端开发工程师"]),
        ("Senior Java Developer | Acme", ["Senior Java Developer"]),
        ("Vice President of Sales, Foo Inc.", ["Vice President of Sales"]),
        ("Experience: Registered Nurse II - City Hospital", ["Registered Nurse II"]),
        ("Software Engineer Intern", ["Software Engineer Intern"]),
        ("I worked as a senior java developer at Acme.", ["senior java developer"]),
        ("Harbour College: Biology & Chemistry Teacher", ["Biology & Chemistry Teacher"]),
        ("Sales and Marketing Manager, Foo Ltd", ["Sales and Marketing Manager"]),
        ("Data Analyst & Project Manager", ["Data Analyst", "Project Manager"]),
        ("我是一名初中物理老师", ["初中物理老师"]),
        ("在某商贸公司做成本会计，三年", ["成本会计"]),
        ("有八年经验的总账会计", ["总账会计"]),
        ("招聘机械设计工程师", ["机械设计工程师"]),
        ("急招总账会计2名", ["总账会计"]),
        ("诚聘厨师长", ["厨师长"]),
        ("急招地区销售主管", ["地区销售主管"]),
        ("招聘专员", ["招聘专员"]),
        ("某集团招聘经理", ["招聘经理"]),
        ("负责招聘工程师", []),
        ("带领一名工程师", []),
        # other people's titles, and what only holds one
        ("向总经理汇报", []),
        ("带领5名工程师完成项目", []),
        ("reported to the project manager", []),
        ("Managed a team of software engineers.", []),
        ("董事会决议", []),
        ("教师资格证", []),
        ("某会计师事务所", []),
        ("负责公司教师培训", []),
    ],
)
def test_titles_in_a_text(text: str, titles: list[str]) -> None:
    assert [title.text for title in find_titles(text)] == titles


def test_titles_know_their_occupation() -> None:
    found = find_titles("Acme\nSenior Recommender Systems Engineer\n2019 - 2021")
    assert [(t.text, t.concept_id) for t in found] == [
        ("Senior Recommender Systems Engineer", "recommender-systems-engineer")
    ]
    assert found[0].broader[0] == "algorithm-engineer"


def test_ranges_hold_on_random_text() -> None:
    rng = random.Random(11)
    names = [s for concept in load_titles().concepts.values() for s in concept.surfaces]
    glue = [
        " ",
        "、",
        ", ",
        "\n",
        "/",
        "任",
        "公司",
        "高级",
        "Senior ",
        " of ",
        "。",
        " - ",
        "：",
        "🙂",
        "部",
        "in ",
        "的",
    ]
    for _ in range(200):
        text = "".join(rng.choice(rng.choice((names, glue))) for _ in range(rng.randint(1, 30)))
        end = 0
        for title in find_titles(text):
            assert end <= title.start < title.end <= len(text)
            assert text[title.start : title.end] == title.text
            end = title.end


@pytest.mark.parametrize("unit", ["经理", "manager ", "VP of ", "高级", "Senior Manager, ", " a"])
def test_a_flood_is_read_to_its_end(unit: str) -> None:
    assert len(find_titles(unit * 10_000)) <= 5_000
