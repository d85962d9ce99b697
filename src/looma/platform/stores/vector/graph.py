"""The settled part of a collection: unit vectors as 16-bit floats, and the HNSW graph over them. The home of FAISS.

One matrix serves the graph, the exact scan and the scores. For 100,000 vectors of 512 dimensions it takes 102 MB. 8-bit
scalars would take 51 MB and are no faster to search, but already rank the best ten wrongly (recall 0.972 of a scan over
all, where this has 1.000); to put that right takes these 16-bit floats beside them, and so more memory, not less.
"""

import ctypes
import mmap
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from . import Vectors

faiss: Any = _faiss  # the types that it comes with are those of another version

SCALARS: int = faiss.ScalarQuantizer.QT_fp16
"""A format that needs no training, so that a graph can begin with any vectors."""
LINKS = 16
"""Neighbours of a vector (twice as many at the bottom). 24 and 32 find no more, and take longer to build and search."""
EF_BUILD = 60
EF_LEAST = 64
"""Breadth of a search; otherwise it is twice the length of the list."""
_WORTH_IT = 1 << 24
_MADV_COLLAPSE = 25
"""Since Linux 6.1; an older one refuses, and nothing is lost."""
_STEP = 256
"""Vectors that are added, or unpacked, at a time."""

Nearest = tuple[NDArray[np.int64], Vectors]
"""Numbers of vectors and their cosines, greatest first."""


class Stopped(Exception):
    """Building was given up because somebody asked for it."""


class Graph:
    """Vectors that are numbered from 0 and never change, so that any number of threads may search."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._storage = faiss.downcast_index(index.storage)
        _in_large_pages(self._storage.codes)

    @staticmethod
    def empty(dimensions: int) -> "Graph":
        """A graph without vectors."""
        index = faiss.IndexHNSWSQ(dimensions, SCALARS, LINKS, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = EF_BUILD
        index.is_trained = True
        return Graph(index)

    @staticmethod
    def read(path: Path) -> "Graph":
        """What `write` wrote; RuntimeError for anything else."""
        return Graph(faiss.read_index(str(path)))

    def write(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        return int(self._index.d)

    def grown(self, blocks: Iterable[Vectors], stop: Callable[[], bool]) -> "Graph":
        """Another graph with more unit vectors; this one stays. Raises `Stopped` soon after `stop()` holds."""
        faiss.omp_set_num_threads(1)  # a thread's own affair in OpenMP, so every function says it that may need it
        index = faiss.clone_index(self._index)
        for block in blocks:
            for start in range(0, len(block), _STEP):
                if stop():
                    raise Stopped
                index.add(np.ascontiguousarray(block[start : start + _STEP]))
        return Graph(index)

    def nearest(self, direction: Vectors, most: int) -> Nearest:
        """About the `most` nearest of all, by the graph."""
        faiss.omp_set_num_threads(1)
        breadth = faiss.SearchParametersHNSW(efSearch=max(EF_LEAST, 2 * most))
        return _found(self._index.search(direction[None], min(most, len(self)), params=breadth))

    def scan(self, direction: Vectors, most: int, wanted: NDArray[np.bool_]) -> Nearest:
        """The `most` nearest of the wanted ones, by looking at each of them."""
        faiss.omp_set_num_threads(1)
        bits = np.packbits(wanted, bitorder="little")
        chosen = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))
        return _found(self._storage.search(direction[None], max(1, min(most, len(self))), params=chosen))

    def blocks(self, numbers: NDArray[np.int64]) -> Iterable[Vectors]:
        """Those vectors, unpacked block by block."""
        codes = faiss.rev_swig_ptr(self._storage.codes.data(), self._storage.codes.size()).reshape(len(self), -1)
        for start in range(0, len(numbers), _STEP):
            unpacked: Vectors = self._storage.sa_decode(codes[numbers[start : start + _STEP]])
            yield unpacked


def products(direction: Vectors, vectors: Vectors) -> Vectors:
    """The cosines of a unit vector with many. Not by BLAS, whose threads would wait for each other under load."""
    found = np.empty(len(vectors), np.float32)
    if len(vectors):
        places = [faiss.swig_ptr(array) for array in (found, direction, vectors)]
        faiss.fvec_inner_products_ny(*places, vectors.shape[1], len(vectors))
    return found


def _in_large_pages(codes: Any) -> None:
    """Ask Linux for pages of 2 MB: a scan jumps from vector to vector, and takes 2.1 ms instead of 3.0 for 10,000."""
    if sys.platform == "linux" and codes.size() > _WORTH_IT:
        start = -(-int(codes.data()) // mmap.PAGESIZE) * mmap.PAGESIZE
        size = (int(codes.data()) + codes.size() - start) // mmap.PAGESIZE * mmap.PAGESIZE
        ctypes.CDLL(None).madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), _MADV_COLLAPSE)


def _found(answer: tuple[Vectors, NDArray[np.int64]]) -> Nearest:
    cosines, numbers = answer[0][0], answer[1][0]
    there = numbers >= 0  # FAISS fills up with -1
    return numbers[there], cosines[there]
