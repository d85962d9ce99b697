"""Whether a passage of a job text insists, wishes, or barely mentions."""

import re
from typing import Literal

from .headings import Part
from .sentences import Sentence, clause_of, nearby

Level = Literal["must", "nice"]

_NICE = re.compile(
    r"优先|加分|更佳|为佳|者佳|尤佳|更好(?!地|的)|最好|优势|\b(?:preferred|preferably|ideally|desirable|desired|advantageous)\b"
    r"|\b(?:an? )?(?:big |strong |huge |definite |significant |real )?(?:plus|bonus|asset|advantage)\b(?=[\s.,;:!)]|$)"
    r"|\bnice[ -]to[ -]have\b|\bgood to have\b|\bwould be (?:great|good|nice|helpful|beneficial)\b|\bis helpful\b",
    re.I,
)
_MUST = re.compile(
    r"必须|必备|必需|务必|精通|熟练|熟悉|掌握|具备|需有|需具|要求"
    r"|\b(?:required|must|mandatory|essential|minimum|at least|need|proven|proficien\w+|strong|solid|expert\w*)\b",
    re.I,
)
_STRONG = re.compile(
    r"必须|必备|精通|熟练|扎实|深入|资深"
    r"|\b(?:required|must|mandatory|essential|expert\w*|strong|deep|fluent|proficient)\b",
    re.I,
)
_WEAK = re.compile(
    r"了解|知道|接触过|初步|\b(?:familiar(?:ity)?|basic|exposure|some knowledge|awareness|understanding)\b", re.I
)
_HAN = re.compile(r"[\u4e00-\u9fff]")


def level_at(text: str, sentence: Sentence, start: int, end: int, part: Part) -> Level:
    """How the passage ``[start:end]`` of `sentence` is asked for.

    In Chinese a wish covers its clause (``熟悉 Java，有金融经验者优先``), in English its whole sentence (``experience
    with Kafka, Flink or Spark is a plus``) unless the sentence insists on something else as well.
    """
    if part is Part.NICE:
        return "nice"
    near = nearby(sentence, start, end)
    whole = text[near.start : near.end]
    if not _NICE.search(whole):
        return "must"
    if not _HAN.search(whole) and not _MUST.search(_NICE.sub("", whole)):
        return "nice"
    clause = clause_of(text, sentence, start, end)
    return "nice" if _NICE.search(text, clause.start, clause.end) else "must"


def emphasis_at(text: str, sentence: Sentence, start: int, end: int) -> int:
    """How much the words around the passage stress it, in thousandths: 1200 for “精通”, 700 for “了解”."""
    clause = clause_of(text, sentence, start, end)
    before = text[max(clause.start, start - 40) : min(clause.end, end + 12)]
    if _STRONG.search(before):
        return 1200
    return 700 if _WEAK.search(before) else 1000
