"""What the errors of PostgreSQL, of asyncpg and of the network mean to a caller, and which of them pass."""

import re
import ssl

import asyncpg
from asyncpg import exceptions as pg

from ....errors import LoomaError
from ...errors import Duplicate, Inconsistent, StoreBroken, StoreBusy, StoreFull

LOST = (
    OSError,
    pg.PostgresConnectionError,
    pg.ConnectionDoesNotExistError,
    pg.AdminShutdownError,
    pg.CrashShutdownError,
    pg.CannotConnectNowError,
    pg.IdleInTransactionSessionTimeoutError,
    asyncpg.InternalClientError,  # the server's last word came while nobody listened
)
"""The connection is gone; whatever was not committed has not happened."""
CONTENDED = (
    pg.SerializationError,
    pg.DeadlockDetectedError,
    pg.InvalidCachedStatementError,
    pg.OutdatedSchemaCacheError,
)
"""The transaction was given up, and would do when it is made again."""

_COLUMNS = re.compile(r"\((?P<columns>[^()]*)\)=\(")
_REFUSED = (
    pg.InvalidAuthorizationSpecificationError,
    pg.InvalidCatalogNameError,
    pg.InsufficientPrivilegeError,
)


def is_lost(error: BaseException) -> bool:
    """Whether the connection broke."""
    if isinstance(error, asyncpg.InterfaceError) and not isinstance(error, ValueError):
        return any(word in str(error) for word in ("closed", "closing", "released"))
    return isinstance(error, LOST) and not isinstance(error, ssl.SSLError | TimeoutError)


def translated(error: BaseException) -> BaseException:
    """What `error` means to a caller; anything that is not about the store comes back as it is."""
    match error:
        case LoomaError():
            return error
        case pg.UniqueViolationError():
            return Duplicate(what=_unique(error))
        case pg.IntegrityConstraintViolationError():
            column = getattr(error, "column_name", None)
            place = ".".join(filter(None, (getattr(error, "table_name", None), column)))
            return Inconsistent(what=place or getattr(error, "constraint_name", None) or "a constraint")
        case pg.ReadOnlySQLTransactionError():
            return StoreBroken(what="the database takes no changes (a standby?)")
        case pg.DiskFullError():
            return StoreFull(what="no space is left where the database is")
        case pg.TooManyConnectionsError() | pg.QueryCanceledError() | pg.LockNotAvailableError() | TimeoutError():
            return StoreBusy(what=_words(error))
        case asyncpg.DataError() if isinstance(error.__cause__, OverflowError | UnicodeError):
            return error.__cause__  # a value that the wire cannot carry, as SQLite's driver tells it
        case pg.InsufficientResourcesError() | pg.PostgresSystemError() | pg.InternalServerError() | ssl.SSLError():
            return StoreBroken(what=_words(error))
    if is_lost(error) or isinstance(error, (*CONTENDED, *_REFUSED)):
        return (StoreBusy if isinstance(error, CONTENDED) else StoreBroken)(what=_words(error))
    return error  # a statement that is wrong; no state of the store explains it


def translated_reading(error: BaseException) -> BaseException:
    """As `translated`, where nothing may be written: there, trying to is a mistake of the program."""
    if isinstance(error, pg.ReadOnlySQLTransactionError):
        return RuntimeError("a read may not write")
    return translated(error)


def _unique(error: BaseException) -> str:
    """The columns that have to be unique, never their values."""
    found = _COLUMNS.search(getattr(error, "detail", None) or "")
    if found is None:
        return getattr(error, "constraint_name", None) or "a unique key"
    table = getattr(error, "table_name", None)
    return ", ".join(f"{table}.{column}" for column in found["columns"].replace('"', "").split(", "))


def _words(error: BaseException) -> str:
    """Never an address, a name of a user or a value: this text leaves the process."""
    match error:
        case pg.InvalidAuthorizationSpecificationError():
            return "PostgreSQL refuses the user or the password"
        case pg.InvalidCatalogNameError():
            return "PostgreSQL has no database of this name"
        case pg.InsufficientPrivilegeError():
            return "PostgreSQL does not let this user do that"
        case pg.TooManyConnectionsError():
            return "PostgreSQL has no connection left"
        case pg.QueryCanceledError() | TimeoutError():
            return "PostgreSQL took too long"
        case pg.LockNotAvailableError() | pg.SerializationError() | pg.DeadlockDetectedError():
            return "others change the same records"
        case ssl.SSLError():
            return "PostgreSQL cannot be reached by TLS as the address asks for it"
        case OSError():
            return f"PostgreSQL cannot be reached ({error.strerror or type(error).__name__})"
    return f"PostgreSQL: {type(error).__name__}"
