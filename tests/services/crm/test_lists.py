"""Lists: sorted both ways, page by page, counted, filtered; a place in one order is none in another."""

import itertools
from typing import get_args

import pytest
from pydantic import ValidationError

from looma.contracts.crm import (
    CompanyChange,
    CompanySort,
    CrmAPI,
    JobChange,
    JobSort,
    NewCompany,
    NewJob,
    NewTalent,
    TalentChange,
    TalentSort,
)
from looma.platform import context
from looma.platform.errors import Invalid
from looma.platform.stores.sql.records import TALENTS
from looma.services.crm.cursors import cursor_at, place_in

from .conftest import STRANGER, resume

ID = "01957b6e-8a00-7000-8000-000000000001"


async def pages(lister, *, limit=2, **wanted):
    """Every record of a list, page by page, and what each page says there are in all."""
    found, totals, cursor = [], set(), None
    while True:
        page = await lister(cursor=cursor, limit=limit, **wanted)
        found += page.items
        totals.add(page.total)
        if (cursor := page.next_cursor) is None:
            return found, totals


@pytest.fixture
async def people(crm):
    """People of both scripts, some without a name, place or headline; the first four read from a résumé."""
    for name, years, place in (
        ("张三", 6, "上海"),
        ("Adam Brook", 12.5, "leeds"),
        ("陈思远", 6, "Leeds"),
        ("李安", None, None),
    ):
        worked = [] if years is None else [f"worked {years}"]
        where = [] if place is None else [f"location {place}"]
        await crm.create_talent_from_resume(resume(f"name {name}", "title Nurse", *worked, *where))
    for name, headline, status in (("zoe ibis", "cook", "placed"), (None, "Cook", "passive"), (None, None, "active")):
        await crm.create_talent(NewTalent(name=name, headline=headline, status=status))
    return (await crm.list_talents()).items[::-1]


def expected(records, of, *, descending):
    """What Python would sort: those without a value last both ways, equals by id."""
    with_value = sorted((r for r in records if of(r) is not None), key=lambda r: (of(r), r.id), reverse=descending)
    return with_value + sorted((r for r in records if of(r) is None), key=lambda r: r.id, reverse=descending)


NAMES = {"Adam Brook": 0, "陈思远": 1, "李安": 2, "张三": 3, "zoe ibis": 4}
BY = {
    "created_at": lambda t: t.created_at,
    "updated_at": lambda t: t.updated_at,
    "name": lambda t: NAMES.get(t.name),
    "headline": lambda t: t.headline and t.headline.lower(),
    "location": lambda t: t.location and t.location.lower(),
    "status": lambda t: t.status,
    "years": lambda t: t.years,
}


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", get_args(TalentSort))
async def test_people_come_in_every_order(crm, people, sort, descending):
    await crm.change_talent(people[2].id, TalentChange(note="changed last"))
    people = [await crm.get_talent(person.id) for person in people]
    for limit in (1, 2, 3, 200):
        found, totals = await pages(crm.list_talents, limit=limit, sort=sort, descending=descending)
        assert [t.id for t in found] == [t.id for t in expected(people, BY[sort], descending=descending)]
        assert totals == {len(people)}


@pytest.mark.parametrize("descending", [False, True])
async def test_jobs_come_in_every_order(crm, descending):
    titles = {"Cook": 0, "高级护士": 1, "nurse": 2, "Öl": 3}
    companies = {"Blue Heron": 0, "重庆银行": 1, "Grey": 2, None: None}
    for title, company, place in zip(titles, reversed(companies), ("b", "A", None, "c"), strict=True):
        await crm.create_job(NewJob(title=title, company=company, location=place))
    made = (await crm.list_jobs()).items
    closed = await crm.change_job(made[1].id, JobChange(status="closed"))
    made[1] = closed
    by = {
        "created_at": lambda j: j.created_at,
        "updated_at": lambda j: j.updated_at,
        "title": lambda j: titles[j.title],
        "company": lambda j: companies[j.company],
        "location": lambda j: j.location and j.location.lower(),
        "status": lambda j: j.status,
    }
    assert set(by) == set(get_args(JobSort))
    for sort, of in by.items():
        found, totals = await pages(crm.list_jobs, limit=1, sort=sort, descending=descending)
        assert [j.id for j in found] == [j.id for j in expected(made, of, descending=descending)], sort
        assert totals == {4}


