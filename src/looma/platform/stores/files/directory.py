"""Files in a directory: written aside, flushed, then renamed, so that a key leads to whole content or to nothing."""

import asyncio
import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from ..errors import StoreBroken, StoreFull
from . import checked, key_of

T = TypeVar("T")

ASIDE = ".aside"
"""The folder of files that are being written; what a crash leaves there is removed at a later opening."""
LEFT_S = 3600


class DirectoryFiles:
    """One directory, one folder an organisation, two hexadecimal digits a folder below it. For its owner alone."""

    def __init__(self, url: str | Path) -> None:
        self._root = url if isinstance(url, Path) else Path(unquote(urlsplit(url).path) or ".")

    async def open(self) -> None:
        """Make the directory and clear what an interrupted write left."""
        await self._in_thread(self._open)

    async def put(self, org: str, data: bytes) -> str:
        """The key of `data` once it is durable."""
        key = key_of(org, data)
        await self._in_thread(lambda: self._put(self._path(key), data))
        return key

    async def get(self, key: str) -> bytes | None:
        """The bytes, or None; `StoreBroken` when the disk gives other bytes than were put."""
        path = self._path(checked(key))
        data = await self._in_thread(lambda: path.read_bytes() if path.is_file() else None)
        if data is not None and hashlib.sha256(data).hexdigest() != path.name:
            raise StoreBroken(what="a stored file is damaged")
        return data

    async def delete(self, key: str) -> bool:
        """Remove; False when nothing was there."""
        return await self._in_thread(lambda: _delete(self._path(checked(key))))

    async def exists(self, key: str) -> bool:
        """Whether there are bytes under the key."""
        return await self._in_thread(self._path(checked(key)).is_file)

    async def check(self) -> None:
        """Return when a file can be made here."""
        await self._in_thread(lambda: tempfile.TemporaryFile(dir=self._root / ASIDE).close())

    def _path(self, key: str) -> Path:
        org, _, digest = key.partition("/")
        return self._root / org / digest[:2] / digest

    def _open(self) -> None:
        aside = self._root / ASIDE
        aside.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in aside.iterdir():
            if left.stat().st_mtime < time.time() - LEFT_S:  # a younger one may be another process at work
                left.unlink(missing_ok=True)

    def _put(self, path: Path, data: bytes) -> None:
        if path.is_file() and path.read_bytes() == data:  # a damaged one is replaced
            return
        _make(path.parent, self._root)
        handle, name = tempfile.mkstemp(dir=self._root / ASIDE)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _flush(path.parent)

    @staticmethod
    async def _in_thread(act: Callable[[], T]) -> T:
        try:
            return await asyncio.to_thread(act)
        except OSError as error:
            kind = StoreFull if error.errno in (ENOSPC, EDQUOT) else StoreBroken
            raise kind(what=error.strerror or "the directory of files") from error


def _delete(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    _flush(path.parent)
    return True


def _make(folder: Path, root: Path) -> None:
    """Make the folders below `root`, each entry flushed into the folder above it."""
    if folder == root or folder.is_dir():
        return
    _make(folder.parent, root)
    folder.mkdir(exist_ok=True, mode=0o700)
    _flush(folder.parent)


def _flush(folder: Path) -> None:
    """Make the entries of a folder durable; flushing a file alone does not keep its name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
