"""Looma: talent relationships, understood."""

__version__ = "0.1.0"
