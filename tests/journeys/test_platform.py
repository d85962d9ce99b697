"""The story of the platform: a résumé becomes a person who is found by word and meaning, matched, and remembered."""

import asyncio

import pytest

from looma.contracts.ai_gateway import AIGatewayAPI, AIRequest
from looma.contracts.auth import AuthAPI
from looma.contracts.auth import Credentials as SignIn
from looma.contracts.crm import CrmAPI, JobChange, NewJob
from looma.contracts.matching import MatchingAPI, MatchJobs
from looma.contracts.vector import NewCollection, Query, Reserved, VectorAPI
from looma.platform import context
from looma.platform.contract import Upload
from looma.platform.settings import StoreSettings
from tests.postgres import SERVER, URL, fresh_schema

from .documents import ACCOUNTANT_ZH, EXPERT_ZH, JOB_EN, JOB_ZH


@pytest.fixture(params=["embedded", SERVER])
async def settings(request, settings):
    """Records in SQLite, and in PostgreSQL where a server is named."""
    if request.param == "embedded":
        return settings
    place = {"POSTGRES_URL": URL, "LOOMA_STORE_PREFIX": await fresh_schema(URL)}
    return settings.model_copy(update={"stores": StoreSettings(LOOMA_DATA=settings.stores.data, **place)})


MAINTAINER = context.Caller("local", "test", scopes=frozenset({"system:maintain"}), kind="service")


def document(text, name="resume.txt"):
    return Upload(filename=name, media_type="text/plain", data=text.encode())


async def found(vector, collection, query, wanted, way="search_text"):
    """Ask until the record is found: a second is promised, ten are given to a busy machine."""
    for _ in range(100):
        hits = (await getattr(vector, way)(Query(collection=collection, query=query))).hits
        if wanted in [hit.id for hit in hits]:
            return hits
        await asyncio.sleep(0.1)
    return pytest.fail(f"{wanted} is not found by {query!r}")


async def test_a_resume_is_found_by_word_and_meaning_and_matched(connect, owner):
    crm, matching, vector = connect(CrmAPI), connect(MatchingAPI), connect(VectorAPI)
    job = await crm.create_job(NewJob(title="Recommender systems engineer", description=JOB_EN, location="Shanghai"))
    kept = await crm.create_talent_from_resume(document(EXPERT_ZH))
    await crm.create_talent_from_resume(document(ACCOUNTANT_ZH))
    ranked = await matching.find_jobs(MatchJobs(talent_id=kept.talent_id))
    assert [match.job.id for match in ranked.matches] == [job.id]
    hits = await found(vector, "talents", "Kubernetes 推理服务", kept.talent_id)
    assert hits[0].id == kept.talent_id
    assert any(part.marks for part in hits[0].highlights)
    hits = await found(vector, "talents", "machine learning recommender expert", kept.talent_id, "search_semantic")
    assert hits[0].id == kept.talent_id
    hits = await found(vector, "jobs", "推荐系统", job.id, "search_hybrid")
    assert hits[0].id == job.id
    history = (await matching.list_runs(talent_id=kept.talent_id)).items
    assert [run.id for run in history] == [ranked.match_run_id]
    assert (await matching.statistics()).runs.jobs == 1


async def test_a_changed_record_is_found_as_it_is_now(connect, owner):
    crm, vector = connect(CrmAPI), connect(VectorAPI)
    job = await crm.create_job(NewJob(title="算法工程师", description=JOB_ZH))
    await found(vector, "jobs", "算法工程师", job.id)
    await crm.change_job(job.id, JobChange(title="Zeppelin pilot"))
    await found(vector, "jobs", "zeppelin", job.id)
    await crm.archive_job(job.id)
    for _ in range(100):
        if not (await vector.search_text(Query(collection="jobs", query="zeppelin"))).hits:
            break
        await asyncio.sleep(0.1)
    else:
        pytest.fail("an archived job is still found")
    with pytest.raises(Reserved):
        await vector.put_collection("jobs", NewCollection())


async def test_the_workflow_reads_many_resumes_and_tells_of_each(connect, owner):
    gateway, crm = connect(AIGatewayAPI), connect(CrmAPI)
    job = await crm.create_job(NewJob(title="推荐算法工程师", description=JOB_ZH))
    files = [document(EXPERT_ZH, "a.txt"), document("", "empty.txt"), document(ACCOUNTANT_ZH, "b.txt")]
    run_id = (await gateway.match_resumes(files)).run_id
    events = [event async for event in gateway.run_events(run_id)]
    assert [event.seq for event in events] == sorted({event.seq for event in events})
    assert events[-1].state == "done"
    run = await gateway.get_run(run_id)
    assert (run.state, run.progress.done, run.progress.total) == ("done", 3, 3)
    good, empty, other = shown(run.result)["files"]
    assert [file["state"] for file in (good, empty, other)] == ["done", "failed", "done"]
    assert empty["error"]["code"] == "resume.empty"
    assert good["matches"][0]["job_id"] == job.id
    assert good["matches"][0]["score"] > 5 * max([match["score"] for match in other["matches"]] or [0])
    assert (await crm.get_talent(good["talent_id"])).resume_id == good["resume_id"]
    assert [one.id for one in (await gateway.list_runs()).items] == [run_id]


async def test_one_request_format_for_everything(connect, owner):
    gateway = connect(AIGatewayAPI)
    request = AIRequest(service_type="resume", action="extract_skills", data={"text": "会 Python", "language": "zh"})
    skills = shown(await gateway.ask(request))["skills"]
    assert [skill["name"] for skill in skills] == ["Python"]


async def test_the_first_administrator_signs_in(connect):
    auth = connect(AuthAPI)
    with context.acting(MAINTAINER):
        first = await auth.first_administrator()
        again = await auth.first_administrator()
    assert (first.created, again.created, again.password) == (True, False, None)
    signed_in = await auth.login(SignIn(username="ADMIN", password=first.password.get_secret_value()))
    assert signed_in.user.roles == ["owner"]
    assert signed_in.user.org == context.LOCAL_ORG


def shown(answer):
    """An answer as it goes over the wire: in one process it is the record itself."""
    return answer if isinstance(answer, dict) else answer.model_dump(mode="json")
