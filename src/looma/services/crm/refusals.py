"""Refusing what cannot be kept, in the same words as the edge refuses what cannot be read."""

import re
from typing import Any

from looma.platform import catalogue
from looma.platform.contract import Record
from looma.platform.errors import Invalid

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, at which some databases and most tools cut a text, and lone surrogates, which no encoding can write."""


def invalid(problem: str, field: str) -> Invalid:
    """An `Invalid` with one problem; the edge tells it in the reader's language."""
    summary = catalogue.text(f"problem.{problem}", "en", field=field)
    return Invalid(problems=[{"problem": problem, "field": field}], summary=summary)


def check_text(request: Record | str | None, field: str = "") -> None:
    """Return when every text of a request can be kept exactly as it was sent; nothing is cut or mended silently."""
    for place, text in _texts(request.model_dump() if isinstance(request, Record) else request, field):
        if UNSTORABLE.search(text):
            raise invalid("characters", place)


def check_not_emptied(request: Record, *fields: str) -> None:
    """Return when none of `fields` was sent as null: absent means that it stays, and a null would empty it."""
    for field in fields:
        if field in request.model_fields_set and getattr(request, field) is None:
            raise invalid("cannot_be_empty", field)


def _texts(value: Any, place: str) -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(place, value)]
    if isinstance(value, dict):
        return [found for name, member in value.items() for found in _texts(member, _inside(place, name))]
    if isinstance(value, list):
        return [found for index, member in enumerate(value) for found in _texts(member, _inside(place, index))]
    return []


def _inside(place: str, step: str | int) -> str:
    return f"{place}.{step}" if place else str(step)
