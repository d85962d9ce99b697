"""Dates and periods as people write them, and how many months they make."""

from datetime import date

import pytest

from looma.services.resume.facts.dates import (
    Period,
    date_facts,
    find_dates,
    find_periods,
    find_years_of_experience,
    least_years,
    months_between,
    union_months,
    years,
)

TODAY = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2019.03-至今", "2019-03/present"),
        ("2019年3月～现在", "2019-03/present"),
        ("Mar 2019 – Present", "2019-03/present"),
        ("March, 2019 - current", "2019-03/present"),
        ("２０１９．０３－至今", "2019-03/present"),
        ("2021.04至今", "2021-04/present"),
        ("2019/3 — 2021/12", "2019-03/2021-12"),
        ("2019-03 to 2021-12", "2019-03/2021-12"),
        ("06/2014 － 06/2016", "2014-06/2016-06"),
        ("06/2014 ï¼\u200b 06/2016", "2014-06/2016-06"),
        ("06/2014 \u200b-\u200d 06/2016", "2014-06/2016-06"),
        ("2007 - 2010", "2007/2010"),
        ("2019年-2021年", "2019/2021"),
        ("2015 年 9 月至 2019 年 6 月", "2015-09/2019-06"),
        ("19年3月-21年5月", "2019-03/2021-05"),
        ("98年3月-01年5月", "1998-03/2001-05"),
        ("二〇一九年三月至二〇二一年十二月", "2019-03/2021-12"),
        ("2019.03.01-2020.04.30", "2019-03/2020-04"),
        ("since 2016", "2016/present"),
        ("2016年起", "2016/present"),
        ("2014 to 2016", "2014/2016"),
        ("March to July 2012", "2012-03/2012-07"),
        ("1996-98", "1996/1998"),
        ("1998-2001", "1998/2001"),
        ("2014Present", "2014/present"),
        ("Apr 08/Sep 12", "2008-04/2012-09"),
        ("4/92 to 7/94", "1992-04/1994-07"),
        ("03rd Feb 2017 - till date", "2017-02/present"),
        ("3/1/2005 - 9/1/2011", "2005-03/2011-09"),
        ("15/03/2019 - 20/04/2020", "2019-03/2020-04"),
        ("March 2012  Oct 2014", "2012-03/2014-10"),
        ("April 2018 onwards", "2018-04/present"),
        ("201903-202105", "2019-03/2021-05"),
        ("20042009", "2004/2009"),
        ("2024.06－2030.02", "2024-06/2030-02"),
    ],
)
def test_periods(text: str, value: str) -> None:
    whole = f"任职：{text}，工程师"
    (fact,) = date_facts(whole, TODAY)
    assert (fact.value, whole[fact.start : fact.end]) == (value, text)
    assert fact.method == "rule:period"
    (period,) = find_periods(whole, TODAY)
    assert period.current == value.endswith("present")
    assert (period.ended is None) == period.current


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", []),
        ("没有日期的一句话", []),
        ("毕业于2019年7月", ["2019-07"]),
        ("Summer 2018", ["2018"]),
        ("Sept. '19", ["2019-09"]),
        ("二〇一九年三月", ["2019-03"]),
        ("自2016年", ["2016"]),
        ("Oct 1, 2015", ["2015-10"]),
        ("Graduated 2012, Pune", ["2012"]),
        ("2015级", ["2015"]),
        ("1.2019.03 入职", ["2019-03"]),
        ("2012.081.协助排期", ["2012-08"]),
        ("2019.05-2018.03", ["2019-05", "2018-03"]),
        ("2021-2019", ["2021", "2019"]),
        ("Python 3.11", []),
        ("Unity 2019.3", []),
        ("Office 2010, Word", []),
        ("ISO 9001", []),
        ("2019 employees", []),
        ("2000余人", []),
        ("¥2019.03", []),
        ("$2019", []),
        ("2019.13", []),
        ("2019-13", []),
        ("2019年13月", []),
        ("13800138000", []),
        ("138-0013-8000", []),
        ("110101199003071234", []),
        ("321.654.9870", []),
        ("http://example.com/2019/03/x", []),
        ("订单 2031-774455", []),
        ("2099年3月", []),
        ("May be 2 of us", []),
    ],
)
def test_single_dates(text: str, values: list[str]) -> None:
    found = find_dates(text, TODAY)
    assert [mention.value for mention in found] == values
    assert [fact.value for fact in date_facts(text, TODAY)] == values
    assert find_periods(text, TODAY) == []


