"""The data folder of the embedded stores and its lock: one running Looma a folder, and what is known of it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson


class FolderInUse(Exception):
    """Another process serves from this folder."""


class FolderUnusable(Exception):
    """The folder cannot be made or written to; the reason is the message."""


@dataclass(frozen=True)
class Running:
    """The Looma that serves from a folder; `addresses` is empty until it is ready."""

    pid: int
    addresses: dict[str, str]


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
        tell(folder, {})
        yield
        (folder / "running.json").unlink(missing_ok=True)
    finally:
        os.close(handle)


def tell(folder: Path, addresses: dict[str, str]) -> None:
    """Say who holds the folder and where it is reached. A folder without room for a line is told by its stores."""
    with suppress(OSError):
        (folder / "running.json").write_bytes(orjson.dumps(asdict(Running(os.getpid(), addresses))))


def running(folder: Path) -> Running | None:
    """The Looma that holds the folder now; None when none does, whatever one that was killed has left behind."""
    try:
        handle = os.open(folder / "lock", os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _told(folder)
    finally:
        os.close(handle)
    return None


def _told(folder: Path) -> Running:
    try:
        return Running(**orjson.loads((folder / "running.json").read_bytes()))
    except (OSError, ValueError, TypeError):
        return Running(0, {})
