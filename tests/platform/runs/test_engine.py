"""What is promised of runs within one process: once or never, steps, retries, cancelling, watching."""

import asyncio
from contextlib import suppress

import pytest

from looma.platform import context
from looma.platform.contract import Notice, Record
from looma.platform.errors import Invalid, Unavailable
from looma.platform.runs import LeaseLost, NotRetryable, Retry, RunNotFound, RunQuery, RunSpec
from looma.platform.stores.errors import StoreBusy

from .conftest import OWNER, ask, ended, failed_once, until

STRANGER = context.Caller("another", "eve", roles=frozenset({"owner"}))


class Greeting(Record):
    name: str


class Handlers:
    """Handlers that tell the test what they did."""

    def __init__(self):
        self.done, self.gate, self.entered = [], asyncio.Event(), asyncio.Event()
        self.fail_with, self.failures = None, 0

    async def greet(self, run, asked: Greeting):
        self.done.append((asked.name, context.caller()))
        return {"hello": asked.name}

    async def steps(self, run, asked: dict):
        first = await run.step("first", lambda: self._did("first"))
        await run.progress(1, 2, Notice(code="runs.not_found"))
        if self.failures:
            self.failures -= 1
            raise self.fail_with
        second = await run.step("second", lambda: self._did("second"))
        return {"steps": [first, second]}

    async def _did(self, name):
        self.done.append(name)
        return [name]

    async def wait(self, run, asked: dict):
        self.entered.set()
        await self.gate.wait()
        await run.progress(1, 1)
        return {}


@pytest.fixture
def handlers():
    return Handlers()


@pytest.fixture
async def engine(engines, handlers):
    made = await engines()
    made.handle("greet", handlers.greet)
    made.handle("steps", handlers.steps, Retry(delays_s=(10, 100)))
    made.handle("wait", handlers.wait)
    await made.start()
    return made


async def test_a_run_is_done_as_its_caller_and_gives_a_result(engine, handlers):
    run = await ended(engine, await ask(engine, RunSpec("greet", Greeting(name="陈示例"))))
    assert (run.state, run.result, run.attempt) == ("done", {"hello": "陈示例"}, 1)
    assert handlers.done == [("陈示例", OWNER)]
    assert run.finished_at is not None


async def test_a_change_that_fails_leaves_no_run(engine):
    async def change(tx):
        await engine.enqueue(tx, RunSpec("greet", Greeting(name="x")))
        raise KeyError

    with pytest.raises(KeyError):
        await engine.sql.write(change)
    assert (await engine.find(RunQuery())).items == []


async def test_a_known_key_gives_the_first_run(engine):
    first = await ask(engine, RunSpec("greet", Greeting(name="a"), key="k"))
    assert await ask(engine, RunSpec("greet", Greeting(name="b"), key="k")) == first
    assert await ask(engine, RunSpec("steps", {}, key="k")) != first
    with context.acting(STRANGER):
        assert await ask(engine, RunSpec("greet", Greeting(name="a"), key="k")) != first


async def test_a_finished_step_is_not_done_again(engine, handlers, clock):
    handlers.fail_with, handlers.failures = Unavailable(what="peer"), 1
    run_id = await ask(engine, RunSpec("steps", {}))
    run = await failed_once(engine, run_id)
    assert (run.state, run.error.code, run.attempt) == ("waiting", "request.unavailable", 1)
    clock.pass_(11)
    run = await ended(engine, run_id)
    assert run.result == {"steps": [["first"], ["second"]]}
    assert handlers.done == ["first", "second"]
    assert (run.attempt, run.error) == (2, None)


async def test_waiting_grows_and_ends_in_a_dead_run_that_can_be_asked_for_again(engine, handlers, clock):
    handlers.fail_with, handlers.failures = RuntimeError("secret of the handler"), 3
    run_id, waits = await ask(engine, RunSpec("steps", {}, max_attempts=3)), []
    for attempt in (1, 2):
        await failed_once(engine, run_id, attempt)
        row = await engine.sql.fetch_one(_run_at(run_id))
        waits.append(round((row["run_at"] - clock.now).total_seconds()))
        clock.pass_(1000)
    run = await ended(engine, run_id)
    assert waits == [10, 100]
    assert (run.state, run.error.code, run.attempt) == ("dead", "internal", 3)
    assert "secret" not in str(run)
    assert [one.id for one in (await engine.find(RunQuery(state="dead"))).items] == [run_id]
    assert (await engine.retry(run_id)).state in ("waiting", "running", "done")
    assert (await ended(engine, run_id)).state == "done"
    assert handlers.done == ["first", "second"]
    with pytest.raises(NotRetryable):
        await engine.retry(run_id)


def _run_at(run_id):
    from sqlalchemy import select

    from looma.platform.runs.tables import RUNS

    return select(RUNS.c.run_at).where(RUNS.c.id == run_id)


