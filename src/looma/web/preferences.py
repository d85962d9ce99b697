"""What a browser would rather have: the lists of RFC 9110 §12.5 with their weights. Pure."""

import re
from collections.abc import Collection

CODINGS = ("br", "gzip", "identity")
"""Those that we have, the smallest first."""
_PARTS = 50
_WEIGHT = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)", re.ASCII | re.IGNORECASE)
_LAST = 0.0005
"""What is acceptable without having been named comes after all that was."""


def coding(accept_encoding: str, offered: Collection[str]) -> str:
    """The coding for an ``Accept-Encoding``: the one with the highest weight, of equals the smallest.

    The plain bytes where none is acceptable: a reader that refuses those too can do no more with an error.
    """
    wishes = _weights(accept_encoding)
    likings = {
        one: wishes.get(one, wishes.get("*", _LAST if one == "identity" else 0.0))
        for one in CODINGS
        if one in offered or one == "identity"
    }
    best = max(likings, key=lambda one: likings[one])
    return best if likings[best] else "identity"


def wants_html(accept: str) -> bool:
    """Whether an ``Accept`` names HTML, as that of a browser does when a person goes to an address.

    ``*/*`` does not: scripts and pictures are asked for with it as well.
    """
    return _weights(accept).get("text/html", 0.0) > 0


def _weights(told: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in told.split(",")[:_PARTS]:
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            found.setdefault(name.lower(), _weight(parameters))
    return found


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter[:2].lower() == "q=":
            weight = _WEIGHT.fullmatch(parameter)
            return float(weight[1]) if weight else 0.0
    return 1.0
