"""Years in total and per skill: the union of dated positions, else what the text says, else nothing."""

from datetime import date

import pytest

from looma.contracts.resume import Fact, FactKind, SkillMention, Work
from looma.services.resume.facts.years import skills_of, years_total

TODAY = date(2025, 6, 15)


def _work(began: str | None, ended: str | None, start: int = 0, end: int = 10, *, current: bool = False) -> Work:
    return Work(began=began, ended=ended, current=current, passage_start=start, passage_end=end)


def _stated(value: str) -> Fact:
    return Fact(kind=FactKind.YEARS_OF_EXPERIENCE, value=value, method="rule:test", confidence=0.9)


def _mention(text: str, surface: str, nth: int = 0) -> SkillMention:
    start = -1
    for _ in range(nth + 1):
        start = text.index(surface, start + 1)
    return SkillMention(
        name=surface,
        concept_id=surface.lower(),
        surface=surface,
        start=start,
        end=start + len(surface),
        confidence=0.95,
        kind="tool",
    )


@pytest.mark.parametrize(
    ("work", "stated", "expected"),
    [
        ([], [], None),
        ([_work("2019-01", "2023-12")], [], 5.0),
        ([_work("2019-01", "2023-12"), _work("2019-01", "2023-12", 10, 20)], [], 5.0),
        ([_work("2019-01", "2021-12"), _work("2021-01", "2023-12", 10, 20)], [], 5.0),
        ([_work("2024-07", None, current=True)], [], 1.0),
        ([], [_stated("5"), _stated("3-5")], 5.0),
        ([_work("2023-01", "2023-12")], [_stated("8")], 1.0),
        ([_work(None, None)], [_stated("8")], 8.0),
    ],
)
def test_total(work: list[Work], stated: list[Fact], expected: float | None) -> None:
    assert years_total(work, stated, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "surface", "expected"),
    [
        ("Python", "Python", None),
        ("Python (5 years), Java", "Python", 5.0),
        ("Python (5 years), Java", "Java", None),
        ("C++ (Less than 1 year)", "C++", 0.5),
        ("Docker: 3+ years", "Docker", 3.0),
        ("over 7 years of experience with Kafka", "Kafka", 7.0),
        ("5年Python经验", "Python", 5.0),
        ("5年以上Java开发经验", "Java", 5.0),
        ("熟练掌握Python（8年）", "Python", 8.0),
        ("三年SQL使用经验", "SQL", 3.0),
        ("2019年使用Python", "Python", None),
        ("Python 2019年毕业", "Python", None),
        ("5年工作，会Python", "Python", None),
    ],
)
def test_outright_statements(text: str, surface: str, expected: float | None) -> None:
    [skill] = skills_of(text, [_mention(text, surface)], [], TODAY)
    assert skill.years == expected


def test_positions_that_name_the_skill_count_once_where_they_overlap() -> None:
    text = "Python ....Python ....Java ....."
    work = [
        _work("2019-01", "2021-12", 0, 11),
        _work("2021-01", "2023-12", 11, 22),
        _work("2010-01", "2018-12", 22, 32),
    ]
    mentions = [_mention(text, "Python"), _mention(text, "Python", 1), _mention(text, "Java")]
    python, java = skills_of(text, mentions, work, TODAY)
    assert (python.years, python.last_used) == (5.0, "2023-12")
    assert (java.years, java.last_used) == (9.0, "2018-12")
    assert [(span.start, span.end) for span in python.spans] == [(0, 6), (11, 17)]


def test_dated_positions_win_over_statements_and_current_ones_end_today() -> None:
    text = "Python (9 years)"
    [skill] = skills_of(text, [_mention(text, "Python")], [_work("2025-01", None, 0, 16, current=True)], TODAY)
    assert (skill.years, skill.last_used) == (0.5, "2025-06")


def test_no_skills() -> None:
    assert skills_of("", [], [_work("2019", "2020")], TODAY) == []
