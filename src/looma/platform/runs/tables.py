"""Where runs are kept: beside the records, so that one transaction covers a change and the work that it asks for."""

from sqlalchemy import Column, Index, Table, text

from ..stores.sql.schema import METADATA
from ..stores.sql.types import BOOLEAN, INTEGER, JSON, REAL, TEXT, TIMESTAMP

RUNS = Table(
    "runs",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("org", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("queue", TEXT, nullable=False),
    Column("key", TEXT),
    Column("caller", JSON, nullable=False),
    Column("origin", JSON, nullable=False),
    Column("args", JSON, nullable=False),
    Column("state", TEXT, nullable=False),
    Column("priority", INTEGER, nullable=False),
    Column("run_at", TIMESTAMP, nullable=False),
    Column("attempt", INTEGER, nullable=False),
    Column("max_attempts", INTEGER, nullable=False),
    Column("timeout_s", REAL, nullable=False),
    Column("fence", INTEGER, nullable=False),
    Column("lease_until", TIMESTAMP),
    Column("worker", TEXT),
    Column("cancel", BOOLEAN, nullable=False),
    Column("progress", JSON, nullable=False),
    Column("error", JSON),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("updated_at", TIMESTAMP, nullable=False),
    Column("finished_at", TIMESTAMP),
    Column("result", JSON),
    Index("ix_runs_waiting", "priority", "run_at", "id", "queue", "kind", sqlite_where=text("state = 'waiting'"),
          postgresql_where=text("state = 'waiting'")),
    Index("ix_runs_running", "queue", "lease_until", sqlite_where=text("state = 'running'"),
          postgresql_where=text("state = 'running'")),
    Index("ix_runs_org_id", "org", "id"),
    Index("ix_runs_org_kind_key", "org", "kind", "key", unique=True),
)  # fmt: skip
"""`origin` is what else is kept of the request that asked: its id and its language.

`priority` is kept as its negative, so that one ascending index gives the order of claiming. The two partial indexes
hold what is alive, and all that a claim asks about: a million finished runs cost it nothing."""

STEPS = Table(
    "run_steps",
    METADATA,
    Column("run_id", TEXT, primary_key=True),
    Column("name", TEXT, primary_key=True),
    Column("value", JSON),
    Column("at", TIMESTAMP, nullable=False),
)
"""Results of finished steps, one row each: a column of the run would be written anew with every step."""

EVENTS = Table(
    "run_events",
    METADATA,
    Column("run_id", TEXT, primary_key=True),
    Column("seq", INTEGER, primary_key=True),
    Column("state", TEXT, nullable=False),
    Column("progress", JSON, nullable=False),
    Column("error", JSON),
    Column("at", TIMESTAMP, nullable=False),
)
"""What happened to each run, in order."""
