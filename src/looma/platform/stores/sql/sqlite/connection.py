"""Connections to one SQLite file, and what its errors mean."""

import os
import sqlite3
import time
from errno import EDQUOT, ENOSPC
from pathlib import Path

from ....errors import LoomaError
from ...errors import Duplicate, Inconsistent, StoreBroken, StoreBusy, StoreFull

BUSY_TIMEOUT_S = 5.0
CACHED_STATEMENTS = 256


def connect(path: Path, *, durable: bool = True) -> sqlite3.Connection:
    """A connection that writes. It may be handed to another thread, but used by one at a time.

    `durable` commits survive the loss of power (synchronous=FULL); otherwise nothing is promised beyond the process.
    """
    _create(path)
    connection = _connect(path)
    _to_wal(connection)
    connection.execute(f"pragma synchronous={'full' if durable else 'off'}")
    connection.execute("pragma fullfsync=on")  # macOS: without it fsync does not reach the platter; no effect elsewhere
    connection.execute("pragma foreign_keys=on")
    connection.execute("pragma cache_size=-16384")
    connection.execute("pragma journal_size_limit=67108864")
    return connection


def _to_wal(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log; where another process does so at the moment, SQLite refuses without waiting."""
    until = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            (mode,) = connection.execute("pragma journal_mode=wal").fetchone()
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            break
    if mode != "wal":
        raise StoreBroken(what="this place cannot keep a write-ahead log")


def connect_reading(path: Path) -> sqlite3.Connection:
    """A connection that cannot write."""
    connection = _connect(path)
    connection.execute("pragma query_only=on")
    connection.execute("pragma cache_size=-8192")
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=CACHED_STATEMENTS,
    )
    connection.execute("pragma temp_store=memory")
    return connection


def _create(path: Path) -> None:
    """Make the file, for its owner alone: it holds people's data, and its -wal and -shm take over its mode."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def translated(error: BaseException) -> BaseException:
    """What `error` means to a caller; anything that is not about the store comes back as it is."""
    if isinstance(error, LoomaError) or not isinstance(error, (sqlite3.Error, OSError)):
        return error
    name = getattr(error, "sqlite_errorname", "") or ""
    if isinstance(error, sqlite3.IntegrityError):
        what = str(error).partition(": ")[2] or str(error)
        unique = name in ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_ROWID")
        return Duplicate(what=what) if unique else Inconsistent(what=what)
    if isinstance(error, sqlite3.ProgrammingError) or name in ("SQLITE_ERROR", "SQLITE_TOOBIG"):
        return error  # a statement that is wrong; no state of the store explains it
    if name in _FULL or (isinstance(error, OSError) and error.errno in FULL):
        return StoreFull(what=_words(error))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy(what=_words(error))
    return StoreBroken(what=_words(error))


def translated_reading(error: BaseException) -> BaseException:
    """As `translated`, on a connection that cannot write: there, trying to is a mistake of the program."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY:
        return RuntimeError("a read may not write")
    return translated(error)


FULL = (ENOSPC, EDQUOT)
"""Error numbers of a full disk and of a used-up quota."""
_FULL = ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE")
"""The second: the file that readers and writers share, which every opening makes anew, does not find room."""


def _words(error: BaseException) -> str:
    """Never a path: this text leaves the process."""
    return (error.strerror or type(error).__name__) if isinstance(error, OSError) else str(error)
