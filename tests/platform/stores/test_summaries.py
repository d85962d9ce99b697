"""What a list shows of a résumé."""

from looma.platform.stores.summaries import NOTHING, SHOWN_SKILLS, skill_line, summary


def skill(name, years=None, times=1, concept=None):
    return {"name": name, "concept_id": concept or f"skill:{name.lower()}", "years": years, "spans": [{}] * times}


def test_the_foremost_skills_are_those_of_most_years_then_those_named_most_often():
    skills = [skill("A"), skill("B", times=3), skill("C", 2), skill("D", 2.5), skill("E", 2, times=2), skill("F", 0)]
    assert summary({"skills": skills})["skills"] == ["D", "E", "C", "F", "B", "A"]
    many = [skill(f"S{number}", number) for number in range(20)]
    assert summary({"skills": many})["skills"] == [f"S{number}" for number in range(19, 19 - SHOWN_SKILLS, -1)]


def test_a_person_is_found_by_every_skill_whole_and_without_case():
    key = summary({"skills": [skill("React Native"), *(skill(f"S{number}", 1) for number in range(20))]})["skill_key"]
    for named in ("react native", "REACT  Native", "skill:react native", "s19"):
        assert skill_line(named) in key
    for named in ("react", "native", "s", "", "skill:", "S1\nS2"):
        assert skill_line(named) not in key


def test_years_are_those_of_all_work_or_none():
    assert summary({"years_total": 6})["years"] == 6.0
    for told in (None, "6", True, float("nan"), float("inf")):
        assert summary({"years_total": told})["years"] is None


def test_what_was_not_read_is_nothing():
    for parsed in ({}, {"pages": []}, {"skills": None}, {"skills": []}, {"skills": [{"concept_id": "x"}]}):
        assert summary(parsed) == NOTHING
