"""The graph drivers, random graphs and what is true of them, and a process that writes for tests that kill it.

``python -m tests.platform.stores.graph_stores apply|rebuild FOLDER``
"""

import asyncio
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from looma.platform.stores.graph import DRIVERS, Edge, Gone, GraphStore, Sight, open_graph, sqlite
from looma.platform.stores.graph.sqlite import SqliteGraph

NEO4J = os.environ.get("LOOMA_TEST_NEO4J_URL") if DRIVERS["neo4j"] else None
NAMES = ["sqlite", *(["neo4j"] if NEO4J else [])]
ORG, OTHER = "local", "other"
ALL = Sight(ORG, visible=frozenset({"public", "restricted"}), max_degree=None)
DAY = date(2025, 3, 1)
TYPES = ("colleague", "schoolmate", "referral")


def driver(name: str, folder: Path) -> GraphStore:
    """A driver that is not open yet; one with a folder uses this one."""
    return open_graph(str(NEO4J)) if name == "neo4j" else SqliteGraph(folder)


async def opened(name: str, folder: Path) -> GraphStore:
    """An open driver that knows of nothing."""
    store = driver(name, folder)
    await store.open()
    for org in (ORG, OTHER):
        await store.rebuild(org, given([]))
    return store


async def given(edges: Iterable[Edge]) -> AsyncIterator[Edge]:
    """The edges, as a rebuild takes them."""
    for edge in edges:
        yield edge


def edge(id: str, source: str = "a", target: str = "b", **more) -> Edge:  # noqa: A002
    """An edge that says what matters to a test."""
    plain = {"org": ORG, "type": "colleague", "start": None, "end": None, "cost": 1.0, "visibility": "public"}
    return Edge(**{**plain, "id": id, "source": source, "target": target, "version": 1, "fact": f"of {id}", **more})


def world(seed: int, nodes: int = 60, edges: int = 150, **fixed) -> list[Edge]:
    """A random graph: unequal degrees, parallel edges, edges to oneself, free ones, dates, restricted ones."""
    chance = random.Random(seed)
    names = [f"n{number:03}" for number in chance.sample(range(1000), nodes)]
    weights = [1 / (3 + number) for number in range(nodes)]
    made = []
    for number in chance.sample(range(10 * edges), edges):
        source, target = chance.choices(names, weights, k=2)
        start = DAY + timedelta(days=chance.randrange(-9, 9)) if chance.random() < 0.5 else None
        end = (start or DAY) + timedelta(days=chance.randrange(1, 9)) if chance.random() < 0.5 else None
        more = {"type": chance.choice(TYPES), "start": start, "end": end, "cost": chance.randrange(9) / 4}
        more["visibility"] = chance.choice(["public", "public", "public", "restricted"])
        made.append(edge(f"e{number:05}", source, target, **more | {"version": chance.randrange(1, 5)} | fixed))
    return made


def names(edges: Iterable[Edge]) -> list[str]:
    """The nodes of these edges, by id."""
    return sorted({end for one in edges for end in (one.source, one.target)})


def in_sight(edges: Iterable[Edge], sight: Sight) -> list[Edge]:
    """The edges that pass a sight, by id."""
    return sorted(
        one
        for one in edges
        if one.org == sight.org
        and (sight.types is None or one.type in sight.types)
        and (sight.on is None or ((not one.start or one.start <= sight.on) and (not one.end or sight.on < one.end)))
        and one.visibility in sight.visible
        and not sight.hidden & {one.source, one.target}
    )


def degrees(edges: Iterable[Edge]) -> dict[str, dict[str, int]]:
    """Edges by node and type."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in edges:
        found[one.source][one.type] += 1
        found[one.target][one.type] += 1
    return {node: dict(counts) for node, counts in found.items()}


def sights(seed: int, edges: Sequence[Edge], count: int = 6, **fixed) -> list[Sight]:
    """Random sights, from all to very little."""
    chance = random.Random(seed)
    made = [replace(ALL, **fixed), Sight(ORG, **fixed)]
    while len(made) < count:
        more = {
            "types": frozenset(chance.sample(TYPES, chance.randrange(4))) if chance.random() < 0.5 else None,
            "on": DAY + timedelta(days=chance.randrange(-9, 12)) if chance.random() < 0.5 else None,
            "hidden": frozenset(chance.sample(names(edges), chance.randrange(4))),
            "visible": ALL.visible if chance.random() < 0.5 else frozenset({"public"}),
            "max_degree": chance.choice([None, 2_000, 12]),
        }
        made.append(Sight(ORG, **more | fixed))
    return made


async def everything(store: GraphStore, edges: Iterable[Edge], org: str = ORG) -> list[Edge]:
    """The edges that are kept of an organisation, of all nodes that could have one."""
    return (await store.expand(names(edges), Sight(org, visible=ALL.visible, max_degree=None))).edges


async def all_versions(store: GraphStore, org: str = ORG, limit: int = 7) -> dict[str, int]:
    """Every id and its version, page by page."""
    found: list[tuple[str, int]] = []
    while page := await store.versions(org, found[-1][0] if found else "", limit):
        assert page == sorted(page)
        assert len(page) <= limit
        found += page
    assert len(found) == len(dict(found))
    return dict(found)


LIVES = 40
"""Changes after which an edge of `change` is gone."""
WHOLE = 2_000
"""Edges of each generation that the killed process makes."""


def change(number: int) -> list[Edge | Gone]:
    """The change of this number: two new edges, one that is altered, and one that goes."""
    made: list[Edge | Gone] = [
        edge(f"{number:05}-a", "hub", f"n{number}"),
        edge(f"{number:05}-b", f"n{number}", f"n{number - 1}"),
        edge("same", "hub", f"n{number}", version=number),
    ]
    return [*made, Gone(ORG, f"{number - LIVES:05}-a", 2)] if number > LIVES else made


def after(number: int) -> dict[str, int]:
    """The ids and versions that are there after the changes from 1 to this one."""
    kept = {f"{one:05}-b": 1 for one in range(1, number + 1)}
    kept |= {f"{one:05}-a": 1 for one in range(max(1, number - LIVES + 1), number + 1)}
    return kept | ({"same": number} if number else {})


def whole(number: int) -> list[Edge]:
    """The edges of this generation."""
    return [edge(f"{one:05}", f"n{one % 50}", f"n{(one + number) % 90}", version=number) for one in range(WHOLE)]


def _say(what: object) -> None:
    os.write(1, f"{what}\n".encode())


async def _told(edges: list[Edge]) -> AsyncIterator[Edge]:
    for number, one in enumerate(edges):
        if number % 250 == 0:
            _say("-")
        yield one


async def endless(what: str, folder: Path) -> None:
    """Apply one change or generation after the other, from where the graph stands, and say each when it is done."""
    sqlite.BATCH = 300
    store = SqliteGraph(folder)
    await store.open()
    number = max((await all_versions(store, limit=1_000)).values(), default=0)
    _say(number)
    while True:
        number += 1
        if what == "apply":
            await store.apply(change(number))
        else:
            await store.rebuild(ORG, _told(whole(number)))
        _say(number)


if __name__ == "__main__":
    asyncio.run(endless(sys.argv[1], Path(sys.argv[2])))
