"""Neighbourhoods and paths against a look at everything, and what has to stay the same when a graph is altered."""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from looma.platform.graph import Graph, Path
from looma.platform.stores.graph import Gone

from .graph_oracle import Oracle
from .stores.graph_stores import ALL, DAY, NAMES, ORG, OTHER, TYPES, edge, given, in_sight, names, opened, sights, world

SEEDS = [*range(3), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 12))]
FEW = replace(ALL, max_degree=8)


@pytest.fixture(params=NAMES)
async def store(request, tmp_path):
    store = await opened(request.param, tmp_path / "graph")
    yield store
    await store.close()


@pytest.fixture
def graph(store):
    return Graph(store)


async def holding(store, edges):
    """Let the store hold these edges and no others."""
    await store.rebuild(ORG, given(edges))
    return edges


def pairs(seed, edges, count=12):
    chance = random.Random(seed)
    return [tuple(chance.sample(names(edges), 2)) for _ in range(count)]


def rated(paths):
    return [(path.cost, path.hops, path.nodes) for path in paths]


def ids(paths):
    return [[one.id for one in path.edges] for path in paths]


@pytest.mark.parametrize("seed", SEEDS)
async def test_around_is_what_a_look_at_everything_finds(store, graph, seed):
    edges = await holding(store, world(seed, 200, 320))
    for sight in sights(seed, edges, 10):
        oracle, chance = Oracle(edges, sight), random.Random(seed)
        for node in chance.sample(names(edges), 8):
            for hops, limit in ((0, 9), (1, 1000), (2, 1000), (3, 1000), (6, 1000), (2, 3), (3, 12), (1, 0)):
                found = await graph.around(node, hops, sight, limit)
                assert (found.distances, found.edges, found.truncated) == oracle.around(node, hops, limit)
                assert list(found.distances) == sorted(found.distances, key=lambda one: (found.distances[one], one))


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_shortest_path_is_the_first_of_all_by_hops_cost_and_ids(store, graph, seed):
    edges, met = await holding(store, world(seed, 80, 150)), 0
    for sight in sights(seed, edges, 8):
        oracle = Oracle(edges, sight)
        for a, b in pairs(seed, edges):
            for max_hops in (1, 3, 5):
                path, expected = await graph.path(a, b, sight, max_hops), oracle.shortest(a, b, max_hops)
                assert (path and (path.hops, path.cost, path.nodes)) == expected
                if path:
                    assert path.edges == oracle.between(path.nodes)
                    met += path.hops > 2
    assert met > 5


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_best_paths_are_the_first_of_all_by_cost_hops_and_ids(store, graph, seed):
    edges, met = await holding(store, world(seed, 50, 110)), 0
    for sight in sights(seed, edges, 8):
        oracle = Oracle(edges, sight)
        for a, b in pairs(seed, edges):
            for max_hops, k in ((4, 3), (4, 50), (3, 4), (2, 2), (1, 1), (5, 7)):
                paths = await graph.paths(a, b, sight, k, max_hops)
                assert rated(paths) == oracle.rated(a, b, max_hops)[:k]
                assert all(path.edges == oracle.between(path.nodes) for path in paths)
                met += len(paths) > 2
    assert met > 20


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_same_with_hubs_everywhere(store, graph, seed):
    edges = await holding(store, world(seed, 40, 110))
    for most in (0, 3, 6, 10):
        sight = replace(ALL, max_degree=most)
        oracle = Oracle(edges, sight)
        assert oracle.hubs
        for a, b in pairs(seed + most, edges, 20):
            assert rated(await graph.paths(a, b, sight, 30)) == oracle.rated(a, b, 4)[:30]
            path, expected = await graph.path(a, b, sight), oracle.shortest(a, b, 6)
            assert (path and (path.hops, path.cost, path.nodes)) == expected
            assert not path or not set(path.nodes[1:-1]) & oracle.hubs
            found = await graph.around(a, 3, sight, 1000)
            assert (found.distances, found.edges, found.truncated) == oracle.around(a, 3, 1000)


