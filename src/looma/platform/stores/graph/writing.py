"""What is done to the embedded graph: each function is one transaction on the connection that writes."""

# ruff: noqa: S608 - what is put into a statement are words of ours and numbers of generations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import orjson

from . import Edge, Gone
from .reading import live
from .schema import NEVER, VISIBILITIES, dropping, indexes, tables

_KEPT = """
select id, version from edges_{0} where id in (select value from json_each(:ids))
union all select id, version from gone_{0} where id in (select value from json_each(:ids))
"""
_PUT = """
insert into edges_{0} (id, type, source, target, start, "end", cost, visibility, version, fact)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (id) do update set type = excluded.type, source = excluded.source, target = excluded.target,
    start = excluded.start, "end" = excluded."end", cost = excluded.cost, visibility = excluded.visibility,
    version = excluded.version, fact = excluded.fact
"""
_CARRY = """
insert or ignore into gone_{new} (id, version) select id, version from gone_{old}
where not exists (select 1 from edges_{new} where id = gone_{old}.id)
"""


def checked(changes: Iterable[Edge | Gone]) -> None:
    """Raise ValueError for an edge that no graph can hold."""
    for change in changes:
        if isinstance(change, Edge) and not (math.isfinite(change.cost) and change.cost >= 0):
            raise ValueError(f"the cost of an edge is a number from 0, not {change.cost}")


def apply(connection: sqlite3.Connection, changes: Sequence[Edge | Gone]) -> int:
    """As `GraphStore.apply`; a generation in the making takes part."""
    by_org: dict[str, list[Edge | Gone]] = defaultdict(list)
    for change in changes:
        by_org[change.org].append(change)
    news = 0
    with transaction(connection):
        for org, own in by_org.items():
            seen = live(connection, org)
            if seen is None:
                seen = _begun(connection, org, 1)
                for statement in indexes(seen):
                    connection.execute(statement)
            news += _put(connection, seen, own)
            for (making,) in connection.execute(
                "select number from generations where org = ? and live = 0", (org,)
            ).fetchall():
                _put(connection, making, own)
    return news


def begin(connection: sqlite3.Connection, org: str) -> int:
    """A new generation in the making, empty; one that was begun before is given up."""
    with transaction(connection):
        connection.execute("update generations set live = null where org = ? and live = 0", (org,))
        return _begun(connection, org, 0)


def add(connection: sqlite3.Connection, generation: int, edges: Sequence[Edge]) -> None:
    """Put edges into a generation in the making."""
    with transaction(connection):
        _put(connection, generation, edges)


def switch(connection: sqlite3.Connection, org: str, generation: int) -> None:
    """Let everybody see this generation. Of the old one it takes over what is known to be gone, so that an old change
    that comes late brings nothing back."""
    with transaction(connection):
        for statement in indexes(generation):
            connection.execute(statement)
        old = live(connection, org)
        if old is not None:
            connection.execute(_CARRY.format(new=generation, old=old))
            connection.execute("update generations set live = null where number = ?", (old,))
        connection.execute("update generations set live = 1 where number = ?", (generation,))


def abandon(connection: sqlite3.Connection, generation: int | None = None) -> None:
    """Give up a generation in the making, or all of them."""
    with transaction(connection):
        connection.execute(
            "update generations set live = null where live = 0 and number = ifnull(?, number)", (generation,)
        )


def sweep(connection: sqlite3.Connection) -> None:
    """Remove what nobody will see again."""
    with transaction(connection):
        for (generation,) in connection.execute("select number from generations where live is null").fetchall():
            for statement in dropping(generation):
                connection.execute(statement)
            connection.execute("delete from generations where number = ?", (generation,))


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block, or nothing."""
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


def _begun(connection: sqlite3.Connection, org: str, state: int) -> int:
    made = connection.execute("insert into generations (org, live) values (?, ?)", (org, state))
    generation = int(made.lastrowid or 0)
    for statement in tables(generation):
        connection.execute(statement)
    return generation


def _put(connection: sqlite3.Connection, generation: int, changes: Sequence[Edge | Gone]) -> int:
    news = _news(connection, generation, changes)
    edges = [change for change in news if isinstance(change, Edge)]
    gone = [(change.id, change.version) for change in news if isinstance(change, Gone)]
    connection.executemany(f"delete from gone_{generation} where id = ?", [(one.id,) for one in edges])
    nodes = _nodes(connection, generation, {name for one in edges for name in (one.source, one.target)})
    types = _types(connection, {one.type for one in edges})
    connection.executemany(_PUT.format(generation), [_row(one, nodes, types) for one in edges])
    connection.executemany(f"delete from edges_{generation} where id = ?", [one[:1] for one in gone])
    connection.executemany(f"insert or replace into gone_{generation} (id, version) values (?, ?)", gone)
    return len(news)


def _news(connection: sqlite3.Connection, generation: int, changes: Sequence[Edge | Gone]) -> list[Edge | Gone]:
    """The newest change of each edge that is newer than what is kept."""
    newest: dict[str, Edge | Gone] = {}
    for change in changes:
        if change.id not in newest or newest[change.id].version < change.version:
            newest[change.id] = change
    ids = orjson.dumps(list(newest)).decode()
    kept = dict(connection.execute(_KEPT.format(generation), {"ids": ids}).fetchall())
    return [change for change in newest.values() if change.id not in kept or kept[change.id] < change.version]


def _row(edge: Edge, nodes: Mapping[str, int], types: Mapping[str, int]) -> tuple[object, ...]:
    return (
        edge.id,
        types[edge.type],
        nodes[edge.source],
        nodes[edge.target],
        edge.start.toordinal() if edge.start else 0,
        edge.end.toordinal() if edge.end else NEVER,
        edge.cost,
        VISIBILITIES.index(edge.visibility),
        edge.version,
        edge.fact,
    )


def _nodes(connection: sqlite3.Connection, generation: int, names: set[str]) -> dict[str, int]:
    connection.executemany(f"insert or ignore into nodes_{generation} (name) values (?)", [(name,) for name in names])
    found = connection.execute(
        f"select name, number from nodes_{generation} where name in (select value from json_each(?))",
        (orjson.dumps(list(names)).decode(),),
    )
    return dict(found.fetchall())


def _types(connection: sqlite3.Connection, names: set[str]) -> dict[str, int]:
    connection.executemany("insert or ignore into types (name) values (?)", [(name,) for name in names])
    return dict(connection.execute("select name, number from types").fetchall())
