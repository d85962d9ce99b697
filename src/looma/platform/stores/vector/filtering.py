"""Which documents carry which terms: from a filter to a row of yes and no."""

from array import array
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from . import Where
from .columns import Ragged

Term = tuple[str, str]
"""A field and one value of it."""


class Terms:
    """The terms of documents that are numbered in the order in which they came; those of one never change."""

    def __init__(self, names: Sequence[Term], starts: NDArray[np.int64], numbers: NDArray[np.int32]) -> None:
        self.names = list(names)
        self.carried = Ragged(starts, numbers)
        self._numbers = {name: number for number, name in enumerate(names)}
        self._carriers = _turned(self.carried, len(self.names))

    def numbers(self, terms: Mapping[str, Sequence[str]]) -> list[int]:
        """The terms by number, each once and always in the same order."""
        return sorted({self._number((field, value)) for field, values in terms.items() for value in values})

    def append(self, numbers: Sequence[int]) -> None:
        """The next document's terms."""
        document = len(self.carried.starts) - 1
        self.carried.append(numbers)
        for number in numbers:
            self._carriers[number].append(document)

    def mask(self, where: Where, size: int) -> NDArray[np.bool_]:
        """Which of the first `size` documents are kept."""
        kept = np.ones(size, bool)
        for field, values in where.items():
            having = np.zeros(size, bool)
            for value in values:
                if (number := self._numbers.get((field, value))) is not None:
                    having[np.frombuffer(self._carriers[number], np.int32)] = True
            kept &= having
        return kept

    def _number(self, name: Term) -> int:
        number = self._numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
            self._carriers.append(array("i"))
        return number


def _turned(carried: Ragged, terms: int) -> list["array[int]"]:
    """For each term the documents that carry it."""
    numbers = carried.values.now
    order = np.argsort(numbers, kind="stable")
    ends = np.concatenate([[0], np.cumsum(np.bincount(numbers, minlength=terms))]) if terms else np.zeros(1, int)
    owners = carried.owners[order]
    return [array("i", owners[start:end].tobytes()) for start, end in pairwise(ends.tolist())]
