"""The column types that tables use: few, and the same on every database.

Everything else of SQLAlchemy's types is refused nowhere, but these are the ones whose values are known to come back as
they were given, to compare as they are meant, and to cost little.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import BigInteger, Boolean, Dialect, Double, Integer, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

TEXT = Text()
"""Text of any length; compares by code point."""

INTEGER = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 64 bits with sign."""

REAL: Double[float] = Double()
"""A number of double precision."""

BOOLEAN = Boolean()
"""True or false."""

BYTES = LargeBinary()
"""Bytes as they are."""


class _Json(TypeDecorator[Any]):
    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        return lambda value: None if value is None else orjson.dumps(value).decode()

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any]:
        return lambda value: None if value is None else orjson.loads(value)


class _Timestamp(TypeDecorator[datetime]):
    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        return lambda value: None if value is None else to_text(value)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any]:
        return lambda value: None if value is None else datetime.fromisoformat(value)


JSON = _Json()
"""A JSON value, kept as text; None is NULL. Keys of objects are strings; dates and UUIDs come back as strings."""

TIMESTAMP = _Timestamp()
"""A moment with its zone, kept in UTC as text of one width, so that the order of the texts is the order of time."""


def to_text(moment: datetime) -> str:
    """``2025-03-01T08:00:00.000000Z``. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"
