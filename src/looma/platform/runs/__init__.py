"""Durable runs: work that survives the process that does it."""

from typing import Any


class Runs:
    """Takes its place until the engine is here."""

    def __init__(self, sql: Any, **parts: Any) -> None:
        pass

    def handle(self, kind: str, handler: Any, **how: Any) -> None:
        pass

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        pass
