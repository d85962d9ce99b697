"""What was asked of matching stays known: ids and scores, newest first, of one's own organisation, and not for ever."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, update

from looma.contracts.crm import NewJob
from looma.contracts.matching import Filters, MatchJobs, MatchRunNotFound, MatchTalents, RankJobs, RunsByDirection
from looma.platform import context
from looma.platform.clock import Uuid7
from looma.platform.errors import Forbidden, Invalid
from looma.platform.stores.errors import StoreFull
from looma.services.matching import history
from looma.services.matching.history import Asked, History, Wanted
from looma.services.matching.tables import RUNS

from .conftest import NOW, STRANGER
from .pairs import ACCOUNTANT_EN, ACCOUNTING_JOB, EXPERT_ZH, NURSE_JOB, RECOMMENDER_ZH
from .reading import resume
from .test_service import new_job, person

ASKED = Asked("jobs", Filters(), 20, 1, 3, talent_id="t", resume_id="r")


async def keep(desk, times, kept=history.KEPT):
    """Runs of the calling organisation, one after the other; their ids, oldest first."""
    own = History(desk.data.sql, lambda: NOW, Uuid7(), kept)
    return [await own.keep(ASKED, [("j", 50.0)]) for _ in range(times)]


async def test_a_run_is_what_was_answered(desk):
    expert, job = await person(desk, EXPERT_ZH), await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    for _ in range(11):
        await desk.crm.create_job(new_job(NURSE_JOB))
    filters = Filters(skills_all=["Python"], status="active")
    jobs = await desk.matching.find_jobs(MatchJobs(resume_id=expert.resume_id, limit=12))
    talents = await desk.matching.find_talents(MatchTalents(job_id=job.id, filters=filters))
    newest, first = (await desk.matching.list_runs()).items
    assert (newest.id, first.id) == (talents.match_run_id, jobs.match_run_id)
    assert (first.direction, first.talent_id, first.resume_id, first.job_id) == (
        "jobs", expert.id, expert.resume_id, None)  # fmt: skip
    assert (first.total, first.limit, first.weights_version, first.by, first.at) == (12, 12, 1, "owner", NOW)
    assert [(one.id, one.score) for one in first.top] == [(m.job.id, m.score) for m in jobs.matches[:10]]
    assert len(jobs.matches) == 12
    assert (newest.direction, newest.talent_id, newest.job_id, newest.filters) == ("talents", None, job.id, filters)
    assert [one.id for one in newest.top] == [expert.id]
    assert await desk.other.get_run(first.id) == first


async def test_a_run_holds_no_name_and_no_contact(desk):
    expert, job = await person(desk, EXPERT_ZH), await desk.crm.create_job(new_job(RECOMMENDER_ZH, company="甲"))
    await desk.matching.find_jobs(MatchJobs(talent_id=expert.id))
    await desk.matching.find_talents(MatchTalents(job_id=job.id))
    kept = str(await desk.data.sql.fetch_all(select(RUNS)))
    assert expert.id in kept
    told = [expert.name, *(contact.value for contact in expert.contacts), job.title, "甲", expert.headline]
    assert [text for text in told if text in kept] == []


async def test_runs_that_fit(desk):
    expert, accountant = await person(desk, EXPERT_ZH), await person(desk, ACCOUNTANT_EN)
    job = await desk.crm.create_job(new_job(ACCOUNTING_JOB))
    one = (await desk.matching.find_jobs(MatchJobs(talent_id=expert.id))).match_run_id
    two = (await desk.matching.find_jobs(MatchJobs(talent_id=accountant.id))).match_run_id
    three = (await desk.matching.find_talents(MatchTalents(job_id=job.id))).match_run_id

    async def ids(**wanted):
        return [run.id for run in (await desk.matching.list_runs(**wanted)).items]

    assert await ids() == [three, two, one]
    assert await ids(direction="jobs") == [two, one]
    assert await ids(talent_id=expert.id) == [one]
    assert await ids(job_id=job.id) == [three]
    assert await ids(job_id=job.id, direction="jobs") == await ids(talent_id="nobody") == []


async def test_pages(desk):
    kept = (await keep(desk, 5))[::-1]
    first = await desk.matching.list_runs(limit=2)
    await keep(desk, 1)
    second = await desk.matching.list_runs(limit=2, cursor=first.next_cursor)
    last = await desk.matching.list_runs(limit=2, cursor=second.next_cursor)
    assert [run.id for page in (first, second, last) for run in page.items] == kept
    assert last.next_cursor is None


@pytest.mark.parametrize(
    "cursor", ["", "x", "0198", "1" * 3000, "\x00", "\ud800", "{019A0000-0000-7000-8000-0000000000ff}"]
)
async def test_a_cursor_that_was_not_given_out(desk, cursor):
    with pytest.raises(Invalid):
        await desk.matching.list_runs(cursor=cursor)


@pytest.mark.parametrize("run_id", ["", "x", "\x00", "\ud800", "019a0000-0000-7000-8000-0000000000ff"])
async def test_a_run_that_is_not_there(desk, run_id):
    with pytest.raises(MatchRunNotFound) as told:
        await desk.matching.get_run(run_id)
    assert told.value.details == {"match_run_id": run_id}


async def test_runs_of_another_organisation_are_not_there(desk):
    (kept,) = await keep(desk, 1)
    with context.acting(STRANGER):
        with pytest.raises(MatchRunNotFound):
            await desk.matching.get_run(kept)
        assert (await desk.matching.list_runs()).items == []
        assert (await desk.matching.list_runs(talent_id="t")).items == []
        assert (await desk.matching.statistics()).runs == RunsByDirection()
        nobody = context.Caller(org=STRANGER.org, user="x")
    with context.acting(nobody):
        for asked in (desk.matching.list_runs(), desk.matching.get_run(kept), desk.matching.statistics()):
            with pytest.raises(Forbidden):
                await asked


async def test_the_oldest_runs_go(desk):
    with context.acting(STRANGER):
        await keep(desk, 7)
    kept = await keep(desk, history.TRIMMED_EVERY - 1, kept=5)
    assert len(await _ids(desk)) == len(kept) == history.TRIMMED_EVERY - 1
    own = await keep(desk, history.TRIMMED_EVERY, kept=5)
    assert await _ids(desk) == own[:-6:-1]
    with context.acting(STRANGER):
        assert len(await _ids(desk)) == 7


async def test_no_more_go_at_once_than_is_quick(desk):
    new_id = Uuid7()
    rows = [
        {"org": context.LOCAL_ORG, "id": new_id(), "direction": "jobs", "weights_version": 1, "limit": 1, "total": 0,
         "matched": 0, "best": None, "by": "x", "at": NOW, "filters": {}, "top": []}
        for _ in range(history.TRIMMED_AT_ONCE + 50)
    ]  # fmt: skip
    await desk.data.sql.write(lambda tx: tx.execute(insert(RUNS), rows))
    await keep(desk, history.TRIMMED_EVERY, kept=1)
    assert len(await _ids(desk)) == 50 + history.TRIMMED_EVERY


async def _ids(desk):
    own = History(desk.data.sql, lambda: NOW, Uuid7())
    return [run.id for run in (await own.page(Wanted(), None, 1000)).items]


async def test_many_at_once(desk):
    expert = await person(desk, EXPERT_ZH)
    await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    found = await asyncio.gather(*(desk.matching.find_jobs(MatchJobs(talent_id=expert.id)) for _ in range(12)))
    assert len({one.match_run_id for one in found}) == 12
    assert len((await desk.matching.list_runs(talent_id=expert.id)).items) == 12


async def test_the_given_jobs_leave_no_trace(desk, stateless):
    from looma.contracts.matching import JobText

    request = RankJobs(resume=resume(EXPERT_ZH), jobs=[JobText(title=NURSE_JOB[0], description=NURSE_JOB[1])])
    assert (await desk.matching.rank(request)).match_run_id is None
    assert (await stateless.matching.rank(request)).match_run_id is None
    assert (await desk.matching.list_runs()).items == []


class Full:
    """A database that takes nothing more."""

    def __init__(self, sql):
        self._sql = sql

    def __getattr__(self, name):
        return getattr(self._sql, name)

    async def write(self, change):
        raise StoreFull(what="disk")


async def test_a_full_disk_does_not_keep_an_answer_back(desk):
    expert = await person(desk, EXPERT_ZH)
    await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    await desk.matching.find_jobs(MatchJobs(talent_id=expert.id))
    own = History(Full(desk.data.sql), lambda: NOW, Uuid7())
    assert await own.keep(ASKED, []) is None


async def test_on_a_full_disk_the_last_changes_are_not_ranked_and_nobody_waits_for_them(desk, monkeypatch):
    expert = await person(desk, EXPERT_ZH)
    known = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    await desk.matching.find_jobs(MatchJobs(talent_id=expert.id))
    newer = await desk.crm.create_job(new_job(RECOMMENDER_ZH))

    async def refuse(_change):
        raise StoreFull(what="disk")

    with monkeypatch.context() as full:
        full.setattr(desk.data.sql, "write", refuse)
        for matching in (desk.matching, desk.other):  # one holds the organisation in memory, the other loads it now
            found = await matching.find_jobs(MatchJobs(talent_id=expert.id))
            assert ([match.job.id for match in found.matches], found.match_run_id) == ([known.id], None)
    found = await desk.matching.find_jobs(MatchJobs(talent_id=expert.id))
    assert {match.job.id for match in found.matches} == {known.id, newer.id}


@pytest.mark.parametrize("filters", [{"location": "a\x00"}, {"status": "\x00"}, {"skills_all": ["ok", "\x00"]}])
async def test_filters_that_cannot_be_kept_are_refused(desk, filters):
    expert, job = await person(desk, EXPERT_ZH), await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    for asked in (
        desk.matching.find_jobs(MatchJobs(talent_id=expert.id, filters=Filters(**filters))),
        desk.matching.find_talents(MatchTalents(job_id=job.id, filters=Filters(**filters))),
        desk.matching.list_runs(talent_id="\ud800"),
        desk.matching.list_runs(job_id="\x00"),
    ):
        with pytest.raises(Invalid):
            await asked
    assert (await desk.matching.list_runs()).items == []


async def test_statistics(desk):
    expert, accountant = await person(desk, EXPERT_ZH), await person(desk, ACCOUNTANT_EN)
    job = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    await desk.crm.create_job(NewJob(title="x", description="Python", status="closed"))
    answers = [await desk.matching.find_jobs(MatchJobs(talent_id=one.id)) for one in (expert, accountant)]
    tops = [answer.matches[0].score for answer in answers]
    await desk.matching.find_jobs(MatchJobs(talent_id=expert.id, filters=Filters(location="Atlantis")))
    found = await desk.matching.find_talents(MatchTalents(job_id=job.id))
    tops.append(found.matches[0].score)
    old = update(RUNS).where(RUNS.c.id == found.match_run_id).values(at=NOW - timedelta(days=2))
    await desk.data.sql.write(lambda tx: tx.execute(old))
    assert tops[1] < 60 < tops[0]

    told = await desk.matching.statistics(days=3, good_score=60)
    assert (told.runs, told.matched) == (RunsByDirection(jobs=3, talents=1), 4)
    assert told.mean_top_score == round(sum(tops) / 3, 1)
    assert told.without_good == 0.5
    assert [(one.day, one.runs) for one in told.runs_per_day] == [
        (date(2025, 5, 30), 1), (date(2025, 5, 31), 0), (date(2025, 6, 1), 3)]  # fmt: skip
    assert (told.jobs, told.talents) == (2, 2)
    assert told.criteria["meaning"] == 2
    assert told.criteria["skill"] > 2

    today = await desk.matching.statistics(days=1)
    assert (today.runs, [one.runs for one in today.runs_per_day]) == (RunsByDirection(jobs=3), [3])


async def test_statistics_of_nothing(desk):
    told = await desk.matching.statistics()
    assert (told.runs, told.matched, told.mean_top_score, told.without_good) == (RunsByDirection(), 0, None, None)
    assert (len(told.runs_per_day), told.jobs, told.talents, told.criteria) == (30, 0, 0, {})


async def test_statistics_see_what_was_just_written(desk):
    await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    assert (await desk.matching.statistics()).jobs == 1
