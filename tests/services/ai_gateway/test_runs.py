"""Runs seen and steered through the gateway, whatever kind they are."""

import asyncio
import json

import aiohttp
import pytest

from looma.compose import Composition
from looma.contracts.ai_gateway import AIGatewayAPI
from looma.platform import context
from looma.platform.contract import Notice
from looma.platform.errors import Conflict, Invalid, NotFound, Unavailable
from looma.platform.runs import RunSpec

from ...conftest import EMBEDDER
from .conftest import OWNER, STRANGER, ended, text


class Gate:
    """A kind of run that waits at a gate, or fails on request."""

    def __init__(self):
        self.open, self.begun, self.away = asyncio.Event(), asyncio.Event(), False

    async def run(self, run, args):
        await run.progress(1, 2, Notice(code="gateway.file_done", details={"filename": "x", "jobs": 3}))
        self.begun.set()
        if self.away:
            raise Unavailable(what="looma-crm")
        await self.open.wait()
        return {"said": args["say"]}


@pytest.fixture
async def gated(settings):
    """The gateway, a gate, and a way to ask for a run that waits there."""
    gate = Gate()
    composition = Composition(settings, embedder=EMBEDDER)
    composition.platform.runs.handle("test.gate", gate.run)

    async def enqueue(say="x", **more):
        spec = RunSpec(kind="test.gate", args={"say": say}, **more)
        return await composition.platform.data.sql.write(lambda tx: composition.platform.runs.enqueue(tx, spec))

    async with composition:
        with context.acting(OWNER):
            yield composition.peer(AIGatewayAPI), gate, enqueue


async def test_a_run_is_shown_from_its_beginning_to_its_end(gated):
    gateway, gate, enqueue = gated
    run_id = await enqueue("hello")
    await asyncio.wait_for(gate.begun.wait(), 30)
    run = await gateway.get_run(run_id)
    assert (run.kind, run.state, run.result, run.finished_at) == ("test.gate", "running", None, None)
    assert (run.progress.done, run.progress.total, run.progress.note) == (1, 2, "“x”: 3 jobs found.")
    with context.acting(OWNER, language="zh-CN"):
        assert (await gateway.get_run(run_id)).progress.note == "“x”：找到 3 个职位。"
    gate.open.set()
    run = await ended(gateway, run_id)
    assert (run.state, run.result, run.error) == ("done", {"said": "hello"}, None)
    assert run.finished_at is not None
    with pytest.raises(Conflict):
        await gateway.retry_run(run_id)


async def test_a_run_that_is_under_way_is_cancelled_and_asked_for_again(gated):
    gateway, gate, enqueue = gated
    run_id = await enqueue()
    await asyncio.wait_for(gate.begun.wait(), 30)
    assert (await gateway.cancel_run(run_id)).state == "cancelled"
    assert (await gateway.cancel_run(run_id)).state == "cancelled"
    assert (await ended(gateway, run_id)).state == "cancelled"
    gate.open.set()
    assert (await gateway.retry_run(run_id)).state in ("waiting", "running", "done")
    assert (await ended(gateway, run_id)).state == "done"
    assert (await gateway.cancel_run(run_id)).state == "done"


async def test_a_dead_run_says_why_and_is_asked_for_again(gated):
    gateway, gate, enqueue = gated
    gate.away = True
    run_id = await enqueue(max_attempts=1)
    run = await ended(gateway, run_id)
    assert (run.state, run.error.code, run.attempt) == ("dead", "request.unavailable", 1)
    assert "looma-crm" in run.error.message
    gate.away = False
    gate.open.set()
    await gateway.retry_run(run_id)
    run = await ended(gateway, run_id)
    assert (run.state, run.error) == ("done", None)


async def test_a_workflow_that_was_cancelled_before_it_began_keeps_its_files(settings):
    """Nobody works here, so that the run waits; then somebody does."""
    idle = Composition(settings, embedder=EMBEDDER)
    await idle.platform.data.initialize()
    gateway = idle.peer(AIGatewayAPI)
    with context.acting(OWNER):
        run_id = (await gateway.match_resumes([text("a.txt", "Jo Doe\njo@example.com\nPython")])).run_id
        assert (await gateway.get_run(run_id)).state == "waiting"
        (file,) = (await gateway.get_run(run_id)).result.files
        assert (file.state, file.filename) == ("waiting", "a.txt")
        assert (await gateway.cancel_run(run_id)).state == "cancelled"
    await idle.platform.data.close()
    async with Composition(settings, embedder=EMBEDDER) as working:
        gateway = working.peer(AIGatewayAPI)
        with context.acting(OWNER):
            assert (await gateway.get_run(run_id)).state == "cancelled"
            await gateway.retry_run(run_id)
            (file,) = (await ended(gateway, run_id)).result.files
    assert (file.state, file.error) == ("done", None)


