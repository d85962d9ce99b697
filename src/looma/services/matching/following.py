"""Following the outbox: what matching keeps comes to agree with the records, in order and idempotently."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from looma.contracts.crm import CrmAPI, Ids, Job
from looma.contracts.matching import JobText
from looma.contracts.resume import Parsed, ResumeAPI, ResumeIds, StoredResume
from looma.platform.stores.outbox import Entry, pending
from looma.platform.stores.sql import Sql, Transaction

from . import kept, needs, person
from .kept import Followed
from .reading import JobReader

AT_ONCE = 200
"""Entries applied in one transaction; their bodies are held in memory meanwhile."""


class Follower:
    """Applies what is pending for an organisation. One at a time for each organisation; the service sees to that."""

    def __init__(self, sql: Sql, crm: CrmAPI, resumes: ResumeAPI, reader: JobReader) -> None:
        self._sql, self._crm, self._resumes, self._reader = sql, crm, resumes, reader

    async def catch_up(self, org: str) -> int:
        """Apply everything that is pending; the last entry that was applied."""
        at = await kept.position(self._sql, org)
        while entries := await pending(self._sql, org=org, after_seq=at, limit=AT_ONCE):
            records = {"job": await self._jobs(entries), "talent": await self._talents(entries)}
            at = entries[-1].seq

            async def change(tx: Transaction, records: dict[str, list[Followed]] = records, to: int = at) -> None:
                await kept.keep(tx, org, records, to)

            await self._sql.write(change)
        return at

    async def _jobs(self, entries: Sequence[Entry]) -> list[Followed]:
        latest = _latest(entries, "job")
        if not latest:
            return []
        found = {job.id: job for job in (await self._crm.jobs_by_id(Ids(ids=list(latest)))).jobs}
        live = [job for job in found.values() if not job.archived]
        readings = await self._reader.read([text_of(job) for job in live])
        read = {job.id: reading for job, reading in zip(live, readings, strict=True)}
        records = []
        for entry in latest.values():
            if (job := found.get(entry.record_id)) is None or job.id not in read:
                records.append(_away(entry, job.version if job else entry.version))
                continue
            content = [needs.to_json(ask) for ask in read[job.id].asks]
            record = Followed(job.id, job.version, entry.seq, live=True, status=job.status, content=content)
            records.append(self._with_vector(record, read[job.id].vector))
        return records

    async def _talents(self, entries: Sequence[Entry]) -> list[Followed]:
        latest = _latest(entries, "talent")
        if not latest:
            return []
        found = {talent.id: talent for talent in (await self._crm.talents_by_id(Ids(ids=list(latest)))).talents}
        live = [talent.id for talent in found.values() if not talent.archived and talent.resume_id]
        stored = (await self._resumes.current_resumes(ResumeIds(talent_ids=live))).resumes if live else []
        resumes = {resume.talent_id: resume for resume in stored}
        vectors = await self._reader.vectors([headline_of(resume.parsed) for resume in stored])
        records = []
        for entry in latest.values():
            talent, resume = found.get(entry.record_id), resumes.get(entry.record_id)
            if talent is None or resume is None:
                records.append(_away(entry, talent.version if talent else entry.version))
                continue
            vector = vectors.get(headline_of(resume.parsed))
            content = person.to_json(person.person_of(resume.parsed, reading_month(resume)))
            record = Followed(talent.id, talent.version, entry.seq, live=True, status=talent.status, content=content)
            records.append(self._with_vector(record, vector))
        return records

    def _with_vector(self, record: Followed, vector: bytes | None) -> Followed:
        return replace(record, vector=vector, model=self._reader.model) if vector else record


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


def _latest(entries: Sequence[Entry], kind: str) -> dict[str, Entry]:
    """The last entry of each record of a kind."""
    return {entry.record_id: entry for entry in entries if entry.kind == kind}


def _away(entry: Entry, version: int) -> Followed:
    """A record that is not matched: archived, gone, or a person without a résumé."""
    return Followed(entry.record_id, max(version, entry.version), entry.seq, live=False)
