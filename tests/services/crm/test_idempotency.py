"""Asked twice under one key, done once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from looma.contracts.crm import CompanyExists, KeyReused, NewCompany, NewJob, NewTalent
from looma.platform import context
from looma.platform.errors import Invalid
from looma.platform.stores.errors import Duplicate
from looma.platform.stores.sql.records import RESUMES, TALENTS
from looma.services.crm.idempotency import FORGOTTEN_AT_ONCE, REMEMBERED, Asked, Keys, Made
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


async def test_one_document_sent_twice_at_once_is_one_person(desk, keyed):
    with keyed("a"):
        sent = (desk.crm.create_talent_from_resume(resume("name 陆岚", "email lan@example.com")) for _ in range(6))
        made = await asyncio.gather(*sent)
    assert len({one.talent_id for one in made}) == len({one.resume_id for one in made}) == 1
    assert [one.duplicates for one in made] == [[]] * 6
    assert (await desk.count(TALENTS), await desk.count(RESUMES)) == (1, 1)


async def test_two_documents_under_one_key_at_once(desk, keyed):
    with keyed("a"):
        sent = (desk.crm.create_talent_from_resume(resume(f"name {name}")) for name in ("陆岚", "周望"))
        made = await asyncio.gather(*sent, return_exceptions=True)
    assert sorted(isinstance(one, KeyReused) for one in made) == [False, True]
    assert (await desk.count(TALENTS), await desk.count(RESUMES)) == (1, 1)


async def test_two_transactions_at_once_under_one_key_are_a_conflict(data):
    """What only a server allows, done here inside one transaction: nobody's record is made a second time."""
    with context.acting(context.LOCAL_OWNER, idempotency_key="a"):
        asked = Asked.now("create_job", "{}")

        async def change(tx):
            for record in ("one", "two"):
                await Keys(tx, moment()).keep(asked, Made(record))

        with pytest.raises(Duplicate) as told:
            await data.sql.write(change)
    assert told.value.status == 409


def moment(**after):
    """A clock that stands still."""
    from .conftest import Ticking

    at = Ticking().now + timedelta(**after)
    return lambda: at


async def test_keys_of_last_week_are_forgotten_a_few_at_a_time(data):
    async def keep(name, clock, who=context.LOCAL_OWNER):
        with context.acting(who, idempotency_key=name):
            asked = Asked.now("create_job", name)
            await data.sql.write(lambda tx: Keys(tx, clock).keep(asked, Made(name)))

    async def known(name):
        with context.acting(context.LOCAL_OWNER, idempotency_key=name):
            return await data.sql.read(lambda tx: Keys(tx, moment()).made(Asked.now("create_job", name)))

    for number in range(FORGOTTEN_AT_ONCE + 5):
        await keep(f"old{number}", moment(seconds=number))
    await keep("old0", moment(), STRANGER)
    await keep("young", moment(days=1))
    week = REMEMBERED.days
    await keep("now", moment(days=week))
    assert await known("old0")  # a week to the second
    await keep("later", moment(days=week, hours=1))
    there = [number for number in range(FORGOTTEN_AT_ONCE + 5) if await known(f"old{number}")]
    assert there == list(range(FORGOTTEN_AT_ONCE, FORGOTTEN_AT_ONCE + 5))
    await keep("last", moment(days=week, hours=2))
    assert [name for name in ("old24", "young", "now", "later", "last") if await known(name)] == [
        "young", "now", "later", "last"]  # fmt: skip
    assert (await data.sql.fetch_one(select(func.count().label("n")).select_from(IDEMPOTENCY)))["n"] == 5


async def test_a_key_that_cannot_be_stored_is_refused(service):
    with context.acting(context.LOCAL_OWNER, idempotency_key="a\x00b"), pytest.raises(Invalid):
        await service.create_job(NewJob(title="护士"))


def test_one_body_for_two_operations_is_not_the_same():
    assert Asked.now("create_job", "{}") == Asked.now("create_job", "{}")
    assert Asked.now("create_job", "{}") != Asked.now("create_company", "{}")
