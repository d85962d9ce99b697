"""What every graph driver promises."""

import asyncio
import math
import random
from dataclasses import replace
from datetime import timedelta

import pytest

from looma.platform.stores.errors import StoreBroken
from looma.platform.stores.graph import Gone, Level, Sight

from .graph_stores import (
    ALL,
    DAY,
    NAMES,
    ORG,
    OTHER,
    all_versions,
    degrees,
    driver,
    edge,
    everything,
    given,
    in_sight,
    names,
    opened,
    sights,
    world,
)


@pytest.fixture(params=NAMES)
async def store(request, tmp_path):
    store = await opened(request.param, tmp_path / "graph")
    yield store
    await store.close()


async def found(store, *nodes, **more) -> list[str]:
    """The ids of the edges in sight."""
    return [one.id for one in (await store.expand(nodes, replace(ALL, **more))).edges]


async def test_an_empty_graph(store):
    await store.check()
    assert await store.expand(["a"], ALL) == await store.expand([], ALL) == Level([], frozenset())
    assert await store.degree(["a"], ALL) == {}
    assert await store.versions(ORG, "") == await store.versions("nobody", "") == []
    assert await store.apply([]) == 0


async def test_an_edge_is_found_from_both_ends_once_and_as_it_was_given(store):
    first = edge("1", start=DAY, end=DAY + timedelta(days=400), cost=0.375, visibility="restricted", version=7)
    second = edge("2", "b", "陈思远", type="同事", fact="")
    assert await store.apply([second, first]) == 2
    assert await store.expand(["a"], ALL) == Level([first], frozenset())
    assert (await store.expand(["b"], ALL)).edges == (await store.expand(["b", "a", "b"], ALL)).edges == [first, second]
    assert await store.degree(["b", "陈思远", "x"], ALL) == {"b": {"colleague": 1, "同事": 1}, "陈思远": {"同事": 1}}


async def test_an_edge_to_oneself_counts_twice_and_is_found_once(store):
    await store.apply([edge("1", "a", "a")])
    assert await found(store, "a") == ["1"]
    assert await store.degree(["a"], ALL) == {"a": {"colleague": 2}}


@pytest.mark.parametrize("seed", range(4))
async def test_any_order_of_one_history_with_repetitions_gives_the_same_graph(store, seed):
    chance, newest = random.Random(seed), {}
    history = [replace_version(one, version) for version in range(1, 5) for one in world(seed * 10 + version, 20, 60)]
    history = [chance.choice([one, one, Gone(one.org, one.id, one.version)]) for one in history]
    history = list({(one.id, one.version): one for one in history}.values())
    for one in sorted(history, key=lambda one: one.version):
        newest[one.id] = one
    told = chance.sample(history * 2, 2 * len(history))
    while told:
        at = chance.randrange(1, 40)
        await store.apply(told[:at])
        told = told[at:]
    kept = sorted(one for one in newest.values() if not isinstance(one, Gone))
    assert 0 < len(kept) < len(newest)
    assert await everything(store, [one for one in history if not isinstance(one, Gone)]) == kept
    assert await all_versions(store) == {one.id: one.version for one in kept}
    assert await store.apply(history) == 0


def replace_version(one, version):
    """Few ids, so that they come again in other versions and between other nodes."""
    return one._replace(id=f"e{int(one.id[1:]) % 40}", version=version)


async def test_older_versions_change_nothing_and_what_is_gone_returns_with_a_higher_one(store):
    assert await store.apply([edge("1", version=3)]) == 1
    assert await store.apply([edge("1", "x", "y", version=2), edge("1", "x", "y", version=3)]) == 0
    assert await store.apply([Gone(ORG, "1", 3), Gone(ORG, "1", 2)]) == 0
    assert await found(store, "a", "x") == ["1"]
    assert await store.apply([Gone(ORG, "1", 4)]) == 1
    assert await store.apply([edge("1", version=4), edge("1", version=2), Gone(ORG, "1", 4)]) == 0
    assert await found(store, "a") == []
    assert await store.versions(ORG, "") == []
    assert await store.apply([edge("1", "a", "z", version=5)]) == 1
    assert (await found(store, "z"), await found(store, "b")) == (["1"], [])
    assert await store.apply([Gone(ORG, "2", 5)]) == 1  # before anybody said that it is there
    assert await store.apply([edge("2", version=5)]) == 0


@pytest.mark.parametrize("cost", [-0.1, math.nan, math.inf])
async def test_a_cost_that_is_none_keeps_nothing(store, cost):
    with pytest.raises(ValueError, match="cost"):
        await store.apply([edge("1"), edge("2", cost=cost)])
    await store.apply([edge("3")])
    with pytest.raises(ValueError, match="cost"):
        await store.rebuild(ORG, given([edge("1"), edge("2", cost=cost)]))
    assert await found(store, "a") == ["3"]


