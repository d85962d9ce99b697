"""The workflow's own promises, whatever engine drives it: steps are made once, refusals stay with their file."""

import json
from datetime import UTC, datetime

import pytest

from looma.contracts.crm import CrmAPI, Duplicate, Talent, TalentFromResume
from looma.contracts.matching import JobMatch, JobMatches, JobRef, NothingToMatch
from looma.contracts.resume import Empty, Fact, NotAResume, PageSpan, Parsed, StoredResume
from looma.platform import context
from looma.platform.clock import Uuid7
from looma.platform.errors import LoomaError, TimedOut, TooMany, Unavailable
from looma.platform.stores.files.memory import MemoryFiles
from looma.services.ai_gateway.files import ResumeMatch, SentFile, stories
from looma.services.ai_gateway.resume_match import ResumeMatchWorkflow
from looma.services.ai_gateway.uploads import Uploads

from ...journeys.documents import EXPERT_ZH

OWNER = context.LOCAL_OWNER
NOW = datetime(2025, 3, 1, tzinfo=UTC)


class Crash(Exception):
    """The process ends here."""


class FakeRun:
    """Steps remembered as JSON; `crash_after` names steps whose value is lost before it is remembered."""

    id, finished = "run-1", False

    def __init__(self, *crash_after):
        self.memo, self.crash_after, self.told, self.before_end = {}, set(crash_after), [], lambda: None

    async def steps(self, tx=None):
        return {name: json.loads(value) for name, value in self.memo.items()}

    async def finish(self, change):
        self.before_end()
        await change(None)
        self.finished = True

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
    talent = Talent(
        id=talent_id,
        version=1,
        archived=False,
        created_at=NOW,
        updated_at=NOW,
        status="active",
        name="Jo",
        headline="Boss",
    )
    twin = Duplicate(talent_id="twin", why="same_phone")
    return TalentFromResume(talent_id=talent_id, resume_id=f"of-{talent_id}", talent=talent, duplicates=[twin])


class FakeMatching:
    """One job fits everybody, and a talent who was put away has nothing to match."""

    def __init__(self, *away):
        self.away = away

    async def find_jobs(self, request):
        if request.talent_id in self.away:
            raise NothingToMatch
        match = JobMatch(job=JobRef(id="j", title="x"), score=50, confidence=1, reasons=[], gaps=[], unknowns=[])
        return JobMatches(matches=[match], total=7, weights_version=1)


class FakeResumes:
    """Every résumé has two pages and three facts, of which one is sure."""

    async def get_resume(self, resume_id):
        facts = [Fact(kind="skill", value="x", method="rule:skill", confidence=sure) for sure in (0.3, 0.59, 0.6)]
        pages = [PageSpan(number=n, start=0, end=0) for n in (1, 2)]
        parsed = Parsed(text="x", language="en", source="text", pages=pages, facts=facts)
        return StoredResume(
            id=resume_id, talent_id="t", filename="x", media_type="x", content_hash="x", parsed=parsed, version=1,
            created_at=NOW,
        )  # fmt: skip


async def files_of(workflow, run, asked):
    """What is told of each file once the run has ended."""
    run.finished = False
    await workflow.run(run, asked)
    return [file.told() for file in stories(asked, await run.steps())]


@pytest.fixture
def sent():
    """Give texts, get the workflow and what it is asked for, as the owner."""
    files = MemoryFiles("memory:")
    uploads = Uploads(files, Uuid7())

    async def make(*texts, crm=None, matching=None, resumes=None):
        workflow = ResumeMatchWorkflow(crm or FakeCrm(), matching or FakeMatching(), resumes or FakeResumes(), uploads)
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
    found = await files_of(workflow, run, asked)
    assert [file.state for file in found] == ["done", "failed", "failed", "failed"]
    codes = [file.error and file.error.code for file in found]
    assert codes == [None, "resume.empty", "resume.not_a_resume", "matching.no_resume"]
    assert [file.filename for file in found] == ["0.txt", "1.txt", "2.txt", "3.txt"]
    assert [file.talent_id for file in found] == ["talent-0", None, None, "talent-1"]
    assert (found[0].total, [match.title for match in found[0].matches]) == (7, ["x"])
    assert run.told == [
        (0, 4, "gateway.file_read"), (1, 4, "gateway.file_done"), (2, 4, "gateway.file_failed"),
        (3, 4, "gateway.file_failed"), (3, 4, "gateway.file_read"), (4, 4, "gateway.file_failed"),
    ]  # fmt: skip


