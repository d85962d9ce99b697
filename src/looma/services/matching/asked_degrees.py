"""Degrees that a job text asks for: ``本科及以上``, ``硕士优先``, ``Bachelor's or above``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from looma.contracts.resume import DegreeLevel

_SECONDARY = (
    r"(?:高中|中专|职高|技校)(?!学?[生校部]|[语数英物化生政史地]|教师|老师|教学|教育工作|课程|阶段|任教|教龄|班主任"
    r"|毕业班|[一二三]?年级)"
    r"|\b(?:high|secondary)[ -]school (?:diploma|education|certificate|degree|graduates?|leav\w+|qualification"
    r"|or (?:above|higher|equivalent|GED)|and above|required|level|completed)\b"
    r"|\b(?:completed|finished|graduated from|at least|minimum(?: of)?|education:) (?:high|secondary)[ -]school\b"
)
"""Not where a school is the place of work."""
_FORMS = (
    (DegreeLevel.DOCTOR, r"博士(?!后|生?导师)|\bph\.?\s?d\b|\bdoctorate\b|\bdoctor of\b|\bdoctoral degree\b"),
    (
        DegreeLevel.MASTER,
        r"硕士(?!生?导师)|研究生(?![院会部处])|\bmaster'?s?(?=(?:'s)?\s(?:degree|of|in|or|and|preferred|level)|'s|\sdegree)|\bm\.?sc\b|\bmba\b",
    ),
    (
        DegreeLevel.BACHELOR,
        r"本科|学士|\bbachelor'?s?\b|\bb\.?sc\b|\b(?:undergraduate|university|college) degree\b|\bb\.?tech\b",
    ),
    (DegreeLevel.ASSOCIATE, r"大专|专科(?![医护门])|高职|\bassociate'?s? degree\b|\bdiploma in\b|\bcollege diploma\b"),
    (DegreeLevel.SECONDARY, _SECONDARY),
)
_DEGREE = re.compile("|".join(f"(?P<{level}>{form})" for level, form in _FORMS), re.I)
_PLAIN_DEGREE = re.compile(
    r"(?<!\bno )(?<!\bhigh )(?<!\bsome )(?<!\bto a )(?<!\bany )(?<!\bwithout a )(?<!\bthat )(?<!\d )(?<!\d-)"
    r"\bdegree\b(?=[,.;):/\r\n]|$|[ -](?:in|or|and|required|preferred|level|educated|qualified|from|with|is)\b)",
    re.I,
)
"""“Degree in physics”: a bachelor's, where the sentence names no other level."""


@dataclass(frozen=True, slots=True)
class AskedDegree:
    """``text[start:end]`` names a level of education."""

    start: int
    end: int
    level: DegreeLevel


def degrees_in(text: str, low: int, high: int) -> Iterator[AskedDegree]:
    """The levels that the sentence ``text[low:high]`` names, in its order."""
    plain = text.replace("\u2019", "'") if "\u2019" in text else text
    named = list(_DEGREE.finditer(plain, low, high))
    if not named and (alone := _PLAIN_DEGREE.search(plain, low, high)):
        yield AskedDegree(alone.start(), alone.end(), DegreeLevel.BACHELOR)
    for match in named:
        yield AskedDegree(match.start(), match.end(), DegreeLevel(str(match.lastgroup)))
