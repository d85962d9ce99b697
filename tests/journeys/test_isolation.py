"""No operation answers another organisation's caller with data, and no public operation is forgotten here."""

import pytest

from looma.compose import CONTRACTS
from looma.contracts.crm import CompanyChange, CrmAPI, JobChange, NewCompany, NewJob, TalentChange
from looma.contracts.matching import MatchingAPI, MatchJobs, MatchTalents
from looma.contracts.resume import ResumeAPI
from looma.platform import context
from looma.platform.contract import Upload
from looma.platform.errors import NotFound

from .documents import EXPERT_ZH, JOB_ZH

OWNER = context.LOCAL_OWNER
STRANGER = context.Caller(org="another", user="eve", roles=frozenset({"owner"}))

LISTS = {"list_companies", "list_jobs", "list_talents", "list_taxonomies", "get_weights"}
"""They answer anyone, with what is theirs."""
STATELESS = {
    "parse", "extract_skills", "normalize_skills", "normalize_titles", "rank", "read_criteria",
    "create_company", "create_job", "create_talent", "create_talent_from_resume", "put_taxonomy", "delete_taxonomy",
    "put_weights",
}  # fmt: skip
"""They name no stored record of anybody; taxonomies have a test of their own."""


async def test_another_organisations_ids_are_not_found(connect):
    crm, matching, resumes = connect(CrmAPI), connect(MatchingAPI), connect(ResumeAPI)
    with context.acting(OWNER):
        company = (await crm.create_company(NewCompany(name="示例公司"))).id
        job = (await crm.create_job(NewJob(title="推荐系统工程师", description=JOB_ZH))).id
        kept = await crm.create_talent_from_resume(
            Upload(filename="a.txt", media_type="text/plain", data=EXPERT_ZH.encode())
        )
    person = kept.talent_id
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
        "find_jobs": lambda: matching.find_jobs(MatchJobs(talent_id=person)),
        "find_talents": lambda: matching.find_talents(MatchTalents(job_id=job)),
    }
    public = {op.name for contract in CONTRACTS.values() for op in contract.operations() if op.public}
    assert public - LISTS - STATELESS == set(asked)
    with context.acting(STRANGER):
        for ask in asked.values():
            with pytest.raises(NotFound):
                await ask()
        for page in (await crm.list_companies(), await crm.list_jobs(), await crm.list_talents()):
            assert page.items == []
    with context.acting(OWNER):
        assert (await crm.get_job(job)).version == 1
        assert (await crm.get_talent(person)).archived is False
