"""Collections: made once, listed with the system's own, gone with all their documents."""

import pytest

from looma.contracts.vector import (
    SYSTEM,
    BadName,
    CollectionNotFound,
    DocumentChange,
    DocumentContent,
    NewCollection,
    NewDocument,
    NewDocuments,
    Query,
    Reserved,
)
from looma.platform.errors import Invalid

ONE = NewDocuments(documents=[NewDocument(id="a", text="病房护士")])


async def test_a_collection_is_made_once(desk):
    made = await desk.vector.put_collection("notes", NewCollection(description="mine"))
    assert (made.name, made.description, made.system, made.documents) == ("notes", "mine", False, 0)
    assert await desk.vector.put_collection("notes", NewCollection()) == made
    assert (await desk.vector.put_collection("notes", NewCollection(description="ours"))).description == "ours"
    assert (await desk.vector.get_collection("notes")).description == "ours"


async def test_counts_follow_the_documents(desk):
    await desk.vector.put_collection("notes", NewCollection())
    documents = [NewDocument(id="a", text="病房护士"), NewDocument(id="b", text="ward nurse")]
    await desk.vector.put_documents("notes", NewDocuments(documents=documents))
    await desk.vector.put_documents("notes", NewDocuments(documents=documents))
    assert (found := await desk.vector.get_collection("notes")).documents == 2
    assert found.languages == {"zh": 1, "en": 1}
    await desk.vector.put_document("notes", "a", DocumentContent(text="night nurse"))
    assert (await desk.vector.get_collection("notes")).languages == {"zh": 0, "en": 2}
    await desk.vector.delete_document("notes", "b")
    assert (await desk.vector.get_collection("notes")).documents == 1


async def test_the_list_has_pages_and_the_systems_own(desk):
    for name in ("zebra", "1st", "notes_2", "notes-1"):
        await desk.vector.put_collection(name, NewCollection())
    names, cursor = [], None
    while True:
        page = await desk.vector.list_collections(cursor=cursor, limit=2)
        names += [one.name for one in page.items]
        assert all(one.system is (one.name in SYSTEM) for one in page.items)
        if (cursor := page.next_cursor) is None:
            break
    assert names == ["1st", "companies", "jobs", "notes-1", "notes_2", "talents", "zebra"]
    for bad in ("", "nonsense", "é", "Y29sbGVjdGlvbnM6QQ"):
        with pytest.raises(Invalid):
            await desk.vector.list_collections(cursor=bad)


async def test_what_is_deleted_is_found_no_more_and_can_be_made_again(desk):
    await desk.vector.put_collection("notes", NewCollection())
    await desk.vector.put_collection("other", NewCollection())
    for name in ("notes", "other"):
        await desk.vector.put_documents(name, ONE)
    assert (await desk.vector.delete_collection("notes")).documents == 1
    for call in (
        desk.vector.get_collection("notes"),
        desk.vector.delete_collection("notes"),
        desk.vector.put_documents("notes", ONE),
        desk.vector.get_document("notes", "a"),
        desk.vector.search_hybrid(Query(collection="notes", query="护士")),
    ):
        with pytest.raises(CollectionNotFound) as told:
            await call
        assert told.value.details == {"name": "notes"}
    await desk.vector.put_collection("notes", NewCollection())
    for search in (desk.vector.search_text, desk.vector.search_semantic, desk.vector.search_hybrid):
        assert (await search(Query(collection="notes", query="护士"))).hits == []
        assert [hit.id for hit in (await search(Query(collection="other", query="护士"))).hits] == ["a"]
    await desk.vector.put_documents("notes", ONE)
    assert [hit.id for hit in (await desk.vector.search_text(Query(collection="notes", query="护士"))).hits] == ["a"]


async def test_the_systems_collections_are_read_only(desk):
    vector = desk.vector
    for name in SYSTEM:
        assert (await vector.get_collection(name)).system
        for call in (
            vector.put_collection(name, NewCollection()),
            vector.delete_collection(name),
            vector.put_documents(name, ONE),
            vector.put_document(name, "a", DocumentContent(text="x")),
            vector.change_document(name, "a", DocumentChange(text="x")),
            vector.delete_document(name, "a"),
        ):
            with pytest.raises(Reserved) as told:
                await call
            assert (told.value.status, told.value.code) == (409, "vector.reserved")


async def test_other_names_are_refused(desk):
    for name in ("", "A", "-a", "_a", "a b", "a/b", "a" * 65, "é", "名", "a\0", "a\n"):
        with pytest.raises(BadName):
            await desk.vector.put_collection(name, NewCollection())
        with pytest.raises(CollectionNotFound):
            await desk.vector.get_collection(name)
