"""What companies, jobs and talents have in common: rows of one table, read and changed inside one organisation.

Every statement of the CRM on these tables begins here, bound to the caller's organisation, so that another one's record
is not found rather than refused.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Select, Table, bindparam, func, insert, select, update

from looma.contracts.crm import Kept, VersionConflict
from looma.platform import context
from looma.platform.clock import Clock, NewId
from looma.platform.contract import Page
from looma.platform.errors import NotFound
from looma.platform.stores.sql import Row, Transaction

from .cursors import cursor_after, cursor_at, id_in, place_in
from .events import Events, Kind, What
from .refusals import UNSTORABLE
from .sorting import NEWEST, SORTED_BY, Listing, Order, Ordering, by_id, by_value

R = TypeVar("R", bound=Kept)
Fits: TypeAlias = Sequence[ColumnElement[bool]]


class Repository(Generic[R]):
    """One kind of record of the caller's organisation, in an open transaction. Never commits."""

    kind: ClassVar[Kind]
    table: ClassVar[Table]
    record: ClassVar[type[Kept]]
    not_found: ClassVar[type[NotFound]]
    selected: ClassVar[Select[Any]]
    """The columns that make a record."""
    order: ClassVar[Order]
    """What its lists can be sorted by besides the moment of creation."""
    _one: ClassVar[Select[Any]]

    def __init_subclass__(cls) -> None:
        columns = cls.table.c
        cls._one = cls.selected.where(columns.org == bindparam("of_org"), columns.id == bindparam("of_id"))

    def __init__(self, tx: Transaction, clock: Clock, new_id: NewId) -> None:
        self._tx, self._clock, self._new_id = tx, clock, new_id
        self._org = context.caller().org
        self._events = Events(tx, clock, new_id)

    async def get(self, record_id: str) -> R:
        """One record, archived or not; `not_found` otherwise."""
        known = None if UNSTORABLE.search(record_id) else {"of_org": self._org, "of_id": record_id}
        row = await self._tx.fetch_one(self._one, known) if known else None
        if row is None:
            raise self.not_found(**{f"{self.kind}_id": record_id})
        return self._read(row)

    async def many(self, ids: Sequence[str]) -> list[R]:
        """The records with these ids in the order of the ids, each once; unknown ids are left out."""
        chosen = self.selected.where(self.table.c.org == self._org, self.table.c.id.in_(list(dict.fromkeys(ids))))
        found = {row["id"]: self._read(row) for row in await self._tx.fetch_all(chosen)}
        return [found[one] for one in dict.fromkeys(ids) if one in found]

    async def page(self, *where: ColumnElement[bool], listing: Listing) -> Page[R]:
        """Records that fit, in the order that was asked for; new ones never move into a page that was seen."""
        # every id is greater than nothing: said so that the database walks them in order and not by a wider index
        fits = (self.table.c.org == self._org, self.table.c.archived == listing.archived, self.table.c.id > "", *where)
        newest = listing.sort == NEWEST
        rows = await (self._by_creation(fits, listing) if newest else self._by_value(fits, listing))
        more, shown, ends = len(rows) > listing.limit, rows[: listing.limit], None
        if more and newest:
            ends = cursor_after(listing.named(self.kind), shown[-1]["id"])
        elif more:
            ends = cursor_at(listing.named(self.kind), shown[-1][SORTED_BY], shown[-1]["id"])
        records = [self._read({name: row[name] for name in row if name != SORTED_BY}) for row in shown]
        whole = not more and listing.cursor is None
        return Page(items=records, next_cursor=ends, total=len(records) if whole else await self._count(fits))

    async def _count(self, fits: Fits) -> int:
        row = await self._tx.fetch_one(select(func.count().label("found")).select_from(self.table).where(*fits))
        return int(row["found"]) if row else 0

    async def _by_creation(self, fits: Fits, listing: Listing) -> list[Row]:
        after = None
        if listing.cursor is not None:
            after = id_in(listing.named(self.kind), listing.cursor)
        fitting, ordering = by_id(self._fitting(fits), self.table.c.id, after, descending=listing.descending)
        return await self._tx.fetch_all(self._whole(self.selected, fitting, ordering, listing.limit + 1))

    async def _by_value(self, fits: Fits, listing: Listing) -> list[Row]:
        """Records with a value, and when those are at their end the records without; an index serves each alone."""
        sort, ids, down, wanted = self.order[listing.sort], self.table.c.id, listing.descending, listing.limit + 1
        after = None
        if listing.cursor is not None:
            after = place_in(listing.named(self.kind), listing.cursor, number=sort.number)
        selected, rows = self.selected.add_columns(sort.value.label(SORTED_BY)), list[Row]()
        if after is None or after[0] is not None:
            fitting, ordering = by_value(self._fitting(fits), sort, ids, after, descending=down)
            rows = await self._tx.fetch_all(self._whole(selected, fitting, ordering, wanted))
            after = None
        if sort.nullable and len(rows) < wanted:
            without = self._fitting((*fits, sort.value.is_(None)))
            fitting, ordering = by_id(without, ids, after[1] if after else None, descending=down)
            rows += await self._tx.fetch_all(self._whole(selected, fitting, ordering, wanted - len(rows)))
        return rows

    def _fitting(self, fits: Fits) -> Select[Any]:
        """The ids of what fits."""
        return self.selected.with_only_columns(self.table.c.id).where(*fits)

    def _whole(self, selected: Select[Any], fitting: Select[Any], ordering: Ordering, limit: int) -> Select[Any]:
        """Records by ids: which they are is told by an index alone, and only those of one page are read."""
        ids = fitting.order_by(*ordering).limit(limit).correlate(None)
        return selected.where(self.table.c.id.in_(ids)).order_by(*ordering)

    async def archive(self, record_id: str) -> R:
        """Put away; what is away already stays as it is."""
        return await self._set_archived(record_id, archived=True)

    async def restore(self, record_id: str) -> R:
        """Take back; what is here already stays as it is."""
        return await self._set_archived(record_id, archived=False)

    async def _insert(self, values: Mapping[str, Any]) -> R:
        """A new record of version 1, with its event."""
        record_id, now = self._new_id(), self._clock()
        mine = {
            "id": record_id,
            "org": self._org,
            "version": 1,
            "archived": False,
            "created_at": now,
            "updated_at": now,
        }
        await self._tx.execute(insert(self.table), {**self._columns(values), **mine})
        given = [name for name in self.record.model_fields if values.get(name) not in (None, "", [], False)]
        await self._events.append(self.kind, record_id, "created", given, 1)
        return await self.get(record_id)

    async def _change(self, record: R, wanted: Mapping[str, Any]) -> R:
        """The record with the wanted values; the same record when it has them already."""
        if_match = context.current().if_match
        if if_match is not None and if_match != record.version:
            raise VersionConflict(expected=if_match, found=record.version)
        there = record.model_dump()
        changed = {name: value for name, value in wanted.items() if there.get(name) != value}
        return await self._keep(record, "changed", changed) if changed else record

    async def _set_archived(self, record_id: str, *, archived: bool) -> R:
        record = await self.get(record_id)
        if record.archived == archived:
            return record
        if_match = context.current().if_match
        if if_match is not None and if_match != record.version:
            raise VersionConflict(expected=if_match, found=record.version)
        return await self._keep(record, "archived" if archived else "restored", {"archived": archived})

    async def _keep(self, record: R, what: What, changed: Mapping[str, Any]) -> R:
        columns, version = self.table.c, record.version + 1
        touched = await self._tx.execute(
            update(self.table)
            .where(columns.org == self._org, columns.id == record.id, columns.version == record.version)
            .values(**self._columns(changed), version=version, updated_at=self._clock())
        )
        if touched != 1:  # on a server somebody else was faster
            raise VersionConflict(expected=record.version, found=(await self.get(record.id)).version)
        await self._events.append(self.kind, record.id, what, changed, version)
        return await self.get(record.id)

    def _columns(self, changed: Mapping[str, Any]) -> dict[str, Any]:
        """The columns that hold these fields."""
        return dict(changed)

    def _read(self, row: Mapping[str, Any]) -> R:
        record: R = self.record.model_validate(row)  # type: ignore[assignment]
        return record
