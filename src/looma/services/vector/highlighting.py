"""Showing why a document was found: stretches of its text around the words of the query. Pure.

Texts are compared folded, one character for one, so that a place in the folded text is the same place in the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from looma.platform.stores.search.words import fold

MOST = 3
"""Stretches of one document."""
LOOKED_AT = 20_000
"""Characters of a text that are searched."""
WORDS = 48
"""Words of a query, and pairs of Chinese characters, that are looked for."""
AROUND = 40
"""Characters shown before the first and after the last mark of a stretch."""
WIDTH = 160
"""Characters between the first and the last mark of a stretch at most."""

_COMMON = frozenset(
    "a an and are as at be by do does for from had has have he how i in is it its of on or that the their they this to "
    "was were what when where which who why will with you".split()
)
_TOKEN = re.compile(r"[a-z0-9\u00df-\u024f][a-z0-9\u00df-\u024f+#]*|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


class _Folding(dict[int, int]):
    """Code point → the one that an index compares it as; itself where that would be none or several."""

    def __missing__(self, point: int) -> int:
        alone = fold(chr(point))
        self[point] = ord(alone) if len(alone) == 1 else point
        return self[point]


_FOLDING = _Folding()


@dataclass(frozen=True)
class Stretch:
    """A part of a text, and the marks in it as ranges from its own beginning."""

    start: int
    end: int
    marks: tuple[tuple[int, int], ...]


def folded(text: str) -> str:
    """The text as it is compared, of the same length."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def pattern(query: str) -> re.Pattern[str] | None:
    """What to mark for a query: its words with their endings, two Chinese characters in a row; None for nothing."""
    tokens = dict.fromkeys(_TOKEN.findall(folded(query)[:2_000]))
    words = [token for token in tokens if not _HAN.match(token)]
    latin = [word for word in words if word not in _COMMON] or words
    chinese = [pair for token in tokens if _HAN.match(token) for pair in _pairs(token)]
    if not latin and not chinese:
        return None
    parts = list(dict.fromkeys(chinese))[:WORDS]
    if latin:
        stems = sorted({_stem(word) for word in latin[:WORDS]}, key=lambda stem: (-len(stem), stem))
        parts.append(rf"(?<![^\W_])(?:{'|'.join(map(_inflected, stems))})")
    # A lookahead, so that pairs that share a character are all found.
    return re.compile(f"(?=({'|'.join(parts)}))")


def stretches(text: str, looked_for: re.Pattern[str] | None) -> list[Stretch]:
    """Up to three stretches with the most different words in them, in the order of the text.

    The beginning of the text, unmarked, where no word is found.
    """
    marks = _marks(folded(text[:LOOKED_AT]), looked_for) if looked_for else []
    if not marks:
        return [Stretch(0, _end(text, WIDTH), ())] if text.strip() else []
    groups = _groups(marks)
    best = sorted(groups, key=lambda group: (-len({word for _, _, word in group}), -len(group), group[0][0]))[:MOST]
    return _around(text, sorted(best, key=lambda group: group[0][0]))


Mark = tuple[int, int, str]


def _pairs(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _inflected(stem: str) -> str:
    """A stem with or without an ending; a short one (``c``, ``go``, ``r``) stands alone."""
    ending = "(?:e[ds]?|ers?|ing|ie[ds]|s|y)?" if len(stem) >= 4 else ""
    return rf"{re.escape(stem)}{ending}(?![^\W_])"


def _marks(text: str, looked_for: re.Pattern[str]) -> list[Mark]:
    """Where words are, those that touch as one; with each the words that it is made of."""
    found: list[Mark] = []
    for match in looked_for.finditer(text):
        start, end = match.span(1)
        if found and _HAN.match(text[start]) and start <= found[-1][1]:
            begun, until, word = found[-1]
            found[-1] = (begun, max(until, end), word + text[until:end])
        else:
            found.append((start, end, text[start:end]))
    return found


def _groups(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Marks that are near enough to be shown together."""
    groups: list[list[Mark]] = []
    for mark in marks:
        if groups and mark[1] - groups[-1][0][0] <= WIDTH:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _around(text: str, groups: Sequence[Sequence[Mark]]) -> list[Stretch]:
    """A stretch for each group, none reaching into the next."""
    found: list[Stretch] = []
    for group, following in zip_longest(groups, groups[1:]):
        first, last = group[0][0], group[-1][1]
        before = found[-1].end if found else 0
        after = following[0][0] if following else len(text)
        start = _begin(text, max(before, first - AROUND), first)
        end = _end(text, min(after, last + AROUND), last)
        found.append(Stretch(start, end, tuple((mark[0] - start, mark[1] - start) for mark in group)))
    return found


def _begin(text: str, at: int, latest: int) -> int:
    """`at`, moved behind the rest of a Latin word that it would cut, but never past `latest`."""
    if at and text[at - 1].isascii() and text[at - 1].isalnum():
        while at < latest and text[at].isascii() and text[at].isalnum():
            at += 1
    while at < latest and text[at].isspace():
        at += 1
    return at


def _end(text: str, at: int, earliest: int = 0) -> int:
    """`at`, moved before a Latin word that it would cut, but never before `earliest`."""
    at = min(at, len(text))
    whole = at
    if at < len(text) and text[at].isascii() and text[at].isalnum():
        while at > earliest and text[at - 1].isascii() and text[at - 1].isalnum():
            at -= 1
    if at == 0:
        at = whole
    while at > max(earliest, 1) and text[at - 1].isspace():
        at -= 1
    return at
