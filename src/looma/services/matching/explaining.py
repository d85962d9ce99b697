"""Reasons, gaps and unknowns of a match in the reader's language, with the sentences of both sides."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from looma.contracts.matching import Evidence, Lack, Match, Reason, TwoSides
from looma.contracts.resume import FactKind, Parsed, Skill, Work
from looma.platform import catalogue
from looma.platform.catalogue import Language

from .cells import narrowed
from .majors import fields_in
from .needs import CONCEPTS, DEGREES, Ask, Need
from .person import UNTOLD, Person, headline, located, ordered_work, title_shares
from .scoring import FULL, Credit, Scored, credit
from .sentences import passages

WEAK = 500
"""Something required whose credit is below this is named among the gaps, also where it gives points."""


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
Place = tuple[int, int]


class Reader:
    """A résumé that reasons are quoted from. Built once a person, used for all their matches, remembering meanwhile."""

    def __init__(self, parsed: Parsed, person: Person, month: int) -> None:
        self.parsed, self.person, self.month = parsed, person, month
        self._credits: dict[Need, Credit] = {}
        self._quoted: dict[tuple[Place, ...], list[Evidence]] = {}

    def credit(self, need: Need) -> Credit:
        """How far the person answers the need."""
        if (known := self._credits.get(need)) is None:
            known = self._credits[need] = credit(self.person, need)
        return known

    def quoted(self, places: Sequence[Place]) -> list[Evidence]:
        """The sentences around the places."""
        key = tuple(places)
        if (known := self._quoted.get(key)) is None:
            known = self._quoted[key] = passages(self.parsed.text, key, self.parsed.pages, shown=narrowed)
        return known

    @cached_property
    def skills(self) -> dict[str, Skill]:
        """Skills by concept."""
        return {skill.concept_id: skill for skill in self.parsed.skills}

    @cached_property
    def titles(self) -> dict[str | None, tuple[str, Place]]:
        """For each occupation the title that counts most: its words and place."""
        ranked = sorted(title_shares(self.parsed, self.month), key=lambda found: (found[1], -found[0].start))
        return {title.concept_id: (title.text, (title.start, title.end)) for title, _ in ranked}

    @cached_property
    def headline(self) -> tuple[str, Place] | None:
        """The title that meanings are compared by."""
        title = headline(self.parsed)
        return (title.text, (title.start, title.end)) if title else None

    @cached_property
    def years(self) -> list[Place]:
        """Where the years of work stand: stated outright with the number that counts, or the dates of the positions."""
        facts = [f for f in self.parsed.facts if f.kind is FactKind.YEARS_OF_EXPERIENCE]
        same = [f for f in facts if _tenths(f.value) == self.person.years]
        dates = [place for kind, place in self._entries(FactKind.DATE) if kind.startswith("work")]
        entries = dates or [self._dated(w) for w in ordered_work(self.parsed)]
        stated = [(f.start, f.end) for f in same or ([] if entries else facts) if f.start is not None and f.end]
        return stated or entries

    @cached_property
    def degrees(self) -> list[Place]:
        """Where the highest degree stands."""
        studies = [s for s in self.parsed.education if s.degree and s.degree.rank == self.person.degree]
        return self._within(FactKind.DEGREE, [(s.passage_start, s.passage_end) for s in studies])

    def fields(self, wanted: Sequence[str]) -> list[Place]:
        """Where a field of study of these stands; any field when none of them does."""
        named = [s for s in self.parsed.education if s.major]
        studies = [s for s in named if not {*fields_in(s.major or "")}.isdisjoint(wanted)] or named
        return self._within(FactKind.MAJOR, [(s.passage_start, s.passage_end) for s in studies])

    def places(self, wanted: Sequence[str]) -> list[Place]:
        """Where a place of these stands."""
        return [(f.start, f.end) for f in located(self.parsed) if f.value in wanted and f.start is not None]

    def _dated(self, work: Work) -> Place:
        """Where the dates of a position stand; its beginning when they are not found."""
        year = _YEAR.search(self.parsed.text, work.passage_start, work.passage_end)
        return year.span() if year else (work.passage_start, work.passage_start + 1)

    def _facts(self, kind: FactKind) -> list[Place]:
        return [place for _, place in self._entries(kind)]

    def _entries(self, kind: FactKind) -> list[tuple[str, Place]]:
        return [
            (f.entry or "", (f.start, f.end))
            for f in self.parsed.facts
            if f.kind is kind and f.start is not None and f.end is not None
        ]

    def _within(self, kind: FactKind, around: Sequence[Place]) -> list[Place]:
        """Facts of a kind inside the passages; the beginning of the passages where there is none."""
        inside = [p for p in self._facts(kind) if any(low <= p[0] < high for low, high in around)]
        return inside or [(low, min(low + 1, high)) for low, high in around]


def explained(asks: Sequence[Ask], scored: Scored, reader: Reader, language: Language) -> Match:
    """The match that was scored, in words. Reasons by points, ties in the order of the job's asks."""
    answers = [_Answer(ask, value, points, reader, language) for ask, value, points in _rows(asks, scored)]
    reasons = sorted((a for a in answers if a.points > 0), key=lambda a: -a.points)
    return Match(
        score=scored.tenths / 10,
        confidence=scored.confidence,
        reasons=[answer.reason() for answer in reasons],
        gaps=[answer.lack("gap") for answer in answers if answer.is_gap],
        unknowns=[answer.lack("unknown") for answer in answers if answer.is_unknown],
    )


