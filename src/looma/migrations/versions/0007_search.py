"""Collections, documents and their embeddings."""

import sqlalchemy as sa
from alembic import op

from looma.migrations import place

revision, down_revision = place(__file__)

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _collections()
    _documents()
    op.create_table(
        "vector_embeddings",
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("passages", WHOLE, nullable=False),
        sa.Column("vectors", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("content_hash", "model", name="pk_vector_embeddings"),
    )
    op.create_table(
        "vector_followed",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_vector_followed"),
    )
    op.create_table(
        "vector_unread",
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("tries", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("org", "kind", "record_id", name="pk_vector_unread"),
    )


def _collections() -> None:
    op.create_table(
        "vector_collections",
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("documents", WHOLE, nullable=False),
        sa.Column("chinese", WHOLE, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("org", "name", name="pk_vector_collections"),
    )


def _documents() -> None:
    op.create_table(
        "vector_documents",
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("collection", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("change", WHOLE, nullable=False),
        sa.Column("live", sa.Boolean, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("content_hash", sa.Text),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("terms", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("org", "collection", "id", name="pk_vector_documents"),
    )
    op.create_index("ix_vector_documents_change", "vector_documents", ["change"], unique=True)
    op.create_index("ix_vector_documents_content_hash", "vector_documents", ["content_hash"])
