"""What is sent is believed in nothing: cursors, texts, and ids of others."""

from base64 import urlsafe_b64encode

import pytest

from looma.contracts.crm import (
    CompanyChange,
    CrmAPI,
    Ids,
    JobChange,
    NewCompany,
    NewJob,
    NewTalent,
    TalentChange,
)
from looma.platform import context
from looma.platform.catalogue import LANGUAGES, texts
from looma.platform.errors import Forbidden, Invalid, LoomaError, NotFound, Unavailable
from looma.services.crm.cursors import cursor_after, id_in
from looma.services.crm.tables import COMPANIES, JOBS

from .conftest import STRANGER, resume

ID = "01957b6e-8a00-7000-8000-000000000001"


def encoded(text):
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_a_cursor_comes_back_as_its_id():
    assert id_in("job", cursor_after("job", ID)) == ID


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "x",
        "=",
        "游标",
        "\x00",
        cursor_after("company", ID),
        cursor_after("job", ID) + "=",
        cursor_after("job", ID)[:-1],
        cursor_after("job", ID) + " ",
        encoded(f"job:{ID.upper()}"),
        encoded(f"job:{{{ID}}}"),
        encoded("job:1"),
        encoded(f"job:{ID}' or 1=1"),
        encoded(ID),
        "A" * 100_000,
    ],
)
def test_a_forged_cursor_is_refused(forged):
    with pytest.raises(Invalid) as told:
        id_in("job", forged)
    assert told.value.details["problems"] == [{"problem": "cursor", "field": "cursor"}]


async def test_each_list_knows_its_own_cursors(crm):
    for n in range(2):
        await crm.create_job(NewJob(title=str(n), company=str(n)))
    cursor = (await crm.list_jobs(limit=1)).next_cursor
    job = (await crm.list_jobs(limit=1)).items[0]
    for wrong in (
        crm.list_companies(cursor=cursor),
        crm.list_talents(cursor=cursor),
        crm.job_events(job.id, cursor=cursor),
        crm.list_jobs(cursor="nothing"),
    ):
        with pytest.raises(Invalid):
            await wrong


BROKEN = "a\x00b"


async def test_text_that_cannot_be_kept_is_refused_whole(desk):
    crm = desk.crm
    job = await crm.create_job(NewJob(title="护士"))
    for sent, field in (
        (crm.create_company(NewCompany(name=BROKEN)), "name"),
        (crm.create_company(NewCompany(name="x", note=BROKEN)), "note"),
        (crm.create_job(NewJob(title="x", description=BROKEN)), "description"),
        (crm.create_job(NewJob(title="x", company=BROKEN)), "company"),
        (crm.change_job(job.id, JobChange(location=BROKEN)), "location"),
        (crm.create_talent(NewTalent(tags=["gut", BROKEN])), "tags.1"),
        (crm.list_jobs(q=BROKEN), "q"),
        (crm.list_companies(q=BROKEN), "q"),
        (crm.list_talents(q=BROKEN), "q"),
        (crm.list_jobs(company_id=BROKEN), "company_id"),
        (crm.jobs_by_id(Ids(ids=[BROKEN])), "ids.0"),
    ):
        with pytest.raises(Invalid) as told:
            await sent
        assert [(p["problem"], p["field"]) for p in told.value.details["problems"]] == [("characters", field)]
    assert await desk.count(COMPANIES) == 0
    assert await desk.count(JOBS) == 1


async def test_half_characters_are_refused_too(service):
    with context.acting(context.LOCAL_OWNER):
        with pytest.raises(Invalid):
            await service.create_job(NewJob.model_construct(title="x\ud800", description="", demo=False))
        with pytest.raises(NotFound):
            await service.get_job("\ud800")


async def test_every_other_character_comes_back_as_it_was_sent(crm):
    text = "一\t二\r\n三\u0001\u200b\u202e\U0001f600 ﬁ é e\u0301 \ufeff"
    job = await crm.create_job(NewJob(title=text, description=text))
    told = await crm.get_job(job.id)
    assert (told.title, told.description) == (text, text)


async def test_another_organisation_sees_and_changes_nothing(desk):
    """Walks over every operation of the contract, so that a new one cannot be forgotten."""
    crm = desk.crm
    company = await crm.create_company(NewCompany(name="蓝鹭"))
    job = await crm.create_job(NewJob(title="护士", company="蓝鹭"))
    kept = await crm.create_talent_from_resume(resume("name 陆岚", "email lan@example.com"))
    talent = kept.talent
    ids = {"company_id": company.id, "job_id": job.id, "talent_id": talent.id}
    changes = {
        "change_company": CompanyChange(note="x"),
        "change_job": JobChange(title="x"),
        "change_talent": TalentChange(note="x"),
    }
    reached = set()
    with context.acting(STRANGER):
        for op in CrmAPI.operations():
            named = [p.name for p in op.placed("path")]
            if named:
                arguments = {named[0]: ids[named[0]]}
                arguments |= {"request": changes[op.name]} if op.name in changes else {}
                with pytest.raises(NotFound) as told:
                    await getattr(crm, op.name)(**arguments)
                assert told.value.code == f"crm.{named[0].removesuffix('_id')}_not_found"
                reached.add(op.name)
        for lister in ("list_companies", "list_jobs", "list_talents"):
            for archived in (False, True):
                assert (await getattr(crm, lister)(archived=archived)).items == []
            reached.add(lister)
        assert (await crm.list_jobs(company_id=company.id)).items == []
        assert (await crm.jobs_by_id(Ids(ids=[job.id]))).jobs == []
        assert (await crm.talents_by_id(Ids(ids=[talent.id]))).talents == []
        assert (await crm.companies_by_id(Ids(ids=[company.id]))).companies == []
        own = await crm.create_company(NewCompany(name="蓝鹭"))
        assert (await crm.create_job(NewJob(title="护士", company="蓝鹭"))).company_id == own.id != company.id
        await crm.create_talent(NewTalent(name="陆岚"))
        again = await crm.create_talent_from_resume(resume("name 陆岚", "email lan@example.com"))
        assert again.duplicates == []
        reached |= {"jobs_by_id", "talents_by_id", "companies_by_id", "create_company", "create_job", "create_talent"}
        reached.add("create_talent_from_resume")
    assert reached == {op.name for op in CrmAPI.operations()}
    assert await crm.get_company(company.id) == company
    assert await crm.get_job(job.id) == job
    assert await crm.get_talent(talent.id) == talent


async def test_who_may_only_read_changes_nothing(crm):
    viewer = context.Caller(org="local", user="vera", roles=frozenset({"viewer"}))
    with context.acting(viewer):
        assert (await crm.list_jobs()).items == []
        with pytest.raises(Forbidden):
            await crm.create_job(NewJob(title="护士"))


def test_every_error_and_notice_is_told_in_both_languages():
    codes = [code for code in LoomaError.codes() if code.startswith("crm.")]
    assert len(codes) == 6
    problems = ("characters", "cannot_be_empty", "not_email", "not_phone", "not_link", "masked", "cursor")
    for language in LANGUAGES:
        for code in [*codes, *(f"problem.{name}" for name in problems), "resume.no_name", "resume.no_contact"]:
            assert texts(language)[code].strip()


async def test_health_tells_what_the_crm_depends_on(service, data):
    assert await service.health() == {"sql": "healthy", "files": "healthy"}
    await data.close()
    with pytest.raises(Unavailable):
        await service.health()
