"""Mixed reads through the gateway: ``python bench/reads.py [--callers 32] [--seconds 20]``.

Aims: at least 1,000 reads/s with p95 < 50 ms. The platform runs with demo data; the callers live in a process of their
own, each on a connection that stays open, and speak HTTP by hand so that they cost little of the machine that both
share. Lists of 20 talents, jobs and companies, single records, and a search by word take turns at random.
"""

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import urlsplit

import uvloop

from machine import describe, percentile
from up import Up, answer, signed_in, up

WORDS = ("Python", "数据", "engineer", "护士", "Kubernetes", "财务", "manager", "上海")
SHARES = {"list": 3, "one": 5, "search": 2}
"""How often each kind of read is drawn."""


def requests_of(host: str, token: str, ids: dict[str, list[str]]) -> dict[str, list[bytes]]:
    """The requests of each kind, as bytes."""
    head = f"host: {host}\r\nauthorization: Bearer {token}\r\n"

    def read(path: str) -> bytes:
        return f"GET {path} HTTP/1.1\r\n{head}\r\n".encode()

    def search(word: str, collection: str) -> bytes:
        body = json.dumps({"collection": collection, "query": word, "k": 10}).encode()
        told = f"content-type: application/json\r\ncontent-length: {len(body)}\r\n"
        return f"POST /api/v1/search/text HTTP/1.1\r\n{head}{told}\r\n".encode() + body

    return {
        "list": [read(f"/api/v1/{noun}?limit=20") for noun in ids],
        "one": [read(f"/api/v1/{noun}/{one}") for noun, known in ids.items() for one in known],
        "search": [search(word, noun) for word in WORDS for noun in ids],
    }


async def caller(host: str, port: int, requests: dict[str, list[bytes]], until: float) -> list[tuple[str, float, int]]:
    """Ask one thing after the other: kind, seconds and status of each."""
    reader, writer = await asyncio.open_connection(host, port)
    kinds, weights = list(SHARES), list(SHARES.values())
    told = []
    while time.perf_counter() < until:
        (kind,) = random.choices(kinds, weights)  # noqa: S311 - no secret
        began = time.perf_counter()
        writer.write(random.choice(requests[kind]))  # noqa: S311
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.split(b":")[1]))
        told.append((kind, time.perf_counter() - began, int(head[9:12])))
    writer.close()
    return told


async def measured(address: str, callers: int, seconds: float, requests: dict[str, list[bytes]]) -> None:
    """Print the figures of one round."""
    host, port = urlsplit(address).hostname or "", urlsplit(address).port or 80
    until = time.perf_counter() + seconds
    told = [one for many in await asyncio.gather(*(caller(host, port, requests, until) for _ in range(callers)))
            for one in many]  # fmt: skip
    taken = defaultdict(list)
    for kind, took, _ in told:
        taken[kind].append(took)
    failed = sum(status >= 300 for _, _, status in told)
    every = [took for _, took, _ in told]
    print(f"{callers} callers, mixed reads {len(told) / seconds:7.0f}/s, {_percentiles(every)}, {failed} failed")
    for kind in SHARES:
        print(f"  {kind:20} {len(taken[kind]) / seconds:7.0f}/s, {_percentiles(taken[kind])}")
    print(len(told), end="")


def _percentiles(seconds: Sequence[float]) -> str:
    return ", ".join(f"p{round(share * 100)} {percentile(seconds, share) * 1000:.1f} ms" for share in (0.5, 0.95, 0.99))


def ask() -> None:
    """What the process of the callers does; everything comes over its standard input."""
    given = json.load(sys.stdin)
    requests = requests_of(urlsplit(given["address"]).netloc, given["token"], given["ids"])
    uvloop.run(measured(given["address"], given["callers"], given["seconds"], requests))


async def _known(running: Up) -> dict[str, object]:
    """A token and some ids."""
    async with signed_in(running) as session:
        ids = {}
        for noun in ("talents", "jobs", "companies"):
            listed = await answer(session, "GET", f"/api/v1/{noun}?limit=200")
            ids[noun] = [one["id"] for one in listed["items"]]
        token = session.headers["authorization"].split()[1]
        return {"address": running.gateway, "token": token, "ids": ids}


def main() -> None:
    """Start the platform, and the callers beside it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--callers", type=int, default=32)
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--ask", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.ask:
        ask()
        return
    print(describe())
    with tempfile.TemporaryDirectory() as folder, up(folder) as running:
        told = asyncio.run(_known(running)) | {"callers": given.callers, "seconds": given.seconds}
        for _ in range(2):  # the first round warms what is asked
            sent = json.dumps(told)
            before = running.cpu_s
            got = subprocess.run([sys.executable, __file__, "--ask"], input=sent, text=True, check=True, stdout=-1)
            reads = int(got.stdout.split()[-1])
            print(got.stdout.rpartition("\n")[0])
            print(f"  the platform's work: {(running.cpu_s - before) / reads * 1e6:.0f} µs of CPU a read")


if __name__ == "__main__":
    main()
