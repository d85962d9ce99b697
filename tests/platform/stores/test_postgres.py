"""What PostgreSQL adds: contention, connections that break, one schema among others, and words for refusals."""

import asyncio
import contextlib
import os
import ssl

import pytest
from sqlalchemy import bindparam, delete, exists, func, insert, select, text, type_coerce, update

asyncpg = pytest.importorskip("asyncpg", reason="looma[postgres] is not installed")

from looma.migrations import HEAD, REVISIONS  # noqa: E402
from looma.platform.stores import outbox  # noqa: E402
from looma.platform.stores.errors import (  # noqa: E402
    Duplicate,
    StoreBroken,
    StoreBusy,
    StoreFull,
    StoreNewer,
)
from looma.platform.stores.sql import open_sql  # noqa: E402
from looma.platform.stores.sql.postgres import PostgresSql, meaning, pools  # noqa: E402
from looma.platform.stores.sql.postgres import __name__ as driver  # noqa: E402
from looma.platform.stores.sql.records import TALENTS  # noqa: E402
from looma.platform.stores.sql.types import JSON, TEXT  # noqa: E402
from tests.postgres import NO_SERVER, fresh_schema, run  # noqa: E402

from .changes import adding, count, ids, nothing, talent  # noqa: E402

URL = os.environ.get("LOOMA_TEST_POSTGRES_URL", "")
needs_server = pytest.mark.skipif(not URL, reason=NO_SERVER)


@pytest.fixture
async def server(request):
    """An open database with the schema and no rows."""
    sql = open_sql(URL, prefix=await fresh_schema(URL))
    await sql.open()
    yield sql
    await sql.close()


@pytest.fixture
async def unused():
    """The name of a schema that is not there, and will not be afterwards."""
    name = f"looma_new_{os.getpid()}"
    await run(URL, f'drop schema if exists "{name}" cascade')
    yield name
    await run(URL, f'drop schema if exists "{name}" cascade')


def counting(record: str = "a"):
    """A change that reads a number and writes the next one."""

    async def change(tx) -> int:
        row = await tx.fetch_one(select(TALENTS.c.version).where(TALENTS.c.id == record))
        await tx.execute(update(TALENTS).where(TALENTS.c.id == record).values(version=row["version"] + 1))
        return row["version"] + 1

    return change


@needs_server
class TestContention:
    async def test_changes_are_made_as_if_one_after_the_other(self, server):
        await server.write(adding("a", version=0))
        answers = await asyncio.gather(*(server.write(counting()) for _ in range(40)))
        assert sorted(answers) == list(range(1, 41))

    async def test_what_two_look_for_and_then_add_is_added_once(self, server):
        async def change(tx) -> bool:
            if await tx.fetch_one(select(TALENTS.c.id).where(TALENTS.c.id == "a")) is not None:
                return False
            await adding("a")(tx)
            return True

        answers = await asyncio.gather(*(server.write(change) for _ in range(12)))
        assert sorted(answers) == [False] * 11 + [True]

    async def test_two_who_wait_for_each_other(self, server):
        await server.write(adding("a", version=0))
        await server.write(adding("b", version=0))

        def both(first, second):
            async def change(tx):
                await counting(first)(tx)
                await counting(second)(tx)

            return change

        await asyncio.gather(*(server.write(both(*("ab", "ba")[n % 2])) for n in range(8)))
        rows = await server.fetch_all(select(TALENTS.c.version))
        assert [row["version"] for row in rows] == [8, 8]

    async def test_the_outbox_is_read_in_the_order_of_commits(self, server):
        """Nobody who has read up to a number ever finds a smaller one later."""

        def appending(n):
            async def change(tx):
                return await outbox.append(
                    tx, org="ab"[n % 2], kind="talent", record_id=f"r{n}", version=1, at=talent("x")["created_at"]
                )

            return change

        seen: list[int] = []
        writes = asyncio.gather(*(server.write(appending(n)) for n in range(100)))
        while not writes.done():
            seen += [entry.seq for entry in await outbox.pending(server, after_seq=seen[-1] if seen else 0)]
        seen += [entry.seq for entry in await outbox.pending(server, after_seq=seen[-1] if seen else 0)]
        assert seen == sorted(await writes)

    async def test_a_key_that_is_taken_for_good(self, server):
        await server.write(adding("a"))
        with pytest.raises(Duplicate) as taken:
            await server.write(adding("a"))
        assert taken.value.details["what"] == "talents.id"

    async def test_many_at_once_are_refused(self, server, monkeypatch):
        monkeypatch.setattr(f"{driver}.MAX_WAITING", 3)
        answers = await asyncio.gather(*(server.write(adding(f"t{n}")) for n in range(5)), return_exceptions=True)
        assert [isinstance(answer, StoreBusy) for answer in answers] == [False, False, False, True, True]

    async def test_a_statement_that_takes_too_long_is_given_up(self, unused, monkeypatch):
        monkeypatch.setattr(pools, "STATEMENT_S", 1)
        sql = open_sql(URL, prefix=unused)
        await sql.open()
        try:
            with pytest.raises(StoreBusy):
                await sql.fetch_all(text("select pg_sleep(30)"))
            await sql.write(adding("a"))
        finally:
            await sql.close()


