"""Years of work in total, and years with each skill: from dated positions first, else from what the text says."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from looma.contracts.resume import Fact, Skill, SkillMention, Span, Work

from .dates import least_years, union_months, years
from .lines import folded

_HAN_NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_NUMBER = r"(?P<number>\d{1,2}(?:\.\d)?|[一两二三四五六七八九十])"
_AFTER = re.compile(
    rf"\s{{0,2}}(?:[(（]\s?|[:：–—-]\s?|\s)(?:(?P<less>[Ll]ess than|<|不到|不足)\s?)?(?:[Oo]ver "
    rf"|[Aa]bout |约)?{_NUMBER}\s?\+?\s?(?:years?|yrs?|年)"
    r"(?:以上|多)?(?:\s?(?:of )?(?:experience|经验))?(?![\u4e00-\u9fff]{0,2}(?:月|级|届|毕业|度))"
)
"""``Python (5 years)``, ``C++ (Less than 1 year)``, ``Java: 3年``."""
_BEFORE = re.compile(
    rf"(?<![\d.]){_NUMBER}\s?\+?\s?(?:多|余)?(?:年(?:以上|多)?(?:的)?(?:[\u4e00-\u9fff]{{0,4}}[\u4e00-\u9fff、]?)?"
    r"|(?:years?|yrs?)['’]?\s(?:of\s)?(?:(?:hands-on|professional|work(?:ing)?|solid|relevant"
    r"|industry|development)\s){0,2}"
    r"(?:experience\s)?(?:(?:in|with|of|using|developing|on)\s)?)\s?$"
)
"""``5年Python…``, ``5 years of experience with Python``."""
_HAN_COUNTED = re.compile(r"\s?[\u4e00-\u9fff/、A-Za-z+# ]{0,10}?(?:经验|经历)")
_LOOK_BACK = 60


def years_total(work: Iterable[Work], stated: Sequence[Fact], today: date) -> float | None:
    """Years that the dated positions cover (overlaps once); without any, the most that the text states; else None."""
    months = union_months(work, today)
    if months:
        return years(months)
    return max((least_years(fact.value) for fact in stated), default=None)


def skills_of(text: str, mentions: Sequence[SkillMention], work: Sequence[Work], today: date) -> list[Skill]:
    """Each skill once, in the order of its first mention, with all its places, its years and when it was used last."""
    places: dict[str, list[SkillMention]] = defaultdict(list)
    for mention in mentions:
        places[mention.concept_id].append(mention)
    positions = _positions(mentions, work)
    plain = folded(text)
    skills = []
    for concept, named in places.items():
        held = positions.get(concept, [])
        months = union_months(held, today)
        first = named[0]
        skills.append(
            Skill(
                concept_id=concept,
                name=first.name,
                kind=first.kind,
                broader=first.broader,
                years=years(months) if months else _stated(plain, named),
                last_used=max((_until(position, today) for position in held), default="") or None,
                spans=[Span(start=mention.start, end=mention.end) for mention in named],
            )
        )
    return skills


def _positions(mentions: Sequence[SkillMention], work: Sequence[Work]) -> dict[str, list[Work]]:
    """The dated positions whose passages name each skill; positions told in one passage count once per period."""
    ordered = sorted(mentions, key=lambda mention: mention.start)
    starts = [mention.start for mention in ordered]
    held: dict[str, list[Work]] = defaultdict(list)
    seen = set()
    for position in work:
        when = (position.passage_start, position.passage_end, position.began, position.ended, position.current)
        if position.began is None or when in seen:
            continue
        seen.add(when)
        inside = range(bisect_left(starts, position.passage_start), bisect_left(starts, position.passage_end))
        for concept in {ordered[index].concept_id for index in inside}:
            held[concept].append(position)
    return held


def _until(position: Work, today: date) -> str:
    return f"{today:%Y-%m}" if position.current else position.ended or ""


def _stated(plain: str, named: Sequence[SkillMention]) -> float | None:
    """The most that the text says outright beside one of the places; less than a year counts as half a one."""
    found = []
    for mention in named:
        after = _AFTER.match(plain, mention.end)
        if after is not None:
            found.append(0.5 if after["less"] else _number(after["number"]))
        before = _BEFORE.search(plain, max(0, mention.start - _LOOK_BACK), mention.start)
        if before is not None and ("年" not in before[0] or _HAN_COUNTED.match(plain, mention.end)):
            found.append(_number(before["number"]))
    return max((value for value in found if 0 < value <= 60), default=None)


def _number(words: str) -> float:
    return float(_HAN_NUMBERS.get(words) or words)
