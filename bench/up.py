"""The whole platform as a person waits for it, over HTTP through the gateway: ``python bench/up.py``.

Aims: second start with demo data ready in less than 5 s and less than 450 MB in all (PSS over the process tree); a
two-page PDF to ranked jobs p95 < 1 s against 1,000 jobs. A run is the workflow `resume-match` with a short text, from
the request that asks for it to the event that ends it. Jobs are those of ``bench/matching.py``.
"""

import argparse
import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import aiohttp

from looma import demo
from looma.services.resume.intake import read_file
from machine import describe, percentile, spread
from main_job import two_pages
from matching import domains, job, occupations

LOOMA = str(Path(sys.executable).with_name("looma"))
PASSWORD = "A long one, for measuring"  # noqa: S105 - of an installation that lives for a minute
AT_ONCE = 8


@dataclass(frozen=True)
class Up:
    """A Looma that runs."""

    pid: int
    gateway: str
    ready_s: float

    @property
    def pss_mb(self) -> float:
        """Memory of the process and all below it, what they share counted once."""
        return sum(_pss_kb(pid) for pid in _tree(self.pid)) / 1024

    @property
    def cpu_s(self) -> float:
        """Seconds of CPU that it has used so far."""
        return sum(_cpu_s(pid) for pid in _tree(self.pid))

    @property
    def processes(self) -> int:
        """How many processes that is."""
        return len(list(_tree(self.pid)))


@contextmanager
def up(folder: str | Path, *, with_demo: bool = True) -> Iterator[Up]:
    """`looma up` on free ports, from the command to its ready line."""
    env = os.environ | {"LOOMA_ADMIN_PASSWORD": PASSWORD, "LOOMA_LOG_LEVEL": "ERROR", "LOOMA_LANG": "en"}
    command = [LOOMA, "up", "--ports-from", str(_free_ports()), "--data", str(folder)]
    began = time.perf_counter()
    with subprocess.Popen(
        [*command, "--demo"] if with_demo else command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=env,
    ) as process:
        line = next((line for line in process.stdout or () if line.startswith("ready ")), "")
        addresses = dict(part.split("=", 1) for part in line.split()[1:])
        yield Up(process.pid, addresses["ai-gateway"], time.perf_counter() - began)
        process.send_signal(signal.SIGINT)


@asynccontextmanager
async def signed_in(running: Up) -> AsyncIterator[aiohttp.ClientSession]:
    """A session of the administrator, with the gateway as its base."""
    async with aiohttp.ClientSession(running.gateway, trust_env=False) as session:
        sent = {"username": "admin", "password": PASSWORD}
        token = (await answer(session, "POST", "/api/v1/auth/login", json=sent))["access_token"]
        session.headers["authorization"] = f"Bearer {token}"
        yield session


async def answer(session: aiohttp.ClientSession, verb: str, path: str, **given: Any) -> Any:
    """The `data` of an answer; what is no success ends the bench."""
    async with session.request(verb, path, **given) as got:
        body = await got.json()
        if not got.ok:
            raise SystemExit(f"{verb} {path}: {got.status} {body['error']}")
        return body["data"]


async def fill(session: aiohttp.ClientSession, count: int) -> list[str]:
    """Create jobs, some at once; their ids."""
    fields, titles = domains(), occupations()
    texts = [job(fields, titles) for _ in range(count)]
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> str:
        title, description = texts[number]
        sent = {"title": title, "description": description, "company": f"Company {number % 40}", "location": "上海"}
        async with turn:
            return str((await answer(session, "POST", "/api/v1/jobs", json=sent))["id"])

    return await asyncio.gather(*(one(number) for number in range(count)))


def upload(data: bytes, name: str, kind: str) -> aiohttp.FormData:
    """A form with one file."""
    form = aiohttp.FormData()
    form.add_field("file", data, filename=name, content_type=kind)
    return form


