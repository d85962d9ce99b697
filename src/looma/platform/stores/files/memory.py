"""Files that live as long as the process, for work that keeps nothing."""

from . import checked, key_of


class MemoryFiles:
    """Keeps the promises of `Files`, short of outliving the process."""

    def __init__(self, url: str = "memory:") -> None:
        self._files: dict[str, bytes] = {}

    async def open(self) -> None:
        """Ready from the start."""

    async def put(self, org: str, data: bytes) -> str:
        """The key of `data`."""
        key = key_of(org, data)
        self._files[key] = bytes(data)
        return key

    async def get(self, key: str) -> bytes | None:
        """The bytes, or None."""
        return self._files.get(checked(key))

    async def delete(self, key: str) -> bool:
        """Remove; False when nothing was there."""
        return self._files.pop(checked(key), None) is not None

    async def exists(self, key: str) -> bool:
        """Whether there are bytes under the key."""
        return checked(key) in self._files

    async def check(self) -> None:
        """Memory answers."""
