"""The tables of the CRM; people, résumés, facts and events stand in the record core of the platform."""

from sqlalchemy import Column, Index, Table

from looma.platform.stores.sql.schema import METADATA
from looma.platform.stores.sql.types import BOOLEAN, INTEGER, JSON, TEXT, TIMESTAMP

COMPANIES = Table(
    "crm_companies",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("org", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("name_key", TEXT, nullable=False),
    Column("industry", TEXT),
    Column("location", TEXT),
    Column("size", TEXT),
    Column("website", TEXT),
    Column("version", INTEGER, nullable=False),
    Column("archived", BOOLEAN, nullable=False),
    Column("demo", BOOLEAN, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("updated_at", TIMESTAMP, nullable=False),
    Column("note", TEXT),  # the long part
    Column("sort_key", TEXT, nullable=False, server_default=""),
    Column("search_key", TEXT),
    Index(None, "org", "name_key", unique=True),
    Index(None, "org", "archived", "id"),
    Index(None, "org", "archived", "sort_key", "id"),
    Index(None, "org", "archived", "updated_at", "id"),
)
"""Companies. `name_key` is the name without regard to case and space, once in an organisation; `sort_key` and
`search_key` put the name in its place and find it by how it is spoken."""

JOBS = Table(
    "crm_jobs",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("org", TEXT, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("company_id", TEXT),
    Column("location", TEXT),
    Column("status", TEXT, nullable=False),
    Column("version", INTEGER, nullable=False),
    Column("archived", BOOLEAN, nullable=False),
    Column("demo", BOOLEAN, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("updated_at", TIMESTAMP, nullable=False),
    Column("description", TEXT, nullable=False),  # the long part
    Column("sort_key", TEXT, nullable=False, server_default=""),
    Column("search_key", TEXT),
    Index(None, "org", "archived", "id"),
    Index(None, "org", "archived", "sort_key", "id"),
    Index(None, "org", "archived", "updated_at", "id"),
    Index(None, "org", "company_id", "id"),
)
"""Jobs; the name of the company is read from the company, the keys follow the title."""

IDEMPOTENCY = Table(
    "crm_idempotency",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("key", TEXT, primary_key=True),
    Column("fingerprint", TEXT, nullable=False),
    Column("record_id", TEXT, nullable=False),
    Column("outcome", JSON),
    Column("at", TIMESTAMP, nullable=False),
    Index(None, "org", "at"),
)
"""What was made under which Idempotency-Key: a hash of what was asked, and ids; no content of a record."""
