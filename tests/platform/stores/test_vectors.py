"""What every vector driver promises."""

import math

import numpy as np
import pytest

from looma.platform.stores.errors import StoreBroken
from looma.platform.stores.vector import Gone, VectorDocument

from .vector_stores import COLLECTION, NAMES, document, driver, found, query, settled


@pytest.fixture(params=NAMES)
async def store(request, tmp_path):
    opened = driver(request.param, tmp_path / "vector")
    await opened.open()
    await opened.clear()
    yield opened
    await opened.close()


async def test_an_empty_store(store):
    assert await store.position() == 0
    assert await store.count() == await store.count(COLLECTION) == 0
    assert await found(store, 1, 0) == []
    await store.check()


async def test_a_document_is_found_once_it_is_applied_and_replaced_as_a_whole(store):
    await store.apply([document("a", [1, 0], status=["open"]), document("b", [0, 1], status=["open"])], 1)
    assert await found(store, 1, 0.1) == ["a", "b"]
    await store.apply([document("a", [-1, 0], status=["closed"])], 2)
    assert await found(store, 1, 0.1) == ["b", "a"]
    assert await found(store, 1, 0, status=["open"]) == ["b"]
    assert await found(store, 1, 0, status=["closed"]) == ["a"]
    assert (await store.position(), await store.count()) == (2, 2)


async def test_changes_of_one_call_come_in_order(store):
    first, second = document("a", [1, 0]), document("a", [0, 1])
    await store.apply(
        [first, second, document("b", [1, 1]), Gone(COLLECTION, "b"), Gone(COLLECTION, "c"), document("c", [1, 1])], 1
    )
    assert [(one.id, round(one.score, 3)) for one in await store.search(query(0, 1))] == [("a", 1.0), ("c", 0.707)]


async def test_the_same_changes_may_come_again(store):
    changes = [document("a", [1, 0], [0, 1], x=["1", "2", "1"]), Gone(COLLECTION, "b"), document("c", [1, 0])]
    for _ in range(3):
        await store.apply(changes, 5)
    assert await found(store, 1, 0) == ["a", "c"]
    assert await found(store, 0, 1, x=["2"]) == ["a"]
    assert (await store.position(), await store.count()) == (5, 2)


async def test_what_is_gone_is_not_found(store):
    await store.apply([document(name, [1, 0], x=["y"]) for name in "abc"], 1)
    await store.apply([Gone(COLLECTION, "b"), Gone(COLLECTION, "unknown"), Gone("unknown/one", "b"), Gone("no/ne")], 2)
    assert await found(store, 1, 0) == await found(store, 1, 0, x=["y"]) == ["a", "c"]
    assert (await store.position(), await store.count(COLLECTION)) == (2, 2)


async def test_a_collection_goes_as_a_whole_and_may_come_again_with_other_dimensions(store):
    other = document("a", [1, 0], collection="other/talents")
    await store.apply([document("a", [1, 0]), document("b", [1, 0]), other], 1)
    await store.apply([Gone(COLLECTION), document("c", [1, 0, 0])], 2)
    assert await found(store, 1, 0, 0) == ["c"]
    assert await found(store, 1, 0, collection="other/talents") == ["a"]
    assert (await store.count(COLLECTION), await store.count()) == (1, 2)


async def test_a_collection_without_documents_forgets_its_dimensions(store):
    await store.apply([document("a", [1, 0])], 1)
    await store.apply([Gone(COLLECTION, "a")], 2)
    assert await found(store, 1, 0) == []
    await store.apply([document("a", [1, 0, 0])], 3)
    assert await found(store, 1, 0, 0) == ["a"]


async def test_collections_with_equal_ids_are_apart(store):
    first, second = document("a", [1, 0], x=["1"]), document("a", [0, 1], collection="other/talents", x=["2"])
    await store.apply([first, second], 1)
    assert [one.score for one in await store.search(query(1, 0))] == [pytest.approx(1)]
    assert [one.score for one in await store.search(query(1, 0, collection="other/talents"))] == [pytest.approx(0)]
    await store.apply([Gone("other/talents", "a")], 2)
    assert await found(store, 1, 0) == ["a"]
    assert await found(store, 1, 0, x=["2"]) == []


