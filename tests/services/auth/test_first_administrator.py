"""The first administrator: made once, by one, told once, and for services alone to ask for."""

import asyncio

import pytest
from sqlalchemy import select

from looma.contracts.auth import NewPassword, PasswordReset, UserChange, UserNotFound, WrongCredentials
from looma.platform import context
from looma.platform.context import LOCAL_ORG, LOCAL_OWNER
from looma.platform.errors import Forbidden, Invalid, Unauthenticated
from looma.platform.settings import SignInSettings
from looma.services.auth.passwords import LETTERS
from looma.services.auth.tables import ORGANIZATIONS, USERS

from .conftest import PASSWORD, SERVICE, opened


async def rows(house, table):
    return await house.platform.data.sql.fetch_all(select(table))


async def test_a_new_installation_has_one_owner(house):
    with context.acting(SERVICE):
        made = await house.auth.first_administrator()
    assert (made.username, made.created) == ("admin", True)
    told = made.password.get_secret_value()
    assert len(told) == 20
    assert set(told) <= set(LETTERS)
    assert not set("0O1lI") & set(LETTERS)
    signed_in = await house.login(password=told)
    assert (signed_in.user.username, signed_in.user.org, signed_in.user.roles) == ("admin", LOCAL_ORG, ["owner"])
    assert [row["id"] for row in await rows(house, ORGANIZATIONS)] == [LOCAL_ORG]


async def test_later_calls_change_nothing(house):
    with context.acting(SERVICE):
        first = await house.auth.first_administrator()
        before = await rows(house, USERS)
        again = await house.auth.first_administrator()
    assert (again.username, again.created, again.password) == ("admin", False, None)
    assert await rows(house, USERS) == before
    await house.login(password=first.password)


async def test_two_at_once_make_one(house):
    with context.acting(SERVICE):
        both = await asyncio.gather(*(house.auth.first_administrator() for _ in range(2)))
    assert sorted(made.created for made in both) == [False, True]
    assert len(await rows(house, USERS)) == len(await rows(house, ORGANIZATIONS)) == 1
    (told,) = [made.password for made in both if made.password is not None]
    await house.login(password=told)


@pytest.mark.parametrize("way", ["together", "apart"])
async def test_the_settings_choose_the_password(settings, way):
    chosen = settings.model_copy(update={"sign_in": SignInSettings(LOOMA_ADMIN_PASSWORD=PASSWORD)})
    async with opened(chosen, way) as house:
        with context.acting(SERVICE):
            made = await house.auth.first_administrator()
        assert (made.created, made.password) == (True, None)
        await house.login(password=PASSWORD)
    other = settings.model_copy(update={"sign_in": SignInSettings(LOOMA_ADMIN_PASSWORD="another " + PASSWORD)})
    async with opened(other, way) as house:  # a start later, with another setting
        with context.acting(SERVICE):
            assert (await house.auth.first_administrator()).created is False
        await house.login(password=PASSWORD)


async def test_a_password_that_is_guessed_first_is_refused(settings):
    chosen = settings.model_copy(update={"sign_in": SignInSettings(LOOMA_ADMIN_PASSWORD="Password123")})
    async with opened(chosen, "together") as house:
        with context.acting(SERVICE), pytest.raises(Invalid) as told:
            await house.auth.first_administrator()
        assert "LOOMA_ADMIN_PASSWORD" in str(told.value)
        assert "Password123" not in str(told.value)
        assert await rows(house, USERS) == await rows(house, ORGANIZATIONS) == []


async def test_the_name_told_later_is_that_of_an_owner_who_may_come_in(house, admin):
    other = await house.hired("berta", "owner")
    await house.auth.change_user(admin.user, UserChange(disabled=True))
    with context.acting(SERVICE):
        assert (await house.auth.first_administrator()).username == "berta"
    assert other.roles == ["owner"]


NOBODYS = {
    "nobody": None,
    "an owner": LOCAL_OWNER,
    "an owner who says so": context.Caller(org=LOCAL_ORG, user="x", roles=frozenset({"owner"}), scopes=SERVICE.scopes),
    "an agent": context.Caller(org=LOCAL_ORG, user="x", scopes=SERVICE.scopes, kind="agent"),
    "a service without the scope": context.Caller(org=LOCAL_ORG, user="x", roles=frozenset({"owner"}), kind="service"),
}


@pytest.mark.parametrize("who", NOBODYS.values(), ids=NOBODYS)
async def test_only_services_look_after_the_installation(house, who):
    refusal = Unauthenticated if who is None else Forbidden
    with context.acting(who):
        with pytest.raises(refusal):
            await house.auth.first_administrator()
        with pytest.raises(refusal):
            await house.auth.reset_password(PasswordReset(username="admin"))
    assert await rows(house, USERS) == []


async def test_an_operator_resets_a_password(house, admin):
    with context.acting(SERVICE):
        reset = await house.auth.reset_password(PasswordReset(username="ADMIN"))
        assert reset.username == "admin"
        await house.login(password=reset.password)
        chosen = await house.auth.reset_password(PasswordReset(username="admin", password=PASSWORD))
        assert chosen.password is None
    await house.login(password=PASSWORD)
    with pytest.raises(WrongCredentials):
        await house.login(password=reset.password)


async def test_an_operator_resets_only_what_is_there(house, admin):
    with context.acting(SERVICE):
        for name in ("nobody", "", "\x00", "x" * 64, admin.user):
            with pytest.raises(UserNotFound):
                await house.auth.reset_password(PasswordReset(username=name))
        with pytest.raises(Invalid):
            await house.auth.reset_password(PasswordReset(username="admin", password="short"))


async def test_a_reset_forgives_failures(house, admin):
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            await house.login(password="wrong")
    with context.acting(SERVICE):
        reset = await house.auth.reset_password(PasswordReset(username="admin"))
    assert (await house.login(password=reset.password)).user.id == admin.user


async def test_a_reset_lets_in_nobody_who_is_kept_out(house, admin):
    berta = await house.hired("berta", "viewer")
    await house.auth.change_user(berta.id, UserChange(disabled=True))
    await house.auth.set_password(berta.id, NewPassword(password=PASSWORD))
    with pytest.raises(WrongCredentials):
        await house.login("berta")
