"""Matching stored records in both directions: what is ranked follows the records."""

import asyncio

import pytest

from looma.contracts.crm import JobChange, JobNotFound, NewJob, NewTalent, TalentChange, TalentNotFound
from looma.contracts.matching import Filters, MatchJobs, MatchTalents, NothingToMatch, Weights, WeightsConflict
from looma.contracts.resume import ResumeNotFound
from looma.platform import context
from looma.platform.contract import Upload
from looma.platform.errors import Invalid

from .conftest import STRANGER
from .pairs import ACCOUNTANT_EN, ACCOUNTANT_ZH, ACCOUNTING_JOB, EXPERT_EN, EXPERT_ZH, NURSE_JOB, RECOMMENDER_ZH


def new_job(job, **more):
    """A job to create."""
    return NewJob(title=job[0], description=job[1], **more)


async def person(desk, text):
    """A person who was read from a résumé."""
    file = Upload(filename="cv.txt", media_type="text/plain", data=text.encode())
    return (await desk.crm.create_talent_from_resume(file)).talent


async def titles(matching, talent_id, **filters):
    """Titles of the jobs that fit, best first."""
    found = await matching.find_jobs(MatchJobs(talent_id=talent_id, filters=Filters(**filters)))
    assert found.total >= len(found.matches)
    return [match.job.title for match in found.matches]


async def people(matching, job_id, **filters):
    """Ids of the people who fit, best first."""
    found = await matching.find_talents(MatchTalents(job_id=job_id, filters=Filters(**filters)))
    return [match.talent.id for match in found.matches]


async def test_jobs_for_a_person(desk):
    for job in (NURSE_JOB, RECOMMENDER_ZH, ACCOUNTING_JOB):
        await desk.crm.create_job(new_job(job, company="甲"))
    expert, accountant = await person(desk, EXPERT_ZH), await person(desk, ACCOUNTANT_EN)
    assert (await titles(desk.matching, expert.id))[0] == RECOMMENDER_ZH[0]
    assert (await titles(desk.matching, accountant.id))[0] == ACCOUNTING_JOB[0]
    found = await desk.matching.find_jobs(MatchJobs(resume_id=expert.resume_id, limit=1))
    assert (found.matches[0].job.title, found.matches[0].job.company, found.total) == (RECOMMENDER_ZH[0], "甲", 3)
    assert found.matches[0].reasons[0].evidence.resume


async def test_people_for_a_job(desk):
    job = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    accountant, expert, other = [await person(desk, text) for text in (ACCOUNTANT_ZH, EXPERT_ZH, EXPERT_EN)]
    found = await desk.matching.find_talents(MatchTalents(job_id=job.id))
    assert {m.talent.id for m in found.matches[:2]} == {expert.id, other.id}
    assert found.matches[2].talent.id == accountant.id
    assert {m.talent.name for m in found.matches} == {"周望舒", "Maya Lindqvist", "沈知行"}


async def test_both_directions_say_the_same(desk):
    job, expert = await desk.crm.create_job(new_job(RECOMMENDER_ZH)), await person(desk, EXPERT_ZH)
    (one,) = (await desk.matching.find_jobs(MatchJobs(talent_id=expert.id))).matches
    (other,) = (await desk.matching.find_talents(MatchTalents(job_id=job.id))).matches
    assert one.model_dump(exclude={"job"}) == other.model_dump(exclude={"talent"})


async def test_what_changes_is_followed(desk):
    expert = await person(desk, EXPERT_ZH)
    job = await desk.crm.create_job(new_job(ACCOUNTING_JOB))
    low = (await desk.matching.find_jobs(MatchJobs(talent_id=expert.id))).matches[0]
    await desk.crm.change_job(job.id, JobChange(title=RECOMMENDER_ZH[0], description=RECOMMENDER_ZH[1]))
    high = (await desk.matching.find_jobs(MatchJobs(talent_id=expert.id))).matches[0]
    assert high.score > low.score + 20
    assert high.job.title == RECOMMENDER_ZH[0]
    await desk.crm.change_job(job.id, JobChange(status="closed"))
    assert await titles(desk.matching, expert.id) == []
    assert await titles(desk.matching, expert.id, status="closed") == [RECOMMENDER_ZH[0]]
    await desk.crm.change_job(job.id, JobChange(status="open"))
    await desk.crm.archive_job(job.id)
    assert await titles(desk.matching, expert.id) == []
    await desk.crm.restore_job(job.id)
    assert await titles(desk.matching, expert.id) == [RECOMMENDER_ZH[0]]


async def test_people_who_are_away_are_not_ranked(desk):
    job, expert = await desk.crm.create_job(new_job(RECOMMENDER_ZH)), await person(desk, EXPERT_ZH)
    assert await people(desk.matching, job.id) == [expert.id]
    await desk.crm.change_talent(expert.id, TalentChange(status="do_not_contact"))
    assert await people(desk.matching, job.id) == []
    await desk.crm.change_talent(expert.id, TalentChange(status="active"))
    await desk.crm.archive_talent(expert.id)
    assert await people(desk.matching, job.id) == []
    await desk.crm.restore_talent(expert.id)
    assert await people(desk.matching, job.id) == [expert.id]


async def test_two_services_on_one_store_see_the_same(desk):
    expert = await person(desk, EXPERT_ZH)
    await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    assert await titles(desk.matching, expert.id) == await titles(desk.other, expert.id) == [RECOMMENDER_ZH[0]]
    job = await desk.crm.create_job(new_job(NURSE_JOB))
    assert len(await titles(desk.matching, expert.id)) == len(await titles(desk.other, expert.id)) == 2
    await desk.crm.archive_job(job.id)
    assert len(await titles(desk.other, expert.id)) == len(await titles(desk.matching, expert.id)) == 1


