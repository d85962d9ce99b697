"""What every SQL driver promises."""

import asyncio

import pytest
from sqlalchemy import bindparam, func, insert, select, text, update

from looma.platform import context
from looma.platform.context import Caller
from looma.platform.stores.errors import Duplicate, Inconsistent, StoreBroken
from looma.platform.stores.outbox import OUTBOX
from looma.platform.stores.sql.records import RESUMES, TALENTS

from .changes import ENTRY, INTO_OUTBOX, adding, count, ids, nothing, talent


class TestWriting:
    async def test_gives_the_value_and_is_read_after_the_answer(self, sql):
        assert await sql.write(adding("a")) == "a"
        assert await ids(sql) == {"a"}

    async def test_a_change_sees_what_it_wrote(self, sql):
        async def change(tx):
            await tx.execute(insert(TALENTS), [talent("a"), talent("b")])
            return await count(tx)

        assert await sql.write(change) == 2

    async def test_returning_gives_the_row(self, sql):
        async def change(tx):
            one = await tx.fetch_one(INTO_OUTBOX.returning(OUTBOX.c.seq, OUTBOX.c.at), ENTRY)
            two = await tx.fetch_one(INTO_OUTBOX.returning(OUTBOX.c.seq), ENTRY)
            return one, two

        one, two = await sql.write(change)
        assert one["at"] == ENTRY["at"]
        assert two["seq"] > one["seq"]

    async def test_counts_the_rows_that_it_touched(self, sql):
        async def change(tx):
            added = await tx.execute(insert(TALENTS), [talent("a"), talent("b"), talent("c")])
            none = await tx.execute(insert(TALENTS), [])
            changed = await tx.execute(update(TALENTS).where(TALENTS.c.id > "a").values(name="李雷"))
            returned = await tx.execute(update(TALENTS).values(note="x").returning(TALENTS.c.id))
            return added, none, changed, returned

        assert await sql.write(change) == (3, 0, 2, 3)

    async def test_sets_of_parameters_name_the_same_values(self, sql):
        async def change(tx):
            short = talent("b")
            del short["note"]
            await tx.execute(insert(TALENTS), [talent("a"), short])

        with pytest.raises(TypeError):
            await sql.write(change)
        assert await ids(sql) == set()

    async def test_a_failing_change_is_rolled_back_alone(self, sql):
        async def failing(tx):
            await adding("broken")(tx)
            raise KeyError("on purpose")

        asked = [sql.write(failing if n % 3 == 1 else adding(f"t{n}")) for n in range(30)]
        answers = await asyncio.gather(*asked, return_exceptions=True)
        assert [isinstance(answer, KeyError) for answer in answers] == [n % 3 == 1 for n in range(30)]
        assert await ids(sql) == {f"t{n}" for n in range(30) if n % 3 != 1}

    async def test_an_exception_outside_of_exception_is_given_to_the_caller_alone(self, sql):
        class Ended(BaseException):
            pass

        async def failing(tx):
            await adding("broken")(tx)
            raise Ended

        with pytest.raises(Ended):
            await sql.write(failing)
        await sql.write(adding("a"))
        assert await ids(sql) == {"a"}

    async def test_a_change_that_awaits_anything_else_is_refused(self, sql):
        async def sleeping(tx):
            await adding("asleep")(tx)
            await asyncio.sleep(0)

        async def waiting(tx):
            await adding("waits")(tx)
            await asyncio.get_running_loop().create_future()

        async def stubborn(tx):
            await adding("stubborn")(tx)
            try:
                await asyncio.sleep(0)
            finally:
                await asyncio.sleep(0)

        for change in (sleeping, waiting, stubborn):
            with pytest.raises(RuntimeError):
                await sql.write(change)
        assert await ids(sql) == set()

    async def test_what_is_no_change_is_refused(self, sql):
        with pytest.raises((TypeError, AttributeError)):
            await sql.write(lambda tx: None)
        await sql.write(adding("a"))

    async def test_a_statement_that_failed_ends_the_change_whatever_it_does(self, sql):
        async def swallowing(tx):
            await adding("a")(tx)
            try:
                await adding("a")(tx)
            except Duplicate:
                return "went on"

        async def going_on(tx):
            try:
                await swallowing(tx)
            finally:
                await adding("b")(tx)

        with pytest.raises(Duplicate):
            await sql.write(swallowing)
        with pytest.raises(RuntimeError):
            await sql.write(going_on)
        assert await ids(sql) == set()

    async def test_a_taken_key_and_a_missing_value_are_told_apart(self, sql):
        await sql.write(adding("a"))
        with pytest.raises(Duplicate) as taken:
            await sql.write(adding("a"))
        assert "talents.id" in taken.value.details["what"]
        with pytest.raises(Inconsistent):
            await sql.write(adding("b", status=None))
        assert await ids(sql) == {"a"}

    async def test_a_transaction_cannot_be_kept(self, sql):
        kept = []

        async def keeping(tx):
            kept.append(tx)

        await sql.write(keeping)
        with pytest.raises(RuntimeError):
            await kept[0].execute(insert(TALENTS), talent("late"))
        assert await ids(sql) == set()

    async def test_a_change_runs_in_the_context_of_its_caller(self, sql):
        async def change(tx):
            return context.caller().org

        with context.acting(Caller(org="acme", user="u")):
            assert await sql.write(change) == "acme"
            assert await sql.read(change) == "acme"

    async def test_a_cancelled_caller_has_asked_all_the_same(self, sql, gate):
        async def slow(tx):
            await gate.hold(tx)
            await adding("a")(tx)

        task = asyncio.create_task(sql.write(slow))
        await gate.begun()
        behind = asyncio.create_task(sql.write(adding("b")))
        await asyncio.sleep(0)
        task.cancel()
        behind.cancel()
        await gate.go()
        assert all(
            isinstance(e, asyncio.CancelledError) for e in await asyncio.gather(task, behind, return_exceptions=True)
        )
        await sql.write(nothing)
        seen = [await ids(sql) for _ in range(100)]  # a server may take its time: nobody waits for these changes
        assert seen[-1] == {"a", "b"}


