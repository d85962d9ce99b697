"""What matching knows of a person: professional facts alone.

Name, age, birth, gender, ethnicity, nationality, photo and the names of schools are no part of it, so no score can
depend on them. Nor is the length of the text, which they change: how much a résumé tells is counted in facts.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from looma.contracts.resume import FactKind, Parsed, Title, Work

from .majors import fields_in

RULES = 1
"""Raised whenever the same document would give other features: people are then read again."""
UNTOLD = -1
MOST_SKILLS, MOST_WORK, MOST_TITLES = 500, 100, 500
"""Of a document that names more, the first ones count: nobody has so many, and time must stay bounded."""
TELLING = 16
"""A résumé with so many skills, studies and (counted twice) positions tells enough."""
FRESH_MONTHS, STALE_MONTHS = 36, 120
"""A skill counts in full when it was used in the last three years, and with 800 of 1000 after ten."""
_ORIGIN = re.compile(
    r"(?:籍\s{0,4}贯|户籍|户口|出生地|祖籍|hometown|place of birth|native place)[^\n|｜,，;；]{0,8}$", re.I
)
_SURE = frozenset({FactKind.SKILL, FactKind.TITLE, FactKind.DATE, FactKind.COMPANY, FactKind.DEGREE})


@dataclass(frozen=True, slots=True)
class Known:
    """A skill of the person. `years` in tenths or UNTOLD; `recency` in thousandths."""

    concept: str
    broader: tuple[str, ...] = ()
    years: int = UNTOLD
    recency: int = 1000


@dataclass(frozen=True, slots=True)
class Held:
    """An occupation of the person; `share` in thousandths says how much it counts: the present one in full."""

    concept: str
    broader: tuple[str, ...] = ()
    share: int = 1000


@dataclass(frozen=True, slots=True)
class Person:
    """The features of one person, in an order that does not depend on the document's."""

    skills: tuple[Known, ...] = ()
    titles: tuple[Held, ...] = ()
    years: int = UNTOLD
    """Of work, in tenths."""
    degree: int = UNTOLD
    """Rank of the highest degree."""
    fields: tuple[str, ...] = ()
    """Fields of study."""
    places: tuple[str, ...] = ()
    fullness: int = 0
    """How much the résumé tells, in thousandths."""
    sureness: int = 0
    """How sure its facts are, in thousandths."""


def to_json(person: Person) -> dict[str, Any]:
    """The person as they are kept."""
    return {
        "skills": [[k.years, k.recency, k.concept, *k.broader] for k in person.skills],
        "titles": [[h.share, h.concept, *h.broader] for h in person.titles],
        "years": person.years,
        "degree": person.degree,
        "fields": person.fields,
        "places": person.places,
        "fullness": person.fullness,
        "sureness": person.sureness,
    }


def from_json(kept: dict[str, Any]) -> Person:
    """The person that was kept."""
    return Person(
        skills=tuple(_known(*known) for known in kept["skills"]),
        titles=tuple(_held(*held) for held in kept["titles"]),
        years=kept["years"],
        degree=kept["degree"],
        fields=tuple(kept["fields"]),
        places=tuple(kept["places"]),
        fullness=kept["fullness"],
        sureness=kept["sureness"],
    )


@lru_cache(maxsize=100_000)
def _known(years: int, recency: int, concept: str, *broader: str) -> Known:
    """One object for all people of whom the same is known."""
    return Known(concept, broader, years, recency)


@lru_cache(maxsize=20_000)
def _held(share: int, concept: str, *broader: str) -> Held:
    return Held(concept, broader, share)


