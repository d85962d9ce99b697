"""Refusing what cannot be kept, in the same words as the edge refuses what cannot be read."""

import re
from typing import Any

from looma.platform import catalogue
from looma.platform.errors import Invalid

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, at which some databases and most tools cut a text, and lone surrogates, which no encoding can write."""


def invalid(problem: str, field: str, **more: Any) -> Invalid:
    """An `Invalid` with one problem; the edge tells it in the reader's language."""
    summary = catalogue.text(f"problem.{problem}", "en", field=field, **more)
    return Invalid(problems=[{"problem": problem, "field": field, **more}], summary=summary)


def check_text(text: str | None, field: str) -> None:
    """Return when a text can be kept exactly as it was sent."""
    if text is not None and UNSTORABLE.search(text):
        raise invalid("characters", field)
