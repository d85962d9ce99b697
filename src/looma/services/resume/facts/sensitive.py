"""Protected traits that a text states: age, birth, gender, ethnicity, nationality, origin.

They are found so that they can be shown to the person who parses a document, and kept out of everything else. Only what
is labelled, or cannot mean anything else, counts.
"""

import re
from collections.abc import Iterator
from datetime import date

from looma.contracts.resume import Fact, FactKind

from .date_mentions import DateMention, mentions
from .lines import folded
from .place_keys import HAN, chinese_place, latin_place, places

_ETHNICITIES = (
    "汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜"
    "|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春"
    "|赫哲|门巴|珞巴|基诺"
)
_SIGN = r"\s{0,2}[:/|]?\s{0,4}"
_LEFT = r"(?<![^\s,、|/;:(。·])"
_RIGHT = r"(?=[\s,、|/;)。·]|$)"

_AGE = re.compile(
    rf"年\s?龄{_SIGN}(?P<age>\d\d)(?!\d)(?:\s?周?岁)?"
    r"|(?<![\d满到至过约超第-])(?P<bare>\d\d)\s?周?岁(?!以上|以下|以内|左右|及|的|后|时|前|起|儿|老|至|-|~)"
    r"|(?<![A-Za-z])Age\s{0,2}[:-]\s{0,3}(?P<english>\d\d)(?!\d)(?:\s?years?(?:\sold)?)?"
    r"|(?<![\d-])(?P<old>\d\d)[ -]years?[ -]old\b",
    re.IGNORECASE,
)
_BORN_LABEL = re.compile(
    rf"(?:出生(?:日期|年月日?|时间|于)?|生日|生于|(?<![A-Za-z])(?:date\sof\sbirth|birth\s?(?:date|day)|d\.?o\.?b\.?|born(?:\son|\sin)?))"
    rf"(?:{_SIGN})$",
    re.IGNORECASE,
)
_BORN_AFTER = re.compile(r"\s?(?:出生|生(?=[,。;、)人]|$))")
_IN_BRACKETS = re.compile(r"岁\s?\($")
_GENDER = re.compile(
    rf"性\s?别{_SIGN}(?P<label>[男女])|{_LEFT}(?P<bare>[男女])性?{_RIGHT}"
    r"|(?<![A-Za-z])(?:gender|sex)\s{0,2}[:-]\s{0,3}(?P<english>male|female|[mf]\b)",
    re.IGNORECASE,
)
_ETHNICITY = re.compile(
    rf"民\s?族{_SIGN}(?P<label>(?:{_ETHNICITIES})族?)|{_LEFT}(?P<bare>(?:{_ETHNICITIES})族){_RIGHT}"
)
_NATIONALITY = re.compile(
    r"国\s?籍\s{0,2}[:/|]\s{0,4}(?P<label>(?=\S))|(?P<suffix>国籍|籍(?!贯))"
    r"|(?<![A-Za-z])(?:nationality|citizenship)\s{0,2}[:-]\s{0,3}(?P<english>[A-Z][a-z]{2,20}(?:\s[A-Z][a-z]{2,20})?)",
    re.IGNORECASE,
)
_ORIGIN_LABEL = re.compile(rf"(?:籍\s?贯|出生地|户籍(?:所在地)?|户口(?:所在地)?|生源地|祖籍){_SIGN}")
_NATIVE = re.compile(rf"{_LEFT}(?=[{HAN}]{{2,12}}人{_RIGHT})")
_NATIVE_END = re.compile(rf"[{HAN}]{{0,5}}?人{_RIGHT}")
_BIRTHPLACE = re.compile(
    r"(?<![A-Za-z])(?:place\sof\sbirth|birth\s?place|hometown)\s{0,2}[:-]\s{0,3}"
    r"(?P<place>[A-Z][A-Za-z.' -]{1,40}(?:,\s[A-Z][A-Za-z.' -]{1,30})?)",
    re.IGNORECASE,
)
_YOUNGEST, _OLDEST = 14, 99


def find_sensitive(text: str, today: date) -> list[Fact]:
    """Age, birth date (``1990-03``), gender (``male``, ``female``), ethnicity, nationality and birthplace, in order."""
    plain = folded(text)
    found = [
        *_ages(plain),
        *_births(plain, text, today),
        *_genders(plain),
        *_ethnicities(plain),
        *_nationalities(plain),
        *_origins(plain),
    ]
    return sorted(found, key=lambda fact: (fact.start or 0, fact.end or 0))


