"""A person is kept as a whole, with its event and its outbox entry, and seen by its own organisation alone."""

import itertools
from dataclasses import replace

import pytest
from sqlalchemy import select

from looma.platform.context import Caller, acting
from looma.platform.errors import NotFound
from looma.platform.settings import StoreSettings
from looma.platform.stores import FactRow, ResumeRow, TalentData, TalentRow, UnifiedDataAccess, Versions, outbox
from looma.platform.stores.cache.memory import MemoryCache
from looma.platform.stores.errors import Duplicate, Moved, UnknownScheme
from looma.platform.stores.files.memory import MemoryFiles
from looma.platform.stores.sql.records import EVENTS, FACTS, RESUMES, TALENTS

from .changes import NOW

OURS, THEIRS = Caller(org="ours", user="lin"), Caller(org="theirs", user="kim")
TALENT = TalentRow("t1", name="陈思远", contacts=[{"kind": "email", "value": "chen@example.com"}], tags=["推荐"])
RESUME = ResumeRow("r1", "cv.pdf", "application/pdf", "ab" * 32, "陈思远 chen@example.com", "zh", {"pages": []})
FACTS_READ = (
    FactRow("name", "陈思远", "rule:name", 0.9, 0, 3, 1),
    FactRow("email", "chen@example.com", "rule:email", 1.0, 4, 20, 1),
    FactRow("skill", "Python", "taxonomy", 0.8, concept_id="skill:python", entry="work:0"),
)
WHOLE = TalentData(TALENT, RESUME, FACTS_READ)


@pytest.fixture
async def data(sql):
    numbers = itertools.count()
    return UnifiedDataAccess(
        sql, MemoryFiles(), MemoryCache(), clock=lambda: NOW, new_id=lambda: f"id{next(numbers):09}"
    )


async def _events(data) -> list[tuple[str, int, list[str]]]:
    rows = await data.sql.fetch_all(select(EVENTS).order_by(EVENTS.c.id))
    return [(row["kind"], row["version"], row["fields"]) for row in rows]


async def _rows(data) -> list[int]:
    return [len(await data.sql.fetch_all(select(table))) for table in (TALENTS, RESUMES, FACTS, EVENTS, outbox.OUTBOX)]


async def test_what_was_saved_is_found(data):
    with acting(OURS):
        assert await data.save_talent_data(WHOLE) == Versions(1, 1)
        found = await data.get_talent_data("t1")
    assert found.talent == replace(TALENT, resume_id="r1", version=1, created_at=NOW, updated_at=NOW)
    assert found.resume == replace(RESUME, version=1, created_at=NOW)
    assert [replace(fact, id=None) for fact in found.facts] == list(FACTS_READ)
    assert await _events(data) == [("created", 1, ["contacts", "name", "resume_id", "status", "tags"])]
    (entry,) = await outbox.pending(data.sql)
    assert (entry.org, entry.kind, entry.record_id, entry.version) == ("ours", "talent", "t1", 1)


async def test_a_person_without_a_resume_and_one_added_later(data):
    with acting(OURS):
        assert await data.save_talent_data(TalentData(TALENT)) == Versions(1)
        assert await data.get_talent_data("t1") == TalentData(
            replace(TALENT, version=1, created_at=NOW, updated_at=NOW)
        )
        assert await data.save_talent_data(replace(WHOLE, talent=replace(TALENT, version=1))) == Versions(2, 1)
        newer = replace(RESUME, id="r2", text="new")
        assert await data.save_talent_data(TalentData(replace(TALENT, version=2), newer)) == Versions(3, 1)
        found = await data.get_talent_data("t1")
    assert (found.talent.resume_id, found.talent.version, found.resume.text, found.facts) == ("r2", 3, "new", ())
    assert [(kind, version) for kind, version, _ in await _events(data)] == [
        ("created", 1),
        ("resume_added", 2),
        ("resume_added", 3),
    ]
    assert [entry.version for entry in await outbox.pending(data.sql)] == [1, 2, 3]


