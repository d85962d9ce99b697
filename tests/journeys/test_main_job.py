"""The main job, through the contracts: résumé → facts → jobs with reasons, together and apart."""

import pytest

from looma.contracts.crm import CrmAPI, NewJob
from looma.contracts.matching import JobText, MatchingAPI, MatchJobs, MatchTalents, RankJobs
from looma.contracts.resume import FactKind, NotAResume, ParseText, ResumeAPI
from looma.platform import context
from looma.platform.contract import Upload

from .documents import ACCOUNTANT_ZH, EXPERT_ZH, JOB_EN, JOB_ZH

OWNER = context.LOCAL_OWNER


def upload(text: str, name: str = "简历.txt") -> Upload:
    return Upload(filename=name, media_type="text/plain", data=text.encode())


async def test_a_resume_becomes_a_person_whose_jobs_have_reasons(connect):
    crm, matching, resumes = connect(CrmAPI), connect(MatchingAPI), connect(ResumeAPI)
    with context.acting(OWNER, language="zh-CN"):
        wanted = await crm.create_job(
            NewJob(title="推荐系统工程师", description=JOB_ZH, company="示例公司", location="上海")
        )
        other = await crm.create_job(NewJob(title="厨师", description="任职要求：\n1. 3年以上中餐烹饪经验。"))
        kept = await crm.create_talent_from_resume(upload(EXPERT_ZH))
        assert kept.talent.name == "陈示例"
        assert {c.value for c in kept.talent.contacts} >= {"+8613800138000", "chen.shili@example.cn"}
        stored = await resumes.get_resume(kept.resume_id)
        assert stored.parsed.text == EXPERT_ZH.strip()
        found = await matching.find_jobs(MatchJobs(talent_id=kept.talent_id))
        assert [m.job.id for m in found.matches] == [wanted.id, other.id]
        best = found.matches[0]
        assert best.score == pytest.approx(sum(r.points for r in best.reasons))
        quoted = [item for r in best.reasons for item in r.evidence.resume]
        assert quoted
        assert all(EXPERT_ZH[item.start : item.end] == item.text for item in quoted)
        assert any("\u4e00" <= c <= "\u9fff" for c in best.reasons[0].text)
        back = await matching.find_talents(MatchTalents(job_id=wanted.id))
        assert [m.talent.id for m in back.matches] == [kept.talent_id]
        assert back.matches[0].score == best.score


async def test_the_expert_stands_above_the_accountant_in_both_languages(connect):
    resumes, matching = connect(ResumeAPI), connect(MatchingAPI)
    jobs = [
        JobText(title="推荐系统工程师", description=JOB_ZH),
        JobText(title="Recommender Systems Engineer", description=JOB_EN),
    ]
    with context.acting(OWNER):
        scores = {}
        for name, text in (("expert", EXPERT_ZH), ("accountant", ACCOUNTANT_ZH)):
            parsed = await resumes.parse(request=ParseText(text=text))
            ranked = await matching.rank(RankJobs(resume=parsed, jobs=jobs))
            assert sorted(m.job.title for m in ranked.matches) == sorted(job.title for job in jobs)
            scores[name] = {m.job.title: m.score for m in ranked.matches}
    for job in jobs:
        assert scores["expert"][job.title] > scores["accountant"][job.title] + 20


async def test_what_changes_is_seen_by_the_next_match(connect):
    crm, matching = connect(CrmAPI), connect(MatchingAPI)
    with context.acting(OWNER):
        kept = await crm.create_talent_from_resume(upload(EXPERT_ZH))
        assert (await matching.find_jobs(MatchJobs(talent_id=kept.talent_id))).matches == []
        job = await crm.create_job(NewJob(title="推荐系统工程师", description=JOB_ZH))
        assert [m.job.id for m in (await matching.find_jobs(MatchJobs(talent_id=kept.talent_id))).matches] == [job.id]
        await crm.archive_job(job.id)
        assert (await matching.find_jobs(MatchJobs(talent_id=kept.talent_id))).matches == []
        await crm.restore_job(job.id)
        assert len((await matching.find_jobs(MatchJobs(talent_id=kept.talent_id))).matches) == 1


async def test_sensitive_facts_are_shown_and_not_kept(connect):
    crm, resumes = connect(CrmAPI), connect(ResumeAPI)
    text = EXPERT_ZH.replace("现居：上海", "性别：男 民族：汉族 出生年月：1990年3月 现居：上海")
    with context.acting(OWNER):
        shown = {fact.kind for fact in (await resumes.parse(request=ParseText(text=text))).facts}
        assert {FactKind.BIRTH_DATE, FactKind.ETHNICITY} <= shown
        kept = await crm.create_talent_from_resume(upload(text))
        stored = await resumes.get_resume(kept.resume_id)
        assert {fact.kind for fact in stored.parsed.facts}.isdisjoint(
            {FactKind.BIRTH_DATE, FactKind.ETHNICITY, FactKind.GENDER}
        )


async def test_what_is_no_resume_is_read_and_not_kept(connect):
    crm, resumes = connect(CrmAPI), connect(ResumeAPI)
    with context.acting(OWNER):
        parsed = await resumes.parse(request=ParseText(text="。"))
        assert (parsed.text, parsed.facts) == ("。", [])
        with pytest.raises(NotAResume):
            await crm.create_talent_from_resume(upload("这里什么也没有。"))
        assert (await crm.list_talents()).items == []
