"""What a password has to be (NIST SP 800-63B: long enough and not the first guess, no rules about kinds of signs)."""

import secrets
import unicodedata

from .refusals import UNSTORABLE, invalid

SHORTEST, LONGEST = 8, 200
GENERATED = 20
LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Nobody has to tell 0 from O, or 1 from I and l."""
COMMON = frozenset(
    "password password1 password12 password123 passw0rd p@ssw0rd p@ssword 12345678 123456789 1234567890 87654321 "
    "987654321 0987654321 11111111 00000000 66666666 88888888 99999999 11223344 12341234 123123123 112233445566 "
    "147258369 qwertyui qwertyuiop qwerty12 qwerty123 asdfghjk asdfghjkl zxcvbnm1 1q2w3e4r 1qaz2wsx q1w2e3r4 "
    "qq123456 a1234567 aa123456 abc12345 abcd1234 woaini1314 woaini520 5201314520 iloveyou sunshine princess "
    "football baseball superman starwars trustno1 whatever welcome1 changeme letmein1 computer internet admin123 "
    "admin1234 admin888 administrator".split()
)
"""Those of the published lists of the commonest that are long enough."""


def username_key(username: str) -> str:
    """What two spellings of one user name share: compatible characters and case do not count."""
    return _composed(_composed(username).casefold())


def hashable(password: str) -> str | None:
    """The text that is hashed, the same for every way of typing a sign (NFKC); None for what no password can be."""
    if len(password) > LONGEST or UNSTORABLE.search(password):
        return None
    return _composed(password)


def checked(password: str, username: str, field: str) -> str:
    """The text that is hashed for a new password; `Invalid` when it would be guessed."""
    if len(password) > LONGEST:
        raise invalid("string_too_long", field, max_length=LONGEST)
    if (composed := hashable(password)) is None:
        raise invalid("characters", field)
    if len(composed) < SHORTEST:
        raise invalid("string_too_short", field, min_length=SHORTEST)
    if composed.casefold() in COMMON:
        raise invalid("password_common", field)
    if username_key(password) == username_key(username):
        raise invalid("password_is_username", field)
    return composed


def generated() -> str:
    """A password that nobody guesses: 115 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(GENERATED))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
