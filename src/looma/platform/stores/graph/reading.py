"""What is asked of the embedded graph: each function looks at one committed state through a connection that reads."""

# ruff: noqa: S608 - what is put into a statement are words of ours and numbers of generations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

import orjson

from . import Edge, EdgeType, Level, Sight
from .schema import NEVER, VISIBILITIES

_LIVE = "select number from generations where org = ? and live = 1"
_HALVES = (("source", "target"), ("target", "source"))


def live(connection: sqlite3.Connection, org: str) -> int | None:
    """The generation of an organisation that is seen."""
    row = connection.execute(_LIVE, (org,)).fetchone()
    return None if row is None else int(row[0])


def expand(
    connection: sqlite3.Connection, nodes: Collection[str], sight: Sight, towards: Collection[str] | None = None
) -> Level:
    """As `GraphStore.expand`."""
    view = _View(connection, sight, nodes)
    if not view.numbers:
        return Level([], frozenset())
    hubs = view.hubs()
    walked = [number for number in view.numbers if number not in hubs]
    return Level(view.edges(walked, towards), frozenset(view.numbers[number] for number in hubs))


def degree(connection: sqlite3.Connection, nodes: Collection[str], sight: Sight) -> dict[str, dict[EdgeType, int]]:
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
    if generation is None:
        return []
    statement = f"select id, version from edges_{generation} where id > ? order by id limit ?"
    return connection.execute(statement, (after, limit)).fetchall()


class _View:
    """A sight on the live generation, and the nodes asked for that are in it, by number."""

    def __init__(self, connection: sqlite3.Connection, sight: Sight, nodes: Iterable[str]) -> None:
        self._connection, self._sight = connection, sight
        self._generation = live(connection, sight.org)
        self.numbers: dict[int, str] = {}
        if self._generation is not None:
            self.numbers = self._numbers(set(nodes) - sight.hidden)
        self._conditions = [f"edges.visibility in ({_visibilities(sight)})"]
        self._given: dict[str, Any] = {}
        if not self.numbers:
            return
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
        statement = f"select asked.value from json_each(:asked) asked where {counted} > :most"
        rows = self._connection.execute(statement, {**self._given, "asked": _json(self.numbers), "most": most})
        return {row[0] for row in rows}

    def edges(self, walked: list[int], towards: Collection[str] | None) -> list[Edge]:
        """Every edge of these nodes, once; to others than these alone where they are told."""
        given, only = {**self._given, "asked": _json(walked)}, ""
        if towards is not None:
            if not (others := self._numbers(towards)):
                return []
            given["towards"] = _json(others)
            only = "and edges.{other} in (select value from json_each(:towards))"
        at = self._generation
        first, second = (
            f"""
            select edges.id, edges.type, sources.name, targets.name, edges.start, edges."end", edges.cost,
                edges.visibility, edges.version, edges.fact
            from json_each(:asked) asked cross join edges_{at} edges indexed by {end}_{at} on edges.{end} = asked.value
            cross join nodes_{at} sources on sources.number = edges.source
            cross join nodes_{at} targets on targets.number = edges.target
            where {self._where(other)} {only.format(other=other)}
            """
            for end, other in _HALVES
        )
        rows = self._connection.execute(f"{first} union all {second} {self._once(towards)}", given).fetchall()
        rows.sort(key=itemgetter(0))
        org, types = self._sight.org, dict(self._connection.execute("select number, name from types").fetchall())
        make, day = tuple.__new__, _day  # past the constructor of a named tuple, which takes longer than all the rest
        return [
            make(
                Edge,
                (id_, org, types[type_], source, target, day(start), day(end), cost, VISIBILITIES[seen], version, fact),
            )
            for id_, type_, source, target, start, end, cost, seen, version, fact in rows
        ]

    def counts(self) -> list[tuple[int, EdgeType, int]]:
        """(node, type, edges) for each end of an edge, so that a node may come twice."""
        at = self._generation
        halves = (
            f"""
            select edges.{end} as node, edges.type as type, count(*) as edges
            from json_each(:asked) asked cross join edges_{at} edges indexed by {end}_{at} on edges.{end} = asked.value
            where {self._where(other)} group by 1, 2
            """
            for end, other in _HALVES
        )
        return self._connection.execute(
            f"select node, types.name, edges from ({' union all '.join(halves)})"
            " cross join types on types.number = type",
            {**self._given, "asked": _json(self.numbers)},
        ).fetchall()

    def _counted(self, end: str, other: str) -> str:
        at = self._generation
        return (
            f"(select count(*) from (select 1 from edges_{at} edges indexed by {end}_{at} "
            f"where edges.{end} = asked.value and {self._where(other)} limit :most + 1))"
        )

    @staticmethod
    def _once(towards: Collection[str] | None) -> str:
        """Leaves out of the second half what the first half has found."""
        found = "edges.source in (select value from json_each(:asked))"
        if towards is not None:
            found += " and edges.target in (select value from json_each(:towards))"
        return f"and not ({found})"

    def _where(self, other: str) -> str:
        return " and ".join(self._conditions).format(other=other)

    def _numbers(self, names: Iterable[str]) -> dict[int, str]:
        statement = (
            f"select number, name from json_each(?) asked cross join nodes_{self._generation} on name = asked.value"
        )
        return dict(self._connection.execute(statement, (_json(names),)).fetchall())

    def _types(self, names: Iterable[str]) -> list[int]:
        found = self._connection.execute(
            "select number from types where name in (select value from json_each(?))", (_json(names),)
        )
        return [row[0] for row in found]


def _visibilities(sight: Sight) -> str:
    return ", ".join(str(number) for number, name in enumerate(VISIBILITIES) if name in sight.visible)


@lru_cache(50_000)
def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if 0 < ordinal < NEVER else None


def _json(values: Iterable[Any]) -> str:
    return orjson.dumps(list(values)).decode()
