"""From the scheme of a URL to the driver that serves it, imported only when asked for."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from .errors import NoDriver, NoPackage, UnknownScheme


def load(drivers: Mapping[str, str | None], url: str, **options: Any) -> Any:
    """Build the driver that `url` names, from ``scheme → module:Class``; the class takes the whole URL
    and the options.

    A scheme that maps to None is a kind of store that Looma knows of but this build has no driver for: `NoDriver`.
    Any other scheme is an `UnknownScheme`. A driver whose library is not installed is a `NoPackage`: Looma's extra of
    the name of the driver's module brings it. No error repeats the URL, which may hold a password.
    """
    scheme = urlsplit(url).scheme
    known = ", ".join(sorted(name for name, place in drivers.items() if place))
    if scheme not in drivers:
        raise UnknownScheme(scheme=scheme, known=known)
    if (place := drivers[scheme]) is None:
        raise NoDriver(scheme=scheme, known=known)
    module, _, name = place.partition(":")
    try:
        driver = getattr(import_module(module), name)
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] == "looma":
            raise
        raise NoPackage(scheme=scheme, package=missing.name, extra=module.rpartition(".")[2]) from missing
    return driver(url, **options)
