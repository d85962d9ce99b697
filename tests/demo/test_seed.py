"""Planting the demo data: all of it, once, and through the contract alone."""

import pytest

from looma import demo
from looma.contracts.crm import JobChange, NewCompany
from looma.demo.seeding import Planting
from looma.platform import context
from looma.platform.errors import Unavailable
from looma.platform.stores.sql.records import TALENTS
from looma.services.crm.tables import COMPANIES, JOBS
from tests.services.crm.conftest import STRANGER

FEW = Planting(demo.companies()[:3], demo.jobs()[:6], demo.resumes()[:6])


def nothing(_done, _total):
    """Nobody watches."""


async def counts(desk):
    return [await desk.count(table) for table in (COMPANIES, JOBS, TALENTS)]


async def test_everything_is_planted_once(desk):
    seen = []
    made = await demo.seed(desk.crm, lambda done, total: seen.append((done, total)))
    assert made == demo.Seeded(companies=40, jobs=80, talents=120, new=240)
    assert await counts(desk) == [40, 80, 120]
    assert [await desk.count(table, demo=True) for table in (COMPANIES, JOBS, TALENTS)] == [40, 80, 120]
    assert seen == sorted(set(seen))
    assert seen[-1] == (240, 240)
    again = await demo.seed(desk.crm)
    assert again == demo.Seeded(companies=40, jobs=80, talents=120, new=0)
    assert await counts(desk) == [40, 80, 120]


async def test_jobs_find_their_companies(desk):
    await FEW.into(desk.crm, nothing)
    companies = {company.id: company.name for company in (await desk.crm.list_companies()).items}
    jobs = (await desk.crm.list_jobs()).items
    assert all(companies[job.company_id] == job.company for job in jobs)
    assert {job.title: job.description for job in jobs} == {job.title: job.description for job in FEW.jobs}


async def test_what_somebody_changed_stays(desk):
    await FEW.into(desk.crm, nothing)
    job, other = (await desk.crm.list_jobs()).items[:2]
    await desk.crm.change_job(job.id, JobChange(title="changed"))
    await desk.crm.archive_job(other.id)
    assert (await FEW.into(desk.crm, nothing)).new == 0
    assert (await desk.crm.get_job(job.id)).title == "changed"
    assert (await desk.crm.get_job(other.id)).archived


async def test_a_company_of_the_name_is_taken_as_it_is(desk):
    name = FEW.companies[0].name
    own = await desk.crm.create_company(NewCompany(name=f" {name} "))
    assert (await FEW.into(desk.crm, nothing)).new == 14
    assert (await desk.crm.get_company(own.id)) == own


async def test_a_later_text_of_a_record_makes_no_second_one(desk):
    await FEW.into(desk.crm, nothing)
    later = Planting(
        FEW.companies,
        [job.model_copy(update={"description": "rewritten"}) for job in FEW.jobs],
        [(filename, content + b"\n") for filename, content in FEW.resumes],
    )
    assert (await later.into(desk.crm, nothing)).new == 0
    assert await counts(desk) == [3, 6, 6]


async def test_a_seed_that_broke_off_goes_on(desk, reader):
    reader.lasts = 2
    with pytest.raises(Unavailable):
        await FEW.into(desk.crm, nothing)
    assert await counts(desk) == [3, 6, 2]
    reader.lasts = 100
    assert (await FEW.into(desk.crm, nothing)).new == 4
    assert await counts(desk) == [3, 6, 6]


async def test_each_organisation_has_its_own(desk):
    await FEW.into(desk.crm, nothing)
    with context.acting(STRANGER):
        assert (await FEW.into(desk.crm, nothing)).new == 15
    assert await counts(desk) == [6, 12, 12]


async def test_the_callers_own_key_is_not_used(desk):
    with context.acting(context.caller(), idempotency_key="mine"):
        assert (await FEW.into(desk.crm, nothing)).new == 15
