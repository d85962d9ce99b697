"""What the words around an ambiguous surface say: whether ``Go`` is a language here, and how surely."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_HARD = re.compile(r"[。！？!?]|\.(?=\s)|(?<=[a-z]{3})\.(?=[a-z]{4})|\n[ \t]*\n")
"""Where a list certainly ends."""
_SEPARATOR = re.compile(r"[,，、;；|·•●▪■◆►*/\\\n:()\[\]【】{}]|\.(?!\S)| {2,}| (?:and|or|&) |[和与及或]|以及")

_SKILL_LABEL = re.compile(
    r"(?:skills?|languages?|technolog(?:y|ies)|tools?|software|stack|frameworks?|certificat(?:es|ions)|qualifications|"
    r"competenc(?:y|ies)|proficienc(?:y|ies)|expertise|技能|特长|语言|工具|技术栈?|框架|软件|证书|能力|擅长)[ -]*"
)

_STRONG_BEFORE = re.compile(
    r"(?:experienced? (?:with|in|of|using)|knowledge (?:of|in)|proficien(?:t|cy) (?:in|with|at)|skilled (?:in|with|at)|"
    r"expertise (?:in|with)|expert (?:in|at|with)|familiar(?:ity)? with|fluent in|fluency in|(?:written|programming|"
    r"coding|programmed|coded|implemented|developed|built|certified|certification|trained|training|background|degree|"
    r"specialized|specialised|specializing|specialising|competent|versed|well-versed|mastery|command) (?:in|of|with)|"
    r"understanding of|certified|native|fluent|advanced|(?:you|to|must|should|who) know|"
    r"熟悉|精通|掌握|熟练(?:使用|掌握|运用|操作)?|熟知|擅长|了解|会用|会说|考取|持有|取得|获得|通过|"
    r"(?:使用|运用|应用|学习|基于|采用|从事|具备|具有|良好的|较强的|优秀的|熟练的))(?:了|过)?[ :：「“\"]*(?:the |an? )?"
)
_STRONG_AFTER = re.compile(
    r"[ -]?(?:programming|language|languages|developers?|development|programmers?|engineers?|coding|scripting|"
    r"certified|certificate|certification|licen[cs]e|skills?|experience|expertise|proficiency|framework|"
    r"speaker|speaking|native|fluent|preferred|(?:is |are |would be )?(?:a plus|an advantage|desirable))\b"
    r"| ?(?:者|证)?优先| ?(?:者)?加分"
    r"| ?\(?(?:语言|编程|开发|工程师|程序|框架|后端|前端|脚本|证书?|资格|认证|能力|技能|技巧|经验|软件|工具|操作|"
    r"行业|领域|方向|母语|流利|精通|熟练|专业)"
)
_WEAK_BEFORE = re.compile(
    r"(?:(?:such as|like|including|e\.g\.,?|i\.e\.,?|use[ds]?|"
    r"using|via|with|in|on|of|learn(?:ed|ing)?|strong|excellent|good|outstanding|basic|solid|"
    r"intermediate|work(?:ed|ing) with|managed|taught|provided|设计|负责|用|会|有|做)) *"
)
_WEAK_AFTER = re.compile(
    r" (?:backend|back-end|services?|apis?|code|scripts?|applications?|apps?|stack|software|platforms?|tools?|suite|"
    r"library|projects?|systems?|reports?|models?|management|abilit(?:y|ies)|microservices?|formulas?|spreadsheets?)\b"
    r"| ?(?:项目|服务|系统|平台|技术|知识|基础|管理|培训|工作|报表|公式|应用|做|完成|实现|搭建|处理)"
)
_QUALIFIER = re.compile(
    r"(?:[0-9.+v]+|years?|yrs?|年|basic|intermediate|advanced|expert|proficient|fluent|native|good|strong|excellent|"
    r"skills?|language|programming|developer|development|experience|certified|certificate|certification|etc|等|"
    r"熟悉|精通|掌握|熟练|使用|了解|运用|操作|语言|编程|开发|软件|证书|证|能力|技能|经验|流利|母语|良好|较强|优秀|"
    r"专业技能|技能|的|[ \-.。%])*"
)
"""What may stand with a term in one item of a list of skills."""
_TOOL_BEFORE = re.compile(r"(?:用|以|基于|拿|利用|借助|依托)[ :：「“\"]*$")
_VERB_AFTER = re.compile(
    r"[ 」”\"]*(?:来|去)?(?:重构|重写|改写|编写|书写|写|开发|实现|构建|搭建|建模|建|做|分析|处理|跑|训练|调用|改造|"
    r"迁移|完成|封装|设计|部署|制作|绘制|画|统计|清洗|计算|爬取|抓取)"
)
"""``用 Go 重构``: what is used, and what is done with it, say together what neither says alone."""

_USED = re.compile(r"(?:\b(?:use[sd]?|using)(?: both| the)? |(?<![采运应适专引作信费])用 ?)$")
_YEAR = re.compile(r"[ ,']*(?:19|20)?[0-9]{2}\b(?![.%+])")

Kindred = Callable[[str], bool]
"""Whether a concept shares one above it, or itself, with the one that is judged."""

_REACH = 160
_ITEMS = 6
_ITEM_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much speaks for a skill at a place; 0 means that nothing does."""

    neighbours: int
    """Points of the other skills in the same list: 2 for one of a kindred concept, 1 for another one."""
    labelled: bool
    """A label such as ``Skills:`` introduces the list."""
    cue: int
    """2 for words that hardly go with anything else (``Go developer``, ``精通Go``), 1 for words that often do."""

    @property
    def confidence(self) -> float | None:
        """How surely this is the skill; None when the context does not carry it."""
        points = min(self.neighbours, 4) + 2 * self.labelled + self.cue
        if points == 0 or (points == 1 and not self.neighbours):
            return None
        return round(min(0.6 + 0.06 * points, 0.9), 2)


