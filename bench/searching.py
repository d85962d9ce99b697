"""The search service in its process: taking documents in, and answering, with both indexes and SQL behind it.

Run: ``python bench/searching.py [--documents 100000]``. Documents are synthetic (words drawn by rank from a made-up
vocabulary), and so are their vectors: a text's vector is drawn from its hash, so that the figures tell what the service
costs without a language model. What the real model adds is told by the last lines.
"""

import argparse
import asyncio
import hashlib
import random
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from looma.contracts.vector import Hits, NewCollection, NewDocument, NewDocuments, Query, VectorAPI, VectorSearch
from looma.platform import context
from looma.platform.ai import Vectors
from looma.platform.ai.use import UseEmbedder
from looma.platform.clock import Uuid7, utc_now
from looma.platform.peers import local
from looma.platform.service import Platform
from looma.platform.settings import StoreSettings
from looma.platform.stores import UnifiedDataAccess
from looma.services.vector.passages import passages
from looma.services.vector.service import VectorService
from machine import describe, spread

BATCH = 500
QUESTIONS = 300
chance = random.Random(7)  # noqa: S311 - invented data
WORDS = [f"w{n}" if n % 2 else chr(0x4E00 + n) + chr(0x5E00 + n * 7 % 4000) for n in range(4000)]
WEIGHTS = [1 / (rank + 5) for rank in range(len(WORDS))]


class DrawnVectors:
    """Vectors drawn from the hash of a text."""

    model, dimensions = "drawn", 512

    async def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.stack([self._drawn(text) for text in texts])
        return np.round(rows / np.linalg.norm(rows, axis=1, keepdims=True), 4)

    def _drawn(self, text: str) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        return np.random.default_rng(seed).standard_normal(self.dimensions, np.float32)


def text(words: int) -> str:
    """Words drawn by rank, frequent ones often."""
    return " ".join(chance.choices(WORDS, WEIGHTS, k=words))


def documents(count: int) -> list[NewDocument]:
    """A batch of documents of one passage; a thousandth, a hundredth and a tenth of them can be filtered for."""
    made = []
    for _ in range(count):
        number = chance.randrange(1000)
        share = [name for name, below in (("0.1", 1), ("1", 10), ("10", 100)) if number < below]
        made.append(NewDocument(id=Uuid7()(), text=text(40), terms={"share": share}))
    return made


async def timed(ask: Callable[[], Awaitable[Hits]]) -> float:
    began = time.perf_counter()
    await ask()
    return time.perf_counter() - began


async def fill(vector: VectorAPI, count: int) -> None:
    """Take the documents in, in batches, one after another."""
    began = time.perf_counter()
    for _ in range(0, count, BATCH):
        await vector.put_documents("bench", NewDocuments(documents=documents(BATCH)))
    seconds = time.perf_counter() - began
    print(f"  {count} documents in batches of {BATCH}: {count / seconds:,.0f} a second, durable and findable")
    single = [await timed(lambda: put_one(vector)) for _ in range(50)]
    print(f"  one document: {spread(single)}")


async def put_one(vector: VectorAPI) -> Any:
    return await vector.put_documents("bench", NewDocuments(documents=documents(1)))


async def ask(vector: VectorAPI) -> None:
    """Questions of each kind, one at a time."""
    for name, search in (
        ("text", vector.search_text),
        ("semantic", vector.search_semantic),
        ("hybrid", vector.search_hybrid),
    ):
        for highlight in (False, True):
            asked = [Query(collection="bench", query=text(2), highlight=highlight) for _ in range(QUESTIONS)]
            seconds = [await timed(lambda one=one, search=search: search(one)) for one in asked]  # type: ignore[misc]
            print(f"  {name}{' with highlights' if highlight else ''}: {spread(seconds)}")
    for share in ("0.1", "1", "10", None):
        filters = {"share": [share]} if share else {}
        near = [VectorSearch(collection="bench", vector=drawn(), filters=filters) for _ in range(QUESTIONS)]
        seconds = [await timed(lambda one=one: vector.search_vector(one)) for one in near]  # type: ignore[misc]
        print(f"  vector, {share or 100} % of the documents: {spread(seconds)}")


def drawn() -> list[float]:
    return [chance.gauss(0, 1) for _ in range(512)]


async def model() -> None:
    """What the real model takes for texts of one passage, and for a question."""
    embedder = UseEmbedder()
    pieces = [piece for _ in range(30) for piece in passages("", text(400))]
    await embedder.embed(pieces[:8])
    began = time.perf_counter()
    await embedder.embed(pieces)
    print(f"  the local model: {len(pieces) / (time.perf_counter() - began):,.0f} passages a second")
    seconds = []
    for _ in range(100):
        began = time.perf_counter()
        await embedder.embed([text(4)])
        seconds.append(time.perf_counter() - began)
    print(f"  the local model, a question: {spread(seconds)}")
    embedder.close()


async def main(count: int) -> None:
    print(describe())
    with tempfile.TemporaryDirectory(prefix="looma-bench-") as folder, context.acting(context.LOCAL_OWNER):
        data = UnifiedDataAccess.of(StoreSettings(LOOMA_DATA=Path(folder)))  # type: ignore[call-arg]
        await data.initialize()
        parts = SimpleNamespace(data=data, peer=lambda contract: None, clock=utc_now, embedder=DrawnVectors())
        service = VectorService.build(cast("Platform", parts))  # nobody is asked for records
        await service.start()
        vector = local(VectorAPI, lambda: service)
        await vector.put_collection("bench", NewCollection())
        await fill(vector, count)
        await ask(vector)
        await service.stop()
        began = time.perf_counter()
        await service.start()
        print(f"  opened again in {time.perf_counter() - began:.2f} s")
        await service.stop()
        await data.close()
    print(f"  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")
    await model()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=100_000)
    asyncio.run(main(options.parse_args().documents))
