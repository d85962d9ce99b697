"""What is ranked, in memory: jobs and people of the organisations that asked last, following the tables."""

from asyncio import Lock
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from looma.contracts.matching import Weights
from looma.platform.stores.sql import Sql

from . import editing, person
from .job_index import JobEntry, JobIndex
from .kept import JOB, TALENT, Family, Followed, after
from .people_index import PeopleIndex, PersonEntry
from .turns import in_turns

ORGANISATIONS = 8
"""Organisations that are held; the one that was asked for least recently goes first."""


@dataclass
class Held:
    """The records of one organisation, and the indexes over them while nothing changes."""

    lock: Lock = field(default_factory=Lock)
    change: int = 0
    jobs: dict[str, JobEntry] = field(default_factory=dict)
    people: dict[str, PersonEntry] = field(default_factory=dict)
    outdated: set[tuple[str, str]] = field(default_factory=set)
    """Kind and id of the records that were read by other rules than this code's."""
    unembedded: set[tuple[str, str]] = field(default_factory=set)
    """The same of records that have no vector by this model."""
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
        """Take over what the tables learned up to a change; vectors of another model than `model` are left out."""
        if to <= self.change:
            return
        await self._load(sql, org, JOB, lambda row: self._put_job(row, model))
        await self._load(sql, org, TALENT, lambda row: self._put_person(row, model))
        self.change = to

    async def _load(self, sql: Sql, org: str, family: Family, put: Callable[[Followed], None]) -> None:
        last = ""
        while rows := await after(sql, org, family, self.change, last):
            async for row in in_turns(rows, at_once=20):
                put(row)
            last = rows[-1].id

    def _put_job(self, row: Followed, model: str) -> None:
        self._job_index = None
        self.jobs.pop(row.id, None)
        self._mark(JOB, row, model)
        if row.live:
            asks = editing.from_json(row.content, row.changes, with_evidence=False)
            self.jobs[row.id] = JobEntry((row.id, 0), asks, row.vector_of(model), row.status)

    def _put_person(self, row: Followed, model: str) -> None:
        self._people_index = None
        self.people.pop(row.id, None)
        self._mark(TALENT, row, model)
        if row.live:
            features: dict[str, Any] = row.content
            self.people[row.id] = PersonEntry(row.id, person.from_json(features), row.vector_of(model), row.status)

    def _mark(self, family: Family, row: Followed, model: str) -> None:
        one = family.kind, row.id
        embedded = row.meaning is not None and row.meaning.model == model
        for marked, amiss in ((self.outdated, row.rules != family.rules), (self.unembedded, not embedded)):
            (marked.add if row.live and amiss else marked.discard)(one)


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
        """The organisation as the tables have it after a change."""
        held = self.of(org)
        await held.follow(self._sql, org, to, model)
        return held
