"""The tables of sign-in."""

from sqlalchemy import Column, Index, Table

from looma.platform.stores.sql.schema import METADATA
from looma.platform.stores.sql.types import BOOLEAN, INTEGER, JSON, TEXT, TIMESTAMP

ORGANIZATIONS = Table(
    "auth_organizations",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("created_at", TIMESTAMP, nullable=False),
)
"""Those who share one Looma and see nothing of each other."""

USERS = Table(
    "auth_users",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("org", TEXT, nullable=False),
    Column("username", TEXT, nullable=False),
    Column("username_key", TEXT, nullable=False),
    Column("display_name", TEXT),
    Column("roles", JSON, nullable=False),
    Column("password_hash", TEXT, nullable=False),
    Column("disabled", BOOLEAN, nullable=False),
    Column("version", INTEGER, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("updated_at", TIMESTAMP, nullable=False),
    Column("last_login_at", TIMESTAMP),
    Index(None, "username_key", unique=True),
    Index(None, "org", "id"),
)
"""Users. `username_key` is the name without regard to case, once in the whole installation: who signs in names no
organisation. `password_hash` is what Argon2 made, with its parameters."""
