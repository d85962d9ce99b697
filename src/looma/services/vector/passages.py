"""Cutting a text into passages that a sentence model can take in. Pure.

A model that was made for sentences sees little of a page: what is asked for is found by the passage that says it.
"""

import re

RULE = "p1"
"""Name of this way of cutting; embeddings of another way are not mixed with it."""
PIECE = 120
"""Size of a passage in Chinese characters, or 80 Latin words. Measured: shorter ones find the sentence that answers a
Chinese question, English ones need more around it."""
MOST = 12
"""Passages of one document at most; those of a longer text are longer."""

_SENTENCE = re.compile(r"[^。！？!?；;\n]*?(?:[。！？!?；;\n]+|\.(?=\s)|$)\s*", re.DOTALL)
_HAN = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f]+")


def passages(title: str, text: str) -> list[str]:
    """The passages of a document in their order, each with the title before it; none when both are blank."""
    title = " ".join(title.split())
    pieces = _pieces(text)
    if not pieces:
        return [title] if title else []
    return [f"{title}\n{piece}" for piece in pieces] if title else pieces


def size(text: str) -> int:
    """The length of a text in Chinese characters; a Latin word takes the room of one and a half."""
    words = 3 * len(_WORD.findall(text)) // 2
    return words if text.isascii() else words + len(_HAN.findall(text))


def _pieces(text: str) -> list[str]:
    sentences = [(piece, size(piece)) for piece in _sentences(text)]
    room = max(PIECE, -(-sum(weight for _, weight in sentences) // (MOST - 1)))
    found: list[str] = []
    held, held_size = "", 0
    for sentence, weight in sentences:
        if held and held_size + weight > room:
            found.append(held)
            held, held_size = "", 0
        held, held_size = held + sentence, held_size + weight
    found.append(held)
    return [piece.strip() for piece in found if piece.strip()][:MOST]


def _sentences(text: str) -> list[str]:
    """Sentences with what follows them; one that is too long for a passage comes in parts."""
    return [
        sentence[at : at + 2 * PIECE]
        for sentence in _SENTENCE.findall(text)
        for at in range(0, len(sentence), 2 * PIECE)
    ]
