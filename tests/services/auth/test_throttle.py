"""Failures make one wait, longer each time and never long; nobody can keep the house shut, or fill its memory."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from looma.contracts.auth import PasswordChange, TooManyAttempts, WrongCredentials, WrongPassword
from looma.platform import context
from looma.services.auth.throttle import NAMES, WITH_A_NAME, WITH_EVERYBODY, Throttle

from .conftest import PASSWORD, caller_of


class Clock:
    def __init__(self):
        self.now = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def move(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def throttle(clock):
    return Throttle(clock)


def wait(throttle, name):
    """How long the name has to wait."""
    try:
        throttle.admit(name)
    except TooManyAttempts as told:
        return told.details["retry_after_s"]
    return 0


def fail(throttle, name, times=1):
    for _ in range(times):
        throttle.failed(name)


# -- the rule ---------------------------------------------------------------------------------------------------------


def test_five_failures_make_a_name_wait(throttle):
    fail(throttle, "berta", 4)
    assert wait(throttle, "berta") == 0
    fail(throttle, "berta")
    assert wait(throttle, "berta") == 5
    assert wait(throttle, "carla") == 0


def test_waits_grow_and_end(throttle, clock):
    fail(throttle, "berta", 5)
    waits = []
    for _ in range(6):
        waits.append(wait(throttle, "berta"))
        clock.move(waits[-1] - 0.5)
        assert wait(throttle, "berta") == 1
        clock.move(0.5)
        assert wait(throttle, "berta") == 0
        fail(throttle, "berta")
    assert waits == [5, 10, 20, 30, 30, 30]


def test_failures_of_long_ago_count_no_more(throttle, clock):
    fail(throttle, "berta", 9)
    clock.move(300)
    fail(throttle, "berta", 4)
    assert wait(throttle, "berta") == 0
    fail(throttle, "berta")
    assert wait(throttle, "berta") == 5


def test_slow_failures_are_taken(throttle, clock):
    for _ in range(20):
        fail(throttle, "berta")
        assert wait(throttle, "berta") == 0
        clock.move(75)


def test_a_success_forgives(throttle):
    fail(throttle, "berta", 4)
    throttle.succeeded("berta")
    fail(throttle, "berta", 4)
    assert wait(throttle, "berta") == 0


def test_asking_while_waiting_makes_no_wait_longer(throttle, clock):
    fail(throttle, "berta", 5)
    for _ in range(100):
        wait(throttle, "berta")
    clock.move(5)
    assert wait(throttle, "berta") == 0


def test_a_clock_that_is_set_back_keeps_nobody_out(throttle, clock):
    fail(throttle, "berta", 5)
    clock.move(-3600)
    assert wait(throttle, "berta") == 0


def test_many_names_once_each_make_everybody_wait_a_little(throttle, clock):
    for n in range(99):
        fail(throttle, f"name {n}")
    assert wait(throttle, "carla") == 0
    fail(throttle, "name 99")
    assert wait(throttle, "carla") == 1
    for _ in range(10):
        clock.move(5)
        fail(throttle, "another")
    assert wait(throttle, "carla") == 5
    clock.move(5)
    assert wait(throttle, "carla") == 0


def test_whoever_has_signed_in_is_not_kept_out_by_strangers(throttle):
    throttle.succeeded("berta")
    for n in range(1000):
        fail(throttle, f"name {n}")
    assert wait(throttle, "berta") == 0
    assert wait(throttle, "carla") > 0
    fail(throttle, "berta", 5)  # guesses at this very name still count
    assert wait(throttle, "berta") == 5


def test_nobody_is_kept_out_for_long():
    assert WITH_A_NAME.longest_wait_s <= 30
    assert WITH_EVERYBODY.longest_wait_s <= 5


def test_memory_is_bounded(clock):
    throttle = Throttle(clock, names=50)
    fail(throttle, "berta", 5)
    for n in range(500):
        fail(throttle, f"name {n}")
        throttle.succeeded(f"friend {n}")
        if n % 20 == 0:
            fail(throttle, "berta")  # what is used is not forgotten
    assert len(throttle) == 50
    assert wait(throttle, "berta") > 0
    assert NAMES == 10_000


def test_the_failures_of_a_name_are_bounded(throttle):
    fail(throttle, "berta", 100_000)
    assert len(throttle._of_name["berta"].at) <= 5
    assert len(throttle._of_everybody.at) <= 100


# -- the sign-in that stands on it ------------------------------------------------------------------------------------


async def failures(house, name, times=5):
    for _ in range(times):
        with pytest.raises(WrongCredentials):
            await house.login(name, "wrong")


async def test_the_right_password_has_to_wait_too(house, admin):
    await house.hired("berta", "viewer")
    await failures(house, "Berta")
    for name in ("berta", "BERTA", "ｂｅｒｔａ"):
        with pytest.raises(TooManyAttempts) as told:
            await house.login(name)
        assert (told.value.status, told.value.details) == (429, {"retry_after_s": 5})
    house.clock.move(5)
    assert (await house.login("berta")).user.username == "berta"
    await failures(house, "berta", 4)


async def test_a_name_that_is_nobodys_waits_alike(house, admin):
    await failures(house, "nobody")
    with pytest.raises(TooManyAttempts):
        await house.login("nobody", "wrong")


async def test_guessing_at_once_gives_no_more_guesses(house, admin):
    """All are admitted before the first has failed; from the sixth on they are told nothing."""
    await house.hired("berta", "viewer")
    guesses = [house.login("berta", f"wrong {n}") for n in range(30)] + [house.login("berta") for _ in range(3)]
    answers = await asyncio.gather(*guesses, return_exceptions=True)
    kinds = [type(answer) for answer in answers]
    assert kinds.count(WrongCredentials) in (5, 6)  # two are hashed at a time
    assert kinds.count(TooManyAttempts) == len(kinds) - kinds.count(WrongCredentials)


async def test_guesses_at_ones_own_password_are_counted_apart(house, admin):
    berta = await house.hired("berta", "viewer")
    with context.acting(caller_of(berta)):
        for _ in range(5):
            with pytest.raises(WrongPassword):
                await house.auth.change_password(PasswordChange(current="wrong", new="another " + PASSWORD))
        with pytest.raises(TooManyAttempts):
            await house.auth.change_password(PasswordChange(current=PASSWORD, new="another " + PASSWORD))
    assert (await house.login("berta")).user.id == berta.id
