"""The tables of the embedded graph.

A generation is the graph of one organisation as one rebuild left it: `live` is 1 for the one that is seen, 0 for one in
the making, and null for what is left of others until it is swept away.
Nodes belong to a generation and are small integers in the edges and their two indexes, so that an edge can never lead
from one organisation into another. Days are ordinals; without a beginning 0, without an end `NEVER`.
"""

from . import Visibility

NEVER = 9_999_999
VISIBILITIES: tuple[Visibility, ...] = ("public", "restricted")
"""By their number in the file."""

FORMAT = 1
"""Raised when the tables change: a file of another format is begun anew."""

SCHEMA = """
create table generations (
    number integer primary key autoincrement, org text not null, live integer
);
create unique index generations_by_org on generations (org, live);
create table types (number integer primary key, name text not null unique);
create table nodes (number integer primary key, generation integer not null, name text not null);
create unique index nodes_by_name on nodes (generation, name);
create table edges (
    number integer primary key, generation integer not null, id text not null, type integer not null,
    source integer not null, target integer not null, start integer not null, "end" integer not null,
    cost real not null, visibility integer not null, version integer not null, fact text not null
);
create unique index edges_by_id on edges (generation, id);
create index edges_by_source on edges (source, type, start, "end", visibility, target, cost);
create index edges_by_target on edges (target, type, start, "end", visibility, source, cost);
create table gone (
    generation integer not null, id text not null, version integer not null, primary key (generation, id)
) without rowid;
"""
