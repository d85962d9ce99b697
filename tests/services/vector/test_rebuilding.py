"""What is in the indexes can always be made again from SQL, and nothing is embedded twice for it."""

import pytest

from looma.contracts.crm import NewCompany, NewJob
from looma.contracts.vector import DocumentChange, NewCollection, NewDocument, NewDocuments, Query, Rebuild, VectorAPI
from looma.platform import context
from looma.platform.ai.off import NoEmbedder
from looma.platform.errors import Forbidden, Unavailable
from looma.services.vector.tables import DOCUMENTS, EMBEDDINGS

from .conftest import STRANGER, SYSTEM, CharacterEmbedder

QUERIES = [("notes", "ward nurse"), ("notes", "cook"), ("jobs", "nurse"), ("companies", "heron")]


async def fill(desk):
    """Documents by hand, some changed, some deleted, and records; also another organisation's."""
    vector = desk.vector
    await vector.put_collection("notes", NewCollection())
    documents = [NewDocument(id=f"d{n}", text=f"ward nurse number {n}. " * 12, title="nurse") for n in range(30)]
    await vector.put_documents("notes", NewDocuments(documents=documents))
    await vector.put_documents("notes", NewDocuments(documents=[NewDocument(id="d3", text="a cook")]))
    await vector.delete_document("notes", "d4")
    await vector.put_collection("gone", NewCollection())
    await vector.put_documents("gone", NewDocuments(documents=documents))
    await vector.delete_collection("gone")
    await desk.crm.create_job(NewJob(title="Night nurse", company="Blue Heron"))
    away = await desk.crm.create_company(NewCompany(name="Grey Heron"))
    with context.acting(STRANGER):
        await desk.crm.create_company(NewCompany(name="Red Heron"))
    await desk.follow()
    await desk.crm.archive_company(away.id)
    await desk.follow()


async def answers(vector: VectorAPI):
    """What the searches answer. How rare a word is counts what was deleted until an index is made again, so that scores
    by word are not compared."""
    found = []
    for collection, text in QUERIES:
        asked = Query(collection=collection, query=text, k=100)
        found += [sorted(hit.id for hit in (await vector.search_text(asked)).hits)]
        found += [sorted(hit.id for hit in (await vector.search_hybrid(asked)).hits)]
        found += [[(hit.id, round(hit.score, 3)) for hit in (await vector.search_semantic(asked)).hits]]
    assert all(found)
    with context.acting(STRANGER):
        asked = Query(collection="companies", query="heron")
        found += [[hit.title for hit in (await vector.search_text(asked)).hits]]
    return found


async def rows(desk, table):
    """Every row of a table."""
    from sqlalchemy import select

    return await desk.data.sql.fetch_all(select(table).order_by(*table.primary_key.columns))


@pytest.mark.parametrize("store", ["search", "vector", "documents"])
async def test_a_rebuild_changes_nothing(desk, store):
    await fill(desk)
    before, kept = await answers(desk.vector), await rows(desk, DOCUMENTS)
    asked = len(desk.embedder.asked)
    with context.acting(SYSTEM):
        rebuilt = await desk.vector.rebuild(Rebuild(store=store))
    assert (rebuilt.store, rebuilt.documents) == (store, 3 if store == "documents" else 29 + 3)
    assert await answers(desk.vector) == before
    assert await rows(desk, DOCUMENTS) == kept
    assert len(desk.embedder.asked) == asked


@pytest.mark.parametrize("lost", [(), ("search",), ("vector",), ("search", "vector")])
async def test_a_restart_finds_everything_again(desks, lost):
    first = await desks.open()
    await fill(first)
    before = await answers(first.vector)
    await desks.close()
    for folder in lost:
        await desks.lose(folder)
    desk = await desks.open()
    assert await answers(desk.vector) == before
    assert set(desk.embedder.asked) == {text for _, text in QUERIES}
    assert {one.name: one.documents for one in (await desk.vector.list_collections()).items} == {
        "companies": 1,
        "jobs": 1,
        "notes": 29,
        "talents": 0,
    }