async def test_clear_forgets_everything(store):
    await store.apply([document("a", [1, 0]), document("a", [1, 0], collection="other/talents")], 7)
    await store.clear()
    assert (await store.position(), await store.count(), await found(store, 1, 0)) == (0, 0, [])
    await store.apply([document("b", [1, 0, 0])], 1)
    assert await found(store, 1, 0, 0) == ["b"]


async def test_the_best_passage_counts(store):
    await store.apply([document("one", [0.8, 0.6]), document("many", [-1, 0], [0, 1], [1, 0.1], [1, 0.1])], 1)
    assert [(one.id, round(one.score, 3)) for one in await store.search(query(1, 0))] == [("many", 0.995), ("one", 0.8)]
    assert await found(store, 0, 1, k=1) == ["many"]


async def test_passages_of_a_few_do_not_crowd_out_the_others(store):
    crowd = [document(f"crowd{n}", *([1, 0.001 * m] for m in range(200))) for n in range(3)]
    await store.apply([*crowd, *(document(f"other{n}", [1, 1 + n]) for n in range(20))], 1)
    await settled(store)
    assert await found(store, 1, 0, k=5) == ["crowd0", "crowd1", "crowd2", "other0", "other1"]


async def test_ties_fall_by_id(store):
    names = [f"{number:03}" for number in np.random.default_rng(5).permutation(300)]
    await store.apply([document(name, [1, 0]) for name in names], 1)
    await store.apply([document(f"x{name}", [-1, int(name)]) for name in names], 2)
    await settled(store)
    assert await found(store, 3, 0, k=7) == [f"{number:03}" for number in range(7)]


@pytest.mark.parametrize("k", [-1, 0, 1, 2, 3, 1000])
async def test_k(store, k):
    await store.apply([document("a", [1, 0]), document("b", [1, 1]), document("c", [0, 1])], 1)
    assert await found(store, 1, 0, k=k) == ["a", "b", "c"][: max(0, k)]


async def test_filters(store):
    await store.apply(
        [
            document("a", [1, 0], status=["open"], city=["Berlin", "上海"]),
            document("b", [1, 0.1], status=["open"], city=["Paris"]),
            document("c", [1, 0.2], status=["closed"], city=["上海"]),
            document("d", [1, 0.3]),
        ],
        1,
    )
    assert await found(store, 1, 0, status=["open"]) == ["a", "b"]
    assert await found(store, 1, 0, city=["上海", "Paris"]) == ["a", "b", "c"]
    assert await found(store, 1, 0, city=["上海"], status=["open"]) == ["a"]
    assert await found(store, 1, 0, city=["上海"], status=["open", "closed"]) == ["a", "c"]
    for nothing in (
        {"city": []},
        {"city": ["上"]},
        {"": ["open"]},
        {"city": ["open"]},
        {"status": ["open", "x"], "y": ["z"]},
    ):
        expected = ["a", "b"] if nothing == {"status": ["open"]} else []
        assert await found(store, 1, 0, **nothing) == expected


@pytest.mark.parametrize("metric", ["cosine", "dot", "euclidean"])
async def test_metrics(store, metric):
    vectors = {"far": [6, 8], "near": [1, 0], "behind": [-3, 0]}
    await store.apply([document(name, vector) for name, vector in vectors.items()], 1)
    scores = {
        "cosine": [("near", 1), ("far", 0.6), ("behind", -1)],
        "dot": [("far", 12), ("near", 2), ("behind", -6)],
        "euclidean": [("near", 1 / 2), ("behind", 1 / 6), ("far", 1 / (1 + math.sqrt(80)))],
    }
    answer = await store.search(query(2, 0, metric=metric))
    assert [(one.id, pytest.approx(one.score, abs=1e-4)) for one in answer] == scores[metric]


