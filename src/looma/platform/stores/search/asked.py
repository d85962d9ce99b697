"""What a question looks for and what each word of it counts: the same on every engine."""

from collections.abc import Iterator
from dataclasses import dataclass

from . import TextQuery, words
from .stemming import stems

MAX_TEXT = 2_000
"""Characters of a query's text that are looked at."""
MAX_TERMS = 64
"""Terms of a kind that are looked for; what comes later in the text is left out."""
MAX_FUZZY = 8

TITLE, BODY, LOOSE = 2.0, 1.0, 0.35
BEGUN, SLIPPED = 0.5, 0.25
"""What a word that was only begun, or misspelt, adds: the same for all, so that documents with the very word, which
have its own score as well, stay above them."""
FUZZY_FROM = 4
"""Letters from which on a word may have a slip."""


@dataclass(frozen=True)
class Term:
    """A word that a field of the index may hold, and what it counts there."""

    field: str
    word: str
    weight: float


@dataclass(frozen=True)
class Asked:
    """A document fits that has any of these."""

    words: list[Term]
    begun: list[Term]
    """Words that begin with it."""
    slipped: list[Term]
    """Words that are one slip away."""

    @classmethod
    def of(cls, query: TextQuery) -> "Asked | None":
        """None when nothing can fit."""
        text = query.text[:MAX_TEXT]
        asked = cls(
            list(_wanted(text)),
            _in_both(_begun(text) if query.prefix else [], BEGUN),
            _in_both(words.spelt(text, FUZZY_FROM)[:MAX_FUZZY] if query.fuzzy else [], SLIPPED),
        )
        return asked if asked.words or asked.begun or asked.slipped else None


def _wanted(text: str) -> Iterator[Term]:
    found = words.of_query(text)
    for word in found.exact[:MAX_TERMS]:
        yield Term("title", word, TITLE)
        yield Term("body", word, BODY)
    for stem in dict.fromkeys(stems(found.loose[:MAX_TERMS])):
        yield Term("loose", stem, LOOSE)


def _begun(text: str) -> list[str]:
    word = words.unfinished(text)
    return [] if word is None else [word]


def _in_both(found: list[str], weight: float) -> list[Term]:
    return [Term(field, word, weight) for word in found for field in ("title", "body")]