async def test_documents_are_read_from_the_records_again(desk):
    await fill(desk)
    before = await rows(desk, DOCUMENTS)

    async def spoil(tx):
        await tx.execute(
            DOCUMENTS.update()
            .where(DOCUMENTS.c.collection == "companies", DOCUMENTS.c.live)
            .values(content_hash="x", title="")
        )
        await tx.execute(DOCUMENTS.delete().where(DOCUMENTS.c.collection == "jobs"))

    await desk.data.sql.write(spoil)
    with context.acting(SYSTEM):
        assert (await desk.vector.rebuild(Rebuild(store="documents"))).documents == 3
    after = await rows(desk, DOCUMENTS)
    assert [{**row, "change": 0} for row in after] == [{**row, "change": 0} for row in before]
    assert len((await desk.vector.search_text(Query(collection="jobs", query="nurse"))).hits) == 1


async def test_a_backup_that_is_older_than_the_indexes(desks):
    desk = await desks.open()
    await fill(desk)

    async def back(tx):
        await tx.execute(DOCUMENTS.delete().where(DOCUMENTS.c.change > 20))

    await desk.data.sql.write(back)
    desk = await desks.open()
    found = (await desk.vector.search_text(Query(collection="notes", query="nurse", k=100))).hits
    assert len(found) == len([row for row in await rows(desk, DOCUMENTS) if row["live"]]) > 0
    assert (await desk.vector.search_text(Query(collection="jobs", query="nurse"))).hits == []


async def test_another_model_embeds_anew_and_never_mixes(desks):
    await fill(await desks.open())
    desk = await desks.open(CharacterEmbedder("characters-2"))
    assert (await desk.vector.search_semantic(Query(collection="notes", query="cook"))).hits == []
    assert len((await desk.vector.search_hybrid(Query(collection="notes", query="nurse", k=100))).hits) > 0
    await desk.service.indexer.embed_late()
    assert (await desk.vector.search_semantic(Query(collection="notes", query="a cook"))).hits[0].id == "d3"
    assert {row["model"].split("/")[0] for row in await rows(desk, EMBEDDINGS)} == {"characters-2"}


async def test_a_model_that_is_switched_off_takes_nothing_away(desks):
    first = await desks.open()
    await fill(first)
    before, kept = await answers(first.vector), await rows(first, EMBEDDINGS)
    off = await desks.open(NoEmbedder())
    await off.service.indexer.embed_late()
    with pytest.raises(Unavailable):
        await off.vector.search_semantic(Query(collection="notes", query="cook"))
    assert (await off.vector.search_hybrid(Query(collection="notes", query="cook"))).hits[0].id == "d3"
    await off.vector.put_documents("notes", NewDocuments(documents=[NewDocument(id="late", text="tailor")]))
    await off.vector.delete_document("notes", "late")
    await off.vector.change_document("notes", "d3", DocumentChange(terms={"kitchen": ["open"]}))
    with context.acting(SYSTEM):
        assert (await off.vector.rebuild(Rebuild(store="vector"))).documents == 32
    again = await desks.open()
    assert await rows(again, EMBEDDINGS) == kept
    assert await answers(again.vector) == before


async def test_no_embedding_is_kept_that_nobody_says(desk):
    await fill(desk)
    said = {row["content_hash"] for row in await rows(desk, DOCUMENTS) if row["live"]}
    assert {row["content_hash"] for row in await rows(desk, EMBEDDINGS)} == said


async def test_nobody_of_one_organisation_rebuilds_all(desk):
    for who in (
        context.LOCAL_OWNER,
        context.Caller(org="local", user="s", scopes=frozenset({"search:write"}), kind="service"),
    ):
        with context.acting(who), pytest.raises(Forbidden):
            await desk.vector.rebuild(Rebuild(store="search"))


async def test_health_tells_what_search_depends_on(desk):
    told = await desk.service.health()
    assert told.pop("search_engine").split()[0] in ("tantivy", "OpenSearch", "Elasticsearch")
    assert 0 < told.pop("search_latency_ms") < 3_000
    assert told == {
        "sql": "healthy",
        "search": "healthy",
        "vectors": "healthy",
        "embedder": "characters-1",
    }


async def test_a_crash_loses_nothing_and_embeds_nothing_again(desks, tmp_path):
    """What is on the disk while all is open is what a crash leaves."""
    desk = await desks.open()
    desk.embedder.down = True
    await fill(desk)
    desk.embedder.down = False
    await desk.service.indexer.embed_late()
    await desk.vector.delete_document("notes", "d7")
    before = await answers(desk.vector)
    left = desks.left(tmp_path / "left")
    try:
        found = await left.open()
        assert await answers(found.vector) == before
        assert set(found.embedder.asked) == {text for _, text in QUERIES}
    finally:
        await left.close()
