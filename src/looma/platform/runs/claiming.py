"""Who works on a run now: claims under a lease, leases that are extended, handed back, or freed after a death."""

import os
import socket
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import bindparam, func, select, union_all, update

from ..stores.sql import Row, Sql, Transaction
from . import ledger
from .records import GaveUp
from .tables import RUNS

SCANNED = 200
"""Runs that are looked at in one claim; more only matter when so many of them may not be taken."""
_WAITING = (
    select(RUNS)
    .where(RUNS.c.state == "waiting", RUNS.c.run_at <= bindparam("now", type_=RUNS.c.run_at.type))
    .order_by(RUNS.c.priority, RUNS.c.run_at, RUNS.c.id)
    .limit(SCANNED)
)
_EXPIRED = (
    select(RUNS)
    .where(RUNS.c.state == "running", RUNS.c.lease_until < bindparam("now", type_=RUNS.c.run_at.type))
    .limit(SCANNED)
)
_BUSY = (
    select(RUNS.c.queue, func.count().label("count"))
    .where(RUNS.c.state == "running", RUNS.c.lease_until >= bindparam("now", type_=RUNS.c.run_at.type))
    .group_by(RUNS.c.queue)
)
_HELD = select(RUNS.c.id, RUNS.c.worker).where(RUNS.c.state == "running")
_SOMETHING = union_all(
    select(RUNS.c.id).where(RUNS.c.state == "waiting", RUNS.c.run_at <= bindparam("now", type_=RUNS.c.run_at.type)),
    select(RUNS.c.id).where(RUNS.c.state == "running", RUNS.c.lease_until < bindparam("now", type_=RUNS.c.run_at.type)),
).limit(1)
_MINE = select(RUNS.c.id, RUNS.c.fence, RUNS.c.cancel).where(RUNS.c.state == "running")
_KINDS = select(RUNS.c.kind, func.count().label("count")).where(RUNS.c.state == "waiting").group_by(RUNS.c.kind)
_EXTEND = update(RUNS).where(
    RUNS.c.id == bindparam("of_id"), RUNS.c.fence == bindparam("of_fence"), RUNS.c.state == "running"
)
_FREE = update(RUNS).where(
    RUNS.c.id == bindparam("of_id"), RUNS.c.worker == bindparam("of_worker"), RUNS.c.state == "running"
)


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
    """Take runs: those that wait, and those whose worker has let its lease run out. One that was taken as often as is
    allowed and never came to an end is sent to the dead here, else it would kill one process after another."""
    busy = {row["queue"]: row["count"] for row in await tx.fetch_all(_BUSY, {"now": now})}
    taken: list[Row] = []
    for row in (*await tx.fetch_all(_EXPIRED, {"now": now}), *await tx.fetch_all(_WAITING, {"now": now})):
        if len(taken) == wanted.room:
            break
        if row["kind"] not in wanted.kinds or row["id"] in wanted.mine:
            continue
        if row["cancel"]:
            await ledger.change(tx, row, now, state="cancelled", finished_at=now)
        elif row["attempt"] >= row["max_attempts"]:
            error = {"code": GaveUp.code, "details": {"attempts": row["attempt"]}}
            await ledger.change(tx, row, now, state="dead", error=error, finished_at=now)
        elif (limit := wanted.limits.get(row["queue"])) is None or busy.get(row["queue"], 0) < limit:
            busy[row["queue"]] = busy.get(row["queue"], 0) + 1
            taken.append(await _take(tx, row, wanted, now))
    return taken


async def _take(tx: Transaction, row: Row, wanted: Wanted, now: datetime) -> Row:
    values = {
        "state": "running",
        "fence": row["fence"] + 1,
        "attempt": row["attempt"] + 1,
        "lease_until": now + wanted.lease,
        "worker": wanted.worker,
    }
    await ledger.change(tx, row, now, **values)
    return row | values


async def something(sql: Sql, now: datetime) -> bool:
    """Whether there may be a run to claim."""
    return await sql.fetch_one(_SOMETHING, {"now": now}) is not None


async def lost(sql: Sql, held: Mapping[str, int]) -> list[str]:
    """Those of the runs that are held (id → fence) whose worker should let go: cancelled, or another's by now."""
    rows = await sql.fetch_all(_MINE)
    still = {row["id"] for row in rows if held.get(row["id"]) == row["fence"] and not row["cancel"]}
    return [run_id for run_id in held if run_id not in still]


async def waiting_kinds(sql: Sql, known: Collection[str]) -> dict[str, int]:
    """How many runs wait of each kind that is not known here."""
    return {row["kind"]: row["count"] for row in await sql.fetch_all(_KINDS) if row["kind"] not in known}


async def extend(tx: Transaction, held: Mapping[str, int], until: datetime) -> None:
    """Keep the leases of these runs (id → fence); one that is lost stays lost."""
    for run_id, fence in held.items():
        await tx.execute(_EXTEND, {"of_id": run_id, "of_fence": fence, "lease_until": until})


async def hand_back(tx: Transaction, run_id: str, fence: int, now: datetime) -> None:
    """Let somebody else go on, as if this attempt had not been."""
    row = await ledger.row_of(tx, run_id)
    if row is not None and row["fence"] == fence and row["state"] == "running":
        values = {"state": "waiting", "attempt": row["attempt"] - 1, "run_at": now, "lease_until": None, "worker": None}
        await ledger.change(tx, row, now, **values)


async def free_the_dead(tx: Transaction, now: datetime) -> int:
    """End the leases of processes of this machine that are no more, so that nobody waits for them to run out."""
    freed = 0
    for row in await tx.fetch_all(_HELD):
        if row["worker"] and _is_dead(row["worker"]):
            key = {"of_id": row["id"], "of_worker": row["worker"]}
            freed += await tx.execute(_FREE, {**key, "lease_until": now - timedelta(microseconds=1)})
    return freed


def worker_name(own: str) -> str:
    """A name that says which process of which machine works: host, process id, when it began, and what is unique."""
    return f"{_machine()}/{os.getpid()}/{_began(os.getpid())}/{own}"


def _is_dead(worker: str) -> bool:
    """Whether the worker was a process of this machine that is no more; its number may be another's by now."""
    try:
        machine, pid, began, _ = worker.rsplit("/", 3)
        return machine == _machine() and _began(int(pid)) != began
    except ValueError:
        return False


def _machine() -> str:
    """The host, and the namespace that process ids of it count in."""
    try:
        space = Path("/proc/self/ns/pid").readlink().name
    except OSError:
        space = ""
    return f"{socket.gethostname()}:{space}"


def _began(pid: int) -> str:
    """When a process began: the boot, and ticks since then (field 22 of proc(5) stat); empty for one that is gone."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        told = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return "?" if _is_alive(pid) else ""
    state, *rest = told.rpartition(")")[2].split()
    return "" if state in "ZX" else f"{boot}.{rest[18]}"


def _is_alive(pid: int) -> bool:
    """Where there is no /proc to ask."""
    if Path("/proc/self").exists():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