@pytest.mark.parametrize("seed", SEEDS)
async def test_common_neighbours_are_those_of_both(store, graph, seed):
    edges = await holding(store, world(seed, 40, 130))
    for sight in sights(seed, edges, 8):
        oracle = Oracle(edges, sight)
        for a, b in pairs(seed, edges, 20):
            expected = sorted(set(oracle.neighbours.get(a, [])) & set(oracle.neighbours.get(b, [])))
            assert await graph.common(a, b, sight) == await graph.common(b, a, sight) == expected


async def test_small_answers(store, graph):
    await store.apply([edge("1", cost=0.5), edge("2", "b", "c", cost=0.25), edge("3", "c", "c"), edge("4", "x", "y")])
    assert (await graph.path("a", "c", ALL)).nodes == ("a", "b", "c")
    assert (await graph.path("a", "c", ALL)).cost == 0.75
    assert await graph.path("a", "a", ALL) == Path(("a",), ()) == (await graph.paths("a", "a", ALL))[0]
    assert await graph.path("a", "x", ALL) is None
    assert await graph.path("a", "c", ALL, 1) is await graph.path("a", "c", ALL, 0) is None
    assert await graph.path("a", "c", ALL, -1) is None
    assert await graph.paths("a", "c", ALL, 3, -1) == await graph.paths("a", "c", ALL, 0) == []
    assert await graph.paths("a", "x", ALL) == await graph.paths("a", "nobody", ALL) == []
    assert (await graph.around("nobody", 2, ALL)).distances == {"nobody": 0}
    hiding = replace(ALL, hidden=frozenset({"b"}))
    for a, b in (("b", "b"), ("a", "b"), ("b", "a"), ("a", "c")):
        assert await graph.path(a, b, hiding) is None
        assert await graph.paths(a, b, hiding) == []
        assert await graph.common(a, b, hiding) == []
    assert await graph.around("b", 2, hiding) == await graph.around("b", 0, hiding)
    assert (await graph.around("b", 2, hiding)).distances == {}


@pytest.mark.parametrize("seed", SEEDS)
async def test_seeing_more_makes_nothing_further_away(store, graph, seed):
    edges, chance = await holding(store, world(seed, 60, 130)), random.Random(seed)
    for narrow in sights(seed, edges, 12, max_degree=None):
        wide = [
            replace(narrow, types=narrow.types and narrow.types | {chance.choice(TYPES)}),
            replace(narrow, on=None),
            replace(narrow, visible=ALL.visible),
            replace(narrow, hidden=frozenset(sorted(narrow.hidden)[1:])),
        ]
        for sight in wide:
            for a, b in pairs(seed, edges, 4):
                less, more = (await graph.around(a, 3, narrow)).distances, (await graph.around(a, 3, sight)).distances
                assert less.keys() <= more.keys()
                assert all(more[one] <= less[one] for one in less)
                near, far = await graph.path(a, b, sight), await graph.path(a, b, narrow)
                assert far is None or near.hops <= far.hops
                cheap, dear = await graph.paths(a, b, sight, 1), await graph.paths(a, b, narrow, 1)
                assert not dear or cheap[0].cost <= dear[0].cost


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_answer_is_the_one_of_a_graph_that_never_had_what_is_out_of_sight(store, graph, seed):
    edges = world(seed, 50, 120)
    for sight in sights(seed, edges, 5):
        await holding(store, edges)
        asked = pairs(seed, edges, 5)
        seen = [await answers(graph, a, b, sight) for a, b in asked if not {a, b} & sight.hidden]
        await holding(store, in_sight(edges, sight))
        whole = replace(ALL, max_degree=sight.max_degree)
        assert seen == [await answers(graph, a, b, whole) for a, b in asked if not {a, b} & sight.hidden]


async def answers(graph, a, b, sight):
    return (
        await graph.around(a, 2, sight),
        await graph.path(a, b, sight),
        await graph.paths(a, b, sight),
        await graph.common(a, b, sight),
    )


