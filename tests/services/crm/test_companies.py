"""Companies: names that are unique, changes that are seen, an archive that can be undone."""

import pytest

from looma.contracts.crm import (
    CompanyChange,
    CompanyExists,
    CompanyNotFound,
    Ids,
    JobChange,
    NewCompany,
    NewJob,
    VersionConflict,
)
from looma.platform import context
from looma.platform.clock import Uuid7, utc_now
from looma.platform.errors import Invalid
from looma.platform.stores.outbox import pending
from looma.services.crm.companies import Companies, name_key
from looma.services.crm.tables import COMPANIES

from .conftest import STRANGER


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Blue Heron", "blueheron", True),
        ("Blue Heron", " BLUE  HERON ", True),
        ("STRASSE 1", "straße 1", True),
        ("蓝鹭科技", "蓝鹭 科技", True),
        ("蓝鹭ABC", "蓝鹭ａｂｃ", True),
        ("蓝鹭科技", "蓝鹭智能", False),
        ("Blue Heron", "Blue-Heron", False),
        ("", "   ", True),
    ],
)
def test_names_are_compared_without_case_and_space(one, other, same):
    assert (name_key(one) == name_key(other)) is same


async def test_a_company_lives(crm):
    made = await crm.create_company(NewCompany(name=" 蓝鹭科技 ", industry="软件", note="老客户"))
    assert (made.name, made.version, made.archived, made.demo) == ("蓝鹭科技", 1, False, False)
    changed = await crm.change_company(made.id, CompanyChange(industry=None, size="100+"))
    assert (changed.industry, changed.size, changed.note, changed.version) == (None, "100+", "老客户", 2)
    assert changed.updated_at > made.updated_at
    assert await crm.get_company(made.id) == changed
    assert (await crm.archive_company(made.id)).archived
    assert (await crm.archive_company(made.id)).version == 3
    assert (await crm.list_companies()).items == []
    assert [c.id for c in (await crm.list_companies(archived=True)).items] == [made.id]
    assert (await crm.restore_company(made.id)).version == 4
    events = (await crm.company_events(made.id)).items
    assert [(e.kind, e.fields, e.version) for e in events] == [
        ("restored", ["archived"], 4),
        ("archived", ["archived"], 3),
        ("changed", ["industry", "size"], 2),
        ("created", ["industry", "name", "note"], 1),
    ]
    assert {(e.record, e.record_id, e.by) for e in events} == {("company", made.id, "owner")}


async def test_a_name_is_taken_once(desk):
    first = await desk.crm.create_company(NewCompany(name="Blue Heron"))
    second = await desk.crm.create_company(NewCompany(name="Grey Heron"))
    with pytest.raises(CompanyExists) as told:
        await desk.crm.create_company(NewCompany(name="BLUEHERON"))
    assert told.value.details == {"name": "Blue Heron", "company_id": first.id}
    with pytest.raises(CompanyExists):
        await desk.crm.change_company(second.id, CompanyChange(name="blue heron"))
    await desk.crm.archive_company(first.id)
    with pytest.raises(CompanyExists):
        await desk.crm.create_company(NewCompany(name="Blue Heron"))
    assert (await desk.crm.change_company(first.id, CompanyChange(name="Blue  Heron"))).name == "Blue  Heron"
    assert await desk.count(COMPANIES) == 2


async def test_a_name_cannot_be_emptied(crm):
    made = await crm.create_company(NewCompany(name="Blue Heron"))
    with pytest.raises(Invalid) as told:
        await crm.change_company(made.id, CompanyChange(name=None))
    assert told.value.details["problems"][0]["problem"] == "cannot_be_empty"


async def test_a_name_of_separators_alone_is_empty(crm):
    with pytest.raises(Invalid):
        await crm.create_company(NewCompany(name="\x1c\x1f"))


async def test_a_change_that_changes_nothing_is_none(crm):
    made = await crm.create_company(NewCompany(name="Blue Heron", size="50"))
    assert await crm.change_company(made.id, CompanyChange(size="50", industry=None)) == made
    assert await crm.change_company(made.id, CompanyChange()) == made
    assert await crm.restore_company(made.id) == made
    assert len((await crm.company_events(made.id)).items) == 1


async def test_a_caller_may_insist_on_a_version(crm):
    made = await crm.create_company(NewCompany(name="Blue Heron"))
    with context.acting(context.caller(), if_match=1):
        changed = await crm.change_company(made.id, CompanyChange(size="1"))
        for late in (
            crm.change_company(made.id, CompanyChange(size="2")),
            crm.change_company(made.id, CompanyChange()),
            crm.archive_company(made.id),
        ):
            with pytest.raises(VersionConflict) as told:
                await late
            assert told.value.details == {"expected": 1, "found": 2}
    assert await crm.get_company(made.id) == changed