@pytest.mark.parametrize(("error", "state"), [(Invalid(), "dead"), (StoreBusy(what="x"), "waiting")])
async def test_a_refusal_is_final_and_an_outage_is_not(engine, handlers, error, state):
    handlers.fail_with, handlers.failures = error, 1
    run_id = await ask(engine, RunSpec("steps", {}))
    run = await failed_once(engine, run_id)
    assert (run.state, run.error.code) == (state, error.code)


async def test_a_run_that_takes_too_long_is_ended(engine):
    run = await ended(engine, await ask(engine, RunSpec("wait", {}, timeout_s=0.01, max_attempts=1)))
    assert (run.state, run.error.code) == ("dead", "request.timed_out")


async def test_cancelling(engine, handlers, clock):
    later = await ask(engine, RunSpec("greet", Greeting(name="x"), run_at=clock.now.replace(year=2030)))
    assert (await engine.cancel(later)).state == "cancelled"
    running = await ask(engine, RunSpec("wait", {}))
    await handlers.entered.wait()
    assert (await engine.cancel(running)).state == "cancelled"
    done = await ended(engine, await ask(engine, RunSpec("greet", Greeting(name="x"))))
    assert (await engine.cancel(done.id)).state == "done"
    handlers.gate.set()
    await engine.retry(running)
    assert (await ended(engine, running)).state == "done"


async def test_cancelling_and_finishing_at_once_ends_in_one_of_them(engine, handlers):
    for _ in range(20):
        handlers.entered.clear()
        run_id = await ask(engine, RunSpec("wait", {}))
        await handlers.entered.wait()
        handlers.gate.set()
        await engine.cancel(run_id)
        run = await ended(engine, run_id)
        assert run.state in ("done", "cancelled")
        finals = [event.state async for event in engine.watch(run_id) if event.final]
        assert finals == [run.state]
        handlers.gate.clear()


async def test_the_last_write_of_one_who_was_cancelled_does_not_count(engines):
    engine, contexts, begun = await engines(), [], asyncio.Event()

    async def keep(run, asked: dict):
        contexts.append(run)
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            with pytest.raises(LeaseLost):
                await run.step("late", lambda: asyncio.sleep(0))
            contexts.append("refused")

    engine.handle("keep", keep)
    await engine.start()
    run_id = await ask(engine, RunSpec("keep", {}))
    await begun.wait()
    assert (await engine.cancel(run_id)).state == "cancelled"
    assert contexts[1:] == ["refused"]
    for write in (contexts[0].progress(1, 1), contexts[0].finish(None), contexts[0].write(None)):
        with pytest.raises(LeaseLost):
            await write


async def test_a_last_change_and_the_end_are_one(engines):
    engine = await engines()

    async def finishing(run, asked: dict):
        async def change(tx):
            return {"changed": True}

        await run.finish(change)

    engine.handle("finishing", finishing)
    await engine.start()
    run = await ended(engine, await ask(engine, RunSpec("finishing", {})))
    assert (run.state, run.result) == ("done", {"changed": True})


async def test_events_come_from_any_number_and_for_everybody(engine, handlers):
    run_id = await ask(engine, RunSpec("steps", {}))
    first, second = await asyncio.gather(*(collect(engine, run_id) for _ in range(2)))
    assert first == second
    assert [event.seq for event in first] == list(range(1, len(first) + 1))
    assert [event.state for event in first] == ["waiting", "running", "running", "done"]
    assert (first[2].progress.done, first[2].progress.total) == (1, 2)
    assert first[2].progress.note == "There is no such run."
    for after in range(len(first) + 1):
        assert await collect(engine, run_id, after) == first[after:]


async def collect(engine, run_id, after=0):
    return [event async for event in engine.watch(run_id, after)]


async def test_another_engine_sees_the_events(engine, engines, handlers):
    other = await engines()
    run_id = await ask(engine, RunSpec("wait", {}))
    watching = asyncio.create_task(collect(other, run_id))
    await handlers.entered.wait()
    handlers.gate.set()
    assert [event.state for event in await watching][-1] == "done"


async def test_another_organisation_sees_nothing(engine):
    run_id = await ask(engine, RunSpec("greet", Greeting(name="x")))
    with context.acting(STRANGER):
        assert (await engine.find(RunQuery())).items == []
        for look in (engine.get, engine.cancel, engine.retry, lambda one: anext(engine.watch(one))):
            with pytest.raises(RunNotFound):
                await look(run_id)


async def test_pages(engine):
    ids = [await ask(engine, RunSpec("greet", Greeting(name=str(n)))) for n in range(5)]
    page = await engine.find(RunQuery(limit=2))
    rest = await engine.find(RunQuery(limit=10, cursor=page.next_cursor))
    assert [run.id for run in (*page.items, *rest.items)] == ids[::-1]
    assert rest.next_cursor is None


