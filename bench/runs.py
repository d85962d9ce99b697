"""Durable runs: from asking to done, claims a second, and what a flood of them does to the event loop.

Run: ``python bench/runs.py [--finished 100000] [--seconds 3] [--flood 1000]``. A tiny run has a handler that returns at
once; *done* is when the one who asked, and watches it, can read its result. Everything is measured with no finished
runs in the database, and then with many. The loop's lag is how much later than asked a sleeper of 1 ms wakes.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

from looma.platform import context
from looma.platform.clock import Uuid7, utc_now
from looma.platform.runs import RunContext, Runs, RunSpec, claiming
from looma.platform.runs.tables import RUNS
from looma.platform.stores.sql import Row, Sql, Transaction, open_sql
from looma.platform.workers import Workers
from machine import describe, percentile, spread

CALLERS = 32
new_id = Uuid7()


async def tiny(run: RunContext, asked: dict[str, int]) -> dict[str, int]:
    """As little as a run can do."""
    return {"n": asked["n"]}


class Bench:
    """An engine over a database of its own."""

    def __init__(self, sql: Sql, workers: Workers) -> None:
        self.sql, self.engine = sql, Runs(sql, clock=utc_now, new_id=new_id, workers=workers)
        self.engine.handle("tiny", tiny)

    async def ask(self, kind: str = "tiny") -> str:
        """Ask for a run."""

        async def change(tx: Transaction) -> str:
            return await self.engine.enqueue(tx, RunSpec(kind, {"n": 1}))

        return await self.sql.write(change)

    async def done(self, run_id: str) -> None:
        """Wait until it is done."""
        async for event in self.engine.watch(run_id):
            last = event
        assert last.state == "done", last

    async def one(self) -> float:
        """Seconds from asking to done."""
        began = time.perf_counter()
        await self.done(await self.ask())
        return time.perf_counter() - began

    async def many(self, callers: int, seconds: float) -> tuple[float, list[float]]:
        """Runs a second by callers who ask again when the last is done, and how long each took."""
        took: list[float] = []
        began = time.perf_counter()

        async def caller() -> None:
            while time.perf_counter() - began < seconds:
                took.append(await self.one())

        await asyncio.gather(*(caller() for _ in range(callers)))
        return len(took) / (time.perf_counter() - began), took

    async def flood(self, count: int) -> tuple[float, list[float]]:
        """Runs a second when so many are asked for at once, and the loop's lag meanwhile."""
        began = time.perf_counter()
        async with lag() as lags:
            ids = await asyncio.gather(*(self.ask() for _ in range(count)))
            await asyncio.gather(*(self.done(ids[-n]) for n in range(1, 9)))
            while await claiming.something(self.sql, utc_now()):  # noqa: ASYNC110 - no event tells that all is done
                await asyncio.sleep(0.01)
        return count / (time.perf_counter() - began), lags

    async def claims(self, count: int) -> float:
        """Claims a second, one at a time, each durable: of runs that nobody carries out."""
        await asyncio.gather(*(self.ask("idle") for _ in range(count)))
        wanted = claiming.Wanted("bench", ("idle",), 1, {}, timedelta(hours=1), ())

        async def change(tx: Transaction) -> list[Row]:
            return await claiming.claim(tx, wanted, utc_now())

        began = time.perf_counter()
        for _ in range(count):
            await self.sql.write(change)
        took = time.perf_counter() - began

        async def clear(tx: Transaction) -> None:
            await tx.execute(RUNS.delete().where(RUNS.c.kind == "idle"))

        await self.sql.write(clear)
        return count / took


@asynccontextmanager
async def lag() -> AsyncIterator[list[float]]:
    """How late a sleeper of 1 ms wakes while the block runs."""
    lags: list[float] = []

    async def sleeper() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            lags.append(time.perf_counter() - began - 0.001)

    task = asyncio.create_task(sleeper())
    yield lags
    task.cancel()


async def fill(sql: Sql, count: int) -> None:
    """So many runs that have ended."""
    now = utc_now()
    row = {
        "org": "local", "kind": "tiny", "queue": "default", "key": None, "caller": {}, "origin": {}, "args": {"n": 1},
        "state": "done", "priority": 0, "run_at": now, "attempt": 1, "max_attempts": 5, "timeout_s": 60.0, "fence": 1,
        "cancel": False, "progress": {}, "created_at": now, "updated_at": now, "finished_at": now, "result": {"n": 1},
    }  # fmt: skip
    statement = insert(RUNS)
    for start in range(0, count, 5_000):
        rows = [row | {"id": new_id()} for _ in range(min(5_000, count - start))]

        async def change(tx: Transaction, rows: list[dict[str, object]] = rows) -> int:
            return await tx.execute(statement, rows)

        await sql.write(change)


async def measured(bench: Bench, finished: int, seconds: float, flood: int) -> None:
    """Print the figures with so many finished runs."""
    print(f"with {finished:,} finished runs:")
    await bench.many(4, 0.5)
    alone = [await bench.one() for _ in range(200)]
    print(f"  asked to done, one at a time: {spread(alone)}")
    rate, took = await bench.many(CALLERS, seconds)
    print(f"  asked to done, {CALLERS} callers: {spread(took)}, {rate:,.0f} runs/s")
    rate, lags = await bench.flood(flood)
    late = ", ".join(f"p{share:.0%} {percentile(lags, share) * 1000:.1f} ms".replace("%", "") for share in (0.5, 0.99))
    print(f"  a flood of {flood:,}: {rate:,.0f} runs/s, lag of the loop {late}, most {max(lags) * 1000:.1f} ms")
    print(f"  claims, one at a time: {await bench.claims(500):,.0f}/s")


async def main(finished: int, seconds: float, flood: int) -> None:
    print(describe())
    with tempfile.TemporaryDirectory(prefix="looma-bench-") as folder:
        sql, workers = open_sql(f"sqlite:///{Path(folder) / 'truth.db'}"), Workers(1)
        await sql.open()
        bench = Bench(sql, workers)
        with context.acting(context.LOCAL_OWNER):
            await bench.engine.start()
            await measured(bench, 0, seconds, flood)
            await fill(sql, finished)
            await measured(bench, finished, seconds, flood)
        await bench.engine.stop()
        await workers.close()
        await sql.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--finished", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--flood", type=int, default=1_000)
    asyncio.run(main(**vars(parser.parse_args())))
