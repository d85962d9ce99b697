"""Collections, documents and their embeddings."""

from looma.migrations import place

revision, down_revision = place(__file__)


def upgrade() -> None:
    """Create the tables."""
