"""Telephone numbers of a text, as E.164."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import phonenumbers

from looma.contracts.resume import Fact, FactKind, TextLanguage

from .date_mentions import find_dates
from .lines import folded

_GROUP = re.compile(r"\d+")
_BETWEEN = re.compile(r"[ \t]?(?:[-–—‐‑.)/]|\)[ \t]?-?|[ \t]?\(0?\)?)?[ \t]?\(?")
_PREFIX = re.compile(r"(?:\+|\(\+|\+\(|\()\s?$")
_LABEL = re.compile(
    r"(?:电话|手机|座机|联系方式|联系|热线|传真|微信|电\s?话|手\s?机|tel(?:ephone)?|phone|mobile|mob|cell|contact|call|fax|whatsapp"
    r"|ph|[mptc])(?:\s?(?:号码?|number|nos?|no\.?|#))?(?:\s?\([a-z ]{1,8}\))?\s?[.:\-|]{0,2}\s{0,4}(?:\+|\()?\s?$",
    re.IGNORECASE,
)
_NO_PHONE = re.compile(
    r"(?:QQ|身份证|证件|证书|编号|单号|订单|学号|工号|卡号|账号|帐号|邮编|专利|许可证|执照|准考证|护照|社保|统一社会信用代码|ISBN|ISSN"
    r"|order|invoice|account|acct|passport|licen[cs]e|patent|certificate|zip|pin|ssn|reg(?:istration)?|roll|employee|student"
    r"|member|serial|card|credential|bug|ticket|case|release|version|DOI)"
    r"[^\d\n]{0,14}\Z",
    re.IGNORECASE,
)
_IN_PATH = re.compile(r"[A-Za-z]/$")
_PERIOD = re.compile(r"\(?(?:(?:0?[1-9]|1[0-2])[/.](?:19|20)\d\d|(?:19|20)\d\d[/.-](?:0?[1-9]|1[0-2]))(?!\d)\s?[-–—~/]")
"""``06/2023 - 03/2025`` or ``2019.03-``, which numbering plans would take for a number."""
_MONEY = frozenset("$¥€£￥#_@=")
_CHINESE_MOBILE = re.compile(r"1[3-9]\d{9}")
_BRITISH_MOBILE = re.compile(r"07[1-57-9]\d{8}")
_IRISH_MOBILE = re.compile(r"08[35-9][ -]\d{3}[ -]?\d{4}")
_AMERICAN = re.compile(r"\(?[2-9]\d\d\)?[ .-]{1,2}[2-9]\d\d[ .-]{1,2}\d{4}")
_CUES = {
    "IN": r"india|bengaluru|bangalore|mumbai|delhi|pune|hyderabad|chennai|kolkata|noida|gurgaon|karnataka|maharashtra",
    "GB": r"united kingdom|england|scotland|wales|london|manchester|birmingham|leeds|u\.?k\.?",
    "DE": r"germany|deutschland|berlin|münchen|munich|hamburg|frankfurt|köln|stuttgart",
    "US": r"united states|u\.?s\.?a\.?|california|new york|texas|boston|chicago|[A-Z][a-z]+, [A-Z]{2} \d{5}",
    "SG": r"singapore",
    "HK": r"hong kong",
    "AU": r"australia|sydney|melbourne",
    "CA": r"canada|toronto|vancouver",
    "FR": r"france|paris|lyon",
    "CN": r"china|beijing|shanghai|shenzhen|guangzhou|hangzhou|chengdu|nanjing|wuhan",
}
_CUE = re.compile("|".join(rf"\b(?P<{region}>{words})(?!\w)" for region, words in _CUES.items()), re.IGNORECASE)
_CUE_REACH = 20_000
_MAX_TRIES = 4_000
"""Groups of digits that are looked up in one text; a document with more is a table of numbers."""
_NEVER = date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    digits: str
    international: bool


def find_phones(text: str, language: TextLanguage) -> list[Fact]:
    """The telephone numbers of a text in order; values as E.164.

    Numbers without a country code are read as of `region_of` the text. What is labelled as something else, lies in an
    e-mail address, a link or a date, or is only a row of digits, is none.
    """
    plain = folded(text)
    region = region_of(plain, language)
    dates = {mention.start: mention.end for mention in find_dates(text, _NEVER)}
    facts: list[Fact] = []
    tries = reached = 0
    for candidate in _candidates(plain):
        if candidate.start < reached or dates.get(candidate.start, 0) >= candidate.end:
            continue
        if not candidate.international and _PERIOD.match(plain, candidate.start):
            continue
        tries += 1
        if tries > _MAX_TRIES:
            break
        fact = _read(plain, candidate, region)
        if fact is not None:
            facts.append(fact)
            reached = candidate.end
    return facts


def region_of(plain: str, language: TextLanguage) -> str | None:
    """The country whose way of writing numbers a text most likely follows: its language's, or that of its places."""
    if language == "zh":
        return "CN"
    counted = Counter(match.lastgroup for match in _CUE.finditer(plain[:_CUE_REACH]))
    return min(counted, key=lambda cue: (-counted[cue], cue or "")) if counted else None


