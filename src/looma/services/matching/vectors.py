"""Vectors of titles in whole numbers, so that a cosine is the same however many are computed at once.

A component is kept as a 16-bit multiple of 1/2048. Products of two such vectors of length 1 stay below 2²⁴ in every
partial sum, where single precision is exact, whatever the order of the sum.
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

SCALE = 2048
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def packed(vector: Floats) -> bytes:
    """A vector of length 1 as it is kept: little-endian 16-bit whole numbers."""
    return np.rint(np.asarray(vector, np.float64) * SCALE).astype("<i2").tobytes()


def unpacked(kept: bytes) -> Floats:
    """Whole numbers again, in single precision."""
    return np.frombuffer(kept, "<i2").astype(np.float32)


def cosines(rows: Floats, vector: Floats) -> Ints:
    """Cosine of each row with `vector`, thousandths, rounded down; 0 for a row of zeros."""
    return (rows @ vector).astype(np.int64) * 1000 // (SCALE * SCALE)


def digest_of(text: str) -> bytes:
    """What tells one text from another without keeping it."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()
