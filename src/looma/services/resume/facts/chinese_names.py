"""Chinese names of persons, judged by what stands before and after them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .place_keys import HAN, chinese_place
from .surnames import COMMON, COMPOUND, RARE, WORD_STARTS

_NOT_IN_NAMES = frozenset(
    "的了在和与及或是等被把从级员部司厂校院局省县镇届网系统工程师岁您你我他她它们这那哪个些么什各每其此并但而且以可于对为已将就都还也很"
    "做使让给着过到得地之者所项类型式性别男女年月日号码话箱址简职位薪资币万亿业务户客品"
)
_NEVER_IN_NAMES = frozenset("的了在与及或是您你我他她")
_FIELD = (
    r"性别|男|女|出生|生于|年龄|民族|籍贯|电话|手机|联系|邮箱|学历|政治|婚姻|现居|住址|地址|求职|应聘|意向|期望|毕业|户口|户籍|身高|国籍"
    r"|简历|的简历|个人|工作|微信|专业|先生|女士|小姐|身份|健康|照片|职称|职位|学校|本科|硕士|博士|大专|院校|中国|汉族|曾用名|英文名|拼音"
)
_AFTER_FIELD = re.compile(rf"[ \t]{{0,4}}(?:{_FIELD}|[A-Za-z]{{2,8}}\s?:)")
_AFTER_LABEL = re.compile(rf"[ \t]{{0,4}}(?:{_FIELD})|[^{HAN}·]|$")
_UNKNOWN_SURNAME = re.compile(rf"[{HAN}]{{2,4}}?(?={_FIELD}|[^{HAN}]|$)")
_BLANKS = re.compile(r"[ \t]{1,4}")
_TITLE = re.compile(r"\s?(?:先生|女士|小姐)")
_SIR = re.compile(rf"(?<![{HAN}])(?P<surname>[{HAN}]{{1,2}})(?:先生|女士|小姐)")
_PERSONAL = re.compile(
    r"\s?(?:\([^()\n]{1,12}\)\s?)?[,:|/、\s]\s{0,3}(?:性别|男(?![装士鞋科])|女(?![装鞋士性科])|[^\s,;。]{0,4}国籍|中国籍|汉族"
    r"|[^\s,]{1,4}族[,、]"
    r"|\d{2}岁|(?:19|20)\d\d\s?年(?:\d{1,2}\s?月)?(?:\d{1,2}日)?\s?(?:出?生|生于)|出?生于|硕士|博士|本科|大专|中共党员|现任|历任|曾任)"
)
_AGED = re.compile(r"\s{0,2}[|/,]?\s{0,2}(?:[男女]\s?[|/,·]|\d{2}\s?岁)")
_COMMA = re.compile(r"\s?,")
_HEAD_END = re.compile(r"\s{0,6}(?:$|[\r\n|/:,(\-—–·•_]|\s{2})")
_LABEL = re.compile(r"(?<![片件品司目业校])(?:姓\s{0,4}名|名字|中文名)(?:[(]\w{1,8}[)])?\s{0,3}[:/|]?\s{0,6}")
_HEAD = re.compile(
    r"(?:个人)?(?:求职)?简\s?历\s{0,3}[-—_:|]?\s{0,3}|(?:履历|resume|cv)\s{0,3}[-—_:|]\s{0,3}", re.IGNORECASE
)
_OTHERS = re.compile(
    r"(?:推荐人|介绍人|证明人|联系人|紧急联系|导师|指导老?师|领导|上级|汇报(?:给|对象)|配偶|父亲|母亲|客户|法定代表人|法人|董事长为|老师)"
    r"[^\n]{0,8}\Z"
)
_MINORITY = re.compile(rf"[{HAN}]{{1,8}}(?:[·•・‧][{HAN}]{{1,8}}){{1,3}}")
_START = re.compile(rf"(?:^|(?<=[\n\r。;]))[ \t\ufeff]{{0,8}}(?=[{HAN}])")
_MAX_LINES = 5_000


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name at `[start:end]`; `value` is written without blanks, `rule` says what gave it away."""

    start: int
    end: int
    value: str
    rule: str
    confidence: float


def chinese_names(plain: str) -> list[NameMention]:
    """All Chinese names with evidence that they name a person whom the text is about; overlapping readings included."""
    return [*_labelled(plain), *_heads(plain), *_at_starts(plain), *_aged(plain), *_surnames(plain)]


def surname_length(plain: str, start: int) -> int:
    """Characters of the surname at `start`; 0 where none stands."""
    if plain[start : start + 2] in COMPOUND:
        return 2
    return 1 if plain[start : start + 1] in COMMON or plain[start : start + 1] in RARE else 0


def _readings(plain: str, start: int, longest: int = 4) -> Iterator[tuple[int, str]]:
    """Ends and values of the names that may begin at `start`, with or without blanks between the characters."""
    surname = surname_length(plain, start)
    position, value = start, ""
    while surname and position < len(plain) and len(value) < min(longest, surname + (2 if surname == 2 else 3)):
        if value and plain[position] in " \t":
            blanks = _BLANKS.match(plain, position)
            position = blanks.end() if blanks else position
            if position >= len(plain):
                return
        if not "\u3400" <= plain[position] <= "\u9fff":
            return
        value += plain[position]
        position += 1
        titled = plain[position - 1 : position + 1] == "先生" or value[surname:] in ("先生", "女士", "小姐")
        if len(value) > surname and not titled:
            yield position, value


