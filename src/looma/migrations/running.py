"""Running Alembic without its configuration file, inside one transaction of ours."""

import sqlite3
import threading

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from . import VERSIONS

_ONE_AT_A_TIME = threading.Lock()  # Alembic keeps the running migration in module-level state


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring the database of `connection` to the head: whole, or not at all. What SQLite refuses is raised as such."""
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    # The driver must neither begin nor commit by itself: it would leave tables outside of the transaction.
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as outer:
            run(outer)
    except DBAPIError as wrapped:
        raise wrapped.orig or wrapped from None  # the store knows its driver's errors, not SQLAlchemy's
    # the engine is not disposed: it would close a connection that is not its own


def run(outer: Connection) -> None:
    """Bring a database to the head inside the transaction that `outer` is in."""
    with _ONE_AT_A_TIME:
        command.upgrade(configuration(outer), "head")


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for `connection`, which is in a transaction already."""
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