@pytest.mark.parametrize("descending", [False, True])
async def test_companies_come_in_every_order(crm, descending):
    names = {"Blue Heron": 0, "重庆银行": 1, "厦门航空": 2, "Zebra": 3}
    for name, industry, place in zip(names, ("b", None, "A", "a"), (None, "上海", None, "Leeds"), strict=True):
        await crm.create_company(NewCompany(name=name, industry=industry, location=place))
    made = (await crm.list_companies()).items
    by = {
        "created_at": lambda c: c.created_at,
        "updated_at": lambda c: c.updated_at,
        "name": lambda c: names[c.name],
        "industry": lambda c: c.industry and c.industry.lower(),
        "location": lambda c: c.location and c.location.lower(),
    }
    assert set(by) == set(get_args(CompanySort))
    for sort, of in by.items():
        found, totals = await pages(crm.list_companies, limit=1, sort=sort, descending=descending)
        assert [c.id for c in found] == [c.id for c in expected(made, of, descending=descending)], sort
        assert totals == {4}


async def test_without_a_sort_the_newest_come_first(crm, people):
    newest, _ = await pages(crm.list_talents)
    assert [t.id for t in newest] == [t.id for t in people[::-1]]
    first = await crm.list_talents(limit=2)
    assert first == await crm.list_talents(limit=2, sort="created_at", descending=True)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", ["name", "years", "location", "updated_at", "created_at"])
async def test_no_one_is_seen_twice_or_missed_while_people_are_added(crm, people, sort, descending):
    seen, cursor = [], None
    for name in itertools.cycle(("Aaa", "张三", None, "zzz")):
        page = await crm.list_talents(sort=sort, descending=descending, cursor=cursor, limit=1)
        seen += [t.id for t in page.items]
        if (cursor := page.next_cursor) is None or len(seen) > 40:
            break
        if len(seen) < 12:
            await crm.create_talent(NewTalent(name=name))
    assert len(seen) == len(set(seen))
    assert {t.id for t in people} <= set(seen)


async def test_a_cursor_belongs_to_its_sort_and_direction(crm, people):
    cursors = {}
    for sort in get_args(TalentSort):
        for descending in (False, True):
            page = await crm.list_talents(sort=sort, descending=descending, limit=1)
            cursors[sort, descending] = page.next_cursor
    for given, cursor in cursors.items():
        for sort, descending in cursors:
            asked = crm.list_talents(sort=sort, descending=descending, cursor=cursor)
            if (sort, descending) == given:
                await asked
                continue
            with pytest.raises(Invalid) as told:
                await asked
            assert [(p["problem"], p["field"]) for p in told.value.details["problems"]] == [("cursor", "cursor")]
    with pytest.raises(Invalid):
        await crm.list_jobs(sort="updated_at", cursor=cursors["updated_at", True])


@pytest.mark.parametrize(
    ("name", "value"),
    [("sort", "salary"), ("sort", "sort_key"), ("years_min", "-1"), ("years_min", "nan"), ("years_min", "inf"),
     ("tag", "x" * 201), ("descending", "2"), ("has_resume", "maybe")],
)  # fmt: skip
def test_what_no_list_knows_is_refused_at_the_edge(name, value):
    (listing,) = (op for op in CrmAPI.operations() if op.name == "list_talents")
    (parameter,) = (p for p in listing.parameters if p.name == name)
    with pytest.raises(ValidationError):
        parameter.adapter.validate_python(value)


