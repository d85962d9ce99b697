"""Keeps the gateway's contract: one short story per operation."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from typing import Any, Self
from uuid import UUID

from looma.contracts.ai_gateway import (
    MAX_FILES,
    AIGatewayAPI,
    AIRequest,
    Run,
    RunEvent,
    RunId,
    RunState,
    TooManyFiles,
)
from looma.contracts.crm import CrmAPI
from looma.contracts.matching import MatchingAPI
from looma.contracts.resume import ResumeAPI
from looma.platform import context, requests, runs
from looma.platform.contract import Page, Upload
from looma.platform.service import Platform, Service

from . import views
from .actions import Actions, invalid, received
from .again import Again
from .expiry import Expiry
from .files import KIND, LEFT_OUT_OF_LISTS, result
from .resume_match import RETRY, ResumeMatchWorkflow
from .starting import Starting
from .uploads import Uploads


class AIGatewayService(Service, AIGatewayAPI):
    """One door to the services."""

    def __init__(self, platform: Platform) -> None:
        self._peer, self._sql, self._engine = platform.peer, platform.data.sql, platform.runs
        self._actions = Actions(platform.contracts.values())
        uploads = Uploads(platform.data.files, platform.new_id)
        self._starting = Starting(platform.data.sql, platform.runs, uploads)
        self._again = Again(platform.runs, uploads)
        workflow = ResumeMatchWorkflow(
            platform.peer(CrmAPI),
            platform.peer(MatchingAPI),
            platform.peer(ResumeAPI),
            uploads,
            Expiry(platform.runs, uploads, platform.clock),
        )
        platform.runs.handle(KIND, workflow.run, RETRY)

    @classmethod
    def build(cls, platform: Platform) -> Self:
        """The gateway on the platform's runs and files, with every service as its peer."""
        return cls(platform)

    async def health(self) -> dict[str, Any]:
        """The truth has to answer."""
        await self._sql.check()
        return {"sql": "healthy"}

    async def ask(self, request: AIRequest) -> Any:
        """The answer of the operation that is named, under the conditions of this request."""
        contract, op = self._actions.named(request)
        arguments = requests.arguments(op, received(op, request.data))
        here = context.current()
        asked = replace(here, request_id=request.request_id or here.request_id, serving=False)
        with context.entered(asked):
            return await getattr(self._peer(contract), op.name)(**arguments)

    async def match_resumes(self, file: list[Upload], limit: int = 10) -> RunId:
        """The run, asked for once the files are durable."""
        if not file:
            raise invalid("file_missing", "file")
        if len(file) > MAX_FILES:
            raise TooManyFiles(most=MAX_FILES, sent=len(file))
        return RunId(run_id=await self._starting.resume_match(file, limit))

    async def retry_file(self, run_id: str, number: int) -> Run:
        """The run, which comes back to this file."""
        return await self._one(await self._again.retry(run_id, number))

    async def dismiss_file(self, run_id: str, number: int) -> Run:
        """The run, of which nobody has to look at this file any more."""
        return await self._one(await self._again.dismiss(run_id, number))

    async def list_runs(
        self, kind: str | None = None, state: RunState | None = None, cursor: str | None = None, limit: int = 20
    ) -> Page[Run]:
        """The runs of the organisation, newest first. A cursor is the id of the last run of a page."""
        if cursor is not None and not _is_id(cursor):
            raise invalid("cursor", "cursor")
        query = runs.RunQuery(kind=kind, state=state, cursor=cursor, limit=limit)
        found = await self._engine.find(query)
        return Page(items=await self._shown(found.items, short=True), next_cursor=found.next_cursor)

    async def get_run(self, run_id: str) -> Run:
        """One run; a workflow shows what is finished of it while it goes on."""
        return await self._one(await self._engine.get(run_id))

    async def run_events(self, run_id: str) -> AsyncIterator[RunEvent]:
        """What happens to the run after the event that the reader saw last."""
        async with aclosing(self._engine.watch(run_id, context.current().last_event_id or 0)) as events:
            async for event in events:
                yield views.event(event)

    async def cancel_run(self, run_id: str) -> Run:
        """The run, which stops."""
        return await self._one(await self._engine.cancel(run_id))

    async def retry_run(self, run_id: str) -> Run:
        """The run, which waits for its turn again."""
        known = await self._engine.get(run_id)
        retry = self._again.retry_run if known.kind == KIND else self._engine.retry
        return await self._one(await retry(run_id))

    async def _one(self, found: runs.Run) -> Run:
        return (await self._shown([found]))[0]

    async def _shown(self, found: list[runs.Run], *, short: bool = False) -> list[Run]:
        """Runs as others see them; the result of a workflow is made from its steps."""
        ours = [run for run in found if run.kind == KIND]
        without = LEFT_OUT_OF_LISTS if short else ()
        steps = await self._engine.steps([run.id for run in ours], without) if ours else {}
        results = {run.id: result(run, steps[run.id]) for run in ours}
        return [views.run(run, results.get(run.id)) for run in found]


def _is_id(told: str) -> bool:
    """Whether it can be the id of a run, byte for byte."""
    try:
        return str(UUID(told)) == told
    except ValueError:
        return False
