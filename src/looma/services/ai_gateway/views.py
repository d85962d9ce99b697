"""Runs as the contract shows them."""

from typing import Any

from looma.contracts.ai_gateway import Progress, Run, RunError, RunEvent
from looma.platform import runs


def run(found: runs.Run, result: Any = None) -> Run:
    """A run of the engine as others see it, in the language of whoever reads."""
    return Run(
        id=found.id,
        kind=found.kind,
        state=found.state,
        progress=_progress(found.progress),
        result=found.result if result is None else result,
        error=_error(found.error),
        attempt=found.attempt,
        created_at=found.created_at,
        updated_at=found.updated_at,
        finished_at=found.finished_at,
    )


def event(told: runs.RunEvent) -> RunEvent:
    """Something that happened to a run; how much is done by then, and why it failed."""
    return RunEvent(
        seq=told.seq, state=told.state, progress=_progress(told.progress), error=_error(told.error), at=told.at
    )


def _progress(told: runs.RunProgress) -> Progress:
    return Progress(done=told.done, total=told.total, note=told.note)


def _error(told: runs.RunError | None) -> RunError | None:
    return None if told is None else RunError(code=told.code, details=told.details)