async def seconds(times: int, work: Callable[[], Awaitable[object]]) -> list[float]:
    """How long each of the calls took, one after the other."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        await work()
        taken.append(time.perf_counter() - began)
    return taken


async def story(running: Up, jobs: int, times: int) -> None:
    """Sign-in, jobs, résumés to ranked jobs, runs."""
    async with signed_in(running) as session:
        sent = {"username": "admin", "password": PASSWORD}
        signing = await seconds(20, lambda: answer(session, "POST", "/api/v1/auth/login", json=sent))
        print(f"sign-in                              {spread(signing)}")
        there = len((await answer(session, "GET", "/api/v1/jobs?limit=200"))["items"])
        (taken,) = await seconds(1, lambda: fill(session, jobs - there))
        print(f"{jobs - there} jobs created, {AT_ONCE} at once        {(jobs - there) / taken:.0f}/s")
        for name, data in demo.samples():
            await _resume_to_jobs(session, name, data, times)
        await _runs(session, times)


async def _resume_to_jobs(session: aiohttp.ClientSession, name: str, data: bytes, times: int) -> None:
    document = two_pages(read_file(data, name, date(2026, 1, 1)).text)
    keeping: list[float] = []
    ranking: list[float] = []

    async def both() -> None:
        began = time.perf_counter()
        form = upload(document, "resume.pdf", "application/pdf")
        talent = (await answer(session, "POST", "/api/v1/talents/from-resume", data=form))["talent_id"]
        kept = time.perf_counter()
        await answer(session, "POST", "/api/v1/matching/jobs", json={"talent_id": talent})
        keeping.append(kept - began)
        ranking.append(time.perf_counter() - kept)

    (first,) = await seconds(1, both)
    keeping.clear(), ranking.clear()
    whole = await seconds(times, both)
    print(f"{name}: two-page PDF to ranked jobs {spread(whole)}, the first {first:.2f} s")
    print(f"{name}:   of these, kept {spread(keeping)}; ranked {spread(ranking)}")


async def _runs(session: aiohttp.ClientSession, times: int) -> None:
    text = "陆岚\n电话：13800138000\n技能：Python、SQL\n".encode()

    async def one() -> None:
        form = upload(text, "resume.txt", "text/plain")
        run = (await answer(session, "POST", "/api/v1/workflows/resume-match?limit=1", data=form))["run_id"]
        async with session.get(f"/api/v1/runs/{run}/events") as events:
            await events.read()
        state = (await answer(session, "GET", f"/api/v1/runs/{run}"))["state"]
        if state != "done":
            raise SystemExit(f"a run ended {state}")

    await one()
    print(f"run of a short résumé, asked → done   {spread(await seconds(times, one))}")


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            yield from _tree(int(child))


def _pss_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _free_ports() -> int:
    """The first of ten ports that nobody uses at the moment."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as at:
            first = int(at.getsockname()[1])
        try:
            for port in range(first, first + 10):
                socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return first


def main() -> None:
    """Print every figure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--jobs", type=int, default=1000)
    options.add_argument("--times", type=int, default=40)
    options.add_argument("--starts", type=int, default=5)
    given = options.parse_args()
    print(describe())
    with tempfile.TemporaryDirectory() as folder:
        with up(folder) as first:
            print(f"first start with demo data            {first.ready_s:.1f} s, {_memory(first)}")
        starts = []
        for _ in range(given.starts):
            with up(folder) as again:
                starts.append(again.ready_s)
                told = _memory(again)
        most = percentile(starts, 0.95)
        print(f"second start, ready                   p50 {percentile(starts, 0.5):.1f} s, max {most:.1f} s, {told}")
        with up(folder) as running:
            asyncio.run(story(running, given.jobs, given.times))
            print(f"after all this                        {_memory(running)}")


def _memory(running: Up) -> str:
    return f"{running.pss_mb:.0f} MB PSS in {running.processes} processes"


if __name__ == "__main__":
    main()
