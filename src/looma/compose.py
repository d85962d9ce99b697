"""The one file that knows every service: how each is built, and how each reaches the others."""

import secrets
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from pydantic import SecretStr

from .contracts.ai_gateway import AIGatewayAPI
from .contracts.auth import AuthAPI
from .contracts.crm import CrmAPI
from .contracts.matching import MatchingAPI
from .contracts.resume import ResumeAPI
from .contracts.vector import VectorAPI
from .platform.clock import Clock, NewId, Uuid7, utc_now
from .platform.contract import Contract, Operation
from .platform.errors import Unavailable
from .platform.peers import local, stand_in
from .platform.runs import Runs
from .platform.service import Platform, Service
from .platform.settings import Settings
from .platform.signing import CallerSeal, seal_of
from .platform.stores import UnifiedDataAccess
from .platform.workers import Workers

if TYPE_CHECKING:
    from .platform.ai import Embedder
    from .platform.edge import App
    from .platform.proxy import Forwarder
    from .platform.tokens import Tokens
    from .platform.wire import Wire

C = TypeVar("C", bound=Contract)

CONTRACTS: dict[str, type[Contract]] = {
    c.service: c for c in (CrmAPI, ResumeAPI, MatchingAPI, AuthAPI, VectorAPI, AIGatewayAPI)
}
_HOMES = {
    AIGatewayAPI.service: "looma.services.ai_gateway.service:AIGatewayService",
    CrmAPI.service: "looma.services.crm.service:CrmService",
    ResumeAPI.service: "looma.services.resume.service:ResumeService",
    MatchingAPI.service: "looma.services.matching.service:MatchingService",
    AuthAPI.service: "looma.services.auth.service:AuthService",
    VectorAPI.service: "looma.services.vector.service:VectorService",
}
GATEWAY = "ai-gateway"
MB = 1024 * 1024


def service_named(name: str) -> str:
    """The full name for a full or short one: ``resume`` or ``resume-service``. Raises KeyError for another."""
    for full, contract in CONTRACTS.items():
        if name in (full, contract.short_name()):
            return full
    raise KeyError(name)


