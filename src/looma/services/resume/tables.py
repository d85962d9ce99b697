"""The SQL tables of the résumé service: taxonomies that an organisation has uploaded."""

from sqlalchemy import Column, Table

from looma.platform.stores.sql.schema import METADATA
from looma.platform.stores.sql.types import INTEGER, JSON, TEXT, TIMESTAMP

TAXONOMIES = Table(
    "resume_taxonomies",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("name", TEXT, primary_key=True),
    Column("version", INTEGER, nullable=False),
    Column("size", INTEGER, nullable=False),
    Column("updated_at", TIMESTAMP, nullable=False),
)

CONCEPTS = Table(
    "resume_concepts",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("taxonomy", TEXT, primary_key=True),
    Column("position", INTEGER, primary_key=True),
    Column("id", TEXT, nullable=False),
    Column("label", TEXT, nullable=False),
    Column("alternatives", JSON, nullable=False),
)
