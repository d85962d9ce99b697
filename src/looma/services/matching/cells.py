"""Passages of a résumé that also tell sex, age or contacts, narrowed to the cell or clause with the point in it."""

import re
from collections.abc import Iterator

from looma.contracts.matching import Evidence

_PERSONAL = re.compile(
    r"性别|年龄|\d{2}\s?周?岁|出生|生日|民族|婚姻|婚否|已婚|未婚|籍贯|户籍|户口|政治面貌|党员|电话|手机|微信|邮箱|身份证"
    r"|(?<![\w\u4e00-\u9fff])(?:男|女|[MF])(?![\w\u4e00-\u9fff'.&])"
    r"|\b(?:male|female|born|date of birth|age[d:]|years old|marital|married|nationality|e-?mail|phone|mobile|tel)\b"
    r"|@|https?://|linkedin\.com|(?<![\d/.-])(?!(?:19|20)\d\d(?!\d))\+?\(?\d(?:[ ()-]{0,2}\d){7,15}(?!\d)",
    re.I,
)
_CELL = re.compile(r"\s{0,4}[|｜·•¦]\s{0,4}|[\t\r\n]{1,4}|[ \u3000\u00a0]{2,40}")
_CLAUSE = re.compile(r"[，,;；。]\s{0,2}")
_FARTHEST = 400


def narrowed(text: str, found: Evidence, start: int, end: int) -> Evidence:
    """The passage as it is, or what of it stands around ``text[start:end]`` when it tells about the person."""
    low, high = found.start, found.end
    for mark in (_CELL, _CLAUSE):
        if not _PERSONAL.search(text, low, high):
            break
        low, high = _between(text, mark, low, high, start, end)
    if _PERSONAL.search(text, low, high):
        low, high = max(low, start), min(high, end)
    return found if low >= high else found.model_copy(update={"text": text[low:high], "start": low, "end": high})


def _between(text: str, mark: re.Pattern[str], low: int, high: int, start: int, end: int) -> tuple[int, int]:
    """``[low:high]`` cut at the marks next to ``[start:end]``."""
    for found in _marks(text, mark, max(low, start - _FARTHEST), min(high, end + _FARTHEST)):
        if found[1] <= start:
            low = found[1]
        elif found[0] >= end:
            return low, found[0]
    return low, high


def _marks(text: str, mark: re.Pattern[str], low: int, high: int) -> Iterator[tuple[int, int]]:
    for match in mark.finditer(text, low, high):
        yield match.span()
