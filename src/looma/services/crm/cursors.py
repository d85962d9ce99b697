"""Cursors of lists: where the last page ended, opaque to the caller and believed in no more than any other input."""

import math
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

import orjson

from .refusals import UNSTORABLE, invalid

Value = str | float | None
"""What a record is sorted by."""


def cursor_after(listed: str, record_id: str) -> str:
    """The cursor for what follows `record_id` in the list named `listed`."""
    return _encoded(f"{listed}:{record_id}")


def id_in(listed: str, cursor: str) -> str:
    """The id in a cursor that this list gave out, byte for byte; anything else is `Invalid`."""
    try:
        _, _, record_id = _decoded(cursor).partition(":")
        if str(UUID(record_id)) == record_id and cursor_after(listed, record_id) == cursor:
            return record_id
    except ValueError:  # not ASCII, not base64, no UUID
        pass
    raise invalid("cursor", "cursor")


def cursor_at(listed: str, value: Value, record_id: str) -> str:
    """The cursor for what follows `record_id` in a list that is sorted by `value`."""
    return _encoded(f"{listed}:{record_id}:{orjson.dumps(value).decode()}")


def place_in(listed: str, cursor: str, *, number: bool) -> tuple[Value, str]:
    """Value and id in a cursor that this list gave out, byte for byte; anything else is `Invalid`."""
    try:
        _, record_id, told = _decoded(cursor).split(":", 2)
        value = orjson.loads(told)
        fits = value is None or (_is_number(value) if number else _is_text(value))
        if fits and str(UUID(record_id)) == record_id and cursor_at(listed, value, record_id) == cursor:
            return value, record_id
    except (ValueError, RecursionError):  # not base64, not three parts, no JSON, no UUID
        pass
    raise invalid("cursor", "cursor")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not UNSTORABLE.search(value)


def _is_number(value: object) -> bool:
    return isinstance(value, float) and math.isfinite(value)


def _encoded(place: str) -> str:
    return urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _decoded(cursor: str) -> str:
    return urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
