"""What happened to which record: one event and one outbox entry for every change, in the change's own transaction."""

from collections.abc import Iterable
from typing import Literal

from sqlalchemy import bindparam, false, insert, literal, select

from looma.contracts.crm import Event
from looma.platform import context
from looma.platform.clock import Clock, NewId
from looma.platform.contract import Page
from looma.platform.stores import outbox
from looma.platform.stores.outbox import OUTBOX
from looma.platform.stores.sql import Transaction
from looma.platform.stores.sql.records import EVENTS
from looma.platform.stores.sql.types import TIMESTAMP

from .cursors import cursor_after, id_in
from .tables import JOBS

Kind = Literal["company", "job", "talent"]
What = Literal["created", "changed", "archived", "restored", "resume_added"]

_APPEND = insert(EVENTS)
_SHOWN_OTHERWISE = insert(OUTBOX).from_select(
    ["org", "kind", "record_id", "version", "gone", "at"],
    select(JOBS.c.org, literal("job"), JOBS.c.id, JOBS.c.version, false(), bindparam("now", type_=TIMESTAMP))
    .where(JOBS.c.org == bindparam("of_org"), JOBS.c.company_id == bindparam("of_company"))
    .order_by(JOBS.c.id),
)
_COLUMNS = [EVENTS.c[name] for name in Event.model_fields]


class Events:
    """The events of the caller's organisation, in an open transaction."""

    def __init__(self, tx: Transaction, clock: Clock, new_id: NewId) -> None:
        self._tx, self._clock, self._new_id = tx, clock, new_id
        self._caller = context.caller()

    async def append(self, record: Kind, record_id: str, what: What, fields: Iterable[str], version: int) -> None:
        """Note that a record came to `version`, here for people and in the outbox for whatever follows the truth."""
        event = {
            "id": self._new_id(),
            "org": self._caller.org,
            "record": record,
            "record_id": record_id,
            "kind": what,
            "by": self._caller.user,
            "at": self._clock(),
            "fields": sorted(fields),
            "version": version,
        }
        await self._tx.execute(_APPEND, event)
        await outbox.append(
            self._tx, org=self._caller.org, kind=record, record_id=record_id, version=version, at=self._clock()
        )

    async def renamed(self, company_id: str) -> None:
        """Note for whatever follows the truth that the jobs of a company show another name; they are not changed."""
        given = {"of_org": self._caller.org, "of_company": company_id, "now": self._clock()}
        await self._tx.execute(_SHOWN_OTHERWISE, given)

    async def page(self, record: Kind, record_id: str, cursor: str | None, limit: int) -> Page[Event]:
        """What happened to one record, newest first."""
        chosen = select(*_COLUMNS).where(
            EVENTS.c.org == self._caller.org, EVENTS.c.record == record, EVENTS.c.record_id == record_id
        )
        if cursor is not None:
            chosen = chosen.where(EVENTS.c.id < id_in("events", cursor))
        rows = await self._tx.fetch_all(chosen.order_by(EVENTS.c.id.desc()).limit(limit + 1))
        events = [Event.model_validate(row) for row in rows[:limit]]
        more = len(rows) > limit
        return Page(items=events, next_cursor=cursor_after("events", events[-1].id) if more else None)
