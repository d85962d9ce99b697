"""Columns that only ever grow: what was read of one stays as it was, also for another thread."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Column:
    """An array to append to. When it has to move, whoever looks at the old one keeps it."""

    def __init__(self, start: NDArray[Any]) -> None:
        self._array, self._size = start, len(start)

    def __len__(self) -> int:
        return self._size

    @property
    def now(self) -> NDArray[Any]:
        """All that was appended so far; does not change when more is."""
        return self._array[: self._size]

    def extend(self, values: NDArray[Any] | Sequence[int]) -> None:
        size = self._size + len(values)
        if size > len(self._array):
            moved = np.empty((max(size, 16, len(self._array) * 3 // 2), *self._array.shape[1:]), self._array.dtype)
            moved[: self._size] = self.now
            self._array = moved
        self._array[self._size : size] = values
        self._size = size


class Ragged:
    """A list of numbers for each of the owners 0, 1, 2, …"""

    def __init__(self, starts: NDArray[np.int64], values: NDArray[np.int32]) -> None:
        """`starts` is where each owner's numbers begin, and where the last one's end."""
        lengths = np.diff(starts)
        self.starts, self.values = Column(starts), Column(values)
        self._owners = Column(np.repeat(np.arange(len(lengths), dtype=np.int32), lengths))

    def append(self, numbers: Sequence[int]) -> None:
        """The next owner's numbers."""
        self._owners.extend([len(self.starts) - 1] * len(numbers))
        self.values.extend(numbers)
        self.starts.extend([len(self.values)])

    def of(self, owner: int) -> list[int]:
        """One owner's numbers."""
        start, end = self.starts.now[owner : owner + 2]
        numbers: list[int] = self.values.now[start:end].tolist()
        return numbers

    @property
    def owners(self) -> NDArray[np.int32]:
        """Whose each of `values` is."""
        return self._owners.now
