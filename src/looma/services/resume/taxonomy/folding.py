"""One form for the many spellings of a term: case, width, script, hyphens and blanks, with the way back to the text."""

import re
from bisect import bisect_right
from functools import cache

import opencc

LATIN = "0-9a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f"
"""Characters of alphabetic words after folding, as the inside of a character class."""
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Han characters, as the inside of a character class."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANKS = dict.fromkeys((0x09, 0x0B, 0x0C, 0x3000, 0x00A0, 0x00AD, 0x202F, 0x205F, *range(0x2000, 0x200C)), 0x20)
_LINES = dict.fromkeys((0x0D, 0x85, 0x2028, 0x2029), 0x0A)
_HYPHENS = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212, 0xFE63, 0xFF0D, 0x5F), 0x2D)
_QUOTES = dict.fromkeys((0x2018, 0x2019, 0x02BC, 0xFF07), 0x27)

_GAP = re.compile(rf" *[/&] +| +[/&]|[ \-\n]{{2,}}|[\-\n]|(?<=[{HAN}]) (?=[.{LATIN}])|(?<=[{LATIN}+#]) (?=[{HAN}])")
_IS_LATIN = re.compile(f"[{LATIN}]")
_IS_HAN = re.compile(f"[{HAN}]")

_WRAPPED_LATIN = 40
_WRAPPED_HAN = 20
"""A line of at least this many characters may have been broken inside a term; a shorter one ends on purpose."""


@cache
def _table() -> dict[int, int]:
    """Code point to code point: lower case, half width, simplified script, one kind of blank, line end and hyphen."""
    lower = {ord(c): ord(c.lower()) for c in map(chr, range(0x41, 0x530)) if len(c.lower()) == 1 and c.lower() != c}
    wide = {code: ord(chr(narrow).lower()) for code, narrow in _WIDE.items()}
    return {**lower, **_simplified(), **wide, **_BLANKS, **_LINES, **_HYPHENS, **_QUOTES}


def _simplified() -> dict[int, int]:
    # Line ends keep the characters apart, so that OpenCC maps each alone and never as part of a phrase.
    han = [chr(code) for code in range(0x3400, 0xA000)]
    pairs = zip(han, opencc.OpenCC("t2s").convert("\n".join(han)).split("\n"), strict=True)
    return {ord(old): ord(new) for old, new in pairs if old != new and len(new) == 1}


def fold(text: str) -> str:
    """The text in lower case, half width and simplified script; as long as before, so that offsets stay."""
    return text.translate(_table())


class FoldedText:
    """A folded text whose gaps inside terms are made one, and the way from its offsets back to the original.

    ``machine  learning``, ``Machine-Learning`` and a line broken between the two words all read ``machine learning``;
    ``Java 开发`` reads ``java开发``; ``CI / CD`` reads ``ci/cd``.
    """

    def __init__(self, original: str) -> None:
        self.original = original
        self.flat = fold(original)
        """Folded, at the offsets of the original."""
        self._at: list[int] = [0]
        self._shift: list[int] = [0]
        self.text = self._squeezed()
        """Folded and squeezed: what terms are looked up in."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The passage of the original that `text[start:end]` (not empty) stands for."""
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, position: int) -> int:
        return position + self._shift[bisect_right(self._at, position) - 1]

    def _squeezed(self) -> str:
        flat, parts, done, shift, line = self.flat, [], 0, 0, 0
        for gap in _GAP.finditer(flat):
            start, end = gap.span()
            with_line = "\n" in gap.group()
            joint = self._joint(gap.group(), start, end, start - line)
            if with_line:
                line = end
            if joint is None:
                continue
            parts += [flat[done:start], joint]
            done, shift = end, shift + end - start - len(joint)
            self._at.append(end - shift)
            self._shift.append(shift)
        parts.append(flat[done:])
        return "".join(parts)

    def _joint(self, gap: str, start: int, end: int, line: int) -> str | None:
        """What stands for a gap after squeezing; None leaves it as it is. `line` is the length of the line so far."""
        if start == 0 or end == len(self.flat):
            return None
        if (sign := gap.strip(" ")) in ("/", "&"):
            return sign
        before, after = self.flat[start - 1], self.flat[end]
        latin = bool(_IS_LATIN.match(before)), bool(_IS_LATIN.match(after))
        if all(latin):
            return " " if "\n" not in gap or (gap.count("\n") == 1 and line >= _WRAPPED_LATIN) else None
        if "\n" in gap:
            both_han = _IS_HAN.match(before) and _IS_HAN.match(after)
            return "" if gap == "\n" and line >= _WRAPPED_HAN and both_han else None
        mixed = "-" not in gap and (_IS_HAN.match(before) or _IS_HAN.match(after)) and (any(latin) or before in "+#")
        return "" if mixed else None


def squeeze(term: str) -> str:
    """The form under which a term of a taxonomy is looked up."""
    flat = fold(" ".join(term.split()))
    return FoldedText(flat).text if _GAP.search(flat) else flat
