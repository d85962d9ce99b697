"""What can go wrong in a store, whatever its family and driver."""

from ..errors import Conflict, Invalid, Unavailable


class StoreBroken(Unavailable):
    """The store cannot be reached, or what it rests on (disk, network) failed. Details: `what`."""

    code = "stores.unavailable"


class StoreFull(StoreBroken):
    """There is no room left; nothing of the change was kept. Details: `what`."""

    code = "stores.full"


class StoreBusy(StoreBroken):
    """More work is waiting than the store takes on, or another process holds it; worth another try soon."""

    code = "stores.busy"


class StoreNewer(StoreBroken):
    """The database was brought to a schema that this build does not know. Details: `found`, `known`."""

    code = "stores.newer"


class Duplicate(Conflict):
    """Something with this key is there already. Details: `what`, the columns that have to be unique."""

    code = "stores.duplicate"


class Inconsistent(Conflict):
    """The change contradicts what is stored: a reference to nothing, a missing value. Details: `what`."""

    code = "stores.inconsistent"


class Moved(Conflict):
    """The record has another version than the one that the caller insists on. Details: `expected`, `found`."""

    code = "stores.moved"


class UnknownScheme(Invalid):
    """The address of a store names no kind that exists. Details: `scheme`, `known`."""

    code = "stores.unknown_scheme"


class NoDriver(Invalid):
    """The address names a kind of store that this build does not carry a driver for. Details: `scheme`, `known`."""

    code = "stores.no_driver"


class NoPackage(Invalid):
    """The driver for the address needs a package that is not installed. Details: `scheme`, `package`, `extra`."""

    code = "stores.no_package"


class BadKey(Invalid):
    """A key that no store takes: empty, too long, or with characters that could lead somewhere else. Details: `key`."""

    code = "stores.bad_key"
