"""What every cache promises."""

import pytest

from looma.platform.stores.cache import CacheCounts, open_cache
from looma.platform.stores.cache.memory import MemoryCache


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["memory"])
def cache(request, clock):
    return {"memory": lambda: MemoryCache(max_entries=3, max_bytes=100, monotonic=clock)}[request.param]()


async def test_a_value_is_kept_for_its_time(cache, clock):
    await cache.set("a", b"1", 10)
    clock.now += 9.999
    assert await cache.get("a") == b"1"
    clock.now += 0.001
    assert await cache.get("a") is None
    assert await cache.get("never") is None
    assert cache.counts() == CacheCounts(hits=1, misses=2, evictions=0, entries=0, size_bytes=0)
    await cache.check()


async def test_setting_again_renews_and_deleting_forgets(cache, clock):
    await cache.set("a", b"1", 10)
    clock.now += 8
    await cache.set("a", b"22", 10)
    clock.now += 8
    assert await cache.get("a") == b"22"
    assert cache.counts().size_bytes == 3
    await cache.delete("a")
    await cache.delete("a")
    assert await cache.get("a") is None
    assert cache.counts().size_bytes == 0


@pytest.mark.parametrize("ttl_s", [0, -1, float("nan")])
async def test_no_time_is_no_time(cache, ttl_s):
    await cache.set("a", b"1", 10)
    with pytest.raises(ValueError, match="0 seconds"):
        await cache.set("a", b"2", ttl_s)
    assert await cache.get("a") == b"1"


async def test_the_least_recently_used_is_forgotten_first(cache):
    for key in "abc":
        await cache.set(key, b"1", 10)
    await cache.get("a")
    await cache.set("d", b"1", 10)
    assert [await cache.get(key) for key in "abcd"] == [b"1", None, b"1", b"1"]
    assert cache.counts().evictions == 1


async def test_bytes_are_bounded(cache):
    await cache.set("a", b"x" * 59, 10)
    await cache.set("b", b"x" * 39, 10)
    assert cache.counts().size_bytes == 100
    await cache.set("键", b"", 10)
    assert (await cache.get("a"), await cache.get("键")) == (None, b"")
    await cache.set("b", b"x" * 100, 10)
    assert await cache.get("b") is None
    assert cache.counts().size_bytes == 3


async def test_the_driver_of_an_address():
    opened = open_cache("memory:")
    await opened.set("a", b"1", 60)
    assert await opened.get("a") == b"1"
