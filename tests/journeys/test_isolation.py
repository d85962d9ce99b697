"""No operation answers another organisation's caller with data, and no public operation is forgotten here."""

import pytest

from looma.compose import CONTRACTS
from looma.contracts.ai_gateway import AIGatewayAPI
from looma.contracts.auth import AuthAPI, NewPassword, NewUser, UserChange
from looma.contracts.crm import CompanyChange, CrmAPI, Ids, JobChange, NewCompany, NewJob, TalentChange
from looma.contracts.matching import CriteriaChange, CriterionChange, MatchingAPI, MatchJobs, MatchTalents
from looma.contracts.resume import ResumeAPI
from looma.contracts.vector import (
    DocumentChange,
    DocumentContent,
    NewCollection,
    NewDocument,
    NewDocuments,
    Query,
    VectorAPI,
    VectorSearch,
)
from looma.platform import context
from looma.platform.contract import Upload
from looma.platform.errors import NotFound

from .documents import EXPERT_ZH, JOB_ZH

OWNER = context.LOCAL_OWNER
STRANGER = context.Caller(org="another", user="eve", roles=frozenset({"owner"}))

LISTS = {
    "list_companies", "list_jobs", "list_talents", "list_taxonomies", "get_weights", "list_runs", "statistics",
    "list_collections", "list_users", "me", "companies_by_id", "jobs_by_id", "talents_by_id",
}  # fmt: skip
"""They answer anyone, with what is theirs."""
STATELESS = {
    "parse", "extract_skills", "normalize_skills", "normalize_titles", "rank", "read_criteria",
    "create_company", "create_job", "create_talent", "create_talent_from_resume", "put_taxonomy", "delete_taxonomy",
    "put_weights", "put_collection", "put_document", "put_documents", "create_user", "ask", "match_resumes",
    "login", "logout", "keys", "change_password",
}  # fmt: skip
"""They name no stored record of anybody; taxonomies have a test of their own."""


async def test_another_organisations_ids_are_not_found(connect):
    crm, matching, resumes = connect(CrmAPI), connect(MatchingAPI), connect(ResumeAPI)
    vector, auth, gateway = connect(VectorAPI), connect(AuthAPI), connect(AIGatewayAPI)
    with context.acting(OWNER):
        company = (await crm.create_company(NewCompany(name="示例公司"))).id
        job = (await crm.create_job(NewJob(title="推荐系统工程师", description=JOB_ZH))).id
        kept = await crm.create_talent_from_resume(
            Upload(filename="a.txt", media_type="text/plain", data=EXPERT_ZH.encode())
        )
        await matching.put_criteria(job, CriteriaChange(criteria=[CriterionChange(id="meaning", removed=True)]))
        asked_once = (await matching.find_jobs(MatchJobs(talent_id=kept.talent_id))).match_run_id
        await vector.put_collection("notes", NewCollection())
        await vector.put_documents("notes", NewDocuments(documents=[NewDocument(id="n1", text="机密 secret")]))
        user = (await auth.create_user(NewUser(username="first"))).id
        run = (await gateway.match_resumes([Upload(filename="b.txt", media_type="text/plain", data=b"x")])).run_id
    person, content = kept.talent_id, DocumentContent(text="x")
    asked = {
        "get_company": lambda: crm.get_company(company),
        "change_company": lambda: crm.change_company(company, CompanyChange(note="x")),
        "archive_company": lambda: crm.archive_company(company),
        "restore_company": lambda: crm.restore_company(company),
        "company_events": lambda: crm.company_events(company),
        "get_job": lambda: crm.get_job(job),
        "change_job": lambda: crm.change_job(job, JobChange(title="x")),
        "archive_job": lambda: crm.archive_job(job),
        "restore_job": lambda: crm.restore_job(job),
        "job_events": lambda: crm.job_events(job),
        "get_talent": lambda: crm.get_talent(person),
        "change_talent": lambda: crm.change_talent(person, TalentChange(note="x")),
        "archive_talent": lambda: crm.archive_talent(person),
        "restore_talent": lambda: crm.restore_talent(person),
        "talent_events": lambda: crm.talent_events(person),
        "get_resume": lambda: resumes.get_resume(kept.resume_id),
        "get_criteria": lambda: matching.get_criteria(job),
        "put_criteria": lambda: matching.put_criteria(job, CriteriaChange(criteria=[])),
        "find_jobs": lambda: matching.find_jobs(MatchJobs(talent_id=person)),
        "find_talents": lambda: matching.find_talents(MatchTalents(job_id=job)),
        "matching.get_run": lambda: matching.get_run(asked_once),
        "get_collection": lambda: vector.get_collection("notes"),
        "delete_collection": lambda: vector.delete_collection("notes"),
        "get_document": lambda: vector.get_document("notes", "n1"),
        "change_document": lambda: vector.change_document("notes", "n1", DocumentChange(text="x")),
        "delete_document": lambda: vector.delete_document("notes", "n1"),
        "vector.put_document": lambda: vector.put_document("notes", "n1", content),
        "search_text": lambda: vector.search_text(Query(collection="notes", query="secret")),
        "search_semantic": lambda: vector.search_semantic(Query(collection="notes", query="secret")),
        "search_hybrid": lambda: vector.search_hybrid(Query(collection="notes", query="secret")),
        "search_vector": lambda: vector.search_vector(VectorSearch(collection="notes", vector=[1.0] * 512)),
        "get_user": lambda: auth.get_user(user),
        "change_user": lambda: auth.change_user(user, UserChange(disabled=True)),
        "set_password": lambda: auth.set_password(user, NewPassword()),
        "get_run": lambda: gateway.get_run(run),
        "run_events": lambda: anext(gateway.run_events(run)),
        "cancel_run": lambda: gateway.cancel_run(run),
        "retry_run": lambda: gateway.retry_run(run),
        "retry_file": lambda: gateway.retry_file(run, 0),
        "dismiss_file": lambda: gateway.dismiss_file(run, 0),
    }
    public = {op.name for contract in CONTRACTS.values() for op in contract.operations() if op.public}
    assert public - LISTS - STATELESS == {name for name in asked if "." not in name}
    with context.acting(STRANGER):
        for ask in asked.values():
            with pytest.raises(NotFound):
                await ask()
        for page in (await crm.list_companies(), await crm.list_jobs(), await crm.list_talents()):
            assert page.items == []
        ids = Ids(ids=[company, job, person])
        assert (await crm.companies_by_id(ids)).companies == []
        assert (await crm.jobs_by_id(ids)).jobs == []
        assert (await crm.talents_by_id(ids)).talents == []
        for pages in (matching.list_runs(), gateway.list_runs(), auth.list_users()):
            assert (await pages).items == []
        told = await matching.statistics()
        assert (told.runs.jobs, told.jobs, told.talents) == (0, 0, 0)
        for one in (await vector.list_collections()).items:
            assert (one.system, one.documents) == (True, 0)
        for kind, word in (("jobs", "推荐系统"), ("talents", "Python"), ("companies", "示例公司")):
            for way in (vector.search_text, vector.search_semantic, vector.search_hybrid):
                assert (await way(Query(collection=kind, query=word))).hits == []
    with context.acting(OWNER):
        assert (await vector.get_document("notes", "n1")).text == "机密 secret"
        assert (await auth.get_user(user)).disabled is False
        assert (await crm.get_job(job)).version == 1
        assert (await matching.get_criteria(job)).version == 1
        assert (await crm.get_talent(person)).archived is False
