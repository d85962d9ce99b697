"""The SQL drivers that every promise is held against."""

import os
from pathlib import Path

import pytest

from looma.migrations import migrated_image
from looma.platform.stores.sql import DRIVERS, open_sql

POSTGRES = os.environ.get("LOOMA_TEST_POSTGRES_URL") if DRIVERS["postgresql"] else None


def new_database(folder: Path) -> str:
    """The URL of a fresh, migrated database file."""
    (folder / "truth.db").write_bytes(migrated_image())
    return f"sqlite:///{folder / 'truth.db'}"


@pytest.fixture(params=["file", "memory", *(["postgresql"] if POSTGRES else [])])
async def sql(request, tmp_path):
    """An open database with the schema and no rows."""
    urls = {"file": lambda: new_database(tmp_path), "memory": lambda: "sqlite://", "postgresql": lambda: POSTGRES}
    opened = open_sql(urls[request.param]())
    await opened.open()
    yield opened
    await opened.close()
