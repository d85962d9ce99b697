"""Keeps the gateway's contract: one short story per operation."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, Self

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
from looma.platform import context, requests
from looma.platform.contract import Page, Upload
from looma.platform.service import Platform, Service
from looma.platform.stores.sql import Transaction

from .actions import Actions, received
from .resume_match import KIND, ResumeMatch, ResumeMatchWorkflow, SentFile
from .uploads import Uploads


class AIGatewayService(Service, AIGatewayAPI):
    """One door to the services."""

    def __init__(self, platform: Platform) -> None:
        self._peer, self._runs, self._sql = platform.peer, platform.runs, platform.data.sql
        self._actions = Actions(platform.contracts.values())
        self._uploads = Uploads(platform.data.files, platform.new_id)
        workflow = ResumeMatchWorkflow(platform.peer(CrmAPI), platform.peer(MatchingAPI), self._uploads)
        self._runs.handle(KIND, workflow.run)

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
