"""Where titles stand in a text: an occupation's name, grown by the ranks and specialisations around it."""

import re
from collections.abc import Iterator
from functools import cache

from .skills import lexicon
from .taxonomy import load_titles
from .taxonomy.folding import HAN, LATIN, FoldedText
from .title_words import (
    ADVERTISED_ZH,
    AFTER_ZH,
    ALONE_EN,
    AS_EN,
    BARE_ZH,
    BEFORE_ZH,
    DEPARTMENT_ZH,
    HEAD_ZH,
    LABEL,
    LATIN_ZH,
    MODIFIERS_ZH,
    ORGANISATION_ZH,
    OTHERS_EN,
    OTHERS_ZH,
    OWN_ZH,
    RECRUITERS_ZH,
    SENIORITY_EN,
    WEAK_EN,
)
from .titles import GENERIC, title_index

_HAN = re.compile(f"[{HAN}]")
_EDGE = re.compile(r"[\n\t|｜·•●▪■◆►,，、;；:：。！？!?/()\[\]【】<>《》\"“”]| {2,}| -{1,2} |(?<=\S) - |\.(?=\s)")
_WORD_BEFORE = re.compile(rf"([{LATIN}][{LATIN}&.+#'\-]*)[ ]$")
_PAIR_BEFORE = re.compile(rf"([{LATIN}][{LATIN}\-]*) (?:&|and) $")
_LATIN_BEFORE = re.compile(rf"[{LATIN}.+#/&\-]{{1,20}} ?$")
_OF_EN = re.compile(rf" of (?:the )?[{LATIN}&\-]+(?: (?:and |& )?[{LATIN}&\-]+){{0,3}}")
_LEVEL_EN = re.compile(r" (?:i{1,3}|iv|v|[1-3])(?![\w.%+])")
_LOWER = re.compile(r"(?<![^\W\d_])[a-z]+")
_LONG_CELL = 60
_ABBREVIATION = 3
_REACH = 40
_MAX_TITLES = 5_000
_MAX_HEADS = 20_000
"""Names of occupations that are looked at: more than a document of 500 pages has."""
_HELPERS_ZH = ("助理", "秘书", "实习生", "负责人", "代表", "主管", "经理", "总监", "组长", "师", "员")
_BOARD = frozenset("chairman vice-chairman board-director ceo general-manager vice-president founder".split())


def phrases_of(text: str) -> list[tuple[int, int]]:
    """Ranges of the titles of a text, in order, none overlapping another; at most 5,000."""
    folded = FoldedText(text)
    found: list[tuple[int, int]] = []
    for start, end in _grown(text, folded):
        if found and start < found[-1][1]:
            found[-1] = (min(start, found[-1][0]), end)
        else:
            found.append((start, end))
        if len(found) == _MAX_TITLES:
            break
    return found


def _grown(text: str, folded: FoldedText) -> Iterator[tuple[int, int]]:
    flat, done = folded.flat, 0
    for start, end, concept in _heads(folded):
        if start < done:
            continue
        if _HAN.match(flat[start]):
            grown = _han_phrase(flat, max(done, start - _REACH), start, end)
        else:
            grown = _latin_phrase(text, flat, max(done, start - 2 * _REACH), start, end, concept)
        if grown:
            yield grown
            done = grown[1]


def _heads(folded: FoldedText) -> Iterator[tuple[int, int, str]]:
    """Names of occupations; two that make one title (``销售经理助理``, ``Software Engineer Intern``) are one."""
    pending: tuple[int, int, str] | None = None
    for hit in title_index().find(folded)[:_MAX_HEADS]:
        here = (hit.start, hit.end, hit.value)
        if pending and _join(folded.flat, pending, here):
            pending = (pending[0], hit.end, hit.value)
            continue
        if pending and pending[2]:
            yield pending
        pending = here
    if pending and pending[2]:
        yield pending


def _join(flat: str, left: tuple[int, int, str], right: tuple[int, int, str]) -> bool:
    if not left[2] or not right[2]:
        return False
    between = flat[left[1] : right[0]]
    if _HAN.match(flat[right[0]]):
        word = flat[right[0] : right[1]]
        if flat[left[0] : left[1]] == "招聘" and word[:2] not in RECRUITERS_ZH:
            return False
        return not between and (word in _HELPERS_ZH[:3] or left[2] not in _BOARD)
    return between == " " and flat[left[1] - 1].isascii()


# Chinese


