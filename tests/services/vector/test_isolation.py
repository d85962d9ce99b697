"""No operation answers another organisation's caller with data, and nobody without the scope."""

import pytest

from looma.contracts.vector import (
    CollectionNotFound,
    Document,
    DocumentChange,
    DocumentContent,
    DocumentNotFound,
    NewCollection,
    NewDocument,
    NewDocuments,
    Query,
    Rebuild,
    VectorAPI,
    VectorSearch,
)
from looma.platform import catalogue, context
from looma.platform.errors import Forbidden, LoomaError

from .conftest import STRANGER

REQUESTS = {
    "put_collection": NewCollection(description="theirs"),
    "put_documents": NewDocuments(documents=[NewDocument(id="a", text="theirs")]),
    "put_document": DocumentContent(text="theirs"),
    "change_document": DocumentChange(text="theirs"),
    "search_text": Query(collection="notes", query="nurse", text=True),
    "search_semantic": Query(collection="notes", query="nurse", text=True),
    "search_hybrid": Query(collection="notes", query="nurse", text=True),
    "search_vector": VectorSearch(collection="notes", vector=[0.1] * 512, text=True),
    "rebuild": Rebuild(store="search"),
}


def call(vector, op):
    """A call of an operation on the collection ``notes`` and its document ``a``."""
    given = {"name": "notes", "document_id": "a"}
    arguments = {p.name: given[p.name] for p in op.placed("path")}
    return getattr(vector, op.name)(**arguments, **({"request": REQUESTS[op.name]} if op.body else {}))


@pytest.fixture
async def mine(desk):
    """A document of the local organisation."""
    await desk.vector.put_collection("notes", NewCollection(description="mine"))
    return await desk.vector.put_document("notes", "a", DocumentContent(text="nurse", title="mine"))


async def test_another_organisation_sees_and_changes_nothing(desk, mine):
    """Walks over every operation of the contract, so that a new one cannot be forgotten."""
    free = {"list_collections", "put_collection", "rebuild"}
    with context.acting(STRANGER):
        for op in VectorAPI.operations():
            if op.name not in free:
                with pytest.raises(CollectionNotFound):
                    await call(desk.vector, op)
        assert [one.name for one in (await desk.vector.list_collections()).items] == ["companies", "jobs", "talents"]
        with pytest.raises(Forbidden):
            await desk.vector.rebuild(Rebuild(store="search"))
        made = await desk.vector.put_collection("notes", NewCollection())
        assert (made.documents, made.description) == (0, None)
        for op in VectorAPI.operations():
            if op.name.startswith("search_"):
                assert (await call(desk.vector, op)).hits == []
            elif {p.name for p in op.placed("path")} == {"name", "document_id"} and op.verb != "PUT":
                with pytest.raises(DocumentNotFound):
                    await call(desk.vector, op)
        await desk.vector.put_document("notes", "a", DocumentContent(text="nurse too"))
        await desk.vector.delete_collection("notes")
    assert await desk.vector.get_document("notes", "a") == mine
    assert [hit.id for hit in (await desk.vector.search_hybrid(REQUESTS["search_hybrid"])).hits] == ["a"]
    assert (await desk.vector.get_collection("notes")).description == "mine"


async def test_every_operation_needs_its_scope(desk, mine):
    for op in VectorAPI.operations():
        others = frozenset({"crm:read", "crm:write", "search:read", "search:write", "system:maintain"}) - {op.scope}
        with context.acting(context.Caller(org="local", user="x", scopes=others)), pytest.raises(Forbidden):
            await call(desk.vector, op)
        assert op.scope == ("system:maintain" if op.name == "rebuild" else f"search:{_needed(op)}")
    assert isinstance(await desk.vector.get_document("notes", "a"), Document)


def _needed(op):
    return "read" if op.verb == "GET" or op.name.startswith("search_") else "write"


def test_only_the_rebuild_is_not_public():
    assert [op.name for op in VectorAPI.operations() if not op.public] == ["rebuild"]


def test_every_error_and_notice_is_told_in_both_languages():
    codes = [code for code in LoomaError.codes() if code.startswith("vector.")]
    assert len(codes) == 4
    for language in catalogue.LANGUAGES:
        for code in [*codes, "vector.words_only", "vector.hybrid_words_only"]:
            assert catalogue.text(code, language, name="n", document_id="d") != code