async def test_a_vector_of_zeros_is_like_nothing(store):
    await store.apply([document("zero", [0, 0]), document("a", [3, 4])], 1)
    assert [(one.id, one.score) for one in await store.search(query(3, 4))] == [("a", pytest.approx(1)), ("zero", 0)]
    assert [(one.id, one.score) for one in await store.search(query(0, 0))] == [("a", 0), ("zero", 0)]
    nearest = await store.search(query(0, 0, metric="euclidean"))
    assert [(one.id, one.score) for one in nearest] == [("zero", 1), ("a", pytest.approx(1 / 6))]


WRONG = {
    "another number of dimensions": np.ones((1, 3), np.float32),
    "no vector": np.empty((0, 2), np.float32),
    "no dimension": np.empty((1, 0), np.float32),
    "one dimension of the array": np.ones(2, np.float32),
    "not a number": np.array([[1, np.nan]], np.float32),
    "infinite": np.array([[1, 0], [-np.inf, 1]], np.float32),
    "too large": np.array([[3e38, 3e38]], np.float32),
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_vector_is_refused_and_nothing_of_its_call_is_kept(store, wrong):
    await store.apply([document("a", [1, 0])], 1)
    bad = VectorDocument(COLLECTION, "wrong", WRONG[wrong])
    for changes in ([document("b", [1, 0]), bad], [Gone(COLLECTION, "a"), document("c", [1], collection="x/y"), bad]):
        with pytest.raises(ValueError, match=r"\w"):
            await store.apply(changes, 2)
    assert (await store.position(), await store.count(), await found(store, 1, 0)) == (1, 1, ["a"])


async def test_dimensions_have_to_agree_within_one_call_too(store):
    with pytest.raises(ValueError, match="dimensions"):
        await store.apply([document("a", [1, 0]), document("b", [1])], 1)
    assert await store.count() == 0


@pytest.mark.parametrize("vector", [[1], [1, 2, 3], [], [np.nan, 1], [1, np.inf], [3e38, 3e38]])
async def test_a_query_that_does_not_fit_is_refused(store, vector):
    await store.apply([document("a", [1, 0])], 1)
    with pytest.raises(ValueError, match=r"\w"):
        await store.search(query(*vector))


async def test_large_and_small_numbers(store):
    await store.apply([document("large", [1e18, 1e17]), document("small", [1e-30, -1e-31])], 1)
    for metric in ("cosine", "dot", "euclidean"):
        answer = await store.search(query(1e18, 0, metric=metric))
        assert [one.id for one in answer] == ["large", "small"]
        assert all(math.isfinite(one.score) for one in answer)
    assert [one.score for one in await store.search(query(1e-30, 0))] == [pytest.approx(0.995, abs=1e-3)] * 2


async def test_ids_and_terms_of_any_characters(store):
    names = ["", " ", "'\"\\", "\x00", "张伟", "😀", "a/b", "..", "\ud83d", "x" * 3000]
    await store.apply([document(name, [1, 0], 名=[name]) for name in names], 1)
    assert sorted(await found(store, 1, 0)) == sorted(names)
    for name in names:
        assert await found(store, 1, 0, 名=[name]) == [name]


async def test_what_is_used_before_it_is_open_says_so(tmp_path):
    for name in NAMES:
        store = driver(name, tmp_path / name)
        await store.close()
        with pytest.raises(StoreBroken):
            await store.apply([], 1)
        with pytest.raises(StoreBroken):
            await store.search(query(1, 0))
        with pytest.raises(StoreBroken):
            await store.check()


async def test_what_was_applied_is_there_after_closing_and_opening(store):
    await store.apply([document("a", [1, 0], x=["1"]), document("b", [0, 1]), document("gone", [1, 1])], 3)
    await store.apply([Gone(COLLECTION, "gone")], 4)
    for _ in range(2):
        await store.close()
        await store.open()
        assert (await store.position(), await store.count()) == (4, 2)
        assert await found(store, 1, 0) == ["a", "b"]
        assert await found(store, 1, 0, x=["1"]) == ["a"]
