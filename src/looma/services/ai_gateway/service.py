"""Keeps the gateway's contract: one short story per operation."""

from dataclasses import replace
from typing import Any, Self

from looma.contracts.ai_gateway import AIGatewayAPI, AIRequest
from looma.platform import context, requests
from looma.platform.service import Platform, Service

from .actions import Actions, received


class AIGatewayService(Service, AIGatewayAPI):
    """One door to the services."""

    def __init__(self, platform: Platform) -> None:
        self._peer = platform.peer
        self._actions = Actions(platform.contracts.values())

    @classmethod
    def build(cls, platform: Platform) -> Self:
        """The gateway on the platform's runs and files, with every service as its peer."""
        return cls(platform)

    async def ask(self, request: AIRequest) -> Any:
        """The answer of the operation that is named, under the conditions of this request."""
        contract, op = self._actions.named(request)
        arguments = requests.arguments(op, received(op, request.data))
        here = context.current()
        asked = replace(here, request_id=request.request_id or here.request_id, serving=False)
        with context.entered(asked):
            return await getattr(self._peer(contract), op.name)(**arguments)