def _han_phrase(flat: str, floor: int, start: int, end: int) -> tuple[int, int] | None:
    began = _han_start(flat, floor, start)
    if flat[start:end] in BARE_ZH:
        began = _unknown_words(flat, floor, began)
    end = _closed(flat, end)
    left, right = _cell(flat, start, end)
    if ADVERTISED_ZH.fullmatch(flat, left, began):
        left = began
    elif not _begins_zh(flat, began) and _begins_zh(flat, start):
        began = start
    fills = began <= left + 1 and end >= right - 1
    if fills or LABEL.search(flat[max(0, left - 20) : left]):
        return (began, end) if fills or _ends_zh(flat, end) else None
    if left == began and _ends_zh(flat, end) and _advertised(flat, left):
        return began, end
    if flat[began:end].endswith("会计") and end - began > 2 and OWN_ZH.search(flat, max(0, began - 8), began):
        return (began, end) if _ends_zh(flat, end) else None
    if flat[end - 1] not in HEAD_ZH and not flat[start:end].endswith(("主任", "代表", "顾问", "助理", "秘书", "总裁")):
        return (began, end) if _organisation(flat, began) and _ends_zh(flat, end) else None
    before = flat[max(0, began - 8) : began]
    if (OTHERS_ZH.search(before) and not OWN_ZH.search(before)) or not _ends_zh(flat, end):
        return None
    # A name without its kind (``任辉煌科技董事长``) may stand before a title that ends its clause.
    return (began, end) if _begins_zh(flat, began) or end >= right else None


def _advertised(flat: str, began: int) -> bool:
    return bool(ADVERTISED_ZH.search(flat[max(0, began - 4) : began]))


def _organisation(flat: str, began: int) -> bool:
    return bool(ORGANISATION_ZH.search(flat[max(0, began - 4) : began])) or flat[began - 1 : began] in " 任为"


def _begins_zh(flat: str, began: int) -> bool:
    before = flat[max(0, began - 4) : began]
    return not before or not _HAN.match(before[-1]) or bool(ORGANISATION_ZH.search(before) or BEFORE_ZH.search(before))


def _ends_zh(flat: str, end: int) -> bool:
    return end >= len(flat) or not _HAN.match(flat[end]) or bool(AFTER_ZH.match(flat, end))


def _closed(flat: str, end: int) -> int:
    """Past a level behind the title, such as ``Ⅱ`` or ``(实习)``'s kin; brackets stay outside."""
    return end + 1 if flat[end : end + 1] in tuple("ⅰⅱⅲⅳ") else end


def _han_start(flat: str, floor: int, start: int) -> int:
    """Where a title begins, going left over words that belong to it: ranks, departments, skills, names of tools."""
    began = start
    while began > floor:
        step = _step_left(flat, floor, began)
        if not step:
            break
        began -= step
    while began < start and flat[began] in " /&-.":
        began += 1
    return began


def _step_left(flat: str, floor: int, began: int) -> int:
    if flat[began - 1] in DEPARTMENT_ZH and (inner := _step_over(flat, floor, began - 1)):
        return inner + 1
    if step := _step_over(flat, floor, began):
        return step
    if flat[began - 1] in "/&" and began - floor > 2 and (_step_over(flat, floor, began - 1)):
        return 1
    if latin := _LATIN_BEFORE.search(flat, max(floor, began - 21), began):
        word = latin.group().strip(" -/&")
        if word and (word in LATIN_ZH or title_index().get(word + "工程师") or _is_skill(word)):
            return began - latin.start() - (len(latin.group()) - len(latin.group().lstrip("-/&. ")))
    return 0


def _step_over(flat: str, floor: int, began: int) -> int:
    for length in (5, 4, 3, 2, 1):
        if began - length < floor:
            continue
        word = flat[began - length : began]
        if word == "招聘" and flat[began : began + 2] not in RECRUITERS_ZH:
            return 0
        if word in MODIFIERS_ZH or (length > 1 and _is_skill(word)):
            return length
    return 0


def _is_skill(word: str) -> bool:
    meaning = lexicon().get(word)
    return meaning is not None and bool(meaning.certain or meaning.possible)


def _unknown_words(flat: str, floor: int, began: int) -> int:
    """Up to six more characters before a bare head word, if a boundary stands before them (``冶金工艺室主任``)."""
    for back in range(7):
        place = began - back
        if place < floor:
            return began
        before = flat[max(0, place - 4) : place]
        if not before or not _HAN.match(before[-1]):
            return place
        if (back == 0 or back > 1) and (ORGANISATION_ZH.search(before) or BEFORE_ZH.search(before)):
            return place
    return began


# English


