"""Asked twice under one key, done once."""

import asyncio

import pytest

from looma.contracts.crm import CompanyExists, KeyReused, NewCompany, NewJob, NewTalent
from looma.platform import context
from looma.platform.errors import Invalid
from looma.services.crm.idempotency import Asked
from looma.services.crm.tables import COMPANIES, IDEMPOTENCY, JOBS

from .conftest import STRANGER, resume


@pytest.fixture
def keyed(desk):
    """Act under a key."""
    return lambda key, who=None: context.acting(who or context.caller(), idempotency_key=key)


async def test_the_same_request_gives_the_same_record(desk, keyed):
    with keyed("a"):
        made = await desk.crm.create_job(NewJob(title="护士", company="蓝鹭"))
        assert await desk.crm.create_job(NewJob(title="护士", company="蓝鹭", description="")) == made
    with keyed("b"):
        assert (await desk.crm.create_job(NewJob(title="护士", company="蓝鹭"))).id != made.id
    assert (await desk.count(JOBS), await desk.count(COMPANIES), await desk.count(IDEMPOTENCY)) == (2, 1, 2)


async def test_the_record_comes_back_as_it_is_now(desk, keyed):
    with keyed("a"):
        made = await desk.crm.create_company(NewCompany(name="蓝鹭"))
    await desk.crm.archive_company(made.id)
    with keyed("a"):
        assert (await desk.crm.create_company(NewCompany(name="蓝鹭"))).version == 2


async def test_another_request_under_the_key_is_refused(desk, keyed):
    with keyed("a"):
        await desk.crm.create_job(NewJob(title="护士"))
        for other in (
            desk.crm.create_job(NewJob(title="护士", location="南京")),
            desk.crm.create_talent(NewTalent(name="护士")),
            desk.crm.create_company(NewCompany(name="护士")),
            desk.crm.create_talent_from_resume(resume("name 陆岚")),
        ):
            with pytest.raises(KeyReused) as told:
                await other
            assert told.value.details == {"key": "a"}


async def test_keys_of_another_organisation_are_its_own(desk, keyed):
    with keyed("a"):
        mine = await desk.crm.create_job(NewJob(title="护士"))
    with keyed("a", STRANGER):
        assert (await desk.crm.create_job(NewJob(title="厨师"))).id != mine.id


async def test_a_failed_request_leaves_its_key_free(desk, keyed):
    await desk.crm.create_company(NewCompany(name="蓝鹭"))
    with keyed("a"):
        with pytest.raises(CompanyExists):
            await desk.crm.create_company(NewCompany(name="蓝 鹭"))
        assert (await desk.crm.create_company(NewCompany(name="灰鹭"))).name == "灰鹭"


async def test_at_once_is_as_one_after_the_other(desk, keyed):
    with keyed("a"):
        made = await asyncio.gather(*(desk.crm.create_job(NewJob(title="护士")) for _ in range(8)))
    assert len({job.id for job in made}) == 1
    assert await desk.count(JOBS) == 1


async def test_a_key_that_cannot_be_stored_is_refused(service):
    with context.acting(context.LOCAL_OWNER, idempotency_key="a\x00b"), pytest.raises(Invalid):
        await service.create_job(NewJob(title="护士"))


def test_one_body_for_two_operations_is_not_the_same():
    assert Asked.now("create_job", "{}") == Asked.now("create_job", "{}")
    assert Asked.now("create_job", "{}") != Asked.now("create_company", "{}")
