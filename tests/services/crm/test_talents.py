"""People that somebody typed in."""

import pytest

from looma.contracts.crm import ContactValue, Ids, NewTalent, TalentChange
from looma.platform.errors import Invalid
from looma.platform.stores.outbox import pending
from looma.services.crm.contacts import e164, each_once


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13800138000", "+8613800138000"),
        ("+86 138-0013-8000", "+8613800138000"),
        ("138 0013 8000", "+8613800138000"),
        ("0086 138 0013 8000", "+8613800138000"),
        ("+44 (1632) 960123", "+441632960123"),
        ("+1 212-555-0143", "+12125550143"),
        ("(212) 555-0143", None),
        ("12345", None),
        ("", None),
        ("电话", None),
        ("+0 123 456 789", None),
        ("+86138001380001234567", None),
    ],
)
def test_phones_have_one_form(typed, kept):
    assert e164(typed) == kept


def test_contacts_are_kept_once_in_their_order():
    def of(kind, value):
        return ContactValue(kind=kind, value=value)

    twice = [of("link", "https://a.example"), of("email", "A@example.com"), of("email", "a@example.com")]
    assert each_once([*twice, of("phone", "+8613800138000"), of("link", "https://A.example")]) == [
        twice[0],
        twice[1],
        of("phone", "+8613800138000"),
    ]
    assert each_once([]) == []


async def test_a_talent_lives(desk):
    crm = desk.crm
    contacts = [
        ContactValue(kind="email", value=" Lan.Lu@Example.com "),
        ContactValue(kind="phone", value="138 0013 8000"),
        ContactValue(kind="phone", value="+86 13800138000"),
    ]
    made = await crm.create_talent(NewTalent(name="陆岚", headline="护士", contacts=contacts, tags=["急诊"]))
    assert [(c.kind, c.value) for c in made.contacts] == [("email", "lan.lu@example.com"), ("phone", "+8613800138000")]
    assert (made.status, made.tags, made.resume_id, made.version) == ("active", ["急诊"], None, 1)
    changed = await crm.change_talent(made.id, TalentChange(contacts=None, tags=None, name=None, status="passive"))
    assert (changed.contacts, changed.tags, changed.name, changed.status) == ([], [], None, "passive")
    assert (changed.headline, changed.version) == ("护士", 2)
    assert (await crm.archive_talent(made.id)).archived
    assert (await crm.restore_talent(made.id)).version == 4
    events = (await crm.talent_events(made.id)).items
    assert [event.kind for event in events] == ["restored", "archived", "changed", "created"]
    assert events[2].fields == ["contacts", "name", "status", "tags"]
    assert "example" not in "".join(event.model_dump_json() for event in events)
    entries = await pending(desk.data.sql)
    assert [(e.kind, e.record_id, e.version, e.gone) for e in entries] == [
        ("talent", made.id, version, False) for version in (1, 2, 3, 4)
    ]


async def test_the_same_contacts_are_no_change(crm):
    made = await crm.create_talent(NewTalent(contacts=[ContactValue(kind="phone", value="13800138000")]))
    again = TalentChange(contacts=[ContactValue(kind="phone", value="+86 138 0013 8000")])
    assert await crm.change_talent(made.id, again) == made


@pytest.mark.parametrize(
    ("kind", "value", "masked", "problem"),
    [
        ("email", "nobody", False, "not_email"),
        ("email", "a b@example.com", False, "not_email"),
        ("phone", "call me", False, "not_phone"),
        ("link", "  ", False, "not_link"),
        ("phone", "138****8000", True, "masked"),
    ],
)
async def test_what_is_no_contact_is_refused(crm, kind, value, masked, problem):
    contact = ContactValue(kind=kind, value=value, masked=masked)
    with pytest.raises(Invalid) as told:
        await crm.create_talent(NewTalent(name="x", contacts=[contact]))
    problems = [(p["problem"], p["field"]) for p in told.value.details["problems"]]
    assert problems == [(problem, "contacts.0.value")]
    assert (await crm.list_talents()).items == []


async def test_a_status_cannot_be_emptied(crm):
    made = await crm.create_talent(NewTalent(name="陆岚"))
    with pytest.raises(Invalid):
        await crm.change_talent(made.id, TalentChange(status=None))


async def test_talents_are_found_by_name_or_headline(crm):
    one = await crm.create_talent(NewTalent(name="陆岚", headline="ICU Nurse"))
    two = await crm.create_talent(NewTalent(name="Nora Icumb", status="placed"))
    await crm.create_talent(NewTalent())
    assert [t.id for t in (await crm.list_talents(q="icu")).items] == [two.id, one.id]
    assert [t.id for t in (await crm.list_talents(q="icu", status="placed")).items] == [two.id]
    assert [t.id for t in (await crm.list_talents(q="岚")).items] == [one.id]
    assert (await crm.talents_by_id(Ids(ids=[two.id, one.id]))).talents == [two, one]
