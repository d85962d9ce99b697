"""What a password has to be, and what names have in common."""

import pytest

from looma.platform.errors import Invalid
from looma.services.auth.passwords import COMMON, LETTERS, checked, generated, hashable, username_key

GOOD = [
    "ein langes Wort",
    "密码密码密码密码",
    "x" * 7 + "y",
    "x" * 200,
    "        1",
    "🔑🔑🔑🔑🔑🔑🔑🔑",
    "berta123",
    "ﷺ" * 200,
]
BAD = {
    "": "string_too_short",
    "1234567": "string_too_short",
    "密码密码密码密": "string_too_short",
    "①②③": "string_too_short",
    "x" * 201: "string_too_long",
    "ein langes\x00Wort": "characters",
    "ein langes \ud800 Wort": "characters",
    "password": "password_common",
    "PassWord": "password_common",
    "ｐａｓｓｗｏｒｄ": "password_common",
    "12345678": "password_common",
    "１２３４５６７８": "password_common",
    "Administrator": "password_common",
    "berta.b@looma.example": "password_is_username",
    "Berta.B@LOOMA.example": "password_is_username",
    "ｂｅｒｔａ.b@looma.example": "password_is_username",
}


@pytest.mark.parametrize("password", GOOD)
def test_good_passwords(password):
    assert checked(password, "berta", "new") == hashable(password)


@pytest.mark.parametrize(("password", "problem"), BAD.items(), ids=range(len(BAD)))
def test_bad_passwords(password, problem):
    with pytest.raises(Invalid) as told:
        checked(password, "berta.b@looma.example", "new")
    assert [(p["problem"], p["field"]) for p in told.value.details["problems"]] == [(problem, "new")]
    assert not {password, hashable(password)} & {*map(str, told.value.details["problems"][0].values())}


def test_what_no_password_can_be_is_not_hashed():
    assert hashable("x" * 201) is None
    assert hashable("\x00") is None
    assert hashable("\udfff") is None
    assert hashable("") == ""


def test_one_sign_typed_in_two_ways_is_one():
    assert hashable("passe\u0301") == hashable("passé")
    assert hashable("ＡＢＣ") == "ABC"
    assert hashable("Abc") != hashable("abc")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Berta", "bERTA", True),
        ("ｂｅｒｔａ", "berta", True),
        ("straße", "STRASSE", True),
        ("İ", "i̇", True),
        ("小明", "小明", True),
        ("小明", "小民", False),
        ("berta", "berta2", False),
        ("berta", "berta ", False),
    ],
)
def test_names_are_compared_without_case(one, other, same):
    assert (username_key(one) == username_key(other)) is same


def test_the_key_of_a_key_is_the_key():
    for name in ("Straße", "ſ", "İ", "ﬁ", "Ω", "小明"):
        assert username_key(username_key(name)) == username_key(name)


def test_generated_passwords():
    several = {generated() for _ in range(200)}
    assert len(several) == 200
    assert {len(one) for one in several} == {20}
    assert set("".join(several)) == set(LETTERS)
    assert all(checked(one, "admin", "password") for one in several)


def test_common_passwords_could_be_chosen_otherwise():
    assert all(8 <= len(one) <= 200 and one == one.casefold() for one in COMMON)
