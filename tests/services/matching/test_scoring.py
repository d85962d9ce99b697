"""The laws that every score keeps, on thousands of invented pairs and on cases by hand."""

from dataclasses import replace

import pytest

from looma.contracts.matching import Weights
from looma.services.matching import needs, person
from looma.services.matching.needs import Ask, Need, Option
from looma.services.matching.person import UNTOLD, Held, Known, Person
from looma.services.matching.scoring import affinity, credit, fit, meaning_credit, title_affinity, weights_of

from . import invented
from .invented import chances, scored

DRAWN = 400


def test_points_add_up_to_the_score():
    for chance in chances(DRAWN):
        found = scored(invented.asks(chance), invented.person(chance), chance.choice([UNTOLD, 0, 400, 1000]))
        assert sum(found.points) == found.tenths
        assert 0 <= found.tenths <= 1000
        assert 0 <= found.confidence <= 1
        assert all(points == 0 for points, value in zip(found.points, found.credits, strict=True) if value <= 0)


def test_showing_an_asked_skill_never_lowers_the_score():
    for chance in chances(DRAWN):
        asked, one = invented.asks(chance), invented.person(chance)
        for option in (o for ask in asked if ask.need.kind in needs.CONCEPTS for o in ask.need.options):
            more = Known(option.concept, option.broader, chance.choice([UNTOLD, 5, 60]))
            richer = replace(one, skills=(*one.skills, more))
            assert scored(asked, richer, 500).tenths >= scored(asked, one, 500).tenths


def test_losing_a_skill_never_raises_the_score():
    for chance in chances(DRAWN):
        asked, one = invented.asks(chance), invented.person(chance)
        for index in range(len(one.skills)):
            poorer = replace(one, skills=one.skills[:index] + one.skills[index + 1 :])
            assert scored(asked, poorer, 500).tenths <= scored(asked, one, 500).tenths


def test_the_order_of_skills_and_asks_changes_nothing():
    for chance in chances(100):
        asked, one = invented.asks(chance), invented.person(chance)
        shuffled = replace(one, skills=tuple(reversed(one.skills)), titles=tuple(reversed(one.titles)))
        assert scored(asked, shuffled, 300) == scored(asked, one, 300)
        assert scored((*reversed(asked[:-1]), asked[-1]), one, 300).tenths == scored(asked, one, 300).tenths


@pytest.mark.parametrize(
    ("told_not", "failing", "passing"),
    [
        ({"years": UNTOLD}, {"years": 0}, {"years": 80}),
        ({"degree": UNTOLD}, {"degree": 0}, {"degree": 3}),
        ({"places": ()}, {"places": ("y",)}, {"places": ("x",)}),
        ({"fields": ()}, {"fields": ("b",)}, {"fields": ("a",)}),
        ({"titles": ()}, {"titles": (Held("o9", ("family-1",)),)}, {"titles": (Held("o1", ("k1", "family-1")),)}),
    ],
)
def test_unknown_is_not_a_fail(told_not, failing, passing):
    asked = (
        Ask(Need("skill", (Option("c1", invented.CONCEPTS["c1"]),)), "must", 1000, "skill"),
        Ask(Need("title", (Option("o1", ("k1", "family-1")),)), "must", 1000, "title"),
        Ask(Need("experience", years=50), "must", 1000, "years"),
        Ask(Need("education", degree=2), "must", 1000, "degree"),
        Ask(Need("major", words=("a",)), "must", 1000, "field"),
        Ask(Need("location", words=("x",)), "nice", 1000, "place"),
        Ask(Need("meaning"), "nice", 1000, "title"),
    )
    one = Person(
        (Known("c1", invented.CONCEPTS["c1"]),), (Held("o1", ("k1", "family-1")),), 60, 2, ("a",), ("x",), 500, 800
    )
    fails, unknown, passes = (scored(asked, replace(one, **change), 500) for change in (failing, told_not, passing))
    assert fails.tenths < unknown.tenths <= passes.tenths
    assert unknown.confidence < passes.confidence


def test_unknown_years_of_a_skill_are_no_fail():
    ask = Ask(Need("skill", (Option("c1"),), years=50), "must", 1000, "skill")
    values = [credit(Person((Known("c1", (), years),)), ask.need).value for years in (0, 10, 25, UNTOLD, 40, 50, 90)]
    assert values == [300, 300, 500, 700, 800, 1000, 1000]


def test_a_missing_must_costs_more_than_its_share():
    both = [Ask(Need("skill", (Option(c),)), "must", 1000, c) for c in ("a", "b")]
    wish = [both[0], replace(both[1], level="nice")]
    one = Person((Known("a"),))
    assert scored([*both, _MEANING], one).tenths < 500 * scored([both[0], _MEANING], one).tenths / 1000
    assert scored([*wish, _MEANING], one).tenths > scored([*both, _MEANING], one).tenths


@pytest.mark.parametrize(
    ("concept", "broader", "expected"),
    [
        ("asked", ("parent", "middle", "top"), (1000, "same")),
        ("inner", ("asked", "parent", "middle", "top"), (950, "narrower")),
        ("deep", ("a", "b", "c", "asked", "top"), (600, "narrower")),
        ("parent", ("middle", "top"), (300, "broader")),
        ("middle", ("top",), (200, "broader")),
        ("top", (), (0, "none")),
        ("sibling", ("parent", "middle", "top"), (300, "related")),
        ("cousin", ("aunt", "middle", "top"), (120, "related")),
        ("stranger", ("other", "top"), (0, "none")),
        ("lonely", (), (0, "none")),
    ],
)
def test_what_one_skill_says_about_another(concept, broader, expected):
    assert affinity(concept, broader, Option("asked", ("parent", "middle", "top"))) == expected


