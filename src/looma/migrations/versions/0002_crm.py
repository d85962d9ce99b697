"""Companies, jobs, and the idempotency keys of the CRM."""

import sqlalchemy as sa
from alembic import op

from looma.migrations import place

revision, down_revision = place(__file__)

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _companies()
    _jobs()
    _idempotency()


def _companies() -> None:
    op.create_table(
        "crm_companies",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("industry", sa.Text),
        sa.Column("location", sa.Text),
        sa.Column("size", sa.Text),
        sa.Column("website", sa.Text),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("archived", sa.Boolean, nullable=False),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_crm_companies"),
    )
    op.create_index("ix_crm_companies_org_name_key", "crm_companies", ["org", "name_key"], unique=True)
    op.create_index("ix_crm_companies_org_archived_id", "crm_companies", ["org", "archived", "id"])


def _jobs() -> None:
    op.create_table(
        "crm_jobs",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("company_id", sa.Text),
        sa.Column("location", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("archived", sa.Boolean, nullable=False),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_crm_jobs"),
    )
    op.create_index("ix_crm_jobs_org_archived_id", "crm_jobs", ["org", "archived", "id"])
    op.create_index("ix_crm_jobs_org_company_id_id", "crm_jobs", ["org", "company_id", "id"])


def _idempotency() -> None:
    op.create_table(
        "crm_idempotency",
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("org", "key", name="pk_crm_idempotency"),
    )
