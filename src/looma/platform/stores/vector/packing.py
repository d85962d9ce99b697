"""The columns of a collection as a file: a zip of arrays, as numpy writes it, without a pickle."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from .graph import Graph
from .state import State

_AS_THEY_ARE = ("alive", "passage_starts", "passages", "term_starts", "carried", "keys", "lengths", "tail")


def write(file: IO[bytes], state: State) -> None:
    """All but the graph."""
    arrays: dict[str, NDArray[Any]] = {name: getattr(state, name) for name in _AS_THEY_ARE}
    arrays["ids"], arrays["ids_text"] = _packed(state.ids)
    arrays["terms"], arrays["terms_text"] = _packed([part for term in state.terms for part in term])
    np.savez(file, **arrays)  # type: ignore[arg-type]


def read(path: Path, graph: Graph | None) -> State:
    """What `write` wrote, with its graph; ValueError when the two do not belong together."""
    with np.load(path, allow_pickle=False) as arrays:
        columns = {name: arrays[name] for name in _AS_THEY_ARE}
        parts = iter(_unpacked(arrays["terms"], arrays["terms_text"]))
        terms = list(zip(parts, parts, strict=True))
        state = State(ids=_unpacked(arrays["ids"], arrays["ids_text"]), terms=terms, graph=graph, **columns)
    if len(state.tail) + (len(graph) if graph else 0) != len(state.lengths):
        raise ValueError("the graph is another one")
    return state


def _packed(texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """The lengths in characters, and everything in one row."""
    lengths = np.fromiter(map(len, texts), np.int32, len(texts))
    return lengths, np.frombuffer("".join(texts).encode("utf-8", "surrogatepass"), np.uint8)


def _unpacked(lengths: NDArray[np.int32], text: NDArray[np.uint8]) -> list[str]:
    whole, ends = text.tobytes().decode("utf-8", "surrogatepass"), np.cumsum(lengths).tolist()
    return [whole[end - length : end] for end, length in zip(ends, lengths.tolist(), strict=True)]
