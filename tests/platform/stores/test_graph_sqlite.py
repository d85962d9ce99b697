"""What the embedded graph keeps on the disk: damage to it, another process, and one that is killed in mid-write."""

import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from looma.platform.settings import Settings
from looma.platform.stores import UnifiedDataAccess
from looma.platform.stores.errors import StoreBroken, StoreBusy, StoreFull
from looma.platform.stores.graph import Gone, open_graph, reading
from looma.platform.stores.graph.sqlite import SqliteGraph

from .graph_stores import ALL, ORG, OTHER, WHOLE, after, all_versions, edge, everything, given, names, whole, world

CHILD = [sys.executable, "-m", f"{__package__}.graph_stores"]
ROOT = Path(__file__).parents[3]
ROUNDS = [2, pytest.param(20, marks=pytest.mark.long)]


@pytest.fixture
async def reopened(tmp_path):
    """Open the graph of the test's folder; all are closed in the end."""
    opened = []

    async def reopen() -> SqliteGraph:
        opened.append(SqliteGraph(tmp_path / "graph"))
        await opened[-1].open()
        return opened[-1]

    yield reopen
    for store in opened:
        await store.close()


def tables(folder: Path) -> set[str]:
    """What is in the file, as another program sees it."""
    connection = sqlite3.connect(folder / "graph" / "graph.db")
    try:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        return {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
    finally:
        connection.close()


async def test_what_was_applied_is_there_after_opening_again(reopened, tmp_path):
    edges, store = world(1), await reopened()
    await store.apply(edges)
    await store.apply([Gone(ORG, edges[0].id, 9)])
    await store.close()
    again = await reopened()
    assert await everything(again, edges) == sorted(edges[1:])
    assert await again.apply([edges[0]._replace(version=8)]) == 0
    assert (tmp_path / "graph" / "graph.db").stat().st_mode & 0o777 == 0o600


async def test_a_rebuild_leaves_nothing_of_the_old_graph(reopened, tmp_path):
    store = await reopened()
    await store.apply([edge("1", org=OTHER)])
    for number in range(4):
        await store.rebuild(ORG, given(whole(number)))
    with pytest.raises(ValueError, match="another organisation"):
        await store.rebuild(ORG, given([*whole(9), edge("1", org=OTHER)]))
    await store.close()
    kinds = [name.partition("_")[0] for name in tables(tmp_path)]
    assert [kinds.count(kind) for kind in ("edges", "nodes", "gone")] == [2, 2, 2]


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"not a database" * 1_000),
        lambda path: path.write_bytes(path.read_bytes()[:3_000]),
        lambda path: path.write_bytes(bytes(100) + path.read_bytes()[100:]),
    ],
)
async def test_a_damaged_file_is_begun_anew_and_told(reopened, tmp_path, caplog, damage):
    store = await reopened()
    await store.apply(world(1))
    await store.close()
    damage(tmp_path / "graph" / "graph.db")
    again = await reopened()
    assert await all_versions(again) == {}
    assert "begun anew" in caplog.text
    assert await again.apply([edge("1")]) == 1


async def test_a_file_of_another_format_is_begun_anew(reopened, tmp_path, caplog):
    store = await reopened()
    await store.apply([edge("1")])
    await store.close()
    connection = sqlite3.connect(tmp_path / "graph" / "graph.db", isolation_level=None)
    connection.execute("pragma user_version=99")
    connection.close()
    assert await all_versions(await reopened()) == {}
    assert "format 99" in caplog.text


async def test_another_one_that_has_the_folder_makes_it_busy(reopened):
    store = await reopened()
    with pytest.raises(StoreBusy):
        await reopened()
    await store.close()
    await (await reopened()).check()


async def test_a_place_that_cannot_be_used(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreBroken) as refused:
        await SqliteGraph(tmp_path / "file" / "graph").open()
    assert str(tmp_path) not in refused.value.message("en")


