"""The base of every service, and what it may ask for while it is being built."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from .clock import Clock, NewId
from .contract import Contract
from .settings import Settings

if TYPE_CHECKING:  # so that a service pays only for what it uses: embedders bring numpy, stores SQLAlchemy
    from .ai import Embedder
    from .runs import Runs
    from .stores import UnifiedDataAccess
    from .workers import Workers

C = TypeVar("C", bound=Contract)


class Peers(Protocol):
    """How a service asks for another."""

    def __call__(self, contract: type[C]) -> C:
        """The service that keeps `contract`, in this process or elsewhere; the caller cannot tell."""


@dataclass(frozen=True)
class Platform:
    """All that a service may ask for."""

    settings: Settings
    data: "UnifiedDataAccess"
    peer: Peers
    clock: Clock
    new_id: NewId
    workers: "Workers"
    embedder: "Embedder"
    runs: "Runs"
    contracts: Mapping[str, type[Contract]]
    """Every service of the installation by its full name, in this process or elsewhere."""


class Service(Contract):
    """A Looma service; a subclass also names the contract it keeps: ``class ResumeService(Service, ResumeAPI)``."""

    @classmethod
    def build(cls, platform: Platform) -> Self:
        """Take from `platform` exactly what this service needs; calls to peers are refused meanwhile."""
        raise TypeError(f"{cls.__name__} says nothing about how it is built")

    async def start(self) -> None:
        """Get ready to serve. Stores are open; peers may not answer yet."""

    async def stop(self) -> None:
        """Let go of what `start` took."""

    async def health(self) -> dict[str, Any]:
        """Facts about what this service depends on, by name; raise `Unavailable` when it cannot serve."""
        return {}
