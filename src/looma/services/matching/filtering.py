"""Which jobs and people are ranked at all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from looma.contracts.matching import Filters
from looma.contracts.resume import ExtractText, ResumeAPI

from .job_index import JobEntry
from .people_index import PersonEntry
from .places import Places

Chosen = NDArray[np.bool_]


@dataclass(frozen=True)
class Wanted:
    """Filters whose words have become concepts and keys."""

    status: str
    places: frozenset[str] | None
    concepts: tuple[frozenset[str], ...]
    """One of each must be named."""
    years: int
    """Tenths."""

    def jobs(self, entries: Sequence[JobEntry]) -> Chosen:
        """Jobs that fit: at one of the places, naming all skills, asking for at least the years."""
        return np.array([self._fits_job(entry) for entry in entries], bool)

    def people(self, entries: Sequence[PersonEntry]) -> Chosen:
        """People who fit: at one of the places, showing all skills, with at least the years of work."""
        return np.array([self._fits_person(entry) for entry in entries], bool)

    def _fits_job(self, entry: JobEntry) -> bool:
        return (
            entry.status == self.status
            and (self.places is None or not self.places.isdisjoint(entry.places))
            and (not self.concepts or _all_named(self.concepts, entry.concepts))
            and (not self.years or entry.years >= self.years)
        )

    def _fits_person(self, entry: PersonEntry) -> bool:
        return (
            entry.status == self.status
            and (self.places is None or not self.places.isdisjoint(entry.person.places))
            and (not self.concepts or _all_named(self.concepts, _shown(entry)))
            and (not self.years or entry.person.years >= self.years)
        )


async def wanted(filters: Filters, status: str, resumes: ResumeAPI, places: Places) -> Wanted:
    """The filters in the terms of what is kept; `status` is ranked where they name none."""
    label = " ".join((filters.location or "").split())
    keys = frozenset((await places.keys([label])).popitem()[1]) if label else None
    concepts = tuple([await _concepts(term, resumes) for term in dict.fromkeys(filters.skills_all)])
    return Wanted(filters.status or status, keys, concepts, round((filters.years_min or 0) * 10))


async def _concepts(term: str, resumes: ResumeAPI) -> frozenset[str]:
    """The concept that a term is, or names."""
    found = (await resumes.extract_skills(ExtractText(text=f"Skills: {term[:200]}"))).skills
    return frozenset({term, *(mention.concept_id for mention in found)})


def _all_named(concepts: tuple[frozenset[str], ...], named: frozenset[str]) -> bool:
    return all(not options.isdisjoint(named) for options in concepts)


def _shown(entry: PersonEntry) -> frozenset[str]:
    """Skills of the person, and what they are kinds of."""
    return frozenset(c for known in entry.person.skills for c in (known.concept, *known.broader))
