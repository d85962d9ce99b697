"""Processes that work on runs, for tests that kill and stop them: ``python -m tests.….working_child``.

What is imported is imported once: for each order (a line of JSON) a process is forked, which works until it is killed.
Lines tell the process id of each, and its status when it ended. What workers do is told in a journal, a file.
"""

import asyncio
import json
import os
import signal
import sys
import time
from pathlib import Path

from looma.platform import context
from looma.platform.clock import Uuid7, utc_now
from looma.platform.runs import LeaseLost, Retry, Runs, RunSpec
from looma.platform.stores.sql import open_sql
from looma.platform.workers import Workers

LONGEST_S = 120
"""No worker outlives a test run for longer than this."""


class Journal:
    """A file that many processes write lines to."""

    def __init__(self, path):
        self.path = Path(path)

    def tell(self, *words):
        with self.path.open("ab", buffering=0) as file:
            file.write(json.dumps([*words, os.getpid()]).encode() + b"\n")

    def read(self):
        """All words so far, without the process that told them."""
        return [line[:-1] for line in self.lines()]

    def lines(self):
        """All lines so far."""
        return [json.loads(line) for line in self.path.read_bytes().splitlines()] if self.path.exists() else []


class DyingSql:
    """A database whose process is killed at a change: before it, in the middle of its transaction, or after it."""

    def __init__(self, sql, point):
        self._sql = sql
        self._change, _, self._moment = point.partition(":")

    def __getattr__(self, name):
        return getattr(self._sql, name)

    async def write(self, change):
        if self._change not in change.__qualname__:
            return await self._sql.write(change)

        async def dying(tx):
            value = await change(tx)
            self._die("in")
            return value

        self._die("before")
        value = await self._sql.write(dying)
        if value != []:  # a claim that took nothing is none
            self._die("after")
        return value

    def _die(self, moment):
        if moment == self._moment:
            os.kill(os.getpid(), signal.SIGKILL)


class Handlers:
    """What is done; the journal tells how often."""

    def __init__(self, journal, point=""):
        self._journal, self._point = journal, point

    def register(self, engine):
        engine.handle("steps", self.steps, Retry(delays_s=(0,)))
        engine.handle("gated", self.gated)
        engine.handle("count", self.count)

    async def steps(self, run, asked: dict):
        """Two steps and a last change."""
        for name in ("first", "second"):
            await run.step(name, lambda name=name: self._did(run, name))

        async def last(tx):
            return {"by": os.getpid()}

        await run.finish(last)

    async def _did(self, run, name):
        self._journal.tell(name, run.id)
        if self._point == f"inside:{name}":
            os.kill(os.getpid(), signal.SIGKILL)
        return name

    async def gated(self, run, asked: dict):
        """Hold the whole process up until a file is there, then write late."""
        self._journal.tell("gated", run.id)
        gate = Path(asked["gate"])
        while not gate.exists():  # noqa: ASYNC240 - blocks the loop on purpose
            time.sleep(0.005)  # noqa: ASYNC251

        async def last(tx):
            return {"by": os.getpid()}

        late = {
            "progress": lambda: run.progress(1, 1),
            "step": lambda: run.step("late", lambda: asyncio.sleep(0)),
            "write": lambda: run.write(last),
            "finish": lambda: run.finish(last),
        }
        for name, write in late.items():
            try:
                await write()
                self._journal.tell(name, "kept")
            except LeaseLost:
                self._journal.tell(name, "refused")
            except asyncio.CancelledError:  # the engine has seen it, and wants this task to let go
                self._journal.tell(name, "cancelled")

    async def count(self, run, asked: dict):
        self._journal.tell("count", run.id)
        await run.progress(1, 1)


async def work(order):
    """Be a worker."""
    journal = Journal(order["journal"])
    sql, workers = open_sql(order["url"]), Workers(1)
    await sql.open()
    dying = DyingSql(sql, order.get("point", "-"))
    options = {"lease_s": order.get("lease_s", 10), "poll_s": 0.02, "queues": order.get("queues")}
    engine = Runs(dying, clock=utc_now, new_id=Uuid7(), workers=workers, **options)
    Handlers(journal, order.get("point", "")).register(engine)

    async def poison(run, asked):
        journal.tell("poison", run.id)
        os.kill(os.getpid(), signal.SIGKILL)

    engine.handle("poison", poison, Retry(delays_s=(0,)))
    await engine.start()
    journal.tell("started")
    await asyncio.sleep(LONGEST_S)


async def ask(order):
    """Ask for the same runs as somebody else does."""
    journal, sql = Journal(order["journal"]), open_sql(order["url"])
    await sql.open()
    engine = Runs(sql, clock=utc_now, new_id=Uuid7(), workers=Workers(1))
    with context.acting(context.LOCAL_OWNER):
        for number in range(order["count"]):
            spec = RunSpec("count", {}, key=f"k{number}")

            async def change(tx, spec=spec):
                return await engine.enqueue(tx, spec)

            journal.tell(spec.key, await sql.write(change))
    await sql.close()


def say(**told):
    """A whole line at once."""
    os.write(1, json.dumps(told).encode() + b"\n")


def main():
    """Fork a process for each order, and one that waits for it."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if os.fork():
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        order = json.loads(line)
        if not (pid := os.fork()):
            asyncio.run({"work": work, "ask": ask}[order["what"]](order))
            os._exit(0)
        say(order=order["number"], pid=pid)
        say(order=order["number"], status=os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        os._exit(0)


if __name__ == "__main__":
    main()
