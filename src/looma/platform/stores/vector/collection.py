"""One collection in memory. One thread alone may use it; what it gives out is arrays that any thread may read."""

import numpy as np
from numpy.typing import NDArray

from . import VectorDocument, Vectors, Where
from .columns import Column, Ragged
from .filtering import Terms
from .points import Points
from .state import State


class Collection:
    """Documents by id, each with the numbers of its vectors. A changed document is a new one and the old one is dead,
    so that what a search has begun with stays, until `State.compacted` leaves the dead behind."""

    def __init__(self, state: State) -> None:
        self.dimensions = state.tail.shape[1]
        self.points = Points(state.graph, state.tail, state.lengths, state.keys)
        self.passages = Ragged(state.passage_starts, state.passages)
        self.ids = list(state.ids)
        self._terms = Terms(state.terms, state.term_starts, state.carried)
        self._alive = Column(state.alive)
        self._numbers = {self.ids[number]: number for number in np.flatnonzero(state.alive).tolist()}

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def alive(self) -> NDArray[np.bool_]:
        """Which documents are there, by number; falls with every change and removal."""
        return self._alive.now

    @property
    def waiting(self) -> int:
        """Vectors that the graph does not have."""
        return len(self.points.tail)

    @property
    def dead(self) -> int:
        """Documents that were changed or removed and still take room."""
        return len(self.ids) - len(self)

    def put(self, document: VectorDocument) -> bool:
        """Add or replace; False when it is there as it is."""
        vectors = self.points.numbers(np.asarray(document.vectors, np.float32))
        terms = self._terms.numbers(document.terms)
        before = self._numbers.get(document.id)
        if before is not None:
            if self.passages.of(before) == vectors and self._terms.carried.of(before) == terms:
                return False
            self.alive[before] = False
        self._numbers[document.id] = len(self.ids)
        self.ids.append(document.id)
        self.passages.append(vectors)
        self._terms.append(terms)
        self._alive.extend([True])
        return True

    def remove(self, document: str) -> bool:
        """False when it was not there."""
        if (number := self._numbers.pop(document, None)) is None:
            return False
        self.alive[number] = False
        return True

    def passages_of(self, where: Where) -> tuple[NDArray[np.int32], NDArray[np.int32], int]:
        """Documents and vectors by number, one pair for each passage of those that are there and pass the filter; and
        how many documents those are."""
        owners, values = self.passages.owners, self.passages.values.now
        if not where and not self.dead:
            return owners, values, len(self)
        allowed = self._terms.mask(where, len(self.ids)) & self.alive
        kept = np.flatnonzero(allowed[owners])
        return owners[kept], values[kept], int(np.count_nonzero(allowed))

    def state(self) -> State:
        """As of now, whatever happens later."""
        return State(
            ids=self.ids[:],
            alive=self.alive.copy(),
            passage_starts=self.passages.starts.now,
            passages=self.passages.values.now,
            term_starts=self._terms.carried.starts.now,
            carried=self._terms.carried.values.now,
            terms=self._terms.names[:],
            keys=self.points.keys,
            lengths=self.points.lengths,
            tail=self.points.tail,
            graph=self.points.graph,
        )


def checked(vectors: Vectors, dimensions: int | None) -> int:
    """The number of dimensions. ValueError unless there are numbers that one can reckon with, and as many as said."""
    if vectors.ndim != 2 or not vectors.size:
        raise ValueError("a document needs at least one vector of at least one dimension")
    if dimensions not in (None, vectors.shape[1]):
        raise ValueError(f"a vector of {vectors.shape[1]} dimensions, where the collection has {dimensions}")
    with np.errstate(over="ignore", invalid="ignore"):
        squares = np.einsum("ij,ij->i", vectors, vectors, dtype=np.float32)
    if not np.isfinite(squares).all():
        raise ValueError("a vector holds a number that is not finite or too large")
    return int(vectors.shape[1])
