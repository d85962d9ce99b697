"""Tokens: what is believed, for how long, how often the keys are asked for, and all that is not believed."""

import asyncio
import base64
import hashlib
import hmac
import json
import random
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from looma.platform import context
from looma.platform.context import Caller
from looma.platform.errors import Unauthenticated, Unavailable
from looma.platform.tokens import CLAIMS, KEPT, MAX_CHARACTERS, PublicKey, TokenExpired, TokenInvalid, Tokens

NOW = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
OURS, FOREIGN = Ed25519PrivateKey.from_private_bytes(b"o" * 32), Ed25519PrivateKey.from_private_bytes(b"f" * 32)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now

    def move(self, seconds):
        self.now += timedelta(seconds=seconds)


class Keys:
    """auth-service, as far as keys go; counts how often it is asked."""

    def __init__(self):
        self.known = {"ours": OURS}
        self.asked = 0
        self.error = None
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self):
        self.asked += 1
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        return [PublicKey(kid, encoded(raw(key))) for kid, key in self.known.items()]


def raw(key):
    return key.public_key().public_bytes_raw()


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def claims(**changes):
    """Good claims, changed as told; None takes one away."""
    good = {
        "iss": "looma",
        "aud": "looma",
        "iat": AT,
        "nbf": AT,
        "exp": AT + 600,
        "sub": "anna",
        "org": "local",
        "roles": ["recruiter"],
        "jti": "1",
    }
    return {name: value for name, value in (good | changes).items() if value is not None}


def token(key=OURS, kid="ours", algorithm="EdDSA", **changes):
    """A token that says `claims`."""
    return jwt.encode(claims(**changes), key, algorithm, headers={"kid": kid})


def by_hand(header, payload, sign=lambda _signed: b""):
    """A token of parts that no library would write."""
    head, body = (encoded(p if isinstance(p, bytes) else json.dumps(p).encode()) for p in (header, payload))
    return f"{head}.{body}.{encoded(sign(f'{head}.{body}'.encode()))}"


def hmac_with(secret):
    return lambda signed: hmac.new(secret, signed, hashlib.sha256).digest()


HEADER = {"alg": "EdDSA", "kid": "ours", "typ": "JWT"}
PEM = b"-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(bytes.fromhex("302a300506032b6570032100") + raw(OURS))
PEM += b"\n-----END PUBLIC KEY-----\n"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def keys():
    return Keys()


@pytest.fixture
def tokens(keys, clock):
    return Tokens(keys, clock)


async def test_a_token_names_its_caller(tokens):
    caller = await tokens.verify(token(roles=["recruiter", "viewer"]))
    assert caller == Caller(org="local", user="anna", roles=frozenset({"recruiter", "viewer"}))
    assert (caller.scopes, caller.kind) == (frozenset(), "user")


async def test_a_token_gives_nobody_scopes_or_another_kind(tokens):
    caller = await tokens.verify(token(scopes=["system:maintain"], kind="service", roles=[]))
    assert caller == Caller(org="local", user="anna")


async def test_who_was_verified_is_remembered_until_the_end(tokens, keys, clock):
    good = token()
    first = await tokens.verify(good)
    keys.known.clear()
    clock.move(600)
    assert await tokens.verify(good) is first
    clock.move(5)
    for _ in range(3):
        with pytest.raises(TokenExpired):
            await tokens.verify(good)
    assert keys.asked == 1


async def test_memory_is_bounded(tokens, monkeypatch):
    monkeypatch.setattr("looma.platform.tokens.KEPT", 3)
    assert KEPT == 10_000
    several = [token(jti=str(n)) for n in range(4)]
    callers = [await tokens.verify(one) for one in several[:3]]
    assert await tokens.verify(several[0]) is callers[0]
    await tokens.verify(several[3])
    assert await tokens.verify(several[0]) is callers[0]
    assert await tokens.verify(several[1]) is not callers[1]


def moments():
    for name in ("exp", "iat", "nbf"):
        for value in ("soon", str(AT), [AT], {}, True, AT + 0.5, 1e300):
            yield name, value