async def test_what_is_finished_is_seen_before_the_end(sent):
    workflow, asked = await sent("a@b", "", "c@d")
    run, seen = FakeRun("matches-2"), asked.model_dump()
    assert [file.told().state for file in stories(seen, {})] == ["waiting"] * 3
    with pytest.raises(Crash):
        await workflow.run(run, asked)
    files = [file.told() for file in stories(seen, await run.steps())]
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
    found = await files_of(workflow, run, asked)
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
    found = await files_of(workflow, run, asked)
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
    (file,) = await files_of(workflow, run, asked)
    assert (file.state, list(crm.made)) == ("done", ["run-1/0"])


async def test_what_nobody_foresaw_stays_with_its_file(sent):
    workflow, asked = await sent("a@b", "c@d", crm=Away(FakeCrm(), "create_talent_from_resume", LoomaError()))
    found = await files_of(workflow, FakeRun(), asked)
    assert [(file.state, file.error and file.error.code) for file in found] == [("failed", "internal"), ("done", None)]


async def test_uploads_are_let_go_once_they_were_used(sent):
    workflow, asked = await sent("a@b", "")
    run = FakeRun("matches-0")
    with pytest.raises(Crash):
        await workflow.run(run, asked)
    assert [await sent.files.exists(file.key) for file in asked.files] == [False, True]
    await workflow.run(run, asked)
    assert [await sent.files.exists(file.key) for file in asked.files] == [False, True]  # it can be asked for again


async def test_an_upload_that_is_gone_is_told(sent):
    workflow, asked = await sent("a@b")
    await sent.files.delete(asked.files[0].key)
    (file,) = await files_of(workflow, FakeRun(), asked)
    assert (file.state, file.error.code) == ("failed", "gateway.upload_lost")


async def test_equal_uploads_do_not_share_their_bytes(sent):
    _, asked = await sent("a@b", "a@b")
    assert asked.files[0].key != asked.files[1].key


async def test_who_was_found_and_how_surely(sent):
    workflow, asked = await sent("a@b")
    (file,) = await files_of(workflow, FakeRun(), asked)
    assert (file.name, file.headline, file.pages) == ("Jo", "Boss", 2)
    assert (file.facts, file.uncertain) == (3, 2)
    assert [(one.talent_id, one.why) for one in file.duplicates] == [("twin", "same_phone")]


async def test_a_resume_that_is_not_shown_holds_its_file_up_by_nothing(sent):
    workflow, asked = await sent("a@b", resumes=Away(FakeResumes(), "get_resume", LoomaError()))
    (file,) = await files_of(workflow, FakeRun(), asked)
    assert (file.state, file.name, file.uncertain, file.pages) == ("done", "Jo", None, None)


async def test_steps_of_earlier_versions_are_told(sent):
    _, asked = await sent("a@b", "")
    told = asked.model_dump()
    for file in told["files"]:
        del file["size"]
    steps = {
        "talent-0": {"talent_id": "t", "resume_id": "r", "warnings": []},
        "matches-0": {"matches": [], "total": 0, "match_run_id": None},
        "talent-1": {"error": {"code": "resume.empty", "details": {}}},
    }
    done, failed = [file.told() for file in stories(told, steps)]
    assert (done.number, done.state, done.stage, done.talent_id, done.size, done.name) == (
        0,
        "done",
        "done",
        "t",
        None,
        None,
    )
    assert (failed.number, failed.state, failed.stage, failed.error.code) == (1, "failed", "failed", "resume.empty")


async def test_a_file_that_is_asked_for_again_at_the_last_moment_is_done_before_the_end(sent):
    crm = FakeCrm()
    workflow, asked = await sent("a@b", "nobody", crm=crm)
    run, ends = FakeRun(), []

    def forget():
        ends.append(True)
        if len(ends) == 1:
            del run.memo["talent-1"]

    run.before_end = forget
    found = await files_of(workflow, run, asked)
    assert ([file.state for file in found], len(ends)) == (["done", "failed"], 2)
    assert run.told[-2:] == [(2, 2, "gateway.file_failed")] * 2


async def test_an_attempt_that_finds_all_done_tells_so(sent):
    workflow, asked = await sent("a@b")
    run = FakeRun()
    await files_of(workflow, run, asked)
    run.told.clear()
    await files_of(workflow, run, asked)
    assert run.told == [(1, 1, "gateway.file_done")]
