"""Documents: found as soon as the call answers, changed in part or whole, gone when deleted."""

import pytest
from pydantic import ValidationError

from looma.contracts.vector import (
    Document,
    DocumentChange,
    DocumentContent,
    DocumentNotFound,
    NewCollection,
    NewDocument,
    NewDocuments,
    Query,
)
from looma.platform.errors import Invalid


@pytest.fixture
async def vector(desk):
    """The service, with the collection ``notes``."""
    await desk.vector.put_collection("notes", NewCollection())
    return desk.vector


async def put(vector, *documents):
    return await vector.put_documents("notes", NewDocuments(documents=[NewDocument(**one) for one in documents]))


async def ids(search, query, **more):
    """The ids that a search finds, best first."""
    return [hit.id for hit in (await search(Query(collection="notes", query=query, **more))).hits]


async def test_a_document_lives(vector):
    assert (await put(vector, {"id": "a", "text": "病房护士", "title": "值班", "terms": {"ward": ["3"]}})).count == 1
    kept = await vector.get_document("notes", "a")
    assert kept == Document(
        id="a",
        collection="notes",
        title="值班",
        text="病房护士",
        language="zh",
        terms={"ward": ["3"], "language": ["zh"]},
        version=1,
    )
    changed = await vector.change_document("notes", "a", DocumentChange(text="ward nurse"))
    assert (changed.text, changed.title, changed.language, changed.version) == ("ward nurse", "值班", "en", 2)
    assert changed.terms == {"ward": ["3"], "language": ["en"]}
    assert await ids(vector.search_text, "护士") == []
    assert await ids(vector.search_text, "nurse") == ["a"]
    whole = await vector.put_document("notes", "a", DocumentContent(text="开发", language="en"))
    assert (whole.title, whole.language, whole.version) == ("", "en", 3)
    assert await ids(vector.search_text, "值班") == []
    assert await vector.delete_document("notes", "a") == whole
    for search in (vector.search_text, vector.search_semantic, vector.search_hybrid):
        assert await ids(search, "开发") == []
    for call in (
        vector.get_document("notes", "a"),
        vector.delete_document("notes", "a"),
        vector.change_document("notes", "a", DocumentChange(title="x")),
    ):
        with pytest.raises(DocumentNotFound):
            await call
    assert (await vector.put_document("notes", "a", DocumentContent(text="又来"))).version == 5
    assert await ids(vector.search_text, "又来") == ["a"]


async def test_a_thousand_at_once_are_found_when_the_call_answers(desk, vector):
    work = ("nurse", "cook", "driver", "tailor")
    documents = [{"id": f"d{n}", "text": f"document {n} about a {work[n % 4]}"} for n in range(1000)]
    assert (await put(vector, *documents)).count == 1000
    assert await ids(vector.search_text, "999") == ["d999"]
    assert len(await ids(vector.search_text, "tailor", k=1000)) == 250
    assert len(await ids(vector.search_semantic, "tailor", k=1000)) == 1000
    asked = len(desk.embedder.asked)
    assert (await put(vector, *documents)).count == 1000
    assert len(desk.embedder.asked) == asked, "what has not changed is not embedded again"


async def test_of_one_id_the_last_counts(vector):
    assert (await put(vector, {"id": "a", "text": "first"}, {"id": "a", "text": "second"})).count == 1
    assert (await vector.get_document("notes", "a")).text == "second"
    assert (await vector.get_collection("notes")).documents == 1


async def test_the_same_text_is_embedded_once_and_forgotten_with_the_last_that_says_it(desk, vector):
    await put(vector, {"id": "a", "text": "same"}, {"id": "b", "text": "same"})
    assert desk.embedder.asked == ["same"]
    await vector.delete_document("notes", "a")
    await put(vector, {"id": "c", "text": "same"})
    assert desk.embedder.asked == ["same"]
    await vector.delete_document("notes", "b")
    await put(vector, {"id": "c", "text": "other"})
    await put(vector, {"id": "d", "text": "same"})
    assert desk.embedder.asked == ["same", "other", "same"]
    await vector.delete_collection("notes")
    await vector.put_collection("notes", NewCollection())
    await put(vector, {"id": "d", "text": "same"})
    assert desk.embedder.asked == ["same", "other", "same", "same"]


async def test_a_change_of_terms_alone_is_seen_by_filters(desk, vector):
    await put(vector, {"id": "a", "text": "nurse", "terms": {"status": ["open"]}})
    await vector.change_document("notes", "a", DocumentChange(terms={"status": ["closed"]}))
    for search in (vector.search_text, vector.search_semantic, vector.search_hybrid):
        assert await ids(search, "nurse", filters={"status": ["open"]}) == []
        assert await ids(search, "nurse", filters={"status": ["closed", "other"]}) == ["a"]
    assert desk.embedder.asked.count("nurse") == 2, "the document once, the query once"


async def test_ids_are_free(vector):
    for odd in ("a/b", "a b", "ä?&#%", "名", "..", "\U0001f600", "x" * 200):
        await vector.put_document("notes", odd, DocumentContent(text="nurse"))
        assert (await vector.get_document("notes", odd)).id == odd
    assert len(await ids(vector.search_text, "nurse")) == 7
    for bad in ("", "a\0", "a\nb", "\ud800", "x" * 201):
        with pytest.raises(Invalid):
            await vector.put_document("notes", bad, DocumentContent(text="nurse"))
        with pytest.raises(DocumentNotFound):
            await vector.get_document("notes", bad)


async def test_a_null_empties_nothing(vector):
    await put(vector, {"id": "a", "text": "nurse"})
    for field in ("text", "title", "language", "terms"):
        with pytest.raises(Invalid) as told:
            await vector.change_document("notes", "a", DocumentChange.model_validate({field: None}))
        assert told.value.details["problems"] == [{"problem": "cannot_be_empty", "field": field}]
    same = await vector.change_document("notes", "a", DocumentChange())
    assert same == await vector.get_document("notes", "a")


@pytest.mark.parametrize(
    "document",
    [
        {"id": "", "text": "x"},
        {"id": "a\x00", "text": "x"},
        {"id": "a"},
        {"id": "a", "text": ""},
        {"id": "a", "text": "x\x00y"},
        {"id": "a", "text": "x" * 200_001},
        {"id": "a", "text": 1},
        {"id": "a", "text": "x", "title": "x" * 1001},
        {"id": "a", "text": "x", "language": "fr"},
        {"id": "a", "text": "x", "terms": {"Status": ["open"]}},
        {"id": "a", "text": "x", "terms": {"a.b": ["open"]}},
        {"id": "a", "text": "x", "terms": {"status": "open"}},
        {"id": "a", "text": "x", "terms": {"status": [1]}},
        {"id": "a", "text": "x", "terms": {"status": [""]}},
        {"id": "a", "text": "x", "terms": {f"f{n}": [] for n in range(21)}},
        {"id": "a", "text": "x", "unknown": 1},
    ],
)
def test_what_cannot_be_kept_is_refused(document):
    with pytest.raises(ValidationError):
        NewDocument.model_validate(document)


async def test_texts_of_all_kinds_are_kept_as_they_are(vector):
    texts = ["\U0001f600" * 3, " \n\t", "e\u0301 ﬁ \u202e \ufeff", "'; drop table--", "AND OR NOT (", "!" * 5000]
    await put(vector, *({"id": str(n), "text": text} for n, text in enumerate(texts)))
    for n, text in enumerate(texts):
        assert (await vector.get_document("notes", str(n))).text == text
        for search in (vector.search_text, vector.search_semantic, vector.search_hybrid):
            await search(Query(collection="notes", query=text))
