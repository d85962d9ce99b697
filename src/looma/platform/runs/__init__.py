"""Durable runs: work that survives the process that does it.

A run is asked for inside the transaction of the change that needs it (`Runs.enqueue`), is claimed by one worker at a
time under a lease, and is carried out by the handler of its kind, step by step: a step whose result was committed is
never done again. Every write of a worker checks that the run is still its own (`fence`), so that one that was presumed
dead and comes back changes nothing. A run that cannot succeed ends as *dead*, with its last error, and can be asked for
again; and of a run that has ended, steps can be forgotten (`Runs.revise`), so that it does these anew and no others.
"""

from .context import RunContext
from .engine import Handler, Runs
from .records import (
    LeaseLost,
    NotRetryable,
    Retry,
    Revision,
    Run,
    RunError,
    RunEvent,
    RunNotFound,
    RunProgress,
    RunQuery,
    RunSpec,
    RunState,
)

__all__ = [
    "Handler", "LeaseLost", "NotRetryable", "Retry", "Revision", "Run", "RunContext", "RunError", "RunEvent",
    "RunNotFound", "RunProgress", "RunQuery", "RunSpec", "RunState", "Runs",
]  # fmt: skip