def test_a_cursor_comes_back_as_its_place():
    for value in ("张三", "", None, 'a":b', "x" * 500):
        assert place_in("talent.name.asc", cursor_at("talent.name.asc", value, ID), number=False) == (value, ID)
    for value in (6.5, 0.0, None):
        assert place_in("talent.years.asc", cursor_at("talent.years.asc", value, ID), number=True) == (value, ID)


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("6.5", False), ('"6"', True), ("true", True), ("6", True), ("[]", False), ("{}", False), ('"\\u0000"', False),
        ('"\\ud800"', False), ("NaN", True), ("1e999", True), ("", False), ("nul", False), (' "a"', False),
        ("[" * 50_000, False),
    ],
)  # fmt: skip
def test_a_forged_place_is_refused(told, number):
    from base64 import urlsafe_b64encode

    forged = urlsafe_b64encode(f"list:{ID}:{told}".encode()).decode().rstrip("=")
    with pytest.raises(Invalid):
        place_in("list", forged, number=number)
    for broken in (
        "",
        "x",
        "游标",
        cursor_at("other", "a", ID),
        cursor_at("list", "a", ID) + "=",
        cursor_at("list", "a", "1"),
    ):
        with pytest.raises(Invalid):
            place_in("list", broken, number=number)


async def test_people_are_found_by_how_their_name_is_spoken(crm, people):
    for typed, names in (
        ("zhangsan", ["张三"]),
        ("ZS", ["张三"]),
        ("Chen Si", ["陈思远"]),
        ("csy", ["陈思远"]),
        ("la", ["李安"]),
        ("hangsan", []),
        ("brook", ["Adam Brook"]),
    ):
        assert [t.name for t in (await crm.list_talents(q=typed)).items] == names, typed
    await crm.change_talent(people[0].id, TalentChange(name="王五"))
    assert (await crm.list_talents(q="zhangsan")).items == []
    assert [t.id for t in (await crm.list_talents(q="wangwu")).items] == [people[0].id]
    await crm.change_talent(people[0].id, TalentChange(name=None))
    assert (await crm.list_talents(q="wangwu")).total == 0
    assert people[0].id not in [t.id for t in (await crm.list_talents(sort="name", limit=4)).items]


async def test_jobs_and_companies_are_found_by_how_they_are_spoken(crm):
    job = await crm.create_job(NewJob(title="高级护士", company="重庆银行"))
    await crm.create_job(NewJob(title="Cook", company="Blue Heron"))
    assert [j.id for j in (await crm.list_jobs(q="hushi")).items] == [job.id]
    assert [c.id for c in (await crm.list_companies(q="Chongqing")).items] == [job.company_id]
    await crm.change_job(job.id, JobChange(title="会计"))
    await crm.change_company(job.company_id, CompanyChange(name="蓝鹭"))
    assert (await crm.list_jobs(q="hushi")).items == (await crm.list_companies(q="cqyh")).items == []
    assert [j.id for j in (await crm.list_jobs(q="kj")).items] == [job.id]
    assert [c.id for c in (await crm.list_companies(q="lanlu")).items] == [job.company_id]
    assert [j.title for j in (await crm.list_jobs(sort="company", descending=False)).items] == ["Cook", "会计"]


async def test_filters_of_people(crm, people):
    tagged = await crm.create_talent(NewTalent(name="Nora", tags=["急诊", 'a","b'], location="London, Leeds"))

    async def names(**wanted):
        page = await crm.list_talents(sort="name", descending=False, **wanted)
        assert page.total == len(page.items)
        return [t.name for t in page.items]

    assert await names(location="leeds") == ["Adam Brook", "陈思远", "Nora"]
    assert await names(location="上") == ["张三"]
    assert await names(tag="急诊") == [tagged.name]
    assert await names(tag='a","b') == [tagged.name]
    for part in ("急", "b", "a", '"', ",", 'a","', "急诊 "):
        assert await names(tag=part) == []
    assert await names(years_min=6) == ["Adam Brook", "陈思远", "张三"]
    assert await names(years_min=6.5) == ["Adam Brook"]
    assert await names(has_resume=True) == ["Adam Brook", "陈思远", "李安", "张三"]
    assert await names(has_resume=False) == ["Nora", "zoe ibis", None, None]
    assert await names(location="leeds", years_min=1, q="csy", has_resume=True, status="active") == ["陈思远"]
    assert await names(archived=True) == []


