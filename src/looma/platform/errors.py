"""The errors Looma raises on purpose, each knowing its HTTP status and its stable code.

LoomaError                500  internal
├── Invalid               422  the caller sent something we cannot take
│   └── Malformed         400  it is not even proper HTTP
├── Unauthenticated       401  we do not know who is calling
├── Forbidden             403  we know, and the answer is no
├── NotFound              404  there is no such thing, or the caller may not see it
├── WrongMethod           405  the path exists, the verb does not
├── Conflict              409  the thing has moved on since the caller looked
├── TooLarge              413
├── Unsupported           415
├── TooMany               429
└── Unavailable           503  a store or a peer is out of reach
    └── TimedOut          503  the deadline passed

A service's own errors are subclasses in its contract with a code `service.what`. The text that people read is the
catalogue's entry for the code, filled with the error's details; the details travel, the text is made where it is read.
"""

from typing import Any, ClassVar

from . import catalogue
from .catalogue import Language


class LoomaError(Exception):
    """Base of every error that may leave a service; by itself it is the unexpected one."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    _by_code: ClassVar[dict[str, type["LoomaError"]]] = {}

    def __init_subclass__(cls) -> None:
        if "code" not in vars(cls):
            raise TypeError(f"{cls.__name__} needs a code of its own")
        if LoomaError._by_code.setdefault(cls.code, cls) is not cls:
            raise TypeError(f"{cls.__name__} takes a code that is in use: {cls.code!r}")

    def __init__(self, **details: Any) -> None:
        super().__init__(self.code, details)
        self.details = details

    def __str__(self) -> str:
        return self.message("en")

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.details)  # exceptions pickle by position, details go by name

    def message(self, language: Language) -> str:
        """The text for people, from the catalogue."""
        return catalogue.text(self.code, language, **self.details)

    def to_wire(self, language: Language) -> dict[str, Any]:
        """The member `error` of the envelope."""
        return {"code": self.code, "message": self.message(language), "details": self.details}

    @staticmethod
    def from_wire(status: int, wire: dict[str, Any]) -> "LoomaError":
        """Rebuild the error that a peer raised; a code that this build does not know becomes `Unavailable`."""
        kind = LoomaError.codes().get(str(wire.get("code")))
        details = wire.get("details") or {}
        if kind is None:
            return Unavailable(what=str(wire.get("code") or f"HTTP {status}"))
        return kind(**{str(name): value for name, value in details.items()})

    @staticmethod
    def codes() -> dict[str, type["LoomaError"]]:
        """Every code that this process knows."""
        return {LoomaError.code: LoomaError, **LoomaError._by_code}


class Invalid(LoomaError):
    """The request could not be taken as it is."""

    status, code = 422, "request.invalid"


class Malformed(Invalid):
    """The request is not proper HTTP, or breaks off."""

    status, code = 400, "request.malformed"


class Unauthenticated(LoomaError):
    """We do not know who is calling."""

    status, code = 401, "request.unauthenticated"


class Forbidden(LoomaError):
    """The caller is known and may not do this."""

    status, code = 403, "request.forbidden"


class NotFound(LoomaError):
    """Nothing that the caller may see has this name."""

    status, code = 404, "request.not_found"


class WrongMethod(LoomaError):
    """The path exists, but not with this verb."""

    status, code = 405, "request.wrong_method"


class Conflict(LoomaError):
    """The thing has moved on since the caller looked."""

    status, code = 409, "request.conflict"


class TooLarge(LoomaError):
    """The request is larger than we read."""

    status, code = 413, "request.too_large"
    limit_mb: ClassVar[int | None] = None
    """The limit of its own that a kind of content has; None for that of every request."""


class Unsupported(LoomaError):
    """We do not read this kind of content."""

    status, code = 415, "request.unsupported"


class TooMany(LoomaError):
    """The caller has to wait before asking again."""

    status, code = 429, "request.too_many"


class Unavailable(LoomaError):
    """A store or a peer is out of reach."""

    status, code = 503, "request.unavailable"


class TimedOut(Unavailable):
    """The deadline of the request passed before the answer was there."""

    status, code = 503, "request.timed_out"


def _rebuild(kind: type[LoomaError], details: dict[str, Any]) -> LoomaError:
    return kind(**details)
