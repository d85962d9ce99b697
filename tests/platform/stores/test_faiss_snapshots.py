"""What the FAISS driver keeps on the disk: snapshots, damage to them, no room for them, and a killed process."""

import asyncio
import logging
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest

from looma.platform.stores.errors import StoreBroken, StoreBusy, StoreFull
from looma.platform.stores.vector import open_vectors, snapshot
from looma.platform.stores.vector.faiss import FaissVectors
from looma.platform.stores.vector.graph import Graph

from .vector_stores import SMALL, Shelf, after, document, found, graph_of

CHILD = [sys.executable, "-m", f"{__package__}.vector_stores"]
ROOT = Path(__file__).parents[3]
LOG = "looma.stores.vector"


@pytest.fixture
async def reopened():
    """Open a store over a folder or URL; all are closed in the end."""
    opened = []

    async def reopen(url, **options) -> FaissVectors:
        opened.append(FaissVectors(url, **{"settle_at": SMALL, "keep_after_s": 3600} | options))
        await opened[-1].open()
        return opened[-1]

    yield reopen
    for store in opened:
        await store.close()


def files(folder: Path) -> set[str]:
    return {path.suffix for path in folder.iterdir() if path.suffix}


@pytest.fixture
async def whole(tmp_path):
    """A folder with two collections, one of them with a graph; and what it has to give."""
    shelf, folder = Shelf(1), tmp_path / "whole"
    store = FaissVectors(folder, settle_at=SMALL)
    await store.open()
    await store.apply([shelf.make(number) for number in range(100)], 1)
    await store.settled()
    await store.apply([shelf.make(100), shelf.drop(7), document("a", [1, 0], collection="other/jobs")], 2)
    await store.close()
    return folder, shelf


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    at = len(data) // 3
    data[at : at + 4] = bytes(255 - one for one in data[at : at + 4])
    path.write_bytes(bytes(data))


DAMAGES = {"emptied": lambda path: path.write_bytes(b""), "cut": cut, "garbled": garble, "removed": Path.unlink}


async def test_a_whole_snapshot(whole, reopened, caplog):
    folder, shelf = whole
    assert files(folder) == {".json", ".columns", ".graph"}
    store = await reopened(folder)
    assert (await store.position(), await store.count()) == (2, 101)
    assert graph_of(store) > SMALL
    assert await shelf.recall(store) >= 0.95
    assert await found(store, 1, 0, collection="other/jobs") == ["a"]
    assert not caplog.records


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kind", [".json", ".columns", ".graph"])
async def test_a_damaged_snapshot_is_begun_anew(whole, reopened, caplog, kind, damage):
    folder, shelf = whole
    DAMAGES[damage](next(path for path in folder.iterdir() if path.suffix == kind))
    with caplog.at_level(logging.WARNING, LOG):
        store = await reopened(folder)
    assert [(record.name, record.levelname) for record in caplog.records] == [(LOG, "WARNING")]
    assert (await store.position(), await store.count(), files(folder)) == (0, 0, set())
    await store.apply(list(shelf.documents.values()), 3)
    await store.close()
    again = await reopened(folder)
    assert (await again.position(), await again.count()) == (3, 100)


@pytest.mark.parametrize(
    "body", ["{}", "[]", "null", '{"format": 99}', '{"format": 1, "collections": {"a": 3}}', "{", ""]
)
async def test_a_manifest_of_any_content(whole, reopened, body, caplog):
    folder, _ = whole
    (folder / "manifest.json").write_bytes(b"%s\n%08x\n" % (body.encode(), snapshot.zlib.crc32(body.encode())))
    store = await reopened(folder)
    assert (await store.position(), await store.count()) == (0, 0)
    assert "begun anew" in caplog.text


async def test_files_that_do_not_belong_together(whole, reopened, caplog, monkeypatch):
    folder, _ = whole
    (graph,) = folder.glob("*.graph")
    Graph.empty(24).grown([np.ones((3, 24), np.float32)], lambda: False).write(graph)
    real, told = snapshot.File, {}
    monkeypatch.setattr(snapshot, "_seen", lambda path: told.get(path.name))
    manifest = (folder / "manifest.json").read_bytes().partition(b"\n")[0]
    for kept in snapshot.json.loads(manifest)["collections"].values():
        told |= {one["name"]: real(**one) for one in kept.values() if one}
    store = await reopened(folder)
    assert await store.position() == 0
    assert "cannot be read" in caplog.text


async def test_other_files_are_left_alone_and_leftovers_are_not(whole, reopened):
    folder, _ = whole
    for name in ("notes.txt", "999.columns", "998.graph", "manifest.aside"):
        (folder / name).write_text("x")
    store = await reopened(folder)
    assert await store.position() == 2
    names = {path.name for path in folder.iterdir()}
    assert "notes.txt" in names
    assert not names & {"999.columns", "998.graph", "manifest.aside"}


async def test_a_deleted_folder_is_a_new_one(whole, reopened, caplog):
    folder, _ = whole
    shutil.rmtree(folder)
    store = await reopened(folder)
    assert (await store.position(), await store.count()) == (0, 0)
    assert not caplog.records


async def test_clear_is_kept_at_once(whole, reopened, tmp_path):
    folder, _ = whole
    store = await reopened(folder)
    await store.clear()
    shutil.copytree(folder, tmp_path / "as killed now")
    again = await reopened(tmp_path / "as killed now")
    assert (await again.position(), await again.count()) == (0, 0)


