"""What is asked of the embedded graph: each function looks at one committed state through a connection that reads."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

import orjson

from . import Edge, EdgeType, Level, Sight
from .schema import NEVER, VISIBILITIES

_LIVE = "select number from generations where org = ? and live = 1"
_NUMBERS = """
select nodes.number, nodes.name from json_each(?) asked
cross join nodes on nodes.generation = ? and nodes.name = asked.value
"""
_VERSIONS = "select id, version from edges where generation = ? and id > ? order by id limit ?"
_HALVES = (("source", "target"), ("target", "source"))


def live(connection: sqlite3.Connection, org: str) -> int | None:
    """The generation of an organisation that is seen."""
    row = connection.execute(_LIVE, (org,)).fetchone()
    return None if row is None else int(row[0])


def expand(connection: sqlite3.Connection, nodes: Sequence[str], sight: Sight) -> Level:
    """As `GraphStore.expand`."""
    view = _View(connection, sight, nodes)
    if not view.numbers:
        return Level([], frozenset())
    hubs = view.hubs()
    walked = [number for number in view.numbers if number not in hubs]
    return Level(view.edges(walked), frozenset(view.numbers[number] for number in hubs))


def degree(connection: sqlite3.Connection, nodes: Sequence[str], sight: Sight) -> dict[str, dict[EdgeType, int]]:
    """As `GraphStore.degree`."""
    view = _View(connection, sight, nodes)
    found: dict[str, dict[EdgeType, int]] = defaultdict(dict)
    for number, type_name, count in view.counts() if view.numbers else ():
        of_node = found[view.numbers[number]]
        of_node[type_name] = of_node.get(type_name, 0) + count
    return dict(found)


def versions(connection: sqlite3.Connection, org: str, after: str, limit: int) -> list[tuple[str, int]]:
    """As `GraphStore.versions`."""
    generation = live(connection, org)
    return [] if generation is None else connection.execute(_VERSIONS, (generation, after, limit)).fetchall()


class _View:
    """A sight on the live generation, and the nodes asked for that are in it, by number."""

    def __init__(self, connection: sqlite3.Connection, sight: Sight, nodes: Iterable[str]) -> None:
        self._connection, self._sight = connection, sight
        self._generation = live(connection, sight.org)
        self.numbers = {} if self._generation is None else self._numbers(set(nodes) - sight.hidden)
        self._conditions = [f"edges.visibility in ({_visibilities(sight)})"]
        self._given: dict[str, Any] = {}
        if sight.types is not None:
            self._conditions.append("edges.type in (select value from json_each(:types))")
            self._given["types"] = _json(self._types(sight.types))
        if sight.on is not None:
            self._conditions.append('edges.start <= :day and edges."end" > :day')
            self._given["day"] = sight.on.toordinal()
        if sight.hidden:
            self._conditions.append("edges.{other} not in (select value from json_each(:hidden))")
            self._given["hidden"] = _json(self._numbers(sight.hidden))

    def hubs(self) -> set[int]:
        """The nodes that have more edges than are walked; none is counted further than that."""
        most = self._sight.max_degree
        if most is None:
            return set()
        counted = " + ".join(self._counted(end, other) for end, other in _HALVES)
        statement = f"select asked.value from json_each(:asked) asked where {counted} > :most"  # noqa: S608 - our words
        rows = self._connection.execute(statement, {**self._given, "asked": _json(self.numbers), "most": most})
        return {row[0] for row in rows}

    def edges(self, walked: list[int]) -> list[Edge]:
        """Every edge of these nodes, once."""
        first, second = (
            f"""
            select edges.id, types.name, sources.name, targets.name, edges.start, edges."end", edges.cost,
                edges.visibility, edges.version, edges.fact
            from json_each(:asked) asked cross join edges indexed by edges_by_{end} on edges.{end} = asked.value
            cross join types on types.number = edges.type
            cross join nodes sources on sources.number = edges.source
            cross join nodes targets on targets.number = edges.target
            where {self._where(other)}
            """  # noqa: S608 - our words
            for end, other in _HALVES
        )
        once = "and edges.source not in (select value from json_each(:asked))"
        rows = self._connection.execute(
            f"{first} union all {second} {once}", {**self._given, "asked": _json(walked)}
        ).fetchall()
        rows.sort(key=itemgetter(0))
        org = self._sight.org
        return [
            Edge(id_, org, type_, source, target, _day(start), _day(end), cost, VISIBILITIES[seen], version, fact)
            for id_, type_, source, target, start, end, cost, seen, version, fact in rows
        ]

    def counts(self) -> list[tuple[int, EdgeType, int]]:
        """(node, type, edges) for each end of an edge, so that a node may come twice."""
        halves = (
            f"""
            select edges.{end} as node, edges.type as type, count(*) as edges
            from json_each(:asked) asked cross join edges indexed by edges_by_{end} on edges.{end} = asked.value
            where {self._where(other)} group by 1, 2
            """  # noqa: S608 - our words
            for end, other in _HALVES
        )
        return self._connection.execute(
            f"select node, types.name, edges from ({' union all '.join(halves)})"  # noqa: S608 - our words
            " cross join types on types.number = type",
            {**self._given, "asked": _json(self.numbers)},
        ).fetchall()

    def _counted(self, end: str, other: str) -> str:
        return (
            f"(select count(*) from (select 1 from edges indexed by edges_by_{end} "  # noqa: S608 - our words
            f"where edges.{end} = asked.value and {self._where(other)} limit :most + 1))"
        )

    def _where(self, other: str) -> str:
        return " and ".join(self._conditions).format(other=other)

    def _numbers(self, names: Iterable[str]) -> dict[int, str]:
        return dict(self._connection.execute(_NUMBERS, (_json(names), self._generation)).fetchall())

    def _types(self, names: Iterable[str]) -> list[int]:
        found = self._connection.execute(
            "select number from types where name in (select value from json_each(?))", (_json(names),)
        )
        return [row[0] for row in found]


def _visibilities(sight: Sight) -> str:
    return ", ".join(str(number) for number, name in enumerate(VISIBILITIES) if name in sight.visible)


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if 0 < ordinal < NEVER else None


def _json(values: Iterable[Any]) -> str:
    return orjson.dumps(list(values)).decode()
