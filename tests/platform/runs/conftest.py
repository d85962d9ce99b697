"""Engines over database files; each may be one of several."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest

from looma.platform import context
from looma.platform.clock import Uuid7
from looma.platform.runs import Runs
from looma.platform.stores.sql import open_sql
from looma.platform.workers import Workers

from ..stores.conftest import new_database

OWNER = context.LOCAL_OWNER


class Clock:
    """A clock that is set by hand; it moves on by itself by a microsecond a look, so that moments differ."""

    def __init__(self):
        self.now = datetime(2025, 3, 1, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(microseconds=1)
        return self.now

    def pass_(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def url(tmp_path):
    return new_database(tmp_path)


@pytest.fixture
async def engines(url, clock):
    """Make an engine over the one database, each with a connection of its own; `start` is called by the test."""
    async with AsyncExitStack() as stack:

        async def make(**options):
            sql, workers = open_sql(url), Workers(1, memory_bytes=2**29)
            await sql.open()
            stack.push_async_callback(sql.close)
            stack.push_async_callback(workers.close)
            options = {"clock": clock, "new_id": Uuid7(), "workers": workers, "poll_s": 0.02} | options
            engine = Runs(sql, **options)
            engine.sql = sql
            stack.push_async_callback(engine.stop)
            return engine

        with context.acting(OWNER):
            yield make


async def ask(engine, spec):
    """The id of the run."""

    async def change(tx):
        return await engine.enqueue(tx, spec)

    return await engine.sql.write(change)


async def ended(engine, run_id):
    """The run, once it has ended."""
    async for _ in engine.watch(run_id):
        pass
    return await engine.get(run_id)


async def until(question):
    """The answer of the question once it is true; the event loop goes on meanwhile."""
    while not (found := await question()):  # noqa: ASYNC110 - what is waited for sets no event
        await asyncio.sleep(0)
    return found


async def failed_once(engine, run_id, attempts=1):
    """The run after so many attempts have failed."""

    async def look():
        run = await engine.get(run_id)
        return run if run.attempt >= attempts and run.state != "running" and run.error else None

    return await until(look)
