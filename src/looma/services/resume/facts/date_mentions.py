"""Single dates in a text: a month or a year, as people write them in Chinese and English.

Every pattern is anchored behind a non-digit and has bounded repeats, so that a text of n characters takes O(n) time.
Patterns run over the half-width form of the text (`lines.folded`).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .lines import folded

FIRST_YEAR = 1900
YEARS_AHEAD = 10
"""A year further ahead than this is a number of something else."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HAN_DIGITS = {"零": "0", "○": "0"} | {c: str(i) for i, c in enumerate("〇一二三四五六七八九")}

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FREE = r"(?<![\d_@\#$¥€£A-Za-z])(?<![A-Za-z:/]/)(?<!\d[,:])"
"""What may not stand before a number that is a date: digits, money, names, a path of an address."""

_YEAR_FIRST = re.compile(
    rf"""{_FREE}{_YEAR}\s?(?P<sep>[./-])\s?(?P<month>1\d|0?[1-9])
    (?: \s{{0,2}}月
      | \s?(?P=sep)\s?(?P<day>[12]\d|3[01]|0?[1-9])(?!\d)
      | (?!\d(?![.、)]))(?!(?P=sep)\d)(?![年%])
    )""",
    re.VERBOSE,
)
"""``2019.03``, ``2019-3``, ``2019/03/01``; the month may touch the number of a list item: ``2019.081.协助``."""
_HAN = re.compile(
    rf"(?<!\d){_YEAR}\s{{0,2}}年\s{{0,2}}(?P<month>1\d|0?[1-9])\s{{0,2}}月(?:份|\s{{0,2}}\d{{1,2}}\s{{0,2}}[日号])?"
)
_HAN_SHORT = re.compile(r"(?<!\d)'?(?P<short>\d\d)\s?年\s?(?P<month>1\d|0?[1-9])\s?月(?:份)?")
_HAN_NUMERALS = re.compile(
    r"(?P<year>[〇零○一二三四五六七八九]{4})年(?:(?P<month>[一二三四五六七八九十]{1,2})月(?:[一二三四五六七八九十]{1,3}[日号])?)?"
)
_YEAR_LAST = re.compile(
    rf"""{_FREE}(?<!\d[./-])(?P<first>[0-3]?\d)\s?(?P<sep>[./-])\s?(?:(?P<second>[0-3]?\d)\s?(?P=sep)\s?)?
    {_YEAR}(?!\d)(?![./]\d)(?!年)""",
    re.VERBOSE,
)
"""``06/2014``, ``3.2019``, ``5/1/2003``."""
_YEAR_LAST_SHORT = re.compile(rf"{_FREE}(?<!\d[./-])(?P<month>1[0-2]|0?[1-9])/(?P<short>\d\d)(?![\d/.])")
_COMPACT = re.compile(rf"{_FREE}{_YEAR}(?P<month>0[1-9]|1[0-2])(?:[12]\d|3[01]|0[1-9])?(?!\d)")
_NAMED = re.compile(
    rf"""(?<![A-Za-z])(?:(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?[\s,-]{{1,2}}(?:of\s)?)?
    (?P<name>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?
      |Nov(?:ember)?|Dec(?:ember)?)(?![A-Za-z])
    (?: \.?(?:\s{{0,2}}\d{{1,2}}(?:st|nd|rd|th)?\s?,)?[\s,.-]{{0,3}}(?:of\s)?{_YEAR}(?!\d)
      | \.?[\s,-]{{0,2}}(?P<tick>['’‘`])?\s?(?P<short>\d\d)(?!\d|,\s?\d|st|nd|rd|th)
    )?""",
    re.VERBOSE | re.IGNORECASE,
)
"""``Mar 2019``, ``March, 2019``, ``1st Oct 2015``, ``Oct 1, 2015``, ``Sept. '19``, ``Feb 09``, ``January``."""
_SEASON = re.compile(
    rf"(?<![A-Za-z])(?:Spring|Summer|Fall|Autumn|Winter)s?,?\s{{0,2}}(?:of\s)?{_YEAR}(?!\d)", re.IGNORECASE
)
_HAN_YEAR = re.compile(rf"(?<!\d){_YEAR}(?:\s{{0,2}}年(?!\d{{1,2}}月)|(?=[级届]))")
_YEAR_ALONE = re.compile(
    rf"""{_FREE}(?<!\d[./]){_YEAR}
    (?![\d年_a-z]|[A-Z](?!resent|urrent|all|ummer|pring|ill))   # not part of a name or a longer number
    (?!\s?\.\d|/\d{{1,2}}(?!\d)|-\d{{3}}(?!\d)|-\d{{5,}})       # nor of a refused month, a phone or an order number
    (?:(?=\s?[-–—]\s?(?P<short>\d\d)(?![\d年.]))|(?!-\d(?!\d)))""",
    re.VERBOSE,
)
_GLUED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?=(?:19|20)\d\d(?!\d))|(?<=(?:19|20)\d\d)(?P<next>(?:19|20)\d\d)(?!\d)"
)
"""Two years whose dash was lost on the way: ``20042009``."""

