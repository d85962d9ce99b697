"""Argon2id: with the parameters that were chosen, two at a time, and no more in line than can be served soon."""

import asyncio
import threading

import pytest
from argon2 import PasswordHasher

from looma.contracts.auth import SignInBusy
from looma.services.auth.hashing import AT_ONCE, LANES, MEMORY_KIB, PASSES, Hashing


class Gate:
    """A hasher that waits to be let on, and counts who is inside."""

    memory_cost, time_cost, parallelism, salt_len, hash_len = 8, 1, 1, 16, 32

    def __init__(self):
        self.open, self._lock = threading.Event(), threading.Lock()
        self.inside = self.most = 0

    def hash(self, password):
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.open.wait(30)
        with self._lock:
            self.inside -= 1
        return password


@pytest.fixture
def hashing():
    made = Hashing(PasswordHasher(PASSES, MEMORY_KIB, LANES))
    yield made
    made.close()


async def test_the_parameters_that_were_chosen(hashing):
    assert (MEMORY_KIB, PASSES, LANES) == (19_456, 2, 1)
    known = await hashing.hashed("a password")
    assert known.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await hashing.fits(known, "a password")
    assert not await hashing.fits(known, "another")
    assert not hashing.outdated(known)
    assert hashing.outdated(PasswordHasher(1, 8, 1).hash("a password"))
    assert known != await hashing.hashed("a password")


async def test_nothing_fits_nobody(hashing):
    known = await hashing.hashed("")
    assert await hashing.fits(known, "")
    assert not await hashing.fits(None, "")
    assert not await hashing.fits(known, None)
    assert not await hashing.fits(None, None)
    assert not await hashing.fits("no hash at all", "")


async def test_two_at_a_time_and_a_bounded_line():
    gate = Gate()
    hashing = Hashing(gate, waiting=3)
    several = [asyncio.create_task(hashing.hashed(str(n))) for n in range(AT_ONCE + 3)]
    await asyncio.sleep(0)
    with pytest.raises(SignInBusy) as told:
        await hashing.hashed("one too many")
    assert (told.value.status, told.value.details) == (503, {"retry_after_s": 2})
    gate.open.set()
    assert await asyncio.gather(*several) == ["0", "1", "2", "3", "4"]
    assert gate.most <= AT_ONCE
    assert await hashing.hashed("room again") == "room again"
    hashing.close()


async def test_whoever_goes_away_leaves_the_line():
    gate = Gate()
    hashing = Hashing(gate, waiting=0)
    several = [asyncio.create_task(hashing.hashed(str(n))) for n in range(AT_ONCE)]
    await asyncio.sleep(0)
    for one in several:
        one.cancel()
    await asyncio.gather(*several, return_exceptions=True)
    later = [asyncio.create_task(hashing.hashed(str(n))) for n in range(AT_ONCE)]
    await asyncio.sleep(0)
    gate.open.set()
    assert await asyncio.gather(*later) == ["0", "1"]
    assert gate.most <= AT_ONCE  # those who went away are still being hashed, and nobody beside them
    hashing.close()


async def test_closing_is_not_for_ever(hashing):
    hashing.close()
    hashing.close()
    assert await hashing.fits(await hashing.hashed("again"), "again")
