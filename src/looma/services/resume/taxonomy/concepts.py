"""Concepts of Looma's own taxonomies, their names in two languages, and what stands above them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from looma.contracts.resume import TextLanguage


@dataclass(frozen=True, slots=True)
class OccupationConcept:
    """An occupation, or a family of occupations, under one name."""

    id: str
    en: str
    zh: str
    en_aliases: tuple[str, ...]
    zh_aliases: tuple[str, ...]
    broader: tuple[str, ...]
    """Ids of the concepts directly above, sorted."""

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Every way to write it, each once, the labels first."""
        return tuple(dict.fromkeys((self.en, self.zh, *self.en_aliases, *self.zh_aliases)))


@dataclass(frozen=True, slots=True)
class SkillConcept:
    """A skill under one name, whatever a text calls it."""

    id: str
    kind: str
    en: str
    zh: str
    en_aliases: tuple[str, ...]
    zh_aliases: tuple[str, ...]
    broader: tuple[str, ...]
    """Ids of the concepts directly above, sorted."""
    ambiguous: frozenset[str]
    """Surfaces that also mean other things: they name this skill only where the context says so."""

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Every way to write it, each once, the labels first; ambiguous ones included."""
        written = (self.en, self.zh, *self.en_aliases, *self.zh_aliases, *sorted(self.ambiguous))
        return tuple(dict.fromkeys(written))


C = TypeVar("C", SkillConcept, OccupationConcept)


class ConceptGraph(Generic[C]):
    """Concepts by id with their broader relation, a graph without circles."""

    def __init__(self, concepts: Iterable[C]) -> None:
        self._concepts: dict[str, C] = {concept.id: concept for concept in concepts}
        self._broader: dict[str, tuple[str, ...]] = {}

    @property
    def concepts(self) -> Mapping[str, C]:
        """All concepts by id, in the order of the tables."""
        return self._concepts

    def label(self, concept_id: str, language: TextLanguage) -> str:
        """What people call the concept in this language; KeyError for an unknown id."""
        concept = self._concepts[concept_id]
        return concept.zh if language == "zh" else concept.en

    def broader(self, concept_id: str) -> tuple[str, ...]:
        """All concepts above this one, nearest first, each level sorted, each once; KeyError for an unknown id."""
        if (known := self._broader.get(concept_id)) is None:
            known = self._broader[concept_id] = self._ancestors(concept_id)
        return known

    @cached_property
    def narrower(self) -> Mapping[str, tuple[str, ...]]:
        """The concepts directly below each one that has any, sorted."""
        below: dict[str, list[str]] = {}
        for concept in self._concepts.values():
            for above in concept.broader:
                below.setdefault(above, []).append(concept.id)
        return {above: tuple(sorted(ids)) for above, ids in below.items()}

    def _ancestors(self, concept_id: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        level = self._concepts[concept_id].broader
        while level:
            fresh = [above for above in sorted(set(level)) if above not in found and above != concept_id]
            found.update(dict.fromkeys(fresh))
            level = tuple(up for above in fresh for up in self._concepts[above].broader)
        return tuple(found)


class SkillGraph(ConceptGraph[SkillConcept]):
    """The skills that Looma knows."""


class OccupationGraph(ConceptGraph[OccupationConcept]):
    """The occupations that Looma knows, in families."""
