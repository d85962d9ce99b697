"""Ways through the relationships: who is around somebody, and how two are tied. Written once, over any graph store.

A hub, a node with more edges in sight than `Sight.max_degree`, is never walked through: everybody is near everybody by
way of a large employer, and that says nothing. It may be an end; between two hubs only direct ties and common
neighbours are looked for. Equal answers come as equal bytes, whatever the driver: ties fall by ids.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import heappop, heappush
from itertools import pairwise

from .stores.graph import Edge, GraphStore, Level, Sight

SCALE = 1_000_000_000
"""Costs are told apart down to the billionth and summed as whole numbers, so that no order of summing matters."""

Weight = tuple[int, int]
"""Cost in units of 1 / SCALE, and hops."""


@dataclass(frozen=True)
class Around:
    """The neighbourhood of a node."""

    distances: dict[str, int]
    """Hops to each node, nearest first and by id; the node itself has 0."""
    edges: list[Edge]
    """Between these nodes, where one of the two was walked through; by id."""
    truncated: bool
    """Whether there was more: past a hub, or past the limit."""


@dataclass(frozen=True)
class Path:
    """A way from one node to another that meets none twice."""

    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]
    """One between each node and the next: the cheapest, the first by id among equals."""

    @property
    def hops(self) -> int:
        """How many edges it has."""
        return len(self.edges)

    @cached_property
    def cost(self) -> float:
        """The sum of its edges' costs."""
        return sum(map(_units, self.edges)) / SCALE


