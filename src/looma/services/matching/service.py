"""Keeps the matching contract: reads what jobs ask for, ranks in both directions, and says why."""

import logging
from asyncio import to_thread
from datetime import timedelta
from typing import Any, Self

from looma.contracts.crm import CrmAPI, Ids, Job
from looma.contracts.matching import (
    Criteria,
    CriteriaChange,
    Direction,
    JobMatch,
    JobMatches,
    JobRef,
    JobText,
    MatchingAPI,
    MatchJobs,
    MatchRun,
    MatchStatistics,
    MatchTalents,
    NothingToMatch,
    RankJobs,
    Rebuilt,
    TalentMatch,
    TalentMatches,
    TalentRef,
    Weights,
)
from looma.contracts.resume import Parsed, ResumeAPI, StoredResume
from looma.platform import context
from looma.platform.contract import Page
from looma.platform.service import Platform, Service
from looma.platform.stores.errors import StoreFull

from . import changes, editing, filtering, kept, statistics, weights
from .following import Follower
from .history import Asked, History, Wanted
from .job_index import JobEntry, JobIndex
from .kept import JOB, TALENT
from .matches import Candidate
from .memory import Held, Memory
from .needs import criterion
from .people_index import PeopleIndex
from .person import person_of
from .places import Places
from .reading import JobReader, ReadJob
from .records import Records, headline_of, month_of, reading_month, text_of
from .refreshing import Refresher
from .refusals import check_filters, invalid
from .relay import Relay
from .scoring import weights_of
from .turns import in_turns

FOLLOWED_EVERY_S = 0.5
log = logging.getLogger("looma.matching")


