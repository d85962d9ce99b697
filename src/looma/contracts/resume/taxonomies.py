"""Taxonomies, and finding terms in them."""

from typing import Annotated

from pydantic import Field

from looma.platform.contract import Record

from .facts import Share


class Concept(Record):
    """One concept of an uploaded taxonomy."""

    id: Annotated[str, Field(min_length=1, max_length=200)]
    label: Annotated[str, Field(min_length=1, max_length=500)]
    alternatives: Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=100)] = []


class TaxonomyUpload(Record):
    """A whole taxonomy; it replaces what stood under the name."""

    concepts: Annotated[list[Concept], Field(min_length=1, max_length=50_000)]


class Taxonomy(Record):
    """A taxonomy that terms can be normalised to. ``looma-skills`` and ``looma-titles`` are always there."""

    name: str
    concepts: int
    built_in: bool = False


class NormalizeTerms(Record):
    """Terms to find in a taxonomy; the `k` most alike of each."""

    terms: Annotated[list[Annotated[str, Field(max_length=1000)]], Field(max_length=5000)]
    taxonomy: str = "looma-skills"
    k: Annotated[int, Field(ge=1, le=1000)] = 5


class NormalizeTitles(Record):
    """Job titles to find in a taxonomy; the `k` most alike of each."""

    titles: Annotated[list[Annotated[str, Field(max_length=1000)]], Field(max_length=5000)]
    taxonomy: str = "looma-titles"
    k: Annotated[int, Field(ge=1, le=1000)] = 5


class Candidate(Record):
    """One concept that a term may mean."""

    id: str
    label: str
    score: Share


class Normalized(Record):
    """For each term its candidates, best first; ties fall by id."""

    results: list[list[Candidate]]
