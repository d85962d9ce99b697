"""What is promised of claims: what is taken, in which order, how many at once, and how fast among a million others."""

import asyncio
import os
from datetime import timedelta

import pytest
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from looma.platform import context
from looma.platform.contract import Record
from looma.platform.runs import LeaseLost, RunSpec, claiming
from looma.platform.runs.processes import is_dead, worker_name
from looma.platform.stores.sql.statements import Statements

from .conftest import ask, ended, until

LEASE = timedelta(seconds=10)


def wanted(*kinds, room=8, worker="w", mine=(), **limits):
    return claiming.Wanted(worker, kinds, room, limits, LEASE, mine)


async def claim(engine, what, clock):
    async def change(tx):
        return await claiming.claim(tx, what, clock())

    return [row["args"]["n"] for row in await engine.sql.write(change)]


async def asked(engine, count, kind="work", **more):
    return await asyncio.gather(*(ask(engine, RunSpec(kind, {"n": n}, **more)) for n in range(count)))


async def test_the_oldest_of_the_highest_priority_is_first(engines, clock):
    engine = await engines()
    for n, priority in enumerate((0, 5, 0, 5)):
        await ask(engine, RunSpec("work", {"n": n}, priority=priority))
    assert await claim(engine, wanted("work", room=3), clock) == [1, 3, 0]
    assert await claim(engine, wanted("work", room=3), clock) == [2]


async def test_a_run_for_later_waits_until_then(engines, clock):
    engine = await engines()
    await ask(engine, RunSpec("work", {"n": 1}, run_at=clock() + timedelta(seconds=60)))
    assert await claim(engine, wanted("work"), clock) == []
    clock.pass_(60)
    assert await claim(engine, wanted("work"), clock) == [1]


async def test_neither_unknown_kinds_nor_a_full_queue_stand_in_the_way(engines, clock):
    engine = await engines()
    await asked(engine, 300, kind="of-the-future", priority=9)
    await asked(engine, 300, queue="narrow", priority=5)
    await asked(engine, 2)
    assert await claim(engine, wanted("work", narrow=1), clock) == [0, 0, 1]


async def test_an_expired_run_keeps_its_place_in_the_queue_until_it_is_taken_over(engines, clock):
    engine = await engines()
    (first, _) = await asked(engine, 2, queue="narrow")
    assert await claim(engine, wanted("work", narrow=1), clock) == [0]
    clock.pass_(11)
    assert await claim(engine, wanted("work", mine=(first,), narrow=1), clock) == []  # it works on still
    assert await claim(engine, wanted("work", worker="v", narrow=1), clock) == [0]
    assert (await engine.get(first)).attempt == 2


async def test_a_run_taken_too_often_is_dead_whoever_finds_it(engines, clock):
    engine = await engines()
    (run_id,) = await asked(engine, 1, max_attempts=2)
    for _ in range(2):
        assert await claim(engine, wanted("work"), clock) == [0]
        clock.pass_(11)
    assert await claim(engine, wanted("other"), clock) == []
    run = await engine.get(run_id)
    assert (run.state, run.error.code, run.error.details) == ("dead", "runs.gave_up", {"attempts": 2})


async def test_an_expired_run_of_an_unknown_kind_waits_on_and_is_reported(engines, clock):
    engine = await engines()
    (run_id,) = await asked(engine, 1, queue="narrow")
    assert await claim(engine, wanted("work", narrow=1), clock) == [0]
    clock.pass_(11)
    await asked(engine, 1, kind="other", queue="narrow")
    assert await claim(engine, wanted("other", narrow=1), clock) == [0]
    assert (await engine.get(run_id)).state == "waiting"
    assert (await engine.unknown_kinds())["work"] == 1


async def test_an_expired_run_that_was_cancelled_is_not_begun_again(engines, clock):
    engine = await engines()
    (run_id,) = await asked(engine, 1)
    assert await claim(engine, wanted("work"), clock) == [0]
    await engine.cancel(run_id)
    clock.pass_(11)
    assert await claim(engine, wanted("work"), clock) == []
    assert (await engine.get(run_id)).state == "cancelled"


