"""An index follows the table of documents by its rising `change`: after a write, after a crash, and when it is lost.

It tells up to which change it holds everything; the rows after that are applied. Nothing else is needed for a rebuild.
"""

import logging
from abc import ABC, abstractmethod
from asyncio import Lock
from collections.abc import Sequence

from looma.platform.stores.sql import Sql

from . import documents
from .documents import Kept

BATCH = 250
"""Rows that are applied in one commit; their texts are held in memory meanwhile."""

log = logging.getLogger("looma.vector")


class Projection(ABC):
    """An index that follows the table. One change after another; whoever waits for a later one waits for all."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql
        self._lock = Lock()
        self._at = 0

    async def reach(self, change: int) -> None:
        """Apply everything up to `change`, and what has come since."""
        async with self._lock:
            while self._at < change:
                rows = await documents.after(self._sql, self._at, BATCH)
                if not rows:  # the rows were superseded by later ones that are applied already, or went altogether
                    return
                await self._apply(rows, rows[-1].change)
                self._at = rows[-1].change

    async def last_change(self) -> int:
        """The last change that there is to apply."""
        return await documents.last_change(self._sql)

    async def begin_anew(self) -> None:
        """Forget everything and follow again from the first change."""
        await self._forget()
        await self.reach(await self.last_change())

    async def _follow_from(self, position: int) -> None:
        """Bring an index up to date that holds everything up to `position`.

        One that is ahead of the table has followed another one, before a backup was played back: it begins anew.
        """
        last = await self.last_change()
        self._at = position
        if position > last:
            log.warning("an index knows of more changes than there are; it is made again")
            await self._forget()
        await self.reach(last)

    async def _forget(self) -> None:
        async with self._lock:
            await self._clear()
            self._at = 0

    @abstractmethod
    async def _apply(self, rows: Sequence[Kept], to: int) -> None:
        """Make the index hold what these rows say."""

    @abstractmethod
    async def _clear(self) -> None:
        """Empty the index."""
