"""Keeping leases, from a thread of its own: whatever blocks the event loop must not lose the work that it does."""

import asyncio
import logging
import threading
from datetime import timedelta

from ..clock import Clock
from ..errors import LoomaError
from ..stores.sql import Sql, Transaction
from . import claiming

log = logging.getLogger("looma.runs")


class Heartbeat:
    """Extends the leases of the runs in `held` (id → fence) three times within each lease, while it beats."""

    def __init__(self, sql: Sql, clock: Clock, lease: timedelta) -> None:
        self.held: dict[str, int] = {}
        self._sql, self._clock, self._lease = sql, clock, lease
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to beat."""
        self._end.clear()
        self._thread = threading.Thread(target=self._beat, daemon=True, name="looma-runs-heartbeat")
        self._thread.start()

    def stop(self) -> None:
        """Beat no more; safe to call twice. Takes as long as the beat that is under way."""
        self._end.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _beat(self) -> None:
        with asyncio.Runner() as runner:
            while not self._end.wait(self._lease.total_seconds() / 3):
                if held := dict(self.held):
                    runner.run(self._extend(held))

    async def _extend(self, held: dict[str, int]) -> None:
        async def change(tx: Transaction) -> None:
            await claiming.extend(tx, held, self._clock() + self._lease)

        try:
            await self._sql.write(change)
        except (LoomaError, OSError) as lost:  # the database is away: the next beat may still be in time
            log.warning("leases could not be extended: %s", lost)