class TestReading:
    async def test_readers_see_committed_changes_only(self, sql, gate):
        async def slow(tx):
            await adding("a")(tx)
            await gate.hold(tx)

        task = asyncio.create_task(sql.write(slow))
        await gate.begun()
        seen = [await count(sql) for _ in range(5)]
        await gate.go()
        await task
        assert seen == [0] * 5
        assert await count(sql) == 1

    async def test_a_read_is_one_moment(self, sql, gate):
        async def look(tx):
            before = await count(tx)
            await gate.hold(tx)
            return before, await count(tx)

        task = asyncio.create_task(sql.read(look))
        await gate.begun()
        await sql.write(adding("a"))
        await gate.go()
        assert await task == (0, 0)
        assert await count(sql) == 1

    async def test_a_read_cannot_write(self, sql):
        with pytest.raises(RuntimeError):
            await sql.read(adding("a"))
        with pytest.raises(RuntimeError):
            await sql.fetch_all(insert(TALENTS).returning(TALENTS.c.id), talent("a"))
        assert await ids(sql) == set()

    async def test_a_read_that_waits_for_something_else_is_refused(self, sql):
        async def look(tx):
            await asyncio.sleep(0)

        with pytest.raises(RuntimeError):
            await sql.read(look)
        assert await count(sql) == 0

    async def test_a_long_read_does_not_hold_up_the_others(self, sql, gate):
        async def long(tx):
            await gate.hold(tx)
            return True

        task = asyncio.create_task(sql.read(long))
        await gate.begun()
        assert await asyncio.gather(*(count(sql) for _ in range(20))) == [0] * 20
        await gate.go()
        assert await task is True

    async def test_rows_are_dictionaries_by_name(self, sql):
        await sql.write(adding("a"))
        assert await sql.fetch_one(select(TALENTS)) == talent("a")
        assert await sql.fetch_one(select(TALENTS).where(TALENTS.c.id == "no")) is None
        assert await sql.fetch_all(select(TALENTS).where(TALENTS.c.id == "no")) == []
        assert await sql.fetch_all(text("select id, version as v from talents")) == [{"id": "a", "v": 1}]
        both = select(TALENTS.c.id, RESUMES.c.id).select_from(
            TALENTS.outerjoin(RESUMES, RESUMES.c.talent_id == TALENTS.c.id)
        )
        assert list((await sql.fetch_one(both)).values()) == ["a", None]

    async def test_the_same_statement_takes_other_values(self, sql):
        await asyncio.gather(*(sql.write(adding(f"t{n}", version=n)) for n in range(20)))
        kept = select(TALENTS.c.version).where(TALENTS.c.id == bindparam("id"))
        for n in range(20):
            built = select(TALENTS.c.version).where(TALENTS.c.id == f"t{n}", TALENTS.c.status == "active")
            assert await sql.fetch_one(built) == {"version": n}
            assert await sql.fetch_one(kept, {"id": f"t{n}"}) == {"version": n}
            page = select(TALENTS.c.version).order_by(TALENTS.c.version).offset(n).limit(2)
            assert [r["version"] for r in await sql.fetch_all(page)] == [n, n + 1][: 20 - n]

    @pytest.mark.parametrize("wanted", [[], ["t1"], ["t1", "t3"], ["t3", "x", "t1", "t0"]])
    async def test_lists_of_values(self, sql, wanted):
        await asyncio.gather(*(sql.write(adding(f"t{n}")) for n in range(5)))
        there = {f"t{n}" for n in range(5)} & set(wanted)
        built = select(TALENTS.c.id).where(TALENTS.c.status == "active", TALENTS.c.id.in_(wanted))
        kept = select(TALENTS.c.id).where(TALENTS.c.id.in_(bindparam("ids", expanding=True)))
        assert {r["id"] for r in await sql.fetch_all(built)} == there
        assert {r["id"] for r in await sql.fetch_all(kept, {"ids": wanted})} == there

    async def test_a_missing_value_is_an_error(self, sql):
        with pytest.raises(TypeError):
            await sql.fetch_all(select(TALENTS).where(TALENTS.c.id == bindparam("id")))

    async def test_many_readers_and_writers_at_once(self, sql):
        async def act(n: int) -> int:
            await sql.write(adding(f"t{n}"))
            return (await sql.fetch_one(select(func.count().label("n")).where(TALENTS.c.id == f"t{n}")))["n"]

        assert await asyncio.gather(*(act(n) for n in range(200))) == [1] * 200


class TestOpeningAndClosing:
    async def test_closing_finishes_what_was_accepted(self, sql):
        writes = [asyncio.create_task(sql.write(adding(f"t{n}"))) for n in range(50)]
        reads = [asyncio.create_task(count(sql)) for _ in range(50)]
        await asyncio.sleep(0)
        await sql.close()
        assert await asyncio.gather(*writes) == [f"t{n}" for n in range(50)]
        assert all(0 <= n <= 50 for n in await asyncio.gather(*reads))

    async def test_nothing_is_asked_of_a_closed_database(self, sql):
        await sql.check()
        await sql.close()
        await sql.close()
        for asked in (lambda: sql.write(nothing), lambda: count(sql), sql.check, lambda: sql.read(nothing)):
            with pytest.raises(StoreBroken) as closed:
                await asked()
            assert closed.value.status == 503

    async def test_opening_twice_is_opening_once(self, sql):
        await sql.write(adding("a"))
        await asyncio.gather(sql.open(), sql.open())
        assert await ids(sql) == {"a"}

    async def test_it_can_be_opened_again(self, sql):
        await sql.close()
        await asyncio.gather(sql.open(), sql.open())
        await sql.write(adding("a"))
        assert await ids(sql) == {"a"}
