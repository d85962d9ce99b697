"""The vector drivers, what is true of their documents, and a process that writes for tests that kill it.

``python -m tests.platform.stores.vector_stores FOLDER``
"""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from looma.platform.stores.vector import DRIVERS, Gone, VectorDocument, VectorQuery, VectorStore, open_vectors
from looma.platform.stores.vector.faiss import FaissVectors

WEAVIATE = os.environ.get("LOOMA_TEST_WEAVIATE_URL") if DRIVERS["http"] else None
NAMES = ["exact", "graph", *(["weaviate"] if WEAVIATE else [])]
COLLECTION = "local/talents"
SMALL = 64
"""Vectors from which on a graph is used by the driver ``graph``."""


def driver(name: str, folder: Path, **options) -> VectorStore:
    """A driver that is not open yet; one with a folder uses this one."""
    if name == "weaviate":
        return open_vectors(str(WEAVIATE))
    return FaissVectors(folder, **({"settle_at": SMALL} if name == "graph" else {}) | options)


async def settled(store: VectorStore) -> None:
    """Wait for what goes on in the background."""
    if isinstance(store, FaissVectors):
        await store.settled()


def graph_of(store: FaissVectors) -> int:
    """Vectors in the graph of the collection."""
    graph = store._shelves.collections[COLLECTION].points.graph
    return len(graph) if graph else 0


def document(id: str, *vectors: Sequence[float], collection: str = COLLECTION, **terms) -> VectorDocument:  # noqa: A002
    """A document that says what matters to a test."""
    return VectorDocument(collection, id, np.array(vectors, np.float32), terms)


def query(*vector: float, k: int = 10, collection: str = COLLECTION, metric="cosine", **where) -> VectorQuery:
    return VectorQuery(collection, np.array(vector, np.float32), k, where, metric)


async def found(store: VectorStore, *vector: float, **more) -> list[str]:
    """The ids that are found, best first."""
    return [one.id for one in await store.search(query(*vector, **more))]


class Shelf:
    """Random clustered documents, written to a store and kept beside it, to know the truth about it."""

    def __init__(self, seed: int, dimensions: int = 24, unit: bool = True) -> None:
        self.random = np.random.default_rng(seed)
        self.dimensions, self.unit = dimensions, unit
        self.centres = self.random.standard_normal((12, dimensions))
        self.documents: dict[str, VectorDocument] = {}

    def vectors(self, count: int) -> np.ndarray:
        drawn = self.centres[self.random.integers(0, 12, count)] + 0.7 * self.random.standard_normal(
            (count, self.dimensions)
        )
        lengths = np.linalg.norm(drawn, axis=1, keepdims=True)
        return (drawn / lengths * (1 if self.unit else self.random.uniform(0.5, 2, (count, 1)))).astype(np.float32)

    def make(self, number: int) -> VectorDocument:
        """A document of one to three passages; the shares of `SHARES` carry a term."""
        place = self.random.random()
        made = VectorDocument(
            COLLECTION,
            f"d{number:05}",
            self.vectors(int(self.random.integers(1, 4))),
            {"share": [name for name, part in SHARES.items() if place < part], "all": ["yes"]},
        )
        self.documents[made.id] = made
        return made

    def drop(self, number: int) -> Gone:
        del self.documents[f"d{number:05}"]
        return Gone(COLLECTION, f"d{number:05}")

    def truth(self, asked: VectorQuery) -> dict[str, float]:
        """All that pass the filter, best first, by looking at everything."""
        wanted = sorted(one.id for one in self.documents.values() if _passes(one, asked.where))
        if not wanted:
            return {}
        passages = [self.documents[name].vectors for name in wanted]
        starts = np.cumsum([0, *(len(one) for one in passages[:-1])])
        best = np.maximum.reduceat(_scores(asked, np.concatenate(passages)), starts)
        return {wanted[at]: float(best[at]) for at in np.argsort(-best, kind="stable")}

    async def recall(self, store: VectorStore, queries: int = 20, **more) -> float:
        """The share of the true best that are found; every score has to be right, and as many as there can be."""
        shares = []
        for vector in self.vectors(queries):
            asked = query(*vector, **more)
            answer, truth = await store.search(asked), self.truth(asked)
            assert len(answer) == min(asked.k, len(truth))
            assert answer == sorted(answer, key=lambda one: (-one.score, one.id))
            assert all(abs(one.score - truth[one.id]) < 2e-3 for one in answer)
            if truth:
                shares.append(len({one.id for one in answer} & set(list(truth)[: asked.k])) / len(answer))
        return float(np.mean(shares or [1]))


SHARES = {"thousandth": 0.001, "hundredth": 0.01, "tenth": 0.1, "half": 0.5}


def _passes(one: VectorDocument, where: Mapping[str, Sequence[str]]) -> bool:
    return all(set(values) & set(one.terms.get(field, ())) for field, values in where.items())


def _scores(asked: VectorQuery, vectors: np.ndarray) -> np.ndarray:
    left, right = asked.vector.astype(float), vectors.astype(float)
    match asked.metric:
        case "dot":
            return right @ left
        case "euclidean":
            return 1 / (1 + np.linalg.norm(right - left, axis=1))
    return right @ left / (np.linalg.norm(left) * np.linalg.norm(right, axis=1))


LIVES = 150
"""Changes after which a document of `change` is deleted."""


def change(number: int) -> list[VectorDocument | Gone]:
    """The change of this number: a new document, one that goes, one that changes, and in the end a whole collection."""
    random = np.random.default_rng(number)
    made: list[VectorDocument | Gone] = [
        document(f"n{number}", *random.standard_normal((2, 8)), number=[str(number)]),
        document("same", random.standard_normal(8), number=[str(number)]),
        document("one", [1, number], collection="local/passing"),
    ]
    if number > LIVES:
        made.append(Gone(COLLECTION, f"n{number - LIVES}"))
    return [*made, Gone("local/passing")] if number % 7 == 0 else made


def after(number: int) -> dict[str, str]:
    """The ids that are there after the changes from 1 to this one, and the number of the change that wrote each."""
    steady = {f"n{one}": str(one) for one in range(max(1, number - LIVES + 1), number + 1)}
    return steady | ({"same": str(number)} if number else {})


async def endless(folder: Path) -> None:
    """Apply one change after the other, from where the store stands, and say each when it was acknowledged."""
    store = FaissVectors(folder, settle_at=SMALL, keep_after_s=0)
    await store.open()
    number = await store.position()
    while True:
        number += 1
        await store.apply(change(number), number)
        os.write(1, f"{number}\n".encode())
        await asyncio.sleep(0)


if __name__ == "__main__":
    asyncio.run(endless(Path(sys.argv[1])))