async def test_a_full_disk_keeps_nothing_of_a_change(reopened):
    store = await reopened()
    await store.apply([edge("1")])
    store._connection.execute("pragma max_page_count = 60")
    many = [edge(f"{number:05}", f"s{number}", f"t{number}", fact="x" * 500) for number in range(2_000)]
    with pytest.raises(StoreFull):
        await store.apply([edge("1", version=2), *many])
    with pytest.raises(StoreFull):
        await store.rebuild(ORG, given(many))
    assert await all_versions(store) == {"1": 1}
    assert await store.apply([edge("2")]) == 1


@pytest.mark.parametrize("rounds", ROUNDS)
async def test_a_process_killed_while_it_applies_leaves_whole_changes_and_all_that_it_said(tmp_path, reopened, rounds):
    chance, reached = random.Random(rounds), 0
    for _ in range(rounds):
        acknowledged = killed("apply", tmp_path / "graph", chance.randrange(5, 200))
        store = await reopened()
        found = await all_versions(store, limit=1_000)
        number = found.get("same", 0)
        assert reached <= acknowledged <= number <= acknowledged + 1  # killed between keeping a change and saying so
        assert found == after(number)
        assert {one.id: one.version for one in (await store.expand(["hub"], ALL)).edges} == {
            id_: version for id_, version in found.items() if not id_.endswith("b")
        }
        reached = number
        await store.close()
        tables(tmp_path)
    assert reached > 0


@pytest.mark.parametrize("rounds", ROUNDS)
async def test_a_process_killed_while_it_rebuilds_leaves_one_whole_generation(tmp_path, reopened, rounds):
    chance, reached = random.Random(rounds), 0
    for _ in range(rounds):
        acknowledged = killed("rebuild", tmp_path / "graph", chance.randrange(10, 40))
        store = await reopened()
        found = await all_versions(store, limit=1_000)
        number = max(found.values(), default=0)
        assert reached <= acknowledged <= number <= acknowledged + 1
        edges = whole(number) if number else []
        assert await everything(store, edges) == edges
        assert found == {one.id: number for one in edges}
        assert len(found) in (0, WHOLE)
        reached = number
        await store.close()
        assert len([name for name in tables(tmp_path) if name.startswith("edges_")]) <= 1
    assert reached > 0


def killed(what: str, folder: Path, lines: int) -> int:
    """Run a process that writes, kill it after it has said so much; the last number that it acknowledged."""
    child = subprocess.Popen([*CHILD, what, folder], cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
    said = [child.stdout.readline() for _ in range(lines)]
    child.send_signal(signal.SIGKILL)
    said += child.stdout.read().splitlines(keepends=True)
    child.stdout.close()
    assert child.wait() == -signal.SIGKILL
    return max(int(line) for line in said if line.strip() != "-" and line.endswith("\n"))


async def test_the_platform_opens_it_when_it_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setenv("LOOMA_DATA", str(tmp_path / "a b"))
    data = UnifiedDataAccess.of(Settings().stores)
    await data.initialize()
    assert not (tmp_path / "a b" / "graph").exists()
    assert data.graph is data.graph
    await data.graph.open()
    await data.graph.apply([edge("1")])
    await data.graph.close()
    await data.close()
    named = open_graph(f"sqlite:{quote(str(tmp_path / 'a b' / 'graph'))}")
    await named.open()
    assert await everything(named, [edge("1")]) == [edge("1")]
    await named.close()


def test_nobody_pays_for_it_unasked():
    program = (
        "import sys, looma.platform.stores, looma.compose\n"
        "assert not [name for name in sys.modules if name.startswith('looma.platform.stores.graph')]"
    )
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 - our own program


async def test_walks_use_the_indexes(reopened):
    store = await reopened()
    edges = world(2)
    await store.apply(edges)
    plans, statements = [], []
    reader = sqlite3.connect(store._folder / "graph.db")
    try:
        reader.set_trace_callback(statements.append)
        reading.expand(reader, names(edges), ALL)
        reading.degree(reader, names(edges), ALL)
        reader.set_trace_callback(None)
        for statement in statements:
            plans += [row[3] for row in reader.execute(f"explain query plan {statement}")]
    finally:
        reader.close()
    assert any("source_1 (source=?" in plan for plan in plans)
    assert any("target_1 (target=?" in plan for plan in plans)
    assert not [plan for plan in plans if plan.startswith(("SCAN edges", "SCAN nodes"))]
