"""An index of everything that concepts are called, and one linear pass over a text that finds all of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from .folding import HAN, LATIN, FoldedText, squeeze

T = TypeVar("T")

_RUN = re.compile(f"[{LATIN}]+|[{HAN}]+")
_WORD = re.compile(f"[{LATIN}]+")
_VERSIONED = re.compile(r"([a-z]{3,})[0-9]{1,4}")
_ADDRESS = re.compile(
    rf"(?<![{LATIN}.])(?:https?://|www\.)[^\s<>()，。；、（）{HAN}]+"
    rf"|(?<![{LATIN}.+\-])[{LATIN}.+\-]{{1,64}}@[{LATIN}.\-]{{1,255}}"
    rf"|(?<![{LATIN}.\-])[{LATIN}\-]{{1,63}}(?:\.[{LATIN}\-]{{1,63}}){{0,3}}\.(?:com|cn|io|org|me|dev|edu)/[{LATIN}\-]"
    rf"[^\s<>()，。；、（）{HAN}]*"
)
_DOTTED = frozenset("com org net cn io edu gov dev me co uk de html php jsp css js ts py exe xml".split())
"""Last parts of host and file names: what they are attached to by a dot is a name, not a term."""


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A surface found in a text, at its place in the original."""

    start: int
    end: int
    value: T


class SurfaceIndex(Generic[T]):
    """Surfaces by their folded form. Finding takes time linear in the text: each place is looked up by its first word
    (or its first two Han characters) and then once for every length that surfaces with this beginning have."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        """`entries` are squeezed forms (see `squeeze`) with their values; of equal forms the first counts."""
        self._entries: dict[str, T] = {}
        for form, value in entries:
            if form:
                self._entries.setdefault(form, value)
        lengths: dict[str, set[int]] = {}
        for form in self._entries:
            lengths.setdefault(_head(form), set()).add(len(form))
        self._lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}

    def get(self, surface: str) -> T | None:
        """The value of exactly this surface, however it is spelled."""
        return self._entries.get(squeeze(surface))

    def find(self, text: FoldedText) -> list[Hit[T]]:
        """Hits in the order of the text, no two of them overlapping (see `_disjoint`)."""
        return list(_disjoint(self._all(text), text.original))

    def _all(self, folded: FoldedText) -> Iterator[Hit[T]]:
        """The longest hit at every place, in order of their beginnings."""
        text = folded.text
        addresses = _addresses(text)
        address = next(addresses)
        for run in _RUN.finditer(text):
            start, end = run.span()
            while address[1] <= start:
                address = next(addresses)
            if address[0] <= start:
                continue
            if text[start] > "\u3000":
                yield from self._in_han(folded, start, end)
            elif hit := self._at_word(folded, start, end):
                yield hit

    def _in_han(self, folded: FoldedText, start: int, end: int) -> Iterator[Hit[T]]:
        text, lengths = folded.text, self._lengths
        for place in range(start, end):
            if (head := text[place : place + 2]) in lengths and (hit := self._longest(folded, place, head)):
                yield hit

    def _at_word(self, folded: FoldedText, start: int, end: int) -> Hit[T] | None:
        text = folded.text
        word = text[start:end]
        dotted = start > 0 and text[start - 1] == "."
        inside = dotted and start > 1 and bool(_WORD.match(text[start - 2]))
        if dotted and not inside and (hit := self._longest(folded, start - 1, "." + word)):
            return hit
        if inside and word in _DOTTED:
            return None
        if hit := self._longest(folded, start, word):
            return hit
        if (versioned := _VERSIONED.fullmatch(word)) and _ends(text, end):
            value = self._entries.get(versioned[1])
            return None if value is None else Hit(*folded.span(start, end), value)
        return None

    def _longest(self, folded: FoldedText, start: int, head: str) -> Hit[T] | None:
        text = folded.text
        for length in self._lengths.get(head, ()):
            end = start + length
            if end > len(text):
                continue
            if (value := self._entries.get(text[start:end])) is not None and _ends(text, end):
                return Hit(*folded.span(start, end), value)
        return None


def _head(form: str) -> str:
    """What a surface is looked up by: its first word, with a dot before it, or its first two characters."""
    word = _WORD.match(form, 1 if form[0] == "." else 0)
    return form[: word.end()] if word else form[:2]


def _ends(text: str, end: int) -> bool:
    """Whether a term may end here: not inside a word, not before ``++`` or ``#``, not before the end of a file name."""
    after = text[end : end + 1]
    if not after or text[end - 1] > "\u3000":
        return True
    if _WORD.match(text[end - 1]):
        if after in "+#":
            return False
        if after == "." and (suffix := _WORD.match(text, end + 1, end + 6)):
            return suffix.group() not in _DOTTED
        return not _WORD.match(after)
    return True


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Places of web and mail addresses: their parts are not words of the text. The last one lies behind the text."""
    if "@" in text or "/" in text or "www." in text:
        for found in _ADDRESS.finditer(text):
            yield found.span()
    yield len(text), len(text) + 1


def _disjoint(hits: Iterator[Hit[T]], text: str) -> Iterator[Hit[T]]:
    """Of hits that overlap: among words the leftmost, among Han characters the longest, then the leftmost."""
    cluster: list[Hit[T]] = []
    end = 0
    for hit in hits:
        if cluster and hit.start >= end:
            yield from _best(cluster, text)
            cluster = []
        cluster.append(hit)
        end = max(end, hit.end) if len(cluster) > 1 else hit.end
    yield from _best(cluster, text)


def _best(cluster: list[Hit[T]], text: str) -> list[Hit[T]]:
    if len(cluster) < 2:
        return cluster
    chosen: list[Hit[T]] = []
    taken: set[int] = set()
    words = not any(text[hit.start] > "\u3000" for hit in cluster)
    for hit in sorted(cluster, key=lambda h: (h.start if words else h.start - h.end, h.start)):
        if taken.isdisjoint(range(hit.start, hit.end)):
            chosen.append(hit)
            taken.update(range(hit.start, hit.end))
    return sorted(chosen, key=lambda h: h.start)
