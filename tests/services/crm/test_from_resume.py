"""From a document to a person: all of it or nothing, nothing sensitive, nothing invented."""

import asyncio
import hashlib

import pytest

from looma.contracts.crm import ContactValue, Duplicate
from looma.contracts.resume import NeedsOcr, NotAResume, Parsed
from looma.platform import context
from looma.platform.errors import Invalid, Unavailable
from looma.platform.stores import outbox
from looma.platform.stores.outbox import pending
from looma.platform.stores.sql.records import EVENTS, FACTS, RESUMES, TALENTS

from .conftest import STRANGER, resume

LAN = resume(
    "name 陆岚",
    "title ICU 护士",
    "location 南京",
    "email Lan@example.com",
    "email lan@example.com",
    "phone +8613800000101",
    "link https://lan.example.com",
    "birth_date 1990-01-01",
    "gender 女",
    "skill 呼吸机",
)


async def test_a_person_is_kept_with_resume_and_facts(desk):
    told = await desk.crm.create_talent_from_resume(LAN, demo=True)
    talent = told.talent
    assert (talent.name, talent.headline, talent.location, talent.demo) == ("陆岚", "ICU 护士", "南京", True)
    assert talent.contacts == [
        ContactValue(kind="email", value="Lan@example.com"),
        ContactValue(kind="phone", value="+8613800000101"),
        ContactValue(kind="link", value="https://lan.example.com"),
    ]
    assert (told.talent_id, told.resume_id, talent.version) == (talent.id, talent.resume_id, 1)
    assert (told.duplicates, told.warnings) == ([], [])
    assert await desk.crm.get_talent(talent.id) == talent
    (event,) = (await desk.crm.talent_events(talent.id)).items
    assert (event.kind, event.version, "resume_id" in event.fields) == ("created", 1, True)
    assert [(e.kind, e.record_id, e.version) for e in await pending(desk.data.sql)] == [("talent", talent.id, 1)]


async def test_what_is_stored_can_be_read_back_and_holds_nothing_sensitive(desk):
    told = await desk.crm.create_talent_from_resume(LAN)
    kept = await desk.data.get_talent_data(told.talent_id)
    assert kept.resume.text == LAN.data.decode()
    assert kept.resume.content_hash == hashlib.sha256(LAN.data).hexdigest()
    assert await desk.data.files.get(kept.resume.file_key) == LAN.data
    assert {fact.kind for fact in kept.facts} == {"name", "title", "location", "email", "phone", "link", "skill"}
    assert all(kept.resume.text[fact.start : fact.end] == fact.value for fact in kept.facts)
    parsed = Parsed.model_validate({**kept.resume.parsed, "text": kept.resume.text})
    assert [fact.kind for fact in parsed.facts] == [fact.kind for fact in kept.facts]
    assert "gender" not in str(kept.resume.parsed)


@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        (resume("ocr"), NeedsOcr),
        (resume("谢谢您的来信"), NotAResume),
        (resume("gender 女", "age 30", "location 南京"), NotAResume),
        (resume("down"), Unavailable),
    ],
)
async def test_what_cannot_be_kept_leaves_nothing(desk, file, refusal):
    with pytest.raises(refusal):
        await desk.crm.create_talent_from_resume(file)
    for table in (TALENTS, RESUMES, FACTS, EVENTS):
        assert await desk.count(table) == 0


async def test_a_file_name_that_cannot_be_stored_is_refused(service):
    with context.acting(context.LOCAL_OWNER), pytest.raises(Invalid):
        await service.create_talent_from_resume(resume("name x", filename="a\x00b.txt"))


async def test_a_failure_on_the_way_keeps_nothing(desk, monkeypatch):
    async def full(*_args, **_kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(outbox, "append", full)
    with pytest.raises(Exception) as told:  # noqa: PT011 - its code is looked at
        await desk.crm.create_talent_from_resume(LAN)
    assert told.value.code == "internal"
    for table in (TALENTS, RESUMES, FACTS, EVENTS):
        assert await desk.count(table) == 0


async def test_a_nameless_person_is_kept_with_warnings(crm):
    told = await crm.create_talent_from_resume(resume("skill Python"))
    assert (told.talent.name, told.talent.contacts) == (None, [])
    assert [notice.code for notice in told.warnings] == ["resume.no_name", "resume.no_contact"]


async def test_probable_duplicates_are_named_and_never_merged(crm):
    first = await crm.create_talent_from_resume(LAN)
    same = await crm.create_talent_from_resume(LAN)
    mail = await crm.create_talent_from_resume(resume("name Lan Lu", "email Lan@example.com"))
    phone = await crm.create_talent_from_resume(resume("name 陆岚", "phone +8613800000101"))
    other = await crm.create_talent_from_resume(resume("name 陆岚", "email other@example.com"))
    assert same.talent_id != first.talent_id
    assert same.duplicates == [Duplicate(talent_id=first.talent_id, why="same_file")]
    by_mail = [Duplicate(talent_id=one.talent_id, why="same_email") for one in (first, same)]
    assert mail.duplicates == by_mail
    assert phone.duplicates == [Duplicate(talent_id=one.talent_id, why="same_phone") for one in (first, same)]
    assert other.duplicates == []
    with context.acting(STRANGER):
        assert (await crm.create_talent_from_resume(LAN)).duplicates == []
    assert len((await crm.list_talents()).items) == 5


async def test_under_a_key_the_document_is_read_and_kept_once(desk):
    with context.acting(context.caller(), idempotency_key="k1"):
        first = await desk.crm.create_talent_from_resume(resume("skill Python"))
        again = await desk.crm.create_talent_from_resume(resume("skill Python"))
    assert again == first
    assert [notice.code for notice in again.warnings] == ["resume.no_name", "resume.no_contact"]
    assert desk.reader.calls == 1
    assert await desk.count(TALENTS) == 1


async def test_at_once_under_a_key_one_person_is_made(desk):
    with context.acting(context.caller(), idempotency_key="k1"):
        made = await asyncio.gather(*(desk.crm.create_talent_from_resume(LAN) for _ in range(5)))
    assert len({told.talent_id for told in made}) == 1
    assert await desk.count(TALENTS) == await desk.count(RESUMES) == 1
