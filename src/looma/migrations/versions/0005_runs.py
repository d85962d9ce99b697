"""Durable runs."""

import sqlalchemy as sa
from alembic import op

from looma.migrations import place

revision, down_revision = place(__file__)

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "runs",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("queue", sa.Text, nullable=False),
        sa.Column("key", sa.Text),
        sa.Column("caller", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("args", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("priority", WHOLE, nullable=False),
        sa.Column("run_at", sa.Text, nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("max_attempts", WHOLE, nullable=False),
        sa.Column("timeout_s", sa.Double, nullable=False),
        sa.Column("fence", WHOLE, nullable=False),
        sa.Column("lease_until", sa.Text),
        sa.Column("worker", sa.Text),
        sa.Column("cancel", sa.Boolean, nullable=False),
        sa.Column("progress", sa.Text, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.Column("finished_at", sa.Text),
        sa.Column("result", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    waiting, running = sa.text("state = 'waiting'"), sa.text("state = 'running'")
    what = ["priority", "run_at", "id", "queue", "kind"]
    op.create_index("ix_runs_waiting", "runs", what, sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("ix_runs_running", "runs", ["queue", "lease_until"], sqlite_where=running, postgresql_where=running)
    op.create_index("ix_runs_org_id", "runs", ["org", "id"])
    op.create_index("ix_runs_org_kind_key", "runs", ["org", "kind", "key"], unique=True)
    op.create_table(
        "run_steps",
        sa.Column("run_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "name", name="pk_run_steps"),
    )
    op.create_table(
        "run_events",
        sa.Column("run_id", sa.Text, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("progress", sa.Text, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "seq", name="pk_run_events"),
    )
