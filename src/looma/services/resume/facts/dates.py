"""Dates and periods of a text, and how many months of work periods make.

A year without a month stands for its January, as a start and as an (exclusive) end, but equal years are one whole
year: 2019–2021 are two years, 2019–2019 is one, 2019–2021 and 2021–2023 are four. Nothing is added that the text does
not say, and positions that follow one another neither overlap nor leave a gap. A month as an end counts in full.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from looma.contracts.resume import Fact, FactKind

from .date_mentions import DateMention, find_dates, mentions
from .experience import find_years_of_experience, least_years
from .lines import folded

__all__ = [
    "DateMention",
    "Dated",
    "Period",
    "date_facts",
    "find_dates",
    "find_periods",
    "find_years_of_experience",
    "least_years",
    "months_between",
    "union_months",
    "years",
]

_DASHES = "-‐‑‒–—―−~∼～〜〰˗⁃﹘﹣→⟶"
_DASH = rf"(?:[{_DASHES}\u200b-\u200d\u2060\ufeff/]\s?)"
_JOIN = re.compile(
    rf"""\s{{0,3}}(?:(?P<word>to|till|until|through|thru|upto|up\sto|and|至|到)
    | (?P<dash>(?:{_DASH}{{1,4}}|[^\sA-Za-z0-9\u4e00-\u9fff,;:.，；：、。()（）|\[\]【】'"“”•·]{{1,3}})[至到]?)
    )?\s{{0,3}}""",
    re.VERBOSE | re.IGNORECASE,
)
"""What stands between the ends of a period; a short run of unknown signs is a dash that lost its encoding."""
_CURRENT = re.compile(
    rf"""\s{{0,3}}起?\s?{_DASH}{{0,3}}[(\[]?(?:[至到]\s?(?:现在|目前)|[至迄]\s{{0,2}}今|现在|目前|今(?![年天日后]))
    | \s?(?:起(?![草步点飞])|以来)
    | \s{{0,3}}
      (?:{_DASH}{{1,3}}|[^\sA-Za-z0-9\u4e00-\u9fff,;:.()|]{{1,3}}\s{{1,2}}|(?:to|till|until|upto|up\sto|through)\s{{1,2}})
      (?:(?:to|till|until|up\sto|the)\s{{1,2}})?
      (?:present(?:\s(?:day|date|time))?|current(?:ly)?|now|date|today|ongoing|continuing|this\sdate)\b
    | \s{{1,3}}(?:till\s{{1,2}}(?:date|now)|onwards?)\b
    | \s{{0,3}}(?:present|current)(?=\s{{0,2}}(?:$|[\n),;.:|])|\s{{2}})
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What says that a period goes on."""
_SINCE = re.compile(r"(?<![A-Za-z])since\s{1,2}$", re.IGNORECASE)
_SHORT_END = re.compile(rf"\s?[{_DASHES}]\s?(?P<short>\d\d)(?![\d.%年])")


@dataclass(frozen=True, slots=True)
class Period:
    """From `began` to `ended` (both ``2019-03`` or ``2019``), at `[start:end]`; a current one has no end yet."""

    start: int
    end: int
    began: str
    ended: str | None
    current: bool


class Dated(Protocol):
    """Whatever has a beginning and an end: a `Period`, a `Work`, a `Study`."""

    @property
    def began(self) -> str | None:
        """``2019-03``, ``2019`` or unknown."""

    @property
    def ended(self) -> str | None:
        """``2019-03``, ``2019`` or unknown."""

    @property
    def current(self) -> bool:
        """Whether it goes on."""


def find_periods(text: str, today: date) -> list[Period]:
    """The periods of a text in order; an end before its start makes none. Only words make a period current."""
    plain = folded(text)
    found = mentions(text, today)
    periods: list[Period] = []
    index = 0
    while index < len(found):
        following = found[index + 1] if index + 1 < len(found) else None
        period = _open(plain, found[index]) or _closed(plain, found[index], following)
        if period is not None:
            periods.append(period)
            index += 1 if following is None or following.start >= period.end else 2
        else:
            index += 1
    return periods


def date_facts(text: str, today: date) -> list[Fact]:
    """The periods (``2019-03/present``) and the remaining single dates (``2019-03``) as facts, in order."""
    periods = find_periods(text, today)
    facts = [
        Fact(
            kind=FactKind.DATE,
            value=f"{period.began}/{'present' if period.current else period.ended}",
            start=period.start,
            end=period.end,
            method="rule:period",
            confidence=0.95,
        )
        for period in periods
    ]
    taken = iter(periods)
    period = next(taken, None)
    for mention in find_dates(text, today):
        while period is not None and period.end <= mention.start:
            period = next(taken, None)
        if period is None or mention.end <= period.start:
            facts.append(
                Fact(
                    kind=FactKind.DATE,
                    value=mention.value,
                    start=mention.start,
                    end=mention.end,
                    method="rule:date",
                    confidence=0.85 if "-" in mention.value else 0.6,
                )
            )
    return sorted(facts, key=lambda fact: (fact.start or 0, fact.end or 0))


def months_between(began: str, ended: str) -> int:
    """Months from `began` to `ended` by the rule of this module; 0 when the end lies before the start."""
    first, last = _bounds(began, ended)
    return max(0, last - first)


def union_months(periods: Iterable[Dated], today: date) -> int:
    """Months that the periods cover, each month once. Current ones last through the month of `today`.

    What lies after today does not count; a period without a start, or with neither end nor mark, counts nothing.
    """
    after_today = today.year * 12 + today.month
    covered = []
    for period in periods:
        if period.began is None or not (period.current or period.ended):
            continue
        first, last = (
            _bounds(period.began, period.ended or "") if not period.current else (_month(period.began), after_today)
        )
        covered.append((first, min(last, after_today)))
    months = reached = 0
    for first, last in sorted(covered):
        months += max(0, last - max(first, reached))
        reached = max(reached, last)
    return months


def years(months: int) -> float:
    """Months as years with one decimal."""
    return round(months / 12, 1)


def _month(value: str) -> int:
    """Months since year 0 of ``2019-03``, or of January where no month is given."""
    return int(value[:4]) * 12 + (int(value[5:7]) - 1 if len(value) > 4 else 0)


def _bounds(began: str, ended: str) -> tuple[int, int]:
    """First month and the month after the last; equal years are one whole year, a month and its own year one month."""
    first = _month(began)
    last = _month(ended) + (1 if len(ended) > 4 else 0)
    if began == ended and len(began) == 4:
        last = first + 12
    elif began[:4] == ended[:4] and len(ended) == 4:
        last = first + 1
    return first, last


def _open(plain: str, mention: DateMention) -> Period | None:
    """A period that goes on: ``2019.03-至今``, ``since 2016``."""
    if mention.value.startswith("-"):
        return None
    current = _CURRENT.match(plain, mention.end)
    if current:
        return Period(mention.start, current.end(), mention.value, None, True)
    since = _SINCE.search(plain, max(0, mention.start - 8), mention.start)
    if since and not mention.weak:
        return Period(since.start(), mention.end, mention.value, None, True)
    return None


def _closed(plain: str, mention: DateMention, following: DateMention | None) -> Period | None:
    """A period with two ends, the second one possibly short: ``1996-98``."""
    short = _SHORT_END.match(plain, mention.end)
    if short and len(mention.value) == 4 and (following is None or following.start >= short.end()):
        year = int(mention.value) // 100 * 100 + int(short["short"])
        ended = str(year if year > int(mention.value) else year + 100)
        return _ordered(mention, short.end(), mention.value, ended)
    if following is None or not _joined(plain, mention, following):
        return None
    began, ended = mention.value, following.value
    if ended.startswith("-"):
        return None
    if began.startswith("-"):
        began = ended[:4] + began if len(ended) > 4 else ""
    return _ordered(mention, following.end, began, ended)


def _ordered(mention: DateMention, end: int, began: str, ended: str) -> Period | None:
    if not began or (len(began) == len(ended) and ended < began) or ended[:4] < began[:4]:
        return None
    return Period(mention.start, end, began, ended, False)


def _joined(plain: str, mention: DateMention, following: DateMention) -> bool:
    """Whether two mentions belong together; two weak ones, or mere blanks between years, must look alike."""
    join = _JOIN.fullmatch(plain, mention.end, following.start)
    if join is None:
        return False
    if join["word"] or join["dash"]:
        return (join["word"] or "").lower() != "and" or mention.value.startswith("-")
    alike = len(mention.value) == len(following.value)
    return alike and "\n" not in join[0] and not mention.value.startswith("-")
