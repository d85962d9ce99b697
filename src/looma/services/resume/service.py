"""Keeps the résumé contract: documents are read in worker processes, taxonomies kept in SQL."""

from collections.abc import Callable
from typing import Any, Self, TypeVar

from looma.contracts.resume import (
    MAX_FILE_BYTES,
    Bomb,
    Empty,
    ExtractedSkills,
    ExtractText,
    JobTexts,
    Normalized,
    NormalizeTerms,
    NormalizeTitles,
    Parsed,
    ParseText,
    ReadTexts,
    ResumeAPI,
    ResumeIds,
    ResumeTooLarge,
    StoredResume,
    StoredResumes,
    Taxonomy,
    TaxonomyNotFound,
    TaxonomyReserved,
    TaxonomyUpload,
    TooSlow,
    Unreadable,
)
from looma.platform import context
from looma.platform.contract import Page, Upload
from looma.platform.errors import Invalid
from looma.platform.service import Platform, Service
from looma.platform.workers import WorkerDied, WorkerTimedOut

from . import intake, resumes, taxonomies
from .indexes import BUILT_IN, Indexes

T = TypeVar("T")
MB = 1024 * 1024


class ResumeService(Service, ResumeAPI):
    """Reads résumés."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._sql = platform.data.sql
        self._indexes = Indexes(platform)

    @classmethod
    def build(cls, platform: Platform) -> Self:
        return cls(platform)

    async def health(self) -> dict[str, Any]:
        await self._sql.check()
        return {"sql": "healthy", "embedder": self._platform.embedder.model}

    async def parse(self, file: Upload | None = None, request: ParseText | None = None) -> Parsed:
        today = self._platform.clock().date()
        if file is not None and request is not None:
            raise Invalid(problems=[{"problem": "one_of", "field": "file / request"}], summary="")
        if file is not None:
            if not file.data:
                raise Empty
            if len(file.data) > MAX_FILE_BYTES:
                raise ResumeTooLarge(limit_mb=MAX_FILE_BYTES // MB)
            return await self._in_worker(intake.read_file, file.data, file.filename, today)
        if request is None:
            raise Empty
        return await self._in_worker(intake.read_text, request.text, request.language, today)

    async def get_resume(self, resume_id: str) -> StoredResume:
        return await resumes.one(self._sql, context.caller().org, resume_id)

    async def current_resumes(self, request: ResumeIds) -> StoredResumes:
        found = await resumes.current(self._sql, context.caller().org, request.talent_ids)
        return StoredResumes(resumes=found)

    async def extract_skills(self, request: ExtractText) -> ExtractedSkills:
        return ExtractedSkills(skills=await self._in_worker(intake.read_skills, request.text, request.language))

    async def read_texts(self, request: JobTexts) -> ReadTexts:
        if len(request.texts) != len(request.titles):
            raise Invalid(problems=[{"problem": "uneven", "field": "titles"}], summary="")
        return ReadTexts(results=await self._in_worker(intake.read_job_texts, request.titles, request.texts))

    async def normalize_skills(self, request: NormalizeTerms) -> Normalized:
        found = await self._indexes.nearest(request.terms, request.taxonomy, request.k, titles=False)
        return Normalized(results=found)

    async def normalize_titles(self, request: NormalizeTitles) -> Normalized:
        found = await self._indexes.nearest(request.titles, request.taxonomy, request.k, titles=True)
        return Normalized(results=found)

    async def put_taxonomy(self, name: str, request: TaxonomyUpload) -> Taxonomy:
        if name in BUILT_IN:
            raise TaxonomyReserved(name=name)
        org, now = context.caller().org, self._platform.clock()
        return await self._sql.write(lambda tx: taxonomies.replace(tx, org, name, request.concepts, now))

    async def list_taxonomies(self, cursor: str | None = None, limit: int = 20) -> Page[Taxonomy]:
        found = await taxonomies.page(self._sql, context.caller().org, cursor or "", limit + 1)
        more = found[limit - 1].name if len(found) > limit else None
        own = found[:limit]
        built_in = await self._indexes.built_in() if cursor is None else []
        return Page(items=[*built_in, *own], next_cursor=more)

    async def delete_taxonomy(self, name: str) -> Taxonomy:
        if name in BUILT_IN:
            raise TaxonomyReserved(name=name)
        org = context.caller().org
        if (gone := await self._sql.write(lambda tx: taxonomies.remove(tx, org, name))) is None:
            raise TaxonomyNotFound(name=name)
        return gone

    async def _in_worker(self, task: Callable[..., T], *arguments: Any) -> T:
        """The task's value; what takes too long or kills its process is told as the document's fault."""
        limit = self._platform.settings.reading.timeout_s
        try:
            return await self._platform.workers.run(task, *arguments, timeout_s=limit)
        except WorkerTimedOut as slow:
            raise TooSlow(seconds=limit) from slow
        except WorkerDied as died:
            raise (Bomb if died.out_of_memory else Unreadable) from died
        except MemoryError as full:
            raise Bomb from full
