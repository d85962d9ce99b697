"""Models behind small protocols: local drivers need no network, remote ones a key."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors whose dot product says how alike their meanings are, across languages."""

    model: str
    """Name and version; vectors of different models are never compared."""
    dimensions: int

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (n, dimensions), each of length 1; the same text gives the same bytes.

        Raises `Unavailable` when the model is not there.
        """
