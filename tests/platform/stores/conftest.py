"""The SQL drivers that every promise is held against, and how a change is held up on each of them."""

import asyncio
import threading
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from looma.migrations import migrated_image
from looma.platform.stores.sql import open_sql
from tests.postgres import SERVER, URL, Advisory, fresh_schema


def new_database(folder: Path) -> str:
    """The URL of a fresh, migrated database file."""
    (folder / "truth.db").write_bytes(migrated_image())
    return f"sqlite:///{folder / 'truth.db'}"


@pytest.fixture(params=["file", "memory", SERVER])
async def sql(request, tmp_path):
    """An open database with the schema and no rows."""
    if request.param == "postgresql":
        opened = open_sql(URL, prefix=await fresh_schema(URL))
    else:
        opened = open_sql(new_database(tmp_path) if request.param == "file" else "sqlite://")
    await opened.open()
    yield opened
    await opened.close()


class Threads:
    """Holds a change up in the thread that it runs in."""

    def __init__(self) -> None:
        self._begun, self._go = threading.Event(), threading.Event()

    async def hold(self, tx) -> None:
        """Awaited inside a change: stay here until `go`."""
        self._begun.set()
        self._go.wait(10)

    async def begun(self) -> None:
        """Return when the change is held up."""
        await asyncio.to_thread(self._begun.wait, 10)

    async def go(self) -> None:
        """Let it go on."""
        self._go.set()


@pytest.fixture
async def gate(sql):
    """Something to hold changes up with."""
    async with asynccontextmanager(Advisory.made)(URL) if _is_server(sql) else _threads() as made:
        yield made


@asynccontextmanager
async def _threads():
    yield Threads()


def _is_server(sql) -> bool:
    return type(sql).__name__ == "PostgresSql"
