"""Searching: by word, by meaning, by both and near a vector; what happens when the model is out of reach."""

import asyncio
from math import isfinite

import pytest
from pydantic import ValidationError

from looma.contracts.vector import (
    LARGEST,
    MAX_K,
    NewCollection,
    NewDocument,
    NewDocuments,
    Query,
    VectorSearch,
)
from looma.platform import context
from looma.platform.errors import Forbidden, Unavailable

DOCUMENTS = [
    {"id": "nurse", "title": "Night shifts", "text": "A ward nurse with ten years of night shifts. She leads a team."},
    {"id": "cook", "text": "A cook for a school kitchen.", "terms": {"status": ["open"], "place": ["Leeds", "York"]}},
    {"id": "driver", "text": "A driver for a school bus.", "terms": {"status": ["closed"], "place": ["Leeds"]}},
    {"id": "护士", "text": "负责病房夜班护理工作，带领护士团队。", "title": "护士长"},
]


async def filled(desk):
    """The collection ``notes`` with a few documents."""
    await desk.vector.put_collection("notes", NewCollection())
    documents = [NewDocument(**one) for one in DOCUMENTS]
    return await desk.vector.put_documents("notes", NewDocuments(documents=documents))


@pytest.fixture
async def vector(desk):
    """The service with a filled collection."""
    await filled(desk)
    return desk.vector


def query(text, /, **more):
    return Query(collection="notes", query=text, **more)


def ids(found):
    return [hit.id for hit in found.hits]


async def test_by_word_only_what_has_a_word_is_found(vector):
    found = await vector.search_text(query("school kitchen"))
    assert ids(found) == ["cook", "driver"]
    assert found.hits[0].score > found.hits[1].score > 0
    assert (found.engines, found.warnings) == (["words"], [])
    assert ids(await vector.search_text(query("护士长"))) == ["护士"]
    assert ids(await vector.search_text(query("absent"))) == []
    assert ids(await vector.search_text(query("!?"))) == []


async def test_by_meaning_everything_is_near_or_far(vector):
    found = await vector.search_semantic(query("a cook for a school kitchen"))
    assert ids(found)[0] == "cook"
    assert len(found.hits) == 4
    assert found.engines == ["characters-1"]
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert (
        ids(await vector.search_semantic(query("a cook", k=2)))
        == ids(await vector.search_semantic(query("a cook")))[:2]
    )
    assert ids(await vector.search_semantic(query("  "))) == []


async def test_both_together(vector):
    found = await vector.search_hybrid(query("school kitchen"))
    assert ids(found)[0] == "cook"
    assert set(ids(found)) == {"cook", "driver", "nurse", "护士"}
    assert found.engines == ["words", "characters-1"]
    assert 1 >= found.hits[0].score > found.hits[-1].score >= 0


async def test_filters_hold_for_every_way(vector):
    for search in (vector.search_text, vector.search_semantic, vector.search_hybrid):
        assert ids(await search(query("school", filters={"place": ["Leeds"], "status": ["open"]}))) == ["cook"]
        assert set(ids(await search(query("school", filters={"place": ["York", "Leeds"]})))) == {"cook", "driver"}
        assert ids(await search(query("school", filters={"place": ["leeds"]}))) == []
        assert ids(await search(query("school", filters={"place": []}))) == []
        assert ids(await search(query("school", filters={"unknown": ["x"]}))) == []
        assert ids(await search(query("护士", filters={"language": ["zh"]}))) == ["护士"]


async def test_near_a_vector(desk, vector):
    ((like_cook,),) = [(await desk.embedder.embed([DOCUMENTS[1]["text"]])).tolist()]
    for metric in ("cosine", "dot", "euclidean"):
        found = await vector.search_vector(VectorSearch(collection="notes", vector=like_cook, k=2, metric=metric))
        assert ids(found)[0] == "cook"
        assert found.hits[0].score == pytest.approx(1, abs=0.02)
        assert len(found.hits) == 2
    only = VectorSearch(collection="notes", vector=like_cook, filters={"status": ["closed"]}, text=True)
    assert [(hit.id, hit.text) for hit in (await vector.search_vector(only)).hits] == [("driver", DOCUMENTS[2]["text"])]


