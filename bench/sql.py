"""The SQL store against the bare driver: durable writes, point reads and list pages a second.

Run: ``python bench/sql.py [--seconds 2] [--rounds 3]``. A change makes two inserts: a person and its outbox entry, or,
as the smallest there can be, two rows of one short text. Reads are compared with plain sqlite3 (tuples, nothing
decoded, no SQLAlchemy) twice: *handed over*, asked for by the same callers on the loop in the same threads; *closed
loop*, threads that do nothing else and have no loop to answer. Rounds alternate, so that a busy machine is busy for
all; medians are printed.
"""

import argparse
import asyncio
import os
import platform
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Executable, Integer, bindparam, insert, select, text

from looma.platform.clock import Uuid7
from looma.platform.stores import outbox
from looma.platform.stores.sql import Transaction
from looma.platform.stores.sql.records import TALENTS
from looma.platform.stores.sql.sqlite import READERS, SqliteSql
from looma.platform.stores.sql.sqlite.connection import connect_reading
from looma.platform.stores.sql.sqlite.readers import Readers

STORED = 20_000
CALLERS = 32
NOW = datetime(2025, 3, 1, tzinfo=UTC)
ORG = "local"
new_id = Uuid7()

POINT = select(TALENTS).where(TALENTS.c.org == bindparam("org"), TALENTS.c.id == bindparam("id"))
PAGE = (
    select(TALENTS)
    .where(
        TALENTS.c.org == bindparam("org"), TALENTS.c.archived == bindparam("archived"), TALENTS.c.id < bindparam("id")
    )
    .order_by(TALENTS.c.id.desc())
    .limit(bindparam("at_most", type_=Integer))
)
INSERT = insert(TALENTS)
SMALL = text("insert into small (value) values (:value)")
_COLUMNS = ", ".join(column.name for column in TALENTS.columns)
BARE_POINT = f"select {_COLUMNS} from talents where org = ? and id = ?"  # noqa: S608 - names of our own columns
BARE_PAGE = f"select {_COLUMNS} from talents where org = ? and archived = ? and id < ? order by id desc limit 20"  # noqa: S608


def talent(talent_id: str) -> dict[str, object]:
    """About 1.2 KB of a person, invented."""
    return {
        "id": talent_id,
        "org": ORG,
        "name": "陈思远",
        "headline": "推荐系统工程师 · Recommender systems engineer",
        "location": "上海",
        "contacts": [{"kind": "email", "value": "siyuan.chen@example.com", "masked": False}],
        "status": "active",
        "tags": ["推荐", "Python"],
        "note": "A note of some length, as recruiters write them. " * 15,
        "resume_id": None,
        "version": 1,
        "archived": False,
        "demo": True,
        "created_at": NOW,
        "updated_at": NOW,
    }


async def person(tx: Transaction) -> None:
    """A record and its outbox entry."""
    made = new_id()
    await tx.execute(INSERT, talent(made))
    await outbox.append(tx, org=ORG, kind="talent", record_id=made, version=1, at=NOW)


async def small(tx: Transaction) -> None:
    """Two short rows."""
    await tx.execute(SMALL, {"value": "陈思远"})
    await tx.execute(SMALL, {"value": "talent 1"})


async def rate(callers: int, seconds: float, act: Callable[[], Awaitable[object]]) -> tuple[float, list[float]]:
    """Acts a second by `callers` who act again as soon as they are answered, and how long each act took."""
    took: list[float] = []
    start = time.perf_counter()
    end = start + seconds

    async def caller() -> None:
        while (began := time.perf_counter()) < end:
            await act()
            took.append(time.perf_counter() - began)

    await asyncio.gather(*(caller() for _ in range(callers)))
    return len(took) / (time.perf_counter() - start), took


def closed_loop(path: Path, seconds: float, read: Callable[[sqlite3.Connection], object], threads: int) -> float:
    """Reads a second by threads that do nothing else."""
    done = [0] * threads
    end = time.perf_counter() + seconds

    def work(thread: int) -> None:
        connection = connect_reading(path)
        while time.perf_counter() < end:
            read(connection)
            done[thread] += 1
        connection.close()

    working = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for thread in working:
        thread.start()
    for thread in working:
        thread.join()
    return sum(done) / seconds


