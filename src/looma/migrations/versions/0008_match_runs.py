"""The history of matching, what its rows were read by, and the age of idempotency keys."""

import sqlalchemy as sa
from alembic import op

from looma.migrations import place

revision, down_revision = place(__file__)

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table, and let rows say what they were read by: those of before are read again."""
    for table in ("matching_jobs", "matching_talents"):
        op.drop_index(f"ix_{table}_org_seq", table)
        op.execute(f"ALTER TABLE {table} RENAME COLUMN seq TO change")
        op.add_column(table, sa.Column("rules", WHOLE, nullable=False, server_default="0"))
        op.add_column(table, sa.Column("digest", sa.LargeBinary))
        op.create_index(f"ix_{table}_org_change", table, ["org", "change"])
    op.add_column("matching_followed", sa.Column("change", WHOLE, nullable=False, server_default="0"))
    op.execute("UPDATE matching_followed SET change = seq")
    op.create_index("ix_crm_idempotency_org_at", "crm_idempotency", ["org", "at"])
    _runs()


def _runs() -> None:
    op.create_table(
        "matching_runs",
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("talent_id", sa.Text),
        sa.Column("resume_id", sa.Text),
        sa.Column("job_id", sa.Text),
        sa.Column("weights_version", WHOLE, nullable=False),
        sa.Column("limit", WHOLE, nullable=False),
        sa.Column("total", WHOLE, nullable=False),
        sa.Column("matched", WHOLE, nullable=False),
        sa.Column("best", sa.Double),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("filters", sa.Text, nullable=False),
        sa.Column("top", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("org", "id", name="pk_matching_runs"),
    )
