"""A database of before gets the keys of its names and the summaries of its résumés."""

import json
import sqlite3

import pytest
from alembic import command
from sqlalchemy import create_engine, event
from sqlalchemy.pool import StaticPool

from looma.migrations import migrate
from looma.migrations.running import configuration
from looma.platform import context
from looma.platform.clock import Uuid7, utc_now
from looma.platform.stores import UnifiedDataAccess
from looma.platform.stores.cache import open_cache
from looma.platform.stores.files import open_files
from looma.platform.stores.sort_keys import search_key, sort_key
from looma.platform.stores.sql import open_sql
from looma.platform.stores.summaries import summary
from looma.services.crm.service import CrmService

BEFORE = "0008_match_runs"
NOW = "2025-03-01T08:00:00.000000Z"
NAMES = ("曾国强", "张三", "Nora Icumb", "欧阳 娜", None, "Émile", "🙂", "重庆 Bo", "翟晟")
MANY = [{"name": f"S{n}", "concept_id": f"skill:s{n}", "years": n, "spans": []} for n in range(12)]
PARSED = (
    {"years_total": 6.5, "skills": MANY},
    {"years_total": None, "skills": []},
    {"pages": []},
    {"years_total": 3, "skills": [{"name": "SQL", "concept_id": "skill:sql", "years": None, "spans": [{}, {}]}]},
)
PEOPLE = 1203
"""More than two batches."""


@pytest.fixture
def old(tmp_path):
    """A database as it was, with people, jobs and companies."""
    connection = sqlite3.connect(tmp_path / "looma.db", isolation_level=None)
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as outer:
        command.upgrade(configuration(outer), BEFORE)
    new_id = Uuid7()
    kept = [0, 0, 0, NOW, NOW]  # version, archived, demo
    connection.execute("begin")
    for number in range(PEOPLE):
        talent_id, resume_id = new_id(), new_id() if number % 5 else None
        connection.execute(
            "insert into talents (id, org, name, contacts, status, tags, resume_id, version, archived, demo, "
            " created_at, updated_at) values (?, 'local', ?, '[]', 'active', '[]', ?, ?, ?, ?, ?, ?)",
            [talent_id, NAMES[number % len(NAMES)], resume_id, *kept],
        )
        if resume_id and number % 7:
            connection.execute(
                "insert into resumes (id, org, talent_id, filename, media_type, content_hash, parsed, version,"
                " created_at, text) values (?, 'local', ?, 'a', 'b', 'c', ?, 1, ?, '')",
                [resume_id, talent_id, json.dumps(PARSED[number % len(PARSED)]), NOW],
            )
    connection.execute(
        "insert into crm_jobs (id, org, title, status, version, archived, demo, created_at, updated_at, description)"
        " values (?, 'local', '单位会计', 'open', ?, ?, ?, ?, ?, '')",
        [new_id(), *kept],
    )
    connection.execute(
        "insert into crm_companies (id, org, name, name_key, version, archived, demo, created_at, updated_at)"
        " values (?, 'local', '重庆银行', '重庆银行', ?, ?, ?, ?, ?)",
        [new_id(), *kept],
    )
    connection.execute("commit")
    yield connection
    connection.close()


def test_every_row_gets_what_a_new_one_would_have(old):
    assert migrate(old) is True
    rows = old.execute(
        "select t.name, t.sort_key, t.search_key, t.years, t.skills, t.skill_key, r.parsed"
        " from talents t left join resumes r on r.id = t.resume_id"
    ).fetchall()
    assert len(rows) == PEOPLE
    assert {row[6] is None for row in rows} == {True, False}
    for name, key, found_by, years, skills, skill_key, parsed in rows:
        if name is None:
            assert (key, found_by) == (None, None)
        else:
            assert (key, found_by) == (sort_key(name, person=True), search_key(name, person=True))
        assert {"years": years, "skills": json.loads(skills), "skill_key": skill_key} == summary(
            json.loads(parsed or "{}")
        )
    for table, name in (("crm_jobs", "单位会计"), ("crm_companies", "重庆银行")):
        (row,) = old.execute(f"select sort_key, search_key from {table}").fetchall()  # noqa: S608 - ours
        assert row == (sort_key(name), search_key(name))


async def test_the_lists_work_on_it(old, tmp_path):
    migrate(old)
    data = UnifiedDataAccess(
        open_sql(f"sqlite:///{tmp_path / 'looma.db'}"), open_files(f"file:{tmp_path / 'files'}"), open_cache("memory:")
    )
    await data.initialize()
    crm = CrmService(data, None, utc_now, Uuid7())
    with context.acting(context.LOCAL_OWNER):
        page = await crm.list_talents(q="zgq", sort="years", limit=3)
        assert {talent.name for talent in page.items} == {"曾国强"}
        assert page.total == sum(NAMES[number % len(NAMES)] == "曾国强" for number in range(PEOPLE))
        assert page.items[0].years == 6.5
        assert page.items[0].skills == [f"S{number}" for number in range(11, 3, -1)]
        assert [job.title for job in (await crm.list_jobs(q="kuaiji")).items] == ["单位会计"]
    await data.close()
