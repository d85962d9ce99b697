"""Writing and reading runs inside a transaction that somebody else commits."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import bindparam, delete, exists, func, insert, select, type_coerce, update

from .. import context
from ..context import Caller, Context
from ..contract import Notice, Record
from ..stores.sql import Row, Sql, Transaction
from ..stores.sql.types import JSON
from .records import LeaseLost, Revision, Run, RunError, RunEvent, RunNotFound, RunProgress, RunQuery, RunSpec
from .tables import EVENTS, RUNS, STEPS

_INSERT, _INSERT_STEP = insert(RUNS), insert(STEPS)
_BY_KEY = select(RUNS.c.id).where(
    RUNS.c.org == bindparam("of_org"), RUNS.c.kind == bindparam("of_kind"), RUNS.c.key == bindparam("of_key")
)
_BY_ID = select(RUNS).where(RUNS.c.id == bindparam("of_id"))
_UPDATE = update(RUNS).where(RUNS.c.id == bindparam("of_id"))
_UPDATE_OWN = _UPDATE.where(
    RUNS.c.fence == bindparam("of_fence"), RUNS.c.state == "running", RUNS.c.cancel == bindparam("of_cancel")
)
_NEXT_SEQ = select(func.coalesce(func.max(EVENTS.c.seq), 0) + 1).where(EVENTS.c.run_id == bindparam("of_id"))
_INSERT_EVENT = insert(EVENTS).from_select(
    ["run_id", "seq", "state", "progress", "error", "at"],
    select(
        bindparam("of_id"),
        _NEXT_SEQ.scalar_subquery(),
        bindparam("state", type_=EVENTS.c.state.type),
        bindparam("progress", type_=EVENTS.c.progress.type),
        bindparam("error", type_=EVENTS.c.error.type),
        bindparam("at", type_=EVENTS.c.at.type),
    ),
)
_EVENTS_AFTER = (
    select(EVENTS)
    .where(EVENTS.c.run_id == bindparam("of_id"), EVENTS.c.seq > bindparam("after"))
    .order_by(EVENTS.c.seq)
)
_STEPS_OF = (
    select(STEPS.c.run_id, STEPS.c.name)
    .join(RUNS, RUNS.c.id == STEPS.c.run_id)
    .where(STEPS.c.run_id.in_(bindparam("of_ids", expanding=True)), RUNS.c.org == bindparam("of_org"))
)
_FORGET_STEP = delete(STEPS).where(STEPS.c.run_id == bindparam("of_id"), STEPS.c.name == bindparam("of_name"))
_STEPS = select(STEPS.c.name, STEPS.c.value).where(STEPS.c.run_id == bindparam("of_id"))
NO_PROGRESS: dict[str, Any] = {"done": 0, "total": 0, "notice": None}


async def create(tx: Transaction, spec: RunSpec, caller: Caller, run_id: str, now: datetime) -> str:
    """The id of the run that `spec` asks for; of the one that was asked for before, when its key is known."""
    org, here = caller.org, context.current()
    if spec.key is not None:
        known = await tx.fetch_one(_BY_KEY, {"of_org": org, "of_kind": spec.kind, "of_key": spec.key})
        if known is not None:
            return str(known["id"])
    args = spec.args.model_dump(mode="json") if isinstance(spec.args, Record) else spec.args
    origin = {"request_id": here.request_id, "language": here.language}
    row = {
        "id": run_id, "org": org, "kind": spec.kind, "queue": spec.queue, "key": spec.key, "caller": _caller(caller),
        "origin": origin, "args": args, "state": "waiting", "priority": -spec.priority, "run_at": spec.run_at or now,
        "attempt": 0, "max_attempts": spec.max_attempts, "timeout_s": spec.timeout_s, "fence": 0, "cancel": False,
        "progress": NO_PROGRESS, "created_at": now, "updated_at": now,
    }  # fmt: skip
    await tx.execute(_INSERT, row)
    await note(tx, row, now)
    return run_id


async def note(tx: Transaction, row: Mapping[str, Any], now: datetime) -> None:
    """Append the event that brought the run to what `row` says."""
    event = {"of_id": row["id"], "state": row["state"], "progress": row["progress"], "error": row.get("error")}
    await tx.execute(_INSERT_EVENT, event | {"at": now})


async def row_of(tx: Transaction, run_id: str) -> Row | None:
    """The run as it is stored."""
    return await tx.fetch_one(_BY_ID, {"of_id": run_id})


async def owned(tx: Transaction, run_id: str, org: str) -> Row:
    """The run of this organisation; `RunNotFound` for another's."""
    row = await row_of(tx, run_id)
    if row is None or row["org"] != org:
        raise RunNotFound
    return row


async def change(tx: Transaction, row: Row, now: datetime, **values: Any) -> None:
    """Change the run whatever its worker thinks, and say so."""
    await tx.execute(_UPDATE, {"of_id": row["id"], **values, "updated_at": now})
    await note(tx, row | values, now)


async def guarded(
    tx: Transaction, run_id: str, fence: int, now: datetime, *, cancelled: bool = False, **values: Any
) -> None:
    """Change the run for the worker that holds it; `LeaseLost` when it is not that worker's any more."""
    key = {"of_id": run_id, "of_fence": fence, "of_cancel": cancelled}
    if await tx.execute(_UPDATE_OWN, {**key, **values, "updated_at": now}) != 1:
        raise LeaseLost(run_id)


async def remember(tx: Transaction, run_id: str, name: str, value: Any, now: datetime) -> None:
    """Keep the result of a step."""
    await tx.execute(_INSERT_STEP, {"run_id": run_id, "name": name, "value": value, "at": now})