@pytest.mark.parametrize("number", [-2e15, 1e18, 1e19, 1e39, 1e308])
def test_a_vector_too_large_to_reckon_with_is_refused(number):
    with pytest.raises(ValidationError, match=r"less_than_equal|greater_than_equal"):
        VectorSearch(collection="notes", vector=[0.0] * 511 + [number])


@pytest.mark.parametrize("metric", ["cosine", "dot", "euclidean"])
async def test_the_largest_vector_gives_finite_scores(vector, metric):
    hits = (await vector.search_vector(VectorSearch(collection="notes", vector=[LARGEST] * 512, metric=metric))).hits
    assert len(hits) == len(DOCUMENTS)
    assert all(isfinite(hit.score) for hit in hits)


async def test_hits_show_what_was_asked_for(vector):
    (plain,) = (await vector.search_text(query("kitchen", highlight=False))).hits
    assert (plain.title, plain.text, plain.highlights) == (None, None, [])
    (hit,) = (await vector.search_text(query("NIGHT shift", text=True))).hits
    assert (hit.title, hit.text) == ("Night shifts", DOCUMENTS[0]["text"])
    (highlight,) = hit.highlights
    assert hit.text[highlight.start : highlight.end] == highlight.text
    assert [highlight.text[start:end] for start, end in highlight.marks] == ["night", "shifts"]
    (hit,) = (await vector.search_text(query("夜班護理"))).hits
    (highlight,) = hit.highlights
    assert [highlight.text[start:end] for start, end in highlight.marks] == ["夜班护理"]
    unmarked = (await vector.search_semantic(query("zzz", k=1))).hits[0].highlights
    assert [mark for one in unmarked for mark in one.marks] == []


async def test_a_query_is_embedded_once(desk, vector):
    before = len(desk.embedder.asked)
    for _ in range(3):
        await vector.search_semantic(query("cook"))
        await vector.search_hybrid(query("cook"))
    assert desk.embedder.asked[before:] == ["cook"]


async def test_without_the_model_words_are_left(desk, vector):
    desk.embedder.down = True
    with pytest.raises(Unavailable):
        await vector.search_semantic(query("school kitchen"))
    found = await vector.search_hybrid(query("school kitchen"))
    assert ids(found) == ["cook", "driver"]
    assert found.engines == ["words"]
    assert [notice.code for notice in found.warnings] == ["vector.hybrid_words_only"]
    assert found.hits == (await vector.search_text(query("school kitchen"))).hits


async def test_documents_that_come_while_the_model_is_away_get_their_vectors_later(desk):
    desk.embedder.down = True
    written = await filled(desk)
    assert [notice.code for notice in written.warnings] == ["vector.words_only"]
    assert ids(await desk.vector.search_text(query("kitchen"))) == ["cook"]
    await desk.service.indexer.embed_late()
    desk.embedder.down = False
    assert ids(await desk.vector.search_semantic(query("kitchen"))) == []
    await desk.vector.delete_document("notes", "driver")
    await desk.service.indexer.embed_late()
    assert set(ids(await desk.vector.search_semantic(query("kitchen")))) == {"cook", "nurse", "护士"}
    assert not desk.service.indexer.meanings.waiting
    assert (
        await desk.vector.put_documents("notes", NewDocuments(documents=[NewDocument(id="n", text="n")]))
    ).warnings == []


async def test_all_that_say_the_same_get_their_vectors(desk):
    """Also those that were passed by, when the model comes back for another one that says it too."""
    await desk.vector.put_collection("notes", NewCollection())
    desk.embedder.down = True
    await desk.vector.put_documents("notes", NewDocuments(documents=[NewDocument(id="first", text="a tailor")]))
    desk.embedder.down = False
    await desk.vector.put_documents("notes", NewDocuments(documents=[NewDocument(id="second", text="a tailor")]))
    await desk.service.indexer.embed_late()
    assert ids(await desk.vector.search_semantic(query("a tailor"))) == ["first", "second"]
    assert desk.embedder.asked == ["a tailor"] * 2, "the documents once, the query once"


