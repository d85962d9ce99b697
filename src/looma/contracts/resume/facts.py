"""What a document says: facts with their place, and what follows from them."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from looma.platform.contract import Notice, Record, Timestamp

TextLanguage = Literal["zh", "en"]
"""The language that a text is mostly written in."""

Source = Literal["pdf", "docx", "text", "image"]
"""What a document is, told by its content."""

Share = Annotated[float, Field(ge=0, le=1)]

YearMonth = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2]))?$")]
"""``2019-03``, or ``2019`` where the document gives no month."""

MAX_FILE_BYTES = 20 * 1024 * 1024

MAX_PAGES = 500

MAX_TEXT_CHARACTERS = 2_000_000


class FactKind(StrEnum):
    """What a fact is about."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    LOCATION = "location"
    COMPANY = "company"
    TITLE = "title"
    DATE = "date"
    SCHOOL = "school"
    DEGREE = "degree"
    MAJOR = "major"
    GRADUATION_YEAR = "graduation_year"
    YEARS_OF_EXPERIENCE = "years_of_experience"
    SKILL = "skill"
    AGE = "age"
    BIRTH_DATE = "birth_date"
    BIRTHPLACE = "birthplace"
    GENDER = "gender"
    ETHNICITY = "ethnicity"
    NATIONALITY = "nationality"


SENSITIVE = frozenset(
    {FactKind.AGE, FactKind.BIRTH_DATE, FactKind.BIRTHPLACE, FactKind.GENDER, FactKind.ETHNICITY, FactKind.NATIONALITY}
)
"""Facts that may be shown to the person who parses a document and are not kept; never features of a score."""


class DegreeLevel(StrEnum):
    """Levels of education, lowest first (compare with `rank`)."""

    SECONDARY = "secondary"  # 高中 / 中专 / high school
    ASSOCIATE = "associate"  # 大专 / associate, diploma
    BACHELOR = "bachelor"  # 本科 / 学士
    MASTER = "master"  # 硕士 / MBA
    DOCTOR = "doctor"  # 博士 / PhD, MD

    @property
    def rank(self) -> int:
        """0 for secondary … 4 for doctor."""
        return list(DegreeLevel).index(self)


class Fact(Record):
    """One thing that the document says, and where.

    `start` and `end` count code points in the text, half open; both are null for a value that was worked out and has no
    single place. `value` is the normalised form (a phone as E.164), the document's own words are `text[start:end]`.
    """

    kind: FactKind
    value: str
    start: int | None = None
    end: int | None = None
    page: int | None = None
    method: str
    """The rule that found it, such as ``rule:email``."""
    confidence: Share
    concept_id: str | None = None
    """For skills and titles: the concept in Looma's own taxonomy."""
    entry: str | None = None
    """The work or education entry that it belongs to: ``work:0``, ``education:1``."""


class PageSpan(Record):
    """Where a page of the document lies in the text."""

    number: int
    start: int
    end: int


class Work(Record):
    """One position: where, as what, from when to when; `start`/`end` of its passage in the text as `passage_*`."""

    company: str | None = None
    title: str | None = None
    title_concept: str | None = None
    began: YearMonth | None = None
    ended: YearMonth | None = None
    current: bool = False
    passage_start: int
    passage_end: int


class Study(Record):
    """One education entry."""

    school: str | None = None
    degree: DegreeLevel | None = None
    major: str | None = None
    began: YearMonth | None = None
    ended: YearMonth | None = None
    passage_start: int
    passage_end: int


class Span(Record):
    """A passage of a text, in code points, half open."""

    start: int
    end: int


class SkillMention(Record):
    """A skill in a text: the concept it names and the words that name it."""

    name: str
    concept_id: str
    surface: str
    start: int
    end: int
    confidence: Share
    kind: str
    broader: list[str] = []
    """Concepts above it, nearest first (level by level, each level sorted by id)."""


class Skill(Record):
    """A skill of a person: every place that names it, and the years that the dated work around those places gives."""

    concept_id: str
    name: str
    kind: str
    broader: list[str] = []
    years: float | None = None
    """Union of the periods of the work entries that name it, or what the text says outright; null when unknown."""
    last_used: YearMonth | None = None
    """End of the latest such entry (the reading day's month when current)."""
    spans: list[Span]


class Title(Record):
    """A job title in a text and the occupation concept that it names."""

    text: str
    concept_id: str | None = None
    broader: list[str] = []
    start: int
    end: int


class Parsed(Record):
    """What one document says. Nothing of it is stored by the parse call."""

    text: str
    language: TextLanguage
    source: Source
    pages: list[PageSpan] = []
    facts: list[Fact] = []
    work: list[Work] = []
    education: list[Study] = []
    titles: list[Title] = []
    skills: list[Skill] = []
    years_total: float | None = None
    """Years of work: the union of all dated entries (overlaps count once), or what the text says outright."""
    needs: Literal["ocr"] | None = None
    """``ocr``: readable, but without a text layer; nothing could be read from it."""
    warnings: list[Notice] = []
    engine: str = "rules"


class ParseText(Record):
    """A résumé as text. `language` is a hint; it is told by the text itself when absent."""

    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT_CHARACTERS)]
    language: TextLanguage | None = None


class ExtractText(Record):
    """A text to look for skills in."""

    text: Annotated[str, Field(max_length=MAX_TEXT_CHARACTERS)]
    language: TextLanguage | None = None


class ExtractedSkills(Record):
    """Skills in the order of the text."""

    skills: list[SkillMention]


class JobTexts(Record):
    """Job texts to read in one go."""

    texts: Annotated[list[Annotated[str, Field(max_length=50_000)]], Field(max_length=500)]
    titles: Annotated[list[str], Field(max_length=500)]
    """One title for each text."""


class ReadText(Record):
    """What a text names: skills and the occupation of its title."""

    skills: list[SkillMention]
    title: Title | None = None


class ReadTexts(Record):
    """One answer for each text, in order."""

    results: list[ReadText]


class StoredResume(Record):
    """A résumé that was kept with a talent; sensitive facts are not among its facts."""

    id: str
    talent_id: str
    filename: str
    media_type: str
    content_hash: str
    """SHA-256 of the file, hex."""
    parsed: Parsed
    version: int
    created_at: Timestamp


class ResumeIds(Record):
    """Whose résumés are asked for."""

    talent_ids: Annotated[list[str], Field(max_length=500)]


class StoredResumes(Record):
    """The current résumé of each talent that has one, by talent id."""

    resumes: list[StoredResume]