@pytest.mark.parametrize("seed", range(3))
async def test_a_rebuild_equals_what_was_applied_step_by_step(store, seed):
    edges = world(seed, 40, 120)
    for one in edges:
        await store.apply([one])
    before = await everything(store, edges), await all_versions(store)
    assert before[0] == sorted(edges)
    await store.rebuild(ORG, given(random.Random(seed).sample(edges, len(edges))))
    assert (await everything(store, edges), await all_versions(store)) == before


async def test_a_rebuild_forgets_what_the_truth_does_not_know_and_takes_older_versions(store):
    await store.apply([edge("1", version=9), edge("2", version=9), Gone(ORG, "3", 9), Gone(ORG, "4", 9)])
    await store.apply([edge("1", org=OTHER)])
    await store.rebuild(ORG, given([edge("1", "a", "c", version=2), edge("3", version=2)]))
    assert await all_versions(store) == {"1": 2, "3": 2}  # as from a backup of the truth
    assert await found(store, "a") == ["1", "3"]
    assert await store.apply([edge("4", version=9), edge("1", version=3)]) == 1  # what was gone stays gone
    assert await all_versions(store) == {"1": 3, "3": 2}
    assert await all_versions(store, OTHER) == {"1": 1}


async def test_what_is_applied_during_a_rebuild_is_seen_at_once_and_stays(store):
    edges = [edge(f"{number:05}", "hub", f"n{number}") for number in range(50)]
    await store.apply([edge("old"), *edges[:10]])
    seen = []

    async def slowly():
        for number, one in enumerate(edges):
            if number == 20:
                await store.apply([edge("new"), Gone(ORG, edges[5].id, 2), Gone(ORG, edges[40].id, 2)])
                await store.apply([edges[6]._replace(version=3), edges[41]._replace(version=3)])
                seen.append(await all_versions(store))
            yield one

    await store.rebuild(ORG, slowly())
    late = {"new": 1, edges[6].id: 3, edges[41].id: 3}
    without = {edges[5].id, edges[40].id}
    assert seen == [{"old": 1} | {one.id: 1 for one in edges[:10] if one.id not in without} | late]
    assert await all_versions(store) == {one.id: 1 for one in edges if one.id not in without} | late


async def test_a_rebuild_that_fails_leaves_the_graph_as_it_was(store):
    await store.apply([edge("1")])

    async def broken():
        yield edge("2")
        raise RuntimeError("the truth went away")

    with pytest.raises(RuntimeError, match="went away"):
        await store.rebuild(ORG, broken())
    with pytest.raises(ValueError, match="another organisation"):
        await store.rebuild(ORG, given([edge("2"), edge("3", org=OTHER)]))
    task = asyncio.create_task(store.rebuild(ORG, forever()))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await all_versions(store) == {"1": 1}
    await store.rebuild(ORG, given([edge("2")]))
    assert await all_versions(store) == {"2": 1}


async def forever():
    yield edge("2")
    await asyncio.Event().wait()


async def test_who_looks_during_rebuilds_sees_one_whole_graph(store):
    edges = [edge(f"{number:05}", "hub", f"n{number % 90}") for number in range(600)]
    await store.apply(edges)
    seen, over = set(), False

    async def looking():
        while not over:
            page = (await store.expand(["hub"], ALL)).edges
            assert [one.id for one in page] == [one.id for one in edges]
            (version,) = {one.version for one in page}
            seen.add(version)
            await asyncio.sleep(0)

    lookers = [asyncio.create_task(looking()) for _ in range(2)]
    for version in range(2, 8):
        await store.rebuild(ORG, given([one._replace(version=version) for one in edges]))
    over = True
    await asyncio.gather(*lookers)
    assert len(seen) > 2


async def test_a_rebuild_that_was_given_up_at_any_moment_is_no_obstacle(store):
    for turns in range(12):
        task = asyncio.create_task(store.rebuild(ORG, given([edge("1", version=turns)])))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await store.rebuild(ORG, given([edge("2")]))
    assert await all_versions(store) == {"2": 1}


async def test_versions_find_every_difference_from_the_truth(store):
    chance, edges = random.Random(5), world(5, 60, 200)
    truth = {one.id: one.version for one in edges}
    missing, older, extra, revived = (chance.sample(edges, 20)[at : at + 5] for at in (0, 5, 10, 15))
    planted = [one for one in edges if one not in missing]
    planted = [one._replace(version=one.version - 1) if one in older else one for one in planted]
    await store.rebuild(ORG, given([*planted, *(one._replace(id=f"extra{one.id}") for one in extra)]))
    await store.apply([Gone(ORG, one.id, one.version + 1) for one in revived])
    differing = truth.items() ^ (await all_versions(store)).items()
    wrong = {*missing, *older, *revived}
    assert {id_ for id_, _ in differing} == {one.id for one in wrong} | {f"extra{one.id}" for one in extra}


