"""One search: which way to look, and when what was found is enough.

The graph is asked for more than is needed and never told of the filter: what then remains of its list is the true
answer, also when the filter and the meaning hang together. When too little remains, every vector that is allowed is
looked at, which is the quicker way too where few are.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from . import Metric, Scored, VectorQuery, Vectors
from .collection import Collection, checked
from .graph import Graph, products
from .likeness import directions, scores
from .points import Points

COST_GRAPH = 25
"""What one more vector from the graph costs against one more in a scan (about 8 µs and 0.3 µs at 512 dimensions)."""
DEEPEST = 128
"""Under a filter no longer list is asked of the graph. It is least complete at its end, which is where a filter looks;
with vectors in tight clusters the best ten under a filter of 10 %, in a list of 192, were right to 93 %."""
UNFILTERED = 0.9
SPARE = 1.5
"""So much more is asked of the graph than is needed if a filter and the meaning have nothing to do with each other."""
COST_INLINE = 8_000
"""Vectors that a scan looks at in about 2 ms: more is work for a thread."""


@dataclass(frozen=True)
class Found:
    """Vectors by number, most alike first. Those that are missing are no more alike than `beyond`."""

    numbers: NDArray[np.int64]
    scores: Vectors
    beyond: float


@dataclass(frozen=True)
class Look:
    """One look over a collection as it was; any thread may take it."""

    graph: Graph | None
    tail: Vectors
    lengths: Vectors
    direction: Vectors
    length: float
    metric: Metric
    unit: bool
    most: int
    wanted: NDArray[np.bool_] | None = None
    """The vectors to look at; None asks the graph, and looks at the whole tail."""

    @property
    def cost(self) -> int:
        """Vectors to look at, roughly."""
        if self.wanted is None:
            return self.most * COST_GRAPH + len(self.tail) // 4
        return int(np.count_nonzero(self.wanted)) * (1 if self.unit else 10)

    def take(self) -> Found:
        settled = len(self.graph) if self.graph else 0
        numbers, cosines, whole = self._settled(settled)
        tail = np.arange(len(self.tail)) if self.wanted is None else np.flatnonzero(self.wanted[settled:])
        few = len(tail) < len(self.tail) // 8
        fresh = products(self.direction, self.tail[tail]) if few else products(self.direction, self.tail)[tail]
        first, second = self._scored(numbers, cosines), self._scored(tail + settled, fresh)
        beyond = -np.inf if whole or not len(first) else float(first.min())
        return self._best(np.concatenate([numbers, tail + settled]), np.concatenate([first, second]), beyond)

    def _settled(self, settled: int) -> tuple[NDArray[np.int64], Vectors, bool]:
        """What the graph has, and whether that is all of it."""
        if self.graph is None:
            return np.empty(0, np.int64), np.empty(0, np.float32), True
        if self.wanted is None:
            numbers, cosines = self.graph.nearest(self.direction, self.most)
            return numbers, cosines, len(numbers) == settled
        if self.unit:
            numbers, cosines = self.graph.scan(self.direction, self.most, self.wanted[:settled])
            return numbers, cosines, len(numbers) < self.most
        numbers = np.flatnonzero(self.wanted[:settled])
        found = [products(self.direction, block) for block in self.graph.blocks(numbers)]
        return numbers, np.concatenate([np.empty(0, np.float32), *found]), True

    def _scored(self, numbers: NDArray[np.int64], cosines: Vectors) -> Vectors:
        return scores(self.metric, cosines, self.length, self.lengths[numbers])

    def _best(self, numbers: NDArray[np.int64], found: Vectors, beyond: float) -> Found:
        if len(found) > self.most:
            least = np.partition(found, -self.most)[-self.most]
            kept = found >= least  # all that are alike, so that ids can decide
            if not kept.all():
                beyond = max(beyond, float(found[~kept].max()))
            numbers, found = numbers[kept], found[kept]
        order = np.argsort(-found, kind="stable")
        return Found(numbers[order], found[order], beyond)


class Search:
    """The way of one query through one collection. Used in the collection's thread; only a `Look` may go elsewhere."""

    def __init__(self, collection: Collection, query: VectorQuery) -> None:
        vector = np.asarray(query.vector, np.float32)[None]
        checked(vector, collection.dimensions)
        self._ids, self._k = collection.ids, query.k
        self._owners, self._values, documents = collection.passages_of(query.where)
        self._passages_each = len(self._values) / max(1, documents)
        self.ranked: list[Scored] = []
        self.look = self._first(collection.points, vector, query.metric) if query.k > 0 and documents else None
        """What is to be looked at next; None when `ranked` is the answer."""

    def found(self, look: Look, found: Found) -> None:
        """Go on with what a look has found."""
        self.ranked = self._documents(found, len(look.lengths))
        enough = len(self.ranked) == self._k and self.ranked[-1].score > found.beyond
        if enough or found.beyond == -np.inf:
            self.look = None
        elif look.wanted is not None:
            self.look = replace(look, most=look.most * 4)
        else:
            deeper = int(look.most * 1.3 * self._k / max(1, len(self.ranked)))
            near = len(self.ranked) * 3 >= self._k and self._by_graph(look, deeper)
            self.look = replace(look, most=deeper) if near else self._scan(look)

    def _first(self, points: Points, vector: Vectors, metric: Metric) -> Look:
        directed, lengths = directions(vector)
        unit = points.unit or metric == "cosine"
        look = Look(points.graph, points.tail, points.lengths, directed[0], float(lengths[0]), metric, unit, 0)
        most = int(1.2 * self._k * self._passages_each**0.5 / min(1, self._share(look))) + 8
        if self._filtered(look):
            most = int(SPARE * most)
        return replace(look, most=most) if self._by_graph(look, most) else self._scan(look)

    def _by_graph(self, look: Look, most: int) -> bool:
        """Whether the graph answers as rightly as a scan and sooner."""
        if look.graph is None or not look.unit or (most > DEEPEST and self._filtered(look)):
            return False
        return most * COST_GRAPH < min(len(look.graph), self._share(look) * len(look.lengths))

    def _scan(self, look: Look) -> Look:
        most = int(1.2 * self._k * self._passages_each) + 8
        return replace(look, most=most, wanted=self._wanted(len(look.lengths)))

    def _share(self, look: Look) -> float:
        """How many passages are allowed, for each vector; more than one where documents have vectors in common."""
        return len(self._values) / len(look.lengths)

    def _filtered(self, look: Look) -> bool:
        return self._share(look) < UNFILTERED

    def _wanted(self, size: int) -> NDArray[np.bool_]:
        """The vectors of the documents that are allowed."""
        wanted = np.zeros(size, bool)
        wanted[self._values] = True
        return wanted

    def _documents(self, found: Found, size: int) -> list[Scored]:
        """The `k` best documents of those vectors, each by its best one."""
        ranks = np.full(size, -1, np.int32)
        ranks[found.numbers] = np.arange(len(found.numbers))
        of_passage = ranks[self._values]
        hits = np.flatnonzero(of_passage >= 0)
        hits = hits[np.argsort(of_passage[hits], kind="stable")]
        documents, first = np.unique(self._owners[hits], return_index=True)
        best = found.scores[of_passage[hits[first]]]
        if len(best) > self._k:  # of those that are alike at the end the ids decide
            kept = best >= np.partition(best, -self._k)[-self._k]
            documents, best = documents[kept], best[kept]
        pairs = zip(documents.tolist(), best.tolist(), strict=True)
        ranked = sorted((Scored(self._ids[number], score) for number, score in pairs), key=_order)
        return ranked[: self._k]


def _order(one: Scored) -> tuple[float, str]:
    return -one.score, one.id
