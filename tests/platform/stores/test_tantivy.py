"""What tantivy adds: damaged files, a full disk, a killed process, a folder of its own, and how texts become words."""

import asyncio
import json
import logging
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from looma.platform.stores.errors import StoreBroken, StoreBusy, StoreFull
from looma.platform.stores.search import Gone, TextQuery, index, words
from looma.platform.stores.search.tantivy import TantivySearch

from .search_stores import ALL, COLLECTION, after, document, found

CHILD = [sys.executable, "-m", f"{__package__}.search_stores"]
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A closed index of several segments, one of them with a deleted document; position 3, ids a, c and d."""
    folder = tmp_path_factory.mktemp("whole") / "search"

    async def build() -> None:
        store = TantivySearch(folder)
        await store.open()
        await store.apply([document(one, "steady", status=["open"]) for one in "abc"], 1)
        await store.apply([document("d", "steady 稳定")], 2)
        await store.apply([Gone(COLLECTION, "b")], 3)
        await store.close()

    asyncio.run(build())
    return folder


@pytest.fixture
async def reopened():
    """Open a folder; it is closed again after the test."""
    opened: list[TantivySearch] = []

    async def reopen(folder) -> TantivySearch:
        opened.append(TantivySearch(folder))
        await opened[-1].open()
        return opened[-1]

    yield reopen
    for store in opened:
        await store.close()


def kinds(folder: Path) -> list[str]:
    return sorted({path.suffix or path.name for path in folder.iterdir()})


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 3, len(data) // 3 + 4):
        data[at : at + 1] = bytes(255 - one for one in data[at : at + 1])
    path.write_bytes(bytes(data))


DAMAGES = {"emptied": lambda path: path.write_bytes(b""), "cut": cut, "garbled": garble, "removed": Path.unlink}
KINDS = [".del", ".fast", ".fieldnorm", ".idx", ".json", ".lock", ".pos", ".store", ".term", "lock", ".managed.json"]


def test_these_are_the_files_of_an_index(whole):
    assert set(kinds(whole)) <= set(KINDS)
    assert {".del", ".idx", ".json", ".term"} <= set(kinds(whole))


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kind", KINDS)
async def test_a_damaged_index_is_begun_anew(whole, tmp_path, reopened, caplog, kind, damage):
    shutil.copytree(whole, tmp_path / "search")
    for path in (tmp_path / "search").iterdir():
        if (path.suffix or path.name) == kind or path.name == kind:
            DAMAGES[damage](path)
    with caplog.at_level(logging.WARNING, "looma.stores.search"):
        store = await reopened(tmp_path / "search")
    anew = any(record.name == "looma.stores.search" for record in caplog.records)
    assert anew or kind in (".lock", "lock", ".managed.json")
    assert await store.position() == (0 if anew else 3)
    assert await found(store, "steady") == ([] if anew else ["a", "c", "d"])
    await store.apply([document("e", "steady")], 4)
    assert "e" in await found(store, "steady")
    assert await store.facets(TextQuery(COLLECTION, "steady"), "status") == ({} if anew else {"open": 2})


@pytest.mark.parametrize("text", ["{}", "[]", "null", '{"segments": 3}', '{"segments": [{}]}', "{", "\udc80"])
async def test_a_meta_file_of_any_content(whole, tmp_path, reopened, text):
    shutil.copytree(whole, tmp_path / "search")
    (tmp_path / "search" / "meta.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    store = await reopened(tmp_path / "search")
    assert (await store.position(), await store.count()) == (0, 0)


@pytest.mark.parametrize("told", [0, 1, 3, 5, 10**6, 2**32 - 1, -1, "4", None])
async def test_a_meta_file_that_counts_otherwise(tmp_path, reopened, told):
    store = await reopened(tmp_path / "search")
    await store.apply([document(one, "steady") for one in "abc"], 1)
    await store.close()
    meta = json.loads((tmp_path / "search" / "meta.json").read_bytes())
    assert meta["segments"][0]["max_doc"] == 4  # with the position's
    meta["segments"][0]["max_doc"] = told
    (tmp_path / "search" / "meta.json").write_text(json.dumps(meta))
    store = await reopened(tmp_path / "search")
    assert (await store.position(), await store.count()) == (0, 0)


async def test_an_index_of_another_version_is_begun_anew(tmp_path, whole, reopened, monkeypatch, caplog):
    shutil.copytree(whole, tmp_path / "search")
    monkeypatch.setattr(index.schema, "POSITION", "position_0")
    store = await reopened(tmp_path / "search")
    assert (await store.position(), await store.count()) == (0, 0)
    assert "begun anew" in caplog.text


async def test_a_deleted_folder_is_a_new_one_and_other_files_are_left_alone(tmp_path, reopened):
    store = await reopened(tmp_path / "search")
    await store.apply([document("a", "steady")], 1)
    await store.close()
    shutil.rmtree(tmp_path / "search")
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "notes.txt").write_text("mine")
    (tmp_path / "search" / "meta.json").write_text("{")
    again = await reopened(tmp_path / "search")
    assert await again.position() == 0
    assert (tmp_path / "search" / "notes.txt").read_text() == "mine"


async def test_a_folder_that_disappears_while_open_is_told(tmp_path, reopened):
    store = await reopened(tmp_path / "search")
    await store.apply([document("a", "steady")], 1)
    shutil.rmtree(tmp_path / "search")
    with pytest.raises(StoreBroken):
        await store.check()
    with pytest.raises(StoreBroken):
        await store.apply([document("b", "steady")], 2)
    await store.close()
    again = await reopened(tmp_path / "search")
    assert await again.position() == 0


async def test_a_folder_that_cannot_be(tmp_path):
    (tmp_path / "taken").write_bytes(b"")
    for folder in (tmp_path / "taken", tmp_path / "taken" / "search", Path("/proc/search")):
        store = TantivySearch(folder)
        with pytest.raises(StoreBroken) as failed:
            await store.open()
        assert str(tmp_path) not in failed.value.message("en")
        with pytest.raises(StoreBroken):
            await store.position()
        await store.close()


async def test_a_folder_of_any_name(tmp_path, reopened):
    folder = tmp_path / "a b#?%20 搜索"
    store = await reopened(f"tantivy:{quote(str(folder))}")
    await store.apply([], 1)
    assert (folder / "meta.json").exists()
    assert folder.stat().st_mode & 0o077 == 0


async def test_only_one_may_have_it_open(tmp_path, reopened):
    store = await reopened(tmp_path / "search")
    await store.apply([document("a", "steady")], 1)
    other = TantivySearch(tmp_path / "search")
    with pytest.raises(StoreBusy):
        await other.open()
    await store.apply([document("b", "steady")], 2)
    await store.close()
    await other.open()
    await other.apply([], 3)
    assert await other.count() == 2
    await other.close()


def test_a_disk_without_room_refuses_all_of_a_change_and_nothing_else(tmp_path):
    child = subprocess.run(  # noqa: S603
        [*CHILD, "limited", f"tantivy:{tmp_path}/search"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert child.stdout.split("\n") == [*["StoreFull", "1 before"] * 3, "9 after,before", ""]


async def test_what_a_refused_change_wrote_is_cleared_away(tmp_path, reopened, monkeypatch):
    store = await reopened(tmp_path / "search")
    await store.apply([document("a", "steady")], 1)
    files = {path.name for path in (tmp_path / "search").iterdir()}

    def fail(_to):
        raise OSError(28, os.strerror(28), str(tmp_path))

    monkeypatch.setattr(index.schema, "position", fail)
    with pytest.raises(StoreFull):
        await store.apply([Gone(COLLECTION), *(document(f"{n}", "steady") for n in range(100))], 2)
    monkeypatch.undo()
    assert {path.name for path in (tmp_path / "search").iterdir()} == files
    assert (await store.position(), await found(store, "steady")) == (1, ["a"])
    await store.apply([document("b", "steady")], 2)
    assert await found(store, "steady") == ["a", "b"]


@pytest.mark.parametrize("rounds", [5, pytest.param(30, marks=pytest.mark.long)])
async def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path, rounds, reopened, caplog):
    chance = random.Random(rounds)
    for _ in range(rounds):
        child = subprocess.Popen(  # noqa: S603, ASYNC220
            [*CHILD, "endless", f"tantivy:{tmp_path}/search"], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        acknowledged = [int(child.stdout.readline()) for _ in range(chance.randrange(1, 25))][-1]
        time.sleep(chance.random() / 50)  # noqa: ASYNC251 - any moment of the next changes
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read()
        child.stdout.close()
        assert child.wait() == -signal.SIGKILL
        acknowledged = max([acknowledged, *(int(line) for line in rest.split("\n")[:-1] if line)])
        store = await reopened(tmp_path / "search")
        position = await store.position()
        assert position >= acknowledged
        assert set(await found(store, "steady")) == after(position)
        assert await store.count() == len(after(position))
        assert await found(store, f"revision{position}") == ["same"]
        assert await found(store, f"number{position}") == [f"n{position}"]
        await store.close()
    assert caplog.text == ""


async def test_what_is_accepted_is_finished_before_it_closes(tmp_path, reopened):
    store = await reopened(tmp_path / "search")
    applying = [asyncio.create_task(store.apply([document(f"{n}", "steady")], n)) for n in range(1, 9)]
    searching = [asyncio.create_task(found(store, "steady", k=ALL)) for _ in range(9)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*applying, *searching)
    assert await (again := await reopened(tmp_path / "search")).position() == 8
    assert await again.count() == 8


@pytest.mark.parametrize(
    ("text", "exact", "loose"),
    [
        ("", [], []),
        ("Senior C++ devs", ["senior", "c++", "c", "devs"], ["senior", "devs"]),
        (".NET/Node.js", [".net", "net", "node.js", "node", "js"], ["net", "node"]),
        ("front-end", ["frontend", "front", "end"], ["frontend", "front", "end"]),
        ("资深算法", ["=资深", "=算法"], ["资深", "深算", "算法"]),
        ("王 T恤", ["t"], ["王", "恤"]),
        ("算法 算法", ["=算法"], ["算法"]),
    ],
)
def test_what_is_looked_for(text, exact, loose):
    assert words.of_query(text) == words.Words(exact, loose)


@pytest.mark.parametrize(
    "text", ["資深工程師", "ÅNGSTRÖM", "ﬁnance", "Ｃ＋＋", "e\u0301", "乾隆皇后", "ガ", "각", "İstanbul", "ß"]
)
def test_a_part_folds_to_a_part(text):
    whole = words.fold(f"前{text}后")
    assert words.fold(text) in whole
    assert words.fold(whole) == whole
