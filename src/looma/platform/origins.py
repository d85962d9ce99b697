"""Who may talk to an address on the loopback: programs of this machine and our own pages, not any page in a browser.

A page from elsewhere can make a browser send requests to 127.0.0.1, by a form or a script (cross-site request forgery),
or by giving its own name that address (DNS rebinding). Browsers tell by `Host`, `Origin` and `Sec-Fetch-Site`.
"""

import re
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from .errors import Forbidden, LoomaError

_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[0-9a-z.-]{1,253}?)\.?(?::[0-9]{1,5})?", re.ASCII)


class WrongHost(LoomaError):
    """The request is meant for a name that is not ours."""

    status, code = 421, "request.wrong_host"


class CrossSite(Forbidden):
    """The request was made by a page of another origin."""

    status, code = 403, "request.cross_site"


def check_host(told: Sequence[str]) -> None:
    """Return when the `Host` headers are one, and it names the loopback; `WrongHost` otherwise."""
    found = _HOST.fullmatch(told[0].strip().lower()) if len(told) == 1 else None
    if found is None or not _is_loopback(found[1]):
        raise WrongHost


def check_origin(verb: str, host: str, origin: str | None, site: str | None, mode: str | None) -> None:
    """Return when no browser sent the request, or one of our own pages, or a person who follows a link; `CrossSite`
    otherwise. `site` and `mode` are `Sec-Fetch-Site` and `Sec-Fetch-Mode` (W3C Fetch Metadata)."""
    if origin is not None:
        if not _same(origin, host):
            raise CrossSite
    elif site not in (None, "same-origin", "none") and not (verb in ("GET", "HEAD") and mode == "navigate"):
        raise CrossSite


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def _same(origin: str, host: str) -> bool:
    try:
        told = urlsplit(origin.lower())
    except ValueError:
        return False
    return told.scheme in ("http", "https") and told.netloc == host.strip().lower()