def _candidates(plain: str) -> Iterator[_Candidate]:
    """Runs of 7 to 15 digits in at most seven groups, from each group on the longest first."""
    groups = [match.span() for match in _GROUP.finditer(plain)]
    for index, (start, _) in enumerate(groups):
        if not _free(plain, start):
            continue
        prefix = _PREFIX.search(plain, max(0, start - 3), start)
        ends: list[tuple[int, str]] = []
        digits, previous = "", start
        for first, last in groups[index : index + 7]:
            if first > start and not _BETWEEN.fullmatch(plain, previous, first):
                break
            if len(digits) + last - first > 16:
                break
            digits += plain[first:last]
            previous = last
            if len(digits) >= 7:
                ends.append((last, digits))
        begin = prefix.start() if prefix else start
        international = bool(prefix and "+" in prefix[0]) or digits.startswith("00")
        for end, value in reversed(ends):
            yield _Candidate(begin, end, value, international)


def _free(plain: str, start: int) -> bool:
    """Whether a number may begin here: not inside a word, an amount, or a longer number."""
    before = plain[start - 1] if start else " "
    if before in _MONEY or (
        before in ".,:-" and start > 1 and plain[start - 2].isalnum() and plain[start - 2].isascii()
    ):
        return _LABEL.search(plain, max(0, start - 32), start) is not None
    if (before.isascii() and before.isalpha()) or _IN_PATH.search(plain, max(0, start - 2), start):
        return _LABEL.search(plain, max(0, start - 32), start) is not None
    return True


def _read(plain: str, candidate: _Candidate, region: str | None) -> Fact | None:
    """The fact of a candidate, or nothing when it is no valid number or names something else."""
    after = plain[candidate.end : candidate.end + 2]
    if after[:1] in ("@", "%") or (after[:1].isascii() and after[:1].isalpha() and after[:1] not in "eExX"):
        return None
    labelled = _LABEL.search(plain, max(0, candidate.start - 32), candidate.start) is not None
    if not labelled and _NO_PHONE.search(plain, max(0, candidate.start - 40), candidate.start):
        return None
    words = plain[candidate.start : candidate.end]
    if not candidate.international:
        region = _home(words, candidate.digits, region)
        if region is None or not (labelled or _shaped(words, candidate.digits, region)):
            return None
    number = _valid(candidate, region)
    if number is None:
        return None
    start = candidate.start + (words.startswith("(") and ")" not in words)
    return Fact(
        kind=FactKind.PHONE,
        value=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        start=start,
        end=candidate.end,
        method="rule:phone",
        confidence=0.98 if labelled or candidate.international else 0.9,
    )


def _home(words: str, digits: str, region: str | None) -> str | None:
    if _CHINESE_MOBILE.fullmatch(digits[-11:]) and digits[:-11] in ("", "86"):
        return "CN"
    if region in (None, "US") and _BRITISH_MOBILE.fullmatch(digits):
        return "GB"
    if region in (None, "GB", "US") and _IRISH_MOBILE.fullmatch(words):
        return "IE"
    return "US" if region is None and _AMERICAN.fullmatch(words) else region


def _shaped(words: str, digits: str, region: str) -> bool:
    """Whether a number without a label looks like a telephone number at all."""
    if region == "CN":
        mobile = _CHINESE_MOBILE.fullmatch(digits[-11:]) is not None and digits[:-11] in ("", "86")
        return mobile or (digits.startswith("0") and not words.isdigit())
    if region == "IN":
        return len(digits) in (10, 11, 12) and digits[-10] in "6789"
    return not words.isdigit() and len(digits) >= 10


def _valid(candidate: _Candidate, region: str | None) -> phonenumbers.PhoneNumber | None:
    digits = candidate.digits
    international = candidate.international or (region == "CN" and len(digits) == 13 and digits.startswith("86"))
    written = "+" + digits.removeprefix("00") if international else digits
    try:
        number = phonenumbers.parse(written, None if international else region)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None
