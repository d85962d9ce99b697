"""Relationships: who is tied to whom, by what and when. A projection: it can be rebuilt from SQL at any time.

A driver expands a set of nodes by one level and no more; the algorithms lie above it, in `looma.platform.graph`.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, Protocol

from ..drivers import load

DRIVERS: Mapping[str, str | None] = {
    "sqlite": "looma.platform.stores.graph.sqlite:SqliteGraph",
    "neo4j": None,
    "neo4j+s": None,
    "bolt": None,
}
"""Scheme → driver; None where this build has none (``neo4j`` and ``bolt`` are Neo4j)."""

EdgeType = str
"""What ties two nodes, in the words of the service that keeps the facts, such as ``colleague``."""

Visibility = Literal["public", "restricted"]
"""``public`` edges are for everybody in the organisation, ``restricted`` ones for those whom the policy lets see."""

PUBLIC: frozenset[Visibility] = frozenset({"public"})
HUB = 2_000
"""Edges in sight above which a node is not walked through, where a sight does not say otherwise."""


class Edge(NamedTuple):
    """A fact between two nodes; it is walked in both directions. A tuple, because a walk makes thousands of them."""

    id: str
    org: str
    type: EdgeType
    source: str
    target: str
    start: date | None
    """The first day on which it is true; None when it has no beginning."""
    end: date | None
    """The first day on which it is true no more; None while it is still true."""
    cost: float
    """How far apart it leaves the two, 0 or more; the cost of a path is the sum."""
    visibility: Visibility
    version: int
    fact: str
    """The record that says so."""

    def other(self, node: str) -> str:
        """The end that is not this one."""
        return self.target if node == self.source else self.source


@dataclass(frozen=True)
class Gone:
    """An edge that is no more, since this version of it."""

    org: str
    id: str
    version: int


@dataclass(frozen=True)
class Sight:
    """What one may see: the edges of one organisation that pass all of this. What is not seen has no influence.

    `types` None is all of them; `on` None is whenever they were true; a `hidden` node is neither end nor way;
    `max_degree` None walks through everything.
    """

    org: str
    types: frozenset[EdgeType] | None = None
    on: date | None = None
    visible: frozenset[Visibility] = PUBLIC
    hidden: frozenset[str] = frozenset()
    max_degree: int | None = HUB


class Level(NamedTuple):
    """What one expansion found."""

    edges: list[Edge]
    """Each edge once, sorted by id."""
    hubs: frozenset[str]
    """The nodes asked for that have more edges in sight than its `max_degree`."""


class GraphStore(Protocol):
    """One graph for each organisation; nodes are there as long as an edge has them."""

    async def open(self) -> None:
        """Be ready. A damaged file is removed and begun anew, which a log line says; `versions` is empty then.

        Raises `StoreBroken` when the place cannot be used at all, `StoreBusy` while another process uses it.
        """

    async def close(self) -> None:
        """Finish what was accepted and let go. Safe to call twice, and before `open`."""

    async def apply(self, changes: Sequence[Edge | Gone]) -> int:
        """Make all of this known in one commit, seen by `expand` on return; how many of the changes were news.

        A version that is not above the one that is kept changes nothing, also when that one says that the edge is gone.
        Raises ValueError, and nothing is changed, when a cost is below 0 or no finite number; `StoreFull` or another
        `StoreBroken` when nothing of it was kept.
        """

    async def expand(self, nodes: Collection[str], sight: Sight, towards: Collection[str] | None = None) -> Level:
        """The edges in sight of these nodes, in both directions; of hubs those alone that another of the nodes has.

        With `towards` only those whose other end is one of these, which is much less work where they are few;
        with none of them the answer is the hubs alone.
        """

    async def degree(self, nodes: Collection[str], sight: Sight) -> dict[str, dict[EdgeType, int]]:
        """How many edges in sight of each type these nodes have; whole numbers for hubs, too.

        An edge from a node to itself counts twice. Nodes without an edge in sight are not in the answer.
        """

    async def rebuild(self, org: str, edges: AsyncIterator[Edge]) -> None:
        """Let the graph of `org` hold these edges and no others, whatever versions it held; what `apply` says
        meanwhile is kept as well. Until all of them are there, and after a crash, everybody sees the old graph.

        Raises ValueError as `apply` does, and when an edge is of another organisation; the old graph stays then.
        """

    async def versions(self, org: str, after: str, limit: int = 1_000) -> list[tuple[str, int]]:
        """The edges that are there with their versions, by id and from the one after `after`: for a comparison with
        the truth."""

    async def check(self) -> None:
        """Return when the graph answers; raise `Unavailable` otherwise."""


def open_graph(url: str) -> GraphStore:
    """The driver for `url` (``sqlite:/data/graph``), not yet opened."""
    driver: GraphStore = load(DRIVERS, url)
    return driver