class Graph:
    """The questions that one asks of a graph store. A hidden node has no neighbourhood and no path."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store

    async def around(self, node: str, hops: int, sight: Sight, limit: int = 1_000) -> Around:
        """Everybody within so many hops, but no more than `limit` others: the nearest, the first by id among equals.

        A hub that one starts from shows its neighbours.
        """
        if node in sight.hidden:
            return Around({}, [], truncated=False)
        distances, edges, truncated = {node: 0}, dict[str, Edge](), False
        frontier, room, seen = [node], limit, replace(sight, max_degree=None)
        for depth in range(1, hops + 1):
            level = await self._store.expand(frontier, seen)
            truncated |= bool(level.hubs)
            edges.update((edge.id, edge) for edge in level.edges)
            frontier = sorted({end for edge in level.edges for end in (edge.source, edge.target)} - distances.keys())
            if len(frontier) > room:
                frontier, truncated, hops = frontier[:room], True, depth
            distances.update(dict.fromkeys(frontier, depth))
            room, seen = room - len(frontier), sight
            if depth >= hops or not frontier:
                break
        kept = sorted(edge for edge in edges.values() if edge.source in distances and edge.target in distances)
        return Around(distances, kept, truncated)

    async def path(self, a: str, b: str, sight: Sight, max_hops: int = 6) -> Path | None:
        """A shortest path: by hops, then cost, then ids. None when there is none of at most `max_hops`."""
        if a == b or a in sight.hidden or b in sight.hidden:
            return _nowhere(a, b, sight)
        search = await _Search.between(self._store, a, b, sight, max_hops)
        while side := search.next():
            if meeting := await search.join(side):
                return search.shortest(meeting)
            await search.step(side)
        return None

    async def paths(self, a: str, b: str, sight: Sight, k: int = 3, max_hops: int = 4) -> list[Path]:
        """The `k` best paths of at most `max_hops`: by cost, then hops, then ids; no two through the same nodes."""
        if a == b or a in sight.hidden or b in sight.hidden:
            nowhere = _nowhere(a, b, sight)
            return [nowhere] if nowhere and k > 0 else []
        search = await _Search.between(self._store, a, b, sight, max_hops)
        while side := search.next():
            await search.step(side, towards=search.other(side).distances if search.left == 1 else None)
        await search.settle()
        return search.best(k)

    async def common(self, a: str, b: str, sight: Sight) -> list[str]:
        """The neighbours that both have, by id; hubs, too."""
        if a in sight.hidden or b in sight.hidden:
            return []
        edges = (await self._store.expand([a, b], replace(sight, max_degree=None))).edges
        of_a, of_b = ({edge.other(end) for edge in edges if end in (edge.source, edge.target)} for end in (a, b))
        return sorted((of_a & of_b) - {a, b})


class _Side:
    """What is reached from one end, level by level."""

    def __init__(self, end: str, degree: int, max_degree: int | None) -> None:
        self.end, self.is_hub = end, max_degree is not None and degree > max_degree
        self.distances = {end: 0}
        self.frontier, self.depth = [end], 0
        self.work = degree
        """About how many edges the next level has."""


class _Search:
    """The edges near two ends, until every path of at most `hops` hops lies in them.

    Such a path leaves `a` within the levels that were expanded there, and comes to `b` within those of the other side:
    each of its edges is known as soon as the levels of both sides add up to `hops`.
    """

    def __init__(self, store: GraphStore, sight: Sight, a: _Side, b: _Side, hops: int) -> None:
        self._store, self._sight, self._hops = store, sight, hops
        self.a, self.b = a, b
        self._hubs: set[str] = set()
        self._no_hubs: set[str] = set()
        self._links: dict[str, dict[str, Edge]] = {}

    @classmethod
    async def between(cls, store: GraphStore, a: str, b: str, sight: Sight, hops: int) -> "_Search":
        """A search that has not begun."""
        degrees = await store.degree([a, b], sight)
        one, other = (_Side(end, sum(degrees.get(end, {}).values()), sight.max_degree) for end in (a, b))
        if not (one.work and other.work):
            hops = 0
        elif one.is_hub and other.is_hub:
            hops = min(hops, 2)
        return cls(store, sight, one, other, max(hops, 0))

    @property
    def left(self) -> int:
        """How many levels have not been expanded yet."""
        return self._hops - self.a.depth - self.b.depth

    def other(self, side: _Side) -> _Side:
        """The side that is not this one."""
        return self.b if side is self.a else self.a

    def next(self) -> _Side | None:
        """The side where one more level is less work; None when there is none to expand.

        Where one side has nothing left to walk through, everything that it could ever reach is known.
        """
        able = [side for side in (self.a, self.b) if not (side.is_hub and side.depth)]
        if self.left < 1 or not able or not (self.a.frontier and self.b.frontier):
            return None
        return min(able, key=lambda one: one.work)

    async def step(self, side: _Side, towards: Collection[str] | None = None) -> None:
        """Expand one more level on a side."""
        level = await self._expand(side, towards)
        walked = set(side.frontier) - self._hubs
        side.depth += 1
        found = self._reached(side, level.edges, walked, side.depth)
        # a path ends where it comes to the other end: nobody walks on from there
        side.frontier = sorted(found - self._hubs - {self.a.end, self.b.end})
        side.work = len(side.frontier) * max(1, len(level.edges) // max(1, len(walked)))

    async def join(self, side: _Side) -> set[str]:
        """The nodes where one more level on a side would meet the last level of the other: where shortest paths come
        through, as long as every join before has found none."""
        level = await self._expand(side, self.other(side).frontier)
        found = self._reached(side, level.edges, set(side.frontier) - self._hubs, side.depth + 1)
        await self._look_for_hubs(found)
        return (found & set(self.other(side).frontier)) - self._hubs

    async def _expand(self, side: _Side, towards: Collection[str] | None) -> Level:
        nodes = [one for one in side.frontier if one not in self._hubs]
        known = not side.depth or self._no_hubs.issuperset(nodes)  # an end is walked from also when it is a hub
        level = await self._store.expand(
            nodes, replace(self._sight, max_degree=None) if known else self._sight, towards
        )
        self._hubs |= level.hubs
        self._no_hubs.update(set(nodes) - level.hubs)
        return level

    def _reached(self, side: _Side, edges: Iterable[Edge], walked: set[str], depth: int) -> set[str]:
        """Take note of edges; the nodes that are reached by them."""
        found = set()
        for edge in edges:
            for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
                if one in walked and side.distances.setdefault(other, depth) == depth:
                    found.add(other)
            self._link(edge)
        return found

    def _link(self, edge: Edge) -> None:
        """Keep the better one of two edges between the same nodes."""
        if edge.source == edge.target:
            return
        kept = self._links.setdefault(edge.source, {}).get(edge.target)
        if kept is None or (_units(edge), edge.id) < (_units(kept), kept.id):
            self._links[edge.source][edge.target] = edge
            self._links.setdefault(edge.target, {})[edge.source] = edge

    async def settle(self) -> None:
        """Find the hubs among the nodes that a path could come through and that were not expanded."""
        await self._look_for_hubs(self.a.distances.keys() & self.b.distances.keys())

    async def _look_for_hubs(self, nodes: Collection[str]) -> None:
        if asked := set(nodes) - self._no_hubs - self._hubs - {self.a.end, self.b.end}:
            hubs = (await self._store.expand(asked, self._sight, towards=())).hubs
            self._hubs |= hubs
            self._no_hubs |= asked - hubs

    def shortest(self, meeting: set[str]) -> Path:
        """The cheapest of the shortest paths; the two halves of each are known."""
        from_a, from_b = self._halves(self.a), self._halves(self.b)
        _, nodes = min(
            (from_a[one][0] + from_b[one][0], (*from_a[one][1], *reversed(from_b[one][1][:-1]))) for one in meeting
        )
        return self._path(nodes)

    def _halves(self, side: _Side) -> dict[str, tuple[int, tuple[str, ...]]]:
        """The cheapest of the shortest ways from an end to each node that it has reached.

        Ties fall by the ids as they are read from `a`: forwards on its side, backwards on the other.
        """
        forwards = side is self.a
        best: dict[str, tuple[int, tuple[str, ...]]] = {side.end: (0, (side.end,))}
        level = [side.end]
        for depth in range(1, side.depth + 2):  # one more than was expanded: a join does not raise the depth
            reached: dict[str, tuple[int, tuple[str, ...]]] = {}
            for node in level:
                cost, way = best[node]
                for other, edge in self._links.get(node, {}).items():
                    if side.distances.get(other) != depth:
                        continue
                    new = (cost + _units(edge), (*way, other))
                    if other not in reached or _before(new, reached[other], forwards):
                        reached[other] = new
            best |= reached
            level = [one for one in reached if one not in self._hubs]
        return best

    def best(self, k: int) -> list[Path]:
        """The best paths, by a search that always goes on from the way that can still become the best of all.

        A way is rated by what it has cost and the least that the rest of it can cost, then by hops in the same manner,
        then by its ids: none of its continuations comes before it, so whatever arrives first is next.
        """
        links = self._relevant()
        rest = self._rest(links)
        start, goal = self.a.end, self.b.end
        waiting: list[tuple[Weight, tuple[str, ...], Weight]] = []
        if start in rest[self._hops]:
            waiting.append((rest[self._hops][start], (start,), (0, 0)))
        found: list[Path] = []
        while waiting and len(found) < k:
            _, way, done = heappop(waiting)
            if way[-1] == goal:
                found.append(self._path(way))
                continue
            left = rest[self._hops - len(way)]
            for other, weight in links.get(way[-1], {}).items():
                if other in left and other not in way:
                    so_far = _sum(done, weight)
                    heappush(waiting, (_sum(so_far, left[other]), (*way, other), so_far))
        return found

    def _relevant(self) -> dict[str, dict[str, Weight]]:
        """The links between nodes that a short enough path can come through."""
        to_a, to_b = self.a.distances, self.b.distances
        far_a, far_b = self.a.depth + 1, self.b.depth + 1
        on_the_way = {
            one
            for one in to_a.keys() | to_b.keys()
            if one not in self._hubs and to_a.get(one, far_a) + to_b.get(one, far_b) <= self._hops
        }
        return {
            one: {other: (_units(edge), 1) for other, edge in self._links.get(one, {}).items() if other in on_the_way}
            for one in on_the_way
        }

    def _rest(self, links: dict[str, dict[str, Weight]]) -> list[dict[str, Weight]]:
        """For each number of hops: the least that it takes to come to `b` in at most so many, from wherever one can."""
        rest: list[dict[str, Weight]] = [{self.b.end: (0, 0)}]
        changed = {self.b.end}
        for _ in range(self._hops):
            before, now, better = rest[-1], dict(rest[-1]), set()
            for one in changed:
                for other, weight in links.get(one, {}).items():
                    new = _sum(weight, before[one])
                    if other not in now or new < now[other]:
                        now[other] = new
                        better.add(other)
            rest.append(now)
            changed = better
        return rest

    def _path(self, nodes: tuple[str, ...]) -> Path:
        return Path(nodes, tuple(self._links[one][other] for one, other in pairwise(nodes)))


def _nowhere(a: str, b: str, sight: Sight) -> Path | None:
    """The path from a node to itself, which has no edges."""
    return Path((a,), ()) if a == b and a not in sight.hidden else None


def _units(edge: Edge) -> int:
    return round(edge.cost * SCALE)


def _sum(one: Weight, other: Weight) -> Weight:
    return one[0] + other[0], one[1] + other[1]


def _before(one: tuple[int, tuple[str, ...]], other: tuple[int, tuple[str, ...]], forwards: bool) -> bool:
    """Whether a way is better: cheaper, or first by its ids."""
    if one[0] != other[0] or forwards:
        return one < other
    return one[1][::-1] < other[1][::-1]
