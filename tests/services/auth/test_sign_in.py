"""Signing in and out, one's own password, and the token that comes of it."""

import asyncio
import logging

import jwt
import pytest
from argon2 import PasswordHasher
from pydantic import SecretStr
from sqlalchemy import select, update

from looma.contracts.auth import (
    Credentials,
    NewPassword,
    NewUser,
    PasswordChange,
    UserChange,
    WrongCredentials,
    WrongPassword,
)
from looma.platform import context
from looma.platform.context import LOCAL_OWNER
from looma.platform.errors import Invalid, Unauthenticated
from looma.platform.stores.errors import StoreFull
from looma.platform.tokens import CLAIMS, PublicKey, Tokens
from looma.services.auth.tables import USERS

from .conftest import CHEAP, PASSWORD, SERVICE, caller_of


def verifier(house):
    async def keys():
        return [PublicKey(key.kid, key.x) for key in (await house.auth.keys()).keys]

    return Tokens(keys, house.clock)


async def hash_of(house, user_id):
    row = await house.platform.data.sql.fetch_one(select(USERS).where(USERS.c.id == user_id))
    return row["password_hash"]


async def test_a_sign_in_is_believed_by_every_service(house, admin):
    await house.hired("berta", "recruiter", "viewer")
    signed_in = await house.login("berta")
    assert (signed_in.token_type, signed_in.expires_in) == ("Bearer", 8 * 3600)
    token = signed_in.access_token.get_secret_value()
    tokens = verifier(house)
    with context.acting(None):
        caller = await tokens.verify(token)
    assert caller == caller_of(signed_in.user)
    assert caller.roles == {"recruiter", "viewer"}
    said = jwt.decode(token, options={"verify_signature": False})
    assert set(said) == set(CLAIMS)
    assert said["exp"] - said["iat"] == 8 * 3600
    header = jwt.get_unverified_header(token)
    assert (header["alg"], header["kid"]) == ("EdDSA", (await house.auth.keys()).keys[0].kid)
    assert len(token) < 1000


async def test_two_sign_ins_have_two_tokens(house, admin):
    await house.hired("berta", "viewer")
    first, second = await house.login("berta"), await house.login("berta")
    assert first.access_token != second.access_token


async def test_nobody_has_to_be_known_to_sign_in(house, admin):
    await house.hired("berta", "viewer")
    with context.acting(None):
        signed_in = await house.login("berta")
        assert (await house.auth.keys()).keys
        await house.auth.logout()
    assert signed_in.user.username == "berta"


async def test_the_last_sign_in_is_remembered_and_is_no_new_version(house, admin):
    berta = await house.hired("berta", "viewer")
    assert berta.last_login_at is None
    house.clock.move(60)
    await house.login("berta")
    seen = await house.auth.get_user(berta.id)
    assert (seen.last_login_at, seen.version, seen.updated_at) == (house.clock.now, 1, berta.updated_at)


async def test_names_are_told_apart_without_case(house, admin):
    await house.hired("Berta", "viewer")
    for name in ("Berta", "BERTA", "ｂｅｒｔａ", "berta"):
        assert (await house.login(name)).user.username == "Berta"


async def test_a_password_may_be_typed_in_several_ways(house, admin):
    await house.auth.create_user(NewUser(username="berta", password="passé composé", roles=["viewer"]))
    await house.login("berta", "passe\u0301 compose\u0301")
    await house.auth.create_user(NewUser(username="小明", password="我的密码很长很长", roles=["viewer"]))
    assert (await house.login("小明", "我的密码很长很长")).user.username == "小明"


WRONG = {
    "another password": ("berta", "another"),
    "another case": ("berta", PASSWORD.upper()),
    "a blank": ("berta", PASSWORD + " "),
    "empty": ("berta", ""),
    "NUL behind": ("berta", PASSWORD + "\x00"),
    "too long": ("berta", PASSWORD + "x" * 100_000),
    "nobody": ("nobody", PASSWORD),
    "no name": ("", PASSWORD),
    "a name with NUL": ("berta\x00", PASSWORD),
    "a name with a wildcard": ("ber%", PASSWORD),
    "SQL": ("' or 1=1 --", PASSWORD),
    "disabled": ("carla", PASSWORD),
}


async def test_every_refusal_is_the_same(house, admin):
    await house.hired("berta", "viewer")
    carla = await house.hired("carla", "viewer")
    await house.auth.change_user(carla.id, UserChange(disabled=True))
    for case, wrong in WRONG.items():
        with pytest.raises(WrongCredentials) as told:
            await house.login(*wrong)
        assert (told.value.status, told.value.details) == (401, {}), case
        house.clock.move(60)


async def test_what_no_wire_can_carry_is_refused_alike(house, admin):
    await house.hired("berta", "viewer")
    with pytest.raises(WrongCredentials):
        await house.service.login(Credentials(username="berta", password=PASSWORD + "\ud800"))


async def test_every_refusal_costs_the_same(house, admin, monkeypatch):
    """Not measured in time, which nothing here may depend on, but in what Argon2 is asked to do."""
    berta = await house.hired("berta", "viewer")
    asked = []
    real = PasswordHasher.verify

    def verify(self, known, password):
        asked.append((known.split("$")[1:4], len(known)))
        return real(self, known, password)

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    for wrong in (("berta", "another"), ("nobody", PASSWORD), ("berta", "x" * 1000)):
        with pytest.raises(WrongCredentials):
            await house.login(*wrong)
    assert asked == [(["argon2id", "v=19", f"m={CHEAP},t=2,p=1"], len(await hash_of(house, berta.id)))] * 3