class Surroundings:
    """The places of certain skills in a folded text, and judgements on the uncertain ones between them."""

    def __init__(self, flat: str, certain: Sequence[tuple[int, int, str]]) -> None:
        """`flat` is the folded text at the offsets of the original; `certain` is (start, end, concept id), in order."""
        self._flat = flat
        self._certain = certain
        self._starts = [start for start, _, _ in certain]

    def judge(self, start: int, end: int, kindred: Kindred) -> Evidence:
        """What speaks for the surface at [start, end) naming a skill whose relatives `kindred` knows."""
        flat = self._flat
        if self._attached(start, end) or self._heads_the_text(start, end):
            return Evidence(0, False, 0)
        neighbours, labelled = self._list(start, end, kindred)
        before, after = flat[max(0, start - 40) : start], flat[end : end + 24]
        dated = flat[start:end].isascii() and bool(_YEAR.match(after)) and not neighbours
        if dated:
            return Evidence(0, False, 0)
        return Evidence(neighbours, labelled, _cue(before, after))

    def stands_free(self, start: int, end: int) -> bool:
        """Whether a place is no part of a compound, no head line and no season (``Spring 2019``)."""
        dated = _YEAR.match(self._flat, end, end + 8)
        return not (self._attached(start, end) or self._heads_the_text(start, end) or dated)

    def in_use(self, start: int) -> bool:
        """Whether a word such as ``using`` or ``用`` stands directly before a place."""
        return bool(_USED.search(self._flat[max(0, start - 16) : start]))

    def beside(self, start: int, end: int, kindred: Kindred) -> bool:
        """Whether a kindred skill stands within some 80 characters in the same passage."""
        low, high = self._stretch(start, end)
        low, high = bisect_left(self._starts, max(low, start - 80)), bisect_left(self._starts, min(high, end + 80))
        return any(place != start and kindred(concept) for place, _, concept in self._certain[low:high])

    def related(self, start: int, end: int, kindred: Kindred) -> int:
        """How many certain skills within some 1,000 characters are kindred."""
        low, high = bisect_left(self._starts, start - 1000), bisect_left(self._starts, end + 1000)
        return sum(kindred(concept) for _, _, concept in self._certain[low : min(high, low + 100)])

    def _attached(self, start: int, end: int) -> bool:
        """Part of a compound such as ``C-level``, ``R&D`` or ``Word's``."""
        flat = self._flat
        left = start > 1 and flat[start - 1] in "-&'@+" and flat[start - 2].isalnum()
        right = flat[end : end + 1] in ("-", "&", "'", "@") and flat[end + 1 : end + 2].isalnum()
        return left or (right and not _STRONG_AFTER.match(flat, end, end + 24))

    def _heads_the_text(self, start: int, end: int) -> bool:
        """Alone on the first line, where ``CV`` means the document."""
        return not self._flat[:start].strip() and self._flat[end : end + 1] in ("", "\n") if start < 200 else False

    def _list(self, start: int, end: int, kindred: Kindred) -> tuple[int, bool]:
        low, high = self._stretch(start, end)
        items = _items(self._flat, low, high)
        place = next((i for i, (a, b) in enumerate(items) if a <= start and end <= b), None)
        if place is None:
            return 0, False
        a, b = items[place]
        if not _QUALIFIER.fullmatch(self._flat[a:start].strip() + " " + self._flat[end:b].strip()):
            touching = self._touching(items, place, start, end, kindred)
            return sum(2 if kindred(c) else 1 for c in touching), False
        found: set[str] = set()
        labelled = False
        for step in (-1, 1):
            for i in list(range(place + step, place + step * (_ITEMS + 1), step)):
                if not 0 <= i < len(items):
                    break
                left, right = items[i]
                inside = self._within(left, right, nearest_end=step < 0)
                found.update(inside)
                labelled |= step < 0 and bool(_SKILL_LABEL.search(self._flat[left:right].strip()[-24:]))
                if right - left > _ITEM_LENGTH:
                    break
        return sum(2 if kindred(concept) else 1 for concept in found), labelled

    def _touching(self, items: list[tuple[int, int]], place: int, start: int, end: int, near: Kindred) -> set[str]:
        """Skills across one separator from a term inside a clause: kindred ones (``in an Agile/Scrum team``), and
        others where a cue introduces them all (``worked with Go, Docker``)."""
        left, right = items[place]
        found: set[str] = set()
        if end == right and place + 1 < len(items):
            found |= self._within(items[place + 1][0], min(items[place + 1]) + _ITEM_LENGTH, nearest_end=False)
        if start == left and place:
            found |= self._within(max(0, items[place - 1][1] - _ITEM_LENGTH), items[place - 1][1], nearest_end=True)
        if _STRONG_TAIL.search(self._flat[max(0, start - 40) : start]):
            return found
        return {concept for concept in found if near(concept)}

    def _within(self, left: int, right: int, nearest_end: bool) -> set[str]:
        """Certain skills of an item; of a long one, only what stands at the end that is near."""
        if right - left > _ITEM_LENGTH:
            left, right = (right - _ITEM_LENGTH, right) if nearest_end else (left, left + _ITEM_LENGTH)
        low, high = bisect_left(self._starts, left), bisect_left(self._starts, right)
        return {concept for _, _, concept in self._certain[low:high]}

    def _stretch(self, start: int, end: int) -> tuple[int, int]:
        """The text around a place up to where a list certainly ends, at most 160 characters on each side."""
        flat = self._flat
        low, high = max(0, start - _REACH), min(len(flat), end + _REACH)
        for stop in _HARD.finditer(flat, low, start):
            low = stop.end()
        after = _HARD.search(flat, end, high)
        return low, after.start() if after else high


_STRONG_TAIL = re.compile(rf"(?:{_STRONG_BEFORE.pattern}|{_WEAK_BEFORE.pattern})$")
_STRONG_END = re.compile(rf"(?:{_STRONG_BEFORE.pattern})$")


def _cue(before: str, after: str) -> int:
    used = _TOOL_BEFORE.search(before) and _VERB_AFTER.match(after)
    if used or _STRONG_END.search(before) or _STRONG_AFTER.match(after):
        return 2
    return min(1, bool(_STRONG_TAIL.search(before)) + bool(_WEAK_AFTER.match(after)))


def _items(flat: str, low: int, high: int) -> list[tuple[int, int]]:
    """The items of a list in [low, high), without blanks around them; empty ones are left out."""
    items, done = [], low
    for separator in _SEPARATOR.finditer(flat, low, high):
        items.append((done, separator.start()))
        done = separator.end()
    items.append((done, high))
    trimmed = []
    for start, end in items:
        inner = flat[start:end]
        left, right = start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
        if left < right:
            trimmed.append((left, right))
    return trimmed