class MatchingService(Service, MatchingAPI):
    """Ranks jobs for people and people for jobs. Without `follow_every_s`, records are followed by requests alone."""

    def __init__(self, platform: Platform, follow_every_s: float | None = FOLLOWED_EVERY_S) -> None:
        self._sql, self._clock = platform.data.sql, platform.clock
        self._crm, self._resumes = platform.peer(CrmAPI), platform.peer(ResumeAPI)
        self._places = Places(self._resumes)
        self._reader = JobReader(self._resumes, platform.embedder, self._places)
        self.records = Records(self._sql, self._crm, self._resumes, self._reader)
        self._follower = Follower(self._sql, self.records)
        self._memory = Memory(self._sql)
        self.refresher = Refresher(self._memory, self._follower, self._reader)
        self._relay = None if follow_every_s is None else Relay(self._sql, self._follower, follow_every_s)
        self._history = History(self._sql, platform.clock, platform.new_id)
        self._stores_are_open = False

    @classmethod
    def build(cls, platform: Platform) -> Self:
        """Matching on the platform's stores, with the CRM's records and the résumé service's reading."""
        return cls(platform)

    async def start(self) -> None:
        """From now on the stores are open, and organisations have weights of their own."""
        self._stores_are_open = True
        if self._relay is not None:
            self._relay.start()

    async def stop(self) -> None:
        """The stores are about to close."""
        self._stores_are_open = False
        await self.refresher.close()
        if self._relay is not None:
            await self._relay.close()

    async def health(self) -> dict[str, Any]:
        """The truth has to answer; without a model, meanings are left out."""
        await self._sql.check()
        return {"sql": "healthy", "embedder": self._reader.model}

    async def rank(self, request: RankJobs) -> JobMatches:
        """Read the jobs, score each, and put the best into words."""
        weights, jobs = await self._weights(), request.jobs
        pairs = list(zip(jobs, await self._reader.read(jobs), strict=True))
        candidate = await self._candidate(request.resume, month_of(self._clock()))
        entries = [JobEntry((job.id or "", at), one.asks, one.vector) for at, (job, one) in enumerate(pairs)]
        ranked = JobIndex(entries, weights).rank(candidate.person, candidate.vector, request.limit or len(jobs))
        matches = []
        async for one in in_turns(ranked):
            entry = entries[one.position]
            match = candidate.match(entry.asks, entry.vector, weights)
            matches.append(JobMatch(job=_job_ref(jobs[one.position]), **dict(match)))
        return JobMatches(matches=matches, total=len(jobs), weights_version=weights.version)

    async def read_criteria(self, request: JobText) -> Criteria:
        """What a text asks for, under the weights of the organisation."""
        (read,) = await self._reader.read([request])
        return await self._criteria(request.id, read, changes.NONE)

    async def get_criteria(self, job_id: str) -> Criteria:
        """What the job asks for as it is now, with what people changed."""
        read = await self._stored(await self._crm.get_job(job_id))
        return await self._criteria(job_id, read, await changes.find(self._sql, context.caller().org, job_id))

    async def put_criteria(self, job_id: str, request: CriteriaChange) -> Criteria:
        """The changes, one version on, and what the job asks for with them."""
        org, if_match, now = context.caller().org, context.current().if_match, self._clock()
        read = await self._stored(await self._crm.get_job(job_id))
        editing.check(request.criteria, read.asks)
        kept = await self._sql.write(lambda tx: changes.keep(tx, org, job_id, request.criteria, if_match, now))
        return await self._criteria(job_id, read, kept)

    async def find_jobs(self, request: MatchJobs) -> JobMatches:
        """Follow the records, rank from memory, put the best into words, and note what came out."""
        check_filters(request.filters)
        resume, weights = await self._resume(request), await self._weights()
        wanted = await filtering.wanted(request.filters, "open", self._resumes, self._places)
        candidate = await self._candidate(resume.parsed, reading_month(resume))
        index = await self._jobs(weights)
        chosen = wanted.jobs(index.entries)
        ranked = index.rank(candidate.person, candidate.vector, request.limit, chosen)
        ids = [index.entries[one.position].key[0] for one in ranked]
        rows = await kept.by_id(self._sql, context.caller().org, JOB, ids)
        jobs = {job.id: job for job in (await self._crm.jobs_by_id(Ids(ids=ids))).jobs}
        matches = []
        async for job_id in in_turns(one for one in ids if one in rows and one in jobs):
            asks = editing.from_json(rows[job_id].content, rows[job_id].changes)
            match = candidate.match(asks, rows[job_id].vector_of(self._reader.model), weights)
            matches.append(JobMatch(job=_job_ref(text_of(jobs[job_id])), **dict(match)))
        matches.sort(key=lambda m: (-m.score, m.job.id or ""))  # a job may have moved on since the ranking
        total, asked_for = int(chosen.sum()), {"talent_id": resume.talent_id, "resume_id": resume.id}
        asked = Asked("jobs", request.filters, request.limit, weights.version, total, **asked_for)
        ranking = [(m.job.id or "", m.score) for m in matches]
        run_id = await self._history.keep(asked, ranking) if request.keep else None
        return JobMatches(matches=matches, total=total, weights_version=weights.version, match_run_id=run_id)

    async def find_talents(self, request: MatchTalents) -> TalentMatches:
        """Follow the records, rank from memory, put the best into words, and note what came out."""
        check_filters(request.filters)
        job, weights = await self._crm.get_job(request.job_id), await self._weights()
        read, edits = await self._stored(job), await changes.find(self._sql, context.caller().org, job.id)
        asks = editing.edited(read.asks, edits.changes)
        wanted = await filtering.wanted(request.filters, "active", self._resumes, self._places)
        index = await self._people()
        chosen = wanted.people(index.entries)
        ranked = index.rank(asks, weights, read.vector, request.limit, chosen)
        ids = [index.entries[one.position].id for one in ranked]
        people = {talent.id: talent for talent in (await self._crm.talents_by_id(Ids(ids=ids))).talents}
        matches = []
        async for resume in in_turns((await self.records.resumes(ids)).values()):
            if (who := people.get(resume.talent_id)) is not None:
                candidate = await self._candidate(resume.parsed, reading_month(resume))
                match = candidate.match(asks, read.vector, weights)
                matches.append(TalentMatch(talent=TalentRef(id=who.id, name=who.name), **dict(match)))
        matches.sort(key=lambda m: (-m.score, m.talent.id))  # a résumé may have moved on since the ranking
        total = int(chosen.sum())
        asked = Asked("talents", request.filters, request.limit, weights.version, total, job_id=job.id)
        ranking = [(m.talent.id, m.score) for m in matches]
        run_id = await self._history.keep(asked, ranking) if request.keep else None
        return TalentMatches(matches=matches, total=total, weights_version=weights.version, match_run_id=run_id)

    async def list_runs(
        self,
        direction: Direction | None = None,
        talent_id: str | None = None,
        job_id: str | None = None,
        cursor: str | None = None,
        limit: int = 20,
    ) -> Page[MatchRun]:
        """Runs from the history."""
        return await self._history.page(Wanted(direction, talent_id, job_id), cursor, limit)

    async def get_run(self, match_run_id: str) -> MatchRun:
        """One run from the history."""
        return await self._history.one(match_run_id)

    async def statistics(self, days: int = 30, good_score: float = 50) -> MatchStatistics:
        """Figures of the history, and of what is held once it has followed the records."""
        org, now = context.caller().org, self._clock()
        async with self._memory.of(org).lock:
            held = await self._followed(org)
            jobs, people = list(held.jobs.values()), len(held.people)
        figures = await statistics.of_runs(self._sql, org, now.date() - timedelta(days=days - 1), now, good_score)
        criteria = await to_thread(statistics.criteria, jobs)
        return MatchStatistics(
            days=days, good_score=good_score, jobs=len(jobs), talents=people, criteria=criteria, **figures
        )

    async def get_weights(self) -> Weights:
        """The organisation's weights."""
        return await self._weights()

    async def put_weights(self, request: Weights) -> Weights:
        """The weights, one version on."""
        org, if_match, now = context.caller().org, context.current().if_match, self._clock()
        return await self._sql.write(lambda tx: weights.keep(tx, org, request, if_match, now))

    async def rebuild(self) -> Rebuilt:
        """Every organisation followed from its first change on."""
        jobs = talents = 0
        organisations = await kept.organisations(self._sql)
        for org in organisations:
            async with self._memory.of(org).lock:
                await self._follower.start_over(org)
            jobs += await kept.count(self._sql, org, JOB)
            talents += await kept.count(self._sql, org, TALENT)
        return Rebuilt(organisations=len(organisations), jobs=jobs, talents=talents)

    async def _stored(self, job: Job) -> ReadJob:
        (read,) = await self._reader.read([text_of(job)])
        return read

    async def _criteria(self, job_id: str | None, read: ReadJob, edits: changes.Kept) -> Criteria:
        asks = editing.edited(read.asks, edits.changes)
        weights = weights_of(asks, await self._weights())
        return Criteria(
            job_id=job_id,
            language=read.language,
            text=read.text,
            criteria=[criterion(ask, weight / 100) for ask, weight in zip(asks, weights, strict=True)],
            changes=editing.in_force(asks, edits.changes),
            version=edits.version,
        )

    async def _weights(self) -> Weights:
        """The organisation's weights; the defaults in a process that has no store open."""
        return await weights.find(self._sql, context.caller().org) if self._stores_are_open else Weights()

    async def _jobs(self, weights: Weights) -> JobIndex:
        org = context.caller().org
        async with self._memory.of(org).lock:
            held = await self._followed(org)
            return await to_thread(held.job_index, weights)  # half a second for 10,000 jobs after a change

    async def _people(self) -> PeopleIndex:
        org = context.caller().org
        async with self._memory.of(org).lock:
            return await to_thread((await self._followed(org)).people_index)

    async def _followed(self, org: str) -> Held:
        """What is held of the organisation once everything that is pending was applied; its lock has to be held.

        Where there is no room for the last changes, it is ranked without them: there are few, for no others can come.
        """
        try:
            place = await self._follower.catch_up(org)
        except StoreFull as why:
            log.warning("the last changes of records are not ranked: %s", why, extra={"org": org})
            place = await kept.place(self._sql, org)
        held = await self._memory.follow(org, place.change, self._reader.model)
        self.refresher.see_to(org, held)
        return held

    async def _candidate(self, parsed: Parsed, month: int) -> Candidate:
        headline = headline_of(parsed)
        vectors = await self._reader.vectors([headline])
        return Candidate(parsed, person_of(parsed, month), month, vectors.get(headline), context.current().language)

    async def _resume(self, request: MatchJobs) -> StoredResume:
        """The résumé that jobs are asked for; `NothingToMatch` for a person without one."""
        if (request.talent_id is None) == (request.resume_id is None):
            raise invalid("one_of_two", "talent_id / resume_id")
        if request.resume_id is not None:
            return await self._resumes.get_resume(request.resume_id)
        talent = await self._crm.get_talent(request.talent_id or "")
        if (resume := (await self.records.resumes([talent.id])).get(talent.id)) is None:
            raise NothingToMatch(talent_id=talent.id)
        return resume


def _job_ref(job: JobText) -> JobRef:
    return JobRef(title=job.title, id=job.id, company=job.company, location=job.location)