HOSTILE = {
    "none": by_hand({"alg": "none", "kid": "ours"}, claims()),
    "None": by_hand({"alg": "None", "kid": "ours"}, claims()),
    "no algorithm": by_hand({"kid": "ours"}, claims()),
    "signature cut off": token().rpartition(".")[0] + ".",
    "HS256 with the public key": by_hand({"alg": "HS256", "kid": "ours"}, claims(), hmac_with(raw(OURS))),
    "HS256 with the key as text": by_hand(
        {"alg": "HS256", "kid": "ours"}, claims(), hmac_with(encoded(raw(OURS)).encode())
    ),
    "HS256 with the key as PEM": by_hand({"alg": "HS256", "kid": "ours"}, claims(), hmac_with(PEM)),
    "ES256": token(generate_private_key(SECP256R1()), algorithm="ES256"),
    "Ed448": token(Ed448PrivateKey.generate()),
    "another key under our name": token(FOREIGN),
    "another key under its own name": token(FOREIGN, kid="foreign"),
    "another key in the header": jwt.encode(
        claims(),
        FOREIGN,
        "EdDSA",
        headers={"kid": "ours", "jwk": {"kty": "OKP", "crv": "Ed25519", "x": encoded(raw(FOREIGN))}},
    ),
    "a critical extension": jwt.encode(claims(), OURS, "EdDSA", headers={"kid": "ours", "crit": ["x"], "x": 1}),
    "detached payload": jwt.encode(claims(), OURS, "EdDSA", headers={"kid": "ours", "b64": False, "crit": ["b64"]}),
    "no kid": jwt.encode(claims(), OURS, "EdDSA"),
    "kid null": by_hand(HEADER | {"kid": None}, claims(), OURS.sign),
    "kid a list": by_hand(HEADER | {"kid": ["ours"]}, claims(), OURS.sign),
    "kid a path": token(kid="../../token.key"),
    "another issuer": token(iss="elsewhere"),
    "another audience": token(aud="elsewhere"),
    "several audiences": token(aud=["looma", "elsewhere"]),
    "begins later": token(nbf=AT + 6),
    "issued later": token(iat=AT + 6),
    **{f"without {name}": token(**{name: None}) for name in CLAIMS},
    **{f"{name} {value!r}": by_hand(HEADER, claims(**{name: value}), OURS.sign) for name, value in moments()},
    "sub a number": by_hand(HEADER, claims(sub=7), OURS.sign),
    "sub empty": token(sub=""),
    "org a list": token(org=["local"]),
    "org empty": token(org=""),
    "roles a text": token(roles="owner"),
    "roles an object": token(roles={"owner": True}),
    "roles of numbers": token(roles=[1]),
    "roles nested": token(roles=[["owner"]]),
    "payload a list": by_hand(HEADER, [1], OURS.sign),
    "payload null": by_hand(HEADER, None, OURS.sign),
    "payload no JSON": by_hand(HEADER, b"{", OURS.sign),
    "payload not UTF-8": by_hand(HEADER, b"\xff\xfe", OURS.sign),
    "payload empty": by_hand(HEADER, b"", OURS.sign),
    "payload NaN": by_hand(HEADER, b'{"exp": NaN}', OURS.sign),
    "a number of many digits": by_hand(HEADER, b'{"exp": ' + b"9" * 2900 + b"}", OURS.sign),
    "header nested without end": by_hand(b"[" * 2000, claims()),
    "kid nested without end": by_hand(b'{"alg":"EdDSA","kid":' + b"[" * 2000, claims()),
    "payload nested without end": by_hand(HEADER, b'{"exp":' + b"[" * 2000, OURS.sign),
    "header a list": by_hand([1], claims()),
    "header not UTF-8": by_hand(b"\xff", claims()),
    "empty": "",
    "dots": "..",
    "one part": "eyJhbGciOiJFZERTQSJ9",
    "four parts": token() + ".x",
    "five parts (JWE)": "a.b.c.d.e",
    "garbage": "not a token",
    "blank in front": " " + token(),
    "line break": token() + "\n",
    "NUL": token() + "\x00",
    "Chinese": "令牌",
    "half of a character": "\ud800",
    "huge": token() + "x" * 5000,
    "huge but signed": token(note="x" * 4000),
    "truncated": token()[:-7],
    "payload of another": ".".join((token().split(".")[0], token(org="other").split(".")[1], token().split(".")[2])),
}


def test_most_of_what_is_not_believed_is_short_enough_to_be_read():
    assert [name for name, hostile in HOSTILE.items() if len(hostile) > MAX_CHARACTERS] == ["huge", "huge but signed"]


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
async def test_what_is_not_believed(tokens, hostile):
    await tokens.verify(token())  # the keys are there
    with pytest.raises(TokenInvalid) as told:
        await tokens.verify(hostile)
    assert isinstance(told.value, Unauthenticated)
    assert (told.value.status, told.value.details) == (401, {})


