"""What is promised when the finished steps of a run are revised from outside."""

import asyncio
from datetime import timedelta

import pytest

from looma.platform import context
from looma.platform.contract import Notice
from looma.platform.errors import Conflict, Invalid
from looma.platform.runs import Revision, RunNotFound, RunProgress, RunQuery, RunSpec

from .conftest import ask, ended, until

STRANGER = context.Caller("another", "eve", roles=frozenset({"owner"}))


class More(Exception):
    """There is a step to do before the end."""


class Letters:
    """A run of one step a letter; it ends once none is missing."""

    def __init__(self):
        self.done, self.refuse, self.gates, self.entered = [], None, {}, asyncio.Event()

    async def run(self, run, asked: dict):
        async def last(tx):
            if set(asked["letters"]) - set(await run.steps(tx)):
                raise More
            return {"letters": asked["letters"]}

        while not run.finished:
            missing = [one for one in asked["letters"] if one not in await run.steps()]
            for letter in missing[:1]:
                await run.step(letter, lambda letter=letter: self._do(letter))
                await run.progress(len(asked["letters"]) - len(missing) + 1, len(asked["letters"]))
            if not missing:
                try:
                    await run.finish(last)
                except More:
                    continue

    async def _do(self, letter):
        self.done.append(letter)
        self.entered.set()
        if letter in self.gates:
            await self.gates[letter].wait()
        if self.refuse == letter:
            raise Invalid
        return letter


@pytest.fixture
def letters():
    return Letters()


@pytest.fixture
async def engine(engines, letters):
    made = await engines()
    made.handle("letters", letters.run)
    await made.start()
    return made


def forgetting(*names, **more):
    return lambda run, steps: Revision(forget=names, again=True, **more)


async def done(engine, run_id):
    return (await engine.steps([run_id]))[run_id]


async def events(engine, run_id, after=0):
    return [event async for event in engine.watch(run_id, after)]


async def test_a_run_that_is_done_does_what_was_forgotten_and_nothing_else(engine, letters):
    run_id = await ask(engine, RunSpec("letters", {"letters": "abc"}))
    assert (await ended(engine, run_id)).result == {"letters": "abc"}
    seen = await events(engine, run_id)
    letters.gates["b"] = asyncio.Event()
    told = RunProgress(2, 3, Notice(code="runs.not_found"))
    run = await engine.revise(run_id, forgetting("b", progress=told))
    assert (run.state, run.result, run.finished_at) in [("waiting", None, None), ("running", None, None)]
    assert (run.progress.done, run.progress.note) == (2, "There is no such run.")
    following = asyncio.create_task(events(engine, run_id, seen[-1].seq))
    letters.gates["b"].set()
    run = await ended(engine, run_id)
    assert (run.state, run.result, run.attempt) == ("done", {"letters": "abc"}, 1)
    assert letters.done == ["a", "b", "c", "b"]
    more = await following
    assert [event.state for event in more] == ["waiting", "running", "running", "done"]
    assert [event.progress.done for event in more] == [2, 2, 3, 3]
    everything = await events(engine, run_id)
    assert everything == seen + more
    assert [event.seq for event in everything] == list(range(1, len(everything) + 1))


async def test_so_does_one_that_is_dead(engine, letters):
    letters.refuse = "b"
    run_id = await ask(engine, RunSpec("letters", {"letters": "abc"}))
    assert (await ended(engine, run_id)).state == "dead"
    letters.refuse = None
    await engine.revise(run_id, forgetting())
    run = await ended(engine, run_id)
    assert (run.state, run.error) == ("done", None)
    assert letters.done == ["a", "b", "b", "c"]


async def test_what_is_remembered_before_the_first_attempt_is_not_done(engine, letters, clock):
    run_id = await ask(engine, RunSpec("letters", {"letters": "abc"}, run_at=clock.now.replace(year=2030)))
    assert (await engine.cancel(run_id)).state == "cancelled"
    await engine.revise(run_id, lambda run, steps: Revision(remember={"a": "A", "c": None}, again=True))
    assert (await ended(engine, run_id)).state == "done"
    assert letters.done == ["b"]
    assert await engine.steps([run_id]) == {run_id: {"a": "A", "b": "b", "c": None}}


async def test_nor_by_a_handler_that_never_looks(engines, clock):
    engine, done = await engines(), []

    async def plain(run, asked: dict):
        async def do():
            done.append("a")

        return {"a": await run.step("a", do)}

    engine.handle("plain", plain)
    run_id = await ask(engine, RunSpec("plain", {}))
    await engine.cancel(run_id)
    await engine.revise(run_id, lambda run, steps: Revision(remember={"a": "A"}, again=True))
    await engine.start()
    assert (await ended(engine, run_id)).result == {"a": "A"}
    assert done == []


