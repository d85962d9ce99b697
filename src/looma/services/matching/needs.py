"""What a job asks for, as it is scored: needs that many jobs share, and the passage of one job that asks."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from looma.contracts.matching import Criterion, CriterionKind, Evidence
from looma.contracts.resume import DegreeLevel

from .levels import Level

DEGREES = tuple(DegreeLevel)
CONCEPTS: frozenset[CriterionKind] = frozenset({"skill", "language", "certificate"})
"""Kinds that the skills of a person answer."""


@dataclass(frozen=True, slots=True)
class Option:
    """A concept that satisfies a need, and the concepts above it, nearest first."""

    concept: str
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that can be asked for, without whose job it is: equal needs of many jobs are scored once."""

    kind: CriterionKind
    options: tuple[Option, ...] = ()
    """Any of them will do."""
    years: int = 0
    """At least so many tenths of a year; 0 when none are asked for."""
    degree: int = -1
    """Rank of the degree that is asked for at least."""
    words: tuple[str, ...] = ()
    """Fields of study, or keys of places, any of which will do."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A need of one job: how much it is stressed, and the sentences that ask."""

    need: Need
    level: Level
    importance: int
    """Beside the job's other needs of its kind, in thousandths."""
    label: str
    evidence: tuple[Evidence, ...] = ()
    weight: int | None = None
    """Hundredths of a point that somebody has set; None when they follow from the text."""
    edited: bool = False
    removed: bool = False
    """Somebody has taken it out: it has no weight, and nothing is said of it."""

    @property
    def id(self) -> str:
        """Once in a job, and made of what is asked for alone: wherever it stands, in whatever order a choice is listed,
        must or nice, however many years."""
        need = self.need
        what = sorted(option.concept for option in need.options) or sorted(need.words)
        what += [DEGREES[need.degree]] if need.degree >= 0 else []
        return ":".join([need.kind, *(["|".join(what)] if what else [])])

    @property
    def tells_title(self) -> bool:
        """Whether it says how near an occupation is to that of the job."""
        return self.need.kind == "title" and not self.removed


def criterion(ask: Ask, weight: float) -> Criterion:
    """The ask as the contract shows it."""
    need = ask.need
    first = need.options[0] if need.options else None
    return Criterion(
        id=ask.id,
        kind=need.kind,
        label=ask.label,
        concept_id=first.concept if first else None,
        broader=list(first.broader) if first else [],
        level=ask.level,
        weight=weight,
        years_min=need.years / 10 if need.years else None,
        degree=DEGREES[need.degree] if need.degree >= 0 else None,
        any_of=[option.concept for option in need.options[1:]],
        evidence=list(ask.evidence),
        edited=ask.edited,
        removed=ask.removed,
    )


def to_json(ask: Ask) -> dict[str, Any]:
    """The ask as it is kept."""
    need = ask.need
    return {
        "kind": need.kind,
        "options": [[option.concept, *option.broader] for option in need.options],
        "years": need.years,
        "degree": need.degree,
        "words": list(need.words),
        "level": ask.level,
        "importance": ask.importance,
        "label": ask.label,
        "evidence": [[item.text, item.start, item.end] for item in ask.evidence],
    }


def from_json(kept: dict[str, Any], *, with_evidence: bool = True) -> Ask:
    """The ask that was kept; without its passages it is enough to score by."""
    need = Need(
        kept["kind"],
        tuple(_option(*concepts) for concepts in kept["options"]),
        kept["years"],
        kept["degree"],
        tuple(kept["words"]),
    )
    passages = kept["evidence"] if with_evidence else ()
    evidence = tuple(Evidence(text=text, start=start, end=end) for text, start, end in passages)
    return Ask(need, kept["level"], kept["importance"], kept["label"], evidence)


@lru_cache(maxsize=20_000)
def _option(concept: str, *broader: str) -> Option:
    """One object for all needs that name a concept."""
    return Option(concept, broader)