def _plausible(value: str, refused: frozenset[str] = _NOT_IN_NAMES) -> bool:
    """Whether the characters are those of a name, and not of a word, a place or a trade."""
    given = value[2 if value[:2] in COMPOUND else 1 :]
    if any(character in refused for character in given):
        return False
    if any(value.startswith(word) for word in (value[:2], value[:3]) if word in WORD_STARTS):
        return False
    place = chinese_place(value, 0)
    return place is None or place[1] < len(value)


def _labelled(plain: str) -> Iterator[NameMention]:
    for label in _LABEL.finditer(plain):
        if _others(plain, label.start()):
            continue
        start = label.end()
        minority = _MINORITY.match(plain, start)
        if minority:
            yield NameMention(start, minority.end(), minority[0], "name_label", 0.97)
            continue
        readings = [(end, value) for end, value in _readings(plain, start) if _AFTER_LABEL.match(plain, end)]
        unspaced = [(end, value) for end, value in readings if end - start == len(value)] or readings[-1:]
        if unspaced:
            end, value = unspaced[0]
            yield NameMention(start, end, value, "name_label", 0.98)
            continue
        other = _UNKNOWN_SURNAME.match(plain, start)
        if other and not re.match(_FIELD, other[0]):
            yield NameMention(start, other.end(), other[0], "name_label", 0.8)


def _heads(plain: str) -> Iterator[NameMention]:
    """A name in one of the first lines or cells: alone, before a field, or behind 简历."""
    offset, seen = 0, 0
    for line in plain[:4_000].splitlines(keepends=True):
        if not line.strip():
            offset += len(line)
            continue
        first = offset + len(line) - len(line.lstrip())
        for head in {first, *(match.end() + first for match in _HEAD.finditer(line.strip()[:60]))}:
            yield from _head(plain, head, seen)
        offset += len(line)
        seen += 1
        if seen > 7:
            return


def _head(plain: str, start: int, seen: int) -> Iterator[NameMention]:
    minority = _MINORITY.match(plain, start)
    if minority and _HEAD_END.match(plain, minority.end()) and not _cells(minority[0]):
        yield NameMention(start, minority.end(), minority[0], "name_head", 0.85)
    for end, value in _readings(plain, start):
        if not _plausible(value):
            continue
        known = value[0] in COMMON or value[:2] in COMPOUND
        if _AFTER_FIELD.match(plain, end):
            yield NameMention(start, end, value, "name_head", (0.9 if known else 0.8) - 0.03 * seen)
        elif _HEAD_END.match(plain, end) and (len(value) < 4 or value[:2] in COMPOUND):
            yield NameMention(start, end, value, "name_head", (0.88 if known else 0.7) - 0.05 * seen)
        elif len(value) == 3 and seen == 0 and _COMMA.match(plain, end):
            yield NameMention(start, end, value, "name_head", 0.6 if known else 0.55)


def _cells(words: str) -> bool:
    """Whether a dot between words only parts cells: ``张三丰·北京``."""
    parts = re.split("[·•・‧]", words)
    return any(chinese_place(part, 0) for part in parts) or (surname_length(parts[0], 0) > 0 and len(parts[0]) < 4)


def _at_starts(plain: str) -> Iterator[NameMention]:
    """A name that begins a sentence, followed as in biographies: ``沈知行先生，``, ``周若谷，男，``."""
    for count, begin in enumerate(_START.finditer(plain)):
        if count > _MAX_LINES:
            return
        start = begin.end()
        if _others(plain, start):
            continue
        for end, value in _readings(plain, start):
            if _TITLE.match(plain, end):
                yield NameMention(start, end, value, "name_title", 0.95)
            elif _PERSONAL.match(plain, end) and _plausible(value, _NEVER_IN_NAMES):
                yield NameMention(start, end, value, "name_biography", 0.93)


def _surnames(plain: str) -> Iterator[NameMention]:
    """A surname alone before a title: ``李先生``."""
    for count, match in enumerate(_SIR.finditer(plain)):
        if count > _MAX_LINES:
            return
        surname = match["surname"]
        if surname_length(plain, match.start()) == len(surname) and not _others(plain, match.start()):
            yield NameMention(match.start(), match.end("surname"), surname, "name_surname", 0.5)


def _aged(plain: str) -> Iterator[NameMention]:
    """A name right before sex or age, wherever it stands: ``苏晚31岁|男``. Three characters are preferred to two."""
    for count, match in enumerate(re.finditer(rf"(?<=[{HAN}])(?={_AGED.pattern})", plain)):
        if count > _MAX_LINES:
            return
        end = match.start()
        for length in (3, 2, 4):
            start = end - length
            if start < 0 or not re.fullmatch(rf"[{HAN}]+", plain[start:end]) or _others(plain, start):
                continue
            value = plain[start:end]
            surname = surname_length(plain, start)
            bound = start == 0 or not "\u3400" <= plain[start - 1] <= "\u9fff"
            if surname and (length < 4 or surname == 2) and _plausible(value):
                yield NameMention(start, end, value, "name_aged", 0.85 if bound else 0.6)
                break


def _others(plain: str, start: int) -> bool:
    """Whether the words before a name say that it is somebody else's."""
    return _OTHERS.search(plain, max(0, start - 20), start) is not None