@pytest.mark.parametrize(
    ("q", "found"), [("heron", 2), ("BLUEH", 1), ("鹭", 1), ("100%", 1), ("_", 0), ("%", 1), ("\\", 0), ("", 4)]
)
async def test_a_part_of_the_name_finds(crm, q, found):
    for name in ("Blue Heron", "Grey Heron", "蓝鹭科技", "100% Juice"):
        await crm.create_company(NewCompany(name=name))
    assert len((await crm.list_companies(q=q)).items) == found


async def test_unknown_ids_are_not_found(crm):
    for unknown in ("", "nothing", "0198-\u0000", "x" * 3000)[1:]:
        with pytest.raises(CompanyNotFound) as told:
            await crm.get_company(unknown)
        assert told.value.details == {"company_id": unknown}


async def test_a_change_that_was_built_on_an_older_version_is_refused(service, data):
    """What another process can do to us on a server, done here inside one transaction."""
    with context.acting(context.LOCAL_OWNER):
        made = await service.create_company(NewCompany(name="Blue Heron"))

        async def change(tx):
            companies = Companies(tx, utc_now, Uuid7())
            await companies.change(made.id, CompanyChange(size="1"))
            companies.get = lambda _id: stale(made)
            await companies.change(made.id, CompanyChange(size="2"))

        async def stale(record):
            return record

        with pytest.raises(VersionConflict):
            await data.sql.write(change)
        assert await service.get_company(made.id) == made


async def test_many_companies_at_once(crm):
    one, two = [await crm.create_company(NewCompany(name=name)) for name in ("Blue Heron", "Grey Heron")]
    two = await crm.archive_company(two.id)
    assert (await crm.companies_by_id(Ids(ids=[two.id, "nothing", one.id, two.id]))).companies == [two, one]
    assert (await crm.companies_by_id(Ids(ids=[]))).companies == []


async def entries(desk, after=0):
    """What the outbox holds, without moments."""
    found = await pending(desk.data.sql, after_seq=after)
    return [(one.org, one.kind, one.record_id, one.version, one.gone) for one in found]


async def test_every_change_is_in_the_outbox(desk):
    made = await desk.crm.create_company(NewCompany(name="蓝鹭"))
    await desk.crm.change_company(made.id, CompanyChange(size="50"))
    await desk.crm.archive_company(made.id)
    await desk.crm.restore_company(made.id)
    await desk.crm.restore_company(made.id)
    assert await entries(desk) == [("local", "company", made.id, version, False) for version in (1, 2, 3, 4)]


async def test_a_new_name_is_noted_for_each_job(desk):
    jobs = [await desk.crm.create_job(NewJob(title=str(n), company="蓝鹭")) for n in range(3)]
    other = await desk.crm.create_job(NewJob(title="other", company="灰鹭"))
    await desk.crm.change_job(jobs[1].id, JobChange(title="1b"))
    away = await desk.crm.archive_job(jobs[2].id)
    with context.acting(STRANGER):
        await desk.crm.create_job(NewJob(title="theirs", company="蓝鹭"))
    before = len(await entries(desk))
    company = await desk.crm.change_company(jobs[0].company_id, CompanyChange(name="白鹭", size="9"))
    assert (await entries(desk))[before:] == [
        ("local", "company", company.id, 2, False),
        ("local", "job", jobs[0].id, 1, False),
        ("local", "job", jobs[1].id, 2, False),
        ("local", "job", jobs[2].id, 2, False),
    ]
    assert await desk.crm.get_job(jobs[2].id) == away.model_copy(update={"company": "白鹭"})
    assert (await desk.crm.get_job(other.id)).company == "灰鹭"
    assert len((await desk.crm.job_events(jobs[0].id)).items) == 1


async def test_other_changes_are_not_noted_for_the_jobs(desk):
    job = await desk.crm.create_job(NewJob(title="护士", company="蓝鹭"))
    before = len(await entries(desk))
    await desk.crm.change_company(job.company_id, CompanyChange(name=" 蓝鹭", size="9"))
    await desk.crm.archive_company(job.company_id)
    assert [entry[1] for entry in (await entries(desk))[before:]] == ["company", "company"]


async def test_a_refused_name_is_noted_nowhere(desk):
    job = await desk.crm.create_job(NewJob(title="护士", company="蓝鹭"))
    await desk.crm.create_company(NewCompany(name="灰鹭"))
    before = await entries(desk)
    with pytest.raises(CompanyExists):
        await desk.crm.change_company(job.company_id, CompanyChange(name="灰鹭"))
    assert await entries(desk) == before
