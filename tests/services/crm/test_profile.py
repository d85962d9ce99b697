"""What a talent shows of a résumé."""

import pytest

from looma.contracts.resume import Fact, FactKind, NotAResume, Parsed, Work
from looma.platform.contract import Notice
from looma.services.crm import profile


def parsed(*facts, **more):
    made = [Fact(kind=kind, value=value, method="rule:x", confidence=confidence) for kind, value, confidence in facts]
    return Parsed(text=more.pop("text", "x"), language="en", source="text", facts=made, **more)


def work(title, began=None, ended=None, *, current=False):
    return Work(title=title, began=began, ended=ended, current=current, passage_start=0, passage_end=1)


@pytest.mark.parametrize(
    ("entries", "facts", "headline"),
    [
        ([work("护士", "2015", "2018"), work("护士长", "2018")], [], "护士"),
        ([work("Cook", "2015", "2018-02"), work("Chef", "2016", "2018-11")], [], "Chef"),
        ([work("Cook", "2015", "2024"), work("Chef", "2016", current=True)], [], "Chef"),
        ([work(None, current=True), work("Cook")], [], "Cook"),
        ([], [("title", "Cook", 0.4), ("title", "Chef", 0.9)], "Chef"),
        ([work("  ")], [], None),
        ([], [], None),
    ],
)
def test_the_headline_is_the_present_or_last_position(entries, facts, headline):
    assert profile.person(parsed(*facts, work=entries), demo=False).headline == headline


def test_the_surest_name_is_taken_and_the_first_of_equals():
    told = parsed(("name", "A", 0.5), ("name", "B", 0.8), ("name", "C", 0.8), ("name", " ", 0.9))
    assert profile.person(told, demo=False).name == "B"


def test_what_is_too_long_for_a_line_is_cut():
    told = parsed(("name", "n" * 5000, 0.9), ("link", "l" * 5000, 0.9), ("location", "o" * 5000, 0.9))
    person = profile.person(told, demo=False)
    assert (len(person.name), len(person.location), len(person.contacts[0].value)) == (200, 200, 500)


def test_not_more_contacts_are_shown_than_a_talent_may_have():
    told = parsed(*(("email", f"{n}@example.com", 0.9) for n in range(200)))
    assert len(profile.person(told, demo=False).contacts) == 50


@pytest.mark.parametrize("kind", sorted(set(FactKind) - profile.TELLING))
def test_what_tells_of_nobody_is_not_kept(kind):
    with pytest.raises(NotAResume):
        profile.keepable(parsed((kind, "x", 0.9)))


@pytest.mark.parametrize("kind", sorted(profile.TELLING))
def test_one_thing_that_tells_is_enough(kind):
    assert profile.keepable(parsed((kind, "x", 0.9))).facts


def test_what_no_store_can_hold_is_replaced_one_for_one():
    kept = profile.keepable(parsed(("name", "陆\x00岚\ud800", 0.9), text="陆\x00岚\ud800 x"))
    assert (kept.text, kept.facts[0].value) == ("陆\ufffd岚\ufffd x", "陆\ufffd岚\ufffd")


def test_warnings_are_said_once():
    told = parsed(("skill", "x", 0.9), warnings=[Notice(code="resume.no_name"), Notice(code="resume.other")])
    codes = [notice.code for notice in profile.notices(told, profile.person(told, demo=False))]
    assert codes == ["resume.no_name", "resume.other", "resume.no_contact"]
