"""The data folder of the embedded stores and its lock: one running Looma a folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FolderInUse(Exception):
    """Another process serves from this folder."""


class FolderUnusable(Exception):
    """The folder cannot be made or written to; the reason is the message."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder around the block; the system lets go of the lock also when the process is killed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as why:
        raise FolderUnusable(why.strerror) from why
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise FolderInUse from taken
        yield
    finally:
        os.close(handle)
