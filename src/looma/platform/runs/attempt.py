"""One attempt to carry a run out, and what becomes of the run by it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from .. import context
from ..clock import Clock
from ..contract import Record
from ..errors import LoomaError, TimedOut, TooMany
from ..stores.sql import Row, Sql, Transaction
from ..workers import Workers
from . import claiming, ledger
from .context import RunContext
from .records import LeaseLost, Retry

log = logging.getLogger("looma.runs")


class Attempt:
    """Carries out a run that was claimed, as the caller who asked for it."""

    def __init__(self, row: Row, retry: Retry, sql: Sql, clock: Clock, changed: Callable[[], None]) -> None:
        self._row, self._retry, self._sql, self._clock, self._changed = row, retry, sql, clock, changed
        self._id, self._fence = str(row["id"]), int(row["fence"])

    async def carry_out(self, handler: Callable[..., Awaitable[Any]], takes: type[Record] | None, w: Workers) -> None:
        """Until the run is done, has failed, or belongs to somebody else. Raises nothing but that it is cancelled."""
        try:
            with context.entered(ledger.context_of(self._row)):
                await self._handled(handler, takes, w)
        except LeaseLost:
            log.info("a run is no longer this worker's", extra={"run": self._id})
        except asyncio.CancelledError as error:
            if (task := asyncio.current_task()) is None or not task.cancelling():  # something that it awaited was
                await self._unforeseen(error)
                return
            await self._let_go()
            raise
        except LoomaError as error:
            await self._failed(error, final=error.status < 500 and not isinstance(error, TooMany))
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, its run must not be stranded
            await self._unforeseen(error)

    async def _handled(self, handler: Callable[..., Awaitable[Any]], takes: type[Record] | None, w: Workers) -> None:
        row, seconds = self._row, float(self._row["timeout_s"])
        steps = await ledger.steps(self._sql, self._id) if self._fence > 1 else {}  # nobody was here before
        run = RunContext(
            self._id, row["attempt"], self._fence, row["kind"], seconds,
            self._sql, self._clock, w, steps, self._changed, dict(row["progress"]),
        )  # fmt: skip
        args = takes.model_validate(row["args"]) if takes else row["args"]
        try:
            async with asyncio.timeout(seconds) as limit:
                result = await handler(run, args)
        except TimeoutError as late:
            if limit.expired():
                raise TimedOut(seconds=seconds) from late
            raise
        if not run.finished:

            async def last(_tx: Transaction) -> Any:
                return result

            await run.finish(last)

    async def _unforeseen(self, error: BaseException) -> None:
        """What it was stands in the log alone: it may hold anything."""
        log.error("a run failed in a way that nobody foresaw", exc_info=error, extra={"run": self._id})
        await self._failed(LoomaError(), final=False)

    async def _failed(self, error: LoomaError, *, final: bool) -> None:
        """Wait for the next attempt, or be dead with this error."""
        row, now = self._row, self._clock()
        told = {"code": error.code, "details": error.details}
        dead = final or row["attempt"] >= row["max_attempts"]
        values: dict[str, Any] = {"error": told, "lease_until": None, "worker": None}
        if dead:
            values |= {"state": "dead", "finished_at": now}
        else:
            values |= {"state": "waiting", "run_at": now + timedelta(seconds=self._retry.after(row["attempt"]))}

        async def change(tx: Transaction) -> None:
            if (stored := await self._own(tx)) is None:
                return
            if stored["cancel"]:
                await claiming.hand_back(tx, stored, now)
            else:
                await ledger.change(tx, stored, now, **values)

        await self._kept(change)

    async def _let_go(self) -> None:
        """The run was cancelled, or this process ends: then somebody else goes on with it."""
        now = self._clock()

        async def change(tx: Transaction) -> None:
            if (stored := await self._own(tx)) is not None:
                await claiming.hand_back(tx, stored, now)

        await self._kept(change)

    async def _own(self, tx: Transaction) -> Row | None:
        """The run as it is stored, while it is this attempt's."""
        stored = await ledger.row_of(tx, self._id)
        mine = stored is not None and stored["fence"] == self._fence and stored["state"] == "running"
        return stored if mine else None

    async def _kept(self, change: Callable[[Transaction], Awaitable[None]]) -> None:
        """Write it; where the database is away the lease runs out, and the run is taken up again."""
        writing = asyncio.ensure_future(self._sql.write(change))
        while not writing.done():  # however often this task is cancelled: whoever waits for it wants to see the end
            with suppress(asyncio.CancelledError):
                await asyncio.wait([writing])
        if (lost := writing.exception()) is not None:
            log.error("the end of an attempt could not be kept", exc_info=lost, extra={"run": self._id})
