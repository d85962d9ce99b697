"""What a job asks for, how much, and what people changed of it."""

from typing import Annotated, Literal

from pydantic import Field

from looma.contracts.resume import DegreeLevel, TextLanguage
from looma.platform.contract import Record

CriterionKind = Literal[
    "skill", "title", "experience", "education", "major", "language", "certificate", "location", "meaning"
]


class Evidence(Record):
    """A passage that a point stands on; `start` and `end` are code points in its text, half open."""

    text: str
    start: int
    end: int
    page: int | None = None


class TwoSides(Record):
    """Evidence in the résumé and in the job."""

    resume: list[Evidence] = []
    job: list[Evidence] = []


class Criterion(Record):
    """One thing that a job asks for, linked to the sentence that asks."""

    id: str
    """Made of what is asked for alone (kind and concepts, degree, fields or places): the same wherever in the text it
    stands and however much it is asked for."""
    kind: CriterionKind
    label: str
    concept_id: str | None = None
    broader: list[str] = []
    level: Literal["must", "nice"]
    weight: Annotated[float, Field(ge=0)]
    """Its share of the 100 points; those of a job add up to 100, but for what rounding takes. 0 when it is removed."""
    years_min: float | None = None
    degree: DegreeLevel | None = None
    any_of: list[str] = []
    """Other concepts that satisfy it just as well (“Java or Go”)."""
    evidence: list[Evidence] = []
    edited: bool = False
    """Whether somebody has set its level or its weight."""
    removed: bool = False
    """Somebody has taken it out: it is not scored, and can be taken back."""


class CriterionChange(Record):
    """What somebody wants otherwise than a criterion's text says; None is “as the text says”."""

    id: Annotated[str, Field(min_length=1, max_length=2000)]
    level: Literal["must", "nice"] | None = None
    weight: Annotated[float, Field(ge=0, le=100)] | None = None
    """Of the 100 points. The criteria without a weight of their own share what the others leave, as the weights of the
    organisation say; weights that add up to more than 100, or that leave nobody to share, are scaled to 100."""
    removed: bool = False


class CriteriaChange(Record):
    """Everything that is wanted otherwise than the text of a job says; nothing is “as the text says”."""

    criteria: Annotated[list[CriterionChange], Field(max_length=200)]
    """Each id once."""


class JobText(Record):
    """A job as people write it."""

    title: Annotated[str, Field(min_length=1, max_length=500)]
    description: Annotated[str, Field(max_length=50_000)] = ""
    location: Annotated[str, Field(max_length=200)] | None = None
    id: str | None = None
    company: str | None = None


class Criteria(Record):
    """What a job asks for. Evidence ranges count in the title, a line feed, and the description."""

    job_id: str | None = None
    language: TextLanguage
    text: str
    criteria: list[Criterion]
    """With the changes applied."""
    changes: list[CriterionChange] = []
    """The changes that are in force, as they were put."""
    version: int = 0
    """Counts how often the changes of the job were put; 0 when nobody has."""


class Weights(Record):
    """How many of the 100 points each kind may give, before normalisation over what a job asks for."""

    skill: Annotated[float, Field(ge=0, le=100)] = 50
    title: Annotated[float, Field(ge=0, le=100)] = 18
    experience: Annotated[float, Field(ge=0, le=100)] = 12
    education: Annotated[float, Field(ge=0, le=100)] = 6
    major: Annotated[float, Field(ge=0, le=100)] = 2
    language: Annotated[float, Field(ge=0, le=100)] = 3
    certificate: Annotated[float, Field(ge=0, le=100)] = 5
    location: Annotated[float, Field(ge=0, le=100)] = 4
    meaning: Annotated[float, Field(ge=0, le=100)] = 10
    nice_share: Annotated[float, Field(ge=0, le=1)] = 0.4
    """Weight of a nice-to-have beside a must of the same kind."""
    version: int = 1
