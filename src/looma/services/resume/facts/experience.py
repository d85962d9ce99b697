"""Years of experience that a text states outright."""

import re
from collections.abc import Iterator

from looma.contracts.resume import Fact, FactKind

from .date_mentions import han_number
from .lines import folded

_VALUES = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_VALUES |= {"ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20}
_NUMBER = rf"\d{{1,2}}(?:\.\d)?|{'|'.join(_VALUES)}"
_HAN_NUMBER = r"\d{1,2}(?:\.\d)?|[一二两三四五六七八九十]{1,3}"

_HAN_STATED = re.compile(
    rf"""(?<![\d.一二三四五六七八九十年])(?P<low>{_HAN_NUMBER})\s?
    (?:年?\s?[-–—~至到]\s?(?P<high>{_HAN_NUMBER}))?\s?\+?\s?[多余几来]?\s?年(?![月底初前后])
    \s?(?:及?以上|左右|多|半|\+)?\s?的?[^\n\d,，。;；、]{{0,12}}?(?:经验|工龄|工作经历|工作年限|从业(?:经[验历])?)""",
    re.VERBOSE,
)
_HAN_LABELLED = re.compile(
    rf"""(?:年限|经验|工龄)\s?:?\s?(?P<low>{_HAN_NUMBER})\s?
    (?:[-–—~至到]\s?(?P<high>{_HAN_NUMBER}))?\s?\+?[多余]?\s?年(?:以上|左右)?""",
    re.VERBOSE,
)
_STATED = re.compile(
    rf"""(?<![\w.])(?P<low>{_NUMBER})(?:\s?\(\d{{1,2}}\))?\s?\+?\s?
    (?:(?:-|–|—|to)\s?(?P<high>{_NUMBER})\s?\+?\s?)?[- ]?(?:years?|yrs?\.?)[’']?
    (?:\s(?:and|&)\s\d{{1,2}}\smonths?)?[^\n.;•]{{0,60}}?\bexp(?:erience)?\b""",
    re.VERBOSE | re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"""\bexperience\s?(?:[:(–-]|of|is|over)\s?(?:over|about|around|more\sthan|nearly|total)?\s{{0,2}}
    (?P<low>{_NUMBER})\s?\+?\s?(?:(?:-|–|to)\s?(?P<high>{_NUMBER})\s?\+?\s?)?(?:years?|yrs?)\b""",
    re.VERBOSE | re.IGNORECASE,
)


def find_years_of_experience(text: str) -> list[Fact]:
    """Statements such as ``5年以上工作经验``, ``3-5年经验``, ``over 10 years of experience``, in order.

    The value is the number of years (``5``, ``4.5``) or a range (``3-5``); the passage runs from the number to the word
    that says what it counts.
    """
    kept: list[Fact] = []
    reached = 0
    for value, start, end in sorted(_statements(folded(text)), key=lambda found: found[1:]):
        if start >= reached:
            kept.append(
                Fact(
                    kind=FactKind.YEARS_OF_EXPERIENCE,
                    value=value,
                    start=start,
                    end=end,
                    method="rule:years_of_experience",
                    confidence=0.9,
                )
            )
            reached = end
    return kept


def least_years(value: str) -> float:
    """The years that a fact's value states at least: 3 for ``3-5``."""
    return float(value.partition("-")[0])


def _statements(plain: str) -> Iterator[tuple[str, int, int]]:
    for pattern in (_HAN_STATED, _HAN_LABELLED, _STATED, _LABELLED):
        for match in pattern.finditer(plain):
            low, high = _number(match["low"]), _number(match["high"] or "0")
            if low and (high == 0 or high > low):
                yield f"{low:g}" + (f"-{high:g}" if high else ""), match.start("low"), match.end()


def _number(words: str) -> float:
    """0 for what is no number of years that a person can have worked."""
    number = float(words) if words[0].isdigit() else float(_VALUES.get(words.lower()) or han_number(words))
    return number if number <= 60 else 0.0
