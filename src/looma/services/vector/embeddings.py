"""Embeddings beside the truth: what a model made of a title and text, kept while a document says it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, delete, exists, insert, select

from looma.platform.stores.sql import Sql, Transaction

from .tables import DOCUMENTS, EMBEDDINGS

Vectors = NDArray[np.float32]

SCALE = 10_000
"""Components are kept as 16-bit whole multiples of 1/10,000: as finely as the local model gives them."""
AT_ONCE = 500

_KNOWN = select(EMBEDDINGS.c.content_hash, EMBEDDINGS.c.passages, EMBEDDINGS.c.vectors).where(
    EMBEDDINGS.c.model == bindparam("of_model"), EMBEDDINGS.c.content_hash.in_(bindparam("hashes", expanding=True))
)
_INSERT = insert(EMBEDDINGS)
_DROP = delete(EMBEDDINGS).where(
    EMBEDDINGS.c.model == bindparam("of_model"), EMBEDDINGS.c.content_hash.in_(bindparam("hashes", expanding=True))
)
_SAID = exists(select(DOCUMENTS.c.id).where(DOCUMENTS.c.content_hash == EMBEDDINGS.c.content_hash))
_DROP_UNSAID = delete(EMBEDDINGS).where(EMBEDDINGS.c.content_hash.in_(bindparam("hashes", expanding=True)), ~_SAID)
_MODELS = select(EMBEDDINGS.c.model).distinct().order_by(EMBEDDINGS.c.model)
_DROP_OTHERS = delete(EMBEDDINGS).where(EMBEDDINGS.c.model != bindparam("of_model"))


def content_hash(title: str, text: str) -> str:
    """One name for one title and text; SHA-256, hex."""
    return hashlib.sha256(f"{title}\0{text}".encode()).hexdigest()


async def known(sql: Sql, model: str, hashes: Sequence[str]) -> dict[str, Vectors]:
    """What was kept of these, by hash."""
    rows = await sql.fetch_all(_KNOWN, {"of_model": model, "hashes": list(hashes)})
    return {row["content_hash"]: _unpacked(row["vectors"], row["passages"]) for row in rows}


async def keep(tx: Transaction, model: str, made: Mapping[str, Vectors]) -> None:
    """Keep these, unless no document says them any more by now."""
    hashes = list(made)
    await tx.execute(_DROP, {"of_model": model, "hashes": hashes})
    rows = [
        {"content_hash": name, "model": model, "passages": len(vectors), "vectors": _packed(vectors)}
        for name, vectors in made.items()
    ]
    await tx.execute(_INSERT, rows)
    await forget_unsaid(tx, hashes)


async def forget_unsaid(tx: Transaction, hashes: Iterable[str]) -> None:
    """Forget those of these that no document says any more."""
    names = list(hashes)
    for at in range(0, len(names), AT_ONCE):
        await tx.execute(_DROP_UNSAID, {"hashes": names[at : at + AT_ONCE]})


async def models(sql: Sql) -> list[str]:
    """The models of which embeddings are kept."""
    return [row["model"] for row in await sql.fetch_all(_MODELS)]


async def forget_others(tx: Transaction, model: str) -> None:
    """Forget the embeddings of other models."""
    await tx.execute(_DROP_OTHERS, {"of_model": model})


def _packed(vectors: Vectors) -> bytes:
    return np.rint(np.asarray(vectors, np.float64) * SCALE).astype("<i2").tobytes()


def _unpacked(kept: bytes, passages: int) -> Vectors:
    return (np.frombuffer(kept, "<i2").astype(np.float32) / np.float32(SCALE)).reshape(passages, -1 if passages else 0)
