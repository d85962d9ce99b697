"""The signing key: made once, readable by its owner alone, whole or made anew."""

import stat
from concurrent.futures import ThreadPoolExecutor

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from jwt.algorithms import OKPAlgorithm

from looma.contracts.auth import VerifyingKey
from looma.platform.stores.errors import StoreBroken
from looma.services.auth.signing import SigningKey, kept_signing_key


def test_the_key_is_made_once(tmp_path):
    folder = tmp_path / "data" / "inside"
    key = kept_signing_key(folder)
    assert kept_signing_key(folder).public == key.public
    assert [file.name for file in folder.iterdir()] == ["token.key"]
    assert stat.S_IMODE((folder / "token.key").stat().st_mode) == 0o600


def test_two_folders_have_two_keys(tmp_path):
    assert kept_signing_key(tmp_path / "a").public != kept_signing_key(tmp_path / "b").public


@pytest.mark.parametrize("torn", [b"", b"00", b"ab" * 31, b"ab" * 33, b"zz" * 32, b"\xff" * 64, b"\x00" * 64])
def test_a_torn_key_is_made_anew(tmp_path, torn, caplog):
    before = kept_signing_key(tmp_path).public
    (tmp_path / "token.key").write_bytes(torn)
    after = kept_signing_key(tmp_path).public
    assert after != before
    assert kept_signing_key(tmp_path).public == after
    assert "sign in again" in caplog.text
    assert stat.S_IMODE((tmp_path / "token.key").stat().st_mode) == 0o600


def test_a_write_that_breaks_off_leaves_nothing(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreBroken) as told:
        kept_signing_key(tmp_path)
    assert "No space left" in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_keep_it_is_told_in_words(tmp_path):
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "token.key").mkdir()
    for place in (tmp_path / "file", tmp_path / "file" / "below", tmp_path):
        with pytest.raises(StoreBroken) as told:
            kept_signing_key(place)
        assert "token.key" in str(told.value)


def test_several_at_once_end_with_one_key(tmp_path):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: kept_signing_key(tmp_path), range(16)))
    assert [file.name for file in tmp_path.iterdir()] == ["token.key"]
    assert kept_signing_key(tmp_path).public == kept_signing_key(tmp_path).public


def test_the_name_of_a_key_is_that_of_the_standard():
    """The example of RFC 8037, appendices A.1 to A.3."""
    key = SigningKey(bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
    assert key.public.x == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    assert key.public.kid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_anybody_can_read_the_key_as_a_json_web_key():
    key = SigningKey(b"k" * 32)
    told = VerifyingKey(kid=key.public.kid, x=key.public.x)
    public = OKPAlgorithm.from_jwk(told.model_dump_json())
    assert isinstance(public, Ed25519PublicKey)
    assert jwt.decode(key.signed({"sub": "anna"}), public, algorithms=["EdDSA"]) == {"sub": "anna"}
    assert "k" * 32 not in repr(key)
