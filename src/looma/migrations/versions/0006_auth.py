"""Organisations, users and sign-in."""

from looma.migrations import place

revision, down_revision = place(__file__)


def upgrade() -> None:
    """Create the tables."""
