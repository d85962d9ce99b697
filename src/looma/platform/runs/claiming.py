"""Who works on a run now: claims under a lease, leases that are extended, handed back, or freed after a death.

A claim is a change of the one writer, whose transaction on SQLite shuts out every other process (``begin immediate``),
so that the limits of queues are exact; on a server it needs a lock for each queue and ``skip locked``.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Executable, bindparam, func, literal_column, select, union_all, update

from ..stores.sql import Row, Sql, Transaction
from . import ledger
from .processes import is_dead
from .records import GaveUp
from .tables import RUNS

_NOW = bindparam("now", type_=RUNS.c.run_at.type)
_IS_WAITING = RUNS.c.state == literal_column(
    "'waiting'"
)  # written out, so that the partial indexes are sure to be used
_IS_RUNNING = RUNS.c.state == literal_column("'running'")
_NEXT = (
    select(RUNS.c.id)
    .where(
        _IS_WAITING,
        RUNS.c.run_at <= _NOW,
        RUNS.c.kind.in_(bindparam("kinds", expanding=True)),
        RUNS.c.queue.not_in(bindparam("full", expanding=True)),
    )
    .order_by(RUNS.c.priority, RUNS.c.run_at, RUNS.c.id)
    .limit(1)
)
_TAKING: dict[Any, Any] = {
    RUNS.c.state: "running",
    RUNS.c.fence: RUNS.c.fence + 1,
    RUNS.c.attempt: RUNS.c.attempt + 1,
    RUNS.c.lease_until: bindparam("until", type_=RUNS.c.run_at.type),
    RUNS.c.worker: bindparam("by"),
    RUNS.c.updated_at: _NOW,
}
_TAKE_NEXT = update(RUNS).where(RUNS.c.id == _NEXT.scalar_subquery()).values(_TAKING).returning(*RUNS.c)
_TAKE_OVER = update(RUNS).where(RUNS.c.id == bindparam("of_id")).values(_TAKING).returning(*RUNS.c)
_EXPIRED = select(RUNS).where(_IS_RUNNING, RUNS.c.lease_until < _NOW).order_by(RUNS.c.lease_until)
_BUSY = select(RUNS.c.queue, func.count().label("count")).where(_IS_RUNNING).group_by(RUNS.c.queue)
_RUNNING = select(RUNS.c.id, RUNS.c.fence, RUNS.c.cancel, RUNS.c.worker).where(_IS_RUNNING)
_OF_WORKER = select(RUNS).where(_IS_RUNNING, RUNS.c.worker == bindparam("of_worker"))
_SOMETHING = union_all(
    select(RUNS.c.id).where(_IS_WAITING, RUNS.c.run_at <= _NOW),
    select(RUNS.c.id).where(_IS_RUNNING, RUNS.c.lease_until < _NOW),
).limit(1)
_KINDS = select(RUNS.c.kind, func.count().label("count")).where(_IS_WAITING).group_by(RUNS.c.kind)
_EXTEND = update(RUNS).where(RUNS.c.id == bindparam("of_id"), RUNS.c.fence == bindparam("of_fence"), _IS_RUNNING)
_FREE = update(RUNS).where(RUNS.c.id == bindparam("of_id"), RUNS.c.worker == bindparam("of_worker"), _IS_RUNNING)
WATCHED: Sequence[Executable] = (_NEXT, _EXPIRED, _BUSY, _RUNNING, _OF_WORKER, _SOMETHING, _KINDS)
"""What workers ask again and again: each of these has to stay fast however many runs have ended."""


@dataclass(frozen=True)
class Wanted:
    """What a worker could take: kinds it knows, how many at once, none that it works on still."""

    worker: str
    kinds: Collection[str]
    room: int
    limits: Mapping[str, int]
    lease: timedelta
    mine: Collection[str]


async def claim(tx: Transaction, wanted: Wanted, now: datetime) -> list[Row]:
    """Take runs over whose worker has let its lease run out, then take such as wait, by priority and age."""
    taking = {"now": now, "until": now + wanted.lease, "by": wanted.worker}
    taken: list[Row] = []
    for row in await tx.fetch_all(_EXPIRED, {"now": now}):
        if row["id"] not in wanted.mine and not await _settled(tx, row, wanted, now) and len(taken) < wanted.room:
            taken += await tx.fetch_all(_TAKE_OVER, taking | {"of_id": row["id"]})
    busy = {row["queue"]: row["count"] for row in await tx.fetch_all(_BUSY)}
    while len(taken) < wanted.room:
        full = [queue for queue, limit in wanted.limits.items() if busy.get(queue, 0) >= limit]
        found = await tx.fetch_one(_TAKE_NEXT, taking | {"kinds": list(wanted.kinds), "full": full})
        if found is None:
            break
        busy[found["queue"]] = busy.get(found["queue"], 0) + 1
        taken.append(found)
    for row in taken:
        await ledger.note(tx, row, now)
    return taken


async def _settled(tx: Transaction, row: Row, wanted: Wanted, now: datetime) -> bool:
    """Whether a run whose lease ran out is not to be taken over.

    One that was taken as often as is allowed and never came to an end is sent to the dead here, else it would kill one
    process after another; one of a kind that is not known here waits on, so that it takes no place in its queue.
    """
    free = {"lease_until": None, "worker": None}
    if row["cancel"]:
        await ledger.change(tx, row, now, state="cancelled", finished_at=now, **free)
    elif row["attempt"] >= row["max_attempts"]:
        error = {"code": GaveUp.code, "details": {"attempts": row["attempt"]}}
        await ledger.change(tx, row, now, state="dead", error=error, finished_at=now, **free)
    elif row["kind"] not in wanted.kinds:
        await ledger.change(tx, row, now, state="waiting", run_at=now, **free)
    else:
        return False
    return True


async def something(sql: Sql, now: datetime) -> bool:
    """Whether there may be a run to claim."""
    return await sql.fetch_one(_SOMETHING, {"now": now}) is not None


async def lost(sql: Sql, held: Mapping[str, int]) -> list[str]:
    """Those of the runs that are held (id → fence) whose worker should let go: cancelled, or another's by now."""
    rows = await sql.fetch_all(_RUNNING)
    still = {row["id"] for row in rows if held.get(row["id"]) == row["fence"] and not row["cancel"]}
    return [run_id for run_id in held if run_id not in still]


