"""Following the outbox: the system's collections come to agree with the records, in order and idempotently.

A record that cannot be read holds up no other: it is noted, and tried again from time to time.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import select

from looma.platform import context
from looma.platform.clock import Clock
from looma.platform.errors import Unavailable
from looma.platform.stores.outbox import OUTBOX, Entry, pending
from looma.platform.stores.sql import Sql, Transaction

from . import collections, documents, followed
from .collections import Collections, Shelf
from .documents import Draft
from .followed import Pending
from .reading import COLLECTION_OF, Reader, reader_of
from .records import gone

AT_ONCE = 100
"""Records that are read and written at once; their texts are held in memory meanwhile."""
PATIENCE = 5
"""Turns that an outage of a peer is waited for before the records are put aside."""

Drafts = dict[tuple[str, str], list[Draft]]

log = logging.getLogger("looma.vector")


class Follower:
    """Takes over what the outbox tells."""

    def __init__(self, sql: Sql, reader: Reader, shelves: Collections, clock: Clock) -> None:
        self._sql, self._reader, self._shelves, self._clock = sql, reader, shelves, clock
        self._outages = 0

    async def turn(self) -> int:
        """Take over the next entries; the last change in the documents, 0 when there was nothing to take over."""
        entries = await pending(self._sql, after_seq=await followed.position(self._sql), limit=AT_ONCE)
        return await self._taken_over(_latest(entries), entries[-1].seq) or 0 if entries else 0

    async def retry(self) -> int:
        """Read again what could not be read; the last change in the documents, 0 when there was none."""
        records = await followed.unread(self._sql, AT_ONCE)
        return await self._taken_over(records, None) or 0 if records else 0

    async def read_all(self) -> int:
        """Read all records of all organisations; the last change in the documents."""
        orgs = {row["org"] for row in await self._sql.fetch_all(select(OUTBOX.c.org).distinct())}
        change = 0
        for org in sorted(orgs | await documents.organisations(self._sql)):
            for kind, collection in COLLECTION_OF.items():
                with context.acting(reader_of(org)):
                    known = dict.fromkeys(await self._reader.all_ids(kind), 0)
                known |= await documents.live_versions(self._sql, org, collection)
                records = [Pending(org, kind, id_, version) for id_, version in known.items()]
                for at in range(0, len(records), AT_ONCE):
                    change = max(change, await self._taken_over(records[at : at + AT_ONCE], None) or 0)
        return change

    async def _taken_over(self, records: Sequence[Pending], to: int | None) -> int | None:
        """The last change that these made; None when a peer is out and they should be asked for again."""
        drafts, failed = await self._drafts(records)
        if to is not None and records and len(failed) == len(records) and self._outages < PATIENCE:
            self._outages += 1
            return None
        self._outages = 0
        read = [one for one in records if one not in failed]

        async def change(tx: Transaction) -> tuple[int, list[Shelf]]:
            written = [await self._written(tx, *where, found) for where, found in drafts.items()]
            await followed.note_read(tx, read)
            await followed.note_unread(tx, failed)
            if to is not None:
                await followed.move(tx, to)
            return max((last for last, _ in written), default=0), [shelf for _, shelf in written]

        last, shelves = await self._sql.write(change)
        for shelf in shelves:
            self._shelves.put(shelf)
        return last

    async def _written(self, tx: Transaction, org: str, kind: str, drafts: list[Draft]) -> tuple[int, Shelf]:
        collection = COLLECTION_OF[kind]
        shelf = await collections.made(tx, Shelf(org, collection, created_at=self._clock()))
        effect = await documents.write(tx, org, collection, drafts)
        return effect.change, await collections.counted(tx, shelf, effect)

    async def _drafts(self, records: Sequence[Pending]) -> tuple[Drafts, list[Pending]]:
        """Documents by organisation and kind, and the records that could not be read."""
        drafts: Drafts = {}
        failed: list[Pending] = []
        for owner, some in _by_owner(records).items():
            with context.acting(reader_of(owner[0])):
                drafts[owner], bad = await self._read(owner[1], some)
            failed += bad
        return drafts, failed

    async def _read(self, kind: str, records: Sequence[Pending]) -> tuple[list[Draft], list[Pending]]:
        """Documents, and the records that could not be read: all at once, or else one by one."""
        try:
            return await self._read_some(kind, records), []
        except Unavailable as why:
            if len(records) == 1:
                log.warning("%s %s cannot be read now: %s", kind, records[0].record_id, why)
                return [], list(records)
        except Exception:
            if len(records) == 1:
                log.exception("%s %s cannot be read", kind, records[0].record_id)
                return [], list(records)
        each = [await self._read(kind, [one]) for one in records]
        return [draft for drafts, _ in each for draft in drafts], [one for _, bad in each for one in bad]

    async def _read_some(self, kind: str, records: Sequence[Pending]) -> list[Draft]:
        read = await self._reader.read(kind, [one.record_id for one in records])
        return [_at_least(read.get(one.record_id), one) for one in records]


def _latest(entries: Iterable[Entry]) -> list[Pending]:
    """Each record that the entries name, at its last version."""
    latest = {
        (entry.org, entry.kind, entry.record_id): Pending(entry.org, entry.kind, entry.record_id, entry.version)
        for entry in entries
        if entry.kind in COLLECTION_OF
    }
    return list(latest.values())


def _by_owner(records: Iterable[Pending]) -> dict[tuple[str, str], list[Pending]]:
    found: dict[tuple[str, str], list[Pending]] = defaultdict(list)
    for one in records:
        found[one.org, one.kind].append(one)
    return dict(sorted(found.items()))


def _at_least(draft: Draft | None, record: Pending) -> Draft:
    """The document of a record, or that it is gone, at no older version than is known."""
    if draft is None:
        return gone(record.record_id, record.version)
    return replace(draft, version=max(draft.version or 0, record.version))
