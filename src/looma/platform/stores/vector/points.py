"""The distinct vectors of a collection, numbered as they came: first those in the graph, then the fresh tail."""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from . import Vectors
from .columns import Column
from .graph import Graph
from .likeness import UNIT, directions
from .state import KEY


class Points:
    """Vectors as directions and lengths; a vector that is there already is not added again."""

    def __init__(self, graph: Graph | None, tail: Vectors, lengths: Vectors, keys: NDArray[np.uint8]) -> None:
        self.graph = graph
        self._tail, self._lengths, self._keys = Column(tail), Column(lengths), Column(keys)
        self._numbers = {key.tobytes(): number for number, key in enumerate(keys)}
        self.unit = _unit(lengths)

    def __len__(self) -> int:
        return len(self._lengths)

    @property
    def tail(self) -> Vectors:
        """The directions that the graph does not have."""
        return self._tail.now

    @property
    def lengths(self) -> Vectors:
        return self._lengths.now

    @property
    def keys(self) -> NDArray[np.uint8]:
        return self._keys.now

    def numbers(self, vectors: Vectors) -> list[int]:
        """The vectors by number, each once; those that are not there yet are added."""
        keys = [blake2b(vector.tobytes(), digest_size=KEY).digest() for vector in vectors]
        fresh = {key: row for row, key in enumerate(keys) if key not in self._numbers}
        if fresh:
            self._add(list(fresh), vectors[list(fresh.values())])
        return list(dict.fromkeys(self._numbers[key] for key in keys))

    def settle(self, graph: Graph) -> None:
        """Go on with a graph that has grown by the beginning of the tail."""
        moved = len(graph) - (len(self.graph) if self.graph else 0)
        self._tail, self.graph = Column(self.tail[moved:].copy()), graph

    def _add(self, keys: list[bytes], vectors: Vectors) -> None:
        unit, lengths = directions(vectors)
        for key in keys:
            self._numbers[key] = len(self._numbers)
        self._keys.extend(np.frombuffer(b"".join(keys), np.uint8).reshape(-1, KEY))
        self._tail.extend(unit)
        self._lengths.extend(lengths)
        self.unit = self.unit and _unit(lengths)


def _unit(lengths: Vectors) -> bool:
    return bool(np.all(np.abs(lengths - 1) < UNIT))
