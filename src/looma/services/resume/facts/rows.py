"""The rows of a text: its lines, and where the lines were lost on the way, the passages that must have been lines.

Text from PDF converters and from forms often comes as one long line. Such a line is cut where two or more blanks, a
bullet, the end of a Chinese sentence or the number of a list item show where a line ended.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .lines import lines_of, trimmed

LONG_LINE = 160
"""A longer line is cut further; a résumé that still has its lines seldom has such."""

_BULLETS = "•●▪■◆◇►▶○◦·*⚫➢✓✔\u2022\uf0b7\uf0ac\uf06c\uf0a7\ufffd"
_BULLET = re.compile(rf"^(?:[{_BULLETS}]|[-–—](?=\s|[A-Z]))\s{{0,4}}|^[（(]?\d{{1,2}}(?:[、)）]|[.．](?!\d))\s{{0,4}}")
_BREAK = re.compile(
    rf"[ \u3000\u00a0\t]{{2,}}|(?=[{_BULLETS}])|(?<=[。；！])|(?<=[\u4e00-\u9fff];)|(?<=[^\W\d_；。])(?=\d{{1,2}}[、])"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row `text[start:end]` of the document; `bullet` when it is an item of a list (its mark is not part of it)."""

    text: str
    start: int
    end: int
    bullet: bool = False


def rows_of(text: str, cuts: Sequence[int] = ()) -> list[Row]:
    """The rows of a text in order, none empty; `cuts` (sorted) are further ends of rows, such as headings."""
    rows = []
    for line in lines_of(text):
        if not line.text:
            continue
        ends = [line.start]
        if len(line.text) > LONG_LINE:
            ends += [line.start + place.end() for place in _BREAK.finditer(line.text)]
        inner = cuts[bisect_right(cuts, line.start) : bisect_right(cuts, line.end)]
        ends = sorted({*ends, *inner, line.end})
        rows += [_row(text, start, end) for start, end in pairwise(ends)]
    return [row for row in rows if row.text]


def _row(text: str, start: int, end: int) -> Row:
    whole = trimmed(text, start, end)
    mark = _BULLET.match(whole.text)
    if mark is None:
        return Row(whole.text, whole.start, whole.end)
    inner = trimmed(text, whole.start + mark.end(), whole.end)
    return Row(inner.text, inner.start, inner.end, bullet=True)
