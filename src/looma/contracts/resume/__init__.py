"""What the résumé service offers: reading documents, facts with their place, skills and titles under one name each."""

from looma.platform.contract import Contract, Limit, Page, Upload, delete, get, post, put

from .errors import (
    Bomb,
    Empty,
    Encrypted,
    NeedsOcr,
    NotAResume,
    ResumeNotFound,
    ResumeTooLarge,
    TaxonomyNotFound,
    TaxonomyReserved,
    TooSlow,
    UnknownKind,
    Unreadable,
)
from .facts import (
    MAX_FILE_BYTES,
    MAX_PAGES,
    MAX_TEXT_CHARACTERS,
    SENSITIVE,
    DegreeLevel,
    ExtractedSkills,
    ExtractText,
    Fact,
    FactKind,
    JobTexts,
    PageSpan,
    Parsed,
    ParseText,
    ReadText,
    ReadTexts,
    ResumeIds,
    Share,
    Skill,
    SkillMention,
    Source,
    Span,
    StoredResume,
    StoredResumes,
    Study,
    TextLanguage,
    Title,
    Work,
    YearMonth,
)
from .taxonomies import (
    Candidate,
    Concept,
    Normalized,
    NormalizeTerms,
    NormalizeTitles,
    Taxonomy,
    TaxonomyUpload,
)

__all__ = [
    "MAX_FILE_BYTES",
    "MAX_PAGES",
    "MAX_TEXT_CHARACTERS",
    "SENSITIVE",
    "Bomb",
    "Candidate",
    "Concept",
    "DegreeLevel",
    "Empty",
    "Encrypted",
    "ExtractText",
    "ExtractedSkills",
    "Fact",
    "FactKind",
    "JobTexts",
    "NeedsOcr",
    "NormalizeTerms",
    "NormalizeTitles",
    "Normalized",
    "NotAResume",
    "PageSpan",
    "ParseText",
    "Parsed",
    "ReadText",
    "ReadTexts",
    "ResumeAPI",
    "ResumeIds",
    "ResumeNotFound",
    "ResumeTooLarge",
    "Share",
    "Skill",
    "SkillMention",
    "Source",
    "Span",
    "StoredResume",
    "StoredResumes",
    "Study",
    "Taxonomy",
    "TaxonomyNotFound",
    "TaxonomyReserved",
    "TaxonomyUpload",
    "TextLanguage",
    "Title",
    "TooSlow",
    "UnknownKind",
    "Unreadable",
    "Work",
    "YearMonth",
]


class ResumeAPI(Contract):
    """Reads résumés and knows skills and titles."""

    service = "resume-service"
    port = 8207

    @post("/api/v1/resumes/parse", scope="resume:read", too_large=ResumeTooLarge)
    async def parse(self, file: Upload | None = None, request: ParseText | None = None) -> Parsed:
        """Read a document (multipart `file`) or a text (JSON body) and give its facts; nothing is stored."""

    @get("/api/v1/resumes/{resume_id}", scope="resume:read")
    async def get_resume(self, resume_id: str) -> StoredResume:
        """A résumé that was kept with a talent."""

    @post("/api/v1/internal/resumes/current", scope="resume:read", public=False)
    async def current_resumes(self, request: ResumeIds) -> StoredResumes:
        """The current résumés of many talents; talents without one, or unknown, are left out."""

    @post("/api/v1/skills/extract", scope="resume:read")
    async def extract_skills(self, request: ExtractText) -> ExtractedSkills:
        """Skills that a text names, in the order of the text."""

    @post("/api/v1/internal/skills/read", scope="resume:read", public=False)
    async def read_texts(self, request: JobTexts) -> ReadTexts:
        """Skills and occupations of many job texts at once."""

    @post("/api/v1/skills/normalize", scope="resume:read")
    async def normalize_skills(self, request: NormalizeTerms) -> Normalized:
        """The concepts of a taxonomy that each term most likely means."""

    @post("/api/v1/titles/normalize", scope="resume:read")
    async def normalize_titles(self, request: NormalizeTitles) -> Normalized:
        """The concepts of a taxonomy that each job title most likely means."""

    @put("/api/v1/taxonomies/{name}", scope="resume:write")
    async def put_taxonomy(self, name: str, request: TaxonomyUpload) -> Taxonomy:
        """Store a taxonomy under a name of your organisation, replacing what stood there."""

    @get("/api/v1/taxonomies", scope="resume:read")
    async def list_taxonomies(self, cursor: str | None = None, limit: Limit = 20) -> Page[Taxonomy]:
        """The taxonomies that terms can be normalised to."""

    @delete("/api/v1/taxonomies/{name}", scope="resume:write")
    async def delete_taxonomy(self, name: str) -> Taxonomy:
        """Remove an uploaded taxonomy."""
