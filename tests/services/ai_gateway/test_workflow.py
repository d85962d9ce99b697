"""The workflow's own promises, whatever engine drives it: steps are made once, refusals stay with their file."""

import json

import pytest

from looma.contracts.crm import CrmAPI, NewJob
from looma.contracts.matching import MatchingAPI
from looma.platform import context
from looma.platform.clock import Uuid7
from looma.platform.errors import TimedOut, Unavailable
from looma.platform.stores.files.memory import MemoryFiles
from looma.services.ai_gateway.resume_match import ResumeMatch, ResumeMatchWorkflow, SentFile
from looma.services.ai_gateway.uploads import Uploads

from ...journeys.documents import ACCOUNTANT_ZH, EXPERT_ZH, JOB_ZH

OWNER = context.LOCAL_OWNER
TOGETHER = pytest.mark.parametrize("connect", ["together"], indirect=True)


class Crash(Exception):
    """The process ends here."""


class FakeRun:
    """Steps remembered as JSON; `crash_after` names steps whose value is lost before it is remembered."""

    id = "run-1"

    def __init__(self, *crash_after):
        self.memo, self.crash_after, self.told = {}, set(crash_after), []

    async def step(self, name, fn):
        if name not in self.memo:
            value = json.dumps(await fn())
            if name in self.crash_after:
                self.crash_after.remove(name)
                raise Crash
            self.memo[name] = value
        return json.loads(self.memo[name])

    async def progress(self, done, total, note):
        self.told.append((done, total, note.code))


@pytest.fixture
async def sent(connect):
    """Give texts, get the workflow and what it is asked for, as the owner."""
    files = MemoryFiles("memory:")
    uploads = Uploads(files, Uuid7())

    async def make(*texts, crm=None, matching=None):
        workflow = ResumeMatchWorkflow(crm or connect(CrmAPI), matching or connect(MatchingAPI), uploads)
        kept = [
            SentFile(filename=f"{n}.txt", media_type="text/plain", digest="", key=await uploads.put(text.encode()))
            for n, text in enumerate(texts)
        ]
        return workflow, ResumeMatch(files=kept, limit=5)

    make.files = files
    with context.acting(OWNER):
        await connect(CrmAPI).create_job(NewJob(title="推荐系统工程师", description=JOB_ZH, company="示例公司"))
        yield make


async def talents(connect):
    return (await connect(CrmAPI).list_talents()).items


async def test_each_file_becomes_a_person_with_jobs_or_says_why_not(sent, connect):
    workflow, asked = await sent(EXPERT_ZH, "", "这里什么也没有。", ACCOUNTANT_ZH)
    run = FakeRun()
    found = (await workflow.run(run, asked)).files
    assert [file.state for file in found] == ["done", "failed", "failed", "done"]
    assert [file.error and file.error.code for file in found] == [None, "resume.empty", "resume.not_a_resume", None]
    assert [file.filename for file in found] == ["0.txt", "1.txt", "2.txt", "3.txt"]
    assert found[0].matches[0].title == "推荐系统工程师"
    assert found[0].matches[0].score > found[3].matches[0].score
    assert {file.talent_id for file in (found[0], found[3])} == {talent.id for talent in await talents(connect)}
    assert found[1].talent_id is None
    assert run.told[-1] == (4, 4, "gateway.file_done")
    assert [done for done, _, _ in run.told] == [1, 2, 3, 4]


@TOGETHER
@pytest.mark.parametrize("lost", ["talent-0", "matches-0", "talent-1"])
async def test_a_crash_between_commit_and_memo_makes_no_second_person(sent, connect, lost):
    workflow, asked = await sent(EXPERT_ZH, ACCOUNTANT_ZH)
    run = FakeRun(lost)
    with pytest.raises(Crash):
        await workflow.run(run, asked)
    found = (await workflow.run(run, asked)).files
    assert [file.state for file in found] == ["done", "done"]
    assert sorted(file.talent_id for file in found) == sorted(talent.id for talent in await talents(connect))


@TOGETHER
async def test_the_same_file_twice_is_two_people(sent, connect):
    workflow, asked = await sent(EXPERT_ZH, EXPERT_ZH)
    found = (await workflow.run(FakeRun(), asked)).files
    assert len({file.talent_id for file in found}) == 2
    assert len(await talents(connect)) == 2


class Away:
    """A peer that is out of reach at first, after it has done what it was asked for."""

    def __init__(self, real, method, error):
        self._real, self._method, self._error = real, method, error

    def __getattr__(self, name):
        async def call(*args, **kwargs):
            answer = await getattr(self._real, name)(*args, **kwargs)
            if name == self._method and self._error is not None:
                error, self._error = self._error, None
                raise error
            return answer

        return call


@TOGETHER
@pytest.mark.parametrize("error", [Unavailable(what="looma-crm"), TimedOut(seconds=1)])
async def test_what_is_out_of_reach_is_tried_again_and_no_refusal(sent, connect, error):
    away = Away(connect(CrmAPI), "create_talent_from_resume", error)
    workflow, asked = await sent(EXPERT_ZH, crm=away)
    run = FakeRun()
    with pytest.raises(Unavailable):
        await workflow.run(run, asked)
    assert run.memo == {}
    (file,) = (await workflow.run(run, asked)).files
    assert [talent.id for talent in await talents(connect)] == [file.talent_id]


@TOGETHER
async def test_uploads_are_let_go_once_they_were_used(sent, connect):
    workflow, asked = await sent(EXPERT_ZH, "")
    run = FakeRun("matches-0")
    with pytest.raises(Crash):
        await workflow.run(run, asked)
    assert [await sent.files.exists(file.key) for file in asked.files] == [False, True]
    await workflow.run(run, asked)
    assert [await sent.files.exists(file.key) for file in asked.files] == [False, False]


@TOGETHER
async def test_an_upload_that_is_gone_is_told(sent):
    workflow, asked = await sent(EXPERT_ZH)
    await sent.files.delete(asked.files[0].key)
    (file,) = (await workflow.run(FakeRun(), asked)).files
    assert (file.state, file.error.code) == ("failed", "gateway.upload_lost")


@TOGETHER
async def test_equal_uploads_do_not_share_their_bytes(sent):
    _, first = await sent(EXPERT_ZH)
    _, second = await sent(EXPERT_ZH)
    assert first.files[0].key != second.files[0].key