@pytest.mark.parametrize(
    ("broader", "field", "expected"),
    [
        (("field", "top"), ("top",), (600, "narrower")),
        (("field", "top"), (), (600, "narrower")),
        (("a", "b", "c", "field"), (), (0, "none")),
    ],
)
def test_a_part_shows_a_whole_field_only_in_part(broader, field, expected):
    assert affinity("part", broader, Option("field", field)) == expected


def test_a_common_field_says_little():
    assert affinity("one", ("field", "top"), Option("other", ("field", "top"))) == (120, "field")


LANGUAGES = {
    "java": ("programming-languages", "software-engineering"),
    "python": ("programming-languages", "scripting-languages", "software-engineering"),
    "perl": ("programming-languages", "scripting-languages", "software-engineering"),
    "react": ("javascript-frameworks", "javascript", "web-frontend", "programming-languages", "software-engineering"),
}


@pytest.mark.parametrize(
    ("asked", "known"),
    [("java", "python"), ("python", "perl"), ("react", "java"), ("java", "react"), ("perl", "react")],
)
def test_programming_languages_are_no_substitutes(asked, known):
    assert affinity(known, LANGUAGES[known], Option(asked, LANGUAGES[asked])) == (0, "none")


def test_years_degree_and_place_alone_make_nobody_fit():
    job = [
        Ask(Need("skill", (Option("c1", invented.CONCEPTS["c1"]),)), "must", 1000, "skill"),
        Ask(Need("title", (Option("o1", ("k1", "family-1")),)), "must", 1000, "title"),
        Ask(Need("experience", years=50), "must", 1000, "years"),
        Ask(Need("education", degree=2), "must", 1000, "degree"),
        Ask(Need("location", words=("x",)), "nice", 1000, "place"),
        _MEANING,
    ]
    stranger = Person((), (Held("o2", ("family-2",)),), 90, 4, (), ("x",), 900, 900)
    assert scored(job, stranger, 1000).tenths == 0
    kindred = replace(stranger, titles=(Held("o9", ("family-1",)),))
    same = replace(stranger, titles=(Held("o1", ("k1", "family-1")),))
    assert 0 < scored(job, kindred).tenths < scored(job, same).tenths
    assert scored(job[2:], stranger, 1000).tenths == 1000


@pytest.mark.parametrize(
    ("title", "related", "relatable", "expected"),
    [(0, 0, 0, 1000), (0, 0, 5000, 0), (150, 0, 5000, 600), (0, 500_000, 5000, 90), (600, 0, 9, 1000)],
)
def test_fit(title, related, relatable, expected):
    assert fit(title, related, relatable) == expected


@pytest.mark.parametrize(
    ("concept", "broader", "expected"),
    [
        ("asked", ("engineer", "family-a"), (1000, "same")),
        ("inner", ("asked", "engineer", "family-a"), (950, "narrower")),
        ("engineer", ("family-a",), (500, "broader")),
        ("other", ("engineer", "family-a"), (450, "related")),
        ("far", ("family-a",), (250, "related")),
        ("leader", ("family-b", "family-management"), (0, "none")),
        ("stranger", ("family-b",), (0, "none")),
        ("lonely", (), (0, "none")),
    ],
)
def test_what_one_occupation_says_about_another(concept, broader, expected):
    asked = Option("asked", ("engineer", "family-a", "family-management"))
    assert title_affinity(concept, broader, asked) == expected


def test_meaning_lifts_nobody_who_shows_nothing():
    assert meaning_credit(1000, 0, 5000) == 0
    assert meaning_credit(1000, 5000 * 250, 5000) == 500
    assert meaning_credit(800, 5000 * 900, 5000) == 800
    assert meaning_credit(600, 0, 0) == 600
    assert meaning_credit(UNTOLD, 100, 100) == UNTOLD


def test_weights_add_up_and_wishes_weigh_less():
    for chance in chances(100):
        asked = invented.asks(chance)
        assert 10_000 - len(asked) <= sum(weights_of(asked, Weights())) <= 10_000
    must, nice = (Ask(Need("skill", (Option(c),)), level, 1000, c) for c, level in (("a", "must"), ("b", "nice")))
    assert weights_of([must, nice], Weights(nice_share=0.4)) == [7142, 2857]


def test_no_weight_at_all_scores_nothing():
    nothing = Weights(**dict.fromkeys(set(Weights.model_fields) - {"version", "nice_share"}, 0))
    found = scored([_MEANING], Person(), 1000, nothing)
    assert (found.tenths, found.points, found.confidence) == (0, (0,), 0.0)


def test_what_is_kept_comes_back():
    for chance in chances(50):
        one = invented.person(chance)
        assert person.from_json(person.to_json(one)) == one
        asked = invented.asks(chance)
        assert tuple(needs.from_json(needs.to_json(ask)) for ask in asked) == asked


_MEANING = Ask(Need("meaning"), "nice", 1000, "title")
