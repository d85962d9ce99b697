"""What a text denies of the skills that it names: ``no experience with Go``, ``不会Java``, ``无Java经验``."""

import re
from bisect import bisect_left

_REACH = 60
_CLAUSE = re.compile(r"[。！？!?;；\n]|\.(?=\s)|，|, (?=but|and i|i )|但|\bbut\b|而是")
"""Where what was denied before no longer counts; an enumeration goes on over ``、`` and ``,``."""

_CUE = re.compile(r"\b(?:no|not|without|lack|never|zero|do|does|have|isn|little)|[不没未无缺零尚]")
"""How every denial begins: a text without any of these near a term denies nothing of it."""

_ENGLISH = re.compile(
    r"\b(?:no|not|without|lacks?|lacking|never|zero|don't|doesn't|do not|does not|haven't|have not|isn't|little)\b"
    r"(?: (?:any|much|prior|previous|direct|hands[ -]on|professional|yet|had|have|been|to|a|an|the|with|in|of|as))*"
    r" ?(?:experience|knowledge|familiar(?:ity)?|exposure|background|skills?|proficient|proficiency|know|used?|"
    r"worked|work|touched|learn(?:ed|t)?|require[ds]?|need(?:ed)?)\b"
    r"(?: (?:is|are|with|in|of|to|on|using|the|any|for|about))*[ :]*"
)
_CHINESE = re.compile(
    r"(?:不会|不懂|不熟悉|不熟|不擅长|不了解|不精通|不掌握|未掌握|未使用过?|没有?用过|没有?使用过|没有?接触过|未接触过?|"
    r"没有?学过|没有?做过|从未使用过?|不要求|不需要|无需|不必)(?:使用|掌握|熟悉|了解|会|懂|有)?[ ]*"
)
_LACK = re.compile(r"(?:无|没有|缺乏|缺少|暂无|尚无|零)(?:任何|相关|实际|过)*[ ]*")
_LACKED = re.compile(r"[^，,。；;\n但]{0,12}?(?:经验|基础|背景|经历|知识|能力|技能)")
_AFTER = re.compile(
    r" (?:is |are |experience )?(?:is |are )?not (?:required|needed|necessary)\b| ?(?:不要求|不需要|不作要求)"
)
_ENUMERATION = re.compile(r"(?:[^、,/和或与及 ]{1,24}(?: or | and |[、/和或与及]|, | ){1,2}){0,4}")


class Denials:
    """The denials of one folded text."""

    def __init__(self, flat: str) -> None:
        self._flat = flat
        self._cues = [cue.start() for cue in _CUE.finditer(flat)]

    def cover(self, start: int, end: int) -> bool:
        """Whether the term at [start, end) is denied in its own clause."""
        at = bisect_left(self._cues, start - _REACH)
        if at == len(self._cues) or self._cues[at] > end + 24:
            return False
        before = self._flat[max(0, start - _REACH) : start]
        if stops := list(_CLAUSE.finditer(before)):
            before = before[stops[-1].end() :]
        if before and _denied(before, self._flat[end : end + 24]):
            return True
        return bool(_AFTER.match(self._flat, end, end + 40))


def _denied(before: str, after: str) -> bool:
    for pattern in (_ENGLISH, _CHINESE):
        for found in pattern.finditer(before):
            if _ENUMERATION.fullmatch(before, found.end()):
                return True
    return any(_ENUMERATION.fullmatch(before, found.end()) and _LACKED.match(after) for found in _LACK.finditer(before))
