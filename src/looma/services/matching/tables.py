"""What matching keeps: what jobs ask for, what people changed of it, features of people, weights, what was ranked."""

from sqlalchemy import Column, Index, Table

from looma.platform.stores.sql.schema import METADATA
from looma.platform.stores.sql.types import BOOLEAN, BYTES, INTEGER, JSON, REAL, TEXT, TIMESTAMP

JOBS = Table(
    "matching_jobs",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("job_id", TEXT, primary_key=True),
    Column("version", INTEGER, nullable=False),
    Column("change", INTEGER, nullable=False),
    Column("live", BOOLEAN, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("rules", INTEGER, nullable=False),
    Column("asks", JSON, nullable=False),
    Column("model", TEXT),
    Column("digest", BYTES),
    Column("vector", BYTES),
    Index(None, "org", "change"),
)
"""What each job asks for as of its `version`, read by version `rules` of the code. A job that is archived or gone stays
as a row that is not `live`, so that an older version cannot bring it back. `vector` is that of the title, by `model`;
`digest` is that of the text that was embedded, so that nothing is embedded twice. `change` rises within the
organisation with whatever is written, so that what is held in memory can follow."""

TALENTS = Table(
    "matching_talents",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("talent_id", TEXT, primary_key=True),
    Column("version", INTEGER, nullable=False),
    Column("change", INTEGER, nullable=False),
    Column("live", BOOLEAN, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("rules", INTEGER, nullable=False),
    Column("features", JSON, nullable=False),
    Column("model", TEXT),
    Column("digest", BYTES),
    Column("vector", BYTES),
    Index(None, "org", "change"),
)
"""Professional features of each person with a résumé; no name, no contact, no text. The rest as in jobs."""

FOLLOWED = Table(
    "matching_followed",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("seq", INTEGER, nullable=False),
    Column("change", INTEGER, nullable=False),
)
"""The last outbox entry of each organisation that was applied, and the last `change` of its rows."""

WEIGHTS = Table(
    "matching_weights",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("version", INTEGER, nullable=False),
    Column("weights", JSON, nullable=False),
    Column("updated_at", TIMESTAMP, nullable=False),
)
"""The weights of each organisation that has set its own."""

CHANGES = Table(
    "matching_criteria_changes",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("job_id", TEXT, primary_key=True),
    Column("version", INTEGER, nullable=False),
    Column("changes", JSON, nullable=False),
    Column("updated_at", TIMESTAMP, nullable=False),
)
"""What people want otherwise than the text of a job asks, by the ids of criteria. Not made anew by a rebuild. Whoever
writes it moves the `change` of the job's row on, so that what is held in memory follows."""

RUNS = Table(
    "matching_runs",
    METADATA,
    Column("org", TEXT, primary_key=True),
    Column("id", TEXT, primary_key=True),
    Column("direction", TEXT, nullable=False),
    Column("talent_id", TEXT),
    Column("resume_id", TEXT),
    Column("job_id", TEXT),
    Column("weights_version", INTEGER, nullable=False),
    Column("limit", INTEGER, nullable=False),
    Column("total", INTEGER, nullable=False),
    Column("matched", INTEGER, nullable=False),
    Column("best", REAL),
    Column("by", TEXT, nullable=False),
    Column("at", TIMESTAMP, nullable=False),
    Column("filters", JSON, nullable=False),
    Column("top", JSON, nullable=False),
)
"""What was ranked, for whom and how it came out: ids and scores, no name and no contact."""
