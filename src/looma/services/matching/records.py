"""Records as matching keeps them: asked of their owners, read by the rules of this code, embedded by the model."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from looma.contracts.crm import CrmAPI, Ids, Job
from looma.contracts.matching import JobText
from looma.contracts.resume import Parsed, ResumeAPI, ResumeIds, StoredResume
from looma.platform.stores.sql import Sql

from . import kept, needs, person
from .kept import JOB, TALENT, Family, Followed, Meaning
from .reading import JobReader
from .turns import in_turns
from .vectors import digest_of

AT_ONCE = 20
"""Records that peers are asked for in one call; a résumé is large."""

_Known = Mapping[bytes, bytes]
"""Vectors by the digests of their texts."""


class Records:
    """Reads records of the organisation that is calling."""

    def __init__(self, sql: Sql, crm: CrmAPI, resumes: ResumeAPI, reader: JobReader) -> None:
        self._sql, self._crm, self._resumes, self._reader = sql, crm, resumes, reader
        self._ways: dict[str, Callable[[list[str], _Known], Awaitable[list[Followed]]]] = {
            JOB.kind: self._jobs,
            TALENT.kind: self._talents,
        }

    async def read(self, org: str, family: Family, versions: Mapping[str, int]) -> list[Followed]:
        """The records with these ids as they are; one that is not there any more is away as of `versions[id]`."""
        ids, found = list(versions), list[Followed]()
        for at in range(0, len(ids), AT_ONCE):
            some = ids[at : at + AT_ONCE]
            known = await kept.vectors(self._sql, org, family, some, self._reader.model)
            found += await self._ways[family.kind](some, known)
        there = {record.id for record in found}
        return found + [_away(gone, versions[gone]) for gone in ids if gone not in there]

    async def resumes(self, talent_ids: Sequence[str]) -> dict[str, StoredResume]:
        """The current résumé of each of these people who has one."""
        found: list[StoredResume] = []
        for at in range(0, len(talent_ids), AT_ONCE):
            some = ResumeIds(talent_ids=list(talent_ids[at : at + AT_ONCE]))
            found += (await self._resumes.current_resumes(some)).resumes
        return {resume.talent_id: resume for resume in found}

    async def _jobs(self, ids: list[str], known: _Known) -> list[Followed]:
        found = (await self._crm.jobs_by_id(Ids(ids=ids))).jobs
        live = [job for job in found if not job.archived]
        readings = await self._reader.read([text_of(job) for job in live], known)
        records = [_away(job.id, job.version) for job in found if job.archived]
        for job, read in zip(live, readings, strict=True):
            content = [needs.to_json(ask) for ask in read.asks]
            meaning = self._meaning(text_of(job).title, read.vector)
            records.append(Followed(job.id, job.version, True, job.status, content, JOB.rules, meaning))
        return records

    async def _talents(self, ids: list[str], known: _Known) -> list[Followed]:
        found = (await self._crm.talents_by_id(Ids(ids=ids))).talents
        live = [talent for talent in found if not talent.archived and talent.resume_id]
        resumes = await self.resumes([talent.id for talent in live])
        headlines = {one.talent_id: headline_of(one.parsed) for one in resumes.values()}
        vectors = await self._reader.vectors(list(headlines.values()), known)
        records = [_away(talent.id, talent.version) for talent in found if talent.id not in resumes]
        async for talent in in_turns(talent for talent in live if talent.id in resumes):
            resume, headline = resumes[talent.id], headlines[talent.id]
            content = person.to_json(person.person_of(resume.parsed, reading_month(resume)))
            meaning = self._meaning(headline, vectors.get(headline))
            records.append(Followed(talent.id, talent.version, True, talent.status, content, TALENT.rules, meaning))
        return records

    def _meaning(self, text: str, vector: bytes | None) -> Meaning | None:
        return None if text and vector is None else Meaning(self._reader.model, digest_of(text), vector)


def text_of(job: Job) -> JobText:
    """A stored job as it is read."""
    return JobText(title=job.title[:500], description=job.description, location=(job.location or "")[:200] or None,
                   id=job.id, company=job.company)  # fmt: skip


def headline_of(parsed: Parsed) -> str:
    """The title that meanings are compared by; empty when the résumé has none."""
    title = person.headline(parsed)
    return " ".join(title.text.split())[:200] if title else ""


def reading_month(resume: StoredResume) -> int:
    """The month that a kept résumé was read in; recency counts from it, so that a score does not change by itself."""
    return month_of(resume.created_at)


def month_of(moment: datetime) -> int:
    """Months since the year 0."""
    return moment.year * 12 + moment.month


def _away(record_id: str, version: int) -> Followed:
    """A record that is not matched: archived, gone, or a person without a résumé."""
    return Followed(record_id, version, live=False)
