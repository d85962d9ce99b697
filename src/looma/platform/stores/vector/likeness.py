"""How like two vectors are, from the cosine between them and their lengths."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import Metric, Vectors

UNIT = 1e-4
"""Vectors this near to the length 1 are in the same order by every metric."""


def scores(metric: Metric, cosines: Vectors, length: float, lengths: Vectors) -> Vectors:
    """By `metric`, of a vector of that `length` with others; the greater the more alike."""
    cosines = np.clip(cosines, -1, 1)
    if metric == "cosine":
        return cosines
    wide = lengths.astype(np.float64) * length
    if metric == "dot":
        return _narrow(cosines * wide)
    squares = np.square(lengths.astype(np.float64)) + length**2 - 2 * wide * cosines
    return _narrow(1 / (1 + np.sqrt(np.maximum(squares, 0))))


def directions(vectors: Vectors) -> tuple[Vectors, Vectors]:
    """Vectors of the length 1, and the lengths that they had. One of zeros has no direction: it stays as it is."""
    wide = vectors.astype(np.float64)
    lengths = np.sqrt(np.einsum("ij,ij->i", wide, wide))
    unit = wide / np.where(lengths > 0, lengths, 1)[:, None]
    return unit.astype(np.float32), _narrow(lengths)


def _narrow(values: NDArray[Any]) -> Vectors:
    with np.errstate(over="ignore"):
        narrow: Vectors = values.astype(np.float32)
    return narrow
