"""In which order a list comes, and finding the place again where its last page ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, func, tuple_, type_coerce
from sqlalchemy.sql.elements import KeyedColumnElement

from looma.platform.stores.sql.types import TEXT

from .cursors import Value

Order: TypeAlias = Mapping[str, "Sort"]
Ordering: TypeAlias = tuple[ColumnElement[Any], ...]
NEWEST = "created_at"
"""The sort by which every list comes when none is named: ids rise with the moment of creation."""
SORTED_BY = "sorted_by"


@dataclass(frozen=True)
class Sort:
    """What a list can be sorted by."""

    value: ColumnElement[Any]
    nullable: bool = True
    number: bool = False


@dataclass(frozen=True)
class Listing:
    """How a list was asked for."""

    sort: str = NEWEST
    descending: bool = True
    archived: bool = False
    cursor: str | None = None
    limit: int = 20

    def named(self, kind: str) -> str:
        """The name of the list in its cursors: a place in one order is none in another."""
        newest_first = self.sort == NEWEST and self.descending
        return kind if newest_first else f"{kind}.{self.sort}.{'desc' if self.descending else 'asc'}"


def folded(column: ColumnElement[Any]) -> Sort:
    """By a text, without regard to case."""
    return Sort(func.lower(column))


def changed(column: ColumnElement[Any]) -> Sort:
    """By a moment; as text it has the order of time."""
    return Sort(type_coerce(column, TEXT), nullable=False)


def by_id(
    fitting: Select[Any], ids: KeyedColumnElement[str], after: str | None, *, descending: bool
) -> tuple[Select[Any], Ordering]:
    """Of the fitting ones those that come after an id, in the order of ids."""
    if after is not None:
        fitting = fitting.where(ids < after if descending else ids > after)
    return fitting, (ids.desc() if descending else ids.asc(),)


def by_value(
    fitting: Select[Any], sort: Sort, ids: KeyedColumnElement[str], after: tuple[Value, str] | None, *, descending: bool
) -> tuple[Select[Any], Ordering]:
    """Of the fitting ones those that have a value, in its order; equal values by id."""
    if sort.nullable:
        fitting = fitting.where(sort.value.is_not(None))
    if after is not None:
        here = tuple_(sort.value, ids)
        fitting = fitting.where(here < tuple_(*after) if descending else here > tuple_(*after))
    return fitting, ((sort.value.desc(), ids.desc()) if descending else (sort.value.asc(), ids.asc()))
