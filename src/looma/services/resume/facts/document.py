"""A text together with what the single finders saw in it: what the readers of entries (work, education) work on."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from looma.contracts.resume import Fact, FactKind, TextLanguage, Title

from .chinese_organizations import NamedOrganization
from .dates import DateMention, Period
from .degrees import Degree
from .lines import folded
from .rows import Row
from .sections import Section, SectionKind


@dataclass(frozen=True)
class Document:
    """Every list is in the order of the text; `plain` is the text in half-width form with the same offsets."""

    text: str
    language: TextLanguage
    today: date
    sections: Sequence[Section]
    rows: Sequence[Row]
    periods: Sequence[Period] = ()
    dates: Sequence[DateMention] = ()
    degrees: Sequence[Degree] = ()
    titles: Sequence[Title] = ()
    organizations: Sequence[NamedOrganization] = ()
    others: Sequence[tuple[int, int]] = ()
    """Places, names and contact points: passages that are no company and no title."""
    plain: str = field(init=False)
    row_starts: list[int] = field(init=False)
    section_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", folded(self.text))
        object.__setattr__(self, "row_starts", [row.start for row in self.rows])
        object.__setattr__(self, "section_starts", [section.heading for section in self.sections])

    def section_at(self, offset: int) -> Section:
        """The section that holds the offset."""
        return self.sections[max(0, bisect_right(self.section_starts, offset) - 1)]

    def row_at(self, offset: int) -> int:
        """The number of the row that holds the offset (of the last one before it, where it lies between rows)."""
        return max(0, bisect_right(self.row_starts, offset) - 1)

    def others_between(self, low: int, high: int) -> Sequence[tuple[int, int]]:
        """The other passages that start in [low, high)."""
        return self.others[bisect_left(self.others, (low, 0)) : bisect_left(self.others, (high, 0))]

    def kind_at(self, offset: int) -> SectionKind:
        """What the section at the offset is about."""
        return self.section_at(offset).kind


class Placed(Protocol):
    """Whatever has a place in the text."""

    @property
    def start(self) -> int:
        """Where it begins."""


class Passage(Placed, Protocol):
    """Whatever has a place with an end."""

    @property
    def end(self) -> int:
        """Where it ends."""


T = TypeVar("T", bound=Placed)


def between(items: Sequence[T], low: int, high: int) -> Sequence[T]:
    """The items (in the order of the text) that start in [low, high); O(log n) and the answer."""
    return items[bisect_left(items, low, key=_start) : bisect_left(items, high, key=_start)]


def _start(item: Placed) -> int:
    return item.start


def fact(kind: FactKind, text: str, start: int, end: int, confidence: float, rule: str) -> Fact:
    """A fact whose value is its words with single blanks."""
    return Fact(
        kind=kind,
        value=" ".join(text[start:end].split()),
        start=start,
        end=end,
        method=f"rule:{rule}",
        confidence=confidence,
    )
