"""Matching over the real peers, all in one process and each service behind its own port."""

import pytest

from looma.contracts.crm import CrmAPI, NewJob
from looma.contracts.matching import (
    CriteriaChange,
    CriteriaConflict,
    CriterionChange,
    JobText,
    MatchingAPI,
    MatchJobs,
    MatchTalents,
    RankJobs,
    UnknownCriterion,
    Weights,
    WeightsConflict,
)
from looma.contracts.resume import ParseText, ResumeAPI
from looma.platform import context
from looma.platform.contract import Upload

from .pairs import ACCOUNTANT_EN, EXPERT_ZH, NURSE_JOB, RECOMMENDER_EN, RECOMMENDER_ZH


async def test_both_directions_over_the_peers(connect, owner):
    crm, resumes, matching = connect(CrmAPI), connect(ResumeAPI), connect(MatchingAPI)
    job = await crm.create_job(NewJob(title=RECOMMENDER_ZH[0], description=RECOMMENDER_ZH[1], location="Shanghai"))
    await crm.create_job(NewJob(title=NURSE_JOB[0], description=NURSE_JOB[1]))
    people = {}
    for name, text in (("expert", EXPERT_ZH), ("accountant", ACCOUNTANT_EN)):
        file = Upload(filename=f"{name}.txt", media_type="text/plain", data=text.encode())
        people[(await crm.create_talent_from_resume(file)).talent_id] = name
    expert = next(one for one, name in people.items() if name == "expert")

    jobs = await matching.find_jobs(MatchJobs(talent_id=expert))
    assert [match.job.title for match in jobs.matches] == [RECOMMENDER_ZH[0], NURSE_JOB[0]]
    found = await matching.find_talents(MatchTalents(job_id=job.id))
    assert [people[match.talent.id] for match in found.matches] == ["expert", "accountant"]
    assert found.matches[0].score == jobs.matches[0].score == round(sum(r.points for r in jobs.matches[0].reasons), 1)

    parsed = await resumes.parse(request=ParseText(text=EXPERT_ZH))
    texts = [JobText(title=title, description=text) for title, text in (NURSE_JOB, RECOMMENDER_EN)]
    ranked = await matching.rank(RankJobs(resume=parsed, jobs=texts))
    assert [match.job.title for match in ranked.matches] == [RECOMMENDER_EN[0], NURSE_JOB[0]]

    await matching.put_weights(Weights(skill=40))
    with context.acting(owner, if_match=1), pytest.raises(WeightsConflict):
        await matching.put_weights(Weights(skill=30))


async def test_changed_criteria_over_the_peers(connect, owner):
    crm, matching = connect(CrmAPI), connect(MatchingAPI)
    job = await crm.create_job(NewJob(title=RECOMMENDER_ZH[0], description=RECOMMENDER_ZH[1]))
    file = Upload(filename="a.txt", media_type="text/plain", data=EXPERT_ZH.encode())
    expert = (await crm.create_talent_from_resume(file)).talent_id
    before = await matching.find_talents(MatchTalents(job_id=job.id, keep=False))

    wanted = CriteriaChange(criteria=[CriterionChange(id="skill:pytorch", removed=True)])
    with context.acting(owner, if_match=0):
        found = await matching.put_criteria(job.id, wanted)
    assert (found.version, found.changes) == (1, wanted.criteria)
    assert found == await matching.get_criteria(job.id)
    assert [criterion.id for criterion in found.criteria if criterion.removed] == ["skill:pytorch"]

    people = await matching.find_talents(MatchTalents(job_id=job.id, keep=False))
    jobs = await matching.find_jobs(MatchJobs(talent_id=expert, keep=False))
    assert people.matches[0].reasons == jobs.matches[0].reasons
    assert "skill:pytorch" in {reason.criterion_id for reason in before.matches[0].reasons}
    assert "skill:pytorch" not in {reason.criterion_id for reason in people.matches[0].reasons}
    assert (await matching.list_runs()).items == []

    with context.acting(owner, if_match=0), pytest.raises(CriteriaConflict):
        await matching.put_criteria(job.id, wanted)
    with pytest.raises(UnknownCriterion) as unknown:
        await matching.put_criteria(job.id, CriteriaChange(criteria=[CriterionChange(id="skill:cobol")]))
    assert (unknown.value.status, unknown.value.details) == (422, {"criterion_id": "skill:cobol"})