async def test_limits_of_a_queue_and_priorities(engines):
    engine, most, now, order = await engines(queues={"narrow": 2}), 0, 0, []

    async def work(run, asked: dict):
        nonlocal most, now
        order.append(asked["n"])
        now += 1
        most = max(most, now)
        await run.progress(1, 1)
        now -= 1

    engine.handle("work", work)
    ids = [await ask(engine, RunSpec("work", {"n": n}, queue="narrow", priority=n)) for n in range(12)]
    await engine.start()
    for run_id in ids:
        assert (await ended(engine, run_id)).state == "done"
    assert most <= 2
    assert order[0] == 11
    assert sorted(order) == list(range(12))


async def test_a_kind_that_nobody_knows_stays_waiting(engines):
    engine = await engines()
    engine.handle("known", lambda run, asked: asyncio.sleep(0))
    await engine.start()
    run_id = await ask(engine, RunSpec("of-the-future", {}))
    assert (await ended(engine, await ask(engine, RunSpec("known", {})))).state == "done"
    assert (await engine.get(run_id)).state == "waiting"
    assert await engine.unknown_kinds() == {"of-the-future": 1}


async def test_stopping_hands_work_back(engine, engines, handlers):
    run_id = await ask(engine, RunSpec("wait", {}))
    await handlers.entered.wait()
    await engine.stop()
    run = await engine.get(run_id)
    assert (run.state, run.attempt, run.error) == ("waiting", 0, None)
    handlers.gate.set()
    other = await engines()
    other.handle("wait", handlers.wait)
    await other.start()
    assert (await ended(other, run_id)).attempt == 1


async def test_heavy_work_is_killed_when_it_is_cancelled(engines):
    engine, started = await engines(), asyncio.Event()

    async def heavy(run, asked: dict):
        started.set()
        await run.heavy(_sleep, 60)

    engine.handle("heavy", heavy)
    await engine.start()
    run_id = await ask(engine, RunSpec("heavy", {}))
    await started.wait()

    async def pids_of():
        return engine._workers.pids

    pids = await until(pids_of)
    assert (await engine.cancel(run_id)).state == "cancelled"
    assert not pids & engine._workers.pids


def _sleep(seconds):
    import time

    time.sleep(seconds)


async def test_what_is_asked_is_done_without_waiting_for_a_poll(engines):
    engine = await engines(poll_s=1000)

    async def work(run, asked: dict):
        await run.progress(1, 1)

    engine.handle("work", work)
    await engine.start()
    for _ in range(3):
        assert (await ended(engine, await ask(engine, RunSpec("work", {})))).state == "done"


@pytest.mark.parametrize("turns", range(0, 30, 3))
async def test_stopping_at_any_moment_strands_nothing(engine, engines, handlers, turns):
    """Also what is being claimed just then, and what its task has not begun with yet."""
    run_id = await ask(engine, RunSpec("wait", {}))
    for _ in range(turns):
        await asyncio.sleep(0)
    await engine.stop()
    run = await engine.get(run_id)
    assert (run.state, run.attempt) == ("waiting", 0)


async def test_a_handler_that_does_not_let_go_keeps_nobody(engines, monkeypatch):
    monkeypatch.setattr("looma.platform.runs.engine.LET_GO_S", 0.01)
    engine, begun, gate = await engines(), asyncio.Event(), asyncio.Event()

    async def stubborn(run, asked: dict):
        begun.set()
        while not gate.is_set():
            with suppress(asyncio.CancelledError):
                await gate.wait()

    engine.handle("stubborn", stubborn)
    await engine.start()
    run_id = await ask(engine, RunSpec("stubborn", {}))
    await begun.wait()
    await engine.stop()
    assert (await engine.get(run_id)).state == "waiting"
    tasks = list(engine._tasks.values())
    gate.set()
    await asyncio.gather(*tasks)
    assert (await engine.get(run_id)).state == "waiting"


async def test_a_handler_that_awaits_what_was_cancelled_has_failed(engine, handlers, clock):
    handlers.fail_with, handlers.failures = asyncio.CancelledError(), 1
    run = await failed_once(engine, await ask(engine, RunSpec("steps", {})))
    assert (run.state, run.attempt, run.error.code) == ("waiting", 1, "internal")


async def test_who_cancels_sees_it_however_often_it_is_cancelled(engine, handlers):
    for _ in range(10):
        handlers.entered.clear()
        run_id = await ask(engine, RunSpec("wait", {}))
        await handlers.entered.wait()
        first, second = await asyncio.gather(engine.cancel(run_id), engine.cancel(run_id))
        assert (first.state, second.state) == ("cancelled", "cancelled")