async def test_filters_of_jobs_and_companies(crm):
    for place in ("London, Leeds", "上海", None):
        await crm.create_job(NewJob(title="Nurse", location=place))
    assert [j.location for j in (await crm.list_jobs(location="LEEDS")).items] == ["London, Leeds"]
    for name, industry in (("A", "Health care"), ("B", "医疗"), ("C", None)):
        await crm.create_company(NewCompany(name=name, industry=industry))
    assert [c.name for c in (await crm.list_companies(industry="health")).items] == ["A"]
    assert [c.name for c in (await crm.list_companies(industry="医")).items] == ["B"]


async def test_wildcards_and_quotes_are_plain_characters(crm, people):
    await crm.create_job(NewJob(title="Nurse", location="Leeds"))
    await crm.create_company(NewCompany(name="Heron", industry="Health"))
    for hostile in ("%", "_", "/", "\\", "'", '"', "L_eds", "' or 1=1 --", "[a]", "\u202e"):
        for found in (
            crm.list_talents(location=hostile), crm.list_talents(tag=hostile), crm.list_talents(skill=hostile),
            crm.list_talents(q=hostile), crm.list_jobs(location=hostile), crm.list_companies(industry=hostile),
        ):  # fmt: skip
            page = await found
            assert (page.items, page.total) == ([], 0)


async def test_what_cannot_be_stored_is_refused_in_filters(service):
    with context.acting(context.LOCAL_OWNER):
        for broken in ("a\x00b", "\ud800"):
            for asked, field in (
                (service.list_talents(location=broken), "location"),
                (service.list_talents(tag=broken), "tag"),
                (service.list_talents(skill=broken), "skill"),
                (service.list_jobs(location=broken), "location"),
                (service.list_companies(industry=broken), "industry"),
            ):
                with pytest.raises(Invalid) as told:
                    await asked
                assert [(p["problem"], p["field"]) for p in told.value.details["problems"]] == [("characters", field)]


async def test_a_person_shows_years_and_skills_of_the_resume(desk):
    kept = await desk.crm.create_talent_from_resume(
        resume("name 陆岚", "worked 6.5", "knows SQL,,5", "knows Python,3,1", "knows Go,3,2")
    )
    assert (kept.talent.years, kept.talent.skills) == (6.5, ["Go", "Python", "SQL"])
    assert await desk.crm.get_talent(kept.talent_id) == kept.talent
    for named in ("python", "SKILL:GO", "sql"):
        assert [t.id for t in (await desk.crm.list_talents(skill=named)).items] == [kept.talent_id]
    assert (await desk.crm.list_talents(skill="py")).items == []
    by_hand = await desk.crm.create_talent(NewTalent(name="x"))
    assert (by_hand.years, by_hand.skills) == (None, [])
    changed = await desk.crm.change_talent(kept.talent_id, TalentChange(name="陆兰", note="x"))
    assert (changed.years, changed.skills) == (6.5, ["Go", "Python", "SQL"])