def test_facts_come_in_the_order_of_the_text() -> None:
    text = "2011年6月毕业\n2012.03-2014.05 甲公司\n2014.06-至今 乙公司\n更新于 2026.01"
    facts = date_facts(text, TODAY)
    assert [fact.value for fact in facts] == ["2011-06", "2012-03/2014-05", "2014-06/present", "2026-01"]
    assert text[facts[1].start : facts[1].end] == "2012.03-2014.05"


def test_an_end_in_the_next_line() -> None:
    assert [p.began for p in find_periods("2019.03 -\n2021.05", TODAY)] == ["2019-03"]
    assert find_periods("2019.03\n2021.05", TODAY) == []


@pytest.mark.parametrize(
    ("began", "ended", "months"),
    [
        ("2019-03", "2019-03", 1),
        ("2019-03", "2021-12", 34),
        ("2019", "2021", 24),
        ("2019", "2019", 12),
        ("2019-03", "2019", 1),
        ("2011", "2012-07", 19),
        ("2008-06", "2013", 55),
        ("2021-03", "2019-03", 0),
    ],
)
def test_months_between(began: str, ended: str, months: int) -> None:
    assert months_between(began, ended) == months


def _period(began: str, ended: str | None) -> Period:
    return Period(0, 0, began, ended, ended is None)


@pytest.mark.parametrize(
    ("periods", "months"),
    [
        ([], 0),
        ([_period("2015-01", "2019-12"), _period("2015-01", "2019-12")], 60),
        ([_period("2015-01", "2017-06"), _period("2016-01", "2019-12")], 60),
        ([_period("2015-01", "2015-12"), _period("2018-01", "2018-12")], 24),
        ([_period("2019", "2021"), _period("2021", "2023")], 48),
        ([_period("2026-01", None)], 3),
        ([_period("2026-01", "2030-01")], 3),
        ([_period("2028-01", "2030-01")], 0),
        ([Period(0, 0, "2019-01", None, False)], 0),
    ],
)
def test_union_of_months(periods: list[Period], months: int) -> None:
    assert union_months(periods, TODAY) == months
    assert union_months(reversed(periods), TODAY) == months


def test_two_overlapping_jobs_of_five_years_are_five_years() -> None:
    text = "2018.01-2022.12 甲公司 工程师\n2018.01-2022.12 乙公司 顾问"
    assert years(union_months(find_periods(text, TODAY), TODAY)) == 5.0


@pytest.mark.parametrize(
    ("text", "value", "passage"),
    [
        ("5年以上工作经验", "5", "5年以上工作经验"),
        ("具有五年经验", "5", "五年经验"),
        ("3-5年相关经验", "3-5", "3-5年相关经验"),
        ("拥有10多年互联网行业从业经验", "10", "10多年互联网行业从业经验"),
        ("十五年大型项目管理经验", "15", "十五年大型项目管理经验"),
        ("工作年限：8年", "8", "8年"),
        ("over 10 years of experience", "10", "10 years of experience"),
        ("5+ years' experience in Java", "5", "5+ years' experience"),
        ("4.5 yrs of experience", "4.5", "4.5 yrs of experience"),
        ("Four years of Python experience", "4", "Four years of Python experience"),
        ("Experience: 5 years", "5", "5 years"),
    ],
)
def test_years_of_experience(text: str, value: str, passage: str) -> None:
    (fact,) = find_years_of_experience(text)
    assert (fact.value, text[fact.start : fact.end]) == (value, passage)


@pytest.mark.parametrize(
    "text", ["", "2019年工作经验", "10年前，经验不多", "5 years ago", "99 years of experience", "经验丰富"]
)
def test_no_years_of_experience(text: str) -> None:
    assert find_years_of_experience(text) == []


def test_least_years() -> None:
    assert (least_years("5"), least_years("3-5"), least_years("4.5")) == (5.0, 3.0, 4.5)


@pytest.mark.parametrize(
    "unit",
    ["1", "@", " ", "-", "年", "20", "1/", "2019.", "2019-", "2019 ", "May ", "五年经验", "5 years ", "since 2016 "],
)
def test_hostile_texts_end(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert all(fact.start < fact.end for fact in date_facts(text, TODAY))
    assert all(fact.end <= len(text) for fact in find_years_of_experience(text))


@pytest.mark.parametrize("text", ["2020年4月 至 今", "2020.04 - 至 今", "2020/4—至 今"])
def test_blanks_inside_the_words_for_now_do_not_hide_a_period(text):
    [period] = find_periods(text, date(2026, 1, 1))
    assert (period.began, period.current, text[period.start : period.end]) == ("2020-04", True, text)
