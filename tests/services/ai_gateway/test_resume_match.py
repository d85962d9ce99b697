"""The workflow as people see it: files in, a run, and for each file a person with jobs, or why not."""

from pathlib import Path

import pytest

from looma.compose import Composition
from looma.contracts.ai_gateway import MAX_FILES, AIGatewayAPI, KeyReused, ResumeMatchResult, TooManyFiles
from looma.contracts.crm import CrmAPI, NewJob
from looma.platform import context
from looma.platform.contract import Upload
from looma.platform.errors import Forbidden, Invalid, NotFound

from ...conftest import EMBEDDER
from ...journeys.documents import ACCOUNTANT_ZH, EXPERT_ZH, JOB_ZH
from .conftest import OWNER, STRANGER, VIEWER, ended, text

BROKEN = Upload(filename="c.pdf", media_type="application/pdf", data=b"%PDF-1.7\nno more than this")
FILES = [text("a.txt", EXPERT_ZH), text("b.txt", ACCOUNTANT_ZH), BROKEN, text("d.txt", "")]
TOGETHER = pytest.mark.parametrize("connect", ["together"], indirect=True)


def result(run):
    """What came of a run, as a record, whichever way it came."""
    told = run.result if isinstance(run.result, dict) else run.result.model_dump()
    return ResumeMatchResult.model_validate(told)


def kept_files(settings):
    return sum(1 for path in Path(settings.stores.data, "files").rglob("*") if path.is_file())


async def test_good_files_become_people_with_jobs_and_bad_ones_say_why(connect, settings):
    gateway, crm = connect(AIGatewayAPI), connect(CrmAPI)
    with context.acting(OWNER, language="zh-CN"):
        job = await crm.create_job(NewJob(title="推荐系统工程师", description=JOB_ZH, company="示例公司"))
        run_id = (await gateway.match_resumes(FILES, limit=3)).run_id
        run = await ended(gateway, run_id)
        assert (run.state, run.error, run.kind) == ("done", None, "gateway.resume_match")
        assert (run.progress.done, run.progress.total, run.progress.note) == (4, 4, "“d.txt”未能处理。")
        found = result(run).files
        assert [(file.filename, file.state) for file in found] == [
            ("a.txt", "done"), ("b.txt", "done"), ("c.pdf", "failed"), ("d.txt", "failed"),
        ]  # fmt: skip
        assert [file.error.code for file in found[2:]] == ["resume.unreadable", "resume.empty"]
        assert found[3].error.message == "其中没有任何文字。请确认是否选对了文件。"
        assert [(match.job_id, match.company) for match in found[0].matches] == [(job.id, "示例公司")]
        assert found[0].match_run_id is not None
        assert found[0].matches[0].score > found[1].matches[0].score
        people = {talent.id for talent in (await crm.list_talents()).items}
        assert people == {found[0].talent_id, found[1].talent_id}
        assert kept_files(settings) == 4  # two of people, and two that may be asked for again
        assert [(file.number, file.size) for file in found] == [(n, len(sent.data)) for n, sent in enumerate(FILES)]
        assert [file.stage for file in found] == ["done", "done", "failed", "failed"]
        talent = await crm.get_talent(found[0].talent_id)
        assert (found[0].name, found[0].headline) == (talent.name, talent.headline)
        assert found[0].facts > found[0].uncertain >= 0
    with context.acting(OWNER, language="en"):
        assert "no text" in result(await gateway.get_run(run_id)).files[3].error.message
        (listed,) = (await gateway.list_runs(kind="gateway.resume_match")).items
        short = result(listed).files
        assert "no text" in short[3].error.message
        assert short == [
            file.model_copy(update={"matches": []}) for file in result(await gateway.get_run(run_id)).files
        ]


async def test_nobody_else_sees_the_run(connect):
    gateway = connect(AIGatewayAPI)
    with context.acting(OWNER):
        run_id = (await gateway.match_resumes([text("a.txt", "")])).run_id
        await ended(gateway, run_id)
    with context.acting(STRANGER):
        for ask in (gateway.get_run, gateway.cancel_run, gateway.retry_run, lambda one: anext(gateway.run_events(one))):
            with pytest.raises(NotFound):
                await ask(run_id)
        assert (await gateway.list_runs()).items == []
    with context.acting(VIEWER):
        assert (await gateway.get_run(run_id)).id == run_id
        for ask in (gateway.cancel_run, gateway.retry_run):
            with pytest.raises(Forbidden):
                await ask(run_id)
        with pytest.raises(Forbidden):
            await gateway.match_resumes([text("a.txt", "")])


@TOGETHER
async def test_too_many_files_and_none_at_all(connect, settings):
    gateway = connect(AIGatewayAPI)
    with context.acting(OWNER):
        with pytest.raises(TooManyFiles) as told:
            await gateway.match_resumes([text("a.txt", "x")] * (MAX_FILES + 1))
        assert str(MAX_FILES) in told.value.message("zh-CN")
        with pytest.raises(Invalid):
            await gateway.match_resumes([])
        assert (await gateway.list_runs()).items == []
    assert kept_files(settings) == 0


@TOGETHER
async def test_one_key_is_one_run(connect, settings):
    gateway, crm = connect(AIGatewayAPI), connect(CrmAPI)

    async def once(files, limit=10):
        with context.acting(OWNER, idempotency_key="once"):
            return (await gateway.match_resumes(files, limit)).run_id

    with context.acting(OWNER):
        first = await once([text("a.txt", EXPERT_ZH)])
        assert await once([text("a.txt", EXPERT_ZH)]) == first
        await ended(gateway, first)
        assert await once([text("a.txt", EXPERT_ZH)]) == first
        for other in ([text("a.txt", ACCOUNTANT_ZH)], [text("b.txt", EXPERT_ZH)], [text("a.txt", EXPERT_ZH)] * 2):
            with pytest.raises(KeyReused):
                await once(other)
        with pytest.raises(KeyReused):
            await once([text("a.txt", EXPERT_ZH)], limit=11)
        assert len((await crm.list_talents()).items) == 1
    assert kept_files(settings) == 1


async def test_a_run_goes_on_where_another_process_left_it(settings):
    async with Composition(settings, embedder=EMBEDDER) as first:
        gateway = first.peer(AIGatewayAPI)
        with context.acting(OWNER):
            files = [text(f"{n}.txt", EXPERT_ZH) for n in range(3)] + [text("empty.txt", "")]
            run_id = (await gateway.match_resumes(files)).run_id
            async for event in gateway.run_events(run_id):
                if event.progress.done:
                    break
            seen = result(await gateway.get_run(run_id)).files
            assert seen[0].state == "done"
    async with Composition(settings, embedder=EMBEDDER) as second:
        with context.acting(OWNER):
            run = await ended(second.peer(AIGatewayAPI), run_id)
            found = result(run).files
            assert [file.state for file in found] == ["done"] * 3 + ["failed"]
            assert found[0] == seen[0]
            people = {talent.id for talent in (await second.peer(CrmAPI).list_talents()).items}
            assert people == {file.talent_id for file in found[:3]}
            assert len(people) == 3
