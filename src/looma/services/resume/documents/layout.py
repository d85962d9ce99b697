"""Segments of a page into lines in reading order: rows from the top, columns one after the other.

Two stacks of text beside each other are columns when a gutter lies between them and their lines do not belong
together. Lines that stand on common baselines do belong together (a date beside its employer, a label beside its
value) and stay one line with a tab, unless both stacks are full of text from top to bottom or have headings of
sections of their own.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from .headings import is_heading
from .segments import WIDE, Segment, blank_width

Row = list[Segment]
"""Segments of one line, from the left."""

_ROW = 0.4  # baselines nearer than this share of the smaller height are one row
_ALIGNED = 0.12
_ALIGNED_SHARE = 0.6
_MIN_ROWS = 4
_FULL_ROWS = 12
_FULL_SHARE = 0.5
_FULL_LETTERS = 8
_MIN_HEADINGS = 3
_CANDIDATES = 12
_MAX_SEGMENTS = 5000  # a page of print has some hundreds; past this it is a drawing, read in rows
_MAX_DEPTH = 6


@dataclass(frozen=True)
class _Gutter:
    """The rows `[first, last)` fall into two columns at `x`."""

    first: int
    last: int
    x: float


def lines_of(segments: list[Segment]) -> list[str]:
    """The lines of a page, in reading order."""
    depth = _MAX_DEPTH if len(segments) <= _MAX_SEGMENTS else 0
    return [_line(row) for row in _read(segments, depth)]


def _read(segments: list[Segment], depth: int) -> list[Row]:
    rows = _rows(segments)
    gutter = _gutter(rows) if depth else None
    if gutter is None:
        return rows
    band = [segment for row in rows[gutter.first : gutter.last] for segment in row]
    read = rows[: gutter.first]  # nothing better was found there, or the gutter would be longer
    read += _read([segment for segment in band if segment.left < gutter.x], depth - 1)
    read += _read([segment for segment in band if segment.left >= gutter.x], depth - 1)
    return read + _read([segment for row in rows[gutter.last :] for segment in row], depth - 1)


def _rows(segments: list[Segment]) -> list[Row]:
    rows: list[Row] = []
    for segment in sorted(segments, key=lambda s: (-s.baseline, s.left)):
        first = rows[-1][0] if rows else None
        if first and first.baseline - segment.baseline <= _ROW * min(first.height, segment.height):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.left) for row in rows]


def _line(row: Row) -> str:
    parts = [row[0].text]
    for last, segment in pairwise(row):
        gap = segment.left - last.right
        if gap > WIDE * min(last.height, segment.height):
            parts.append("\t")
        elif gap > blank_width(last, segment):
            parts.append(" ")
        parts.append(segment.text)
    return "".join(parts)


def _gutter(rows: list[Row]) -> _Gutter | None:
    """The gutter that divides most, if there is one."""
    starts = Counter(round(after.left) for row in rows for _, after in _wide_gaps(row))
    starts.update(round(row[0].left) for row in rows)
    best, best_rows = None, 0
    for x, count in starts.most_common(_CANDIDATES):
        if count < _MIN_ROWS:
            break
        for gutter in _clear_bands(rows, x - 1.0):
            divided = _divided(rows[gutter.first : gutter.last], gutter.x)
            if divided > best_rows:
                best, best_rows = gutter, divided
    return best


def _wide_gaps(row: Row) -> list[tuple[Segment, Segment]]:
    return [
        (last, after)
        for last, after in pairwise(row)
        if after.left - last.right > WIDE * min(last.height, after.height)
    ]


def _clear_bands(rows: list[Row], x: float) -> list[_Gutter]:
    """The stretches of rows in which no segment crosses or touches the strip to the left of `x`."""
    bands, first = [], 0
    for index, row in enumerate([*rows, None]):
        if row is None or any(s.left < x and s.right > x - s.height for s in row):
            if index - first >= _MIN_ROWS:
                bands.append(_trimmed(rows, first, index, x))
            first = index + 1
    return bands


def _trimmed(rows: list[Row], first: int, last: int, x: float) -> _Gutter:
    """Without the rows at either end that lie above or below the second column."""
    both = [
        [index for index in range(first, last) if any((s.left >= x) == right for s in rows[index])]
        for right in (False, True)
    ]
    if not both[0] or not both[1]:
        return _Gutter(first, first, x)
    return _Gutter(max(both[0][0], both[1][0]), last, x)


def _divided(band: list[Row], x: float) -> int:
    """How many rows a gutter at `x` divides; 0 when what it divides belongs together."""
    left = [[s for s in row if s.left < x] for row in band]
    right = [[s for s in row if s.left >= x] for row in band]
    counts = sum(map(bool, left)), sum(map(bool, right))
    if min(counts) < _MIN_ROWS:
        return 0
    pairs = [(a, b) for a, b in zip(left, right, strict=True) if a and b]
    aligned = sum(abs(a[0].baseline - b[0].baseline) <= _ALIGNED * min(a[0].height, b[0].height) for a, b in pairs)
    together = aligned >= _ALIGNED_SHARE * min(counts)
    if together and not _full(left, right, len(pairs)) and not _sectioned(left, right):
        return 0
    return min(counts)


def _full(left: list[Row], right: list[Row], pairs: int) -> bool:
    """Whether both columns are running text from top to bottom, so that common baselines mean nothing."""
    if pairs < _FULL_ROWS or pairs < _FULL_SHARE * len(left):
        return False
    return all(_letters([row for row in column if row]) >= _FULL_LETTERS for column in (left, right))


def _sectioned(left: list[Row], right: list[Row]) -> bool:
    """Whether each column has headings and text under them; headings alone are a margin of labels."""
    for column in (left, right):
        lines = [row for row in column if row]
        headings = _headings(lines)
        if not headings or len(lines) < 2 * headings:
            return False
    return _headings(left) + _headings(right) >= _MIN_HEADINGS


def _headings(column: list[Row]) -> int:
    return sum(len(row) == 1 and is_heading(row[0].text) for row in column)


def _letters(column: list[Row]) -> float:
    return sum(char.isalpha() for row in column for segment in row for char in segment.text) / max(1, len(column))
