"""What people change of the criteria of a stored job: kept, counted, obeyed at once in both directions."""

import asyncio

import pytest

from looma.contracts.crm import JobChange, JobNotFound
from looma.contracts.matching import (
    CriteriaChange,
    CriteriaConflict,
    CriterionChange,
    MatchJobs,
    MatchTalents,
    UnknownCriterion,
)
from looma.platform import context
from looma.platform.errors import Forbidden, Invalid

from .conftest import STRANGER
from .pairs import ACCOUNTANT_ZH, EXPERT_EN, EXPERT_ZH, NURSE_JOB, RECOMMENDER_EN, RECOMMENDER_ZH
from .test_following import rebuilt
from .test_service import new_job, person, titles

PYTORCH, PYTHON = "skill:pytorch", "skill:python"


def changes(*wanted):
    """A request with these changes."""
    return CriteriaChange(criteria=[CriterionChange(**one) for one in wanted])


async def scores(matching, job_id):
    """Score by person."""
    return {m.talent.id: m.score for m in (await matching.find_talents(MatchTalents(job_id=job_id))).matches}


async def score(matching, talent_id):
    """The score of the one job there is."""
    (match,) = (await matching.find_jobs(MatchJobs(talent_id=talent_id))).matches
    return match.score


def shown(criteria, criterion_id):
    """A criterion of a job."""
    (found,) = [criterion for criterion in criteria.criteria if criterion.id == criterion_id]
    return found


async def test_changes_are_shown_applied(desk):
    job = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    before = await desk.matching.get_criteria(job.id)
    assert (before.version, before.changes) == (0, [])
    assert {(c.edited, c.removed) for c in before.criteria} == {(False, False)}
    wanted = changes({"id": PYTORCH, "level": "nice", "weight": 33.33}, {"id": PYTHON, "removed": True})
    after = await desk.matching.put_criteria(job.id, wanted)
    assert after == await desk.matching.get_criteria(job.id) == await desk.other.get_criteria(job.id)
    assert (after.job_id, after.version, after.changes) == (job.id, 1, wanted.criteria)
    assert [c.id for c in after.criteria] == [c.id for c in before.criteria]
    pytorch, python = shown(after, PYTORCH), shown(after, PYTHON)
    assert (pytorch.level, pytorch.weight, pytorch.edited, pytorch.removed) == ("nice", 33.33, True, False)
    assert (python.weight, python.edited, python.removed, python.evidence) == (
        0, False, True, shown(before, PYTHON).evidence)  # fmt: skip
    assert sum(c.weight for c in after.criteria) == pytest.approx(100, abs=0.2)
    assert after.text == before.text


async def test_both_directions_obey_at_once(desk):
    job = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    expert, accountant = await person(desk, EXPERT_ZH), await person(desk, ACCOUNTANT_ZH)
    before = await scores(desk.matching, job.id)
    assert before == await scores(desk.other, job.id)
    assert [await score(s, expert.id) for s in (desk.matching, desk.other)] == [before[expert.id]] * 2
    wanted = [{"id": c.id, "removed": True} for c in (await desk.matching.get_criteria(job.id)).criteria]
    only = [one for one in wanted if one["id"] != PYTORCH]
    assert len(only) == len(wanted) - 1
    await desk.matching.put_criteria(job.id, changes(*only))
    after = await scores(desk.other, job.id)
    assert after != before
    assert (after[expert.id] > 50, after[accountant.id]) == (True, 0)
    for service in (desk.other, desk.matching):
        assert await scores(service, job.id) == after
        assert await score(service, expert.id) == after[expert.id]
        assert await score(service, accountant.id) == 0
        (found,) = (await service.find_jobs(MatchJobs(talent_id=expert.id))).matches
        assert {told.criterion_id for told in (*found.reasons, *found.gaps, *found.unknowns)} == {PYTORCH}
    assert (await desk.matching.statistics()).criteria == {"skill": 1}
    await desk.other.put_criteria(job.id, changes())
    for service in (desk.matching, desk.other):
        assert await scores(service, job.id) == before
        assert await score(service, expert.id) == before[expert.id]


async def test_a_change_is_put_before_anybody_asked_for_the_job(desk):
    expert, job = await person(desk, EXPERT_ZH), await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    everything = (await desk.matching.get_criteria(job.id)).criteria
    await desk.matching.put_criteria(job.id, changes(*({"id": c.id, "removed": True} for c in everything)))
    assert await score(desk.matching, expert.id) == await score(desk.other, expert.id) == 0
    assert await titles(desk.matching, expert.id, skills_all=["PyTorch"]) == [RECOMMENDER_ZH[0]]


async def test_the_latest_changes_stand_in_place_of_those_before(desk):
    job = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    await desk.matching.put_criteria(job.id, changes({"id": PYTORCH, "removed": True}))
    found = await desk.matching.put_criteria(job.id, changes({"id": PYTHON, "level": "nice"}, {"id": PYTORCH}))
    assert (shown(found, PYTORCH).removed, shown(found, PYTORCH).edited) == (False, False)
    assert found.changes == [CriterionChange(id=PYTHON, level="nice")]
    plain = await desk.matching.put_criteria(job.id, changes())
    assert (plain.version, plain.changes) == (3, [])
    assert {(c.edited, c.removed) for c in plain.criteria} == {(False, False)}


