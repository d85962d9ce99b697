"""That every vector driver finds what is to be found: under filters, after writes and deletes, among copies."""

import asyncio

import numpy as np
import pytest

from looma.platform.stores.vector import VectorDocument, VectorQuery

from .vector_stores import COLLECTION, NAMES, SHARES, SMALL, Shelf, driver, found, query, settled


@pytest.fixture(params=NAMES)
async def store(request, tmp_path):
    opened = driver(request.param, tmp_path / "vector")
    await opened.open()
    await opened.clear()
    yield opened
    await opened.close()


@pytest.mark.parametrize("unit", [True, False], ids=["unit", "of any length"])
@pytest.mark.parametrize("metric", ["cosine", "dot", "euclidean"])
async def test_recall_under_filters_and_after_writes_and_deletes(store, metric, unit):
    shelf = Shelf(3, unit=unit)
    await store.apply([shelf.make(number) for number in range(1500)], 1)
    await settled(store)

    async def good():
        assert await shelf.recall(store, metric=metric) >= 0.95
        for share in SHARES:
            assert await shelf.recall(store, 6, metric=metric, share=[share]) >= 0.95
        assert await shelf.recall(store, 6, metric=metric, all=["yes"], share=["half"]) >= 0.95

    await good()
    changes = [shelf.make(number) for number in (*range(1500, 1500 + SMALL // 4), *range(100))]
    await store.apply([*changes, *(shelf.drop(number) for number in range(200, 350))], 2)
    await good()
    await settled(store)
    await store.apply([shelf.drop(number) for number in range(350, 1000)], 3)
    await good()
    await settled(store)
    await good()
    assert await store.count() == len(shelf.documents)


async def test_a_filter_that_goes_against_the_meaning_finds_what_it_leaves(store):
    shelf = Shelf(4)
    made = [shelf.make(number) for number in range(2000)]
    there = shelf.centres[0] / np.linalg.norm(shelf.centres[0])
    sides = {one.id: "near" if (one.vectors @ there).max() > 0.3 else "far" for one in made}
    await store.apply(
        [VectorDocument(one.collection, one.id, one.vectors, {"side": [sides[one.id]]}) for one in made], 1
    )
    await settled(store)
    truth = [name for name in shelf.truth(query(*there)) if sides[name] == "far"][:10]
    assert set(await found(store, *there, side=["far"])) == set(truth)


async def test_what_many_documents_share_hides_nothing(store):
    shelf = Shelf(6)
    own = [shelf.make(number) for number in range(300)]
    shared = np.concatenate([one.vectors[:1] for one in own[:3]])
    copies = [VectorDocument(COLLECTION, f"e{n:05}", shared[n % 3][None], {"all": ["yes"]}) for n in range(1500)]
    await store.apply([*own, *copies], 1)
    await settled(store)
    for one in own[3:40]:
        assert (await found(store, *one.vectors[0], k=3))[0] == one.id
    assert await found(store, *shared[0], k=3) == ["d00000", "e00000", "e00003"]


async def test_searches_while_others_write_see_whole_documents(store):
    shelf = Shelf(8)
    await store.apply([shelf.make(number) for number in range(500)], 1)

    async def write(step):
        await store.apply([shelf.make(number) for number in range(500)], step)

    async def search():
        for vector in shelf.vectors(40):
            answer = await store.search(VectorQuery(COLLECTION, vector, 20))
            assert len(answer) == len({one.id for one in answer}) == 20
            await asyncio.sleep(0)

    await asyncio.gather(write(2), search(), write(3), search(), write(4), search())
    await settled(store)
    assert (await store.position(), await store.count()) == (4, 500)
    assert await shelf.recall(store) >= 0.95