async def test_another_resume_replaces_years_and_skills(desk):
    from looma.platform.stores import ResumeRow, TalentData, TalentRow

    kept = (await desk.crm.create_talent_from_resume(resume("name 陆岚", "worked 6", "knows SQL,,5"))).talent
    row = TalentRow(kept.id, name="张三", version=kept.version)
    read = {"years_total": 2, "skills": [{"name": "Go", "concept_id": "skill:go", "years": 1.0, "spans": []}]}
    second, third = (
        ResumeRow(f"r{n}", "cv.txt", "text/plain", "ab" * 32, "x", "zh", p) for n, p in ((2, read), (3, {}))
    )
    with context.acting(context.LOCAL_OWNER):
        await desk.data.save_talent_data(TalentData(row, second))
    now = await desk.crm.get_talent(kept.id)
    assert (now.years, now.skills, now.resume_id) == (2, ["Go"], "r2")
    assert (await desk.crm.list_talents(skill="sql")).items == []
    assert [t.id for t in (await desk.crm.list_talents(skill="go", q="zs")).items] == [kept.id]
    with context.acting(context.LOCAL_OWNER):
        await desk.data.save_talent_data(TalentData(TalentRow(kept.id, name="张三", version=now.version)))
        assert (await desk.crm.get_talent(kept.id)).skills == ["Go"]
        await desk.data.save_talent_data(TalentData(TalentRow(kept.id, name="张三", version=now.version + 1), third))
    now = await desk.crm.get_talent(kept.id)
    assert (now.years, now.skills, now.resume_id) == (None, [], "r3")
    assert (await desk.crm.list_talents(skill="go")).items == []


async def test_each_organisation_counts_its_own(crm, people):
    with context.acting(STRANGER):
        await crm.create_talent(NewTalent(name="张三", tags=["x"], location="Leeds"))
        for sort in get_args(TalentSort):
            found, totals = await pages(crm.list_talents, sort=sort, limit=1)
            assert (len(found), totals) == (1, {1})
        assert (await crm.list_talents(q="zs", location="leeds", tag="x")).total == 1
        theirs = (await crm.list_talents(sort="name", limit=1)).items[0]
    ours, _ = await pages(crm.list_talents, sort="name")
    assert theirs.id not in [t.id for t in ours]
    assert len(ours) == len(people)


async def test_a_place_after_everybody_is_an_empty_page(crm, people):
    for sort, last in (("name", "zzzz"), ("years", 99.0), ("location", "￥")):
        after = cursor_at(f"talent.{sort}.asc", last, ID)
        page = await crm.list_talents(sort=sort, descending=False, cursor=after)
        values = [BY[sort](t) for t in page.items]
        assert set(values) == {None}
        assert page.total == len(people)
        end = cursor_at(f"talent.{sort}.asc", None, "ffffffff-ffff-7fff-bfff-ffffffffffff")
        page = await crm.list_talents(sort=sort, descending=False, cursor=end)
        assert (page.items, page.next_cursor, page.total) == ([], None, len(people))


async def test_the_choice_of_a_page_needs_no_long_rows(service, data):
    """The plans that lists rest on: an index alone tells who comes, in order where the sort has one of its own."""
    from sqlalchemy import text

    seen = []
    real = service._data.sql.read

    async def noting(look):
        async def noted(tx):
            class Noting:
                async def fetch_all(self, statement, parameters=None):
                    seen.append(statement)
                    return await tx.fetch_all(statement, parameters)

                fetch_one = tx.fetch_one

            return await look(Noting())

        return await real(noted)

    service._data.sql.read = noting
    with context.acting(context.LOCAL_OWNER):
        for sort in get_args(TalentSort):
            await service.list_talents(sort=sort)
        await service.list_talents(q="x", location="x", years_min=1, tag="x", has_resume=True)
    service._data.sql.read = real
    from sqlalchemy.dialects import sqlite

    assert len(seen) >= len(get_args(TalentSort)) + 1
    for statement in seen:
        told = str(statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
        plan = [row["detail"] for row in await data.sql.fetch_all(text(f"explain query plan {told.replace(':', '')}"))]
        chosen = [line for line in plan if "org=?" in line]
        assert chosen, plan
        assert all(f"SEARCH {TALENTS.name} USING COVERING INDEX" in line for line in chosen), (told, plan)
