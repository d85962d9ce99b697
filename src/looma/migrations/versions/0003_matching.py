"""What jobs ask for, features of people, how far the outbox was followed, and weights."""

import sqlalchemy as sa
from alembic import op

from looma.migrations import place

revision, down_revision = place(__file__)

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _followers("matching_jobs", "job_id", "asks")
    _followers("matching_talents", "talent_id", "features")
    op.create_table(
        "matching_followed",
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("org", name="pk_matching_followed"),
    )
    op.create_table(
        "matching_weights",
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("weights", sa.Text, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("org", name="pk_matching_weights"),
    )


def _followers(table: str, record: str, what: str) -> None:
    op.create_table(
        table,
        sa.Column("org", sa.Text, nullable=False),
        sa.Column(record, sa.Text, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("live", sa.Boolean, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column(what, sa.Text, nullable=False),
        sa.Column("model", sa.Text),
        sa.Column("vector", sa.LargeBinary),
        sa.PrimaryKeyConstraint("org", record, name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_org_seq", table, ["org", "seq"])
