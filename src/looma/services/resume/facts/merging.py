"""Puts the facts of all finders together: what no entry used, what two of them found, and the order."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence

from looma.contracts.resume import DegreeLevel, Fact, FactKind, SkillMention, Title

from .chinese_organizations import NamedOrganization
from .degrees import Degree
from .document import Document, between, fact
from .education import StudyEntry
from .lines import trimmed
from .sections import SectionKind

_APART = frozenset(
    {FactKind.COMPANY, FactKind.TITLE, FactKind.SCHOOL, FactKind.DEGREE, FactKind.MAJOR, FactKind.GRADUATION_YEAR}
)
"""Kinds of which no two facts overlap: the entry's reading wins over the loose one, then the earlier in the list."""
_SURE_ENGLISH = 0.85
_LONGEST_NAME = 120
"""Code points; a mention is in no name that begins farther before it."""


def apart_from(titles: Sequence[Title], organizations: Sequence[NamedOrganization], text: str) -> list[Title]:
    """The titles without an organisation at their front: ``Example Inc. Engineer`` is the title Engineer."""
    clear = []
    for title in titles:
        inside = [name for name in between(organizations, title.start, title.end) if not name.generic]
        if inside and inside[-1].end < title.end:
            rest = trimmed(text, inside[-1].end, title.end)
            title = title.model_copy(update={"text": rest.text, "start": rest.start, "end": rest.end})
        if title.text and not (inside and inside[-1].end >= title.end):
            clear.append(title)
    return clear


def outside_names(mentions: Sequence[SkillMention], organizations: Sequence[NamedOrganization]) -> list[SkillMention]:
    """The skills that are not part of an organisation's name: 示例电子商务有限公司 says nothing of e-commerce."""
    kept = []
    for mention in mentions:
        names = between(organizations, mention.start - _LONGEST_NAME, mention.end)
        if not any(name.start <= mention.start and mention.end <= name.end for name in names if not name.generic):
            kept.append(mention)
    return kept


def loose_facts(document: Document, studies: Sequence[StudyEntry]) -> list[Fact]:
    """Organisations, degrees and titles wherever they stand; what an entry says too is dropped later."""
    found = [fact for name in document.organizations if (fact := _organization(document, name)) is not None]
    for degree in document.degrees:
        found += _degree(document, degree)
    return found + [_title(document, title) for title in document.titles]


def without_overlaps(facts: Sequence[Fact]) -> list[Fact]:
    """Each kind and place once; of overlapping names of one kind, the first in the list stays.

    A company and a school are one thing read twice: the first of them stays, too.
    """
    kept = []
    seen: set[tuple[FactKind, int | None, int | None]] = set()
    taken: dict[FactKind, list[tuple[int, int]]] = defaultdict(list)
    for found in facts:
        key = (found.kind, found.start, found.end)
        if key in seen:
            continue
        seen.add(key)
        if found.kind in _APART and found.start is not None and found.end is not None:
            group = FactKind.COMPANY if found.kind is FactKind.SCHOOL else found.kind
            if _overlaps(taken[group], found.start, found.end):
                continue
            insort(taken[group], (found.start, found.end))
        kept.append(found)
    return kept


def in_order(facts: Sequence[Fact]) -> list[Fact]:
    """By place, then by kind; facts without a place last."""
    return sorted(
        facts,
        key=lambda found: (found.start is None, found.start or 0, found.kind.value, found.end or 0, found.value),
    )


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_left(taken, (start, start))
    return (place < len(taken) and taken[place][0] < end) or (place > 0 and taken[place - 1][1] > start)


def _organization(document: Document, name: NamedOrganization) -> Fact | None:
    """A loose organisation: Chinese ones bear suffixes that hardly lie; English schools need an entry around them."""
    chinese = "\u4e00" <= document.text[name.end - 1] <= "\u9fff" or document.text[name.end - 1] in "）)"
    if name.generic or (not chinese and (name.kind is FactKind.SCHOOL or name.confidence < _SURE_ENGLISH)):
        return None
    rule = "school" if name.kind is FactKind.SCHOOL else "company"
    return fact(name.kind, document.text, name.start, name.end, name.confidence, rule)


def _degree(document: Document, degree: Degree) -> Iterator[Fact]:
    """A degree outside of entries; among duties and projects only Chinese words of level count, being unmistakable."""
    kind = document.kind_at(degree.start)
    if kind in (SectionKind.WORK, SectionKind.PROJECTS, SectionKind.SKILLS) and document.text[degree.start].isascii():
        return
    if degree.level is DegreeLevel.SECONDARY and document.text[degree.start].isascii():
        return
    found = fact(FactKind.DEGREE, document.text, degree.start, degree.end, 0.8, "degree")
    yield found.model_copy(update={"value": str(degree.level)})
    if degree.major is not None:
        yield fact(FactKind.MAJOR, document.text, *degree.major, 0.7, "major")


def _title(document: Document, title: Title) -> Fact:
    found = fact(FactKind.TITLE, document.text, title.start, title.end, 0.85 if title.concept_id else 0.7, "title")
    return found.model_copy(update={"concept_id": title.concept_id})