def show(what: str, rates: list[float], took: list[float]) -> None:
    cuts = statistics.quantiles(took, n=100)
    latency = f"p50 {cuts[49] * 1000:6.2f} ms   p99 {cuts[98] * 1000:6.2f} ms"
    print(f"{what:52} {statistics.median(rates):9,.0f}/s   {latency}")


@dataclass
class Reading:
    """A way to read, ours and the bare driver's."""

    name: str
    ours: Callable[[], Awaitable[object]]
    bare: Callable[[sqlite3.Connection], object]

    async def measure(self, path: Path, seconds: float, rounds: int) -> None:
        readers = Readers([connect_reading(path) for _ in range(READERS)])
        ways: dict[str, list[float]] = {}
        ours: list[float] = []
        took: list[float] = []
        for _ in range(rounds):
            figure, each = await rate(CALLERS, seconds, self.ours)
            ours.append(figure)
            took += each
            handed, _took = await rate(CALLERS, seconds, lambda: readers.read(self.bare))
            ways.setdefault(f"bare, handed over, {READERS} threads", []).append(handed)
            for threads in (READERS, 1):
                closed = await asyncio.to_thread(closed_loop, path, seconds, self.bare, threads)
                ways.setdefault(f"bare, closed loop, {threads} thread(s)", []).append(closed)
        readers.close()
        show(f"{self.name}, {CALLERS} callers", ours, took)
        for way, theirs in ways.items():
            ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
            print(f"  {way:50} {statistics.median(theirs):9,.0f}/s   ours / bare {ratio:.2f}")


def readings(sql: SqliteSql, ids: list[str]) -> Iterator[Reading]:
    turn = count()

    def anyone() -> str:
        return ids[next(turn) * 7919 % len(ids)]

    def point(connection: sqlite3.Connection) -> object:
        return connection.execute(BARE_POINT, (ORG, anyone())).fetchone()

    def page(connection: sqlite3.Connection) -> object:
        return connection.execute(BARE_PAGE, (ORG, 0, anyone())).fetchall()

    def built() -> Awaitable[object]:
        return sql.fetch_one(select(TALENTS).where(TALENTS.c.org == ORG, TALENTS.c.id == anyone()))

    def paged() -> Awaitable[object]:
        return sql.fetch_all(PAGE, {"org": ORG, "archived": False, "id": anyone(), "at_most": 20})

    yield Reading("point reads", lambda: sql.fetch_one(POINT, {"org": ORG, "id": anyone()}), point)
    yield Reading("point reads, statement built per call", built, point)
    yield Reading("list pages of 20", paged, page)


async def writes(sql: SqliteSql, seconds: float, rounds: int) -> None:
    await sql.write(lambda tx: tx.execute(text("create table small (id integer primary key, value text)")))
    changes: dict[str, Callable[[Transaction], Any]] = {"a person and its entry": person, "two short rows": small}
    for name, change in changes.items():
        for callers in (1, 8, 32, 128):
            measured = [await rate(callers, seconds, lambda change=change: sql.write(change)) for _ in range(rounds)]
            show(
                f"durable writes, {name}, {callers} callers",
                [r for r, _ in measured],
                [t for _, ts in measured for t in ts],
            )


async def run(path: Path, seconds: float, rounds: int) -> None:
    sql = SqliteSql(path)
    began = time.perf_counter()
    await sql.open()
    print(f"first opening, with all migrations: {time.perf_counter() - began:.3f} s")
    ids = [new_id() for _ in range(STORED)]
    many: Executable = INSERT
    await sql.write(lambda tx: tx.execute(many, [talent(one) for one in ids]))
    for reading in readings(sql, ids):
        await reading.measure(path, seconds, rounds)
    await writes(sql, seconds, rounds)
    await sql.close()
    again = SqliteSql(path)
    began = time.perf_counter()
    await again.open()
    print(f"opening again: {time.perf_counter() - began:.4f} s")
    await again.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each figure is measured in a round")
    parser.add_argument("--rounds", type=int, default=3, help="rounds whose median is printed")
    given = parser.parse_args()
    machine = f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"{machine}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder) / "truth.db", given.seconds, given.rounds))


if __name__ == "__main__":
    main()
