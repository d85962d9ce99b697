"""Searching 100,000 synthetic vectors by meaning, with and without filters: `python bench/vectors.py` (Linux).

The vectors are 512-dimensional and clustered: 1,000 centres, noise of 0.8 of their length around each. Searches go
through the driver, one after another, as vector-service calls it; recall is against exact float32. Time of the
processor is what counts on a machine that has other things to do, too.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from looma.platform.stores.vector import Gone, VectorDocument, VectorQuery, Vectors
from looma.platform.stores.vector.faiss import FaissVectors
from machine import describe, percentile

DIMENSIONS = 512
SHARES = {"0.1": 0.001, "1": 0.01, "10": 0.1, "50": 0.5}
QUERIES = 300
K = 10


class Library:
    """Vectors by number, who carries which term, and what is true of them."""

    def __init__(self, count: int) -> None:
        self.random = np.random.default_rng(11)
        self.centres = _unit(self.random.standard_normal((1000, DIMENSIONS), dtype=np.float32))
        self.vectors = self.draw(count)
        self.gone: set[int] = set()
        self.carried = {share: self.random.random(count + 10_000) < part for share, part in SHARES.items()}

    def draw(self, count: int) -> Vectors:
        noise = self.random.standard_normal((count, DIMENSIONS), dtype=np.float32) * (0.8 / DIMENSIONS**0.5)
        return _unit(self.centres[self.random.integers(0, len(self.centres), count)] + noise)

    def documents(self, start: int, end: int) -> list[VectorDocument]:
        return [
            VectorDocument(
                "org/talents",
                f"document-{number:08}",
                self.vectors[number][None],
                {"share": [share for share, mask in self.carried.items() if mask[number]]},
            )
            for number in range(start, min(end, len(self.vectors)))
        ]

    def truths(self, queries: Vectors, share: str) -> list[set[str]]:
        allowed = (
            self.carried[share][: len(self.vectors)].copy()
            if share in self.carried
            else np.ones(len(self.vectors), bool)
        )
        allowed[list(self.gone)] = False
        numbers = np.flatnonzero(allowed)
        likeness = queries @ self.vectors[numbers].T
        best = np.argpartition(-likeness, min(K, len(numbers) - 1), axis=1)[:, :K]
        return [{f"document-{number:08}" for number in numbers[row]} for row in best]


async def main() -> None:
    """Print the machine and every figure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=100_000)
    count = options.parse_args().count
    print(describe())
    print(f"{count:,} synthetic clustered vectors of {DIMENSIONS} dimensions; memory at the start {_memory():.0f} MB")
    library = Library(count)
    start = _memory()
    with tempfile.TemporaryDirectory() as folder:
        await _filled(Path(folder), library, start)
        await _reopened(Path(folder), library)


async def _filled(folder: Path, library: Library, start: float) -> None:
    store = FaissVectors(folder, keep_after_s=3600, keep_every=10**9)
    await store.open()
    count = len(library.vectors)
    began = time.perf_counter()
    for at in range(0, count, 1000):
        await store.apply(library.documents(at, at + 1000), at + 1000)
    accepted = time.perf_counter() - began
    print(f"accepted and findable: {count / accepted:,.0f}/s")
    await store.settled()
    whole = time.perf_counter() - began
    print(f"graph ready after {whole:.1f} s: {count / whole:,.0f}/s; memory {_memory() - start:+.0f} MB")
    await _measure(store, library, "settled", [*SHARES, "100"])
    await _altered(store, library)
    began = time.perf_counter()
    await store.keep()
    print(f"first snapshot: {time.perf_counter() - began:.2f} s")
    await store.apply([VectorDocument("org/talents", "one", library.vectors[:1])], 10**9)
    began = time.perf_counter()
    await store.keep()
    print(f"snapshot after one more change: {time.perf_counter() - began:.2f} s")
    await store.apply([Gone("org/talents", "one")], 10**9 + 1)
    await store.close()
    _list(folder)


async def _altered(store: FaissVectors, library: Library) -> None:
    count = len(library.vectors)
    library.vectors = np.concatenate([library.vectors, library.draw(2000)])
    library.gone = set(library.random.choice(count, 2000, replace=False).tolist())
    gone = [Gone("org/talents", f"document-{number:08}") for number in sorted(library.gone)]
    await store.apply([*library.documents(count, count + 2000), *gone], 10**8)
    await _measure(store, library, "2,000 more written, 2,000 removed", [*SHARES, "100"])


async def _reopened(folder: Path, library: Library) -> None:
    store = FaissVectors(folder, keep_after_s=3600)
    began = time.perf_counter()
    await store.open()
    print(f"opened again in {time.perf_counter() - began:.2f} s, {await store.count():,} documents")
    await _measure(store, library, "opened again", ["1", "100"])
    await store.close()


async def _measure(store: FaissVectors, library: Library, what: str, shares: Sequence[str]) -> None:
    for share in shares:
        where: Mapping[str, Sequence[str]] = {} if share == "100" else {"share": [share]}
        times, worked, found = [], [], []
        queries = library.draw(QUERIES)
        for query, truth in zip(queries, library.truths(queries, share), strict=True):
            began, busy = time.perf_counter(), time.process_time()
            answer = await store.search(VectorQuery("org/talents", query, K, where))
            worked.append(1000 * (time.process_time() - busy))
            times.append(1000 * (time.perf_counter() - began))
            found.append(len({one.id for one in answer} & truth) / K)
            await asyncio.sleep(0)
        figures = [f"p50 {percentile(one, 0.5):5.2f} p95 {percentile(one, 0.95):5.2f} ms" for one in (times, worked)]
        told = f"{figures[0]}, of the processor {figures[1]}, recall@{K} {np.mean(found):.3f}"
        print(f"{what}, {share:>4} %: {told}", flush=True)


def _list(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        print(f"  {path.name}: {path.stat().st_size / 1e6:.1f} MB")


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def _memory() -> float:
    """Resident megabytes."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6


if __name__ == "__main__":
    asyncio.run(main())
