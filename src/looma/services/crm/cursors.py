"""Cursors of lists: where the last page ended, opaque to the caller and believed in no more than any other input."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from .refusals import invalid


def cursor_after(listed: str, record_id: str) -> str:
    """The cursor for what follows `record_id` in the list named `listed`."""
    return urlsafe_b64encode(f"{listed}:{record_id}".encode()).decode().rstrip("=")


def id_in(listed: str, cursor: str) -> str:
    """The id in a cursor that this list gave out, byte for byte; anything else is `Invalid`."""
    try:
        _, _, record_id = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").partition(":")
        if str(UUID(record_id)) == record_id and cursor_after(listed, record_id) == cursor:
            return record_id
    except ValueError:  # not ASCII, not base64, no UUID
        pass
    raise invalid("cursor", "cursor")
