"""Keeps the matching contract: reads what jobs ask for, ranks in both directions, and says why."""

from asyncio import sleep, to_thread
from typing import Any, Self

from looma.contracts.crm import CrmAPI, Ids
from looma.contracts.matching import (
    Criteria,
    JobMatch,
    JobMatches,
    JobRef,
    JobText,
    MatchingAPI,
    MatchJobs,
    MatchTalents,
    NothingToMatch,
    RankJobs,
    TalentMatch,
    TalentMatches,
    TalentRef,
    Weights,
)
from looma.contracts.resume import Parsed, ResumeAPI, ResumeIds, StoredResume
from looma.platform import context
from looma.platform.errors import Invalid
from looma.platform.service import Platform, Service

from . import filtering, kept, needs
from .following import Follower, headline_of, month_of, reading_month, text_of
from .job_index import JobEntry, JobIndex
from .matches import Candidate
from .memory import Memory
from .needs import criterion
from .people_index import PeopleIndex
from .person import person_of
from .places import Places
from .reading import JobReader
from .scoring import weights_of

_BETWEEN = 16
"""Matches that are put into words before other callers of this process get their turn."""


class MatchingService(Service, MatchingAPI):
    """Ranks jobs for people and people for jobs."""

    def __init__(self, platform: Platform) -> None:
        self._sql, self._clock = platform.data.sql, platform.clock
        self._crm, self._resumes = platform.peer(CrmAPI), platform.peer(ResumeAPI)
        self._places = Places(self._resumes)
        self._reader = JobReader(self._resumes, platform.embedder, self._places)
        self._follower = Follower(self._sql, self._crm, self._resumes, self._reader)
        self._memory = Memory(self._sql)
        self._stores_are_open = False

    @classmethod
    def build(cls, platform: Platform) -> Self:
        """Matching on the platform's stores, with the CRM's records and the résumé service's reading."""
        return cls(platform)

    async def start(self) -> None:
        """From now on the stores are open, and organisations have weights of their own."""
        self._stores_are_open = True

    async def stop(self) -> None:
        """The stores are about to close."""
        self._stores_are_open = False

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
        for number, one in enumerate(ranked):
            if number % _BETWEEN == 0:
                await sleep(0)
            entry = entries[one.position]
            match = candidate.match(entry.asks, entry.vector, weights)
            matches.append(JobMatch(job=_job_ref(jobs[one.position]), **dict(match)))
        return JobMatches(matches=matches, total=len(jobs), weights_version=weights.version)

    async def read_criteria(self, request: JobText) -> Criteria:
        """What a text asks for, under the weights of the organisation."""
        (read,) = await self._reader.read([request])
        weights = weights_of(read.asks, await self._weights())
        criteria = [criterion(ask, weight / 100) for ask, weight in zip(read.asks, weights, strict=True)]
        return Criteria(job_id=request.id, language=read.language, text=read.text, criteria=criteria)

    async def get_criteria(self, job_id: str) -> Criteria:
        """What the job asks for as it is now."""
        return await self.read_criteria(text_of(await self._crm.get_job(job_id)))

    async def find_jobs(self, request: MatchJobs) -> JobMatches:
        """Follow the records, rank from memory, and put the best into words."""
        resume, weights = await self._resume(request), await self._weights()
        wanted = await filtering.wanted(request.filters, "open", self._resumes, self._places)
        candidate = await self._candidate(resume.parsed, reading_month(resume))
        index = await self._jobs(weights)
        chosen = wanted.jobs(index.entries)
        ranked = index.rank(candidate.person, candidate.vector, request.limit, chosen)
        ids = [index.entries[one.position].key[0] for one in ranked]
        rows = await kept.by_id(self._sql, context.caller().org, kept.JOB, ids)
        jobs = {job.id: job for job in (await self._crm.jobs_by_id(Ids(ids=ids))).jobs}
        matches = []
        for job_id in (one for one in ids if one in rows and one in jobs):
            asks = [needs.from_json(ask) for ask in rows[job_id].content]
            match = candidate.match(asks, rows[job_id].vector_of(self._reader.model), weights)
            matches.append(JobMatch(job=_job_ref(text_of(jobs[job_id])), **dict(match)))
        matches.sort(key=lambda m: (-m.score, m.job.id or ""))  # a job may have moved on since the ranking
        return JobMatches(matches=matches, total=int(chosen.sum()), weights_version=weights.version)

    async def find_talents(self, request: MatchTalents) -> TalentMatches:
        """Follow the records, rank from memory, and put the best into words."""
        job, weights = await self._crm.get_job(request.job_id), await self._weights()
        (read,) = await self._reader.read([text_of(job)])
        wanted = await filtering.wanted(request.filters, "active", self._resumes, self._places)
        index = await self._people()
        chosen = wanted.people(index.entries)
        ranked = index.rank(read.asks, weights, read.vector, request.limit, chosen)
        ids = [index.entries[one.position].id for one in ranked]
        people = {talent.id: talent for talent in (await self._crm.talents_by_id(Ids(ids=ids))).talents}
        matches = []
        for resume in (await self._resumes.current_resumes(ResumeIds(talent_ids=ids))).resumes:
            if (who := people.get(resume.talent_id)) is not None:
                candidate = await self._candidate(resume.parsed, reading_month(resume))
                match = candidate.match(read.asks, read.vector, weights)
                matches.append(TalentMatch(talent=TalentRef(id=who.id, name=who.name), **dict(match)))
        matches.sort(key=lambda m: (-m.score, m.talent.id))  # a résumé may have moved on since the ranking
        return TalentMatches(matches=matches, total=int(chosen.sum()), weights_version=weights.version)

    async def get_weights(self) -> Weights:
        """The organisation's weights."""
        return await self._weights()

    async def put_weights(self, request: Weights) -> Weights:
        """The weights, one version on."""
        org, if_match, now = context.caller().org, context.current().if_match, self._clock()
        return await self._sql.write(lambda tx: kept.keep_weights(tx, org, request, if_match, now))

    async def _weights(self) -> Weights:
        """The organisation's weights; the defaults in a process that has no store open."""
        return await kept.weights(self._sql, context.caller().org) if self._stores_are_open else Weights()

    async def _jobs(self, weights: Weights) -> JobIndex:
        org = context.caller().org
        async with self._memory.of(org).lock:
            held = await self._memory.follow(org, await self._follower.catch_up(org), self._reader.model)
            return await to_thread(held.job_index, weights)  # half a second for 10,000 jobs after a change

    async def _people(self) -> PeopleIndex:
        org = context.caller().org
        async with self._memory.of(org).lock:
            held = await self._memory.follow(org, await self._follower.catch_up(org), self._reader.model)
            return await to_thread(held.people_index)

    async def _candidate(self, parsed: Parsed, month: int) -> Candidate:
        headline = headline_of(parsed)
        vectors = await self._reader.vectors([headline])
        return Candidate(parsed, person_of(parsed, month), month, vectors.get(headline), context.current().language)

    async def _resume(self, request: MatchJobs) -> StoredResume:
        """The résumé that jobs are asked for; `NothingToMatch` for a person without one."""
        if (request.talent_id is None) == (request.resume_id is None):
            raise Invalid(problems=[{"problem": "one_of_two", "field": "talent_id / resume_id"}], summary="")
        if request.resume_id is not None:
            return await self._resumes.get_resume(request.resume_id)
        talent = await self._crm.get_talent(request.talent_id or "")
        found = (await self._resumes.current_resumes(ResumeIds(talent_ids=[talent.id]))).resumes
        if not found:
            raise NothingToMatch(talent_id=talent.id)
        return found[0]


def _job_ref(job: JobText) -> JobRef:
    return JobRef(title=job.title, id=job.id, company=job.company, location=job.location)
