"""Saving and finding a person with résumé and facts, inside a transaction that somebody else commits."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from ..clock import Clock, NewId
from ..context import Caller
from ..errors import NotFound
from . import outbox
from .errors import Moved
from .sort_keys import search_key, sort_key
from .sql import Transaction
from .sql.records import EVENTS, FACTS, RESUMES, TALENTS
from .summaries import NOTHING, summary
from .talent_data import FactRow, ResumeRow, TalentData, TalentRow, Versions

_TALENT = tuple(f.name for f in fields(TalentRow))
_RESUME = tuple(f.name for f in fields(ResumeRow))
_FACT = tuple(f.name for f in fields(FactRow) if f.name != "sensitive")
_OWN = ("id", "resume_id", "version", "created_at", "updated_at")
"""Columns of a talent that no caller changes."""

_FIND_TALENT = select(*(TALENTS.c[name] for name in _TALENT)).where(
    TALENTS.c.org == bindparam("of_org"), TALENTS.c.id == bindparam("of_id")
)
_FIND_RESUME = select(*(RESUMES.c[name] for name in _RESUME)).where(
    RESUMES.c.org == bindparam("of_org"), RESUMES.c.id == bindparam("of_id")
)
_FIND_FACTS = (
    select(*(FACTS.c[name] for name in _FACT))
    .where(FACTS.c.org == bindparam("of_org"), FACTS.c.resume_id == bindparam("of_id"))
    .order_by(FACTS.c.id)
)
_INSERT_TALENT, _INSERT_RESUME = insert(TALENTS), insert(RESUMES)
_INSERT_FACT, _INSERT_EVENT = insert(FACTS), insert(EVENTS)
_UPDATE_TALENT = update(TALENTS).where(
    TALENTS.c.org == bindparam("of_org"),
    TALENTS.c.id == bindparam("of_id"),
    TALENTS.c.version == bindparam("of_version"),
)


def columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that hold these fields of a talent: what follows the name comes with it."""
    if "name" not in fields:
        return dict(fields)
    name: str | None = fields["name"]
    if name is None:
        return {**fields, "sort_key": None, "search_key": None}
    return {**fields, "sort_key": sort_key(name, person=True), "search_key": search_key(name, person=True)}


def _current(resume: ResumeRow) -> dict[str, Any]:
    return {"resume_id": resume.id, **summary(resume.parsed)}


async def find(tx: Transaction, org: str, talent_id: str) -> TalentData | None:
    """A person of `org` with the current résumé and its facts, archived or not; None when there is no such person."""
    row = await tx.fetch_one(_FIND_TALENT, {"of_org": org, "of_id": talent_id})
    if row is None:
        return None
    talent = TalentRow(**row)
    if talent.resume_id is None:
        return TalentData(talent)
    key = {"of_org": org, "of_id": talent.resume_id}
    resume = await tx.fetch_one(_FIND_RESUME, key)
    facts = tuple(FactRow(**fact) for fact in await tx.fetch_all(_FIND_FACTS, key))
    return TalentData(talent, ResumeRow(**resume) if resume else None, facts)


class TalentWriter:
    """Saves people in the name of `caller`, in an open transaction. Never commits."""

    def __init__(self, tx: Transaction, caller: Caller, clock: Clock, new_id: NewId) -> None:
        self._tx, self._caller, self._new_id = tx, caller, new_id
        self._now = clock()

    async def save(self, data: TalentData) -> Versions:
        """Talent, résumé, facts, event and outbox entry; the versions that stand then.

        Raises `Moved` when the person has another version by now, `NotFound` when there is none of this organisation,
        `Duplicate` when an id is taken, ValueError for a fact that is sensitive.
        """
        if any(fact.sensitive for fact in data.facts):
            raise ValueError("a sensitive fact is not kept: leave it out")
        if data.facts and data.resume is None:
            raise ValueError("facts belong to a résumé")
        version, kind, names = await self._talent(data.talent, data.resume)
        resume_id = data.resume.id if data.resume else None
        if data.resume:
            await self._resume(data.talent.id, data.resume, data.facts)
            names.append("resume_id")
        await self._event(data.talent.id, "resume_added" if resume_id and kind == "changed" else kind, names, version)
        await outbox.append(
            self._tx, org=self._caller.org, kind="talent", record_id=data.talent.id, version=version, at=self._now
        )
        return Versions(version, 1 if data.resume else None)

    async def _talent(self, talent: TalentRow, resume: ResumeRow | None) -> tuple[int, str, list[str]]:
        """The version that now stands, what happened, and the names of the fields that it happened to."""
        values = {name: getattr(talent, name) for name in _TALENT if name not in _OWN}
        if talent.version == 0:
            own = {"id": talent.id, "org": self._caller.org, "version": 1, "created_at": self._now}
            kept = {**columns(values), **(_current(resume) if resume else {"resume_id": None, **NOTHING})}
            await self._tx.execute(_INSERT_TALENT, {**kept, **own, "updated_at": self._now})
            return 1, "created", [name for name, value in values.items() if value not in (None, [], False)]
        stored = await self._stored(talent)
        changed = {name: value for name, value in values.items() if stored[name] != value}
        await self._update(talent, {**columns(changed), **(_current(resume) if resume else {})})
        return talent.version + 1, "changed", list(changed)

    async def _stored(self, talent: TalentRow) -> Mapping[str, Any]:
        stored = await self._tx.fetch_one(_FIND_TALENT, {"of_org": self._caller.org, "of_id": talent.id})
        if stored is None:
            raise NotFound(talent_id=talent.id)
        if stored["version"] != talent.version:
            raise Moved(expected=talent.version, found=stored["version"])
        return stored

    async def _update(self, talent: TalentRow, changed: Mapping[str, Any]) -> None:
        values = {**changed, "version": talent.version + 1, "updated_at": self._now}
        key = {"of_org": self._caller.org, "of_id": talent.id, "of_version": talent.version}
        if await self._tx.execute(_UPDATE_TALENT, {**values, **key}) != 1:  # on a server somebody else was faster
            raise Moved(expected=talent.version, found=talent.version + 1)

    async def _resume(self, talent_id: str, resume: ResumeRow, facts: tuple[FactRow, ...]) -> None:
        org = self._caller.org
        values = {name: getattr(resume, name) for name in _RESUME}
        own = {"org": org, "talent_id": talent_id, "version": 1, "created_at": self._now}
        await self._tx.execute(_INSERT_RESUME, {**values, **own})
        rows = [
            {name: getattr(fact, name) for name in _FACT}
            | {"id": self._new_id(), "org": org, "talent_id": talent_id, "resume_id": resume.id}
            for fact in facts
        ]
        await self._tx.execute(_INSERT_FACT, rows)

    async def _event(self, talent_id: str, kind: str, names: list[str], version: int) -> None:
        event = {
            "id": self._new_id(),
            "org": self._caller.org,
            "record": "talent",
            "record_id": talent_id,
            "kind": kind,
            "by": self._caller.user,
            "at": self._now,
            "fields": sorted(names),
            "version": version,
        }
        await self._tx.execute(_INSERT_EVENT, event)