def _fact(kind: FactKind, value: str, start: int, end: int, confidence: float) -> Fact:
    return Fact(kind=kind, value=value, start=start, end=end, method=f"rule:{kind}", confidence=confidence)


def _group(match: re.Match[str]) -> tuple[str, str]:
    """Name and words of the one group that matched."""
    name = match.lastgroup or ""
    return name, match[name]


def _ages(plain: str) -> Iterator[Fact]:
    for match in _AGE.finditer(plain):
        name, words = _group(match)
        if _YOUNGEST <= int(words) <= _OLDEST:
            yield _fact(FactKind.AGE, words, match.start(name), match.end(), 0.8 if name == "bare" else 0.95)


def _births(plain: str, text: str, today: date) -> Iterator[Fact]:
    for mention in mentions(text, today):
        if not mention.value.startswith("-") and int(mention.value[:4]) <= today.year - _YOUNGEST:
            end = _born(plain, mention)
            if end:
                yield _fact(FactKind.BIRTH_DATE, mention.value, mention.start, end, 0.95)


def _born(plain: str, mention: DateMention) -> int:
    """Where a date of birth ends; 0 for any other date."""
    before, after = max(0, mention.start - 24), mention.end
    labelled = _BORN_LABEL.search(plain, before, mention.start) or _IN_BRACKETS.search(plain, before, mention.start)
    return after if labelled or (not mention.weak and _BORN_AFTER.match(plain, after)) else 0


def _genders(plain: str) -> Iterator[Fact]:
    for match in _GENDER.finditer(plain):
        name, words = _group(match)
        value = "male" if words.lower() in ("男", "male", "m") else "female"
        yield _fact(FactKind.GENDER, value, match.start(name), match.end(name), 0.8 if name == "bare" else 0.95)


def _ethnicities(plain: str) -> Iterator[Fact]:
    for match in _ETHNICITY.finditer(plain):
        name, words = _group(match)
        yield _fact(FactKind.ETHNICITY, words.removesuffix("族") + "族", match.start(name), match.end(name), 0.95)


def _nationalities(plain: str) -> Iterator[Fact]:
    for match in _NATIONALITY.finditer(plain):
        name, words = _group(match)
        if name == "english":
            place = latin_place(words)
            yield _fact(FactKind.NATIONALITY, place.key if place else words, match.start(name), match.end(name), 0.95)
        elif name == "label":
            found = chinese_place(plain, match.start(name))
            if found:
                yield _fact(FactKind.NATIONALITY, found[0].key, match.start(name), found[1], 0.95)
        else:
            for end in (match.start(), match.end() - 1):  # 加拿大|国籍, but 中国|籍
                start, key = _country_before(plain, end)
                if key:
                    yield _fact(FactKind.NATIONALITY, key, start, match.end(), 0.95)
                    break


def _country_before(plain: str, end: int) -> tuple[int, str]:
    """Start and key of the country whose name ends at `end`; an empty key when there is none."""
    for length in range(min(7, end), 1, -1):
        place = places().get(plain[end - length : end])
        if place is not None and (place.kind == "country" or place.key in ("香港", "澳门", "台湾")):
            start = end - length
            return (start - 2 if plain[max(0, start - 2) : start] == "中国" else start), place.key
    return end, ""


def _origins(plain: str) -> Iterator[Fact]:
    for label in _ORIGIN_LABEL.finditer(plain):
        found = chinese_place(plain, label.end())
        if found:
            yield _fact(FactKind.BIRTHPLACE, found[0].key, label.end(), found[1], 0.95)
    for match in _NATIVE.finditer(plain):
        found = chinese_place(plain, match.start())
        native = _NATIVE_END.match(plain, found[1]) if found else None
        if found and native:
            yield _fact(FactKind.BIRTHPLACE, found[0].key, match.start(), native.end(), 0.9)
    for match in _BIRTHPLACE.finditer(plain):
        words = match["place"].rstrip(" .-'")
        yield _fact(FactKind.BIRTHPLACE, words, match.start("place"), match.start("place") + len(words), 0.9)