def _rows(asks: Sequence[Ask], scored: Scored) -> list[tuple[Ask, int, int]]:
    rows = zip(asks, scored.credits, scored.points, strict=True)
    return [(ask, value, points) for ask, value, points in rows if not ask.removed]


@dataclass(frozen=True)
class _Answer:
    """What the résumé answers to one ask."""

    ask: Ask
    value: int
    points: int
    reader: Reader
    language: Language

    @cached_property
    def credit(self) -> Credit:
        return Credit(self.value) if self.ask.need.kind == "meaning" else self.reader.credit(self.ask.need)

    @property
    def is_gap(self) -> bool:
        if self.ask.need.kind == "meaning" or self.value == UNTOLD:
            return False
        if self.value > 0 and self.credit.relation == "narrower":
            return False
        return self.value == 0 or (self.ask.level == "must" and self.value < WEAK)

    @property
    def is_unknown(self) -> bool:
        return self.value == UNTOLD or (self.value > 0 and not self.credit.years_told)

    def reason(self) -> Reason:
        return Reason(
            kind=self.ask.need.kind,
            points=self.points / 10,
            text=self._text("reason", self._relation()),
            evidence=TwoSides(resume=self.reader.quoted(self._places()), job=list(self.ask.evidence)),
            criterion_id=self.ask.id,
        )

    def lack(self, what: str) -> Lack:
        """What is lacking (`gap`) or not told (`unknown`); a gap that is partly filled quotes what fills it."""
        places = self._places() if self.value > 0 else []
        way = "years" if what == "unknown" and self.ask.need.kind == "skill" else self._relation()
        return Lack(
            kind=self.ask.need.kind,
            level=self.ask.level,
            text=self._text(what, way),
            evidence=TwoSides(resume=self.reader.quoted(places), job=list(self.ask.evidence)),
            criterion_id=self.ask.id,
        )

    def _text(self, what: str, way: str) -> str:
        texts = catalogue.texts(self.language)
        kind = self.ask.need.kind
        code = f"matching.{what}.{kind}_{way}"
        return catalogue.text(code if code in texts else f"matching.{what}.{kind}", self.language, **self._details())

    def _relation(self) -> str:
        """Which of the texts of a kind fits."""
        need = self.ask.need
        if need.kind == "skill" and self.credit.relation in ("same", "narrower"):
            told = self._years() is not None
            asked = need.years > 0
            wanting = asked and told and self.value < FULL and (self._years() or 0) * 10 < need.years
            if self.credit.relation == "narrower":
                return "narrower"
            return "few_years" if wanting else "years" if told else "same"
        if need.kind == "meaning" and _plain(self._headline()) == _plain(self.ask.label):
            return "same"
        return self.credit.relation

    def _details(self) -> dict[str, Any]:
        need, person = self.ask.need, self.reader.person
        held = person.degree if need.kind == "education" else UNTOLD
        return {
            "label": self.ask.label,
            "found": self._found(),
            "years": _number(self._years() if need.kind in CONCEPTS else person.years / 10),
            "asked": _number(need.years / 10),
            "degree": self._degree(need.degree),
            "held": self._degree(held),
        }

    def _degree(self, rank: int) -> str:
        return catalogue.text(f"matching.degree.{DEGREES[rank]}", self.language) if rank >= 0 else "—"

    def _years(self) -> float | None:
        skill = self.reader.skills.get(self.credit.by or "")
        return skill.years if skill else None

    def _found(self) -> str:
        by = self.credit.by
        if self.ask.need.kind == "title":
            return self.reader.titles[by][0] if by and by in self.reader.titles else self._headline()
        if self.ask.need.kind == "meaning":
            return self._headline()
        skill = self.reader.skills.get(by or "")
        return skill.name if skill else ""

    def _headline(self) -> str:
        return " ".join(self.reader.headline[0].split()) if self.reader.headline else "—"

    def _places(self) -> list[Place]:
        return _PLACES[self.ask.need.kind](self)

    def _skill_places(self) -> list[Place]:
        skill = self.reader.skills.get(self.credit.by or "")
        return [(span.start, span.end) for span in skill.spans] if skill else []

    def _title_places(self) -> list[Place]:
        found = self.reader.titles.get(self.credit.by)
        return [found[1]] if found else []


_PLACES: dict[str, Callable[[_Answer], list[Place]]] = {
    "skill": _Answer._skill_places,
    "language": _Answer._skill_places,
    "certificate": _Answer._skill_places,
    "title": _Answer._title_places,
    "experience": lambda a: a.reader.years,
    "education": lambda a: a.reader.degrees,
    "major": lambda a: a.reader.fields(a.ask.need.words),
    "location": lambda a: a.reader.places(a.ask.need.words),
    "meaning": lambda a: [a.reader.headline[1]] if a.reader.headline else [],
}


def _tenths(words: str) -> int:
    """Years as a fact states them."""
    try:
        return round(float(words) * 10)
    except (ValueError, OverflowError):
        return UNTOLD


def _plain(title: str) -> str:
    return "".join(c for c in title.casefold() if c.isalnum())


def _number(value: float | None) -> str:
    return "—" if value is None or value < 0 else f"{value:.1f}".removesuffix(".0")
