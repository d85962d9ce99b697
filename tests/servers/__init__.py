"""Real servers for the tests of the stores: made in a temporary folder, reached on the loopback, gone afterwards.

``export $(python -m tests.servers up)`` starts what there is and names it in ``LOOMA_TEST_…_URL``; a server ends with
whoever asked for it, or on ``down``. One file a server; `SERVERS` lists them.
"""

import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol


class Missing(Exception):
    """A server cannot be had here; the text says what to do."""


class Server(Protocol):
    """One kind of server."""

    name: str
    variable: str

    def get(self) -> None:
        """Install it when it is not there, or raise `Missing`. What that says goes to standard error."""

    def start(self, folder: Path) -> str:
        """Start one that keeps its data in `folder`, wait until it answers; its URL."""

    @property
    def process_id(self) -> int:
        """The process that was started."""

    def ended(self) -> bool:
        """Whether that process has come to its end."""

    def stop(self) -> None:
        """End it, and wait for that."""


def servers() -> Mapping[str, type[Server]]:
    """Every kind of server, by name."""
    from .opensearch import OpenSearch
    from .postgres import Postgres

    return {kind.name: kind for kind in (Postgres, OpenSearch)}


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
