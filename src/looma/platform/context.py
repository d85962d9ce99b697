"""Who is calling, on whose request, and until when: it travels in a context variable, never as a parameter."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, Literal

from .catalogue import Language

LOCAL_ORG = "local"
"""The organisation that an installation begins with."""


@dataclass(frozen=True)
class Caller:
    """Someone who may ask for something: a person, a service or an agent, inside one organisation."""

    org: str
    user: str
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    kind: Literal["user", "service", "agent"] = "user"


LOCAL_OWNER = Caller(org=LOCAL_ORG, user="owner", roles=frozenset({"owner"}))
"""The caller of a process that runs on the owner's machine for the owner alone."""


@dataclass(frozen=True)
class Context:
    """What a request carries over every hop."""

    caller: Caller | None = None
    request_id: str = "-"
    traceparent: str | None = None
    """W3C Trace Context of the span that this process is in."""
    deadline: float | None = None
    """`time.monotonic()` after which the caller no longer waits."""
    language: Language = "en"
    if_match: int | None = None
    """Version that an update insists on."""
    idempotency_key: str | None = None
    last_event_id: int | None = None
    """The last event of a stream that the reader has seen, when it connects again."""
    serving: bool = False
    """Whether an operation is being carried out: `if_match` and `idempotency_key` are its own, not its peers'."""


_NOWHERE = Context()
_current: ContextVar[Context] = ContextVar("looma_context", default=_NOWHERE)


def current() -> Context:
    """The context of the request that this task serves."""
    return _current.get()


def caller() -> Caller:
    """Who is calling; a programming error where nobody is."""
    if (found := _current.get().caller) is None:
        raise RuntimeError("no caller in this context: an edge, a run or `acting` has to set one")
    return found


def seconds_left() -> float | None:
    """Seconds until the deadline, at least 0; None when there is none."""
    deadline = _current.get().deadline
    return None if deadline is None else max(0.0, deadline - time.monotonic())


def called() -> Context:
    """The context of an operation that is called from here: conditions that this code was itself called under stay."""
    here = _current.get()
    return replace(here, if_match=None, idempotency_key=None) if here.serving else replace(here, serving=True)


@contextmanager
def entered(context: Context) -> Iterator[Context]:
    """Serve inside `context`."""
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)


@contextmanager
def acting(who: Caller, **changes: Any) -> Iterator[Context]:
    """Act as `who`, with other parts of the present context changed as told; conditions count where they are told."""
    here = _current.get()
    own: dict[str, Any] = {"if_match": None, "idempotency_key": None, "serving": False} if here.serving else {}
    with entered(replace(here, **{"caller": who, **own, **changes})) as context:
        yield context
