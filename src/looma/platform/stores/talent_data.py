"""What the stores keep of a person, as values that cross the border between a service and the data layer."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class TalentRow:
    """A person as stored. For saving: `version` 0 is a new person, any other the one that the change builds on.

    `resume_id`, `created_at` and `updated_at` are the store's own; what a caller gives there is not looked at.
    """

    id: str
    name: str | None = None
    headline: str | None = None
    location: str | None = None
    contacts: list[dict[str, Any]] = field(default_factory=list)
    status: str = "active"
    tags: list[str] = field(default_factory=list)
    note: str | None = None
    resume_id: str | None = None
    version: int = 0
    archived: bool = False
    demo: bool = False
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True)
class ResumeRow:
    """A document of a person. `parsed` is what was read from it, without its text and without sensitive facts.

    `version` and `created_at` are the store's own.
    """

    id: str
    filename: str
    media_type: str
    content_hash: str
    text: str
    language: str | None = None
    parsed: dict[str, Any] = field(default_factory=dict)
    file_key: str | None = None
    version: int = 0
    created_at: datetime | None = None


@dataclass(frozen=True)
class FactRow:
    """One thing that a résumé says; `start` and `end` count code points of its text.

    A fact that is `sensitive` is refused by the store: its caller knows which kinds are, and leaves them out. The id is
    the store's own; facts come back in the order in which they were given.
    """

    kind: str
    value: str
    method: str
    confidence: float
    start: int | None = None
    end: int | None = None
    page: int | None = None
    concept_id: str | None = None
    entry: str | None = None
    sensitive: bool = False
    id: str | None = None


@dataclass(frozen=True)
class TalentData:
    """A person with the current résumé and what it says.

    For saving: a résumé that is given is a new one and becomes the current one, `facts` are what it says; without one
    the résumé and the facts that are stored stay as they are.
    """

    talent: TalentRow
    resume: ResumeRow | None = None
    facts: tuple[FactRow, ...] = ()


@dataclass(frozen=True)
class Versions:
    """What stands after a save; `resume` is None when none was given."""

    talent: int
    resume: int | None = None