async def test_one_under_way_comes_back_to_what_was_forgotten(engine, letters):
    letters.gates["c"] = asyncio.Event()
    run_id = await ask(engine, RunSpec("letters", {"letters": "abc"}))
    while letters.done != ["a", "b", "c"]:
        letters.entered.clear()
        await letters.entered.wait()
    run = await engine.revise(run_id, forgetting("a"))
    assert run.state == "running"
    letters.gates["c"].set()
    run = await ended(engine, run_id)
    assert (run.state, run.attempt) == ("done", 1)
    assert letters.done == ["a", "b", "c", "a"]
    assert [event.state for event in await events(engine, run_id) if event.final] == ["done"]


async def test_forgetting_and_ending_at_once_forgets_nothing_for_good(engine, letters):
    for _ in range(20):
        letters.done.clear()
        letters.entered.clear()
        run_id = await ask(engine, RunSpec("letters", {"letters": "a"}))
        await letters.entered.wait()
        await until(lambda run_id=run_id: done(engine, run_id))
        await engine.revise(run_id, forgetting("a"))
        assert (await ended(engine, run_id)).state == "done"
        assert letters.done == ["a", "a"]


async def test_what_is_only_remembered_leaves_the_run_as_it_is(engine, letters):
    run_id = await ask(engine, RunSpec("letters", {"letters": "a"}))
    before, seen = await ended(engine, run_id), await events(engine, run_id)
    for value in (1, 2):
        run = await engine.revise(run_id, lambda run, steps, value=value: Revision(remember={"seen": value}))
        assert (run.state, run.result, run.finished_at) == ("done", before.result, before.finished_at)
    assert await engine.steps([run_id]) == {run_id: {"a": "a", "seen": 2}}
    assert await events(engine, run_id) == seen


async def test_of_steps_no_more_is_read_than_is_asked_for(engine, letters):
    run_id = await ask(engine, RunSpec("letters", {"letters": "a"}))
    await ended(engine, run_id)
    told = {"b": {"long": ["x"] * 9, "n": 1, "in": {"long": 2}}, "c": ["long"], "d": None, "e": True, "f": {"long": 1}}
    await engine.revise(run_id, lambda run, steps: Revision(remember=told))
    assert await engine.steps([run_id]) == {run_id: {"a": "a", **told}}
    short = {"a": "a", "b": {"n": 1, "in": {"long": 2}}, "c": ["long"], "d": None, "e": True, "f": {}}
    assert await engine.steps([run_id], without={"long", "none"}) == {run_id: short}


async def test_who_refuses_changes_nothing(engine, letters):
    run_id = await ask(engine, RunSpec("letters", {"letters": "a"}))
    run = await ended(engine, run_id)

    def refuse(shown, steps):
        assert (shown, steps) == (run, {"a": "a"})
        raise Conflict

    with pytest.raises(Conflict):
        await engine.revise(run_id, refuse)
    assert await engine.get(run_id) == run


async def test_another_organisation_revises_nothing(engine, letters):
    run_id = await ask(engine, RunSpec("letters", {"letters": "a"}))
    await ended(engine, run_id)
    with context.acting(STRANGER):
        with pytest.raises(RunNotFound):
            await engine.revise(run_id, forgetting("a"))
        assert await engine.steps([run_id]) == {run_id: {}}
    assert (await engine.get(run_id)).state == "done"
    assert letters.done == ["a"]


async def test_whoever_goes_through_old_runs_comes_to_each_of_them_once(engine, letters, clock):
    def old(before):
        return engine.ended("letters", before=before, without="gone-through", most=2)

    ids = [await ask(engine, RunSpec("letters", {"letters": "a"})) for _ in range(5)]
    for run_id in ids:
        await ended(engine, run_id)
    clock.pass_(100)
    now = clock.now
    assert await old(now - timedelta(seconds=200)) == []
    found = []
    while some := await old(now):
        assert len(some) <= 2
        for run in some:
            found.append(run.id)
            await engine.revise(run.id, lambda run, steps: Revision(remember={"gone-through": True}))
    assert found == ids
    late = await ask(engine, RunSpec("letters", {"letters": "a"}, run_at=clock.now.replace(year=2030)))
    last = await ask(engine, RunSpec("letters", {"letters": "a"}))
    await ended(engine, last)
    clock.pass_(100)
    assert await old(clock.now) == []  # behind one that has not ended
    await engine.cancel(late)
    clock.pass_(100)
    assert [run.id for run in await old(clock.now)] == [late, last]
    with context.acting(STRANGER):
        assert await old(clock.now) == []
    assert len((await engine.find(RunQuery())).items) == 7