@needs_server
class TestConnections:
    async def test_a_connection_that_breaks_before_the_commit(self, server):
        made = []

        async def change(tx):
            await adding("a")(tx)
            made.append(await tx.fetch_one(text("select pg_backend_pid() as pid")))
            if len(made) == 1:
                with contextlib.suppress(Exception):
                    await tx.fetch_one(text("select pg_terminate_backend(pg_backend_pid())"))
            return len(made)

        assert await server.write(change) == 2
        assert await ids(server) == {"a"}

    async def test_reads_and_changes_after_every_connection_was_broken(self, server):
        await server.write(adding("a"))
        await count(server)
        ended = (
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'looma'"
            " and datname = current_database() and pid <> pg_backend_pid()"
            " and pid in (select pid from pg_stat_activity where state = 'idle')"
        )
        await run(URL, ended)
        assert await count(server) == 1
        await run(URL, ended)
        await server.write(adding("b"))
        await server.check()
        assert await ids(server) == {"a", "b"}

    async def test_changes_from_other_loops(self, server):
        def elsewhere(n: int) -> str:
            return asyncio.run(server.write(adding(f"t{n}")))

        asked = (asyncio.to_thread(elsewhere, n) for n in range(4))
        assert await asyncio.gather(*asked) == [f"t{n}" for n in range(4)]
        assert len(await ids(server)) == 4

    async def test_it_tells_its_version_and_how_fast_it_answers(self, server):
        told = await server.health()
        assert int(told["version"].split(".")[0]) >= pools.OLDEST
        assert told["latency_ms"] > 0

    async def test_a_server_that_is_not_there(self):
        sql = PostgresSql("postgresql://looma:secret@127.0.0.1:1/looma")
        with pytest.raises(StoreBroken) as broken:
            await sql.open()
        for language in ("en", "zh-CN"):
            assert "cannot be reached" in broken.value.message(language)
            assert "secret" not in broken.value.message(language)
        await sql.close()

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            (("looma:", "looma:wrong"), "refuses the user or the password"),
            (("/looma", "/no_such_database"), "no database of this name"),
            (("/looma", "/looma?sslmode=require"), "cannot be reached"),
            (("/looma", "/looma?sslmode=secretly"), "is not understood"),
        ],
    )
    async def test_an_address_that_leads_nowhere_is_told_in_words(self, changed, words):
        head, _, tail = URL.rpartition(changed[0]) if changed[0] == "/looma" else URL.partition(changed[0])
        sql = open_sql(head + changed[1] + tail)
        with pytest.raises(StoreBroken) as broken:
            await sql.open()
        assert words in broken.value.message("en")
        await sql.close()


@needs_server
class TestSchema:
    async def test_everything_lies_in_one_schema(self, unused):
        others = (
            "select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"  # noqa: S608
            f" where n.nspname <> '{unused}' and n.nspname !~ '^(pg_|looma_test)' order by 1, 2"
        )
        before = await run(URL, others)
        sql = open_sql(URL, prefix=unused)
        await sql.open()
        await sql.write(adding("a"))
        await sql.close()
        assert await run(URL, others) == before
        there = await run(URL, f"select count(*) as n from pg_tables where schemaname = '{unused}'")  # noqa: S608
        assert there[0]["n"] > 10

    async def test_two_in_one_database_know_nothing_of_each_other(self, server, unused):
        other = open_sql(URL, prefix=unused)
        await other.open()
        try:
            await other.write(adding("theirs"))
            await server.write(adding("ours"))
            assert (await ids(other), await ids(server)) == ({"theirs"}, {"ours"})
        finally:
            await other.close()

    async def test_several_who_open_a_new_database_at_once(self, unused):
        several = [open_sql(URL, prefix=unused) for _ in range(4)]
        await asyncio.gather(*(sql.open() for sql in several))
        await asyncio.gather(*(sql.check() for sql in several))
        for sql in several:
            await sql.close()

    async def test_an_interrupted_migration_leaves_nothing(self, unused, monkeypatch):
        sql = open_sql(URL, prefix=unused)
        with monkeypatch.context() as broken:
            broken.setattr("looma.migrations.running.command.upgrade", _half_way)
            with pytest.raises(KeyError):
                await sql.open()
        assert await run(URL, f"select 1 from pg_namespace where nspname = '{unused}'") == []  # noqa: S608
        await sql.open()
        assert await run(URL, f'select version_num from "{unused}".looma_schema') == [{"version_num": HEAD}]  # noqa: S608
        await sql.close()

    async def test_a_newer_database_is_refused_in_words(self, unused):
        await run(
            URL,
            f'create schema "{unused}"',
            f'create table "{unused}".looma_schema (version_num text)',
            f"insert into \"{unused}\".looma_schema values ('9999_later')",  # noqa: S608
        )
        sql = open_sql(URL, prefix=unused)
        with pytest.raises(StoreNewer) as newer:
            await sql.open()
        assert "9999_later" in newer.value.message("en")
        assert REVISIONS[-1] in newer.value.message("zh-CN")

    async def test_text_compares_by_code_point(self, server):
        names = ["_", "a", "B", "Z", "b", "á", "陈", "a b", "ab", "a\tb", "🧑"]
        for n, name in enumerate(names):
            await server.write(adding(f"t{n}", sort_key=name))
        found = await server.fetch_all(select(TALENTS.c.sort_key).order_by(TALENTS.c.sort_key))
        assert [row["sort_key"] for row in found] == sorted(names)
        above = select(TALENTS.c.sort_key).where(TALENTS.c.sort_key > "a b").order_by(TALENTS.c.sort_key)
        assert [row["sort_key"] for row in await server.fetch_all(above)] == sorted(n for n in names if n > "a b")

    async def test_texts_of_any_length(self, server):
        long = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(20_000))
        await server.write(adding("a", name=long, headline=long, location=long, search_key=long, note=long))
        assert (await server.fetch_one(select(TALENTS.c.headline)))["headline"] == long