@pytest.mark.parametrize("sight", [ALL, FEW], ids=["all", "hubs"])
async def test_symmetry(store, graph, sight):
    edges = await holding(store, world(3, 60, 130))
    for a, b in pairs(3, edges, 30):
        there, back = await graph.path(a, b, sight), await graph.path(b, a, sight)
        assert (there and (there.hops, there.cost)) == (back and (back.hops, back.cost))
        ways, returns = await graph.paths(a, b, sight, 5), await graph.paths(b, a, sight, 5)
        assert [(one.cost, one.hops) for one in ways] == [(one.cost, one.hops) for one in returns]


async def test_triangles_and_degrees(store, graph):
    edges = await holding(store, world(4, 80, 160))
    everybody = {node: (await graph.around(node, 99, ALL, 10**6)).distances for node in names(edges)}
    for a in everybody:
        for b, distance in everybody[a].items():
            assert all(everybody[a][c] <= distance + further for c, further in everybody[b].items())
    for sight in sights(4, edges):
        counts = await store.degree(names(edges), sight)
        assert sum(sum(by_type.values()) for by_type in counts.values()) == 2 * len(in_sight(edges, sight))


@pytest.mark.parametrize("seed", SEEDS)
async def test_more_paths_go_on_from_fewer_and_the_first_is_the_cheapest(store, graph, seed):
    edges = await holding(store, world(seed, 40, 110))
    for a, b in pairs(seed, edges):
        before = []
        for k in range(1, 9):
            paths = await graph.paths(a, b, ALL, k)
            assert paths[: len(before)] == before
            before = paths
        assert all(len(set(path.nodes)) == len(path.nodes) and path.hops <= 4 for path in before)
        assert len({path.nodes for path in before}) == len(before)
        assert all(one.cost <= other.cost for one, other in pairwise(before))


@pytest.mark.parametrize("seed", SEEDS)
async def test_other_costs_and_edges_that_no_answer_has(store, graph, seed):
    edges = await holding(store, world(seed, 40, 110))
    asked = pairs(seed, edges)
    before = [await graph.paths(a, b, ALL, 4) for a, b in asked]
    await holding(store, [one._replace(cost=one.cost * 6.5) for one in edges])
    for (a, b), paths in zip(asked, before, strict=True):
        scaled = [(6.5 * cost, hops, nodes) for cost, hops, nodes in rated(paths)]
        assert rated(await graph.paths(a, b, ALL, 4)) == scaled
    await holding(store, edges)
    for (a, b), paths in zip(asked, before, strict=True):
        used = {one.id for path in paths for one in path.edges}
        spare = next(one for one in random.Random(seed).sample(edges, len(edges)) if one.id not in used)
        await store.apply([Gone(ORG, spare.id, 10)])
        now = await graph.paths(a, b, ALL, 4)
        assert (rated(now), ids(now)) == (rated(paths), ids(paths))
        await store.apply([spare._replace(version=11)])


async def test_of_parallel_edges_the_cheapest_counts_and_the_first_among_equals(store, graph):
    await store.apply([edge("3", cost=2), edge("2", "b", "a", cost=1), edge("1", cost=1), edge("4", cost=1.5)])
    assert [one.id for one in (await graph.path("a", "b", ALL)).edges] == ["1"]
    (only,) = await graph.paths("b", "a", ALL, 5)
    assert (only.cost, [one.id for one in only.edges]) == (1, ["1"])


@pytest.mark.parametrize("seed", SEEDS)
async def test_other_names_change_names_and_strangers_change_nothing(store, graph, seed):
    edges = await holding(store, world(seed, 40, 100))
    asked = pairs(seed, edges, 6)
    before = [await answers(graph, a, b, FEW) for a, b in asked]
    others = world(seed + 1, 40, 500, org=OTHER)
    await store.rebuild(OTHER, given([*others, *(one._replace(org=OTHER, id=f"x{one.id}", cost=0) for one in edges)]))
    await store.apply([edge("lonely", "nobody", "nobody")])
    assert [await answers(graph, a, b, FEW) for a, b in asked] == before

    def renamed(told):
        return f"q{told}"  # in the same order as before: ties fall as they did

    await holding(
        store,
        [one._replace(id=renamed(one.id), source=renamed(one.source), target=renamed(one.target)) for one in edges],
    )
    for (a, b), (around, path, paths, common) in zip(asked, before, strict=True):
        now = await answers(graph, renamed(a), renamed(b), FEW)
        assert now[0].distances == {renamed(one): hops for one, hops in around.distances.items()}
        assert [one.id for one in now[0].edges] == [renamed(one.id) for one in around.edges]
        assert rated(now[2]) == [(cost, hops, tuple(map(renamed, nodes))) for cost, hops, nodes in rated(paths)]
        assert (now[1] and now[1].nodes) == (path and tuple(map(renamed, path.nodes)))
        assert now[3] == list(map(renamed, common))