async def test_many_at_once_follow_once(desk):
    expert = await person(desk, EXPERT_ZH)
    for _ in range(3):
        await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    found = await asyncio.gather(*(titles(service, expert.id) for service in (desk.matching, desk.other) * 4))
    assert found == [[RECOMMENDER_ZH[0]] * 3] * 8


async def test_another_organisation_sees_nothing(desk):
    job, expert = await desk.crm.create_job(new_job(RECOMMENDER_ZH)), await person(desk, EXPERT_ZH)
    await titles(desk.matching, expert.id)
    with context.acting(STRANGER):
        with pytest.raises(TalentNotFound):
            await desk.matching.find_jobs(MatchJobs(talent_id=expert.id))
        with pytest.raises(ResumeNotFound):
            await desk.matching.find_jobs(MatchJobs(resume_id=expert.resume_id))
        with pytest.raises(JobNotFound):
            await desk.matching.find_talents(MatchTalents(job_id=job.id))
        with pytest.raises(JobNotFound):
            await desk.matching.get_criteria(job.id)
        theirs = await person(desk, EXPERT_EN)
        assert await titles(desk.matching, theirs.id) == []
        own = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
        assert await people(desk.matching, own.id) == [theirs.id]
        await desk.matching.put_weights(Weights(skill=1))
    assert (await desk.matching.get_weights()).skill == Weights().skill


async def test_who_has_no_resume_is_not_matched(desk):
    job = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    talent = await desk.crm.create_talent(NewTalent(name="无简历"))
    assert await people(desk.matching, job.id) == []
    with pytest.raises(NothingToMatch):
        await desk.matching.find_jobs(MatchJobs(talent_id=talent.id))


@pytest.mark.parametrize("request_", [MatchJobs(), MatchJobs(talent_id="a", resume_id="b")])
async def test_either_a_person_or_a_resume(desk, request_):
    with pytest.raises(Invalid):
        await desk.matching.find_jobs(request_)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"expert", "accountant"}),
        ({"location": "Shanghai"}, {"expert"}),
        ({"location": "北京"}, {"accountant"}),
        ({"location": "Atlantis"}, set()),
        ({"skills_all": ["python"]}, {"expert", "accountant"}),
        ({"skills_all": ["Python", "PyTorch"]}, {"expert"}),
        ({"skills_all": ["机器学习"]}, {"expert"}),
        ({"skills_all": ["flying"]}, set()),
        ({"years_min": 9.5}, {"accountant"}),
        ({"years_min": 60}, set()),
        ({"status": "passive"}, set()),
    ],
)
async def test_filters_on_people(desk, filters, expected):
    job = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    expert = await person(
        desk, EXPERT_ZH.replace("邮箱：", "现居住地：上海  邮箱：").replace("2016.07-2019.02", "2018.07-2019.02")
    )
    accountant = await person(desk, ACCOUNTANT_ZH.replace("电话：", "现居住地：北京  电话："))
    names = {expert.id: "expert", accountant.id: "accountant"}
    assert {names[one] for one in await people(desk.matching, job.id, **filters)} == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"location": "上海市"}, {RECOMMENDER_ZH[0]}),
        ({"skills_all": ["Kubernetes"]}, {RECOMMENDER_ZH[0]}),
        ({"years_min": 4}, {RECOMMENDER_ZH[0]}),
        ({"years_min": 1}, {RECOMMENDER_ZH[0], NURSE_JOB[0]}),
    ],
)
async def test_filters_on_jobs(desk, filters, expected):
    await desk.crm.create_job(new_job(RECOMMENDER_ZH, location="Shanghai"))
    await desk.crm.create_job(new_job(NURSE_JOB, location="Beijing"))
    expert = await person(desk, EXPERT_ZH)
    assert set(await titles(desk.matching, expert.id, **filters)) == expected


async def test_weights_are_counted_and_if_match_is_honoured(desk):
    assert (await desk.matching.get_weights()).version == 1
    fresh = await desk.matching.put_weights(Weights(skill=70, version=99))
    assert (fresh.version, fresh.skill) == (2, 70)
    with context.acting(context.LOCAL_OWNER, if_match=1), pytest.raises(WeightsConflict) as refused:
        await desk.matching.put_weights(Weights(skill=1))
    assert refused.value.details == {"expected": 1, "found": 2}
    with context.acting(context.LOCAL_OWNER, if_match=2):
        assert (await desk.matching.put_weights(Weights(skill=60))).version == 3
    assert await desk.other.get_weights() == Weights(skill=60, version=3)


async def test_weights_move_scores(desk):
    await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    accountant = await person(desk, ACCOUNTANT_ZH)
    before = await desk.matching.find_jobs(MatchJobs(talent_id=accountant.id))
    await desk.matching.put_weights(Weights(education=100, skill=5, title=0))
    after = await desk.matching.find_jobs(MatchJobs(talent_id=accountant.id))
    assert after.matches[0].score > before.matches[0].score
    assert (before.weights_version, after.weights_version) == (1, 2)


async def test_criteria_of_a_stored_job(desk):
    job = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    found = await desk.matching.get_criteria(job.id)
    assert found.job_id == job.id
    assert "skill:pytorch" in [criterion.id for criterion in found.criteria]


async def test_more_organisations_than_are_held(desk):
    for number in range(12):
        with context.acting(context.Caller(org=f"org{number}", user="u", roles=frozenset({"owner"}))):
            expert = await person(desk, EXPERT_ZH)
            await desk.crm.create_job(new_job(RECOMMENDER_ZH))
            assert await titles(desk.matching, expert.id) == [RECOMMENDER_ZH[0]]