@needs_server
class TestFunctions:
    async def test_the_sum_of_whole_numbers_is_one(self, server):
        await server.write(adding("a", version=3, years=1.5))
        await server.write(adding("b", version=4, years=2.0))
        asked = select(func.sum(TALENTS.c.version).label("whole"), func.sum(TALENTS.c.years).label("number"))
        row = await server.fetch_one(asked)
        assert (row, type(row["whole"]), type(row["number"])) == ({"whole": 7, "number": 3.5}, int, float)

    async def test_members_of_a_list(self, server):
        await server.write(adding("a", tags=["推荐", 'say "x"']))
        await server.write(adding("b", tags=[]))
        each = func.json_each(type_coerce(TALENTS.c.tags, TEXT)).table_valued("value")
        asked = select(TALENTS.c.id).where(exists(select(each.c.value).where(each.c.value == bindparam("tag"))))
        assert await server.fetch_all(asked, {"tag": 'say "x"'}) == [{"id": "a"}]
        assert await server.fetch_all(asked, {"tag": "say"}) == []

    async def test_an_object_without_some_of_its_members(self, server):
        await server.write(adding("a", contacts={"text": "long", "年": 1, "more": [1]}))
        less = type_coerce(func.json_remove(TALENTS.c.contacts, '$."text"', '$."年"'), JSON)
        assert await server.fetch_all(select(less.label("left"))) == [{"left": {"more": [1]}}]

    async def test_counts_of_many_sets_of_parameters(self, server):
        async def change(tx):
            for n in range(3):
                await tx.execute(insert(TALENTS), talent(f"t{n}"))
            named = update(TALENTS).where(TALENTS.c.id == bindparam("of_id"))
            changed = await tx.execute(named, [{"of_id": f"t{n}", "note": "x"} for n in range(5)])
            gone = await tx.execute(delete(TALENTS).where(TALENTS.c.id == bindparam("of_id")), [{"of_id": "t0"}] * 2)
            return changed, gone

        assert await server.write(change) == (3, 1)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (asyncpg.DiskFullError("x"), StoreFull),
        (asyncpg.TooManyConnectionsError("x"), StoreBusy),
        (asyncpg.SerializationError("x"), StoreBusy),
        (asyncpg.QueryCanceledError("x"), StoreBusy),
        (TimeoutError(), StoreBusy),
        (asyncpg.ReadOnlySQLTransactionError("x"), StoreBroken),
        (asyncpg.AdminShutdownError("x"), StoreBroken),
        (asyncpg.ConnectionDoesNotExistError("x"), StoreBroken),
        (asyncpg.InsufficientPrivilegeError("secret"), StoreBroken),
        (ConnectionResetError(), StoreBroken),
        (ssl.SSLError("secret"), StoreBroken),
        (asyncpg.PostgresSyntaxError("x"), asyncpg.PostgresSyntaxError),
        (KeyError("x"), KeyError),
    ],
)
def test_what_an_error_means(error, told):
    meant = meaning.translated(error)
    assert type(meant) is told
    if isinstance(meant, StoreBroken):
        assert meant.status == 503
        assert "secret" not in meant.message("en")


async def test_nothing_is_asked_before_it_is_open():
    sql = PostgresSql("postgresql://looma@127.0.0.1:1/looma")
    await sql.close()
    for asked in (lambda: sql.write(nothing), lambda: count(sql), sql.check, lambda: sql.read(nothing)):
        with pytest.raises(StoreBroken):
            await asked()


def _half_way(configuration, _):
    connection = configuration.attributes["connection"]
    connection.exec_driver_sql("create table half (id integer)")
    raise KeyError("on purpose")
