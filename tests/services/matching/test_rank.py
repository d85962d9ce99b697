"""Ranking given jobs: nothing is stored, and no store is needed."""

import pytest

from looma.contracts.matching import JobText, RankJobs
from looma.platform import context

from .pairs import ACCOUNTANT_ZH, ACCOUNTING_JOB, EXPERT_EN, EXPERT_ZH, NURSE_JOB, RECOMMENDER_EN, RECOMMENDER_ZH
from .reading import resume

JOBS = [
    JobText(title=title, description=text)
    for title, text in (NURSE_JOB, ACCOUNTING_JOB, RECOMMENDER_ZH, RECOMMENDER_EN)
]


async def test_each_job_once_best_first(stateless):
    found = await stateless.matching.rank(RankJobs(resume=resume(EXPERT_ZH), jobs=JOBS))
    assert {match.job.title for match in found.matches} == {job.title for job in JOBS}
    assert len(found.matches) == found.total == len(JOBS)
    assert [m.score for m in found.matches] == sorted((m.score for m in found.matches), reverse=True)
    assert {m.job.title for m in found.matches[:2]} == {RECOMMENDER_ZH[0], RECOMMENDER_EN[0]}
    assert found.weights_version == 1


async def test_the_accountant_gets_the_accounting_job(stateless):
    found = await stateless.matching.rank(RankJobs(resume=resume(ACCOUNTANT_ZH), jobs=JOBS, limit=1))
    assert [match.job.title for match in found.matches] == ["会计"]
    assert found.total == len(JOBS)


async def test_a_job_comes_back_as_it_was_given(stateless):
    job = JobText(title="  会计\t(急) ", description="", location="Shanghai", id="7", company="甲")
    (match,) = (await stateless.matching.rank(RankJobs(resume=resume(EXPERT_ZH), jobs=[job]))).matches
    assert match.job.model_dump() == {"title": "  会计\t(急) ", "id": "7", "company": "甲", "location": "Shanghai"}


async def test_ties_fall_by_id_then_by_the_order_given(stateless):
    ids = ["b", None, "a", None]
    jobs = [JobText(title="会计", id=one, company=str(n)) for n, one in enumerate(ids)]
    found = await stateless.matching.rank(RankJobs(resume=resume(EXPERT_ZH), jobs=jobs))
    assert [match.job.company for match in found.matches] == ["1", "3", "2", "0"]


async def test_the_order_of_the_jobs_changes_no_match(stateless):
    named = [job.model_copy(update={"id": str(number)}) for number, job in enumerate(JOBS)]
    one, other = [
        await stateless.matching.rank(RankJobs(resume=resume(EXPERT_EN), jobs=jobs)) for jobs in (named, named[::-1])
    ]
    assert one == other


async def test_equal_titles_are_embedded_once_and_equal_texts_read_once(stateless):
    jobs = [JobText(title=f"会计{n % 3}", description=f"熟悉Excel{n % 600}") for n in range(1300)]
    found = await stateless.matching.rank(RankJobs(resume=resume(EXPERT_ZH), jobs=jobs, limit=3))
    assert found.total == 1300
    assert max(stateless.reader.batches) <= 500
    assert sum(stateless.reader.batches) == 600
    await stateless.matching.rank(RankJobs(resume=resume(EXPERT_ZH), jobs=jobs, limit=3))
    assert sum(stateless.reader.batches) == 600


async def test_without_a_model_meaning_is_left_out_and_said(stateless):
    request = RankJobs(resume=resume(EXPERT_ZH), jobs=[JobText(title=RECOMMENDER_EN[0], description=RECOMMENDER_EN[1])])
    (told,) = (await stateless.matching.rank(request)).matches
    stateless.embedder.down = True
    other = JobText(title=RECOMMENDER_EN[0], description=RECOMMENDER_EN[1] + "\n")
    (untold,) = (await stateless.matching.rank(RankJobs(resume=resume(EXPERT_ZH), jobs=[other]))).matches
    assert "meaning" in [lack.kind for lack in untold.unknowns]
    assert "meaning" not in [lack.kind for lack in told.unknowns]
    assert untold.confidence < told.confidence


async def test_places_are_one_in_both_languages(stateless):
    text = EXPERT_ZH.replace("邮箱：", "现居住地：上海  邮箱：")
    jobs = [
        JobText(title="推荐算法工程师", location=place, company=place)
        for place in ("Shanghai", "上海市", "北京", "远程", "Nowhere")
    ]
    found = await stateless.matching.rank(RankJobs(resume=resume(text), jobs=jobs))
    kinds = {match.job.company: {reason.kind for reason in match.reasons} for match in found.matches}
    assert [place for place, reasons in kinds.items() if "location" in reasons] == ["Shanghai", "上海市"]


@pytest.mark.parametrize(
    ("language", "text"), [("zh-CN", "职位：高级推荐系统工程师"), ("en", "Job title: 高级推荐系统工程师")]
)
async def test_reasons_speak_the_language_of_the_reader(stateless, language, text):
    job = JobText(title=RECOMMENDER_ZH[0], description=RECOMMENDER_ZH[1])
    with context.acting(context.LOCAL_OWNER, language=language):
        (match,) = (await stateless.matching.rank(RankJobs(resume=resume(EXPERT_ZH), jobs=[job]))).matches
    assert text in [reason.text for reason in match.reasons]


@pytest.mark.parametrize("text", ["", "\x00", "\ud7ff" * 10, "任职要求：" * 3000, "（" * 40_000, "a/b or " * 7000])
async def test_hostile_texts_are_read(stateless, text):
    job = JobText(title="x" * 500, description=text)
    found = await stateless.matching.rank(RankJobs(resume=resume(EXPERT_ZH), jobs=[job]))
    assert found.matches[0].score >= 0


async def test_criteria_of_a_text(stateless):
    job = JobText(title=RECOMMENDER_ZH[0], description=RECOMMENDER_ZH[1], location="上海", id="j")
    found = await stateless.matching.read_criteria(job)
    assert (found.job_id, found.language) == ("j", "zh")
    assert found.text == "\n".join(RECOMMENDER_ZH)
    assert 99 <= sum(criterion.weight for criterion in found.criteria) <= 100
    by_id = {criterion.id: criterion for criterion in found.criteria}
    assert by_id["skill:recommender-systems"].years_min == 5
    assert by_id["education:bachelor"].degree == "bachelor"
    assert by_id["location:上海"].level == "nice"
    for criterion in found.criteria:
        assert all(found.text[item.start : item.end] == item.text for item in criterion.evidence)
