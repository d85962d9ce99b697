"""The runs of the caller's organisation, as the contract shows them."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from looma.contracts.ai_gateway import Progress, Run, RunError, RunEvent, RunNotFound, RunState
from looma.platform import context, runs
from looma.platform.contract import Page


class OwnRuns:
    """Shows no run of another organisation, and does nothing to one."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    async def page(
        self, *, kind: str | None = None, state: RunState | None = None, cursor: str | None = None, limit: int = 20
    ) -> Page[Run]:
        """Newest first."""
        query = runs.RunQuery(org=context.caller().org, kind=kind, state=state, cursor=cursor, limit=limit)
        found = await self._engine.find(query)
        return Page(items=[shown(run) for run in found.items], next_cursor=found.next_cursor)

    async def get(self, run_id: str) -> Run:
        """One run; `RunNotFound` for another organisation's."""
        return shown(await self._own(run_id))

    async def cancel(self, run_id: str) -> Run:
        """The run after it was told to stop."""
        await self._own(run_id)
        return shown(await self._engine.cancel(run_id))

    async def retry(self, run_id: str) -> Run:
        """The run after it was asked for again."""
        await self._own(run_id)
        return shown(await self._engine.retry(run_id))

    async def watch(self, run_id: str, after: int) -> AsyncIterator[RunEvent]:
        """What happens to a run after the event `after`, until it ends."""
        await self._own(run_id)
        async with aclosing(self._engine.watch(run_id, after)) as events:
            async for event in events:
                yield RunEvent(
                    seq=event.seq,
                    kind=event.kind,
                    state=event.state,
                    progress=_progress(event.progress),
                    error=_error(event.error),
                    at=event.at,
                )

    async def _own(self, run_id: str) -> Any:
        run = await self._engine.get(run_id)
        if run is None or run.org != context.caller().org:
            raise RunNotFound
        return run


def shown(run: Any) -> Run:
    """A run of the engine as others see it."""
    return Run(
        id=run.id,
        kind=run.kind,
        state=run.state,
        progress=_progress(run.progress),
        result=run.result,
        error=_error(run.error),
        attempts=run.attempt,
        created_at=run.created_at,
        finished_at=run.finished_at,
    )


def _progress(told: Any) -> Progress:
    return Progress(done=told.done, total=told.total, note=told.note)


def _error(told: Any) -> RunError | None:
    return None if told is None else RunError(code=told.code, details=told.details)
