"""What a handler gets: steps that are done once, progress, and writes that count only while the run is its own."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, TypeVarTuple, Unpack

import orjson

from ..clock import Clock
from ..contract import Notice, Record
from ..stores.sql import Change, Sql, Transaction
from ..workers import Workers
from . import ledger
from .records import RunProgress

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


@dataclass
class RunContext:
    """The run that a handler carries out. Every write raises `LeaseLost` once the run is another worker's, was
    cancelled, or has ended; a handler lets that out. What goes to the outside is done at least once: pass
    ``run id + step`` on as an idempotency key."""

    id: str
    attempt: int
    fence: int
    kind: str
    timeout_s: float
    _sql: Sql
    _clock: Clock
    _workers: Workers
    _steps: dict[str, Any]
    _changed: Callable[[], None]
    _progress: dict[str, Any] = field(default_factory=lambda: dict(ledger.NO_PROGRESS))
    finished: bool = False

    async def step(self, name: str, fn: Callable[[], Awaitable[T]]) -> T:
        """What `fn` gives, which is kept: a step that is finished is never done again, its result is given instead.

        Results are JSON values; they come back as such also the first time.
        """
        if name in self._steps:
            kept: T = self._steps[name]
            return kept
        value: T = orjson.loads(orjson.dumps(await fn()))

        async def change(tx: Transaction) -> None:
            now = self._clock()
            await ledger.guarded(tx, self.id, self.fence, now)
            await ledger.remember(tx, self.id, name, value, now)

        await self._sql.write(change)
        self._steps[name] = value
        return value

    async def steps(self, tx: Transaction | None = None) -> Mapping[str, Any]:
        """The results of all steps that are finished, as they are now: some may have been forgotten or remembered from
        outside (`Runs.revise`). The last change of a run sees them with its own transaction, so that nothing is
        revised between this look and the end."""
        self._steps = await ledger.steps(tx or self._sql, self.id)
        return self._steps

    async def progress(self, done: int, total: int, note: Notice | None = None) -> None:
        """Tell how far the work has come: `done` of `total`, and what it did last."""
        progress = ledger.told(RunProgress(done, total, note))

        async def change(tx: Transaction) -> None:
            now = self._clock()
            await ledger.guarded(tx, self.id, self.fence, now, progress=progress)
            await ledger.note(tx, {"id": self.id, "state": "running", "progress": progress}, now)

        await self._sql.write(change)
        self._progress = progress
        self._changed()

    async def write(self, change: Change[T]) -> T:
        """The value of `change`, which is made only while the run is this worker's: both in one transaction."""

        async def guarded(tx: Transaction) -> T:
            await ledger.guarded(tx, self.id, self.fence, self._clock())
            return await change(tx)

        return await self._sql.write(guarded)

    async def finish(self, change: Change[Record | dict[str, Any] | None]) -> None:
        """Make the last change and end the run with its value as the result: both, or neither."""

        async def last(tx: Transaction) -> None:
            now = self._clock()
            await ledger.guarded(tx, self.id, self.fence, now)
            await self._end(tx, await change(tx), now)

        await self._sql.write(last)
        self.finished = True
        self._changed()

    async def heavy(self, fn: Callable[[Unpack[Ts]], T], *args: *Ts) -> T:
        """What ``fn(*args)`` gives in a process of its own, which is killed when the run is cancelled."""
        return await self._workers.run(fn, *args, timeout_s=self.timeout_s)

    async def _end(self, tx: Transaction, result: Record | dict[str, Any] | None, now: datetime) -> None:
        value = result.model_dump(mode="json") if isinstance(result, Record) else result
        ended: dict[str, Any] = {"state": "done", "finished_at": now, "lease_until": None, "error": None}
        await ledger.guarded(tx, self.id, self.fence, now, result=value, **ended)
        await ledger.note(tx, {"id": self.id, "state": "done", "progress": self._progress}, now)