@pytest.mark.parametrize("seed", range(3))
async def test_what_is_in_sight_is_what_a_look_at_every_edge_finds(store, seed):
    edges = world(seed)
    await store.apply(edges)
    for sight in sights(seed, edges, 20, max_degree=None):
        seen = in_sight(edges, sight)
        assert (await store.expand(names(edges), sight)).edges == seen
        assert await store.degree(names(edges), sight) == degrees(seen)
        for node in names(edges)[::7]:
            assert (await store.expand([node], sight)).edges == [
                one for one in seen if node in (one.source, one.target)
            ]


@pytest.mark.parametrize("seed", range(3))
async def test_of_hubs_only_the_edges_to_others_that_are_asked_for(store, seed):
    edges = world(seed)
    await store.apply(edges)
    for sight in sights(seed, edges, 20, max_degree=6):
        counts = {node: sum(by_type.values()) for node, by_type in degrees(in_sight(edges, sight)).items()}
        asked = random.Random(seed).sample(names(edges), 25)
        hubs = {node for node in asked if counts.get(node, 0) > 6}
        level = await store.expand(asked, sight)
        assert level.hubs == hubs
        walked = set(asked) - hubs
        towards = set(random.Random(seed).sample(names(edges), 20))
        assert (await store.expand(asked, sight, towards)).edges == [
            one
            for one in level.edges
            if (one.source in walked and one.target in towards) or (one.target in walked and one.source in towards)
        ]
        assert await store.expand(asked, sight, ()) == Level([], hubs)
        assert level.edges == [one for one in in_sight(edges, sight) if walked & {one.source, one.target}]
        assert await store.degree(sorted(hubs), sight) == {
            node: by_type for node, by_type in degrees(in_sight(edges, sight)).items() if node in hubs
        }


async def test_a_hub_is_what_has_more_than_the_sight_allows(store):
    await store.apply([edge(str(number), "hub", f"n{number}") for number in range(5)])
    assert (await store.expand(["hub"], replace(ALL, max_degree=5))).hubs == frozenset()
    assert await store.expand(["hub"], replace(ALL, max_degree=4)) == Level([], frozenset({"hub"}))
    assert (await store.expand(["hub"], replace(ALL, max_degree=4, hidden=frozenset({"n0"})))).hubs == frozenset()
    assert await found(store, "hub", "n3", max_degree=4) == ["3"]


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [(0, 3, (0, 1, 2)), (None, 3, (-1, 0, 1, 2)), (0, None, (0, 1, 2, 3, 4)), (None, None, range(-1, 5)), (2, 2, ())],
)
async def test_from_the_first_day_to_the_one_before_the_end(store, start, end, days):
    first, last = (None if day is None else DAY + timedelta(days=day) for day in (start, end))
    await store.apply([edge("1", start=first, end=last)])
    assert [day for day in range(-1, 5) if await found(store, "a", on=DAY + timedelta(days=day))] == list(days)
    assert await found(store, "a") == ["1"]


async def test_nothing_of_another_organisation_shows_also_after_equal_ids(store):
    own, others = world(1, 30, 60), world(2, 30, 60, org=OTHER)
    shared = [one._replace(org=OTHER, source=one.target, target="theirs", type="secret") for one in own[:20]]
    for batch in (own, others, shared):
        await store.apply(batch)
    asked = [*names(own), *names(others), "theirs"]
    assert (await store.expand(asked, ALL)).edges == sorted(own)
    assert await store.degree(asked, ALL) == degrees(own)
    assert await store.expand(["theirs"], ALL) == Level([], frozenset())
    await store.apply([Gone(OTHER, one.id, 99) for one in shared])
    await store.rebuild(OTHER, given(others))
    assert (await store.expand(asked, ALL)).edges == sorted(own)
    assert await all_versions(store) == {one.id: one.version for one in own}


async def test_names_are_data(store):
    odd = ["", "'", '"; drop table edges; --', "%", "\\", "a\nb", "😀", "{other}", "x" * 5_000]
    edges = [edge(f"{number}{one}", one, "b", type=one or "-") for number, one in enumerate(odd)]
    await store.apply(edges)
    assert (await store.expand(odd, ALL)).edges == sorted(edges)
    for one in odd:
        assert len(await found(store, one, types=frozenset({one or "-"}))) == 1
        assert await found(store, one, hidden=frozenset({one})) == []
    assert await found(store, "b", types=frozenset()) == await found(store, "b", visible=frozenset()) == []


@pytest.mark.parametrize("name", NAMES)
async def test_a_graph_that_is_not_open(name, tmp_path):
    store = driver(name, tmp_path / "graph")
    await store.close()
    with pytest.raises(StoreBroken):
        await store.expand(["a"], Sight(ORG))
    with pytest.raises(StoreBroken):
        await store.apply([edge("1")])
    await store.open()
    await store.open()
    await store.check()
    await store.close()
    await store.close()
    with pytest.raises(StoreBroken):
        await store.check()
