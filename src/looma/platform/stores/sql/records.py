"""The record core: people, their résumés, what those say, and what happened. Every row belongs to an organisation.

Written by `UnifiedDataAccess.save_talent_data` and by the nouns of the CRM inside their own transactions; read by crm
and resume. Ids are UUIDv7, so that ``id desc`` is newest first and a page is found again by the last id that was seen.
"""

from sqlalchemy import Column, Index, Table

from .schema import METADATA
from .types import BOOLEAN, INTEGER, JSON, REAL, TEXT, TIMESTAMP

TALENTS = Table(
    "talents",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("org", TEXT, nullable=False),
    Column("name", TEXT),
    Column("headline", TEXT),
    Column("location", TEXT),
    Column("contacts", JSON, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("note", TEXT),
    Column("resume_id", TEXT),  # no foreign key: talent and résumé would each have to be there first
    Column("version", INTEGER, nullable=False),
    Column("archived", BOOLEAN, nullable=False),
    Column("demo", BOOLEAN, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("updated_at", TIMESTAMP, nullable=False),
    Column("sort_key", TEXT),
    Column("search_key", TEXT),
    Column("years", REAL),
    Column("skills", JSON, nullable=False, server_default="[]"),
    Column("skill_key", TEXT),
    Index(None, "org", "archived", "id"),
    Index(None, "org", "archived", "sort_key", "id"),
    Index(None, "org", "archived", "updated_at", "id"),
    # what lists are filtered and sorted by, so that the long rows of the others are not read for one page
    Index(
        "ix_talents_listing",
        *("org", "archived", "id", "status", "years", "resume_id"),
        *("location", "headline", "name", "search_key", "tags"),
    ),
)
"""People. `version` rises by one with every change; `resume_id` is the current résumé. `sort_key` and `search_key`
follow the name (`sort_keys`); `years`, the foremost `skills` and the `skill_key` of all follow the résumé
(`summaries`)."""

RESUMES = Table(
    "resumes",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("org", TEXT, nullable=False),
    Column("talent_id", TEXT, nullable=False),
    Column("filename", TEXT, nullable=False),
    Column("media_type", TEXT, nullable=False),
    Column("content_hash", TEXT, nullable=False),
    Column("file_key", TEXT),
    Column("language", TEXT),
    Column("parsed", JSON, nullable=False),
    Column("version", INTEGER, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("text", TEXT, nullable=False),  # last: SQLite reads a row from its front, and this is the long part
    Index(None, "org", "talent_id", "id"),
    Index(None, "org", "content_hash"),
)
"""Documents kept with a person: the file's SHA-256 and key, its text, and what was read from it without the text."""

FACTS = Table(
    "facts",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("org", TEXT, nullable=False),
    Column("talent_id", TEXT, nullable=False),
    Column("resume_id", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("value", TEXT, nullable=False),
    Column("start", INTEGER),
    Column("end", INTEGER),
    Column("page", INTEGER),
    Column("method", TEXT, nullable=False),
    Column("confidence", REAL, nullable=False),
    Column("concept_id", TEXT),
    Column("entry", TEXT),
    Index(None, "org", "kind", "value"),
    Index(None, "org", "resume_id", "id"),
)
"""What a résumé says and where: `start` and `end` count code points of its text."""

EVENTS = Table(
    "events",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("org", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    Column("record_id", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("by", TEXT, nullable=False),
    Column("at", TIMESTAMP, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("version", INTEGER, nullable=False),
    Index(None, "org", "record", "record_id", "id"),
)
"""What happened to which record, appended and never changed: ids and names of fields, no value of a person."""
