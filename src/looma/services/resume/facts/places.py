"""Where a person lives or worked: the places that a text names as such."""

import re
from collections.abc import Iterator

from looma.contracts.resume import Fact, FactKind, TextLanguage

from .lines import folded
from .place_keys import HAN, Place, chinese_place, latin_place, place_key

__all__ = ["find_locations", "place_key"]

_LABEL = re.compile(
    r"(?P<wanted>期望|意向|求职|目标)?(?:工作)?(?:现居住地|现居地|现居住|现居|现住址|现住|居住地|居住城市|所在地区|所在地|所在城市"
    r"|常住地|住址|家庭住址|通讯地址|联系地址|地址|工作地点|工作地区|城市|地点|坐标)\s{0,2}[:：/｜|]?\s{0,3}"
)
_LATIN_LABEL = re.compile(
    r"(?<![A-Za-z])(?:location|city|address|based\sin|residence)\s{0,2}[:-]\s{0,3}$", re.IGNORECASE
)
_IN_NAME = re.compile(rf"[{HAN}]\(.{{2,12}}\)[{HAN}]")
"""A place within the name of a firm: ``云上科技(上海)有限公司``."""
_AFTER = re.compile(rf"(?![{HAN}\w])|\s|性别|年龄|电话|手机|邮箱|籍贯|出生|民族|学历|政治|工作|求职|婚姻")
_WORD = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ'’.-]{0,30}"
_PHRASE = re.compile(rf"(?<![\w@./&-]){_WORD}(?:[ ]{_WORD}){{0,5}}")
_COMMA = re.compile(r"[ ]?,[ \n]?[ ]?|[ ]-[ ]|[ ]?[(]")
_STREET = re.compile(
    r"^(?:st|str|street|ave|avenue|road|rd|drive|dr|lane|ln|blvd|boulevard|way|court|ct|place|pl|square|highway|hwy|circle|apt"
    r"|suite|floor|nagar|colony|sector|block|phase|box|nw|ne|sw|se|email|phone|tel|cell|mobile|address|location|city|name)\.?$",
    re.IGNORECASE,
)
_NO_TOWN = re.compile(
    r"\b(?:university|college|school|institute|inc|ltd|llc|corp(?:oration)?|company|engineer|developer|manager|analyst|consultant|bank"
    r"|director|services?|solutions?|systems?|technolog(?:y|ies)|group|department|office|hospital|java|html|sql|resume"
    r"|bachelor|master|science|arts|engineering|management|the|and|i)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"(?:\bof|\bthe|&)\s$", re.IGNORECASE)
_AMBIGUOUS = re.compile(
    r"reading|nice|bath|surat|york|orange|mobile|buffalo|phoenix|victoria|georgia|jordan|austin|charlotte|florence|tampa"
    r"|washington|goa|ili|dali|xian|richmond|berkeley|cambridge|oxford|hami|columbus|turkey|waterloo|punjab",
    re.IGNORECASE,
)
"""Names that are words, persons or universities as well: places only beside a region, or alone behind a label."""


def find_locations(text: str, language: TextLanguage) -> list[Fact]:
    """The places of a text in order, values as `place_key` gives them; places inside the names of firms are none.

    Chinese ones count where a label, or a cell of their own, marks them as places; English ones as ``City, Region`` or
    as a phrase of their own. Both scripts are read in every text; `language` moves the confidence alone.
    """
    plain = folded(text)
    found = [*_labelled(plain), *_chinese(plain), *_latin(plain, language)]
    found.sort(key=lambda fact: (fact.start or 0, -(fact.end or 0)))
    kept: list[Fact] = []
    reached = 0
    for fact in found:
        if fact.start is not None and fact.end is not None and fact.start >= reached:
            kept.append(fact)
            reached = fact.end
    return kept


def _fact(key: str, start: int, end: int, method: str, confidence: float) -> Fact:
    return Fact(kind=FactKind.LOCATION, value=key, start=start, end=end, method=f"rule:{method}", confidence=confidence)


def _labelled(plain: str) -> Iterator[Fact]:
    for label in _LABEL.finditer(plain):
        found = chinese_place(plain, label.end())
        if found:
            wanted = label["wanted"] is not None
            method, confidence = ("location_wanted", 0.6) if wanted else ("location_label", 0.95)
            yield _fact(found[0].key, label.end(), found[1], method, confidence)


def _chinese(plain: str) -> Iterator[Fact]:
    """Chinese places with nothing Chinese around them."""
    for match in re.finditer(rf"(?<![{HAN}\w])[{HAN}]", plain):
        found = chinese_place(plain, match.start())
        if found is None or found[0].kind == "country" or _IN_NAME.match(plain, max(0, match.start() - 2)):
            continue
        if _AFTER.match(plain, found[1]):
            yield _fact(found[0].key, match.start(), found[1], "location", 0.8)


def _latin(plain: str, language: TextLanguage) -> Iterator[Fact]:
    phrases = list(_PHRASE.finditer(plain))
    index = 0
    while index < len(phrases):
        start, end = _town(plain, phrases[index])
        words = plain[start:end]
        last, reach = _regions(plain, phrases, index)
        if last == index:
            place = _alone(plain, phrases[index], start, end)
            if place is not None:
                yield _fact(place.key, start, end, "location", 0.75 if language == "en" else 0.6)
        elif len(words) > 2 and not _NO_TOWN.search(words):
            region = latin_place(plain[phrases[index + 1].start() : reach])
            if latin_place(words) is None and region is not None and region.kind == "country":
                yield _fact(region.key, phrases[index + 1].start(), reach, "location", 0.7)
            else:
                yield _fact(place_key(plain[start:reach]) or plain[start:reach], start, reach, "location_region", 0.9)
        index = last + 1


def _regions(plain: str, phrases: list[re.Match[str]], index: int) -> tuple[int, int]:
    """The last of at most three regions after a phrase, and where it ends; the phrase itself when it has none."""
    last, reach = index, phrases[index].end()
    while last + 1 < len(phrases) and last < index + 3:
        following = phrases[last + 1]
        if reach < phrases[last].end() or not _COMMA.fullmatch(plain, reach, following.start()):
            break
        region_end = _region_end(plain, following)
        if not region_end:
            break
        last, reach = last + 1, region_end
    return last, reach


def _town(plain: str, phrase: re.Match[str]) -> tuple[int, int]:
    """The part of a phrase that may be a town: what follows a street; of many words the known end."""
    words = phrase[0].split(" ")
    cut = max((i + 1 for i, word in enumerate(words) if _STREET.match(word)), default=0)
    if cut < len(words) and len(words) - cut > 3:
        cut = len(words) - (2 if latin_place(" ".join(words[-2:])) else 1)
    start = phrase.start() + sum(len(word) + 1 for word in words[:cut])
    end = phrase.end()
    while end > start and plain[end - 1] in ".'-" and not re.search(r"\b[A-Z]\.[A-Z]\.$", plain[start:end]):
        end -= 1
    return min(start, end), end


def _region_end(plain: str, phrase: re.Match[str]) -> int:
    """Where the region or country at the start of a phrase ends; 0 when it starts with none."""
    words = phrase[0].split(" ")
    for count in range(min(4, len(words)), 0, -1):
        name = " ".join(words[:count])
        place = latin_place(name)
        if (place is not None and place.kind != "city") or name in ("DC", "D.C."):
            return phrase.start() + len(name.rstrip(".-'") if name != "D.C." else name)
    return 0


def _alone(plain: str, phrase: re.Match[str], start: int, end: int) -> Place | None:
    """The place that a whole phrase names by itself, unless it is part of a longer name."""
    words = plain[start:end]
    place = latin_place(words)
    if place is None or len(words) <= 3:
        return None
    labelled = _LATIN_LABEL.search(plain, max(0, start - 24), start) is not None
    if not labelled and (_AMBIGUOUS.fullmatch(words) or _OF.search(plain, max(0, start - 5), start)):
        return None
    return place if start == phrase.start() or labelled else None
