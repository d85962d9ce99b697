"""Which part of a job text a sentence belongs to: requirements, duties, benefits, or about the company."""

import re
from collections.abc import Sequence

from .headings import LONGEST, Part, part_named
from .sentences import Sentence

__all__ = ["ASKING", "Part", "parts_of"]

ASKING = frozenset({Part.INTRO, Part.DUTIES, Part.REQUIREMENTS, Part.NICE})
"""Parts that can ask for something."""

_COLON = re.compile(r"[:：]")
_COMPANY = re.compile(
    r"我们是一?[家个群支]|我们团队|本?公司(?:成立|创立|是一|致力|位于|总部|主营|拥有|现有)|本公司"
    r"|[^，。,:：]{2,24}(?:成立于|创立于|是一家|总部位于|是国内|是全球)"
    r"|(?:we(?:'re| are)|join) (?:an?|the) (?:[\w-]+ ){0,4}(?:company|startup|start-up|firm|team|agency|hospital|bank)"
    r"|founded in|established in|our (?:company|mission|vision) "
    r"|(?:\w+ ){1,3}is an? (?:leading|global|fast|growing|equal)",
    re.I,
)
_OFFER = re.compile(
    r"[五六七]险[一二]金|带薪年假|年终奖|补充(?:商业)?医疗|下午茶|团建|免费(?:三餐|班车)|股票期权|节日福利|健康体检|\d{1,2}薪"
    r"|health insurance|paid (?:time off|leave|vacation|holidays)|401\(?k|stock options|pension (?:plan|scheme)"
    r"|annual leave|equal opportunity employer|free (?:lunch|snacks|meals)",
    re.I,
)
_WORK_ON_IT = re.compile(r"负责|办理|缴纳|核算|熟悉|管理|manag|administ|process|prepar|knowledge", re.I)
_SEEN = 400
"""Characters of a sentence that are looked at."""


def parts_of(text: str, sentences: Sequence[Sentence]) -> list[Part | None]:
    """The part of each sentence; None for a heading that says nothing else."""
    found: list[Part | None] = []
    part = Part.INTRO
    for sentence in sentences:
        named, alone = _heading(text, sentence)
        part = named or part
        found.append(None if named and alone else _own(text, sentence, part))
    return found


def _heading(text: str, sentence: Sentence) -> tuple[Part | None, bool]:
    """The part that the sentence's beginning names, and whether it says nothing else."""
    colon = _COLON.search(text, sentence.start, min(sentence.end, sentence.start + LONGEST))
    if colon:
        alone = not any(c.isalnum() for c in text[colon.end() : sentence.end])
        return part_named(text[sentence.start : colon.start()]), alone
    if sentence.end - sentence.start <= LONGEST and _ends_line(text, sentence.end):
        return part_named(text[sentence.start : sentence.end]), True
    return None, False


def _ends_line(text: str, end: int) -> bool:
    rest = text[end : end + 6].lstrip(" \t】])）*#_")
    return not rest or rest[0] in "\r\n" or rest[0].isdigit() or rest[0] in "•●▪■◆►:：([（"


def _own(text: str, sentence: Sentence, part: Part) -> Part:
    """The part of a sentence that speaks of the company or its offer wherever it stands."""
    words = text[sentence.start : min(sentence.end, sentence.start + _SEEN)].replace("\u2019", "'")
    if part is Part.INTRO and _COMPANY.match(words):
        return Part.ABOUT
    if part in ASKING and _OFFER.search(words) and not _WORK_ON_IT.search(words):
        return Part.BENEFITS
    return part
