"""What people change of criteria moves the scores, alike alone and together, and in nothing else the text."""

from dataclasses import replace

import pytest

from looma.contracts.matching import CriterionChange, UnknownCriterion, Weights
from looma.platform.errors import Invalid
from looma.services.matching import editing
from looma.services.matching.job_index import JobEntry, JobIndex
from looma.services.matching.people_index import PeopleIndex, PersonEntry
from looma.services.matching.scoring import POINTS, weights_of
from looma.services.matching.totals import meaning_between

from . import invented, pairs
from .invented import chances, scored
from .pairs import EXPERT_ZH, RECOMMENDER_ZH
from .reading import asks, candidate
from .test_indexes import vector

PYTORCH = "skill:pytorch"


def edited(asked, *changes):
    """The asks with these changes, kept and read again."""
    return editing.edited(asked, editing.to_json([CriterionChange(**change) for change in changes]))


def weight_of(asked, criterion_id, weights=None):
    """The weight of a criterion, in points."""
    each = weights_of(asked, weights or Weights())
    (found,) = [weight for ask, weight in zip(asked, each, strict=True) if ask.id == criterion_id]
    return found / 100


def at_random(chance, asked):
    """The asks, some of them changed."""
    changes = [
        {
            "id": ask.id,
            "level": chance.choice([None, "must", "nice"]),
            "weight": chance.choice([None, None, 0, 7.5, 30, 100]),
            "removed": chance.random() < 0.2,
        }
        for ask in {ask.id: ask for ask in asked}.values()
        if chance.random() < 0.5
    ]
    return edited(asked, *changes)


def test_nothing_changed_is_what_the_text_says():
    asked = asks(*RECOMMENDER_ZH)
    assert edited(asked) == edited(asked, {"id": PYTORCH}) == asked
    assert editing.to_json([CriterionChange(id=PYTORCH), CriterionChange(id=PYTORCH, weight=0)]) == [
        {"id": PYTORCH, "weight": 0.0}
    ]


def test_ids_are_there_once_in_every_job():
    for job in [value for value in vars(pairs).values() if isinstance(value, tuple) and len(value) == 2]:
        ids = [ask.id for ask in asks(*job)]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("任职要求：\n精通 Python\n熟悉 Kafka", "任职要求：\n熟悉 Kafka\n精通 Python"),
        (
            "任职要求：\n精通 Python\n熟悉 Kafka",
            "我们是一家公司。\n任职要求：\n3年以上 Python 经验\n有 Kafka 经验者优先",
        ),
        ("要求：熟悉 Java 或 Go 语言", "要求：熟悉 Go 或 Java 语言"),
        ("Requirements: Master's degree", "Requirements: Master's degree preferred"),
        ("Requirements: 3+ years of experience", "Requirements: at least 8 years of experience"),
    ],
)
def test_ids_follow_from_what_is_asked_for(one, other):
    ids, others = ({ask.id for ask in asks("某岗位", text)} for text in (one, other))
    assert ids == others
    assert len(ids) > 1


def test_other_things_have_other_ids():
    text = "任职要求：\n精通 Java\n掌握 Kafka 或 RabbitMQ\n本科及以上，硕士优先\n英语流利"
    ids = {ask.id for ask in asks("某岗位", text)}
    assert {"skill:java", "skill:kafka|rabbitmq", "education:bachelor", "education:master"} <= ids


def test_a_weight_is_what_was_set_and_the_others_share_the_rest():
    asked = asks(*RECOMMENDER_ZH)
    before = dict(zip([ask.id for ask in asked], weights_of(asked, Weights()), strict=True))
    changed = edited(asked, {"id": PYTORCH, "weight": 40})
    after = dict(zip([ask.id for ask in changed], weights_of(changed, Weights()), strict=True))
    assert after.pop(PYTORCH) == 4000
    before.pop(PYTORCH)
    assert sum(after.values()) == pytest.approx(6000, abs=len(after))
    shares = {one: after[one] / before[one] for one in after}
    assert max(shares.values()) == pytest.approx(min(shares.values()), rel=0.02)