async def steps(source: Sql | Transaction, run_id: str) -> dict[str, Any]:
    """The results of the steps that are finished."""
    return {row["name"]: row["value"] for row in await source.fetch_all(_STEPS, {"of_id": run_id})}


async def steps_of(
    sql: Sql, org: str, run_ids: Collection[str], without: Collection[str] = ()
) -> dict[str, dict[str, Any]]:
    """The results of the finished steps of each of these runs of this organisation, without these of their members."""
    found: dict[str, dict[str, Any]] = {run_id: {} for run_id in run_ids}
    paths = [f'$."{name}"' for name in sorted(without)]
    value = type_coerce(func.json_remove(STEPS.c.value, *paths), JSON) if paths else STEPS.c.value
    chosen = _STEPS_OF.add_columns(value.label("value"))
    for row in await sql.fetch_all(chosen, {"of_org": org, "of_ids": list(run_ids)}):
        found[row["run_id"]][row["name"]] = row["value"]
    return found


async def revise(tx: Transaction, row: Row, revision: Revision, now: datetime) -> None:
    """Change the steps of a run, and let it wait again where that is asked for."""
    for name in {*revision.forget, *revision.remember}:
        await tx.execute(_FORGET_STEP, {"of_id": row["id"], "of_name": name})
    for name, value in revision.remember.items():
        await remember(tx, row["id"], name, value, now)
    values: dict[str, Any] = {}
    if revision.progress is not None:
        values["progress"] = told(revision.progress)
    if revision.again and row["state"] != "running":
        # the fence says that somebody was here before, so that the next attempt looks for steps
        fresh = {"attempt": 0, "cancel": False, "error": None, "finished_at": None, "result": None, "run_at": now}
        values |= {"state": "waiting", "fence": row["fence"] + 1, **fresh}
    if values:
        await change(tx, row, now, **values)
    else:
        await tx.execute(_UPDATE, {"of_id": row["id"], "updated_at": now})


async def events(sql: Sql, run: Run, after: int) -> list[RunEvent]:
    """What happened to the run after the event `after`."""
    return [
        RunEvent(row["seq"], run.kind, row["state"], _progress(row["progress"]), _error(row["error"]), row["at"])
        for row in await sql.fetch_all(_EVENTS_AFTER, {"of_id": run.id, "after": after})
    ]


async def find(sql: Sql, org: str, query: RunQuery) -> list[Run]:
    """The runs that the query asks for, newest first, and one more where there are more."""
    wanted = select(RUNS).where(RUNS.c.org == bindparam("of_org")).order_by(RUNS.c.id.desc())
    given: dict[str, Any] = {"of_org": org, "at_most": query.limit + 1}
    for column, value in (("kind", query.kind), ("state", query.state)):
        if value is not None:
            wanted, given[f"of_{column}"] = wanted.where(RUNS.c[column] == bindparam(f"of_{column}")), value
    if query.cursor is not None:
        wanted, given["before"] = wanted.where(RUNS.c.id < bindparam("before")), query.cursor
    return [as_run(row) for row in await sql.fetch_all(wanted.limit(bindparam("at_most")), given)]


async def ended(sql: Sql, org: str, kind: str, *, before: datetime, without: str, most: int) -> list[Run]:
    """Runs that ended before then, oldest first, after the last one that has a step of the name `without`; none behind
    one that has not ended by then."""
    marked = exists().where(STEPS.c.run_id == RUNS.c.id, STEPS.c.name == bindparam("of_name"))
    these = select(RUNS).where(RUNS.c.org == bindparam("of_org"), RUNS.c.kind == bindparam("of_kind"))
    given = {"of_org": org, "of_kind": kind}
    last = await sql.fetch_one(these.where(marked).order_by(RUNS.c.id.desc()).limit(1), given | {"of_name": without})
    wanted = these.where(RUNS.c.id > bindparam("after")).order_by(RUNS.c.id).limit(bindparam("at_most"))
    rows = await sql.fetch_all(wanted, given | {"after": last["id"] if last else "", "at_most": most})
    return [as_run(row) for row in takewhile(lambda row: row["finished_at"] and row["finished_at"] < before, rows)]


async def get(sql: Sql, run_id: str, org: str) -> Run:
    """The run of this organisation; `RunNotFound` for another's."""
    row = await sql.fetch_one(_BY_ID, {"of_id": run_id})
    if row is None or row["org"] != org:
        raise RunNotFound
    return as_run(row)


def as_run(row: Row) -> Run:
    """A row as those see it who look at runs."""
    return Run(
        **{name: row[name] for name in ("id", "org", "kind", "queue", "args", "state", "attempt", "result")},
        progress=_progress(row["progress"]),
        error=_error(row["error"]),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        finished_at=row["finished_at"],
    )


def context_of(row: Row) -> Context:
    """The context that the run is carried out in: of the one who asked for it."""
    told = row["caller"]
    caller = Caller(**{**told, "roles": frozenset(told["roles"]), "scopes": frozenset(told["scopes"])})
    return Context(caller=caller, **row["origin"])


def _caller(caller: Caller) -> dict[str, Any]:
    return asdict(caller) | {"roles": sorted(caller.roles), "scopes": sorted(caller.scopes)}


def told(progress: RunProgress) -> dict[str, Any]:
    """Progress as it is kept: without the text, which is made in the language of whoever reads."""
    notice = progress.notice.model_dump(mode="json", exclude={"message"}) if progress.notice else None
    return {"done": progress.done, "total": progress.total, "notice": notice}


def _progress(told: dict[str, Any]) -> RunProgress:
    notice = told.get("notice")
    return RunProgress(told["done"], told["total"], Notice(**notice) if notice else None)


def _error(told: dict[str, Any] | None) -> RunError | None:
    return None if told is None else RunError(told["code"], told["details"])
