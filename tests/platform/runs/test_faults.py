"""What is promised of runs when processes die, stop and work side by side: real processes over one database file."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select

from looma.platform.clock import utc_now
from looma.platform.runs import Revision, RunQuery, RunSpec
from looma.platform.runs.tables import RUNS, STEPS

from .conftest import ask, ended, until
from .working_child import Handlers, Journal

ROOT = Path(__file__).parents[3]
CHANGES = ("Runs._take", "RunContext.step", "RunContext.finish")
POINTS = [f"{change}:{moment}" for change in CHANGES for moment in ("before", "in", "after")] + ["inside:second"]


class Children:
    """Worker processes of one test."""

    def __init__(self, nursery, url, journal):
        self._nursery, self._orders = nursery, count()
        self._given = {"url": url, "journal": str(journal)}
        self._told = {}

    async def open(self):
        stdout, lines = os.fdopen(os.dup(self._nursery.stdout.fileno()), "rb"), asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        self._pipe, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), stdout)
        self._reading = asyncio.create_task(self._read(lines))

    async def start(self, what="work", **order):
        """The number of a process that works."""
        number = next(self._orders)
        self._told[number] = {name: asyncio.get_running_loop().create_future() for name in ("pid", "status")}
        line = json.dumps(self._given | order | {"what": what, "number": number})
        self._nursery.stdin.write(line.encode() + b"\n")
        await self._told[number]["pid"]
        return number

    async def pid(self, number):
        return await self._told[number]["pid"]

    async def status(self, number):
        """How the process ended."""
        return await self._told[number]["status"]

    async def close(self):
        for told in self._told.values():
            if not told["status"].done():
                os.kill(await told["pid"], signal.SIGKILL)
            await told["status"]
        self._reading.cancel()
        self._pipe.close()

    async def _read(self, lines):
        async for line in lines:
            told = json.loads(line)
            futures = self._told[told.pop("order")]
            for name, value in told.items():
                futures[name].set_result(value)


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "journal")


@pytest.fixture(scope="module")
def nursery():
    """The process that worker processes are forked from."""
    command, pipe = [sys.executable, "-m", f"{__package__}.working_child"], subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, bufsize=0) as process:  # noqa: S603 - our own
        yield process


@pytest.fixture
async def children(nursery, url, journal):
    made = Children(nursery, url, journal.path)
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def engine(engines, journal):
    """An engine in this process; it works once it is started."""
    made = await engines(clock=utc_now, lease_s=0.5)
    Handlers(journal).register(made)
    return made


async def memos(engine, run_id):
    rows = await engine.sql.fetch_all(select(STEPS.c.name).where(STEPS.c.run_id == run_id))
    return [row["name"] for row in rows]


async def told(journal, *words, times=1):
    """Wait until the journal tells it."""

    async def look():
        await asyncio.sleep(0.005)
        return [line[: len(words)] for line in journal.lines()].count(list(words)) >= times

    await until(look)


async def killed_and_taken_over(children, engine, journal, point):
    run_id = await ask(engine, RunSpec("steps", {}))
    first_watcher = asyncio.create_task(events(engine, run_id))
    assert await children.status(await children.start(point=point)) == -signal.SIGKILL
    kept = await memos(engine, run_id)
    await engine.start()
    run = await ended(engine, run_id)
    assert run.state == "done"
    done = journal.read()
    assert [done.count([name, run_id]) for name in kept] == [1] * len(kept)
    seen = await first_watcher
    assert [event.state for event in seen if event.final] == ["done"]
    for after in range(len(seen) + 1):
        assert await events(engine, run_id, after) == seen[after:]
    assert [event.seq for event in seen] == list(range(1, len(seen) + 1))
    return run, kept


async def events(engine, run_id, after=0):
    return [event async for event in engine.watch(run_id, after)]


@pytest.mark.parametrize("point", POINTS)
async def test_a_process_killed_at_any_point_loses_nothing_and_repeats_no_kept_step(children, engine, journal, point):
    run, kept = await killed_and_taken_over(children, engine, journal, point)
    ended_there = point == "RunContext.finish:after"
    assert (run.result["by"] != os.getpid()) == ended_there
    expected = {"RunContext.step:after": ["first"], "inside:second": ["first"]}
    finishing = ["first", "second"] if point.startswith("RunContext.finish") else []
    assert sorted(kept) == expected.get(point, finishing)


@pytest.mark.parametrize("point", POINTS)
async def test_nor_when_it_does_a_step_anew(children, engine, journal, point):
    run_id = await ask(engine, RunSpec("steps", {}))
    await engine.start()
    assert (await ended(engine, run_id)).state == "done"
    await engine.stop()
    await engine.revise(run_id, lambda run, steps: Revision(forget=["second"], again=True))
    assert await children.status(await children.start(point=point)) == -signal.SIGKILL
    kept, before = await memos(engine, run_id), journal.read()
    await engine.start()
    assert (await ended(engine, run_id)).state == "done"
    assert sorted(await memos(engine, run_id)) == ["first", "second"]
    done = journal.read()
    assert done.count(["first", run_id]) == 1
    assert done.count(["second", run_id]) == before.count(["second", run_id]) + ("second" not in kept)


@pytest.mark.long
@pytest.mark.parametrize("round_", range(20))
async def test_killed_at_one_point_after_the_other(children, engine, journal, round_):
    ids = []
    for point in POINTS[round_ % len(POINTS) :] + POINTS[: round_ % len(POINTS)]:
        ids += [await ask(engine, RunSpec("steps", {}, max_attempts=50)) for _ in range(5)]
        assert await children.status(await children.start(point=point)) == -signal.SIGKILL
    kept = {run_id: await memos(engine, run_id) for run_id in ids}
    before = journal.read()
    await engine.start()
    for run_id in ids:
        assert (await ended(engine, run_id)).state == "done"
        assert [event.state for event in await events(engine, run_id) if event.final] == ["done"]
        for name in kept[run_id]:
            assert journal.read().count([name, run_id]) == before.count([name, run_id])


async def test_a_process_that_was_stopped_changes_nothing_when_it_comes_back(children, engine, journal, tmp_path):
    gate = tmp_path / "gate"
    run_id = await ask(engine, RunSpec("gated", {"gate": str(gate)}))
    child = await children.start(lease_s=0.5)
    await told(journal, "gated", run_id)
    pid = await children.pid(child)

    async def stop(tx):  # in a change, so that it is in none: stopped in one, it would lock everybody out for good
        await tx.fetch_one(select(RUNS.c.id))
        os.kill(pid, signal.SIGSTOP)

    await engine.sql.write(stop)

    async def taken_over():
        run = await engine.get(run_id)
        return run.attempt == 2

    stolen = Journal(tmp_path / "stolen")
    engine._known.clear()

    async def winner(run, asked):
        stolen.tell("winner")
        return {"by": "winner"}

    engine.handle("gated", winner)
    await engine.start()
    await until(taken_over)
    won = await ended(engine, run_id)
    assert (won.state, won.result) == ("done", {"by": "winner"})
    gate.touch()
    os.kill(pid, signal.SIGCONT)
    await told(journal, "finish")
    late = dict(line for line in journal.read() if line[0] in ("progress", "step", "write", "finish"))
    assert "kept" not in late.values()
    assert late["finish"] == "refused"
    assert await engine.get(run_id) == won
    assert await memos(engine, run_id) == []


async def test_a_process_whose_loop_is_held_up_keeps_its_lease(children, engine, journal, tmp_path):
    """Another one that starts, and polls for several leases, takes nothing from it."""
    gate, leases = tmp_path / "gate", set()
    run_id = await ask(engine, RunSpec("gated", {"gate": str(gate)}))
    await children.start(lease_s=0.5)
    await told(journal, "gated", run_id)
    engine._known["gated"] = engine._known["steps"]  # what would not hold this process up
    await engine.start()
    assert (await ended(engine, await ask(engine, RunSpec("steps", {})))).state == "done"

    async def extended():
        row = await engine.sql.fetch_one(select(RUNS.c.lease_until, RUNS.c.attempt).where(RUNS.c.id == run_id))
        assert row["attempt"] == 1
        leases.add(row["lease_until"])
        await asyncio.sleep(0.01)
        return len(leases) > 5

    await until(extended)
    gate.touch()
    run = await ended(engine, run_id)
    assert (run.state, run.attempt) == ("done", 1)
    assert run.result["by"] != os.getpid()


@pytest.mark.parametrize("runs", [150, pytest.param(2_000, marks=pytest.mark.long)])
async def test_two_processes_share_the_work_and_keep_to_limits(children, engine, journal, runs):
    queues, busy, samples = {"narrow": 3}, select(func.count().label("n")).where(RUNS.c.state == "running"), []
    for _ in range(2):
        await children.start(queues=queues)
    await told(journal, "started", times=2)
    asking = (ask(engine, RunSpec("count", {}, queue="narrow")) for _ in range(runs))
    ids = await asyncio.gather(*asking)

    async def through():
        samples.append((await engine.sql.fetch_one(busy))["n"])
        return not (await engine.find(RunQuery(state="waiting", limit=1))).items

    await until(through)
    for run_id in ids:
        assert (await ended(engine, run_id)).attempt == 1
    assert max(samples) <= 3
    assert sorted(line[1] for line in journal.read() if line[0] == "count") == sorted(ids)


async def test_a_run_that_kills_its_process_ends_dead_and_the_queue_goes_on(children, engine, journal):
    poison = await ask(engine, RunSpec("poison", {}, max_attempts=2, priority=1))
    other = await ask(engine, RunSpec("steps", {}, max_attempts=9))
    for _ in range(2):
        assert await children.status(await children.start()) == -signal.SIGKILL
    await children.start()
    run = await ended(engine, poison)
    assert (run.state, run.error.code) == ("dead", "runs.gave_up")
    assert (await ended(engine, other)).state == "done"
    assert journal.read().count(["poison", poison]) == 2


async def test_a_key_is_one_run_from_two_processes_at_once(children, engine, journal):
    asking = [await children.start("ask", count=20) for _ in range(2)]
    assert [await children.status(child) for child in asking] == [0, 0]
    given = [tuple(line) for line in journal.read()]
    assert len(given) == 40
    assert len(set(given)) == 20
    assert len((await engine.find(RunQuery(limit=100))).items) == 20
