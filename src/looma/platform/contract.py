"""An operation is declared once: the server mounts it, the client calls it, the OpenAPI page is read off it.

Where a parameter travels follows from its type: its name in the path → path; `Upload` (optional, or a list of them) →
multipart file; a `Record` (optional or not) → body; anything else → query parameter. What cannot travel is refused when
the contract is defined, not when it is called.
"""

import re
import types
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, computed_field

from . import catalogue
from .context import current
from .errors import TooLarge

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

Verb = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Place = Literal["path", "query", "body", "upload", "uploads"]
MISSING: Any = object()


class Record(BaseModel):
    """A value that crosses a service boundary: immutable, closed, named."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null", allow_inf_nan=False)


class Upload(Record):
    """One uploaded file, whole in memory."""

    filename: str
    media_type: str
    data: bytes = Field(repr=False)


class Notice(Record):
    """Something that the reader of an answer should know; an answer with notices has the status `warning`."""

    model_config = ConfigDict(frozen=True, extra="ignore")  # its message comes back with it and is made anew

    code: str
    details: dict[str, Any] = {}

    @computed_field  # type: ignore[prop-decorator]
    @property
    def message(self) -> str:
        """The text in the language of the request that is being served."""
        return catalogue.text(self.code, current().language, **self.details)


class Page(Record, Generic[T]):
    """One page of a list; `next_cursor` asks for the next one and is null on the last."""

    items: list[T]
    next_cursor: str | None = None
    total: int | None = None
    """How many there are in all that fit; null where nobody counts."""


Limit = Annotated[int, Field(ge=1, le=200)]
"""How many items a page may hold."""

Timestamp = AwareDatetime
"""A moment, ISO 8601 in UTC on the wire."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of an operation and where it travels."""

    name: str
    place: Place
    adapter: TypeAdapter[Any]
    default: Any = MISSING
    many: bool = False
    """A query parameter that may be repeated."""

    @property
    def required(self) -> bool:
        return self.default is MISSING


@dataclass(frozen=True)
class Operation:
    """One thing that a service offers, and where it lives on the wire."""

    service: str
    name: str
    doc: str
    verb: Verb
    path: str
    status: int
    scope: str | None
    public: bool
    envelope: bool
    too_large: type[TooLarge]
    signs: Literal["in", "out"] | None
    parameters: tuple[Parameter, ...]
    gives: TypeAdapter[Any]
    streams: bool

    def placed(self, *places: Place) -> tuple[Parameter, ...]:
        """The parameters that travel in these places."""
        return tuple(p for p in self.parameters if p.place in places)

    @property
    def body(self) -> Parameter | None:
        return next(iter(self.placed("body")), None)


class Contract(ABC):
    """What one service promises to the others; its methods are marked with `get`, `post`, `put`, `patch`, `delete`."""

    service: ClassVar[str]
    """The public name, such as ``resume-service``."""
    port: ClassVar[int]
    """The port of the product's documents; a setting can move it."""

    @classmethod
    def operations(cls) -> tuple[Operation, ...]:
        """Everything this contract offers, by path and verb."""
        return _operations(_declared_on(cls))

    @classmethod
    def short_name(cls) -> str:
        """``resume`` for ``resume-service``; the `service_type` of the unified request format."""
        return cls.service.removesuffix("-service").removeprefix("looma-").replace("-", "_")


def get(path: str, **options: Any) -> Callable[[F], F]:
    """Declare an operation that reads. Options: `scope`, `public`, `envelope`."""
    return _on("GET", path, **options)


def post(path: str, **options: Any) -> Callable[[F], F]:
    """Declare an operation that creates or asks for work. Options as `get`, and `status`, `too_large`, and
    `signs`: ``"in"`` for an answer with `access_token` and `expires_in`, which browsers keep as a cookie, ``"out"`` for
    one that makes them forget it; the credentials of such a request are not looked at."""
    return _on("POST", path, **options)


def put(path: str, **options: Any) -> Callable[[F], F]:
    """Declare an operation that replaces. Options as `post`."""
    return _on("PUT", path, **options)


def patch(path: str, **options: Any) -> Callable[[F], F]:
    """Declare an operation that changes a part. Options as `post`."""
    return _on("PATCH", path, **options)


def delete(path: str, **options: Any) -> Callable[[F], F]:
    """Declare an operation that removes. Options as `post`."""
    return _on("DELETE", path, **options)