async def test_what_is_too_long_is_not_looked_at(tokens, keys):
    with pytest.raises(TokenInvalid):
        await tokens.verify(token(note="x" * 4000))
    assert keys.asked == 0


@pytest.mark.parametrize(("after_s", "good"), [(600, True), (604, True), (605, False), (606, False), (10**8, False)])
async def test_clocks_may_differ_a_little_at_the_end(tokens, clock, after_s, good):
    clock.move(after_s)
    if good:
        assert (await tokens.verify(token())).user == "anna"
        return
    with pytest.raises(TokenExpired) as told:
        await tokens.verify(token())
    assert told.value.code == "request.token_expired"


async def test_clocks_may_differ_a_little_at_the_beginning(tokens, clock):
    clock.move(-5)
    assert (await tokens.verify(token())).user == "anna"


async def test_every_single_changed_sign_counts(tokens):
    good = token()
    dice = random.Random(7)
    for at in range(len(good) - 1):  # the last sign has bits that say nothing
        other = dice.choice([c for c in "ABCxyz019-_." if c != good[at]])
        with pytest.raises(TokenInvalid):
            await tokens.verify(good[:at] + other + good[at + 1 :])


async def test_a_new_key_is_asked_for(tokens, keys, clock):
    await tokens.verify(token())
    clock.move(10)
    keys.known = {"new": FOREIGN}
    assert (await tokens.verify(token(FOREIGN, kid="new"))).user == "anna"
    with pytest.raises(TokenInvalid):  # what auth-service no longer knows counts no more
        await tokens.verify(token(jti="2"))


async def test_unknown_keys_make_us_ask_every_ten_seconds_at_most(tokens, keys, clock):
    for _ in range(50):
        with pytest.raises(TokenInvalid):
            await tokens.verify(token(FOREIGN, kid=f"unknown {random.random()}"))
    assert keys.asked == 1
    clock.move(9.9)
    with pytest.raises(TokenInvalid):
        await tokens.verify(token(FOREIGN, kid="unknown"))
    assert keys.asked == 1
    clock.move(0.1)
    with pytest.raises(TokenInvalid):
        await tokens.verify(token(FOREIGN, kid="unknown"))
    assert keys.asked == 2


async def test_many_at_once_ask_once(tokens, keys):
    keys.gate.clear()
    several = [asyncio.create_task(tokens.verify(token(jti=str(n)))) for n in range(20)]
    await asyncio.sleep(0)
    several[0].cancel()  # the one who asked goes away; the others still get their answer
    await asyncio.sleep(0)
    keys.gate.set()
    answers = await asyncio.gather(*several, return_exceptions=True)
    assert isinstance(answers[0], asyncio.CancelledError)
    assert {answer.user for answer in answers[1:]} == {"anna"}
    assert keys.asked == 1


async def test_nobody_is_called_a_forger_while_the_keys_are_out_of_reach(tokens, keys, clock):
    keys.error = Unavailable(what="auth-service")
    for _ in range(3):
        with pytest.raises(Unavailable) as told:
            await tokens.verify(token())
        assert told.value.details["what"] == "auth-service"
    assert keys.asked == 1
    keys.error = None
    clock.move(1)
    assert (await tokens.verify(token())).user == "anna"


@pytest.mark.parametrize("error", [OSError("gone"), TimeoutError(), ValueError("garbled")])
async def test_whatever_keeps_the_keys_away_is_told_alike(tokens, keys, error):
    keys.error = error
    with pytest.raises(Unavailable):
        await tokens.verify(token())


async def test_a_known_key_is_not_asked_for_again(tokens, keys, clock):
    await tokens.verify(token())
    keys.error = Unavailable(what="auth-service")
    clock.move(60)
    assert (await tokens.verify(token(jti="2"))).user == "anna"


async def test_the_keys_are_asked_for_on_nobodys_behalf(clock):
    seen = []

    async def fetch():
        seen.append(context.current())
        return [PublicKey("ours", encoded(raw(OURS)))]

    with context.acting(Caller(org="x", user="y"), deadline=0.0):
        await Tokens(fetch, clock).verify(token())
    assert (seen[0].caller, seen[0].deadline) == (None, None)
