"""Every point is explained, with sentences of both sides; nothing protected moves a byte."""

import pytest

from looma.contracts.matching import Weights
from looma.platform import catalogue

from .pairs import (
    ACCOUNTANT_EN,
    EXPERT_BEFORE_ACCOUNTANT,
    EXPERT_EN,
    EXPERT_ZH,
    OCCUPATIONS,
    RECOMMENDER_EN,
    RECOMMENDER_ZH,
)
from .reading import asks, candidate, match

ALL = [
    (pair.name, pair.title, pair.description, text)
    for pair in [*EXPERT_BEFORE_ACCOUNTANT, *OCCUPATIONS]
    for text in (pair.better, pair.worse)
]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_reasons_add_up_and_quote_both_sides(language):
    for _, title, description, text in ALL:
        found = match(text, (title, description), language)
        assert round(sum(reason.points for reason in found.reasons), 1) == found.score
        assert [r.points for r in found.reasons] == sorted((r.points for r in found.reasons), reverse=True)
        job = f"{title}\n{description}"
        for reason in found.reasons:
            assert reason.points > 0
            assert reason.evidence.resume
            assert len(reason.evidence.resume) <= 3
            assert reason.evidence.job
            assert all(text[e.start : e.end] == e.text for e in reason.evidence.resume)
            assert all(job[e.start : e.end] == e.text for e in reason.evidence.job)
        for lack in (*found.gaps, *found.unknowns):
            assert lack.evidence.job
            assert all(text[e.start : e.end] == e.text for e in lack.evidence.resume)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_text_has_a_hole(language):
    for _, title, description, text in ALL:
        found = match(text, (title, description), language)
        for told in (*found.reasons, *found.gaps, *found.unknowns):
            assert not told.text.startswith("matching.")
            assert "{" not in told.text
            assert told.text.strip()


def test_texts_have_only_fields_that_are_filled():
    known = {"label", "found", "years", "asked", "degree", "held"}
    import string

    for code, text in catalogue.texts("en").items():
        if code.startswith(("matching.reason.", "matching.gap.", "matching.unknown.")):
            assert {name for _, name, _, _ in string.Formatter().parse(text) if name} <= known, code


def test_the_same_inputs_give_the_same_bytes():
    first, second = (match(EXPERT_ZH, RECOMMENDER_ZH).model_dump_json() for _ in range(2))
    assert first == second


def test_what_is_said_of_the_expert():
    found = match(EXPERT_EN, RECOMMENDER_EN)
    texts = {reason.text: reason for reason in found.reasons}
    assert any(text.startswith("Python: ") and text.endswith("years") for text in texts)
    assert "Job title: Senior Recommender Systems Engineer" in texts
    (python,) = (reason for text, reason in texts.items() if text.startswith("Python"))
    assert any("Python" in item.text for item in python.evidence.resume)
    assert any("Strong Python" in item.text for item in python.evidence.job)


def test_what_is_said_of_the_accountant():
    found = match(ACCOUNTANT_EN, RECOMMENDER_EN)
    gaps = [gap.text for gap in found.gaps]
    assert "PyTorch is not in the résumé" in gaps
    assert any(gap.startswith("Another line of work") for gap in gaps)


def test_a_model_that_is_missing_is_said():
    found = match(EXPERT_EN, RECOMMENDER_EN)
    assert [lack.kind for lack in found.unknowns] == ["meaning"]


@pytest.mark.parametrize("text", ["", "。", "hello", "🙂" * 50])
def test_an_empty_resume_gives_no_points(text):
    found = match(text or " ", RECOMMENDER_ZH)
    assert (found.score, found.reasons) == (0, [])
    assert found.confidence < 0.5


TRAITS = [
    ("周望舒", "欧阳建国"),
    ("周望舒", "阿依古丽·买买提"),
    ("电话：13800138000", "性别：女  年龄：52岁  民族：回族  婚否：已婚  电话：13800138000"),
    ("电话：13800138000", "性别：男  出生年月：1999年5月  汉族  籍贯：山东  政治面貌：党员  电话：13800138000"),
    ("某某大学", "清华大学（985/211/双一流）"),
    ("某某大学", "某某职业技术大学"),
]


@pytest.mark.parametrize(("there", "instead"), TRAITS)
def test_protected_traits_move_no_byte_of_the_score(there, instead):
    changed = EXPERT_ZH.replace(there, instead)
    assert changed != EXPERT_ZH
    job = asks(*RECOMMENDER_ZH)
    plain, other = (candidate(text).scored(job, None, Weights()) for text in (EXPERT_ZH, changed))
    assert repr(other).encode() == repr(plain).encode()
    told, told_other = (
        [(r.points, r.text) for r in candidate(text).match(job, None, Weights()).reasons]
        for text in (EXPERT_ZH, changed)
    )
    assert told == told_other


def test_places_outside_of_the_text_and_floods_of_entries_are_survived():
    from looma.contracts.resume import Parsed, Skill, Span, Title, Work
    from looma.services.matching.matches import Candidate
    from looma.services.matching.person import person_of

    far = [Span(start=10**6, end=10**6 + 5), Span(start=7, end=3)]
    parsed = Parsed(
        text="x",
        language="en",
        source="text",
        skills=[Skill(concept_id="python", name="Python", kind="tool", spans=far)] * 20_000,
        work=[Work(passage_start=9, passage_end=5)] * 20_000,
        titles=[Title(text="nurse", concept_id="registered-nurse", start=5, end=9)] * 20_000,
    )
    someone = Candidate(parsed, person_of(parsed, 24_000), 24_000, None, "en")
    found = someone.match(asks(*RECOMMENDER_EN), None, Weights())
    assert any(reason.text == "Python is named in the résumé" for reason in found.reasons)
