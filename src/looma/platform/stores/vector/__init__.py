"""Vectors: documents by meaning. A projection: it can be rebuilt from the embeddings beside the truth at any time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from ..drivers import load
from ..search import Gone, Scored, Where

__all__ = [
    "Gone",
    "Metric",
    "Scored",
    "VectorDocument",
    "VectorQuery",
    "VectorStore",
    "Vectors",
    "Where",
    "open_vectors",
]

Vectors = NDArray[np.float32]
Metric = Literal["cosine", "dot", "euclidean"]

DRIVERS: Mapping[str, str | None] = {
    "faiss": "looma.platform.stores.vector.faiss:FaissVectors",
    "http": None,
    "https": None,
}
"""Scheme → driver; None where this build has none (``http`` is Weaviate)."""


@dataclass(frozen=True)
class VectorDocument:
    """A document by its passages: `vectors` has the shape (passages, dimensions), at least one row."""

    collection: str
    id: str
    vectors: Vectors
    terms: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class VectorQuery:
    """A meaning to look for in one collection; the `k` documents whose best passage is nearest."""

    collection: str
    vector: Vectors
    k: int = 20
    where: Where = field(default_factory=dict)
    metric: Metric = "cosine"


class VectorStore(Protocol):
    """One family of indexes, one for each collection."""

    async def open(self) -> None:
        """Be ready. Damaged files are removed and begun anew, which a log line says; `position` is 0 then.

        Raises `StoreBroken` when the place cannot be used at all.
        """

    async def close(self) -> None:
        """Keep what was applied and let go. Safe to call twice, and before `open`."""

    async def position(self) -> int:
        """The `to` up to which this index holds every change, as of `open` and every `apply` since."""

    async def apply(self, changes: Sequence[VectorDocument | Gone], to: int) -> None:
        """Make all of these findable; seen by `search` on return, and kept on disk from time to time and at `close`:
        after a crash `position` is an earlier one, and the changes after it are applied again.

        Raises ValueError, and nothing is changed, when a vector has another number of dimensions than its collection,
        or numbers that are not finite or too large to reckon with. A vector of zeros is like nothing: its cosine is 0.
        A collection that has lost its last document forgets its dimensions.
        """

    async def search(self, query: VectorQuery) -> list[Scored]:
        """The nearest documents, best first; ties fall by id. Scores rise with likeness: cosine and dot product as they
        are, euclidean as 1 / (1 + distance). Recall falls neither under filters nor after writes.

        Raises ValueError when the vector has another number of dimensions than the collection, or no finite numbers.
        """

    async def count(self, collection: str | None = None) -> int:
        """Documents of one collection, or of all."""

    async def clear(self) -> None:
        """Forget everything; `position` is 0 then."""

    async def check(self) -> None:
        """Return when the index answers; raise `Unavailable` otherwise."""


def open_vectors(url: str) -> VectorStore:
    """The driver for `url` (``faiss:/data/vector``), not yet opened."""
    driver: VectorStore = load(DRIVERS, url)
    return driver
