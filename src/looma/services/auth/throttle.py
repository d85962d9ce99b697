"""How often somebody may fail to sign in.

Whoever fails too often has to wait, longer each time, but never long: a wait is also a way of keeping another person
out, and lasts no longer than half a minute after the last failure. There are two counts. That of a *name* is for those
who guess one password after another. That of *everybody* is for those who try one password on name after name; it holds
back only names that have not signed in since this process started, or else a stranger could lock the whole house.
Memory is bounded: the name that was tried longest ago is forgotten first. Nothing here is kept over a restart.
"""

import math
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any

from looma.contracts.auth import TooManyAttempts
from looma.platform.clock import Clock

NAMES = 10_000
"""Names that are remembered."""


@dataclass(frozen=True)
class Patience:
    """How many failures are taken in a time, and how long one waits after each further one."""

    failures: int
    within_s: float
    first_wait_s: float
    longest_wait_s: float


WITH_A_NAME = Patience(failures=5, within_s=300, first_wait_s=5, longest_wait_s=30)
WITH_EVERYBODY = Patience(failures=100, within_s=300, first_wait_s=1, longest_wait_s=5)


@dataclass
class _Count:
    """The last failures of somebody."""

    at: deque[float] = field(default_factory=deque)
    wait_s: float = 0
    until: float = 0

    def failed(self, now: float, patience: Patience) -> None:
        while self.at and self.at[0] <= now - patience.within_s:
            self.at.popleft()
        self.at.append(now)
        if len(self.at) < patience.failures:
            self.wait_s = 0
            return
        if len(self.at) > patience.failures:
            self.at.popleft()
        self.wait_s = min(max(2 * self.wait_s, patience.first_wait_s), patience.longest_wait_s)
        self.until = now + self.wait_s

    def left_s(self, now: float) -> float:
        """How long is left to wait; a clock that was set back makes nobody wait longer."""
        left = self.until - now
        return left if 0 < left <= self.wait_s else 0.0


class Throttle:
    """The failures of this process. For one event loop."""

    def __init__(self, clock: Clock, *, names: int = NAMES) -> None:
        self._clock, self._names = clock, names
        self._of_name: OrderedDict[str, _Count] = OrderedDict()
        self._of_everybody = _Count()
        self._known: OrderedDict[str, None] = OrderedDict()

    def admit(self, name: str) -> None:
        """Return when `name` may try; `TooManyAttempts` otherwise, whatever the password."""
        now = self._clock().timestamp()
        counts = (self._of_name.get(name), None if name in self._known else self._of_everybody)
        if wait_s := max((count.left_s(now) for count in counts if count is not None), default=0.0):
            raise TooManyAttempts(retry_after_s=math.ceil(wait_s))

    def failed(self, name: str) -> None:
        """Count a failure."""
        now = self._clock().timestamp()
        self._of_name.setdefault(name, _Count()).failed(now, WITH_A_NAME)
        _used(self._of_name, name, self._names)
        self._of_everybody.failed(now, WITH_EVERYBODY)

    def succeeded(self, name: str) -> None:
        """Forgive a name its failures."""
        self._of_name.pop(name, None)
        self._known[name] = None
        _used(self._known, name, self._names)

    def __len__(self) -> int:
        return max(len(self._of_name), len(self._known))


def _used(kept: OrderedDict[str, Any], name: str, most: int) -> None:
    kept.move_to_end(name)
    if len(kept) > most:
        kept.popitem(last=False)
