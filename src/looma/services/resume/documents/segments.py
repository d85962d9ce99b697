"""Glyphs into segments: stretches of one line without a wide gap, with the blanks that their gaps stand for."""

import statistics
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .glyphs import Glyph

WIDE = 1.5
"""A gap of so many heights separates cells, not words."""

_WIDE_AT_A_BLANK = 2.5  # one drawn blank in a justified line may be stretched
_BACK = 0.6  # overlap of neighbours by kerning; further back begins something else
_SAME_LINE = 0.1
_BLANKS = 0.08, 0.3, 0.6
"""The gap, in heights, from which on there is a blank: between Latin letters, beside an ideograph, between two of them.
Ideographs fill their squares unevenly, and word processors set Latin words off from them by a quarter."""

_MIN_HEIGHT = 0.1


class Segment(NamedTuple):
    """A piece of a line: its text and box, in points."""

    text: str
    left: float
    right: float
    baseline: float
    height: float


class _Ink(NamedTuple):
    glyph: Glyph
    blanks: int  # drawn blanks before it
    gap: float


def segments_of(glyphs: Iterable[Glyph]) -> list[Segment]:
    """The segments, in the order of the file."""
    return [_segment(run) for run in _runs(glyphs)]


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[_Ink]]:
    run: list[_Ink] = []
    blanks = 0
    for glyph in glyphs:
        if glyph.text == " ":
            blanks += 1
            continue
        if run and not _continues(run[-1].glyph, glyph, blanks):
            yield run
            run = []
        gap = glyph.left - run[-1].glyph.right if run else 0.0
        run.append(_Ink(glyph, blanks if run else 0, gap))
        blanks = 0
    if run:
        yield run


def _continues(last: Glyph, glyph: Glyph, blanks: int) -> bool:
    height = max(last.height, glyph.height, _MIN_HEIGHT)
    if abs(glyph.baseline - last.baseline) > _SAME_LINE * height:
        return False
    gap = (glyph.left - last.right) / height
    return -_BACK <= gap <= (_WIDE_AT_A_BLANK if blanks == 1 else WIDE)


def _segment(run: list[_Ink]) -> Segment:
    tracking = _tracking(run)
    first = last = run[0].glyph
    parts = [first.text]
    for glyph, blanks, gap in run[1:]:
        if blanks or (gap > tracking and gap > tracking + blank_width(last, glyph)):
            parts.append(" ")
        parts.append(glyph.text)
        last = glyph
    height = max(ink.glyph.height for ink in run)
    return Segment("".join(parts), first.left, last.right, first.baseline, max(height, _MIN_HEIGHT))


def _tracking(run: list[_Ink]) -> float:
    """What a letter-spaced heading ("S U M M A R Y") has between all its letters."""
    gaps = [ink.gap for ink in run[1:] if not ink.blanks]
    return max(0.0, statistics.median(gaps)) if len(gaps) >= 3 else 0.0


def blank_width(last: Glyph | Segment, following: Glyph | Segment) -> float:
    """The gap between two neighbours from which on a reader sees a blank, in points."""
    share = _BLANKS[is_han(last.text[-1:]) + is_han(following.text[:1])]
    return share * max(min(last.height, following.height), _MIN_HEIGHT)


def is_han(char: str) -> bool:
    """Whether it is an ideograph or a mark of Chinese writing, which are as wide as they are high."""
    return "\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" or "\uf900" <= char <= "\ufaff"
