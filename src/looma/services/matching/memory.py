"""What is ranked, in memory: jobs and people of the organisations that asked last, following the tables."""

from asyncio import Lock, sleep
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from looma.contracts.matching import Weights
from looma.platform.stores.sql import Sql

from . import needs, person
from .job_index import JobEntry, JobIndex
from .kept import JOB, TALENT, Family, Followed, after
from .people_index import PeopleIndex, PersonEntry

ORGANISATIONS = 8
"""Organisations that are held; the one that was asked for least recently goes first."""


@dataclass
class Held:
    """The records of one organisation, and the indexes over them while nothing changes."""

    lock: Lock = field(default_factory=Lock)
    seq: int = 0
    jobs: dict[str, JobEntry] = field(default_factory=dict)
    people: dict[str, PersonEntry] = field(default_factory=dict)
    _job_index: tuple[int, JobIndex] | None = None
    _people_index: PeopleIndex | None = None

    def job_index(self, weights: Weights) -> JobIndex:
        """All jobs in the order of their ids, under these weights."""
        if self._job_index is None or self._job_index[0] != weights.version:
            self._job_index = weights.version, JobIndex([self.jobs[job] for job in sorted(self.jobs)], weights)
        return self._job_index[1]

    def people_index(self) -> PeopleIndex:
        """All people in the order of their ids."""
        if self._people_index is None:
            self._people_index = PeopleIndex([self.people[one] for one in sorted(self.people)])
        return self._people_index

    async def follow(self, sql: Sql, org: str, to: int, model: str) -> None:
        """Take over what the tables learned up to entry `to`; vectors of another model than `model` are left out."""
        if to <= self.seq:
            return
        await self._load(sql, org, JOB, lambda row: self._put_job(row, model))
        await self._load(sql, org, TALENT, lambda row: self._put_person(row, model))
        self.seq = to

    async def _load(self, sql: Sql, org: str, family: Family, put: Callable[[Followed], None]) -> None:
        last = ""
        while rows := await after(sql, org, family, self.seq, last):
            for row in rows:
                put(row)
            last = rows[-1].id
            await sleep(0)

    def _put_job(self, row: Followed, model: str) -> None:
        self._job_index = None
        self.jobs.pop(row.id, None)
        if row.live:
            asks = tuple(needs.from_json(ask, with_evidence=False) for ask in row.content)
            self.jobs[row.id] = JobEntry((row.id, 0), asks, row.vector_of(model), row.status)

    def _put_person(self, row: Followed, model: str) -> None:
        self._people_index = None
        self.people.pop(row.id, None)
        if row.live:
            features: dict[str, Any] = row.content
            self.people[row.id] = PersonEntry(row.id, person.from_json(features), row.vector_of(model), row.status)


class Memory:
    """The organisations that are held."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql
        self._held: OrderedDict[str, Held] = OrderedDict()

    def of(self, org: str) -> Held:
        """What is held of an organisation, which is now the one asked for last."""
        held = self._held.setdefault(org, Held())
        self._held.move_to_end(org)
        for idle in [name for name, one in self._held.items() if not one.lock.locked()]:
            if len(self._held) <= ORGANISATIONS or idle == org:
                break
            del self._held[idle]
        return held

    async def follow(self, org: str, to: int, model: str) -> Held:
        """The organisation as the tables have it after entry `to`."""
        held = self.of(org)
        await held.follow(self._sql, org, to, model)
        return held
