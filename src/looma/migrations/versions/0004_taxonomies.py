"""Taxonomies that an organisation has uploaded."""

import sqlalchemy as sa
from alembic import op

from looma.migrations import place

revision, down_revision = place(__file__)

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "resume_taxonomies",
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("org", "name", name="pk_resume_taxonomies"),
    )
    op.create_table(
        "resume_concepts",
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("taxonomy", sa.Text, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("alternatives", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("org", "taxonomy", "position", name="pk_resume_concepts"),
    )