def person_of(parsed: Parsed, month: int) -> Person:
    """The features of a résumé that was read in `month` (months since the year 0), which recency counts from."""
    degrees = [study.degree.rank for study in parsed.education if study.degree]
    return Person(
        skills=tuple(sorted(_skills(parsed, month), key=lambda k: k.concept)),
        titles=_titles(parsed, month),
        years=UNTOLD if parsed.years_total is None else max(0, round(parsed.years_total * 10)),
        degree=max(degrees, default=UNTOLD),
        fields=tuple(sorted({f for study in parsed.education if study.major for f in fields_in(study.major)})),
        places=tuple(sorted({fact.value for fact in located(parsed)})),
        fullness=min(1000, 1000 * (len(parsed.skills) + 2 * len(parsed.work) + len(parsed.education)) // TELLING),
        sureness=_sureness(parsed),
    )


def months(moment: str | None) -> int | None:
    """Months since the year 0 of ``2019-03`` or ``2019`` (its December); None for None."""
    if moment is None:
        return None
    year, _, month = moment.partition("-")
    return int(year) * 12 + (int(month) if month else 12)


def ordered_work(parsed: Parsed) -> list[Work]:
    """Positions, the present or latest first, undated ones last.

    An undated one inside the passage of a dated one is a line of its description that only looks like a position.
    """

    def key(work: Work) -> tuple[bool, int, int, int]:
        return not work.current, -(months(work.ended) or 0), -(months(work.began) or 0), work.passage_start

    named = parsed.work[:MOST_WORK]
    dated = [work for work in named if work.began or work.ended]
    inner = [
        work
        for work in named
        if not (work.began or work.ended)
        and any(outer.passage_start <= work.passage_start < outer.passage_end for outer in dated)
    ]
    return sorted((work for work in named if work not in inner), key=key)


def headline(parsed: Parsed) -> Title | None:
    """The present or latest title; without dated work the first one of the text."""
    titles = parsed.titles[:MOST_TITLES]
    for work in ordered_work(parsed):
        inside = [t for t in titles if work.passage_start <= t.start < work.passage_end]
        named = [t for t in inside if t.text == work.title]
        if named or inside:
            return (named or inside)[0]
    return min(titles, key=lambda t: t.start, default=None)


def title_shares(parsed: Parsed, month: int) -> list[tuple[Title, int]]:
    """The titles that the person held or stands for, with how much each counts: work, and the lines above it."""
    work, titles = ordered_work(parsed), parsed.titles[:MOST_TITLES]
    found: list[tuple[Title, int]] = []
    for position, entry in enumerate(work):
        share = _share(entry, month, latest=position == 0)
        inside = [t for t in titles if entry.passage_start <= t.start < entry.passage_end]
        known = [t for t in inside if t.concept_id is not None and t.concept_id == entry.title_concept]
        own = [t for t in known if t.text == entry.title] or known or inside[:1]
        found += [(title, share) for title in own[:1]]
    first = min((entry.passage_start for entry in work), default=len(parsed.text) + 1)
    found += [(title, 900 if work else 1000) for title in titles if title.start < first]
    return found or [(title, 800) for title in titles]


def located(parsed: Parsed) -> list[Any]:
    """The facts that say where the person lives or wants to work, not where an employer sat or they come from."""
    places = [f for f in parsed.facts if f.kind is FactKind.LOCATION and f.entry is None]
    return [f for f in places if not _ORIGIN.search(parsed.text, max(0, (f.start or 0) - 16), f.start or 0)]


def _skills(parsed: Parsed, month: int) -> list[Known]:
    return [
        Known(
            skill.concept_id,
            tuple(skill.broader),
            UNTOLD if skill.years is None else max(0, round(skill.years * 10)),
            1000 if skill.kind in ("language", "certificate", "soft") else _recency(months(skill.last_used), month),
        )
        for skill in {s.concept_id: s for s in parsed.skills[:MOST_SKILLS]}.values()
    ]


def _recency(last_used: int | None, month: int) -> int:
    if last_used is None:
        return 1000
    idle = min(max(month - last_used, FRESH_MONTHS), STALE_MONTHS)
    return 1000 - 200 * (idle - FRESH_MONTHS) // (STALE_MONTHS - FRESH_MONTHS)


def _titles(parsed: Parsed, month: int) -> tuple[Held, ...]:
    best: dict[str, Held] = {}
    for title, share in title_shares(parsed, month):
        if title.concept_id is not None:
            before = best.get(title.concept_id)
            if before is None or before.share < share:
                best[title.concept_id] = Held(title.concept_id, tuple(title.broader), share)
    return tuple(best[concept] for concept in sorted(best))


def _share(work: Work, month: int, *, latest: bool) -> int:
    if latest or work.current:
        return 1000
    ended = months(work.ended)
    return 800 if ended is None or month - ended <= 60 else 600


def _sureness(parsed: Parsed) -> int:
    told = [round(fact.confidence * 1000) for fact in parsed.facts if fact.kind in _SURE]
    return sum(told) // len(told) if told else 500
