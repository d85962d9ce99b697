"""What matching keeps: what jobs ask for, the features of people, how far the outbox was followed, weights."""

from sqlalchemy import Column, Index, Table

from looma.platform.stores.sql.schema import METADATA
from looma.platform.stores.sql.types import BOOLEAN, BYTES, INTEGER, JSON, TEXT, TIMESTAMP

JOBS = Table(
    "matching_jobs",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("job_id", TEXT, primary_key=True),
    Column("version", INTEGER, nullable=False),
    Column("seq", INTEGER, nullable=False),
    Column("live", BOOLEAN, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("asks", JSON, nullable=False),
    Column("model", TEXT),
    Column("vector", BYTES),
    Index(None, "org", "seq"),
)
"""What each job asks for as of its `version`. `seq` is the outbox entry that it was read for; a job that is archived
or gone stays as a row that is not `live`, so that an older version cannot bring it back. `vector` is the title's, by
`model`."""

TALENTS = Table(
    "matching_talents",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("talent_id", TEXT, primary_key=True),
    Column("version", INTEGER, nullable=False),
    Column("seq", INTEGER, nullable=False),
    Column("live", BOOLEAN, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("features", JSON, nullable=False),
    Column("model", TEXT),
    Column("vector", BYTES),
    Index(None, "org", "seq"),
)
"""Professional features of each person with a résumé; no name, no contact, no text."""

FOLLOWED = Table(
    "matching_followed",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("seq", INTEGER, nullable=False),
)
"""The last outbox entry of each organisation that was applied."""

WEIGHTS = Table(
    "matching_weights",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("version", INTEGER, nullable=False),
    Column("weights", JSON, nullable=False),
    Column("updated_at", TIMESTAMP, nullable=False),
)
"""The weights of each organisation that has set its own."""
