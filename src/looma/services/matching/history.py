"""What was asked of matching, and how it came out: one small row for each answer, the last ones of an organisation."""

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, bindparam, delete, insert, select

from looma.contracts.matching import Direction, Filters, MatchRun, MatchRunNotFound
from looma.platform import context
from looma.platform.clock import Clock, NewId
from looma.platform.contract import Page
from looma.platform.errors import Unavailable
from looma.platform.stores.sql import Sql, Transaction

from .refusals import check_text, invalid
from .tables import RUNS

KEPT = 10_000
"""Runs that are kept of an organisation."""
TRIMMED_EVERY = 64
"""Answers after which the oldest are looked for; so many more than `KEPT` may stand there for a while."""
TRIMMED_AT_ONCE = 200
TOP = 10

log = logging.getLogger("looma.matching")

_FIELDS = [RUNS.c[name] for name in MatchRun.model_fields]
_MINE = RUNS.c.org == bindparam("of_org")
_ADD = insert(RUNS)
_ONE = select(*_FIELDS).where(_MINE, RUNS.c.id == bindparam("of_id"))
_TOO_MANY = (
    select(RUNS.c.id).where(_MINE).order_by(RUNS.c.id.desc()).offset(bindparam("kept", type_=Integer)).limit(1)
).scalar_subquery()
_OLDEST = (
    select(RUNS.c.id).where(_MINE, RUNS.c.id <= _TOO_MANY).order_by(RUNS.c.id).limit(TRIMMED_AT_ONCE)
).scalar_subquery()
_TRIM = delete(RUNS).where(_MINE, RUNS.c.id.in_(_OLDEST))


@dataclass(frozen=True)
class Asked:
    """What was asked for, for whom, and among how many."""

    direction: Direction
    filters: Filters
    limit: int
    weights_version: int
    total: int
    talent_id: str | None = None
    resume_id: str | None = None
    job_id: str | None = None


@dataclass(frozen=True)
class Wanted:
    """Which runs are looked for."""

    direction: Direction | None = None
    talent_id: str | None = None
    job_id: str | None = None


class History:
    """The runs of the organisation that is calling."""

    def __init__(self, sql: Sql, clock: Clock, new_id: NewId, kept: int = KEPT) -> None:
        self._sql, self._clock, self._new_id, self._most = sql, clock, new_id, kept
        self._added = 0

    async def keep(self, asked: Asked, ranked: Sequence[tuple[str, float]]) -> str | None:
        """Keep an answer: what was asked, and ids with their scores, best first. The run's id, once it is durable.

        None when the store takes nothing: whoever asked shall have the answer all the same.
        """
        org, run = context.caller().org, self._row(asked, ranked)
        self._added += 1
        trimming = self._added % TRIMMED_EVERY == 0

        async def change(tx: Transaction) -> None:
            await tx.execute(_ADD, run)
            if trimming:
                await tx.execute(_TRIM, {"of_org": org, "kept": self._most})

        try:
            await self._sql.write(change)
        except Unavailable as why:
            log.warning("an answer is not in the history: %s", why)
            return None
        return str(run["id"])

    async def one(self, run_id: str) -> MatchRun:
        """A run; `MatchRunNotFound` when there is none, or it is another organisation's."""
        known = {"of_org": context.caller().org, "of_id": run_id}
        row = await self._sql.fetch_one(_ONE, known) if _is_id(run_id) else None
        if row is None:
            raise MatchRunNotFound(match_run_id=run_id)
        return MatchRun.model_validate(row)

    async def page(self, wanted: Wanted, cursor: str | None, limit: int) -> Page[MatchRun]:
        """Runs that fit, newest first; new ones never move into a later page. A cursor is the id of the last one."""
        chosen = select(*_FIELDS).where(RUNS.c.org == context.caller().org)
        for name, value in asdict(wanted).items():
            check_text(value, name)
            chosen = chosen if value is None else chosen.where(RUNS.c[name] == value)
        if cursor is not None:
            if not _is_id(cursor):
                raise invalid("cursor", "cursor")
            chosen = chosen.where(RUNS.c.id < cursor)
        rows = await self._sql.fetch_all(chosen.order_by(RUNS.c.id.desc()).limit(limit + 1))
        runs = [MatchRun.model_validate(row) for row in rows[:limit]]
        return Page(items=runs, next_cursor=runs[-1].id if len(rows) > limit else None)

    def _row(self, asked: Asked, ranked: Sequence[tuple[str, float]]) -> dict[str, Any]:
        caller = context.caller()
        return {
            **{name: getattr(asked, name) for name in Asked.__dataclass_fields__},
            "filters": asked.filters.model_dump(exclude_defaults=True),
            "id": self._new_id(),
            "org": caller.org,
            "by": caller.user,
            "at": self._clock(),
            "matched": len(ranked),
            "best": ranked[0][1] if ranked else None,
            "top": [{"id": record_id, "score": score} for record_id, score in ranked[:TOP]],
        }


def _is_id(text: str) -> bool:
    """Whether it can be the id of a run, byte for byte."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
