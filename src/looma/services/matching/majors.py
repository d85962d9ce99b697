"""Fields of study by their names in both languages, so that 会计 and “accountancy” are one (``majors.tsv``)."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

_ASKED_ZH = re.compile(r"专业(?!知识|技能|能力|素养|水平|基础|的|化|资格|证书|性|团队|精神|人士|人才|技术)")
_ASKED_EN = re.compile(
    r"\b(?:degree|bachelor'?s?|master'?s?|major(?:ed|ing)?|diploma|ph\.?d\.?|graduates?|studies)\b", re.I
)
_ITEM_END = re.compile(r"[,/()，、（）]|\b(?:or|and)\b", re.I)
_AROUND_FIELD = re.compile(
    r"\b(?:an?|the|in|of|related|relevant|similar|equivalent|other|any|fields?|disciplines?|subjects?|areas?|degrees?"
    r"|engineering|sciences?|studies|technolog(?:y|ies)|applied|pure|management|administration|majors?|required|preferred"
    r"|is|honou?rs|bachelor'?s?|master'?s?|level|international|public|general)\b|[^\w]",
    re.I,
)
_BEFORE, _AFTER = 60, 120
"""How far before “专业” and after “degree” the fields are named."""


def fields_in(text: str) -> tuple[str, ...]:
    """The ids of the fields that a text names, sorted."""
    plain = text[:500].lower()
    return tuple(sorted({field for form, fields in _forms() for m in form.finditer(plain) for field in fields[m[0]]}))


def fields_asked(text: str, low: int, high: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Passages of a sentence that ask for fields of study: (start, end, ids)."""
    for match in _ASKED_ZH.finditer(text, low, high):
        start = max(low, match.start() - _BEFORE)
        if found := fields_in(text[start : match.start()]):
            yield start, match.end(), found
            return
    degree = _ASKED_EN.search(text, low, high)
    if degree:
        end, listed = _listed(text, degree.end(), min(high, degree.end() + _AFTER))
        if listed:
            yield degree.start(), end, listed


def _listed(text: str, low: int, high: int) -> tuple[int, tuple[str, ...]]:
    """The fields that a list in English begins with, and where it ends; other things asked for are no fields."""
    found: set[str] = set()
    end = start = low
    while start < high:
        stop = _ITEM_END.search(text, start, high)
        item = text[start : stop.start() if stop else high]
        rest = _rest(item)
        if not rest and (fields := fields_in(item)):
            found.update(fields)
            end = start + len(item.rstrip(" .;:"))
        elif len(rest.split()) > 1 or (rest and fields_in(item)):
            break
        start = stop.end() if stop else high
    return end, tuple(sorted(found))


def _rest(item: str) -> str:
    """What an item says beside names of fields and the words around them."""
    bare = item.lower().replace("\u2019", "'")
    for form, _ in _forms():
        bare = form.sub(" ", bare)
    return " ".join(_AROUND_FIELD.sub(" ", bare).split())


@cache
def _forms() -> tuple[tuple[re.Pattern[str], dict[str, tuple[str, ...]]], ...]:
    chinese: dict[str, tuple[str, ...]] = {}
    english: dict[str, tuple[str, ...]] = {}
    table = files(__package__).joinpath("majors.tsv").read_text("utf-8")
    for row in table.splitlines()[1:]:
        field, zh, en = row.split("\t")
        for name in zh.split(";"):
            chinese[name] = (*chinese.get(name, ()), field)
        for name in en.split(";"):
            english[name] = (*english.get(name, ()), field)
    return (
        (re.compile("|".join(sorted(map(re.escape, chinese), key=len, reverse=True))), chinese),
        (re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, english), key=len, reverse=True))})\b"), english),
    )