async def test_lists_are_filtered_and_paged(gated):
    gateway, gate, enqueue = gated
    gate.open.set()
    ids = [await enqueue(str(n)) for n in range(5)]
    for one in ids:
        await ended(gateway, one)
    await gateway.match_resumes([text("a.txt", "")])
    page = await gateway.list_runs(kind="test.gate", state="done", limit=2)
    assert [run.id for run in page.items] == ids[:2:-1]
    rest = await gateway.list_runs(kind="test.gate", state="done", limit=5, cursor=page.next_cursor)
    assert ([run.id for run in rest.items], rest.next_cursor) == (ids[2::-1], None)
    assert (await gateway.list_runs(kind="test.gate", state="dead")).items == []
    assert (await gateway.list_runs(kind="nothing")).items == []
    assert len((await gateway.list_runs()).items) == 6
    with context.acting(STRANGER):
        assert (await gateway.list_runs(cursor=page.next_cursor)).items == []
        for one in ids:
            with pytest.raises(NotFound):
                await gateway.get_run(one)


async def test_a_reader_goes_on_after_the_event_it_saw_last(gated):
    gateway, gate, enqueue = gated
    gate.open.set()
    run_id = await enqueue()
    await ended(gateway, run_id)
    all_of_it = [event async for event in gateway.run_events(run_id)]
    assert all_of_it[-1].state == "done"
    assert [event.seq for event in all_of_it] == sorted({event.seq for event in all_of_it})
    for seen in (0, *(event.seq for event in all_of_it)):
        with context.acting(OWNER, last_event_id=seen):
            rest = [event async for event in gateway.run_events(run_id)]
        assert rest == [event for event in all_of_it if event.seq > seen]


@pytest.mark.parametrize("cursor", ["", "x", "../..", "é", "0" * 32, "0" * 500, "\x00", "' or 1=1 --"])
async def test_a_cursor_that_nobody_gave_out_is_refused(gated, cursor):
    gateway, *_ = gated
    with pytest.raises(Invalid) as refused:
        await gateway.list_runs(cursor=cursor)
    assert refused.value.details["problems"] == [{"problem": "cursor", "field": "cursor"}]


# -- over HTTP --------------------------------------------------------------------------------------------------------


async def test_the_stream_of_a_run_as_browsers_read_it(door):
    form = aiohttp.FormData()
    for name in ("a.txt", "b.txt"):
        form.add_field("file", b"", filename=name, content_type="text/plain")
    status, told = await door.told("POST", "/api/v1/workflows/resume-match?limit=3", data=form)
    assert (status, told["status"]) == (202, "success")
    path = f"/api/v1/runs/{told['data']['run_id']}"
    async with door.request("GET", f"{path}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        first = events(await answer.text())
    assert first[-1][1]["state"] == "done"
    assert [number for number, _ in first] == sorted({number for number, _ in first})
    for service in ("ai-gateway", "looma-crm"):
        seen = {"last-event-id": str(first[0][0])}
        async with door.request("GET", f"{path}/events", service=service, headers=seen) as answer:
            assert events(await answer.text()) == first[1:]
    status, told = await door.told("GET", path)
    assert told["data"]["progress"]["done"] == 2
    assert [file["error"]["code"] for file in told["data"]["result"]["files"]] == ["resume.empty"] * 2
    status, told = await door.told("GET", f"{path}/events", who=STRANGER)
    assert (status, told["error"]["code"]) == (404, "runs.not_found")


def events(body):
    """(id, data) of each event."""
    found = []
    for block in body.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines())
        found.append((int(lines["id"]), json.loads(lines["data"])))
    return found


async def test_bad_requests_for_workflows_and_runs(door):
    def form(name="file"):
        made = aiohttp.FormData()
        made.add_field(name, b"x", filename="a.txt", content_type="text/plain")
        return made

    workflow = "/api/v1/workflows/resume-match"
    for verb, path, sent, expected in (
        ("POST", workflow, {}, (422, "request.invalid")),
        ("POST", workflow, {"json": {}}, (422, "request.invalid")),
        ("POST", workflow, {"data": form("files")}, (422, "request.invalid")),
        ("POST", f"{workflow}?limit=0", {"data": form()}, (422, "request.invalid")),
        ("POST", f"{workflow}?limit=51", {"data": form()}, (422, "request.invalid")),
        ("POST", f"{workflow}?colour=red", {"data": form()}, (422, "request.invalid")),
        ("GET", workflow, {}, (405, "request.wrong_method")),
        ("GET", "/api/v1/runs?state=asleep", {}, (422, "request.invalid")),
        ("GET", "/api/v1/runs?limit=201", {}, (422, "request.invalid")),
        ("GET", "/api/v1/runs/none", {}, (404, "runs.not_found")),
        ("GET", "/api/v1/runs/%00", {}, (404, "runs.not_found")),
        ("GET", "/api/v1/runs/none/events", {}, (404, "runs.not_found")),
        ("POST", "/api/v1/runs/none/cancel", {}, (404, "runs.not_found")),
        ("POST", "/api/v1/runs/none/retry", {}, (404, "runs.not_found")),
        ("POST", workflow, {"data": form(), "who": None}, (401, "request.unauthenticated")),
        ("GET", "/api/v1/runs", {"who": None}, (401, "request.unauthenticated")),
    ):
        status, told = await door.told(verb, path, headers={"accept-language": "zh"}, **sent)
        assert (status, told["error"]["code"]) == expected, (verb, path, sent)
        assert any("\u4e00" <= c <= "\u9fff" for c in told["error"]["message"])
