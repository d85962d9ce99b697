"""The whole service in its place, together and apart: over HTTP everything comes back as it was sent."""

import asyncio

import pytest

from looma.contracts.crm import CrmAPI, NewJob
from looma.contracts.vector import (
    CollectionNotFound,
    DocumentContent,
    NewCollection,
    NewDocument,
    NewDocuments,
    Query,
    Reserved,
    VectorAPI,
    VectorSearch,
)
from looma.platform.errors import Invalid

pytestmark = pytest.mark.usefixtures("owner")


async def found(search, collection, query, wanted):
    """The hits of a search, once there are as many as wanted; the records are followed in the background."""
    for _ in range(600):
        if len(hits := (await search(Query(collection=collection, query=query))).hits) == wanted:
            return hits
        await asyncio.sleep(0.05)
    raise AssertionError(f"{len(hits)} hits, not {wanted}")


async def test_collections_and_documents(connect):
    vector = connect(VectorAPI)
    await vector.put_collection("notes", NewCollection(description="笔记"))
    documents = [
        NewDocument(id="a/ä?#", text="负责病房夜班护理工作。", title="护士长", terms={"status": ["open"]}),
        NewDocument(id="b", text="A cook for a school kitchen."),
    ]
    assert (await vector.put_documents("notes", NewDocuments(documents=documents))).count == 2
    assert (await vector.get_document("notes", "a/ä?#")).title == "护士长"
    for search in (vector.search_text, vector.search_hybrid):
        hit = (await search(Query(collection="notes", query="夜班", filters={"status": ["open"]}))).hits[0]
        assert (hit.id, hit.highlights[0].marks) == ("a/ä?#", [(4, 6)])
    assert (await vector.search_semantic(Query(collection="notes", query="night nurse"))).hits[0].id == "a/ä?#"
    assert (await vector.search_semantic(Query(collection="notes", query="厨师"))).hits[0].id == "b"
    assert len((await vector.search_vector(VectorSearch(collection="notes", vector=[0.5] * 512))).hits) == 2
    await vector.put_document("notes", "b", DocumentContent(text="A driver."))
    assert (await vector.delete_document("notes", "a/ä?#")).text == documents[0].text
    assert (await vector.get_collection("notes")).languages == {"zh": 0, "en": 1}
    with pytest.raises(Reserved):
        await vector.put_collection("jobs", NewCollection())
    with pytest.raises(Invalid):
        await vector.put_collection("No", NewCollection())
    await vector.delete_collection("notes")
    with pytest.raises(CollectionNotFound):
        await vector.search_hybrid(Query(collection="notes", query="夜班"))


async def test_records_are_followed(connect):
    vector, crm = connect(VectorAPI), connect(CrmAPI)
    job = await crm.create_job(NewJob(title="病房护士", description="夜班护理", company="蓝鹭"))
    (hit,) = await found(vector.search_text, "jobs", "护士", 1)
    assert (hit.id, hit.title) == (job.id, "病房护士")
    (hit,) = await found(vector.search_semantic, "jobs", "ward nurse", 1)
    assert hit.id == job.id
    await crm.archive_job(job.id)
    assert await found(vector.search_hybrid, "jobs", "护士", 0) == []
