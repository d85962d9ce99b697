"""Years of experience that a job text asks for: ``5年以上``, ``三年以上``, ``3-5年``, ``5+ years``, ``three years``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HAN = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20,
}  # fmt: skip
_HAN_NUMBER = r"\d{1,2}(?:\.\d)?|[一二两三四五六七八九十]{1,3}"
_NUMBER = rf"\d{{1,2}}(?:\.\d)?|{'|'.join(_WORDS)}"
_CHINESE = re.compile(
    rf"(?<![\d.一二三四五六七八九十年])(?P<low>{_HAN_NUMBER})\s?(?:年?\s?[-–—~～至到]\s?(?:{_HAN_NUMBER}))?\s?[+＋多余]?\s?"
    r"(?:个)?年(?![月底初前后级度薪假终])(?P<more>\s?[+＋]?\s?(?:及|或|\(含\)|（含）)?\s?以上)?"
)
_CHINESE_CONTEXT = re.compile(r"经验|经历|工作|从业|开发|研发|管理|任职|工龄|实践|背景|教龄|执业|临床|岗位")
_ENGLISH = re.compile(
    rf"(?<![\w.$£€])(?P<low>{_NUMBER})(?:\s?\(\d{{1,2}}\))?\s?\+?\s?"
    rf"(?:(?:-|–|—|to|or)\s?(?:{_NUMBER}|more)\s?\+?\s?)?(?:plus\s|or more\s)?"
    r"[- ]?(?:years?|yrs?\.?)(?![A-Za-z])(?!\s(?:old|ago|of age))",
    re.I,
)
_ENGLISH_CONTEXT = re.compile(
    r"experien|at least|minimum|\+|track record|background|working|work(?:ed)? (?:in|as|with)|practice|similar role"
    r"|years? (?:or more|with|as)\b|years? of (?!history|success|growth|business|innovation|age\b)"
    r"|years? in (?!business)",
    re.I,
)
MOST = 40
"""More years than this are no requirement."""


@dataclass(frozen=True, slots=True)
class AskedYears:
    """``text[start:end]`` asks for at least `tenths` tenths of a year."""

    start: int
    end: int
    tenths: int


def years_in(text: str, low: int, high: int) -> Iterator[AskedYears]:
    """What the sentence ``text[low:high]`` asks for, in its order; of a range the lower end."""
    for match in _CHINESE.finditer(text, low, high):
        near = text[match.end() : min(high, match.end() + 16)]
        if match["more"] or _CHINESE_CONTEXT.search(near):
            yield from _asked(match)
    if _ENGLISH_CONTEXT.search(text, low, high):
        for match in _ENGLISH.finditer(text, low, high):
            yield from _asked(match)


def _asked(match: re.Match[str]) -> Iterator[AskedYears]:
    years = _number(match["low"])
    if 0 < years <= MOST:
        yield AskedYears(match.start(), match.end(), round(years * 10))


def _number(words: str) -> float:
    if words[0].isdigit():
        return float(words)
    if words.lower() in _WORDS:
        return float(_WORDS[words.lower()])
    tens, ten, ones = words.rpartition("十")
    return float((_HAN.get(tens, 1) if ten else 0) * 10 + _HAN.get(ones, 0))
