"""A caller cannot tell a peer in its process from one behind a port."""

import time

import pytest

from looma.platform import context
from looma.platform.catalogue import LANGUAGES
from looma.platform.contract import Upload
from looma.platform.errors import Forbidden, LoomaError, TimedOut, Unauthenticated, Unavailable
from looma.platform.signing import CallerSeal
from looma.platform.wire import Wire

from .conftest import SEAL, toy_edge
from .toy import Thing, ThingChange, ThingNotFound, ToyAPI

OWNER = context.LOCAL_OWNER
VIEWER = context.Caller(org="other", user="vera", roles=frozenset({"viewer"}))


async def test_every_verb_arrives(toys):
    with context.acting(OWNER):
        assert (await toys.read("ä/1 %?号")).id == "ä/1 %?号"
        assert await toys.find(q="推荐 & co", tag=["a", "b"], big=True, limit=3) == ["推荐 & co", "a", "b", "True", "3"]
        assert (await toys.make(Thing(id="1", name="x"))).warnings[0].code == "request.not_found"
        assert (await toys.replace("1", Thing(id="1", name="y"))).name == "y"
        assert (await toys.change("1", ThingChange(name=None))).name == "None ['name']"
        assert (await toys.change("1", ThingChange())).name == "None []"
        assert (await toys.remove("1")).name == "gone"


async def test_several_uploads_and_a_record_in_one_call(toys):
    files = [
        Upload(filename="简历.txt", media_type="text/plain", data=b"ab"),
        Upload(filename="b", media_type="x/y", data=b""),
    ]
    cover = Upload(filename="c", media_type="text/plain", data=b"abc")
    told = await toys.take(files, cover=cover, note=ThingChange(name="看"))
    assert told.sizes == {"简历.txt:text/plain": 2, "b:x/y": 0, "c:text/plain": 3}
    assert told.note == "看"


async def test_the_context_crosses_the_hop(toys):
    trace = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"
    here = context.Context(VIEWER, "req-1", trace, time.monotonic() + 30, "zh-CN", if_match=7, idempotency_key="once")
    with context.entered(here):
        seen = await toys.seen()
    assert (seen.org, seen.user, seen.request_id, seen.language) == ("other", "vera", "req-1", "zh-CN")
    assert (seen.if_match, seen.idempotency_key, seen.has_deadline) == (7, "once", True)
    assert seen.trace is not None
    assert seen.trace[3:35] == "a" * 32


async def test_conditions_are_for_the_operation_that_was_asked_for_alone(toys):
    trace = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"
    here = context.Context(VIEWER, "req-1", trace, time.monotonic() + 30, "zh-CN", if_match=7, idempotency_key="once")
    with context.entered(here):
        inner = await toys.relayed()
        mine = await toys.relayed(key="mine")
        again = await toys.seen()
    assert (inner.org, inner.user, inner.request_id, inner.language) == ("other", "vera", "req-1", "zh-CN")
    assert inner.trace[3:35] == "a" * 32
    assert inner.has_deadline
    assert (inner.if_match, inner.idempotency_key) == (None, None)
    assert (mine.if_match, mine.idempotency_key) == (None, "mine")
    assert (again.if_match, again.idempotency_key) == (7, "once")


async def test_an_error_keeps_its_class_and_details(toys):
    with context.acting(OWNER), pytest.raises(ThingNotFound) as told:
        await toys.read("none")
    assert told.value.details == {"toy_id": "none"}


async def test_scopes_hold_on_both_ways(toys):
    with context.acting(VIEWER):
        assert (await toys.read("1")).id == "1"
        with pytest.raises(Forbidden):
            await toys.make(Thing(id="1", name="x"))
    with pytest.raises(Unauthenticated):
        await toys.read("1")


async def test_a_deadline_ends_the_call(toys):
    with context.acting(OWNER, deadline=time.monotonic() + 0.05), pytest.raises(TimedOut):
        await toys.slow()


async def test_an_unforeseen_failure_is_internal_and_leaks_nothing(toys):
    with context.acting(OWNER), pytest.raises(LoomaError) as told:
        await toys.broken()
    assert told.value.code == "internal"
    assert all("secret" not in told.value.message(language) for language in LANGUAGES)


async def test_a_stream_gives_its_items_then_its_error(toys):
    assert [thing.id async for thing in toys.count(3)] == ["0", "1", "2"]
    assert [thing.id async for thing in toys.count(0)] == []
    failing = toys.count(5, fail_at=2)
    assert [(await anext(failing)).id, (await anext(failing)).id] == ["0", "1"]
    with pytest.raises(ThingNotFound):
        await anext(failing)


async def test_a_stream_may_carry_large_items(toys):
    assert [len(thing.name) async for thing in toys.count(2, size=400_000)] == [400_000, 400_000]


async def test_the_deadline_holds_until_a_stream_begins(toys):
    with context.acting(OWNER, deadline=time.monotonic() + 0.05), pytest.raises(TimedOut):
        await anext(toys.count(0, hold=True))


async def test_a_peer_that_is_gone_is_unavailable():
    async with Wire(SEAL) as wire:
        with pytest.raises(Unavailable):
            await wire.remote(ToyAPI, "http://127.0.0.1:9").seen()


async def test_a_forged_caller_is_refused():
    async with toy_edge() as address, Wire(CallerSeal(b"x" * 32)) as wire:
        with context.acting(OWNER), pytest.raises(Unauthenticated):
            await wire.remote(ToyAPI, address).read("1")
