"""Following the records: people, jobs and companies are found as they are now, whatever happened on the way."""

import pytest

from looma.contracts.crm import CompanyChange, ContactValue, JobChange, NewCompany, NewJob, NewTalent, TalentChange
from looma.contracts.vector import DocumentNotFound, Query
from looma.platform import context
from looma.platform.contract import Upload
from looma.platform.stores import outbox
from looma.services.vector import followed
from looma.services.vector.documents import Draft, write
from looma.services.vector.reading import reader_of

RESUME = "林夏\n病房护士长\n十年夜班经验，电话 13800001111\n"


async def ids(search, collection, query, **filters):
    return [hit.id for hit in (await search(Query(collection=collection, query=query, filters=filters))).hits]


async def person(desk, text=RESUME):
    file = Upload(filename="a.txt", media_type="text/plain", data=text.encode())
    return (await desk.crm.create_talent_from_resume(file)).talent


async def test_a_person_is_found_by_the_whole_resume(desk):
    talent = await person(desk)
    await desk.crm.change_talent(
        talent.id, TalentChange(name="林夏", headline="护士长", location="杭州", tags=["急诊"])
    )
    await desk.follow()
    for word in ("夜班", "林夏", "杭州", "急诊", "13800001111"):
        assert await ids(desk.vector.search_text, "talents", word) == [talent.id], word
    assert await ids(desk.vector.search_semantic, "talents", "夜班护士") == [talent.id]
    assert await ids(desk.vector.search_hybrid, "talents", "夜班护士") == [talent.id]
    kept = await desk.vector.get_document("talents", talent.id)
    assert kept.title == "林夏 · 护士长"
    assert kept.text.startswith(RESUME.strip())
    assert kept.terms["tags"] == ["急诊"]
    assert await ids(desk.vector.search_text, "talents", "夜班", status=["active"], location=["杭州"]) == [talent.id]
    assert await ids(desk.vector.search_text, "talents", "夜班", status=["placed"]) == []


async def test_contacts_and_notes_are_not_searched(desk):
    contact = ContactValue(kind="email", value="lin.xia@example.com")
    await desk.crm.create_talent(NewTalent(name="林夏", contacts=[contact], note="secretive"))
    await desk.follow()
    assert await ids(desk.vector.search_text, "talents", "lin.xia@example.com") == []
    assert await ids(desk.vector.search_text, "talents", "secretive") == []
    assert len(await ids(desk.vector.search_text, "talents", "林夏")) == 1


async def test_who_is_archived_is_found_no_more_until_restored(desk):
    talent = await person(desk)
    await desk.follow()
    await desk.crm.archive_talent(talent.id)
    await desk.follow()
    for search in (desk.vector.search_text, desk.vector.search_semantic, desk.vector.search_hybrid):
        assert await ids(search, "talents", "夜班") == []
    with pytest.raises(DocumentNotFound):
        await desk.vector.get_document("talents", talent.id)
    assert (await desk.vector.get_collection("talents")).documents == 0
    await desk.crm.restore_talent(talent.id)
    await desk.follow()
    assert await ids(desk.vector.search_text, "talents", "夜班") == [talent.id]


async def test_jobs_and_companies(desk):
    job = await desk.crm.create_job(
        NewJob(title="Ward nurse", description="Nights.", company="Blue Heron", location="Leeds")
    )
    await desk.follow()
    for word in ("ward", "nights", "heron", "leeds"):
        assert await ids(desk.vector.search_text, "jobs", word) == [job.id], word
    assert await ids(desk.vector.search_text, "companies", "heron") == [job.company_id]
    assert await ids(desk.vector.search_text, "jobs", "ward", status=["open"], company_id=[job.company_id]) == [job.id]
    await desk.crm.change_job(job.id, JobChange(status="closed", description="Days."))
    await desk.follow()
    assert await ids(desk.vector.search_text, "jobs", "ward", status=["open"]) == []
    assert await ids(desk.vector.search_text, "jobs", "days", status=["closed"]) == [job.id]
    await desk.crm.archive_job(job.id)
    await desk.follow()
    assert await ids(desk.vector.search_text, "jobs", "ward") == []


