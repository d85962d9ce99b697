"""The words of a text: what it is found by. Pure, and the same for documents and queries.

Latin and the like are cut where they are written apart, folded (case, width, diacritics) and kept with what belongs to
them (``c++``, ``.net``, ``node.js``) as well as in parts. Chinese, Japanese and Korean are segmented *and* cut into all
pairs of neighbours, so that a word is found wherever it is contained, however the text around it was segmented.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import opencc
import rjieba

VERSION = 1
"""Raise it whenever a text comes to have other words, so that indexes are made again."""

_CJK = "々〆〇\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003fffd"
_WORD = rf"[^\W_{_CJK}]"

_RUN = re.compile(f"[{_CJK}]+")
_PART = re.compile(f"{_WORD}+")
_LATIN = re.compile(rf"(?:(?<!\w)\.)?{_WORD}+(?:[.&-]{_WORD}+)*(?:\+\+|#)?")
_ENGLISH = re.compile(r"[a-z]{3,64}")

_LONGEST = 64
"""Letters of a word that count."""
_APART = "="
"""Before every segmented word: looking for slips in a spelt one passes them all by at the first letter."""
_FIRST = "\u3040"
"""The first character of `_CJK` that begins a word."""
_MARKS = dict.fromkeys(range(0x300, 0x370))
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


@dataclass(frozen=True)
class Words:
    """What a text is found by, in the order of the text and as often as it says it."""

    exact: list[str]
    """Words as they are written or segmented."""
    loose: list[str]
    """What a word that is written or segmented differently shares with them: pairs of characters, single ones (once
    each), and the English words again, to be stemmed."""


def of_document(text: str) -> Words:
    """Everything that the text may be found by."""
    folded = fold(text)
    exact, loose, runs = list(_latin(folded)), _ENGLISH.findall(folded), _RUN.findall(folded)
    if runs:
        exact += _segmented(folded)
        loose += _pairs(runs)
        loose += dict.fromkeys("".join(runs))
    return Words(exact, loose)


def of_query(text: str) -> Words:
    """What to look for: each word once, only whole words loosely, and characters that stand alone."""
    folded = fold(text)
    exact, runs = list(_latin(folded)), _RUN.findall(folded)
    loose = [word for word in exact if _ENGLISH.fullmatch(word)]
    if runs:
        exact += _segmented(folded)
        loose += _pairs(runs)
        loose += (run for run in runs if len(run) == 1)
    return Words(_once(exact), _once(loose))


def unfinished(text: str) -> str | None:
    """The Latin word that the text ends in the middle of, which may be the beginning of a longer one."""
    folded = fold(text)
    written = list(_LATIN.finditer(folded))
    return _whole(written[-1].group()) if written and written[-1].end() == len(folded) else None


def spelt(text: str, letters: int) -> list[str]:
    """The words of at least so many letters and nothing else, in which a slip can be told from another word."""
    return _once(word for word in _latin(fold(text)) if len(word) >= letters and word.isalpha())


def fold(text: str) -> str:
    """One form for case, width, diacritics and Chinese script. Character by character, so that a part of a text folds
    to a part of the folded text."""
    if text.isascii():
        return text.lower()
    apart, table = unicodedata.normalize("NFKD", text).casefold(), _plain()
    if not table.keys().isdisjoint(map(ord, set(apart))):
        apart = apart.translate(table)
    return unicodedata.normalize("NFC", apart)


def _latin(folded: str) -> Iterator[str]:
    for written in _LATIN.findall(folded):
        if written.isalnum():
            yield written[:_LONGEST]
            continue
        yield _whole(written)
        for part in _PART.findall(written):
            yield part[:_LONGEST]


def _whole(written: str) -> str:
    return written.replace("-", "")[:_LONGEST]


def _segmented(folded: str) -> list[str]:
    words = rjieba.cut_for_search(folded)
    return [_APART + word for word in words if len(word) > 1 and word[0] >= _FIRST and word.isalpha()]


def _pairs(runs: list[str]) -> list[str]:
    return [one + other for run in runs for one, other in pairwise(run)]


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


@cache
def _plain() -> dict[int, int | str | None]:
    # Line ends keep the characters apart, so that OpenCC maps each alone and never as part of a phrase.
    han = [chr(code) for code in (*range(0x3400, 0xA000), *range(0x20000, 0x2A6E0))]
    pairs = zip(han, opencc.OpenCC("t2s").convert("\n".join(han)).split("\n"), strict=True)
    return {**{ord(old): new for old, new in pairs if old != new and len(new) == 1}, **_MARKS, **_LETTERS}
