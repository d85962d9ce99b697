"""What a text denies of the skills that it names: ``no Go experience``, ``not interested in Go``, ``不会Java``."""

import re
from bisect import bisect_left

_REACH = 60
_CLAUSE = re.compile(r"[。！？!?;；\n]|\.(?=\s)|，|, (?=but|and i|i )|但|\bbut\b|而是")
"""Where what was denied before no longer counts; an enumeration goes on over ``、`` and ``,``."""

_CUE = re.compile(r"\b(?:no|not|without|lack|never|zero|do|does|have|isn|little|uninterested)|[不没未无缺零尚]")
"""How every denial begins: a text without any of these near a term denies nothing of it."""

_ENGLISH = re.compile(
    r"\b(?:no|not(?! only| just| merely)|without|lacks?|lacking|never|zero|don't|doesn't|do not|does not|haven't|"
    r"have not|isn't|little)\b"
    r"(?: (?:any|much|prior|previous|direct|hands[ -]on|commercial|professional|practical|yet|had|have|been|to|a|an|"
    r"the|with|in|of|as))*"
    r" ?(?:experience|knowledge|familiar(?:ity)?|exposure|background|skills?|proficient|proficiency|know|used?|"
    r"worked|work|touched|learn(?:ed|t)?|require[ds]?|need(?:ed)?|tried|written|programmed|coded)\b"
    r"(?: (?:is|are|with|in|of|to|on|using|the|any|for|about))*[ :]*"
)
_UNWANTED = re.compile(
    r"\b(?:(?:not|don't|doesn't|never|no longer|wouldn't)(?: (?:really|particularly|currently|very|be))?"
    r" (?:want(?:ing)?|wish(?:ing)?|like|intend(?:ing)?|plan(?:ning)?|care|looking|keen|willing|interested|enjoy)|"
    r"no (?:interest|desire|wish|plans?)|uninterested)\b"
    r"(?: (?:to|in|on|for|with|any|more|about|be|an?|the|again|anymore|(?:work|us|do|learn|writ|cod|program|develop|"
    r"touch|return)[a-z]{0,6}))*[ :]*"
)
"""What somebody does not want to do; the last group takes in ``working with``, ``to use`` and their kin."""

_WITHOUT = re.compile(r"(?<!not )\bwithout(?: (?:any|the|use|of|using|knowing|having|used|a|an))*[ ]")
_CHINESE = re.compile(
    r"(?:不会|不懂|不熟悉|不熟|不擅长|不了解|不精通|不掌握|未掌握|未使用过?|没有?用过|没有?使用过|没有?接触过|未接触过?|"
    r"没有?学过|没有?做过|没有?写过|没有?碰过|从未(?:使用|用|接触|学|做|写)过?|未曾(?:使用|用|接触|学|做|写)过?|不要求|不需要|无需|不必|"
    r"不(?:太|再|是很)?(?:想|愿意?|喜欢|打算|考虑)(?:再|继续|去)?|不做|不写|不碰)"
    r"(?:使用|掌握|熟悉|了解|从事|接触|学习|会|懂|有|做|写|用|学|碰)?[ ]*"
)
_LACK_EN = re.compile(
    r"\b(?:no(?! (?:problem|doubt|less|fewer|more|later|matter|one|longer))|without|lacks?|lacking|zero|little)"
    r"(?: (?:any|much|or little|prior|previous|direct|real|relevant|significant|formal|paid|practical|commercial|"
    r"professional|production|industry|work|working|hands[ -]on))*[ ]"
)
_LACKED_EN = re.compile(
    r"(?: [a-z\-]{1,20}){0,2}(?:(?:, | or | nor | and |/)[^ ,./;:]{1,24}(?: [^ ,./;:]{1,24})?){0,4}"
    r"(?: [a-z\-]{1,20})?"
    r" (?:experience|knowledge|background|skills?|exposure|expertise|training)\b"
)
_LISTED_EN = re.compile(r"(?:[^,/ ]{1,24}(?: [^,/ ]{1,24}){0,2}(?:,? (?:or|nor|and) |/|, ?)){0,4}")
_LACK = re.compile(r"(?:无|没有?|缺乏|缺少|暂无|尚无|零)(?:任何|相关|实际|过)*[ ]*")
_LACKED = re.compile(r"[^，,。；;\n但]{0,12}?(?:经验|基础|背景|经历|知识|能力|技能)")
_AFTER = re.compile(
    r" (?:is |are |experience )?(?:is |are )?not (?:required|needed|necessary)\b| ?(?:不要求|不需要|不作要求)|"
    r" ?(?:[完并]?全?不感兴趣|没有?兴趣|没有?用过|没有?接触过|没有?学过|从未用过)|"
    r" ?(?:不会|不懂|不熟|不了解|不熟悉)(?=[,，。;；\n]|$)"
)
_APART = re.compile(r"\b(?:other than|besides|except|outside|apart from|beyond)\b|除了?")
"""What is left out of a denial: ``no experience other than Java``."""
_OUTSIDE = re.compile(r" ?(?:以外|之外)")
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
        after = self._flat[end : end + 60]
        if before and not _OUTSIDE.match(after) and _denied(before, after):
            return True
        return bool(_AFTER.match(self._flat, end, end + 40))


def _denied(before: str, after: str) -> bool:
    for pattern in (_ENGLISH, _UNWANTED, _WITHOUT, _CHINESE):
        for found in pattern.finditer(before):
            if _ENUMERATION.fullmatch(before, found.end()) and not _APART.search(before, found.end()):
                return True
    if any(_ENUMERATION.fullmatch(before, found.end()) and _LACKED.match(after) for found in _LACK.finditer(before)):
        return True
    lists = [before[found.end() :] for found in _LACK_EN.finditer(before)]
    lacked = _LACKED_EN.match(after) if lists else None
    return lacked is not None and any(_one_list(items, lacked.group()) for items in lists)


def _one_list(before: str, after: str) -> bool:
    """Whether the items around a term make one list; commas alone may part two things (``no degree, Java skills``)."""
    if not _LISTED_EN.fullmatch(before):
        return False
    return "," not in before or any(word in before + after for word in (" or ", " nor ", " and ", "/"))
