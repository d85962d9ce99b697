"""How graphs of the FAISS driver grow and are renewed in the background, while the answers stay right."""

import asyncio

import numpy as np
import pytest

from looma.platform.stores.vector import Gone
from looma.platform.stores.vector.faiss import FaissVectors
from looma.platform.stores.vector.graph import Graph

from .vector_stores import COLLECTION, SMALL, Shelf, document, found, graph_of, query


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


async def test_the_graph_follows_in_the_background_and_changes_no_answer(tmp_path, reopened):
    shelf = Shelf(2)
    store = await reopened(tmp_path / "vector")
    await store.apply([shelf.make(number) for number in range(400)], 1)
    asked = [query(*vector) for vector in shelf.vectors(20)]
    before = [[one.id for one in await store.search(one)] for one in asked]
    await store.settled()
    assert graph_of(store) == sum(len(one.vectors) for one in shelf.documents.values())
    after_it = [[one.id for one in await store.search(one)] for one in asked]
    assert np.mean([len(set(one) & set(two)) / 10 for one, two in zip(before, after_it, strict=True)]) >= 0.95


async def test_the_dead_are_left_behind(tmp_path, reopened):
    shelf = Shelf(2)
    store = await reopened(tmp_path / "vector")
    await store.apply([shelf.make(number) for number in range(400)], 1)
    await store.settled()
    await store.apply([shelf.drop(number) for number in range(300)], 2)
    writing = asyncio.create_task(store.apply([shelf.make(500), shelf.drop(310), shelf.make(311)], 3))
    await store.settled()
    await writing
    collection = store._shelves.collections[COLLECTION]
    assert (len(collection), await store.count()) == (100, 100)
    assert collection.dead <= 2
    assert len(collection.points) <= sum(len(one.vectors) for one in shelf.documents.values()) + 6
    assert await shelf.recall(store) >= 0.95
    assert await shelf.recall(store, share=["half"]) >= 0.95
    await store.close()
    assert await shelf.recall(await reopened(tmp_path / "vector")) >= 0.95


async def test_a_collection_that_goes_while_it_is_renewed_stays_gone(tmp_path, reopened):
    shelf = Shelf(2)
    store = await reopened(tmp_path / "vector")
    await store.apply([shelf.make(number) for number in range(400)], 1)
    await store.settled()
    await store.apply([shelf.drop(number) for number in range(300)], 2)
    await store.apply([Gone(COLLECTION)], 3)
    await store.apply([document("new", [1, 0])], 4)
    await store.settled()
    assert (await store.count(), await found(store, 1, 0)) == (1, ["new"])


async def test_closing_gives_a_growing_graph_up_and_opening_begins_it_again(tmp_path, reopened):
    shelf = Shelf(2)
    store = await reopened(tmp_path / "vector")
    await store.apply([shelf.make(number) for number in range(400)], 1)
    await store.close()
    assert not list((tmp_path / "vector").glob("*.graph"))
    again = await reopened(tmp_path / "vector")
    assert (await again.position(), await again.count()) == (1, 400)
    await again.settled()
    assert graph_of(again) > 400
    assert await shelf.recall(again) >= 0.95


async def test_a_graph_that_cannot_grow_leaves_the_answers_right(tmp_path, reopened, monkeypatch, caplog):
    def fail(*_):
        raise MemoryError

    monkeypatch.setattr(Graph, "grown", fail)
    shelf = Shelf(2)
    store = await reopened(tmp_path / "vector")
    await store.apply([shelf.make(number) for number in range(400)], 1)
    await store.settled()
    assert await shelf.recall(store) == 1
    assert "could not grow" in caplog.text
    monkeypatch.undo()
    await store.apply([], 2)
    await store.settled()
    assert graph_of(store) > 400


async def test_long_looks_go_to_a_thread_and_find_the_same(tmp_path, reopened, monkeypatch):
    monkeypatch.setattr("looma.platform.stores.vector.faiss.COST_INLINE", -1)
    shelf = Shelf(2)
    store = await reopened(tmp_path / "vector")
    await store.apply([shelf.make(number) for number in range(400)], 1)
    await store.settled()
    assert await shelf.recall(store) >= 0.95
    assert await shelf.recall(store, share=["tenth"]) >= 0.95


async def test_vectors_that_many_share_are_kept_once(tmp_path, reopened):
    store = await reopened(tmp_path / "vector")
    await store.apply([document(f"d{number}", [1, 0], [0, number % 2]) for number in range(50)], 1)
    assert len(store._shelves.collections[COLLECTION].points) == 3
