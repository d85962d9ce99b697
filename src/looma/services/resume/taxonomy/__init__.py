"""Looma's own bilingual taxonomies of skills and occupations, read from the tables in this package.

A table is UTF-8 text, one concept a line, columns parted by tabs and named in the first line; ``;`` parts the values of
a column. `skills-*.tsv`: id, kind, en, zh, en_aliases, zh_aliases, broader, ambiguous. `titles.tsv`: id, en, zh,
en_aliases, zh_aliases, broader. `other-phrases-*.txt`: one phrase a line that holds a term and means something else.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal

from .concepts import ConceptGraph, OccupationConcept, OccupationGraph, SkillConcept, SkillGraph

__all__ = [
    "ConceptGraph",
    "OccupationConcept",
    "OccupationGraph",
    "SkillConcept",
    "SkillGraph",
    "load_other_phrases",
    "load_skills",
    "load_titles",
]


@cache
def load_skills() -> SkillGraph:
    """Every skill of the package's ``skills-*.tsv``, read once in a process."""
    names = sorted(entry.name for entry in files(__name__).iterdir() if entry.name.startswith("skills-"))
    return SkillGraph(_skill(row) for name in names if name.endswith(".tsv") for row in _rows(name, 8))


@cache
def load_titles() -> OccupationGraph:
    """Every occupation and family of ``titles.tsv``, read once in a process."""
    return OccupationGraph(_occupation(row) for row in _rows("titles.tsv", 6))


def load_other_phrases(taxonomy: Literal["skills", "titles"]) -> tuple[str, ...]:
    """Phrases that hold a term and do not mean it, such as ``go to market`` for skills or ``董事会`` for titles."""
    lines = _text(f"other-phrases-{taxonomy}.txt").splitlines()
    return tuple(line for line in map(str.strip, lines) if line and not line.startswith("# "))


def _text(name: str) -> str:
    return files(__name__).joinpath(name).read_text("utf-8")


def _rows(name: str, columns: int) -> Iterator[list[str]]:
    for number, line in enumerate(_text(name).splitlines()[1:], start=2):
        cells = line.split("\t")
        cells += [""] * (columns - len(cells))
        if len(cells) != columns:
            raise ValueError(f"{name}:{number}: {len(cells)} columns where {columns} belong")
        yield cells


def _values(cell: str) -> tuple[str, ...]:
    return tuple(value for value in map(str.strip, cell.split(";")) if value) if cell else ()


def _skill(row: list[str]) -> SkillConcept:
    concept_id, kind, en, zh, en_aliases, zh_aliases, broader, ambiguous = row
    above = tuple(sorted(_values(broader)))
    doubtful = frozenset(_values(ambiguous))
    return SkillConcept(concept_id, kind, en, zh, _values(en_aliases), _values(zh_aliases), above, doubtful)


def _occupation(row: list[str]) -> OccupationConcept:
    concept_id, en, zh, en_aliases, zh_aliases, broader = row
    above = tuple(sorted(_values(broader)))
    return OccupationConcept(concept_id, en, zh, _values(en_aliases), _values(zh_aliases), above)