class Composition:
    """Some services in this process, with everything that they stand on. Use it as an async context manager.

    A service that is not `here` is reached over HTTP at its address in `addresses`. With `stateless`, no store is
    opened: only operations that keep nothing can be asked for.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        here: frozenset[str] = frozenset(CONTRACTS),
        addresses: Mapping[str, str] | None = None,
        data: UnifiedDataAccess | None = None,
        clock: Clock = utc_now,
        new_id: NewId | None = None,
        embedder: "Embedder | None" = None,
        stateless: bool = False,
    ) -> None:
        self._here, self._stateless = here, stateless
        self._addresses = settings.http.peers if addresses is None else addresses
        self._settings = settings
        self._owns_data = data is None
        self._embedder = embedder or _embedder(settings)
        self.seal = _lazy_seal(settings, stateless=stateless)
        self._wire: Wire | None = None
        self._forwarders: list[Forwarder] = []
        self._verifier: Tokens | None = None
        self.platform = self._platform(data or UnifiedDataAccess.of(settings.stores), clock, new_id or Uuid7())
        self._built: dict[str, Service] = {}
        self._building = False
        self._open = AsyncExitStack()

    def _platform(self, data: UnifiedDataAccess, clock: Clock, new_id: NewId) -> Platform:
        reading = self._settings.reading
        workers = Workers(reading.workers, memory_bytes=reading.memory_mb * MB)
        return Platform(
            settings=self._settings,
            data=data,
            peer=self.peer,
            clock=clock,
            new_id=new_id,
            workers=workers,
            embedder=self._embedder,
            runs=Runs(data.sql, clock=clock, new_id=new_id, workers=workers),
            contracts=CONTRACTS,
        )

    async def __aenter__(self) -> Self:
        try:
            if self._owns_data and not self._stateless:
                await self.platform.data.initialize()
                self._open.push_async_callback(self.platform.data.close)
            self._open.push_async_callback(self._let_go)
            for name in sorted(self._here):
                service = self.service(name)
                if not self._stateless:
                    await service.start()
                    self._open.push_async_callback(service.stop)
            if not self._stateless:
                await self.platform.runs.start()
                self._open.push_async_callback(self.platform.runs.stop)
        except BaseException:
            await self._open.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()

    async def warm(self) -> None:
        """Load the embedding model now, beside other work, instead of at the first text."""
        with suppress(Unavailable):
            await self._embedder.embed([""])

    def peer(self, contract: type[C]) -> C:
        """The service that keeps `contract`, here or elsewhere; it is looked up at the first call."""
        if contract.service in self._here:
            return local(contract, lambda: cast("C", self._at_rest(contract.service)))
        return stand_in(contract, lambda op: lambda **given: self._remote(op)(**given))

    def service(self, name: str) -> Service:
        """The service of this full name, built on demand."""
        if name not in self._built:
            module, _, kind = _HOMES[name].partition(":")
            self._building = True
            try:
                self._built[name] = cast("type[Service]", getattr(import_module(module), kind)).build(self.platform)
            finally:
                self._building = False
        return self._built[name]

    def application(self, name: str) -> "App":
        """The service of this full name as a web application; `listening` puts it on a port.

        looma-crm shows the page and hands what it does not own to the gateway, and the gateway to whoever owns it: by
        a call where that is in this process.
        """
        from .platform.credentials import Credentials
        from .platform.edge import EdgeParts, application

        http, clock = self._settings.http, self.platform.clock
        parts = EdgeParts(http, Credentials(self.seal(), self._tokens()), clock, self.platform.new_id)
        if name in (CrmAPI.service, GATEWAY):
            foreign = tuple(op for c in CONTRACTS.values() for op in c.operations() if op.public and c.service != name)
            parts = replace(parts, foreign=foreign, forwarder=self._forwarder(name))
        if name == CrmAPI.service:
            from .web import Site

            parts = replace(parts, pages=Site.of())
        if name == GATEWAY:
            parts = replace(parts, near={one: self.peer(CONTRACTS[one]) for one in self._here})
        return application(self.service(name), parts)

    def _forwarder(self, name: str) -> "Forwarder":
        from .platform.proxy import Forwarder

        def address(service: str) -> str | None:
            return self._addresses.get(service if name == GATEWAY else GATEWAY)

        forwarder = Forwarder(address, self.seal(), timeout_s=self._settings.http.timeout_s)
        self._forwarders.append(forwarder)
        return forwarder

    def _tokens(self) -> "Tokens":
        """One for all services of the process, so that a token is verified once."""
        if self._verifier is None:
            from .platform.tokens import PublicKey, Tokens

            async def keys() -> list[PublicKey]:
                return [PublicKey(key.kid, key.x) for key in (await self.peer(AuthAPI).keys()).keys]

            self._verifier = Tokens(keys, self.platform.clock)
        return self._verifier

    def _at_rest(self, name: str) -> Service:
        if self._building:
            raise RuntimeError(f"{name} was called while a service was being built")
        return self.service(name)

    def _remote(self, op: Operation) -> Callable[..., Any]:
        if (address := self._addresses.get(op.service)) is None:
            raise Unavailable(what=op.service)
        if self._wire is None:
            from .platform.wire import Wire

            self._wire = Wire(self.seal())
        return self._wire.reach(op, address)

    async def _let_go(self) -> None:
        for forwarder in self._forwarders:
            await forwarder.close()
        if self._wire is not None:
            await self._wire.close()
        await self.platform.workers.close()
        if (close := getattr(self._embedder, "close", None)) is not None:
            close()


def _embedder(settings: Settings) -> "Embedder":
    if settings.models.embedder == "off":
        from .platform.ai.off import NoEmbedder

        return NoEmbedder()
    from .platform.ai.use import UseEmbedder

    return UseEmbedder()


def _lazy_seal(settings: Settings, *, stateless: bool) -> Callable[[], CallerSeal]:
    made: list[CallerSeal] = []

    def seal() -> CallerSeal:
        if not made:
            key = settings.http.peer_key
            if stateless and key is None:
                key = SecretStr(secrets.token_hex(32))
            made.append(seal_of(key, settings.stores.data))
        return made[0]

    return seal