def _latin_phrase(text: str, flat: str, floor: int, start: int, end: int, concept: str) -> tuple[int, int] | None:
    left, right = _cell(flat, start, end)
    titled = text[start].isupper()
    began = _latin_start(text, flat, max(floor, left), (start, end), concept in GENERIC or end - start < 10)
    end = _latin_end(text, flat, end, right, titled)
    if began <= left + 1 and end >= right - 1 and right - left <= _LONG_CELL:
        return (began, end) if end - began > _ABBREVIATION or _fills_line(flat, began, end) else None
    if _attached(flat, began, end) or flat[start:end] in ALONE_EN:
        return None
    weak = flat[start:end].replace(" ", "-") in WEAK_EN and began == start
    if not titled and not text[began].isupper():
        before = flat[max(0, began - 60, left) : began]
        return (began, end) if AS_EN.search(before) and not OTHERS_EN.search(before) else None
    if LABEL.search(flat[max(0, left - 20) : left]) or AS_EN.search(flat[max(left, began - 60) : began]):
        return began, end
    # In a cell that goes on, a title comes first or after words that are capitals or numbers, such as dates.
    return (
        (began, end) if not weak and not _LOWER.search(text, left, began) and right - left <= 2 * _LONG_CELL else None
    )


def _fills_line(flat: str, began: int, end: int) -> bool:
    """Whether nothing else stands in the line; two or three letters behind a comma are a place (``Dover, DE``)."""
    line = flat[flat.rfind("\n", 0, began) + 1 : began].strip()
    return not line or line.endswith((":", "|", "："))


def _attached(flat: str, began: int, end: int) -> bool:
    return flat[began - 1 : began] in ("-", "'", "@") or flat[end : end + 1] in ("-", "'", "@", "_")


def _latin_start(text: str, flat: str, floor: int, head: tuple[int, int], bare: bool) -> int:
    began, titled = head[0], text[head[0]].isupper()
    worded = " " in flat[slice(*head)]
    for _ in range(6):
        word = _WORD_BEFORE.search(flat, max(floor, began - 30), began)
        if titled and (worded or began < head[0]) and (pair := _pair(text, flat, floor, began)) is not None:
            began = pair
            continue
        if not word or word.start() < floor:
            break
        name = word[1].strip(".")
        known = name in SENIORITY_EN or name in _vocabulary() or _is_skill(name)
        capital = text[word.start()].isupper()
        if (titled and not capital and name not in ("and", "&")) or not (known or (bare and capital)):
            break
        if name in ("and", "&", "of", "the", "a", "an"):
            break
        began = word.start()
    return began


def _pair(text: str, flat: str, floor: int, began: int) -> int | None:
    """Where the first of two fields begins (``Sales & Marketing Manager``); None when it is a title or unknown."""
    pair = _PAIR_BEFORE.search(flat, max(floor, began - 30), began)
    if not pair or not text[pair.start()].isupper():
        return None
    name = pair[1]
    if title_index().get(name) and name not in ALONE_EN:
        return None
    return pair.start() if name in _vocabulary() or _is_skill(name) else None


def _latin_end(text: str, flat: str, end: int, right: int, titled: bool) -> int:
    if titled and (more := _OF_EN.match(flat, end, right)) and text[more.end() - 1 :][:1]:
        words = text[end : more.end()].split()
        kept = [word for word in words if word.lower() in ("of", "the", "and", "&") or word[0].isupper()]
        if words == kept:
            end = more.end()
    if level := _LEVEL_EN.match(flat, end, right):
        end = level.end()
    return end


@cache
def _vocabulary() -> frozenset[str]:
    """Words of the English names of occupations, which specialise other ones as well."""
    names = (name for concept in load_titles().concepts.values() for name in (concept.en, *concept.en_aliases))
    small = {"of", "the", "and", "in", "for", "to", "a", "an", "at", "on", "i", "member", "self"}
    return frozenset(word.lower() for name in names for word in name.split() if len(word) > 1) - small


def _cell(flat: str, start: int, end: int) -> tuple[int, int]:
    """The line, cell or clause around a place, at most 120 characters on each side, without blanks at its ends."""
    low, high = max(0, start - 3 * _REACH), min(len(flat), end + 3 * _REACH)
    for edge in _EDGE.finditer(flat, low, start):
        low = edge.end()
    after = _EDGE.search(flat, end, high)
    high = after.start() if after else high
    while low < start and flat[low] == " ":
        low += 1
    while high > end and flat[high - 1] == " ":
        high -= 1
    return low, high