async def test_a_path_is_there_on_the_days_on_which_all_of_it_is(store, graph):
    later, latest = DAY + timedelta(days=5), DAY + timedelta(days=9)
    await store.apply([edge("1", "a", "b", start=DAY, end=latest), edge("2", "b", "c", start=later)])
    days = [day for day in range(-1, 12) if await graph.path("a", "c", replace(ALL, on=DAY + timedelta(days=day)))]
    assert days == [5, 6, 7, 8]


async def test_a_hub_is_an_end_and_not_a_way(store, graph):
    spokes = [edge(f"{number:02}", "hub", f"n{number}") for number in range(9)]
    await store.apply(
        [*spokes, edge("x", "n0", "y"), edge("y", "y", "n1"), *(edge(f"o{n}", "other", f"m{n}") for n in range(9))]
    )
    assert (await graph.path("n0", "n1", ALL)).nodes == ("n0", "hub", "n1")
    assert (await graph.path("n0", "n1", FEW)).nodes == ("n0", "y", "n1")
    assert (await graph.path("hub", "y", FEW)).nodes == ("hub", "n0", "y")
    assert await graph.path("n0", "n2", FEW) is None
    assert await graph.common("n0", "n2", FEW) == ["hub"]
    around = await graph.around("n0", 3, FEW)
    assert (around.distances, around.truncated) == ({"n0": 0, "hub": 1, "y": 1, "n1": 2}, True)
    assert not (await graph.around("n0", 1, FEW)).truncated
    at_hub = await graph.around("hub", 1, FEW)
    assert (len(at_hub.distances), at_hub.truncated) == (10, False)
    few = await graph.around("hub", 2, FEW, 4)
    assert (list(few.distances), few.truncated) == (["hub", "n0", "n1", "n2", "n3"], True)
    assert await graph.path("hub", "other", FEW) is None
    await store.apply([edge("bridge", "n4", "other")])
    assert (await graph.path("hub", "other", FEW)).nodes == ("hub", "n4", "other")
    await store.apply([edge("direct", "other", "hub")])
    assert [path.nodes for path in await graph.paths("hub", "other", FEW)] == [("hub", "other"), ("hub", "n4", "other")]


async def test_free_edges_and_equal_costs_fall_by_hops_then_ids(store, graph):
    ties = [edge(f"{one}{other}", one, other, cost=0) for one, other in pairwise(["a", "x", "y", "b"])]
    await store.apply([*ties, edge("ab", cost=0), edge("az", "a", "z", cost=0), edge("zb", "z", "b", cost=0)])
    assert [path.nodes for path in await graph.paths("a", "b", ALL, 9)] == [
        ("a", "b"),
        ("a", "z", "b"),
        ("a", "x", "y", "b"),
    ]


async def test_many_equal_paths_do_not_make_a_search_long(store, graph):
    """Every path between two sides of a complete graph costs the same: there are thousands, and three are asked for."""
    nodes = [f"n{number:02}" for number in range(40)]
    await holding(
        store,
        [edge(f"{a}{b}", a, b) for at, a in enumerate(nodes) for b in nodes[at + 1 :] if (a, b) != ("n00", "n39")],
    )
    paths = await graph.paths("n00", "n39", ALL, 3)
    assert [path.nodes for path in paths] == [("n00", f"n0{number}", "n39") for number in (1, 2, 3)]
