"""The tables of the embedded graph.

A generation is the graph of one organisation as one rebuild left it: `live` is 1 for the one that is seen, 0 for one in
the making, and null for one that is to be dropped. Each has tables of its own, so that no edge can lead from one
organisation into another, and the indexes for walking are made in one go when all edges are there: ten times as fast as
one by one. Nodes are small integers in the edges and these indexes. Days are ordinals; without a beginning 0, without
an end `NEVER`.
"""

from . import Visibility

NEVER = 9_999_999
VISIBILITIES: tuple[Visibility, ...] = ("public", "restricted")
"""By their number in the file."""

FORMAT = 1
"""Raised when the tables change: a file of another format is begun anew."""

SCHEMA = (
    "create table generations (number integer primary key autoincrement, org text not null, live integer)",
    "create unique index generations_by_org on generations (org, live)",
    "create table types (number integer primary key, name text not null unique)",
)

_TABLES = (
    "create table nodes_{0} (number integer primary key, name text not null unique)",
    "create table gone_{0} (id text primary key, version integer not null) without rowid",
    """
    create table edges_{0} (
        number integer primary key, id text not null unique, type integer not null, source integer not null,
        target integer not null, start integer not null, "end" integer not null, cost real not null,
        visibility integer not null, version integer not null, fact text not null
    )
    """,
)
_INDEXES = (
    'create index source_{0} on edges_{0} (source, type, start, "end", visibility, target, cost)',
    'create index target_{0} on edges_{0} (target, type, start, "end", visibility, source, cost)',
)


def tables(generation: int) -> list[str]:
    """What makes the tables of a generation, in which edges can be put."""
    return [statement.format(generation) for statement in _TABLES]


def indexes(generation: int) -> list[str]:
    """What makes them walkable."""
    return [statement.format(generation) for statement in _INDEXES]


def dropping(generation: int) -> list[str]:
    """What removes them."""
    return [f"drop table {name}_{generation}" for name in ("edges", "nodes", "gone")]
