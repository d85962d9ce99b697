"""Users: what the owner of an organisation keeps of them, and what nobody else can see or do."""

import asyncio

import pytest
from pydantic import ValidationError

from looma.contracts.auth import (
    LastOwner,
    NewPassword,
    NewUser,
    Role,
    TooManyAttempts,
    UserChange,
    UsernameTaken,
    UserNotFound,
    UserVersionConflict,
    WrongCredentials,
)
from looma.platform import context, policy
from looma.platform.context import Caller
from looma.platform.errors import Forbidden, Invalid, Unauthenticated

from .conftest import PASSWORD, STRANGER, caller_of


async def test_a_user_lives(house, admin):
    made = await house.auth.create_user(
        NewUser(username="Berta", password=PASSWORD, display_name="贝塔 B.", roles=["viewer", "recruiter", "viewer"])
    )
    assert (made.username, made.display_name, made.roles) == ("Berta", "贝塔 B.", ["recruiter", "viewer"])
    assert (made.org, made.disabled, made.version, made.password) == (admin.org, False, 1, None)
    house.clock.move(60)
    changed = await house.auth.change_user(made.id, UserChange(display_name=None, roles=["viewer"]))
    assert (changed.display_name, changed.roles, changed.version) == (None, ["viewer"], 2)
    assert (changed.created_at, changed.updated_at) == (made.created_at, house.clock.now)
    assert await house.auth.get_user(made.id) == changed
    await house.auth.change_user(made.id, UserChange(disabled=True))
    with pytest.raises(WrongCredentials):
        await house.login("berta")
    await house.auth.change_user(made.id, UserChange(disabled=False))
    assert (await house.login("berta")).user.roles == ["viewer"]


async def test_a_change_that_changes_nothing_is_none(house, admin):
    berta = await house.hired("berta", "viewer", "recruiter")
    for change in (UserChange(), UserChange(disabled=False), UserChange(roles=["viewer", "recruiter"])):
        assert (await house.auth.change_user(berta.id, change)).version == 1


async def test_a_password_is_generated_and_told_once(house, admin):
    made = await house.auth.create_user(NewUser(username="berta"))
    assert made.roles == ["viewer"]
    await house.login("berta", made.password)
    again = await house.auth.set_password(made.id, NewPassword())
    assert again.password != made.password
    await house.login("berta", again.password)
    with pytest.raises(WrongCredentials):
        await house.login("berta", made.password)
    assert (await house.auth.set_password(made.id, NewPassword(password=PASSWORD))).password is None
    await house.login("berta")
    assert (await house.auth.get_user(made.id)).version == 3
    assert "password" not in (await house.auth.get_user(made.id)).model_dump()


async def test_a_new_password_forgives_failures(house, admin):
    berta = await house.hired("berta", "viewer")
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            await house.login("berta", "wrong")
    with pytest.raises(TooManyAttempts):
        await house.login("berta")
    await house.auth.set_password(berta.id, NewPassword(password=PASSWORD))
    await house.login("berta")


@pytest.mark.parametrize("name", ["berta", "BERTA", "ｂｅｒｔａ"])
async def test_a_name_is_taken_once_in_the_whole_installation(house, admin, name):
    await house.hired("Berta", "viewer")
    for who in (admin, STRANGER):
        with context.acting(who), pytest.raises(UsernameTaken) as told:
            await house.hired(name, "viewer")
        assert told.value.details == {"username": name}
    assert len((await house.auth.list_users()).items) == 2


