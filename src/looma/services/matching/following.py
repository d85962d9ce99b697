"""Following the outbox: what matching keeps comes to agree with the records, in order and idempotently."""

from asyncio import Lock
from collections.abc import Mapping, Sequence
from weakref import WeakValueDictionary

from looma.platform import context
from looma.platform.context import Caller
from looma.platform.stores.outbox import Entry, pending
from looma.platform.stores.sql import Sql, Transaction

from . import kept
from .kept import FAMILIES, Family, Followed, Place
from .records import Records

AT_ONCE = 200
"""Entries applied in one transaction; what was read of their records is held in memory meanwhile."""
SCOPES = frozenset({"crm:read", "resume:read"})


def acting_for(org: str) -> Caller:
    """Who reads the records of an organisation, so that what is kept does not depend on who asked first."""
    return Caller(org=org, user="matching-service", scopes=SCOPES, kind="service")


class Follower:
    """Applies what is pending for an organisation, one at a time for each."""

    def __init__(self, sql: Sql, records: Records) -> None:
        self._sql, self._records = sql, records
        self._turns: WeakValueDictionary[str, Lock] = WeakValueDictionary()

    async def catch_up(self, org: str) -> Place:
        """Apply everything that is pending; how far that is."""
        while await self.some(org):
            pass
        return await kept.place(self._sql, org)

    async def some(self, org: str, at_most: int = AT_ONCE) -> bool:
        """Apply the oldest of what is pending; False when nothing is."""
        async with self._turns.setdefault(org, Lock()):
            since = (await kept.place(self._sql, org)).seq
            if not (entries := await pending(self._sql, org=org, after_seq=since, limit=at_most)):
                return False
            with context.acting(acting_for(org)):
                records = {f.kind: await self._read(org, f, _latest(entries, f)) for f in FAMILIES}

            async def change(tx: Transaction) -> None:
                await kept.keep(tx, org, records, since=since, to=entries[-1].seq)

            await self._sql.write(change)
            return True

    async def _read(self, org: str, family: Family, versions: dict[str, int]) -> list[Followed]:
        """The records as they are, but for those that are kept so already: of a company with another name every job is
        told, and a record that changes often has been read in its last version before."""
        there = await kept.up_to_date(self._sql, org, family, versions) if versions else set[str]()
        wanted = {record_id: version for record_id, version in versions.items() if record_id not in there}
        return await self._records.read(org, family, wanted)

    async def read_again(self, org: str, ids: Mapping[str, Sequence[str]]) -> None:
        """Read records, by kind, anew without waiting for them to change."""
        with context.acting(acting_for(org)):
            records = {
                family.kind: await self._records.read(org, family, dict.fromkeys(ids.get(family.kind, ()), 0))
                for family in FAMILIES
            }
            await self._sql.write(lambda tx: kept.keep_again(tx, org, records))

    async def start_over(self, org: str) -> None:
        """Follow the organisation from the first entry of the outbox, as if nothing had been kept but vectors."""
        await self._sql.write(lambda tx: kept.clear(tx, org))
        await self.catch_up(org)
        await self._sql.write(lambda tx: kept.forget(tx, org))


def _latest(entries: Sequence[Entry], family: Family) -> dict[str, int]:
    """The version in the last entry of each record of a family."""
    return {entry.record_id: entry.version for entry in entries if entry.kind == family.kind}
