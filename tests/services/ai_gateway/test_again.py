"""Files of a workflow that were not done: asked for again in the same run, dismissed, cancelled, and let go of."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from looma.compose import Composition
from looma.contracts.ai_gateway import AIGatewayAPI, FileNotFailed, ResumeMatchResult, UnknownFile, UploadLost
from looma.contracts.crm import CrmAPI
from looma.contracts.resume import NotAResume
from looma.platform import context
from looma.platform.errors import Conflict, Forbidden, LoomaError, NotFound, Unavailable
from looma.platform.runs import RunSpec
from looma.services.ai_gateway import starting
from looma.services.crm.service import CrmService
from looma.services.matching.service import MatchingService

from ...conftest import EMBEDDER
from ...journeys.documents import ACCOUNTANT_ZH, EXPERT_ZH
from ...journeys.running import Up, ask, form, until
from ...journeys.test_kill import people_by_mark
from .conftest import OWNER, STRANGER, VIEWER, ended, text

FILES = [text("a.txt", EXPERT_ZH), text("b.txt", ACCOUNTANT_ZH), text("c.txt", EXPERT_ZH + "\n再谈")]


class Moods:
    """What happens to files by name: errors before or after the real thing, and gates that hold them up."""

    def __init__(self):
        self.before, self.after, self.matching, self.gates, self.asked = {}, {}, [], {}, []
        self.at_gate = asyncio.Event()

    async def create(self, real, file):
        self.asked.append(file.filename)
        await self.gate(file.filename)
        if error := self.before.get(file.filename):
            raise error
        made = await real()
        if error := self.after.get(file.filename):
            raise error
        return made

    async def gate(self, name):
        if name in self.gates:
            self.at_gate.set()
            await self.gates[name].wait()


@pytest.fixture
def moods(monkeypatch):
    made = Moods()
    create, find = CrmService.create_talent_from_resume, MatchingService.find_jobs

    async def moody_create(self, file, demo=False):
        return await made.create(lambda: create(self, file, demo), file)

    async def moody_find(self, request):
        await made.gate("matching")
        if made.matching:
            raise made.matching.pop()
        return await find(self, request)

    monkeypatch.setattr(CrmService, "create_talent_from_resume", moody_create)
    monkeypatch.setattr(MatchingService, "find_jobs", moody_find)
    return made


class Time:
    """The present, moved on by hand."""

    def __init__(self):
        self.ahead = timedelta()

    def __call__(self):
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def time():
    return Time()


@pytest.fixture
async def composition(settings, time):
    async with Composition(settings, embedder=EMBEDDER, clock=time) as made:
        with context.acting(OWNER):
            yield made


@pytest.fixture
def gateway(composition):
    return composition.peer(AIGatewayAPI)


@pytest.fixture
def crm(composition):
    return composition.peer(CrmAPI)


def files(run):
    return ResumeMatchResult.model_validate(run.result).files


def states(run):
    return [file.state for file in files(run)]


def stages(run):
    return [file.stage for file in files(run)]


def kept_files(settings):
    return sum(1 for path in Path(settings.stores.data, "files").rglob("*") if path.is_file())


async def started(gateway, *sent):
    return (await gateway.match_resumes(list(sent or FILES))).run_id


async def people(crm):
    return {talent.id for talent in (await crm.list_talents()).items}


async def seen(gateway, run_id, after=0):
    with context.acting(OWNER, last_event_id=after):
        return [event async for event in gateway.run_events(run_id)]


async def at_gate(moods):
    await asyncio.wait_for(moods.at_gate.wait(), 30)
    moods.at_gate.clear()


async def test_a_file_that_failed_is_done_by_the_same_run(gateway, crm, moods, settings):
    moods.before["b.txt"] = NotAResume()
    run_id = await started(gateway)
    first = await ended(gateway, run_id)
    assert (first.state, states(first)) == ("done", ["done", "failed", "done"])
    events = await seen(gateway, run_id)
    moods.before.clear()
    moods.gates["b.txt"] = asyncio.Event()
    again = await gateway.retry_file(run_id, 1)
    assert (again.id, states(again)) == (run_id, ["done", "waiting", "done"])
    assert (again.progress.done, again.progress.total, again.progress.note) == (2, 3, "“b.txt” is tried again.")
    await at_gate(moods)
    run = await gateway.get_run(run_id)
    assert (run.state, stages(run), files(run)[1].error) == ("running", ["done", "reading", "done"], None)
    moods.gates["b.txt"].set()
    run = await ended(gateway, run_id)
    assert (run.state, states(run), run.progress.done) == ("done", ["done"] * 3, 3)
    found = files(run)
    assert (found[0], found[2]) == (files(first)[0], files(first)[2])
    assert moods.asked == ["a.txt", "b.txt", "c.txt", "b.txt"]
    assert {file.talent_id for file in found} == await people(crm)
    assert len(await people(crm)) == 3
    assert kept_files(settings) == 3
    more = await seen(gateway, run_id, events[-1].seq)
    assert [event.seq for event in events + more] == list(range(1, len(events) + len(more) + 1))
    assert [event.progress.done for event in more] == [2, 2, 2, 3, 3]
    assert [event.state for event in more] == ["waiting", "running", "running", "running", "done"]


async def test_a_person_who_was_made_before_the_answer_was_lost_is_found_again(gateway, crm, moods):
    moods.after["b.txt"] = LoomaError()
    run_id = await started(gateway)
    assert states(await ended(gateway, run_id)) == ["done", "failed", "done"]
    there = await people(crm)
    assert len(there) == 3
    moods.after.clear()
    await gateway.retry_file(run_id, 1)
    run = await ended(gateway, run_id)
    assert states(run) == ["done"] * 3
    assert {file.talent_id for file in files(run)} == there == await people(crm)


async def test_jobs_that_could_not_be_found_are_looked_for_again_without_the_bytes(gateway, crm, moods, settings):
    moods.matching = [LoomaError()]
    run_id = await started(gateway, FILES[0])
    run = await ended(gateway, run_id)
    assert (states(run), kept_files(settings)) == (["failed"], 1)
    person = files(run)[0].talent_id
    assert files(run)[0].name is not None
    moods.gates["matching"] = asyncio.Event()
    await gateway.retry_file(run_id, 0)
    await at_gate(moods)
    assert stages(await gateway.get_run(run_id)) == ["matching"]
    moods.gates["matching"].set()
    run = await ended(gateway, run_id)
    assert (states(run), files(run)[0].talent_id, await people(crm)) == (["done"], person, {person})
    assert moods.asked == ["a.txt"]


async def test_a_file_is_asked_for_again_while_others_are_read(gateway, crm, moods):
    moods.before["a.txt"] = NotAResume()
    moods.gates["b.txt"] = asyncio.Event()
    run_id = await started(gateway)
    await at_gate(moods)
    run = await gateway.get_run(run_id)
    assert (states(run), stages(run)) == (["failed", "waiting", "waiting"], ["failed", "reading", "waiting"])
    moods.before.clear()
    again = await gateway.retry_file(run_id, 0)
    assert (again.state, states(again), again.progress.done) == ("running", ["waiting"] * 3, 0)
    with pytest.raises(FileNotFailed):
        await gateway.retry_file(run_id, 0)
    moods.gates["b.txt"].set()
    run = await ended(gateway, run_id)
    assert (run.state, states(run), run.attempt) == ("done", ["done"] * 3, 1)
    assert sorted(moods.asked) == ["a.txt", "a.txt", "b.txt", "c.txt"]
    assert len(await people(crm)) == 3
    assert [event.state for event in await seen(gateway, run_id)].count("done") == 1


async def test_refusals(composition, gateway, moods):
    moods.before["b.txt"] = NotAResume()
    run_id = await started(gateway)
    before = await ended(gateway, run_id)

    async def other(run, asked):
        return {}

    composition.platform.runs.handle("test.other", other)
    spec = RunSpec(kind="test.other", args={})
    another = await composition.platform.data.sql.write(lambda tx: composition.platform.runs.enqueue(tx, spec))
    for act in (gateway.retry_file, gateway.dismiss_file):
        with pytest.raises(FileNotFailed) as told:
            await act(run_id, 0)
        assert (told.value.status, told.value.code) == (409, "gateway.file_not_failed")
        for number in (-1, 3, 10**30):
            with pytest.raises(UnknownFile) as told:
                await act(run_id, number)
            assert told.value.status == 404
        for unknown in ("none", another):
            with pytest.raises(NotFound):
                await act(unknown, 0)
        with context.acting(STRANGER), pytest.raises(NotFound):
            await act(run_id, 1)
        with context.acting(VIEWER), pytest.raises(Forbidden):
            await act(run_id, 1)
    assert await gateway.get_run(run_id) == before


async def test_a_file_that_is_dismissed_is_gone(gateway, moods, settings):
    moods.before["b.txt"] = NotAResume()
    run_id = await started(gateway)
    run = await ended(gateway, run_id)
    assert ([file.dismissed for file in files(run)], kept_files(settings)) == ([False] * 3, 3)
    events = await seen(gateway, run_id)
    for _ in range(2):
        run = await gateway.dismiss_file(run_id, 1)
        assert (run.state, states(run)) == ("done", ["done", "failed", "done"])
        assert ([file.dismissed for file in files(run)], kept_files(settings)) == ([False, True, False], 2)
    (listed,) = (await gateway.list_runs(kind="gateway.resume_match")).items
    assert [(file.state, file.dismissed) for file in files(listed)][1] == ("failed", True)
    with pytest.raises(UploadLost) as told:
        await gateway.retry_file(run_id, 1)
    assert told.value.status == 404
    assert await seen(gateway, run_id) == events


async def test_cancelling_tells_the_files_that_were_done_from_those_that_were_not(gateway, crm, moods):
    moods.gates["b.txt"] = asyncio.Event()
    run_id = await started(gateway)
    await at_gate(moods)
    run = await gateway.cancel_run(run_id)
    assert (run.state, states(run), stages(run)) == ("cancelled", *[["done", "cancelled", "cancelled"]] * 2)
    assert states(await gateway.get_run(run_id)) == states((await gateway.list_runs()).items[0]) == states(run)
    moods.gates["b.txt"].set()
    again = await gateway.retry_file(run_id, 1)
    assert states(again)[2] == "cancelled"
    assert (again.progress.done, again.progress.total) == (2, 3)
    run = await ended(gateway, run_id)
    assert (run.state, states(run)) == ("done", ["done", "done", "cancelled"])
    assert "c.txt" not in moods.asked
    await gateway.retry_file(run_id, 2)
    run = await ended(gateway, run_id)
    assert (run.state, states(run), len(await people(crm))) == ("done", ["done"] * 3, 3)


async def test_the_rest_of_a_run_that_was_cancelled_twice_goes_on_but_for_what_was_dismissed(gateway, crm, moods):
    moods.gates["a.txt"] = asyncio.Event()
    run_id = await started(gateway)
    await at_gate(moods)
    await gateway.cancel_run(run_id)
    await gateway.retry_file(run_id, 0)
    await at_gate(moods)
    assert states(await gateway.cancel_run(run_id)) == ["cancelled"] * 3
    run = await gateway.dismiss_file(run_id, 1)
    assert [(file.state, file.dismissed) for file in files(run)][1] == ("cancelled", True)
    moods.gates["a.txt"].set()
    await gateway.retry_run(run_id)
    run = await ended(gateway, run_id)
    assert (run.state, states(run), len(await people(crm))) == ("done", ["done", "cancelled", "done"], 2)
    assert files(run)[1].dismissed is True
    with pytest.raises(Conflict):
        await gateway.retry_run(run_id)


async def test_files_that_a_dead_run_has_left_say_why(gateway, crm, moods, monkeypatch):
    monkeypatch.setattr(starting, "ATTEMPTS", 1)
    moods.before["b.txt"] = Unavailable(what="looma-resume")
    run_id = await started(gateway)
    run = await ended(gateway, run_id)
    assert (run.state, states(run), stages(run)) == ("dead", *[["done", "failed", "failed"]] * 2)
    assert [file.error.code for file in files(run)[1:]] == ["request.unavailable"] * 2
    moods.before.clear()
    await gateway.retry_file(run_id, 2)
    run = await ended(gateway, run_id)
    assert (run.state, states(run)) == ("done", ["done", "failed", "done"])
    assert files(run)[1].error.code == "request.unavailable"
    await gateway.retry_file(run_id, 1)
    run = await ended(gateway, run_id)
    assert (run.state, states(run), len(await people(crm))) == ("done", ["done"] * 3, 3)


async def test_uploads_that_nobody_came_back_for_are_let_go(gateway, moods, settings, time):
    moods.before["b.txt"] = NotAResume()
    ids = [await started(gateway, FILES[1]) for _ in range(3)]
    for run_id in ids:
        await ended(gateway, run_id)

    async def another():
        await ended(gateway, await started(gateway, text("empty.txt", "")))

    assert kept_files(settings) == 3
    time.ahead = timedelta(days=6, hours=23)
    await another()
    assert kept_files(settings) == 4
    moods.before.clear()
    await gateway.retry_file(ids[0], 0)
    assert states(await ended(gateway, ids[0])) == ["done"]
    assert kept_files(settings) == 4  # the document of a person, and three uploads
    time.ahead = timedelta(days=7, hours=1)
    with context.acting(STRANGER):
        await ended(gateway, await started(gateway, text("empty.txt", "")))
    assert kept_files(settings) == 5
    time.ahead = timedelta(days=15)
    await another()
    assert kept_files(settings) == 3  # the person's, the stranger's, and the new one
    with pytest.raises(UploadLost):
        await gateway.retry_file(ids[1], 0)


async def test_over_http(door):
    import aiohttp

    data = aiohttp.FormData()
    data.add_field("file", b"", filename="a.txt", content_type="text/plain")
    workflow = "/api/v1/workflows/resume-match"
    _, told = await door.told("POST", workflow, data=data)
    run_id = told["data"]["run_id"]
    async with door.request("GET", f"/api/v1/runs/{run_id}/events") as answer:
        await answer.read()
    for service in ("ai-gateway", "looma-crm"):
        for path, expected in (
            (f"{run_id}/files/1/retry", (404, "gateway.unknown_file")),
            (f"{run_id}/files/1/dismiss", (404, "gateway.unknown_file")),
            (f"{run_id}/files/x/retry", (422, "request.invalid")),
            ("none/files/0/retry", (404, "runs.not_found")),
        ):
            status, told = await door.told("POST", f"{workflow}/{path}", service=service)
            assert (status, told["error"]["code"]) == expected, (service, path)
    status, told = await door.told("POST", f"{workflow}/{run_id}/files/0/retry")
    assert (status, told["data"]["id"]) == (200, run_id)
    async with door.request("GET", f"/api/v1/runs/{run_id}/events") as answer:
        await answer.read()
    status, told = await door.told("POST", f"{workflow}/{run_id}/files/0/dismiss")
    (file,) = told["data"]["result"]["files"]
    assert (status, file["state"], file["dismissed"], file["size"]) == (200, "failed", True, 0)


async def test_each_file_is_one_person_through_cancelling_asking_again_and_kill(tmp_path):
    """A real process, killed while files that were cancelled at any moment are done after all."""
    dice, up = random.Random(1), Up(tmp_path / "data")
    workflow, texts = "/api/v1/workflows/resume-match", (EXPERT_ZH, ACCOUNTANT_ZH, EXPERT_ZH)
    sent = {f"zq{n}": f"{text}\n项目代号 zq{n}\n" for n, text in enumerate(texts)}
    again = 0

    async def look(session, run_id):
        return await ask(session, "GET", f"/api/v1/runs/{run_id}")

    async def rest(session, run_id):
        nonlocal again
        for file in (await look(session, run_id))["result"]["files"]:
            if file["state"] in ("cancelled", "failed"):
                await ask(session, "POST", f"{workflow}/{run_id}/files/{file['number']}/retry")
                again += 1

    async def done(session, run_id):
        return (await look(session, run_id))["state"] == "done"

    try:
        up.start()
        async with up.client() as session:
            run_id = (await ask(session, "POST", workflow, data=form(**sent)))["run_id"]
            await asyncio.sleep(dice.uniform(0, 0.3))
            await ask(session, "POST", f"/api/v1/runs/{run_id}/cancel")
        for _ in range(3):
            async with up.client() as session:
                await rest(session, run_id)
                await asyncio.sleep(dice.uniform(0, 0.3))
                if (await look(session, run_id))["state"] == "running":
                    await ask(session, "POST", f"/api/v1/runs/{run_id}/cancel")
                    await rest(session, run_id)
                    await asyncio.sleep(dice.uniform(0, 0.1))
            up.kill()
            up.start()
        async with up.client() as session:
            await until(lambda: done(session, run_id))
            await rest(session, run_id)
            await until(lambda: done(session, run_id))
            told = await look(session, run_id)
            assert [file["state"] for file in told["result"]["files"]] == ["done"] * 3
        assert up.stop() == 0, up.said()
        assert again > 0
        assert people_by_mark(tmp_path / "data") == {f"{mark}.txt": 1 for mark in sent}
        assert "Traceback" not in up.said()
    finally:
        up.kill()
