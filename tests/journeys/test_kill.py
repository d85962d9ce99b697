"""``kill -9`` at any moment of the story: what was acknowledged is there, projections equal SQL, no step ran twice."""

import asyncio
import random
import sqlite3

import aiohttp
import pytest

from .documents import ACCOUNTANT_ZH, EXPERT_ZH, JOB_ZH
from .running import Up, ask, form, until

LOST = (aiohttp.ClientError, ConnectionError, AssertionError, TimeoutError)
"""What a client sees when the server is gone, an answer in the middle included: nothing was acknowledged."""


class Ledger:
    """What was acknowledged: live records by collection, those that were put away, and runs."""

    def __init__(self):
        self.count = 0
        self.live = {"companies": {}, "jobs": {}, "talents": {}, "notes": {}}
        self.away = {"jobs": set(), "talents": set()}
        self.unsure = set()
        self.runs = {}

    def mark(self):
        """A word that no other record has."""
        self.count += 1
        return f"zq{self.count:05d}x"


async def story(session, ledger):
    """Work without end, as recruiters and programs do; each answer goes into the ledger."""
    steps = (company, job, talent, workflow, note, change, put_away)
    while True:
        for step in steps:
            await step(session, ledger)


async def company(session, ledger):
    mark = ledger.mark()
    made = await ask(session, "POST", "/api/v1/companies", {"name": f"示例 {mark}"})
    ledger.live["companies"][made["id"]] = mark


async def job(session, ledger):
    mark = ledger.mark()
    body = {"title": f"推荐算法工程师 {mark}", "description": JOB_ZH, "company": "示例智能"}
    ledger.live["jobs"][(await ask(session, "POST", "/api/v1/jobs", body))["id"]] = mark


async def talent(session, ledger):
    mark = ledger.mark()
    data = form(resume=f"{EXPERT_ZH}\n项目代号 {mark}\n")
    made = await ask(session, "POST", "/api/v1/talents/from-resume", data=data)
    ledger.live["talents"][made["talent_id"]] = mark


async def workflow(session, ledger):
    marks = ledger.mark(), ledger.mark()
    files = {mark: f"{text}\n项目代号 {mark}\n" for mark, text in zip(marks, (EXPERT_ZH, ACCOUNTANT_ZH), strict=True)}
    run = await ask(session, "POST", "/api/v1/workflows/resume-match", data=form(**files))
    ledger.runs[run["run_id"]] = marks


async def note(session, ledger):
    mark = ledger.mark()
    await ask(session, "PUT", "/api/v1/search/collections/notes", {})
    body = {"documents": [{"id": mark, "text": f"会议记录 {mark}", "language": "zh"}]}
    await ask(session, "POST", "/api/v1/search/collections/notes/documents", body)
    ledger.live["notes"][mark] = mark


async def change(session, ledger):
    one, mark = random.choice(list(ledger.live["jobs"])), ledger.mark()
    ledger.unsure.add(one)
    await ask(session, "PATCH", f"/api/v1/jobs/{one}", {"title": f"推荐算法专家 {mark}"})
    ledger.live["jobs"][one] = mark
    ledger.unsure.discard(one)


async def put_away(session, ledger):
    for kind in ("jobs", "talents"):
        if len(ledger.live[kind]) > 4:
            one = next(iter(ledger.live[kind]))
            ledger.unsure.add(one)
            await ask(session, "POST", f"/api/v1/{kind}/{one}/archive")
            del ledger.live[kind][one]
            ledger.away[kind].add(one)
            ledger.unsure.discard(one)


async def killed(up, ledger, after_s):
    """The story until the process is gone."""
    async with up.client() as session:
        running = asyncio.ensure_future(story(session, ledger))
        await asyncio.wait([running], timeout=after_s)
        assert not running.done(), running.exception()
        up.kill()
        with pytest.raises(LOST):
            await running


async def check(up, ledger):
    """Everything that was acknowledged is there, and can be found."""
    async with up.client() as session:
        await asyncio.gather(*(ended(session, run) for run in ledger.runs))
        for kind in ("companies", "jobs", "talents"):
            for one in ledger.live[kind]:
                kept = await ask(session, "GET", f"/api/v1/{kind}/{one}")
                assert one in ledger.unsure or kept["archived"] is False
        for kind, away in ledger.away.items():
            for one in away - ledger.unsure:
                assert (await ask(session, "GET", f"/api/v1/{kind}/{one}"))["archived"] is True
        await until(lambda: equal_to_sql(session))
        for kind, live in ledger.live.items():
            for one, mark in live.items():
                if one not in ledger.unsure:
                    assert [hit["id"] for hit in await hits(session, "text", kind, mark)] == [one]
        await matched(session)


async def ended(session, run):
    """A run comes to its end by itself, and each of its files to one person."""

    async def done():
        told = await ask(session, "GET", f"/api/v1/runs/{run}")
        assert told["state"] in ("waiting", "running", "done"), told
        return told["state"] == "done" and told

    told = await until(done)
    assert [file["state"] for file in told["result"]["files"]] == ["done", "done"]


async def hits(session, way, kind, query):
    body = {"collection": kind, "query": query, "k": 1000}
    return (await ask(session, "POST", f"/api/v1/search/{way}", body))["hits"]


async def listed(session, kind):
    """The ids of all live records, from SQL."""
    ids, cursor = set(), None
    while True:
        query = {"limit": "200"} | ({"cursor": cursor} if cursor else {})
        page = await ask(session, "GET", f"/api/v1/{kind}", params=query)
        ids |= {item["id"] for item in page["items"]}
        if (cursor := page["next_cursor"]) is None:
            return ids


async def equal_to_sql(session):
    """Whether full text, vectors and SQL hold the same records."""
    for kind, word in (("companies", "示例"), ("jobs", "推荐算法"), ("talents", "项目代号")):
        there = await listed(session, kind)
        for way in ("text", "semantic"):
            if {hit["id"] for hit in await hits(session, way, kind, word)} != there:
                return False
    return True


async def matched(session):
    """Matching ranks exactly the open jobs."""
    made = await ask(session, "POST", "/api/v1/talents/from-resume", data=form(last=EXPERT_ZH))
    person = made["talent_id"]
    found = await ask(session, "POST", "/api/v1/matching/jobs", {"talent_id": person, "limit": 200})
    assert {match["job"]["id"] for match in found["matches"]} <= await listed(session, "jobs")
    assert found["total"] == len(await listed(session, "jobs"))


def people_by_mark(data):
    """How many people there are for each file of a workflow, from the database itself."""
    with sqlite3.connect(f"file:{data}/sql/looma.db?mode=ro", uri=True) as connection:
        rows = connection.execute("select filename, count(*) from resumes group by filename").fetchall()
    connection.close()
    return dict(rows)


async def survives(tmp_path, rounds, seed):
    dice, ledger, up = random.Random(seed), Ledger(), Up(tmp_path / "data")
    try:
        for _ in range(rounds):
            up.start()
            await killed(up, ledger, dice.uniform(0.05, 2.5))
        up.start()
        await check(up, ledger)
        assert up.stop() == 0, up.said()
        people = people_by_mark(tmp_path / "data")
        for marks in ledger.runs.values():
            assert [people[f"{mark}.txt"] for mark in marks] == [1, 1]
        assert "Traceback" not in up.said()
    finally:
        up.kill()


async def test_nothing_acknowledged_is_missing_after_kill(tmp_path):
    await survives(tmp_path, rounds=5, seed=1)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 7))
async def test_nothing_acknowledged_is_missing_after_many_kills(tmp_path, seed):
    await survives(tmp_path, rounds=10, seed=seed)
