"""The workflow's own promises, whatever engine drives it: steps are made once, refusals stay with their file."""

import json
from datetime import UTC, datetime

import pytest

from looma.contracts.crm import CrmAPI, Talent, TalentFromResume
from looma.contracts.matching import JobMatch, JobMatches, JobRef, NothingToMatch
from looma.contracts.resume import Empty, NotAResume
from looma.platform import context
from looma.platform.clock import Uuid7
from looma.platform.errors import LoomaError, TimedOut, TooMany, Unavailable
from looma.platform.stores.files.memory import MemoryFiles
from looma.services.ai_gateway.resume_match import ResumeMatch, ResumeMatchWorkflow, SentFile, so_far
from looma.services.ai_gateway.uploads import Uploads

from ...journeys.documents import EXPERT_ZH

OWNER = context.LOCAL_OWNER


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


class FakeCrm:
    """Makes a person of every text that is one, once under a key."""

    def __init__(self):
        self.made = {}

    async def create_talent_from_resume(self, file, demo=False):
        if not file.data:
            raise Empty
        if b"@" not in file.data:
            raise NotAResume
        key = context.current().idempotency_key
        return self.made.setdefault(key, _talent(f"talent-{len(self.made)}"))


def _talent(talent_id):
    now = datetime(2025, 3, 1, tzinfo=UTC)
    talent = Talent(id=talent_id, version=1, archived=False, created_at=now, updated_at=now, status="active")
    return TalentFromResume(talent_id=talent_id, resume_id=f"of-{talent_id}", talent=talent)


class FakeMatching:
    """One job fits everybody, and a talent who was put away has nothing to match."""

    def __init__(self, *away):
        self.away = away

    async def find_jobs(self, request):
        if request.talent_id in self.away:
            raise NothingToMatch
        match = JobMatch(job=JobRef(id="j", title="x"), score=50, confidence=1, reasons=[], gaps=[], unknowns=[])
        return JobMatches(matches=[match], total=7, weights_version=1)


@pytest.fixture
def sent():
    """Give texts, get the workflow and what it is asked for, as the owner."""
    files = MemoryFiles("memory:")
    uploads = Uploads(files, Uuid7())

    async def make(*texts, crm=None, matching=None):
        workflow = ResumeMatchWorkflow(crm or FakeCrm(), matching or FakeMatching(), uploads)
        kept = [
            SentFile(filename=f"{n}.txt", media_type="text/plain", digest="", key=await uploads.put(text.encode()))
            for n, text in enumerate(texts)
        ]
        return workflow, ResumeMatch(files=kept, limit=5)

    make.files = files
    with context.acting(OWNER):
        yield make


async def test_each_file_becomes_a_person_with_jobs_or_says_why_not(sent):
    workflow, asked = await sent("a@b", "", "nobody", "c@d", matching=FakeMatching("talent-1"))
    run = FakeRun()
    found = (await workflow.run(run, asked)).files
    assert [file.state for file in found] == ["done", "failed", "failed", "failed"]
    codes = [file.error and file.error.code for file in found]
    assert codes == [None, "resume.empty", "resume.not_a_resume", "matching.no_resume"]
    assert [file.filename for file in found] == ["0.txt", "1.txt", "2.txt", "3.txt"]
    assert [file.talent_id for file in found] == ["talent-0", None, None, "talent-1"]
    assert (found[0].total, [match.title for match in found[0].matches]) == (7, ["x"])
    assert run.told == [(1, 4, "gateway.file_done"), *((n, 4, "gateway.file_failed") for n in (2, 3, 4))]


async def test_what_is_finished_is_seen_before_the_end(sent):
    workflow, asked = await sent("a@b", "", "c@d")
    run, seen = FakeRun("matches-2"), asked.model_dump()
    assert [file.state for file in so_far(seen, {}).files] == ["waiting"] * 3
    with pytest.raises(Crash):
        await workflow.run(run, asked)
    files = so_far(seen, {name: json.loads(value) for name, value in run.memo.items()}).files
    assert [(file.state, file.talent_id) for file in files] == [
        ("done", "talent-0"), ("failed", None), ("waiting", "talent-1"),
    ]  # fmt: skip


@pytest.mark.parametrize("lost", ["talent-0", "matches-0", "talent-1", "matches-1"])
async def test_a_crash_between_commit_and_memo_makes_no_second_person(sent, lost):
    crm = FakeCrm()
    workflow, asked = await sent("a@b", "c@d", crm=crm)
    run = FakeRun(lost)
    with pytest.raises(Crash):
        await workflow.run(run, asked)
    found = (await workflow.run(run, asked)).files
    assert [file.state for file in found] == ["done", "done"]
    assert list(crm.made) == ["run-1/0", "run-1/1"]


@pytest.mark.parametrize("connect", ["together"], indirect=True)
async def test_nor_does_it_in_the_crm_itself(sent, connect):
    crm = connect(CrmAPI)
    workflow, asked = await sent(EXPERT_ZH, EXPERT_ZH, crm=crm)
    run = FakeRun("talent-0", "talent-1")
    for _ in range(2):
        with pytest.raises(Crash):
            await workflow.run(run, asked)
    found = (await workflow.run(run, asked)).files
    assert sorted(file.talent_id for file in found) == sorted(one.id for one in (await crm.list_talents()).items)
    assert len({file.talent_id for file in found}) == 2


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


@pytest.mark.parametrize("error", [Unavailable(what="looma-crm"), TimedOut(seconds=1), TooMany()])
async def test_what_is_out_of_reach_is_tried_again_and_no_refusal(sent, error):
    crm = FakeCrm()
    workflow, asked = await sent("a@b", crm=Away(crm, "create_talent_from_resume", error))
    run = FakeRun()
    with pytest.raises(type(error)):
        await workflow.run(run, asked)
    assert run.memo == {}
    (file,) = (await workflow.run(run, asked)).files
    assert (file.state, list(crm.made)) == ("done", ["run-1/0"])


async def test_what_nobody_foresaw_stays_with_its_file(sent):
    workflow, asked = await sent("a@b", "c@d", crm=Away(FakeCrm(), "create_talent_from_resume", LoomaError()))
    found = (await workflow.run(FakeRun(), asked)).files
    assert [(file.state, file.error and file.error.code) for file in found] == [("failed", "internal"), ("done", None)]


async def test_uploads_are_let_go_once_they_were_used(sent):
    workflow, asked = await sent("a@b", "")
    run = FakeRun("matches-0")
    with pytest.raises(Crash):
        await workflow.run(run, asked)
    assert [await sent.files.exists(file.key) for file in asked.files] == [False, True]
    await workflow.run(run, asked)
    assert [await sent.files.exists(file.key) for file in asked.files] == [False, False]


async def test_an_upload_that_is_gone_is_told(sent):
    workflow, asked = await sent("a@b")
    await sent.files.delete(asked.files[0].key)
    (file,) = (await workflow.run(FakeRun(), asked)).files
    assert (file.state, file.error.code) == ("failed", "gateway.upload_lost")


async def test_equal_uploads_do_not_share_their_bytes(sent):
    _, asked = await sent("a@b", "a@b")
    assert asked.files[0].key != asked.files[1].key