async def test_a_change_names_its_fields_and_keeps_the_resume(data):
    with acting(OURS):
        await data.save_talent_data(WHOLE)
        changed = replace(TALENT, version=1, name="陈思源", note="met", tags=[])
        assert await data.save_talent_data(TalentData(changed)) == Versions(2)
        found = await data.get_talent_data("t1")
    assert (found.talent.name, found.talent.note, found.talent.tags) == ("陈思源", "met", [])
    assert found.resume is not None
    assert len(found.facts) == 3
    assert (await _events(data))[1] == ("changed", 2, ["name", "note", "tags"])


async def test_an_old_version_changes_nothing(data):
    with acting(OURS):
        await data.save_talent_data(WHOLE)
        await data.save_talent_data(TalentData(replace(TALENT, version=1, note="first")))
        before = await _rows(data)
        with pytest.raises(Moved) as moved:
            await data.save_talent_data(TalentData(replace(TALENT, version=1, note="second"), replace(RESUME, id="r2")))
        assert moved.value.details == {"expected": 1, "found": 2}
        assert (await data.get_talent_data("t1")).talent.note == "first"
    assert await _rows(data) == before


@pytest.mark.parametrize("taken", ["talent", "resume"])
async def test_a_taken_id_keeps_nothing(data, taken):
    with acting(OURS):
        await data.save_talent_data(WHOLE)
        before = await _rows(data)
        again = replace(WHOLE, talent=replace(TALENT, id="t1" if taken == "talent" else "t2"))
        with pytest.raises(Duplicate):
            await data.save_talent_data(again)
    assert await _rows(data) == before


async def test_another_organisation_sees_and_changes_nothing(data):
    with acting(OURS):
        await data.save_talent_data(WHOLE)
        before = await _rows(data)
    with acting(THEIRS):
        assert await data.get_talent_data("t1") is None
        with pytest.raises(NotFound):
            await data.save_talent_data(TalentData(replace(TALENT, version=1, name="stolen")))
        with pytest.raises(Duplicate):
            await data.save_talent_data(TalentData(TALENT))
        assert await outbox.pending(data.sql, org="theirs") == []
    assert await _rows(data) == before
    with acting(OURS):
        assert (await data.get_talent_data("t1")).talent.name == "陈思远"


@pytest.mark.parametrize(
    "refused",
    [
        replace(WHOLE, facts=(*FACTS_READ, FactRow("age", "35", "rule:age", 1.0, sensitive=True))),
        replace(WHOLE, resume=None),
    ],
)
async def test_sensitive_or_homeless_facts_are_refused(data, refused):
    with acting(OURS), pytest.raises(ValueError, match="fact"):
        await data.save_talent_data(refused)
    assert await _rows(data) == [0] * 5


async def test_nobody_is_no_organisation(data):
    with pytest.raises(RuntimeError):
        await data.get_talent_data("t1")
    with pytest.raises(RuntimeError):
        await data.save_talent_data(WHOLE)


async def test_the_stores_of_a_data_folder(tmp_path, monkeypatch):
    folder = tmp_path / "data #1 %41 人才"
    for _ in range(2):
        data = UnifiedDataAccess.of(StoreSettings(LOOMA_DATA=folder))
        await data.initialize()
        try:
            with acting(OURS):
                found = await data.get_talent_data("t1")
                if found is None:
                    await data.save_talent_data(WHOLE)
                key = await data.files.put("ours", b"content")
                assert await data.files.get(key) == b"content"
        finally:
            await data.close()
    assert found.talent.name == "陈思远"
    assert sorted(path.name for path in folder.iterdir()) == ["files", "sql"]
    monkeypatch.setenv("POSTGRES_URL", "mysql://db/looma")
    with pytest.raises(UnknownScheme):
        UnifiedDataAccess.of(StoreSettings())
