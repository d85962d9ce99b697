"""Matching over the real peers, all in one process and each service behind its own port."""

import pytest

from looma.contracts.crm import CrmAPI, NewJob
from looma.contracts.matching import JobText, MatchingAPI, MatchJobs, MatchTalents, RankJobs, Weights, WeightsConflict
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
