"""The record core and the outbox."""

import sqlalchemy as sa
from alembic import op

from looma.migrations import place

revision, down_revision = place(__file__)

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _talents()
    _resumes()
    _facts()
    _events()
    _outbox()


def _talents() -> None:
    op.create_table(
        "talents",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("headline", sa.Text),
        sa.Column("location", sa.Text),
        sa.Column("contacts", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("resume_id", sa.Text),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("archived", sa.Boolean, nullable=False),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_talents"),
    )
    op.create_index("ix_talents_org_archived_id", "talents", ["org", "archived", "id"])


def _resumes() -> None:
    op.create_table(
        "resumes",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("talent_id", sa.Text, nullable=False),
        sa.Column("filename", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("file_key", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("parsed", sa.Text, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_resumes"),
    )
    op.create_index("ix_resumes_org_talent_id_id", "resumes", ["org", "talent_id", "id"])
    op.create_index("ix_resumes_org_content_hash", "resumes", ["org", "content_hash"])


def _facts() -> None:
    op.create_table(
        "facts",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("talent_id", sa.Text, nullable=False),
        sa.Column("resume_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("start", WHOLE),
        sa.Column("end", WHOLE),
        sa.Column("page", WHOLE),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("confidence", sa.Double, nullable=False),
        sa.Column("concept_id", sa.Text),
        sa.Column("entry", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_facts"),
    )
    if op.get_bind().dialect.name == "postgresql":  # what a résumé says may be longer than its trees take
        op.create_index("ix_facts_value", "facts", ["value"], postgresql_using="hash")
    else:
        op.create_index("ix_facts_org_kind_value", "facts", ["org", "kind", "value"])
    op.create_index("ix_facts_org_resume_id_id", "facts", ["org", "resume_id", "id"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_org_record_record_id_id", "events", ["org", "record", "record_id", "id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("seq", WHOLE, autoincrement=True, nullable=False),
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("gone", sa.Boolean, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_org_seq", "outbox", ["org", "seq"])
    if op.get_bind().dialect.name == "postgresql":
        _in_turn()


def _in_turn() -> None:
    """Whoever appends to the outbox waits for the commit of those who did before.

    Else the order of its numbers would not be that of the commits, and a reader that has seen number 7 could miss the
    6 that comes after it. SQLite has one writer, and needs none of this.
    """
    op.execute(
        "CREATE FUNCTION outbox_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN PERFORM pg_advisory_xact_lock('outbox'::regclass::oid::bigint); RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER outbox_in_turn BEFORE INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_in_turn()"
    )
