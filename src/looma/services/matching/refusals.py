"""Refusing what cannot be kept or compared, in the same words as the edge refuses what cannot be read."""

import re

from looma.contracts.matching import Filters
from looma.platform import catalogue
from looma.platform.errors import Invalid

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, at which some databases cut a text, and lone surrogates, which no encoding can write."""


def invalid(problem: str, field: str) -> Invalid:
    """An `Invalid` with one problem; the edge tells it in the reader's language."""
    summary = catalogue.text(f"problem.{problem}", "en", field=field)
    return Invalid(problems=[{"problem": problem, "field": field}], summary=summary)


def check_text(text: str | None, field: str) -> None:
    """Return when the text can be kept as it was sent."""
    if text is not None and UNSTORABLE.search(text):
        raise invalid("characters", field)


def check_filters(filters: Filters) -> None:
    """Return when the filters can be kept as they were sent."""
    check_text(filters.location, "filters.location")
    check_text(filters.status, "filters.status")
    for number, term in enumerate(filters.skills_all):
        check_text(term, f"filters.skills_all.{number}")