@pytest.mark.parametrize("set_to", [[100, 100], [60, 60], [100, 0]])
def test_weights_that_do_not_come_out_are_scaled(set_to):
    asked = asks("某岗位", "要求：精通 Python，熟悉 Kafka")
    assert [ask.id for ask in asked] == ["skill:python", "skill:kafka", "meaning"]
    first, second = set_to
    changed = edited(asked, {"id": "skill:python", "weight": first}, {"id": "skill:kafka", "weight": second})
    whole = first + second
    assert weights_of(changed, Weights()) == [POINTS * first // whole, POINTS * second // whole, 0]
    alone = edited(changed, {"id": "meaning", "removed": True})
    assert weights_of(alone, Weights())[2] == 0


def test_set_weights_that_leave_nobody_to_share_are_scaled_up():
    asked = asks("某岗位", "要求：精通 Python，熟悉 Kafka")
    changed = edited(
        asked,
        {"id": "skill:python", "weight": 3},
        {"id": "skill:kafka", "weight": 1},
        {"id": "meaning", "removed": True, "weight": 50},
    )
    assert weights_of(changed, Weights()) == [7500, 2500, 0]


def test_what_is_removed_scores_as_if_the_text_did_not_ask():
    asked, expert = asks(*RECOMMENDER_ZH), candidate(EXPERT_ZH)
    for gone in asked:
        if gone.need.kind == "meaning":
            continue
        without = tuple(ask for ask in asked if ask is not gone)
        removed = edited(asked, {"id": gone.id, "removed": True})
        assert weight_of(removed, gone.id) == 0
        assert expert.match(removed, None, Weights()) == expert.match(without, None, Weights())


def test_without_any_criterion_nobody_scores():
    removed = edited(asks(*RECOMMENDER_ZH), *({"id": ask.id, "removed": True} for ask in asks(*RECOMMENDER_ZH)))
    found = candidate(EXPERT_ZH).match(removed, None, Weights())
    assert (found.score, found.confidence, found.reasons, found.gaps, found.unknowns) == (0, 0, [], [], [])


def test_a_level_moves_weight_and_gaps():
    asked = asks(*RECOMMENDER_ZH)
    (first,) = [ask for ask in asked if ask.id == PYTORCH]
    other = "nice" if first.level == "must" else "must"
    changed = edited(asked, {"id": PYTORCH, "level": other})
    assert [(a.level, a.edited) for a in changed if a.id == PYTORCH] == [(other, True)]
    assert (weight_of(changed, PYTORCH) < weight_of(asked, PYTORCH)) is (other == "nice")
    accountant = candidate(pairs.ACCOUNTANT_EN)
    levels = [lack.level for lack in accountant.match(changed, None, Weights()).gaps if lack.criterion_id == PYTORCH]
    assert levels == [other]


def test_reasons_and_lacks_name_their_criterion():
    for text in (EXPERT_ZH, pairs.ACCOUNTANT_EN):
        found, asked = candidate(text).match(asks(*RECOMMENDER_ZH), None, Weights()), asks(*RECOMMENDER_ZH)
        kinds = {ask.id: ask.need.kind for ask in asked}
        for told in (*found.reasons, *found.gaps, *found.unknowns):
            assert kinds[told.criterion_id] == told.kind
            (ask,) = [ask for ask in asked if ask.id == told.criterion_id]
            assert told.evidence.job == list(ask.evidence)


@pytest.mark.parametrize("weights", [Weights(), Weights(skill=0, title=3, meaning=90)])
def test_ranking_many_gives_what_scoring_one_gives(weights):
    chance = chances(11)[10]
    jobs = [JobEntry((f"j{n}", n), at_random(chance, invented.asks(chance)), vector(chance)) for n in range(200)]
    people = [PersonEntry(f"p{n:03}", invented.person(chance), vector(chance)) for n in range(60)]
    assert any(ask.removed for job in jobs for ask in job.asks if ask.need.kind in ("title", "meaning"))
    index = JobIndex(jobs, weights)
    for one in people[:20]:
        exact = [scored(j.asks, one.person, meaning_between(j.vector, one.vector), weights).tenths for j in jobs]
        assert index.scores(one.person, one.vector).tolist() == exact
    together = PeopleIndex(people)
    for job in jobs[:20]:
        exact = [scored(job.asks, p.person, meaning_between(job.vector, p.vector), weights).tenths for p in people]
        assert together.scores(job.asks, weights, job.vector).tolist() == exact
    for job in jobs:
        assert sum(weights_of(job.asks, weights)) <= POINTS
        assert all(weight >= 0 for weight in weights_of(job.asks, weights))


def test_changes_of_what_is_not_asked_for_are_passed_over():
    asked = asks(*RECOMMENDER_ZH)
    kept = editing.to_json([CriterionChange(id="skill:cobol", weight=50), CriterionChange(id=PYTORCH, level="nice")])
    assert editing.edited(asked, kept) == edited(asked, {"id": PYTORCH, "level": "nice"})
    assert editing.in_force(asked, kept) == [CriterionChange(id=PYTORCH, level="nice")]


def test_what_can_be_changed():
    asked = asks(*RECOMMENDER_ZH)
    editing.check([CriterionChange(id=ask.id) for ask in asked], asked)
    with pytest.raises(UnknownCriterion) as unknown:
        editing.check([CriterionChange(id="skill:cobol")], asked)
    assert unknown.value.details == {"criterion_id": "skill:cobol"}
    with pytest.raises(Invalid) as twice:
        editing.check([CriterionChange(id=PYTORCH), CriterionChange(id=PYTORCH)], asked)
    assert twice.value.details["problems"] == [{"problem": "repeated", "field": "criteria.1.id"}]


def test_filters_go_by_the_text():
    asked = asks(*RECOMMENDER_ZH, places=("cn-31",))
    entry = JobEntry(("j", 0), asked)
    gone = replace(entry, asks=edited(asked, *({"id": ask.id, "removed": True} for ask in asked)))
    assert (gone.concepts, gone.places, gone.years) == (entry.concepts, ("cn-31",), entry.years)
