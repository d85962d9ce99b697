"""Jobs: their company is found or made with them; lists are complete and in order."""

import pytest

from looma.contracts.crm import Ids, JobChange, JobNotFound, NewCompany, NewJob
from looma.platform.errors import Invalid
from looma.platform.stores import outbox
from looma.platform.stores.outbox import pending
from looma.platform.stores.sql.records import EVENTS
from looma.services.crm.tables import COMPANIES, JOBS


async def test_a_job_lives(crm):
    made = await crm.create_job(NewJob(title="数据工程师", description="一、职责\n二、要求", location="杭州"))
    assert (made.version, made.status, made.company, made.company_id) == (1, "open", None, None)
    closed = await crm.change_job(made.id, JobChange(status="closed", description=None))
    assert (closed.status, closed.description, closed.location, closed.version) == ("closed", "", "杭州", 2)
    assert (await crm.archive_job(made.id)).archived
    assert (await crm.restore_job(made.id)).version == 4
    assert [e.kind for e in (await crm.job_events(made.id)).items] == ["restored", "archived", "changed", "created"]
    with pytest.raises(JobNotFound):
        await crm.get_job("nothing")


async def test_the_company_is_found_or_made_with_the_job(desk):
    first = await desk.crm.create_job(NewJob(title="Nurse", company="Blue Heron", demo=True))
    company = await desk.crm.get_company(first.company_id)
    assert (first.company, company.name, company.version, company.demo) == ("Blue Heron", "Blue Heron", 1, True)
    second = await desk.crm.create_job(NewJob(title="Cook", company=" blue  HERON"))
    assert (second.company_id, second.company) == (company.id, "Blue Heron")
    moved = await desk.crm.change_job(second.id, JobChange(company="蓝鹭"))
    assert (moved.company, moved.version) == ("蓝鹭", 2)
    assert (await desk.crm.job_events(second.id)).items[0].fields == ["company_id"]
    assert (await desk.crm.change_job(second.id, JobChange(company="蓝 鹭"))).version == 2
    left = await desk.crm.change_job(second.id, JobChange(company=None))
    assert (left.company, left.company_id) == (None, None)
    assert await desk.count(COMPANIES) == 2
    told = [(entry.kind, entry.record_id, entry.version, entry.gone) for entry in await pending(desk.data.sql)]
    assert told[:2] == [("company", company.id, 1, False), ("job", first.id, 1, False)]
    assert len(told) == 6


async def test_a_renamed_company_is_seen_at_its_jobs(crm):
    from looma.contracts.crm import CompanyChange

    job = await crm.create_job(NewJob(title="Nurse", company="Blue Heron"))
    await crm.change_company(job.company_id, CompanyChange(name="Grey Heron"))
    assert (await crm.get_job(job.id)).company == "Grey Heron"


async def test_what_fails_leaves_nothing(desk, monkeypatch):
    async def full(*_args, **_kwargs):
        raise ZeroDivisionError

    before = await desk.crm.create_job(NewJob(title="Cook"))
    monkeypatch.setattr(outbox, "append", full)
    for failing in (
        desk.crm.create_job(NewJob(title="Nurse", company="Blue Heron")),
        desk.crm.change_job(before.id, JobChange(title="Chef", company="Blue Heron")),
        desk.crm.archive_job(before.id),
    ):
        with pytest.raises(Exception) as told:  # noqa: PT011 - its code is looked at
            await failing
        assert told.value.code == "internal"
    assert await desk.count(JOBS) == 1
    assert await desk.count(COMPANIES) == 0
    assert await desk.count(EVENTS) == 1
    assert len(await pending(desk.data.sql)) == 1
    assert await desk.crm.get_job(before.id) == before


@pytest.mark.parametrize("field", ["title", "status"])
async def test_what_a_job_needs_cannot_be_emptied(crm, field):
    made = await crm.create_job(NewJob(title="Nurse"))
    with pytest.raises(Invalid):
        await crm.change_job(made.id, JobChange(**{field: None}))


async def test_filters_work_together(crm):
    wanted = await crm.create_job(NewJob(title="ICU Nurse", company="Blue Heron"))
    await crm.create_job(NewJob(title="ICU Nurse"))
    await crm.create_job(NewJob(title="Cook", company="Blue Heron"))
    await crm.create_job(NewJob(title="Head nurse", company="Blue Heron", status="closed"))
    found = await crm.list_jobs(q="nURSE", status="open", company_id=wanted.company_id)
    assert [job.id for job in found.items] == [wanted.id]
    assert (await crm.list_jobs(company_id="nothing")).items == []


async def test_pages_are_complete_and_stand_still_while_jobs_are_added(crm):
    there = [(await crm.create_job(NewJob(title=f"职位 {n}"))).id for n in range(7)]
    seen, cursor = [], None
    while True:
        page = await crm.list_jobs(cursor=cursor, limit=3)
        seen.append([job.id for job in page.items])
        if (cursor := page.next_cursor) is None:
            break
        await crm.create_job(NewJob(title="neu"))
    assert [one for page in seen for one in page] == there[::-1]
    assert [len(page) for page in seen] == [3, 3, 1]


async def test_a_full_last_page_has_no_next(crm):
    for n in range(4):
        await crm.create_job(NewJob(title=str(n)))
    page = await crm.list_jobs(limit=2)
    last = await crm.list_jobs(limit=2, cursor=page.next_cursor)
    assert (len(last.items), last.next_cursor) == (2, None)


async def test_many_jobs_at_once(crm):
    one, two = [await crm.create_job(NewJob(title=title, company="Blue Heron")) for title in ("Nurse", "Cook")]
    two = await crm.archive_job(two.id)
    assert (await crm.jobs_by_id(Ids(ids=[two.id, "nothing", one.id, two.id]))).jobs == [two, one]
    assert (await crm.jobs_by_id(Ids(ids=[]))).jobs == []


async def test_events_have_pages(crm):
    job = await crm.create_job(NewJob(title="Nurse"))
    for n in range(4):
        await crm.change_job(job.id, JobChange(title=f"Nurse {n}"))
    first = await crm.job_events(job.id, limit=3)
    rest = await crm.job_events(job.id, limit=3, cursor=first.next_cursor)
    assert [event.version for event in first.items + rest.items] == [5, 4, 3, 2, 1]
    assert rest.next_cursor is None


async def test_a_company_that_is_made_by_hand_is_found(crm):
    company = await crm.create_company(NewCompany(name="蓝鹭", industry="医疗"))
    job = await crm.create_job(NewJob(title="护士", company="蓝鹭"))
    assert job.company_id == company.id