async def test_if_match_is_honoured(desk):
    job = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    wanted = changes({"id": PYTORCH, "removed": True})
    with context.acting(context.LOCAL_OWNER, if_match=0):
        assert (await desk.matching.put_criteria(job.id, wanted)).version == 1
        with pytest.raises(CriteriaConflict) as refused:
            await desk.matching.put_criteria(job.id, changes())
    assert refused.value.details == {"expected": 0, "found": 1}
    assert (await desk.matching.get_criteria(job.id)).changes == wanted.criteria
    with context.acting(context.LOCAL_OWNER, if_match=1):
        assert (await desk.other.put_criteria(job.id, changes())).version == 2


async def test_many_at_once_are_all_counted(desk):
    job = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    wanted = changes({"id": PYTORCH, "weight": 5})
    found = await asyncio.gather(*(service.put_criteria(job.id, wanted) for service in (desk.matching, desk.other) * 4))
    assert sorted(one.version for one in found) == list(range(1, 9))


async def test_what_is_not_there_cannot_be_changed(desk):
    job = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    with pytest.raises(UnknownCriterion):
        await desk.matching.put_criteria(job.id, changes({"id": PYTORCH}, {"id": "skill:cobol", "removed": True}))
    with pytest.raises(Invalid):
        await desk.matching.put_criteria(job.id, changes({"id": PYTORCH}, {"id": PYTORCH, "removed": True}))
    with pytest.raises(JobNotFound):
        await desk.matching.put_criteria("nobody", changes())
    assert (await desk.matching.get_criteria(job.id)).version == 0


async def test_changes_wait_for_the_text_to_ask_again(desk):
    expert, job = await person(desk, EXPERT_EN), await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    wanted = changes({"id": PYTORCH, "weight": 50}, {"id": PYTHON, "level": "nice"})
    kept = await desk.matching.put_criteria(job.id, wanted)
    at_first = await score(desk.matching, expert.id)

    async def rewritten(title, description):
        await desk.crm.change_job(job.id, JobChange(title=title, description=description))
        found = await desk.matching.get_criteria(job.id)
        plain = await desk.matching.read_criteria(found_text(title, description))
        return found, plain

    found, plain = await rewritten(*NURSE_JOB)
    assert (found.changes, found.version, found.criteria) == ([], 1, plain.criteria)
    found, plain = await rewritten("x", "任职要求：\n熟悉 Redis\n精通 Python")
    assert (found.changes, shown(found, PYTHON).level) == ([wanted.criteria[1]], "nice")
    assert shown(plain, PYTHON).level == "must"
    found, _ = await rewritten(*RECOMMENDER_ZH)
    assert found == kept
    assert await score(desk.matching, expert.id) == await score(desk.other, expert.id) == at_first
    found, _ = await rewritten(*RECOMMENDER_EN)
    assert found.changes == wanted.criteria
    assert shown(found, PYTORCH).weight == 50


def found_text(title, description):
    """A text that is not stored."""
    from looma.contracts.matching import JobText

    return JobText(title=title, description=description)


async def test_changes_outlive_a_rebuild(desk):
    expert, job = await person(desk, EXPERT_ZH), await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    plain = await score(desk.matching, expert.id)
    await desk.matching.put_criteria(job.id, changes({"id": PYTORCH, "weight": 90}))
    changed = await score(desk.matching, expert.id)
    assert changed != plain
    await rebuilt(desk)
    assert await score(desk.matching, expert.id) == await score(desk.other, expert.id) == changed
    assert (await desk.matching.get_criteria(job.id)).version == 1


async def test_changes_are_of_one_organisation(desk):
    job = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    await desk.matching.put_criteria(job.id, changes({"id": PYTORCH, "removed": True}))
    with context.acting(STRANGER):
        with pytest.raises(JobNotFound):
            await desk.matching.put_criteria(job.id, changes())
        own = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
        expert = await person(desk, EXPERT_ZH)
        assert (await desk.matching.get_criteria(own.id)).changes == []
        plain = await score(desk.matching, expert.id)
        await desk.matching.put_criteria(own.id, changes({"id": PYTHON, "weight": 60}))
        assert await score(desk.matching, expert.id) != plain
    reader = context.Caller(org=context.LOCAL_ORG, user="x", scopes=frozenset({"matching:read", "crm:read"}))
    with context.acting(reader), pytest.raises(Forbidden):
        await desk.matching.put_criteria(job.id, changes())
    assert (await desk.matching.get_criteria(job.id)).changes == [CriterionChange(id=PYTORCH, removed=True)]


async def test_an_answer_that_nobody_keeps(desk):
    expert, job = await person(desk, EXPERT_ZH), await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    jobs = await desk.matching.find_jobs(MatchJobs(talent_id=expert.id, keep=False))
    people = await desk.matching.find_talents(MatchTalents(job_id=job.id, keep=False))
    assert (jobs.match_run_id, people.match_run_id) == (None, None)
    assert (len(jobs.matches), len(people.matches)) == (1, 1)
    assert (await desk.matching.list_runs()).items == []
    kept = await desk.matching.find_talents(MatchTalents(job_id=job.id))
    assert kept.matches == people.matches
    assert [run.id for run in (await desk.matching.list_runs()).items] == [kept.match_run_id]
