"""All that a collection is, as columns: what a snapshot holds, and what a collection is made from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from . import Vectors
from .filtering import Term
from .graph import Graph

KEY = 16
"""Bytes by which a vector is known again."""


@dataclass(frozen=True)
class State:
    """Documents are numbered in the order in which they came, vectors too; the graph has the first vectors, the tail
    those after it. Equal vectors are one, so that a sentence which everybody writes is one place in the graph."""

    ids: Sequence[str]
    alive: NDArray[np.bool_]
    passage_starts: NDArray[np.int64]
    passages: NDArray[np.int32]
    """Vectors by number, document after document."""
    term_starts: NDArray[np.int64]
    carried: NDArray[np.int32]
    """Terms by number, document after document."""
    terms: Sequence[Term]
    keys: NDArray[np.uint8]
    lengths: Vectors
    tail: Vectors
    graph: Graph | None

    @staticmethod
    def empty(dimensions: int) -> "State":
        """Of a collection without documents."""
        return State(
            ids=(),
            alive=np.empty(0, bool),
            passage_starts=np.zeros(1, np.int64),
            passages=np.empty(0, np.int32),
            term_starts=np.zeros(1, np.int64),
            carried=np.empty(0, np.int32),
            terms=(),
            keys=np.empty((0, KEY), np.uint8),
            lengths=np.empty(0, np.float32),
            tail=np.empty((0, dimensions), np.float32),
            graph=None,
        )

    def compacted(self) -> "State":
        """Only what is alive, all of it in the tail."""
        passage_starts, passages = _of_living(self.passage_starts, self.passages, self.alive)
        term_starts, carried = _of_living(self.term_starts, self.carried, self.alive)
        vectors, passage_places = np.unique(passages, return_inverse=True)
        terms, term_places = np.unique(carried, return_inverse=True)
        return State(
            ids=[self.ids[number] for number in np.flatnonzero(self.alive).tolist()],
            alive=np.ones(len(passage_starts) - 1, bool),
            passage_starts=passage_starts,
            passages=passage_places.astype(np.int32),
            term_starts=term_starts,
            carried=term_places.astype(np.int32),
            terms=[self.terms[number] for number in terms.tolist()],
            keys=self.keys[vectors],
            lengths=self.lengths[vectors],
            tail=self._unpacked(vectors.astype(np.int64)),
            graph=None,
        )

    def _unpacked(self, numbers: NDArray[np.int64]) -> Vectors:
        """Those vectors, ascending, whether they are in the graph or not."""
        settled = len(self.graph) if self.graph else 0
        split = int(np.searchsorted(numbers, settled))
        first: Iterable[Vectors] = self.graph.blocks(numbers[:split]) if self.graph else ()
        unpacked, start = np.empty((len(numbers), self.tail.shape[1]), np.float32), 0
        for block in chain(first, [self.tail[numbers[split:] - settled]]):
            unpacked[start : start + len(block)] = block
            start += len(block)
        return unpacked


def _of_living(
    starts: NDArray[np.int64], values: NDArray[np.int32], alive: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    lengths = np.diff(starts)
    kept = np.concatenate([[0], np.cumsum(lengths[alive])]).astype(np.int64)
    return kept, values[np.repeat(alive, lengths)]
