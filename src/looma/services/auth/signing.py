"""The key that access tokens are signed with, and its file in the data folder."""

import hashlib
import logging
import os
import tempfile
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from looma.platform.stores.errors import StoreBroken
from looma.platform.tokens import ALGORITHM, PublicKey

NAME = "token.key"
SEED_BYTES = 32
log = logging.getLogger("looma.auth")


class SigningKey:
    """An Ed25519 key (RFC 8032)."""

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)

    @cached_property
    def public(self) -> PublicKey:
        """What everybody may know; named by the thumbprint of the key (RFC 7638)."""
        x = _base64(self._private.public_key().public_bytes_raw())
        members = orjson.dumps({"crv": "Ed25519", "kty": "OKP", "x": x})
        return PublicKey(kid=_base64(hashlib.sha256(members).digest()), x=x)

    def signed(self, claims: Mapping[str, Any]) -> str:
        """A token that says `claims`."""
        return jwt.encode(dict(claims), self._private, ALGORITHM, headers={"kid": self.public.kid})


def kept_signing_key(folder: Path) -> SigningKey:
    """The key in the data folder, made at first use and readable by its owner alone.

    A torn one is made anew: all that it signed are sign-ins, which people can do again. A file that is there and cannot
    be read, or a folder that cannot be written to, is `StoreBroken`: a key that is lost at the end of the process would
    sign everybody out at each start.
    """
    file = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return SigningKey(_read(file) or _made(file))
    except OSError as why:
        raise StoreBroken(what=f"{file}: {why.strerror}") from why


def _read(file: Path) -> bytes | None:
    try:
        seed = bytes.fromhex(file.read_text())
    except FileNotFoundError:
        return None
    except ValueError:
        seed = b""
    if len(seed) == SEED_BYTES:
        return seed
    log.warning("%s is damaged; a new key is made, and everybody has to sign in again", file)
    return None


def _made(file: Path) -> bytes:
    """A new key, in the file whole or not at all; written by two at once, both have that of the last."""
    handle, new = tempfile.mkstemp(prefix=f"{NAME}.", dir=file.parent)  # mode 0600
    try:
        with os.fdopen(handle, "w") as opened:
            opened.write(os.urandom(SEED_BYTES).hex())
            opened.flush()
            os.fsync(opened.fileno())
        Path(new).replace(file)
    except OSError:
        Path(new).unlink(missing_ok=True)
        raise
    _settle(file.parent)
    return bytes.fromhex(file.read_text())


def _settle(folder: Path) -> None:
    """Make the name in the folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
