"""The schema has one history, opening brings a database to its head, and never half way."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import NullPool

import looma.platform.stores.outbox
import looma.platform.stores.sql.records
import looma.services
from looma.migrations import HEAD, REVISIONS, VERSION_TABLE, migrate, place, revision_of
from looma.migrations.running import configuration
from looma.platform.stores.errors import StoreNewer
from looma.platform.stores.sql.schema import METADATA
from looma.platform.stores.sql.sqlite import SqliteSql

for tables in Path(looma.services.__path__[0]).glob("*/tables.py"):
    import_module(f"looma.services.{tables.parent.name}.tables")


@pytest.fixture
def empty(tmp_path):
    connection = sqlite3.connect(tmp_path / "truth.db", isolation_level=None)
    yield connection
    connection.close()


def _tables(connection) -> set[str]:
    return {row[0] for row in connection.execute("select name from sqlite_master")}


def test_the_migrated_schema_is_that_of_the_tables(empty, tmp_path):
    assert migrate(empty) is True
    engine = create_engine(f"sqlite:///{tmp_path / 'truth.db'}", poolclass=NullPool)
    with engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(found, METADATA) == []


def test_the_history_is_one_line_named_after_its_files():
    script = ScriptDirectory.from_config(configuration(None))
    assert script.get_heads() == [HEAD]
    walked = list(script.walk_revisions())
    assert [one.revision for one in reversed(walked)] == list(REVISIONS)
    assert all(one.doc for one in walked)
    assert place("0001_records.py") == ("0001_records", None)


def test_what_is_at_the_head_is_left_alone(empty):
    migrate(empty)
    assert revision_of(empty) == HEAD
    assert migrate(empty) is False


def test_opening_what_is_up_to_date_does_not_import_alembic(empty, tmp_path):
    migrate(empty)
    program = (
        "import asyncio, sys\n"
        "from looma.platform.stores.sql import open_sql\n"
        "async def main():\n"
        "    sql = open_sql(sys.argv[1])\n"
        "    await sql.open()\n"
        "    await sql.close()\n"
        "asyncio.run(main())\n"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, f"sqlite:///{tmp_path / 'truth.db'}"], check=True)  # noqa: S603


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, OSError])
@pytest.mark.parametrize("at", [1, 5, 9])
def test_an_interrupted_migration_leaves_nothing(empty, tmp_path, at, interruption):
    seen = 0

    def interrupt(connection, cursor, statement, *_):
        nonlocal seen
        seen += statement.lstrip().upper().startswith("CREATE")
        if seen == at:
            raise interruption

    event.listen(Engine, "before_cursor_execute", interrupt)
    try:
        with pytest.raises(interruption):
            migrate(empty)
    finally:
        event.remove(Engine, "before_cursor_execute", interrupt)
    with closing(sqlite3.connect(tmp_path / "truth.db", isolation_level=None)) as again:
        assert _tables(again) == set()
        assert migrate(again) is True
        assert {"talents", "outbox"} <= _tables(again)


async def test_a_newer_database_is_refused_in_words(empty, tmp_path):
    migrate(empty)
    empty.execute(f"update {VERSION_TABLE} set version_num = '9999_later'")  # noqa: S608 - our own constant
    sql = SqliteSql(tmp_path / "truth.db")
    with pytest.raises(StoreNewer) as newer:
        await sql.open()
    assert "9999_later" in newer.value.message("en")
    assert HEAD in newer.value.message("zh-CN")
    assert revision_of(empty) == "9999_later"


async def test_several_who_open_a_new_database_at_once(tmp_path):
    several = [SqliteSql(tmp_path / "truth.db") for _ in range(6)]
    await asyncio.gather(*(sql.open() for sql in several))
    await asyncio.gather(*(sql.check() for sql in several))
    for sql in several:
        await sql.close()