_COUNTED = re.compile(
    r"\s{0,2}(?:[人名万亿元余多个家台次字平条块千百吨米件份倍+%]|[kKmM]\b"
    r"|(?!(?:to|till|until|through|thru|and|with|in|at|for|as|was|by|on|from|onwards?|present|current|now|or|where|when"
    r"|while|the|of|pass|passed|batch|after|before|is|under|during|ongoing|summer|fall|spring|autumn|winter)\b)[a-z]{2})"
)
"""What makes a year-like number the count of something: ``2019 employees``, ``2000余人``."""
_PRODUCT = re.compile(
    r"(?:office|server|windows|win|studio|word|excel|sharepoint|project|visio|exchange|access|outlook|autocad|iso|iec"
    r"|powerpoint|biztalk|solidworks|dynamics|oracle|catia|revit|sap|es|ecmascript|rfc|no\.?|about|over|than)"
    r"[ :-]{1,2}$",
    re.IGNORECASE,
)
_LATIN_BEFORE = re.compile(r"(?P<word>[A-Za-z+#]+) {1,2}$")
_LEADS_TO_DATE = frozenset(
    ["from", "since", "in", "until", "till", "to", "by", "of", "on", "dated", "date", "at", "and", "during", "after"]
)

_Reading = tuple[int | None, int | None, bool]
"""Year, month and weakness; a reading without year and month refuses the match."""
_REFUSED: _Reading = (None, None, False)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at `[start:end]`; `value` is ``2019-03`` or ``2019``.

    A weak one (``4/92``, ``201903``, ``2000 Users``) is a date only beside another: `find_dates` leaves it out. A month
    without a year (``March`` in ``March to July 2012``) is weak and has the value ``-01``.
    """

    start: int
    end: int
    value: str
    weak: bool = False


def find_dates(text: str, today: date) -> list[DateMention]:
    """The single dates of a text in order, no two overlapping; the ends of periods are among them."""
    return [mention for mention in mentions(text, today) if not mention.weak]


@lru_cache(maxsize=2)
def mentions(text: str, today: date) -> tuple[DateMention, ...]:
    """All dates, weak ones included, in order; where two overlap the earlier and then the longer one stays.

    Several finders ask for those of the same text one after another; the last answers are kept.
    """
    plain = folded(text)
    found = [mention for pattern, read in _FORMS for mention in _matches(plain, pattern, read, today)]
    found.sort(key=lambda mention: (mention.start, -mention.end, mention.weak))
    kept: list[DateMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def year_month(year: int | None, month: int | None) -> str:
    """``2019-03``, ``2019``, or ``-03`` for a month without a year."""
    return ("" if year is None else f"{year:04d}") + ("" if month is None else f"-{month:02d}")


def full_year(two_digits: int, today: date) -> int:
    """The year that two digits mean: at most one year ahead, else in the last century."""
    year = today.year // 100 * 100 + two_digits
    return year if year <= today.year + 1 else year - 100


def han_number(words: str) -> int:
    """The number that up to three Chinese numerals name, 1 to 99; 0 where they name none."""
    ones = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "": 0}
    tens, ten, rest = words.partition("十")
    if not ten:
        return ones.get(words, 0)
    if tens not in ones or rest not in ones:
        return 0
    return (ones[tens] or 1) * 10 + ones[rest]


def _matches(plain: str, pattern: re.Pattern[str], read: "_Reader", today: date) -> Iterator[DateMention]:
    for match in pattern.finditer(plain):
        year, month, weak = read(match, today)
        if (year, month) == (None, None) or (month is not None and not 1 <= month <= 12):
            continue
        if year is None or FIRST_YEAR <= year <= today.year + YEARS_AHEAD:
            yield DateMention(match.start(), match.end(), year_month(year, month), weak)


def _year_first(match: re.Match[str], today: date) -> _Reading:
    """Weak where it looks like a product's version: ``Unity 2019.3``."""
    before = _LATIN_BEFORE.search(match.string, max(0, match.start() - 24), match.start())
    version = match["sep"] == "." and match["day"] is None and len(match["month"]) == 1
    weak = bool(version and before and before["word"].lower() not in _LEADS_TO_DATE)
    return int(match["year"]), int(match["month"]), weak