@pytest.mark.parametrize("jump", [-3600, 3600])
async def test_a_clock_that_jumps_costs_no_result(engines, clock, jump):
    """What a worker with a wrong clock takes from a live one is done once all the same: by the one who has it last."""
    slow, quick = await engines(), await engines()
    gate, contexts, results = asyncio.Event(), [], []

    async def work(run, asked: dict):
        contexts.append(run)
        if len(contexts) == 1:
            await gate.wait()
        results.append(await run.step("only", lambda: asyncio.sleep(0, run.attempt)))

    for engine in (slow, quick):
        engine.handle("work", work)
    await slow.start()
    (run_id,) = await asked(slow, 1)

    async def begun():
        return contexts

    await until(begun)
    clock.pass_(jump)
    await quick.start()
    if jump < 0:
        gate.set()
    assert (await ended(quick, run_id)).state == "done"
    gate.set()
    with pytest.raises(LeaseLost):
        await contexts[0].progress(1, 1)
    assert len(results) == 1


async def test_late_writes_do_not_count_while_another_works_on_it(engines, clock):
    late, winner = await engines(poll_s=1000), await engines()
    gate, contexts, made = asyncio.Event(), [], []

    async def work(run, asked: dict):
        contexts.append(run)
        await gate.wait()
        return {"attempt": run.attempt}

    async def change(tx):
        made.append("late")
        return {"attempt": "late"}

    for engine in (late, winner):
        engine.handle("work", work)
    await late.start()
    (run_id,) = await asked(late, 1)
    await until(lambda: asyncio.sleep(0, contexts))
    clock.pass_(11)
    await winner.start()
    await until(lambda: asyncio.sleep(0, len(contexts) == 2))
    first = contexts[0]
    for write in (
        first.progress(1, 1),
        first.step("late", lambda: asyncio.sleep(0)),
        first.write(change),
        first.finish(change),
    ):
        with pytest.raises(LeaseLost):
            await write
    assert made == []
    gate.set()
    run = await ended(winner, run_id)
    assert (run.state, run.result, run.progress.done) == ("done", {"attempt": 2}, 0)


async def test_a_run_acts_in_the_context_of_the_one_who_asked(engines):
    engine, seen = await engines(), []

    class Nothing(Record):
        pass

    async def work(run, asked: Nothing):
        seen.append(context.current())

    engine.handle("work", work)
    await engine.start()
    who = context.Caller("org", "zhang", frozenset({"viewer"}), frozenset({"jobs:read"}), kind="agent")
    with context.acting(who, request_id="r-1", language="zh-CN", deadline=5.0, idempotency_key="k", if_match=3):
        await ended(engine, await ask(engine, RunSpec("work", Nothing())))
    assert seen == [context.Context(caller=who, request_id="r-1", language="zh-CN")]


def test_a_worker_is_dead_when_its_process_is_or_its_number_is_another_s():
    name = worker_name("own")
    machine, pid, began, own = name.rsplit("/", 3)
    assert not is_dead(name)
    assert is_dead(f"{machine}/{pid}/{began}0/{own}")
    assert is_dead(f"{machine}/{2**22 + 1}/{began}/{own}")
    assert not is_dead(f"elsewhere/{2**22 + 1}/{began}/{own}")
    for odd in ("", "x", "a/b/c/d", f"{machine}/x/y/z"):
        assert not is_dead(odd)
    child = os.posix_spawn("/bin/true", ["true"], {})
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)  # ended, and not yet buried
    assert is_dead(f"{machine}/{child}/{began}/{own}")
    os.waitpid(child, 0)


@pytest.mark.parametrize("statement", [*claiming.WATCHED, claiming._TAKE_NEXT])
async def test_runs_that_have_ended_are_never_looked_at(engines, clock, statement):
    engine = await engines()
    given = {"now": clock(), "until": clock(), "by": "w", "of_worker": "w", "kinds": ["a", "b"], "full": ["q"]}
    prepared = Statements(SQLiteDialect_pysqlite()).prepare(statement, given)
    plan = await engine.sql.read(_explain(*prepared.bind(given)))
    looks = [step for step in plan if "runs" in step]
    assert looks
    for step in looks:
        assert "INDEX ix_runs_waiting" in step or "INDEX ix_runs_running" in step or "INDEX sqlite_autoindex" in step


def _explain(sql, values):
    async def look(tx):
        return [row[3] for row in tx._connection.execute(f"explain query plan {sql}", values)]

    return look