async def test_a_folder_that_disappears_while_open_is_told_and_does_no_harm(tmp_path, reopened, caplog):
    store = await reopened(tmp_path / "vector")
    await store.apply([document("a", [1, 0])], 1)
    shutil.rmtree(tmp_path / "vector")
    with pytest.raises(StoreBroken):
        await store.check()
    assert await found(store, 1, 0) == ["a"]
    assert not await store.keep()
    assert "could not be kept" in caplog.text
    await store.close()


async def test_a_folder_that_cannot_be(tmp_path):
    (tmp_path / "taken").write_bytes(b"")
    for folder in (tmp_path / "taken", tmp_path / "taken" / "vector", Path("/proc/vector")):
        store = FaissVectors(folder)
        with pytest.raises(StoreBroken) as failed:
            await store.open()
        assert str(tmp_path) not in failed.value.message("en")
        with pytest.raises(StoreBroken):
            await store.position()
        await store.close()


async def test_a_folder_of_any_name(tmp_path):
    folder = tmp_path / "a b#?%20 向量"
    store = open_vectors(f"faiss:{quote(str(folder))}")
    await store.open()
    await store.apply([document("a", [1, 0])], 1)
    await store.close()
    assert (folder / "manifest.json").exists()
    assert folder.stat().st_mode & 0o077 == 0


async def test_only_one_may_have_it_open(whole, reopened):
    folder, _ = whole
    store = await reopened(folder)
    with pytest.raises(StoreBusy):
        await FaissVectors(folder).open()
    await store.close()
    assert await (await reopened(folder)).position() == 2


async def test_what_did_not_change_is_not_written_again(whole, reopened):
    folder, shelf = whole
    store = await reopened(folder)
    before = {path.name for path in folder.iterdir()}
    await store.apply(list(shelf.documents.values()), 2)
    assert await store.keep()
    assert {path.name for path in folder.iterdir()} == before
    await store.apply([shelf.make(200)], 3)
    assert await store.keep()
    written = {path.name for path in folder.iterdir()} - before
    assert [name.partition(".")[2] for name in written] == ["columns"]


async def test_a_snapshot_is_taken_after_many_changes_and_after_a_while(tmp_path, reopened):
    async def kept(store):
        while store._kept != await store.position():  # noqa: ASYNC110 - there is nothing to wait on
            await asyncio.sleep(0)

    many = await reopened(tmp_path / "many", keep_every=3)
    await many.apply([document("a", [1, 0]), document("b", [1, 0])], 1)
    assert many._saving is None
    await many.apply([document("c", [1, 0])], 2)
    await kept(many)
    soon = await reopened(tmp_path / "soon", keep_after_s=0)
    await soon.apply([document("a", [1, 0])], 1)
    await kept(soon)


async def test_a_disk_without_room_keeps_the_last_snapshot_and_tries_again(
    whole, reopened, monkeypatch, caplog, tmp_path
):
    folder, shelf = whole
    store = await reopened(folder)
    before = {path.name for path in folder.iterdir()}
    await store.apply([shelf.make(number) for number in range(200, 300)], 3)
    await store.settled()
    for name in ("_flush", "_finished"):
        with monkeypatch.context() as full:
            full.setattr(snapshot, name, _no_room)
            assert not await store.keep()
        assert "could not be kept, the last snapshot stays: No space left" in caplog.text
        assert {path.name for path in folder.iterdir()} == before
        assert str(tmp_path) not in caplog.text
    assert await shelf.recall(store) >= 0.95
    shutil.copytree(folder, tmp_path / "as killed now")
    assert await (await reopened(tmp_path / "as killed now")).position() == 2
    assert await store.keep()
    shutil.copytree(folder, tmp_path / "as killed later")
    later = await reopened(tmp_path / "as killed later")
    assert (await later.position(), await shelf.recall(later)) == (3, pytest.approx(1, abs=0.05))


async def test_clear_without_a_disk_says_so(whole, reopened, monkeypatch):
    store = await reopened(whole[0])
    with monkeypatch.context() as full:
        full.setattr(snapshot, "_flush", _no_room)
        with pytest.raises(StoreFull):
            await store.clear()
    await store.clear()
    assert await store.count() == 0


def _no_room(*_):
    raise OSError(28, "No space left on device", "/some/path")


@pytest.mark.parametrize("rounds", [5, pytest.param(30, marks=pytest.mark.long)])
async def test_a_killed_process_leaves_a_snapshot_that_is_exactly_some_acknowledged_state(
    tmp_path, reopened, rounds, caplog
):
    chance, reached, folder = random.Random(rounds), 0, tmp_path / "vector"
    for _ in range(rounds):
        child = subprocess.Popen([*CHILD, folder], cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603, ASYNC220
        said = [child.stdout.readline().strip() for _ in range(chance.randrange(1, 400))]
        child.send_signal(signal.SIGKILL)
        said += child.stdout.read().splitlines(keepends=True)
        child.stdout.close()
        assert child.wait() == -signal.SIGKILL
        acknowledged = max(int(line) for line in said if not line.endswith("\n") or line.strip())
        store = await reopened(folder)
        position = await store.position()
        assert reached <= position <= acknowledged + 1  # killed between keeping a change and saying so
        expected = after(position)
        assert set(await found(store, *np.ones(8), k=10_000)) == set(expected)
        for name in list(expected)[:: max(1, len(expected) // 20)]:
            assert name in await found(store, *np.ones(8), k=10_000, number=[expected[name]])
        passing = [] if position % 7 == 0 else ["one"]
        assert await found(store, 1, 1, collection="local/passing") == passing
        reached = position
        await store.close()
    assert reached > 0
