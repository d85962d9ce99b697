"""Fields of study by their names in both languages, so that 会计 and “accountancy” are one (``majors.tsv``)."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

_ASKED_ZH = re.compile(r"专业(?!知识|技能|能力|素养|水平|基础|的|化|资格|证书|性|团队|精神|人士|人才|技术)")
_ASKED_EN = re.compile(
    r"\b(?:degree|bachelor'?s?|master'?s?|major(?:ed|ing)?|diploma|ph\.?d\.?|graduates?|studies)\b", re.I
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
    if degree and (found := fields_in(text[degree.end() : min(high, degree.end() + _AFTER)])):
        yield degree.start(), min(high, degree.end() + _AFTER), found


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
