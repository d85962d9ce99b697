"""Degrees that a job text asks for: ``本科及以上``, ``硕士优先``, ``Bachelor's or above``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from looma.contracts.resume import DegreeLevel

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
    (DegreeLevel.SECONDARY, r"高中|中专|职高|技校|\bhigh school\b|\bsecondary school\b"),
)
_DEGREE = re.compile("|".join(f"(?P<{level}>{form})" for level, form in _FORMS), re.I)


@dataclass(frozen=True, slots=True)
class AskedDegree:
    """``text[start:end]`` names a level of education."""

    start: int
    end: int
    level: DegreeLevel


def degrees_in(text: str, low: int, high: int) -> Iterator[AskedDegree]:
    """The levels that the sentence ``text[low:high]`` names, in its order."""
    plain = text.replace("\u2019", "'") if "\u2019" in text else text
    for match in _DEGREE.finditer(plain, low, high):
        yield AskedDegree(match.start(), match.end(), DegreeLevel(str(match.lastgroup)))
