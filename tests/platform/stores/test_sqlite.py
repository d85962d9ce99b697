"""What SQLite adds: a full disk, a failing one, a killed process, other processes, and its one writer."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from looma.platform.stores.errors import Inconsistent, StoreBroken, StoreBusy, StoreFull
from looma.platform.stores.sql.sqlite import SqliteSql, connection, readers, writer

from .changes import adding, count, ids, nothing
from .conftest import new_database

CHILD = [sys.executable, "-m", f"{__package__}.writing_child"]
ROOT = Path(__file__).parents[3]


@pytest.fixture
async def file_sql(tmp_path):
    opened = SqliteSql(new_database(tmp_path))
    await opened.open()
    yield opened
    await opened.close()


def one_batch(monkeypatch):
    """Let changes that are asked for in one turn of the loop share a batch: what holds it open, and its release."""
    monkeypatch.setattr(writer, "BATCH_S", 600)
    go = threading.Event()

    async def holding(tx):
        go.wait(10)

    return holding, go


async def together(sql, holding, go, *changes):
    """The answers to changes that share one batch."""
    tasks = [asyncio.create_task(sql.write(change)) for change in (holding, *changes)]
    await asyncio.sleep(0)
    go.set()
    return (await asyncio.gather(*tasks, return_exceptions=True))[1:]


async def test_a_full_database_keeps_nothing_of_the_batch_and_lives_on(file_sql, monkeypatch):
    async def bounded(tx):
        pages = (await tx.fetch_one(text("pragma page_count")))["page_count"]
        await tx.execute(text(f"pragma max_page_count = {pages + 20}"))

    await file_sql.write(bounded)
    big = adding("big", note="x" * 1_000_000)
    before, full, after = await together(file_sql, *one_batch(monkeypatch), adding("a"), big, adding("b"))
    for answer in (before, full):  # SQLite gives up the whole transaction
        assert isinstance(answer, StoreFull)
        assert (answer.status, answer.code) == (503, "stores.full")
    assert after == "b"
    assert await ids(file_sql) == {"b"}
    await file_sql.write(lambda tx: tx.execute(text("pragma max_page_count = 1000000")))
    await file_sql.write(big)
    assert await ids(file_sql) == {"b", "big"}


async def test_a_commit_that_fails_fails_for_all_who_share_it(file_sql, monkeypatch):
    async def tables(tx):
        await tx.execute(text("create table parents (id integer primary key)"))
        await tx.execute(text("create table children (parent integer references parents (id))"))

    async def orphan(tx):
        await tx.execute(text("pragma defer_foreign_keys = on"))
        await tx.execute(text("insert into children values (7)"))

    await file_sql.write(tables)
    answers = await together(file_sql, *one_batch(monkeypatch), adding("a"), orphan, adding("b"))
    assert all(isinstance(answer, Inconsistent) for answer in answers)
    assert await ids(file_sql) == set()
    await file_sql.write(adding("c"))
    assert await ids(file_sql) == {"c"}


async def test_a_disk_that_fails_under_the_commit(tmp_path):
    child = subprocess.run(  # noqa: S603, ASYNC221 - our own program, and nothing else runs here
        [*CHILD, "limited", new_database(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (child.returncode, child.stderr) == (0, "")
    assert child.stdout.split() == ["before", "StoreBroken", "StoreBroken", "after", "kept=after,before"]


async def test_a_disk_without_room_to_open_is_full(tmp_path):
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    child = subprocess.run(  # noqa: S603, ASYNC221 - our own program, and nothing else runs here
        # without coverage, which has no room to write down what it saw either
        [*CHILD, "cramped", new_database(tmp_path)],
        cwd=ROOT,
        env=unmeasured,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (child.returncode, child.stderr, child.stdout.split()) == (0, "", ["stores.full"])


async def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path):
    url = new_database(tmp_path)
    for _ in range(3):
        child = subprocess.Popen([*CHILD, "endless", url], cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603, ASYNC220
        acknowledged = {child.stdout.readline().strip() for _ in range(200)}
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read()
        child.stdout.close()
        assert child.wait() == -signal.SIGKILL
        acknowledged |= set(rest.splitlines()[:-1])  # the last line may be cut
        sql = SqliteSql(url)
        await sql.open()
        try:
            assert acknowledged <= await ids(sql)
            rows = await sql.fetch_one(
                text("select (select count(*) from talents) as talents, (select count(*) from outbox) as entries")
            )
            assert rows["talents"] == rows["entries"]  # never a change by halves
            assert await sql.fetch_all(text("pragma integrity_check")) == [{"integrity_check": "ok"}]
        finally:
            await sql.close()


async def test_another_process_that_holds_the_lock_makes_it_busy(tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_S", 0.0)
    sql = SqliteSql(new_database(tmp_path))
    await sql.open()
    other = sqlite3.connect(tmp_path / "truth.db", isolation_level=None)
    try:
        other.execute("begin immediate")
        with pytest.raises(StoreBusy):
            await sql.write(adding("a"))
        assert await count(sql) == 0
        other.execute("rollback")
        await sql.write(adding("a"))
        assert await ids(sql) == {"a"}
    finally:
        other.close()
        await sql.close()


async def test_too_many_waiting_changes_and_reads_are_refused(file_sql, monkeypatch):
    begun, go = threading.Event(), threading.Event()

    async def holding(tx):
        begun.set()
        go.wait(10)

    monkeypatch.setattr(file_sql._writer, "_max_waiting", 3)
    first = asyncio.create_task(file_sql.write(holding))
    await asyncio.to_thread(begun.wait, 10)
    tasks = [asyncio.create_task(file_sql.write(adding(f"t{n}"))) for n in range(5)]
    await asyncio.sleep(0)
    go.set()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    await first
    assert [isinstance(answer, StoreBusy) for answer in answers] == [False, False, False, True, True]
    monkeypatch.setattr(file_sql._readers, "_max_waiting", 0)
    with pytest.raises(StoreBusy):
        await count(file_sql)


async def test_changes_from_several_loops(file_sql):
    def elsewhere(n: int) -> str:
        return asyncio.run(file_sql.write(adding(f"t{n}")))

    assert await asyncio.gather(*(asyncio.to_thread(elsewhere, n) for n in range(8))) == [f"t{n}" for n in range(8)]
    assert len(await ids(file_sql)) == 8


async def test_a_loop_that_is_gone_does_not_stop_the_writer(file_sql):
    begun, go = threading.Event(), threading.Event()

    async def slow(tx):
        begun.set()
        go.wait(10)
        await adding("a")(tx)

    async def leave():
        asyncio.get_running_loop().call_later(0, file_sql._writer.write, slow)
        await asyncio.to_thread(begun.wait, 10)

    await asyncio.to_thread(lambda: asyncio.run(leave()))
    go.set()
    await file_sql.write(adding("b"))
    assert await ids(file_sql) == {"a", "b"}


async def test_all_readers_come_to_help_and_go_to_sleep_again(file_sql, monkeypatch):
    monkeypatch.setattr(readers, "TICK_S", 0.0)
    go, begun = threading.Event(), threading.Semaphore(0)

    async def long(tx):
        begun.release()
        return go.wait(10)

    threads = len(file_sql._readers._threads)
    tasks = [asyncio.create_task(file_sql.read(long)) for _ in range(threads)]
    for _ in range(threads):
        await asyncio.to_thread(begun.acquire, timeout=10)
    go.set()
    assert await asyncio.gather(*tasks) == [True] * threads
    assert await count(file_sql) == 0


async def test_the_file_is_for_its_owner_alone(tmp_path):
    path = tmp_path / "new" / "truth.db"
    sql = SqliteSql(path)
    await sql.open()
    try:
        await sql.write(nothing)
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0
    finally:
        await sql.close()


@pytest.mark.parametrize("content", [b"this is no database" * 100, None])
async def test_what_cannot_be_opened_is_told_in_words(tmp_path, content):
    path = tmp_path / "truth.db"
    path.write_bytes(content) if content else path.mkdir()
    sql = SqliteSql(path)
    with pytest.raises(StoreBroken) as broken:
        await sql.open()
    assert str(tmp_path) not in broken.value.message("en")
    await sql.close()