async def test_jobs_follow_the_name_of_their_company(desk):
    job = await desk.crm.create_job(NewJob(title="Nurse", company="Blue Heron"))
    other = await desk.crm.create_job(NewJob(title="Cook", company="Grey Heron"))
    await desk.follow()
    await desk.crm.change_company(job.company_id, CompanyChange(name="Red Kite", industry="Care"))
    await desk.follow()
    assert await ids(desk.vector.search_text, "jobs", "kite") == [job.id]
    assert await ids(desk.vector.search_text, "jobs", "heron") == [other.id]
    assert await ids(desk.vector.search_text, "companies", "care") == [job.company_id]
    assert await ids(desk.vector.search_text, "companies", "blue") == []


async def test_each_organisation_finds_its_own(desk):
    mine = await desk.crm.create_company(NewCompany(name="Blue Heron"))
    stranger = context.Caller(org="elsewhere", user="otto", roles=frozenset({"owner"}))
    with context.acting(stranger):
        theirs = await desk.crm.create_company(NewCompany(name="Blue Kite"))
    await desk.follow()
    assert await ids(desk.vector.search_hybrid, "companies", "blue") == [mine.id]
    with context.acting(stranger):
        assert await ids(desk.vector.search_hybrid, "companies", "blue") == [theirs.id]


async def test_many_records_are_taken_over_in_batches(desk):
    for n in range(230):
        await desk.crm.create_company(NewCompany(name=f"Heron {n}"))
    await desk.follow()
    assert (await desk.vector.get_collection("companies")).documents == 230
    assert await ids(desk.vector.search_text, "companies", "229") != []


async def test_entries_that_come_again_or_late_change_nothing(desk):
    company = await desk.crm.create_company(NewCompany(name="Blue Heron"))
    company = await desk.crm.change_company(company.id, CompanyChange(name="Red Kite"))
    await desk.follow()
    kept = await desk.vector.get_document("companies", company.id)

    async def late(tx):
        await outbox.append(tx, org="local", kind="company", record_id=company.id, version=1, at=company.created_at)
        await outbox.append(tx, org="local", kind="unheard-of", record_id="x", version=1, at=company.created_at)
        await write(tx, "local", "companies", [Draft(company.id, "Blue Heron", version=1)])

    await desk.data.sql.write(late)
    await desk.follow()
    assert await desk.vector.get_document("companies", company.id) == kept
    archived = await desk.crm.archive_company(company.id)
    await desk.follow()

    async def later(tx):
        await write(tx, "local", "companies", [Draft(company.id, "Red Kite", version=archived.version - 1)])

    await desk.data.sql.write(later)
    with pytest.raises(DocumentNotFound):
        await desk.vector.get_document("companies", company.id)


async def test_a_record_that_is_no_more_is_not_found(desk):
    company = await desk.crm.create_company(NewCompany(name="Blue Heron"))

    async def gone(tx):
        await outbox.append(
            tx, org="local", kind="company", record_id="unknown", version=7, at=company.created_at, gone=True
        )

    await desk.data.sql.write(gone)
    await desk.follow()
    assert (await desk.vector.get_collection("companies")).documents == 1


async def test_a_record_that_cannot_be_read_holds_up_no_other(desk, caplog):
    bad, good = [await person(desk, f"{name}\n夜班\n") for name in ("甲", "乙")]
    desk.reader.down = {bad.id}
    await desk.follow()
    assert await ids(desk.vector.search_text, "talents", "夜班") == [good.id]
    assert bad.id in caplog.text
    await desk.service.indexer.reach(await desk.service.follower.retry())
    assert await ids(desk.vector.search_text, "talents", "夜班") == [good.id]
    desk.reader.down = set()
    await desk.service.indexer.reach(await desk.service.follower.retry())
    assert set(await ids(desk.vector.search_text, "talents", "夜班")) == {good.id, bad.id}
    assert await followed.unread(desk.data.sql, 10) == []


async def test_an_outage_is_waited_for_then_put_aside(desk):
    one = await person(desk)
    desk.reader.down = {one.id}
    at = await followed.position(desk.data.sql)
    for _ in range(5):
        await desk.follow()
        assert await followed.position(desk.data.sql) == at
    await desk.follow()
    assert await followed.position(desk.data.sql) > at
    assert [left.record_id for left in await followed.unread(desk.data.sql, 10)] == [one.id]
    desk.reader.down = set()
    await desk.service.follower.retry()
    assert (await desk.vector.get_collection("talents")).documents == 1


def test_who_reads_may_do_nothing_else():
    who = reader_of("local")
    assert (who.kind, who.scopes) == ("service", frozenset({"crm:read", "resume:read"}))
