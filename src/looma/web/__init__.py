"""The built page of Looma and what belongs to it, for browsers: how people reach the services."""

from .site import BUILT, Site

__all__ = ["BUILT", "Site"]
