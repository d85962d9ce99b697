"""The engine: takes runs that wait, lets their handlers carry them out, and keeps how each of them ended."""

import asyncio
import inspect
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from .. import context
from ..clock import Clock, NewId
from ..contract import Page, Record
from ..errors import LoomaError
from ..stores.sql import Row, Sql, Transaction
from ..workers import Workers
from . import claiming, ledger
from .attempt import Attempt
from .context import RunContext
from .heartbeat import Heartbeat
from .processes import worker_name
from .records import FINAL, NotRetryable, Retry, Revision, Run, RunEvent, RunQuery, RunSpec

Handler = Callable[[RunContext, Any], Awaitable[Record | dict[str, Any] | None]]
"""Carries out runs of one kind; its second parameter says as what `Record` the arguments are read."""

AT_ONCE = 32
"""Runs that one process works on at a time."""
LET_GO_S = 5.0
"""How long `cancel` and `stop` wait for handlers of this process to let go."""
log = logging.getLogger("looma.runs")


@dataclass(frozen=True)
class Known:
    """How runs of one kind are carried out."""

    handler: Handler
    takes: type[Record] | None
    retry: Retry


class Runs:
    """Durable work over one database, which other processes may work on too. One for each event loop."""

    def __init__(
        self,
        sql: Sql,
        *,
        clock: Clock,
        new_id: NewId,
        workers: Workers,
        queues: Mapping[str, int] | None = None,
        lease_s: float = 10.0,
        poll_s: float = 0.5,
    ) -> None:
        """`queues` limits how many runs of a queue are worked on at once, over all processes."""
        self._sql, self._clock, self._new_id, self._workers = sql, clock, new_id, workers
        self._queues, self._lease, self._poll_s = queues or {}, timedelta(seconds=lease_s), poll_s
        self._known: dict[str, Known] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._heartbeat = Heartbeat(sql, clock, self._lease)
        self._wake = asyncio.Event()
        self._changed: dict[str, asyncio.Event] = {}  # of the runs that are watched here
        self._loop: asyncio.AbstractEventLoop | None = None
        self._claiming: asyncio.Task[None] | None = None
        self._claim: asyncio.Task[list[Row]] | None = None
        self._name = ""

    def handle(self, kind: str, handler: Handler, retry: Retry | None = None) -> None:
        """Carry out runs of this kind here. Called while services are built."""
        if kind in self._known:
            raise ValueError(f"two handlers for runs of the kind {kind}")
        takes = list(inspect.signature(handler).parameters.values())[1].annotation
        record = takes if isinstance(takes, type) and issubclass(takes, Record) else None
        self._known[kind] = Known(handler, record, retry or Retry())

    async def start(self) -> None:
        """Begin to work, if there is a handler: runs of processes that died here are taken over at once."""
        self._loop = asyncio.get_running_loop()
        if not self._known or self._claiming is not None:
            return
        self._name = worker_name(self._new_id()[-12:])

        async def free(tx: Transaction) -> int:
            return await claiming.free_the_dead(tx, self._clock())

        if freed := await self._sql.write(free):
            log.info("runs of processes that ended are taken over", extra={"runs": freed})
        for kind, count in (await self.unknown_kinds()).items():
            log.warning("runs of a kind that this process does not know stay waiting", extra={kind: count})
        self._heartbeat.start()
        self._claiming = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Take no more; hand back what is under way, so that the next process goes on with it. Safe to call twice."""
        if self._claiming is None:
            return
        tasks = [self._claiming, *self._tasks.values()]
        self._claiming = None
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=LET_GO_S)
        if self._claim is not None:  # it is made all the same, on a server perhaps later than what is asked after it
            await asyncio.wait([self._claim], timeout=LET_GO_S)

        async def hand_back(tx: Transaction) -> None:  # also what was claimed in this moment, and what does not let go
            await claiming.hand_all_back(tx, self._name, self._clock())

        with suppress(LoomaError, OSError):  # else the leases run out
            await self._sql.write(hand_back)
        await asyncio.to_thread(self._heartbeat.stop)

    async def enqueue(self, tx: Transaction, spec: RunSpec) -> str:
        """Ask for a run inside the caller's transaction: there is one exactly when that is committed. Gives its id;
        for a key that is known, the id of the run that was asked for before. It acts as the present caller."""
        run_id = await ledger.create(tx, spec, context.caller(), self._new_id(), self._clock())
        if self._loop is not None:  # the claim that this wakes comes after this transaction
            tx.then(partial(self._loop.call_soon_threadsafe, self._wake.set))
        return run_id

    async def get(self, run_id: str) -> Run:
        """A run of the caller's organisation; `RunNotFound`."""
        return await ledger.get(self._sql, run_id, context.caller().org)

    async def find(self, query: RunQuery) -> Page[Run]:
        """Runs of the caller's organisation, newest first; also the dead ones, with their last error."""
        found = await ledger.find(self._sql, context.caller().org, query)
        more = len(found) > query.limit
        return Page[Run].model_construct(
            items=found[: query.limit], next_cursor=found[query.limit - 1].id if more else None
        )

    async def unknown_kinds(self) -> dict[str, int]:
        """How many runs wait for a handler that this process does not have, by kind."""
        return await claiming.waiting_kinds(self._sql, frozenset(self._known))

    async def cancel(self, run_id: str) -> Run:
        """Stop a run: one that waits at once, one that is under way as soon as its handler lets go. One that has ended
        stays as it is. `RunNotFound`."""
        org, now = context.caller().org, self._clock()

        async def change(tx: Transaction) -> None:
            row = await ledger.owned(tx, run_id, org)
            if row["state"] == "waiting":
                await ledger.change(tx, row, now, state="cancelled", finished_at=now)
            elif row["state"] == "running":
                await ledger.change(tx, row, now, cancel=True)

        await self._sql.write(change)
        if (task := self._tasks.get(run_id)) is not None:
            task.cancel()
            await asyncio.wait([task], timeout=LET_GO_S)
        self._tell(run_id)
        return await self.get(run_id)

    async def retry(self, run_id: str) -> Run:
        """Ask again for a run that is dead or cancelled; its finished steps stay finished. `RunNotFound`, and
        `NotRetryable` for one that is done; one that waits or is under way stays as it is."""
        org, now = context.caller().org, self._clock()

        async def change(tx: Transaction) -> None:
            row = await ledger.owned(tx, run_id, org)
            if row["state"] == "done":
                raise NotRetryable
            if row["state"] in FINAL:
                fresh = {"attempt": 0, "cancel": False, "error": None, "finished_at": None, "run_at": now}
                await ledger.change(tx, row, now, state="waiting", **fresh)

        await self._sql.write(change)
        self._wake.set()
        self._tell(run_id)
        return await self.get(run_id)

    async def revise(self, run_id: str, choose: Callable[[Run, Mapping[str, Any]], Revision]) -> Run:
        """Change the finished steps of a run from outside. `choose` sees the run and its steps as they are, says what
        becomes of them, or refuses by an exception; all of it is one change. A run that has ended goes on where the
        revision says so; one that is under way sees what became of its steps when it looks (`RunContext.steps`).
        `RunNotFound`."""
        org, now = context.caller().org, self._clock()

        async def change(tx: Transaction) -> None:
            row = await ledger.owned(tx, run_id, org)
            revision = choose(ledger.as_run(row), await ledger.steps(tx, run_id))
            await ledger.revise(tx, row, revision, now)

        await self._sql.write(change)
        self._wake.set()
        self._tell(run_id)
        return await self.get(run_id)

    async def steps(self, run_ids: Collection[str], without: Collection[str] = ()) -> dict[str, dict[str, Any]]:
        """The results of the finished steps of each of these runs; of another organisation's there are none. Members
        of results `without` which they will do are left in the store: whoever looks at many runs need not read them."""
        return await ledger.steps_of(self._sql, context.caller().org, run_ids, without)

    async def ended(self, kind: str, *, before: datetime, without: str, most: int) -> list[Run]:
        """Runs of the caller's organisation that ended before then, oldest first, from the last one on that has a step
        of the name `without`: whoever goes through old runs remembers it with each. One that has not ended yet holds
        up those that were asked for after it."""
        org = context.caller().org
        return await ledger.ended(self._sql, org, kind, before=before, without=without, most=most)

    async def watch(self, run_id: str, after: int = 0) -> AsyncGenerator[RunEvent, None]:
        """What happens to a run of the caller's organisation, from the event after `after` until it has ended, also in
        another process. `RunNotFound`."""
        try:
            while True:
                changed = self._changed.setdefault(run_id, asyncio.Event())
                run = await self.get(run_id)  # before its events: what comes in between is in the next round
                events = await ledger.events(self._sql, run, after)
                for event in events:
                    yield event
                    after = event.seq
                if run.state in FINAL and (not events or events[-1].final):  # else somebody has just asked for it again
                    return
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._poll_s):
                        await changed.wait()
        finally:
            self._tell(run_id)

    # -- working ------------------------------------------------------------------------------------------------------

    async def _work(self) -> None:
        woken = True
        while True:
            self._wake.clear()
            try:
                await self._stop_cancelled()
                if woken or await claiming.something(self._sql, self._clock()):
                    await self._take()
            except (LoomaError, OSError) as lost:  # the database is away; the runs are not
                log.warning("no run can be taken: %s", lost)
            except Exception:  # whatever it is: one who takes no runs any more would strand all of them
                log.exception("no run can be taken")
            with suppress(TimeoutError):
                async with asyncio.timeout(self._poll_s):
                    await self._wake.wait()
            woken = self._wake.is_set()

    async def _take(self) -> None:
        """Claim as many runs as there is room for. A claim is a write: it comes after the change that asked for a run,
        which a read might not see yet."""
        if (room := AT_ONCE - len(self._tasks)) <= 0:
            return
        known, mine = frozenset(self._known), frozenset(self._tasks)
        wanted = claiming.Wanted(self._name, known, room, self._queues, self._lease, mine)

        async def change(tx: Transaction) -> list[Row]:
            return await claiming.claim(tx, wanted, self._clock())

        self._claim = asyncio.create_task(self._sql.write(change))
        for row in await asyncio.shield(self._claim):
            self._begin(row)

    def _begin(self, row: Row) -> None:
        known, run_id = self._known[row["kind"]], row["id"]
        attempt = Attempt(row, known.retry, self._sql, self._clock, partial(self._tell, run_id))
        self._heartbeat.held[run_id] = row["fence"]
        task = asyncio.create_task(attempt.carry_out(known.handler, known.takes, self._workers))
        self._tasks[run_id] = task
        task.add_done_callback(lambda _: self._ended(run_id))
        self._tell(run_id)

    def _ended(self, run_id: str) -> None:
        del self._tasks[run_id], self._heartbeat.held[run_id]
        self._wake.set()
        self._tell(run_id)

    async def _stop_cancelled(self) -> None:
        """Let go of runs that were cancelled, or taken over, where nobody could reach this process's tasks."""
        held = dict(self._heartbeat.held)
        for run_id in await claiming.lost(self._sql, held) if held else ():
            if (task := self._tasks.get(run_id)) is not None and not task.cancelling():  # once: it may be clearing up
                task.cancel()

    def _tell(self, run_id: str) -> None:
        """Wake those who watch the run."""
        if (changed := self._changed.pop(run_id, None)) is not None:
            changed.set()
