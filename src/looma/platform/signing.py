"""The caller of a request on its way between two services of an installation: signed, good for a short time."""

import base64
import hashlib
import hmac
import os
import secrets
import tempfile
import time
from pathlib import Path

import orjson
from pydantic import SecretStr

from .context import Caller
from .errors import Unauthenticated

HEADER = "x-looma-caller"
GOOD_FOR_S = 120
KEY_BYTES = 32


class CallerSeal:
    """Seals and opens callers with the key that all services of an installation share (HMAC-SHA-256)."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def seal(self, caller: Caller) -> str:
        """The header's value."""
        claims = [caller.org, caller.user, sorted(caller.roles), sorted(caller.scopes), caller.kind, int(time.time())]
        body = base64.urlsafe_b64encode(orjson.dumps(claims))
        return f"{body.decode()}.{self._sign(body)}"

    def open(self, value: str) -> Caller:
        """The caller that was sealed; `Unauthenticated` when it is forged, garbled or old."""
        body, _, signature = value.partition(".")
        if not hmac.compare_digest(self._sign(body.encode()).encode(), signature.encode()):
            raise Unauthenticated
        org, user, roles, scopes, kind, at = orjson.loads(base64.urlsafe_b64decode(body))
        if abs(time.time() - at) > GOOD_FOR_S:
            raise Unauthenticated
        return Caller(org=org, user=user, roles=frozenset(roles), scopes=frozenset(scopes), kind=kind)

    def _sign(self, body: bytes) -> str:
        return hmac.new(self._key, body, hashlib.sha256).hexdigest()


def seal_of(told: SecretStr | None, folder: Path) -> CallerSeal:
    """The seal of an installation: with the key that a setting told, else with the one in the data folder."""
    return CallerSeal(told.get_secret_value().encode() if told is not None else kept_key(folder))


def kept_key(folder: Path) -> bytes:
    """The key in the data folder, made at first use and readable by its owner alone; a torn one is made anew."""
    file = folder / "peer.key"
    folder.mkdir(parents=True, exist_ok=True)
    if (key := _read(file)) is not None:
        return key
    handle, new = tempfile.mkstemp(prefix="peer.key.", dir=folder)
    with os.fdopen(handle, "w") as opened:
        opened.write(secrets.token_hex(KEY_BYTES))
        opened.flush()
        os.fsync(opened.fileno())
    Path(new).replace(file)  # whole or not at all: an empty key would open every seal
    return bytes.fromhex(file.read_text())


def _read(file: Path) -> bytes | None:
    try:
        key = bytes.fromhex(file.read_text())
    except (FileNotFoundError, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None