def _year_last(match: re.Match[str], today: date) -> _Reading:
    """The month leads before a slash (United States), the day before a dot or a dash, unless the numbers say no."""
    first, second = int(match["first"]), int(match["second"] or 0)
    if not match["second"]:
        return int(match["year"]), first, False
    if max(first, second) > 31:
        return _REFUSED
    month_leads = second > 12 or (match["sep"] == "/" and first <= 12)
    return int(match["year"]), first if month_leads else second, False


def _short(match: re.Match[str], today: date) -> _Reading:
    return full_year(int(match["short"]), today), int(match["month"]), "年" not in match[0]


def _plain(match: re.Match[str], today: date) -> _Reading:
    return int(match["year"]), int(match["month"]), False


def _compact(match: re.Match[str], today: date) -> _Reading:
    return int(match["year"]), int(match["month"]), True


def _named(match: re.Match[str], today: date) -> _Reading:
    month = _MONTHS.index(match["name"][:3].lower()) + 1
    if match["year"]:
        return int(match["year"]), month, False
    if match["short"]:
        return full_year(int(match["short"]), today), month, match["tick"] is None
    return None, month, True


def _han_numerals(match: re.Match[str], today: date) -> _Reading:
    year = int("".join(_HAN_DIGITS[c] for c in match["year"]))
    return year, han_number(match["month"]) if match["month"] else None, False


def _year(match: re.Match[str], today: date) -> _Reading:
    return int(match["year"]), None, False


def _year_alone(match: re.Match[str], today: date) -> _Reading:
    """A year and its short end (``1996-98``) must be in order; counts and products are weak."""
    year = int(match["year"])
    if match["short"] and int(match["short"]) <= year % 100 and year % 100 < 99:
        return _REFUSED
    start, text = match.start(), match.string
    counted = _COUNTED.match(text, match.end()) or _PRODUCT.search(text, max(0, start - 16), start)
    return year, None, bool(counted)


def _glued(match: re.Match[str], today: date) -> _Reading:
    return int(match["year"] or match["next"]), None, True


_Reader = Callable[[re.Match[str], date], _Reading]
_FORMS: list[tuple[re.Pattern[str], _Reader]] = [
    (_YEAR_FIRST, _year_first),
    (_HAN, _plain),
    (_HAN_SHORT, _short),
    (_HAN_NUMERALS, _han_numerals),
    (_YEAR_LAST, _year_last),
    (_YEAR_LAST_SHORT, _short),
    (_COMPACT, _compact),
    (_NAMED, _named),
    (_SEASON, _year),
    (_HAN_YEAR, _year),
    (_YEAR_ALONE, _year_alone),
    (_GLUED, _glued),
]
