"""What search keeps: collections, their documents, embeddings beside them, and how far the outbox was followed."""

from sqlalchemy import Column, Index, Table

from looma.platform.stores.sql.schema import METADATA
from looma.platform.stores.sql.types import BOOLEAN, BYTES, INTEGER, JSON, TEXT, TIMESTAMP

COLLECTIONS = Table(
    "vector_collections",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("name", TEXT, primary_key=True),
    Column("description", TEXT),
    Column("documents", INTEGER, nullable=False),
    Column("chinese", INTEGER, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
)
"""Collections with their counts, which change with the documents in one transaction."""

DOCUMENTS = Table(
    "vector_documents",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("collection", TEXT, primary_key=True),
    Column("id", TEXT, primary_key=True),
    Column("version", INTEGER, nullable=False),
    Column("change", INTEGER, nullable=False),
    Column("live", BOOLEAN, nullable=False),
    Column("language", TEXT, nullable=False),
    Column("content_hash", TEXT),
    Column("title", TEXT, nullable=False),
    Column("terms", JSON, nullable=False),
    Column("text", TEXT, nullable=False),  # last: SQLite reads a row from its front, and this is the long part
    Index(None, "change", unique=True),
    Index(None, "content_hash"),
)
"""Every index follows this table by its rising `change`. What is gone stays as a row that is not `live`, so that an
older version cannot bring it back; the row with the empty id says that a whole collection went."""

EMBEDDINGS = Table(
    "vector_embeddings",
    METADATA,
    Column("content_hash", TEXT, primary_key=True),
    Column("model", TEXT, primary_key=True),
    Column("passages", INTEGER, nullable=False),
    Column("vectors", BYTES, nullable=False),
)
"""What a model made of a title and text, so that nothing is computed twice; kept while a document says it."""

FOLLOWED = Table(
    "vector_followed",
    METADATA,
    Column("source", TEXT, primary_key=True),
    Column("seq", INTEGER, nullable=False),
)
"""The last entry of the outbox that was taken over."""

UNREAD = Table(
    "vector_unread",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("kind", TEXT, primary_key=True),
    Column("record_id", TEXT, primary_key=True),
    Column("version", INTEGER, nullable=False),
    Column("tries", INTEGER, nullable=False),
)
"""Records that could not be read when their entry came; they are tried again, and hold up nothing meanwhile."""