async def test_of_several_at_once_one_gets_the_name(house, admin):
    answers = await asyncio.gather(*(house.hired("berta", "viewer") for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(answer, UsernameTaken) for answer in answers) == 4


GOOD_NAMES = ["a", "berta", "berta.b@looma.example", "a+b-c_d", "小明", "Ömer", "x" * 64, "0"]
BAD_NAMES = [
    "", " ", "berta b", "x" * 65, "a/b", "a\n", "\nberta", "a\x00", "<b>", "a,b", "a\u200db", "a\u200cb", "a\u0301",
    "🔑", "'", "%", "a\u202eb",
]  # fmt: skip


async def test_names_that_are_taken(house, admin):
    for name in GOOD_NAMES:
        assert (await house.hired(name, "viewer")).username == name
        assert (await house.login(name)).user.username == name


@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_that_are_refused(name):
    with pytest.raises(ValidationError):
        NewUser(username=name)


@pytest.mark.parametrize(
    "wrong",
    [
        {"roles": []},
        {"roles": ["root"]},
        {"roles": "owner"},
        {"roles": ["*"]},
        {"roles": ["viewer"] * 4},
        {"display_name": ""},
        {"display_name": "   "},
        {"display_name": "x" * 201},
        {"password": 12345678},
        {"password": ["a long password"]},
        {"org": "elsewhere"},
        {"id": "1"},
    ],
)
def test_users_that_are_refused(wrong):
    with pytest.raises(ValidationError):
        NewUser.model_validate({"username": "berta"} | wrong)


async def test_what_cannot_be_stored_is_refused(house, admin):
    berta = await house.hired("berta", "viewer")
    with pytest.raises(Invalid):
        await house.auth.create_user(NewUser(username="carla", display_name="a\x00b"))
    for change in (UserChange(display_name="a\x00b"), UserChange(roles=None), UserChange(disabled=None)):
        with pytest.raises(Invalid):
            await house.auth.change_user(berta.id, change)
    assert [user.username for user in (await house.auth.list_users()).items] == ["berta", "admin"]


async def test_passwords_are_looked_at(house, admin):
    berta = await house.hired("berta", "viewer")
    for bad in ("", "short", "password1", "x" * 201):
        with pytest.raises(Invalid):
            await house.auth.create_user(NewUser(username="carla", password=bad))
        with pytest.raises(Invalid):
            await house.auth.set_password(berta.id, NewPassword(password=bad))
    with pytest.raises(Invalid):
        await house.auth.create_user(NewUser(username="carla.carlson", password="Carla.Carlson"))
    await house.login("berta")


async def test_versions(house, admin):
    berta = await house.hired("berta", "viewer")
    with context.acting(admin, if_match=1):
        await house.auth.change_user(berta.id, UserChange(display_name="B."))
    with context.acting(admin, if_match=1):
        with pytest.raises(UserVersionConflict) as told:
            await house.auth.change_user(berta.id, UserChange(display_name="C."))
        assert told.value.details == {"expected": 1, "found": 2}
        with pytest.raises(UserVersionConflict):
            await house.auth.set_password(berta.id, NewPassword(password="another " + PASSWORD))
    assert (await house.auth.get_user(berta.id)).display_name == "B."
    await house.login("berta")


async def test_pages(house, admin):
    names = [f"user{n}" for n in range(5)]
    for name in names:
        await house.hired(name, "viewer")
    first = await house.auth.list_users(limit=4)
    await house.hired("late", "viewer")
    second = await house.auth.list_users(cursor=first.next_cursor, limit=4)
    assert [user.username for user in (*first.items, *second.items)] == [*reversed(names), "admin"]
    assert second.next_cursor is None
    assert (await house.auth.list_users(limit=7)).next_cursor is None


async def test_cursors_of_somebody_else(house, admin):
    for cursor in ("", "x", "\x00", "0" * 32, "' or 1=1", admin.user.upper()):
        with pytest.raises(Invalid):
            await house.auth.list_users(cursor=cursor)


# -- the last owner ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [UserChange(disabled=True), UserChange(roles=["recruiter"])])
async def test_the_last_owner_stays_one(house, admin, change):
    berta = await house.hired("berta", "owner")
    await house.auth.change_user(berta.id, UserChange(disabled=True))  # an owner who may not come in is no help
    with context.acting(STRANGER):
        await house.hired("otto", "owner")  # nor is one of another organisation
    with pytest.raises(LastOwner) as told:
        await house.auth.change_user(admin.user, change)
    assert told.value.status == 409
    await house.auth.change_user(berta.id, UserChange(disabled=False))
    await house.auth.change_user(admin.user, change)
    with pytest.raises(LastOwner):
        await house.auth.change_user(berta.id, change)


async def test_the_last_owner_may_be_more_and_change_otherwise(house, admin):
    changed = await house.auth.change_user(admin.user, UserChange(roles=["owner", "viewer"], display_name="A."))
    assert changed.roles == ["owner", "viewer"]
    assert (await house.auth.change_user(admin.user, UserChange(roles=["owner"]))).version == 3


async def test_two_owners_who_end_each_other_at_once(house, admin):
    berta = await house.hired("berta", "owner")
    with context.acting(caller_of(berta)):
        one = asyncio.create_task(house.auth.change_user(admin.user, UserChange(disabled=True)))
    other = asyncio.create_task(house.auth.change_user(berta.id, UserChange(roles=["viewer"])))
    answers = await asyncio.gather(one, other, return_exceptions=True)
    assert sum(isinstance(answer, LastOwner) for answer in answers) == 1


# -- who may ----------------------------------------------------------------------------------------------------------


def asked(auth, user_id):
    return {
        "get_user": lambda: auth.get_user(user_id),
        "change_user": lambda: auth.change_user(user_id, UserChange(disabled=True)),
        "set_password": lambda: auth.set_password(user_id, NewPassword(password="another " + PASSWORD)),
    }


async def test_users_of_another_organisation_are_not_there(house, admin):
    berta = await house.hired("berta", "viewer")
    with context.acting(STRANGER):
        otto = await house.hired("otto", "owner")
        assert otto.org == "elsewhere"
        assert [user.username for user in (await house.auth.list_users()).items] == ["otto"]
        for ask in asked(house.auth, berta.id).values():
            with pytest.raises(UserNotFound):
                await ask()
        assert (await house.auth.list_users(cursor=berta.id)).items == []
    for ask in asked(house.auth, otto.id).values():
        with pytest.raises(UserNotFound):
            await ask()
    assert [user.username for user in (await house.auth.list_users()).items] == ["berta", "admin"]
    signed_in = [(await house.login(name)).user for name in ("berta", "otto")]
    assert [user.org for user in signed_in] == ["local", "elsewhere"]
    assert (await house.auth.get_user(berta.id)).version == 1


async def test_ids_that_nobody_has(house, admin):
    for user_id in ("x", "..", "%", "a b", "a\x00b", "用户", "x" * 5000, "01a210b4-a74b-7000-ad5a-a95eb51a3ece"):
        for ask in asked(house.auth, user_id).values():
            with pytest.raises(UserNotFound):
                await ask()


@pytest.mark.parametrize("role", ["recruiter", "viewer"])
async def test_only_owners_look_after_users(house, admin, role):
    berta = await house.hired("berta", role)
    everything = {
        **asked(house.auth, admin.user),
        "list_users": house.auth.list_users,
        "create_user": lambda: house.auth.create_user(NewUser(username="carla")),
    }
    with context.acting(caller_of(berta)):
        assert (await house.auth.me()).username == "berta"
        for ask in everything.values():
            with pytest.raises(Forbidden):
                await ask()
    with context.acting(None):
        for ask in everything.values():
            with pytest.raises(Unauthenticated):
                await ask()


def test_roles_are_those_of_the_policy():
    assert set(Role.__args__) == set(policy.ROLE_SCOPES)


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        ("owner", ["crm:write", "auth:write", "search:write", "gateway:write", "anything:at-all"], []),
        (
            "recruiter",
            ["crm:write", "resume:write", "matching:write", "search:write", "gateway:write", "gateway:read"],
            ["auth:read", "auth:write", "*", "anything:at-all"],
        ),
        (
            "viewer",
            ["crm:read", "resume:read", "matching:read", "search:read", "gateway:read"],
            ["crm:write", "resume:write", "matching:write", "search:write", "gateway:write", "auth:read"],
        ),
        ("nobody", [], ["crm:read", "auth:read"]),
    ],
)
def test_what_roles_may_do(role, may, may_not):
    caller = Caller(org="local", user="x", roles=frozenset({role}))
    assert all(policy.permits(caller, scope) for scope in may)
    assert not any(policy.permits(caller, scope) for scope in [*may_not, "system:maintain", "system:"])


def test_the_installation_is_for_scopes_of_ones_own():
    service = Caller(org="local", user="x", kind="service", scopes=frozenset({"system:maintain"}))
    assert policy.permits(service, "system:maintain")
    assert not policy.permits(service, "system:other")
    assert not policy.permits(Caller(org="local", user="x", scopes=frozenset({"*"})), "system:maintain")