async def test_me_is_the_user_as_they_are_now(house, admin):
    berta = await house.hired("berta", "viewer")
    await house.auth.change_user(berta.id, UserChange(display_name="Berta B.", roles=["recruiter"]))
    with context.acting(caller_of(berta)):
        me = await house.auth.me()
    assert (me.id, me.display_name, me.roles) == (berta.id, "Berta B.", ["recruiter"])


async def test_me_is_nobody(house, admin):
    berta = await house.hired("berta", "viewer")
    await house.auth.change_user(berta.id, UserChange(disabled=True))
    elsewhere = context.Caller(org="elsewhere", user=admin.user, roles=admin.roles)
    for nobody in (None, LOCAL_OWNER, SERVICE, caller_of(berta), elsewhere):
        with context.acting(nobody):
            with pytest.raises(Unauthenticated):
                await house.auth.me()
            with pytest.raises(Unauthenticated):
                await house.auth.change_password(PasswordChange(current=PASSWORD, new="another " + PASSWORD))


async def test_ones_own_password(house, admin):
    berta = await house.hired("berta", "viewer")
    with context.acting(caller_of(berta)):
        with pytest.raises(WrongPassword) as told:
            await house.auth.change_password(PasswordChange(current="wrong", new="another " + PASSWORD))
        assert told.value.status == 403
        await house.auth.change_password(PasswordChange(current=PASSWORD, new="another " + PASSWORD))
    with pytest.raises(WrongCredentials):
        await house.login("berta")
    await house.login("berta", "another " + PASSWORD)
    assert (await house.auth.get_user(berta.id)).version == 2


async def test_a_new_password_has_to_be_one(house, admin):
    berta = await house.hired("berta", "viewer")
    with context.acting(caller_of(berta)), pytest.raises(Invalid) as told:
        await house.auth.change_password(PasswordChange(current=PASSWORD, new="short"))
    assert told.value.details["problems"][0]["field"] == "new"
    await house.login("berta")


async def test_a_hash_of_other_times_is_made_anew(house, admin):
    berta = await house.hired("berta", "viewer")
    old = PasswordHasher(1, 32, 1).hash(PASSWORD)

    async def change(tx):
        await tx.execute(update(USERS).where(USERS.c.id == berta.id).values(password_hash=old))

    await house.platform.data.sql.write(change)
    with pytest.raises(WrongCredentials):
        await house.login("berta", "wrong")
    assert await hash_of(house, berta.id) == old
    await house.login("berta")
    new = await hash_of(house, berta.id)
    assert new.startswith(f"$argon2id$v=19$m={CHEAP},t=2,p=1$")
    await house.login("berta")
    assert await hash_of(house, berta.id) == new


async def test_a_damaged_hash_lets_nobody_in(house, admin):
    berta = await house.hired("berta", "viewer")
    for damaged in ("", "x", "$argon2id$", (await hash_of(house, berta.id))[:-9]):

        async def change(tx, damaged=damaged):
            await tx.execute(update(USERS).where(USERS.c.id == berta.id).values(password_hash=damaged))

        await house.platform.data.sql.write(change)
        for password in (PASSWORD, ""):
            with pytest.raises(WrongCredentials):
                await house.login("berta", password)
        house.clock.move(600)


async def test_one_can_sign_in_where_nothing_can_be_written(house, admin, monkeypatch):
    await house.hired("berta", "viewer")

    async def full(_change):
        raise StoreFull(what="no room")

    monkeypatch.setattr(house.platform.data.sql, "write", full)
    assert (await house.login("berta")).user.username == "berta"


async def test_many_sign_in_at_once(house, admin):
    await house.hired("berta", "viewer")
    answers = await asyncio.gather(*(house.login("berta") for _ in range(20)))
    assert len({answer.access_token for answer in answers}) == 20


async def test_no_secret_is_ever_written_down(house, admin, caplog):
    """Neither in logs nor in what errors and records show of themselves."""
    secret = "sehr-geheimes-Wort-0815"
    with caplog.at_level(logging.DEBUG):
        made = await house.auth.create_user(NewUser(username="berta", roles=["viewer"]))
        generated = made.password.get_secret_value()
        signed_in = await house.login("berta", generated)
        shown = [made, signed_in, Credentials(username="berta", password=secret), NewPassword(password=secret)]
        shown.append(NewUser(username="x", password=secret))
        shown.append(PasswordChange(current=secret, new=secret))
        refused = []
        for ask in (
            lambda: house.login("berta", secret),
            lambda: house.login(secret, secret),
            lambda: house.auth.set_password(made.id, NewPassword(password="a" + "\x00" + secret)),
            lambda: house.auth.create_user(NewUser(username=secret, password=secret)),
        ):
            with pytest.raises(Exception) as told:  # noqa: PT011
                await ask()
            refused += [told.value, repr(told.value), getattr(told.value, "details", None)]
        with context.acting(SERVICE):
            await house.auth.first_administrator()
    hashed = await hash_of(house, made.id)
    written = caplog.text + "".join(str(vars(record)) for record in caplog.records)
    written += "".join(f"{one} {one!r}" for one in shown + refused[:9])
    written += "".join(str(one.model_dump()) for one in shown)
    for hidden in (secret, generated, signed_in.access_token.get_secret_value(), hashed):
        assert hidden not in written
    assert "signed in" in written
    assert isinstance(signed_in.access_token, SecretStr)
