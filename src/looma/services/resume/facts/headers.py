"""The header of a position: the rows around a period that name the company and the title, in whatever order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .dates import Period
from .document import Document, between
from .rows import Row
from .sections import SectionKind

HEADER_CHARACTERS = 110
"""A longer row is a sentence, not a header."""
_ROWS_ASIDE = 3
_SENTENCE = re.compile(r"[。；]|[\u4e00-\u9fff];|[a-z]{3,}\.(?:\s+[A-Z]|$)|(?<![A-Z])[a-z]{2,}(?: [a-z&]+){4,}")
_BODY = re.compile(
    r"(?:工作|项目|岗位|主要|职责|业绩)?(?:内容|职责|描述|业绩|成果)\s{0,2}[:：]|(?:responsibilit"
    r"|duties|description|environment|technolog|achievement|project\b|client\b|https?:|page \d)",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s[-–—|•·]+\s?|[-–—]\s|[|\t•·]|\s{2,}|,\s?|[，、;；:：]|\s@\s|\s(?:at|for|with)\s(?=[A-Z])|[()（）]"
)
_NO_CELL = re.compile(
    r"^(?:duration|role|location|client|clients|project|projects|team size|present|current"
    r"|till date|to|from|page|experience|designation"
    r"|responsibilities|company|employer|organi[sz]ation|position|title|dates?|full[- ]time"
    r"|part[- ]time|contract|permanent|remote"
    r"|.*\b(?:division|department|management|team|strategy|start-up|region|operations|in|of|and|the|continued)"
    r"|时间|公司|职位|部门|地点|全职|兼职|实习|至今|职责|工作|内容|描述|项目.*|[\d\W]+|.*[@#$%].*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A passage that may hold parts of the header; `aside` counts the rows between it and the period."""

    start: int
    end: int
    aside: int


def zones(document: Document, period: Period, floor: int, ceiling: int) -> list[Zone]:
    """Where the header of the period is looked for, the likeliest passage first, within [floor, ceiling).

    First the row of the period itself; then the rows before it when the section (or the text) puts them first, and the
    rows behind it. A row that is long, a list item, or speaks of duties ends the look.
    """
    number = document.row_at(period.start)
    row = document.rows[number]
    found = _own_row(document, row, period, floor, ceiling)
    before = list(_aside(document, number, -1, floor, ceiling))
    after = list(_aside(document, number, +1, floor, ceiling))
    if not before or _says_enough(document, found):
        return [*found, *after, *before[:1]]
    return [*found, *before, *after]


def cells(document: Document, zone: Zone) -> Iterator[tuple[int, int]]:
    """The cells of a zone that could be a name: neither dates, places nor contacts, and short."""
    taken = [
        *((item.start, item.end) for item in between(document.periods, zone.start, zone.end)),
        *((item.start, item.end) for item in between(document.dates, zone.start, zone.end)),
        *document.others_between(zone.start, zone.end),
    ]
    low = zone.start
    for start, end in [*sorted(taken), (zone.end, zone.end)]:
        if start >= low:
            yield from _split(document, low, start)
        low = max(low, end)


def _own_row(document: Document, row: Row, period: Period, floor: int, ceiling: int) -> list[Zone]:
    """The row behind the period and before it; whichever holds a name or a title comes first."""
    rest = between(document.periods, period.end, row.end)
    low, high = max(row.start, floor), min(rest[0].start if rest else row.end, row.end, ceiling)
    earlier = between(document.periods, low, period.start)
    if earlier:
        low = earlier[-1].end
    before = Zone(max(low, period.start - HEADER_CHARACTERS), period.start, 0)
    after = Zone(period.end, min(high, period.end + HEADER_CHARACTERS), 0)
    pair = [before, after] if _names(document, before) else [after, before]
    return [zone for zone in pair if zone.end - zone.start > 1]


def _names(document: Document, zone: Zone) -> int:
    names = [name for name in between(document.organizations, zone.start, zone.end) if not name.generic]
    return len(names) + len(between(document.titles, zone.start, zone.end))


def _says_enough(document: Document, own: Sequence[Zone]) -> bool:
    return sum(_names(document, zone) for zone in own) >= 2


def _aside(document: Document, number: int, step: int, floor: int, ceiling: int) -> Iterator[Zone]:
    """Header rows next to the period, nearest first, up to the next period, list item, sentence or duty."""
    for distance in range(1, _ROWS_ASIDE + 1):
        place = number + step * distance
        if not 0 <= place < len(document.rows):
            return
        row = document.rows[place]
        if row.start < floor or row.end > ceiling or row.bullet or len(row.text) > HEADER_CHARACTERS:
            return
        if between(document.periods, row.start, row.end) or _SENTENCE.search(row.text) or _BODY.match(row.text):
            return
        yield Zone(row.start, row.end, distance)


def _split(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    low = start
    for cut in [*_CUT.finditer(document.plain, start, end), None]:
        high = cut.start() if cut else end
        words = document.plain[low:high].strip(" -–—.*")
        bracketed = document.plain[max(0, low - 1) : low] in ("(", "（")
        if words and not bracketed and len(words) <= 60 and len(words.split()) <= 7 and not _NO_CELL.match(words):
            place = document.plain.index(words, low)
            yield place, place + len(words)
        low = cut.end() if cut else end


WORKING = frozenset(
    {SectionKind.WORK, SectionKind.HEAD, SectionKind.SUMMARY, SectionKind.CERTIFICATES, SectionKind.OTHER}
)
"""Sections in which a period may be one of work."""
