"""What is true of a small graph, by looking at everything: no search, no order of work, no store."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from looma.platform.stores.graph import Edge, Sight

from .stores.graph_stores import degrees, in_sight, names


class Oracle:
    """The edges in sight, and what follows from them."""

    def __init__(self, edges: list[Edge], sight: Sight) -> None:
        self.sight, self.edges = sight, in_sight(edges, sight)
        self.names = names(self.edges)
        counts = {node: sum(by_type.values()) for node, by_type in degrees(self.edges).items()}
        most = sight.max_degree
        self.hubs = {node for node, count in counts.items() if most is not None and count > most}
        self.cheapest: dict[tuple[str, str], Edge] = {}
        for edge in sorted(self.edges, key=lambda one: (one.cost, one.id), reverse=True):
            if edge.source != edge.target:
                self.cheapest[edge.source, edge.target] = self.cheapest[edge.target, edge.source] = edge
        self.neighbours: dict[str, list[str]] = {node: [] for node in self.names}
        for one, other in self.cheapest:
            self.neighbours[one].append(other)

    def distances(self, node: str) -> dict[str, int]:
        """Hops to everybody, by powers of a matrix in which nobody leaves a hub."""
        if node not in self.names:
            return {} if node in self.sight.hidden else {node: 0}
        place = {name: number for number, name in enumerate(self.names)}
        leaves = np.zeros((len(place), len(place)), bool)
        for one, other in self.cheapest:
            leaves[place[one], place[other]] = one == node or one not in self.hubs
        found, reached, hops = {node: 0}, np.eye(len(place), dtype=bool)[place[node]], 0
        while True:
            hops += 1
            now = reached | (reached @ leaves)
            if (now == reached).all():
                return found
            found |= {self.names[at]: hops for at in np.flatnonzero(now & ~reached)}
            reached = now

    def around(self, node: str, hops: int, limit: int) -> tuple[dict[str, int], list[Edge], bool]:
        """Distances, edges and whether there was more."""
        all_distances = self.distances(node)
        ranked = sorted(all_distances, key=lambda name: (all_distances[name], name))
        within = [name for name in ranked if all_distances[name] <= hops]
        kept = within[: limit + 1]
        cut = len(within) > len(kept)
        # where the limit cuts, the level that is cut is the last
        depth = min(hops, max(1, all_distances[within[limit + 1]])) if cut else hops
        walked = {name for name in kept if all_distances[name] < depth}
        walked -= self.hubs - {node}
        edges = [
            edge
            for edge in self.edges
            if {edge.source, edge.target} <= set(kept) and {edge.source, edge.target} & walked
        ]
        met = {name for name in kept if all_distances[name] < depth} & (self.hubs - {node})
        return {name: all_distances[name] for name in kept}, edges, cut or bool(met)

    def ways(self, a: str, b: str, max_hops: int) -> Iterator[tuple[str, ...]]:
        """Every simple path that leads through no hub; between two hubs none of more than two hops."""
        if {a, b} & self.sight.hidden:
            return
        if {a, b} <= self.hubs:
            max_hops = min(max_hops, 2)
        waiting = [(a,)]
        while waiting:
            way = waiting.pop()
            if way[-1] == b:
                yield way
            elif len(way) <= max_hops and (len(way) == 1 or way[-1] not in self.hubs):
                waiting += [(*way, other) for other in self.neighbours.get(way[-1], []) if other not in way]

    def rated(self, a: str, b: str, max_hops: int) -> list[tuple[float, int, tuple[str, ...]]]:
        """All of them by cost, hops and ids."""
        return sorted((self.cost(way), len(way) - 1, way) for way in self.ways(a, b, max_hops))

    def cost(self, way: tuple[str, ...]) -> float:
        """The sum over the cheapest edges; costs are quarters, so that it is exact."""
        return float(sum(edge.cost for edge in self.between(way)))

    def between(self, way: tuple[str, ...]) -> tuple[Edge, ...]:
        """The cheapest edge of each step."""
        return tuple(self.cheapest[step] for step in pairwise(way))

    def shortest(self, a: str, b: str, max_hops: int) -> tuple[int, float, tuple[str, ...]] | None:
        """By hops, cost and ids; looks no further than it has to."""
        for hops in range(max_hops + 1):
            if found := [(way_hops, cost, way) for cost, way_hops, way in self.rated(a, b, hops)]:
                return min(found)
        return None
