"""The stores: one protocol a family, one driver a technology, picked by the scheme of a URL.

`UnifiedDataAccess` is their one face: the open stores, and the person as a whole in one transaction.
"""

from .. import context
from ..clock import Clock, NewId, Uuid7, utc_now
from .cache import Cache, open_cache
from .files import Files, open_files
from .sql import Sql, Transaction, open_sql
from .talent_data import FactRow, ResumeRow, TalentData, TalentRow, Versions
from .talents import TalentWriter, find

__all__ = ["FactRow", "ResumeRow", "TalentData", "TalentRow", "UnifiedDataAccess", "Versions", "open_stores"]


class UnifiedDataAccess:
    """The stores that one process has open. SQL is the truth; files lie beside it, the cache may forget."""

    def __init__(
        self, sql: Sql, files: Files, cache: Cache, *, clock: Clock = utc_now, new_id: NewId | None = None
    ) -> None:
        self.sql, self.files, self.cache = sql, files, cache
        self._clock, self._new_id = clock, new_id or Uuid7()

    async def initialize(self) -> None:
        """Open every store, or none. Raises `StoreBroken` in words."""
        try:
            await self.sql.open()
            await self.files.open()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Finish what was accepted and let go. Safe to call twice."""
        await self.sql.close()

    async def get_talent_data(self, talent_id: str) -> TalentData | None:
        """A person of the caller's organisation with the current résumé and its facts, as of one moment.

        None when there is no such person, or another organisation's.
        """
        org = context.caller().org

        async def look(tx: Transaction) -> TalentData | None:
            return await find(tx, org, talent_id)

        return await self.sql.read(look)

    async def save_talent_data(self, data: TalentData) -> Versions:
        """Keep a person, the résumé if one is given, and what it says: all of it durable, or nothing.

        Errors as `TalentWriter.save`. To do more in the same transaction, use that inside a change of your own.
        """
        caller = context.caller()

        async def change(tx: Transaction) -> Versions:
            return await TalentWriter(tx, caller, self._clock, self._new_id).save(data)

        return await self.sql.write(change)


def open_stores(sql_url: str, files_url: str, cache_url: str = "memory:") -> UnifiedDataAccess:
    """The stores at these addresses, not yet initialised."""
    return UnifiedDataAccess(open_sql(sql_url), open_files(files_url), open_cache(cache_url))