async def test_a_changed_document_is_not_found_by_its_old_meaning(desk, vector):
    desk.embedder.down = True
    await vector.put_documents("notes", NewDocuments(documents=[NewDocument(id="cook", text="a tailor")]))
    desk.embedder.down = False
    assert "cook" not in ids(await vector.search_semantic(query("a cook for a school kitchen")))
    await desk.service.indexer.embed_late()
    assert ids(await vector.search_semantic(query("a tailor")))[0] == "cook"


async def test_a_text_that_the_model_chokes_on_holds_up_no_other(desk, caplog):
    desk.embedder.chokes_on = "kitchen"
    await filled(desk)
    await desk.service.indexer.embed_late()
    assert set(ids(await desk.vector.search_semantic(query("school")))) == {"driver", "nurse", "护士"}
    assert "document cook of notes cannot be embedded" in caplog.text
    assert ids(await desk.vector.search_text(query("kitchen"))) == ["cook"]
    assert not desk.service.indexer.meanings.waiting, "it is not tried over and over"


async def test_a_long_upload_holds_up_nobody(desk):
    await desk.vector.put_collection("notes", NewCollection())
    desk.embedder.slow["long"] = asyncio.Event()
    upload = NewDocuments(documents=[NewDocument(id="long", text="long")])
    waiting = asyncio.create_task(desk.vector.put_documents("notes", upload))
    await desk.vector.put_documents("notes", NewDocuments(documents=[NewDocument(id="short", text="short")]))
    assert ids(await desk.vector.search_semantic(query("short"))) == ["short"]
    assert not waiting.done()
    desk.embedder.slow["long"].set()
    await waiting
    assert set(ids(await desk.vector.search_semantic(query("short")))) == {"short", "long"}


async def test_who_may_not_read_people_finds_none(desk):
    searcher = context.Caller(org="local", user="sam", scopes=frozenset({"search:read"}))
    with context.acting(searcher):
        assert (await desk.vector.list_collections()).items
        for search in (desk.vector.search_text, desk.vector.search_semantic, desk.vector.search_hybrid):
            with pytest.raises(Forbidden):
                await search(Query(collection="talents", query="x"))
        with pytest.raises(Forbidden):
            await desk.vector.search_vector(VectorSearch(collection="talents", vector=[0.0] * 512))
        with pytest.raises(Forbidden):
            await desk.vector.get_document("talents", "x")


async def test_many_writers_and_searchers_at_once(desk):
    await desk.vector.put_collection("notes", NewCollection())

    async def write(n):
        await desk.vector.put_documents("notes", NewDocuments(documents=[NewDocument(id=f"d{n}", text=f"tailor {n}")]))
        assert f"d{n}" in ids(await desk.vector.search_text(query(f"tailor {n}", k=100)))

    await asyncio.gather(*(write(n) for n in range(40)))
    assert len(ids(await desk.vector.search_hybrid(query("tailor", k=100)))) == 40
    assert (await desk.vector.get_collection("notes")).documents == 40


@pytest.mark.parametrize(
    "bad",
    [
        {"query": ""},
        {"query": "x" * 10_001},
        {"query": "x\x00"},
        {"k": 0},
        {"k": MAX_K + 1},
        {"k": "many"},
        {"filters": {"Bad": ["x"]}},
        {"filters": {"status": "open"}},
        {"language": "fr"},
        {"unknown": 1},
    ],
)
def test_a_query_that_cannot_be_taken(bad):
    with pytest.raises(ValidationError):
        Query.model_validate({"collection": "notes", "query": "x", **bad})


@pytest.mark.parametrize("vector", [[], [0.0] * 511, [0.0] * 513, [float("nan")] * 512, [float("inf")] * 512, "x"])
def test_a_vector_that_cannot_be_taken(vector):
    with pytest.raises(ValidationError):
        VectorSearch.model_validate({"collection": "notes", "vector": vector})
