"""What a run is to those who ask for one, carry one out, or look at one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from ..contract import Notice, Record
from ..errors import Conflict, LoomaError, NotFound

RunState = Literal["waiting", "running", "done", "dead", "cancelled"]
FINAL: frozenset[str] = frozenset({"done", "dead", "cancelled"})


@dataclass(frozen=True)
class RunSpec:
    """What a service asks for, in the name of the present caller, for whose organisation it is.

    `key` makes asking idempotent: within an organisation and kind, one key is one run. Higher priorities come first.
    """

    kind: str
    args: Record | dict[str, Any]
    queue: str = "default"
    key: str | None = None
    run_at: datetime | None = None
    priority: int = 0
    max_attempts: int = 5
    timeout_s: float = 3600


@dataclass(frozen=True)
class Retry:
    """How long a run that failed waits for its next attempt: the n-th delay after the n-th attempt, then the last."""

    delays_s: tuple[float, ...] = (1, 5, 30, 120, 600)

    def after(self, attempt: int) -> float:
        """Seconds to wait after this many attempts."""
        return self.delays_s[min(attempt, len(self.delays_s)) - 1]


@dataclass(frozen=True)
class RunProgress:
    """How far a run has come, and what it did last."""

    done: int = 0
    total: int = 0
    notice: Notice | None = None

    @property
    def note(self) -> str | None:
        """The notice in the language of whoever reads."""
        return None if self.notice is None else self.notice.message


@dataclass(frozen=True)
class RunError:
    """Why a run, or its last attempt, failed."""

    code: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """A run as it stands."""

    id: str
    org: str
    kind: str
    queue: str
    args: dict[str, Any]
    state: RunState
    attempt: int
    progress: RunProgress
    result: Any
    error: RunError | None
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class RunEvent:
    """Something that happened to a run; `seq` rises by one."""

    seq: int
    kind: str
    state: RunState
    progress: RunProgress
    error: RunError | None
    at: datetime

    @property
    def final(self) -> bool:
        """Whether the run ended with it."""
        return self.state in FINAL


@dataclass(frozen=True)
class Revision:
    """What becomes of the finished steps of a run: some are forgotten, which is why they are done anew once the run
    goes on; others are remembered as if the handler had finished them."""

    forget: Collection[str] = ()
    remember: Mapping[str, Any] = field(default_factory=dict)
    again: bool = False
    """A run that has ended waits for its turn again."""
    progress: RunProgress | None = None
    """What is told of how far the run has come by now."""


@dataclass(frozen=True)
class RunQuery:
    """Which runs of the caller's organisation to list, newest first."""

    kind: str | None = None
    state: RunState | None = None
    cursor: str | None = None
    limit: int = 20


class RunNotFound(NotFound):
    """No such run in this organisation."""

    code = "runs.not_found"


class NotRetryable(Conflict):
    """A run that is done is not asked for again."""

    code = "runs.not_retryable"


class GaveUp(LoomaError):
    """The process that carried the run out ended before it did, as often as is allowed."""

    status, code = 500, "runs.gave_up"


class LeaseLost(Exception):
    """The run belongs to another worker by now, was cancelled, or has ended: nothing that this one writes counts."""