async def waiting_kinds(sql: Sql, known: Collection[str]) -> dict[str, int]:
    """How many runs wait of each kind that is not known here."""
    return {row["kind"]: row["count"] for row in await sql.fetch_all(_KINDS) if row["kind"] not in known}


async def extend(tx: Transaction, held: Mapping[str, int], until: datetime) -> None:
    """Keep the leases of these runs (id → fence); one that is lost stays lost."""
    for run_id, fence in held.items():
        await tx.execute(_EXTEND, {"of_id": run_id, "of_fence": fence, "lease_until": until})


async def hand_back(tx: Transaction, row: Row, now: datetime) -> None:
    """Let somebody else go on with a run that is under way, as if this attempt had not been; cancelled is cancelled."""
    values: dict[str, Any] = {"lease_until": None, "worker": None}
    if row["cancel"]:
        values |= {"state": "cancelled", "finished_at": now}
    else:
        values |= {"state": "waiting", "attempt": row["attempt"] - 1, "run_at": now}
    await ledger.change(tx, row, now, **values)


async def hand_all_back(tx: Transaction, worker: str, now: datetime) -> None:
    """Hand back whatever this worker has."""
    for row in await tx.fetch_all(_OF_WORKER, {"of_worker": worker}):
        await hand_back(tx, row, now)


async def free_the_dead(tx: Transaction, now: datetime) -> int:
    """End the leases of processes of this machine that are no more, so that nobody waits for them to run out."""
    freed = 0
    for row in await tx.fetch_all(_RUNNING):
        if row["worker"] and is_dead(row["worker"]):
            key = {"of_id": row["id"], "of_worker": row["worker"]}
            freed += await tx.execute(_FREE, {**key, "lease_until": now - timedelta(microseconds=1)})
    return freed