@dataclass(frozen=True)
class _Wire:
    verb: Verb
    path: str
    status: int = 200
    scope: str | None = None
    public: bool = True
    envelope: bool = True
    too_large: type[TooLarge] = TooLarge
    signs: Literal["in", "out"] | None = None


def _on(verb: Verb, path: str, **options: Any) -> Callable[[F], F]:
    wire = _Wire(verb, path, **options)

    def mark(method: F) -> F:
        method.__wire__ = wire  # type: ignore[attr-defined]
        return abstractmethod(method)

    return mark


def _declared_on(cls: type[Contract]) -> type[Contract]:
    """The class that declares the operations, however far `cls` (a service, a client) is below it."""
    for base in cls.__mro__:
        if any(hasattr(member, "__wire__") for member in vars(base).values()):
            return base
    raise TypeError(f"{cls.__name__} keeps no contract")


@cache
def _operations(contract: type[Contract]) -> tuple[Operation, ...]:
    found = [
        _operation(contract, name, member, member.__wire__)
        for name, member in vars(contract).items()
        if hasattr(member, "__wire__")
    ]
    return tuple(sorted(found, key=lambda op: (op.path, op.verb)))


def _operation(contract: type[Contract], name: str, method: Any, wire: _Wire) -> Operation:
    hints = get_type_hints(method, include_extras=True)
    gives = hints.pop("return")
    if streams := get_origin(gives) is AsyncIterator:
        (gives,) = get_args(gives)
    in_path = set(re.findall(r"{(\w+)}", wire.path))
    defaults = _defaults(method)
    parameters = tuple(_parameter(n, t, n in in_path, defaults.get(n, MISSING)) for n, t in hints.items())
    operation = Operation(
        service=contract.service,
        name=name,
        doc=(method.__doc__ or "").strip(),
        parameters=parameters,
        gives=TypeAdapter(gives),
        streams=streams,
        **vars(wire),
    )
    _check(operation, in_path)
    return operation


def _check(op: Operation, in_path: set[str]) -> None:
    where = f"{op.service}.{op.name}"
    if lost := in_path - {p.name for p in op.parameters}:
        raise TypeError(f"{where}: the path names {', '.join(sorted(lost))}, the method does not take it")
    if len(op.placed("body")) > 1:
        raise TypeError(f"{where}: only one record can be the body")
    if op.verb in ("GET", "DELETE") and op.placed("body", "upload", "uploads"):
        raise TypeError(f"{where}: {op.verb} carries no body")
    if not op.doc:
        raise TypeError(f"{where}: an operation needs a docstring, it becomes the API page")


def _parameter(name: str, hint: Any, in_path: bool, default: Any) -> Parameter:
    kinds = _members(hint)
    adapter: TypeAdapter[Any] = TypeAdapter(hint)
    if in_path:
        return Parameter(name, "path", adapter, default)
    if kinds == [Upload]:
        return Parameter(name, "upload", adapter, default)
    if get_origin(kinds[0]) is list and get_args(kinds[0]) == (Upload,):
        return Parameter(name, "uploads", adapter, default)
    if any(isinstance(kind, type) and issubclass(kind, BaseModel) for kind in kinds):
        if len(kinds) > 1:
            raise TypeError(f"{name}: a body is one record, not a choice of {kinds}")
        return Parameter(name, "body", adapter, default)
    if many := get_origin(kinds[0]) in (list, frozenset):
        kinds = _members(get_args(kinds[0])[0])
    if not all(_is_word(kind) for kind in kinds):
        raise TypeError(f"{name}: {hint} fits neither path, query, body nor upload")
    return Parameter(name, "query", adapter, default, many)


def _is_word(kind: Any) -> bool:
    """Whether a value of the type fits into one query parameter."""
    if kind in (Any, object):
        return False
    if isinstance(kind, type):
        return not issubclass(kind, (BaseModel, bytes, dict, list, tuple, set, frozenset))
    return get_origin(kind) is Literal


def _members(hint: Any) -> list[Any]:
    """The types that a hint allows besides None, without annotations."""
    if get_origin(hint) is Annotated:
        return _members(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        return [kind for member in get_args(hint) if member is not type(None) for kind in _members(member)]
    return [hint]


def _defaults(method: Any) -> dict[str, Any]:
    code, values = method.__code__, method.__defaults__ or ()
    positional = code.co_varnames[: code.co_argcount]
    found = dict(zip(positional[len(positional) - len(values) :], values, strict=True))
    return found | (method.__kwdefaults__ or {})
