"""What every driver of files promises, and what the directory adds."""

import asyncio
import errno
import hashlib
import os

import pytest

from looma.platform.stores.errors import BadKey, StoreBroken, StoreFull
from looma.platform.stores.files import open_files
from looma.platform.stores.files.directory import ASIDE, DirectoryFiles

CONTENTS = [b"", b"x", "简历 résumé".encode(), bytes(range(256)) * 1000]


@pytest.fixture(params=["file", "memory"])
async def files(request, tmp_path):
    opened = open_files(f"file://{tmp_path}/files" if request.param == "file" else "memory:")
    await opened.open()
    return opened


@pytest.fixture
async def directory(tmp_path):
    opened = DirectoryFiles(tmp_path / "files")
    await opened.open()
    return opened


def _kept(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("content", CONTENTS, ids=len)
async def test_what_was_put_is_there_until_it_is_deleted(files, content):
    key = await files.put("local", content)
    assert key == f"local/{hashlib.sha256(content).hexdigest()}"
    assert await files.put("local", content) == key
    assert await files.exists(key)
    assert await files.get(key) == content
    assert await files.delete(key) is True
    assert await files.delete(key) is False
    assert not await files.exists(key)
    assert await files.get(key) is None
    await files.check()


async def test_organisations_do_not_share(files):
    ours, theirs = await files.put("ours", b"x"), await files.put("theirs", b"x")
    await files.delete(ours)
    assert await files.get(theirs) == b"x"


async def test_the_same_content_many_times_at_once(files):
    keys = await asyncio.gather(*(files.put("local", b"same") for _ in range(20)))
    assert len(set(keys)) == 1
    assert await files.get(keys[0]) == b"same"


DIGEST = "0" * 64


@pytest.mark.parametrize(
    "key",
    [
        "",
        "x",
        f"../{DIGEST}",
        f"a/../{DIGEST[3:]}",
        "/etc/passwd",
        f"a/{DIGEST[1:]}",
        f"a/{DIGEST[1:]}G",
        f"a/{DIGEST}\n",
        f".aside/{DIGEST}",
        f"a b/{DIGEST}",
        f"a/{DIGEST}/x",
        f"a\\{DIGEST}",
        f"长/{DIGEST}",
    ],
)
async def test_a_key_leads_nowhere_else(files, key):
    for act in (files.get, files.delete, files.exists):
        with pytest.raises(BadKey):
            await act(key)


@pytest.mark.parametrize("org", ["", ".", "..", "../x", "a/b", ".aside", "a" * 101, "组织", "a\0"])
async def test_an_organisation_is_a_plain_name(files, org):
    with pytest.raises(BadKey):
        await files.put(org, b"x")


@pytest.mark.parametrize("failing", ["write", "fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, StoreFull), (errno.EDQUOT, StoreFull), (errno.EIO, StoreBroken)]
)
async def test_a_disk_that_fails_leaves_nothing(directory, tmp_path, monkeypatch, failing, number, error):
    def fail(*_args, **_kw):
        raise OSError(number, os.strerror(number), str(tmp_path))

    if failing == "write":
        monkeypatch.setattr(os, "fdopen", fail)
    else:
        monkeypatch.setattr(os, failing, fail)
    with pytest.raises(error) as failed:
        await directory.put("local", b"content")
    monkeypatch.undo()
    assert type(failed.value) is error
    assert str(tmp_path) not in failed.value.message("zh-CN")
    assert _kept(tmp_path) == []
    assert await directory.get(await directory.put("local", b"content")) == b"content"


async def test_what_a_crash_left_aside_is_cleared(directory, tmp_path):
    key = await directory.put("local", b"kept")
    for name in ("old", "young"):
        (tmp_path / "files" / ASIDE / name).write_bytes(b"half")
    os.utime(tmp_path / "files" / ASIDE / "old", (0, 0))
    await DirectoryFiles(tmp_path / "files").open()
    assert _kept(tmp_path) == [key.removeprefix("local/"), "young"]


async def test_damage_is_noticed_and_mended_by_putting_again(directory, tmp_path):
    key = await directory.put("local", b"content")
    path = next(path for path in tmp_path.rglob("*") if path.name == key.removeprefix("local/"))
    path.write_bytes(b"changed")
    with pytest.raises(StoreBroken):
        await directory.get(key)
    await directory.put("local", b"content")
    assert await directory.get(key) == b"content"


async def test_files_are_for_their_owner_alone(directory, tmp_path):
    await directory.put("local", b"content")
    modes = [path.stat().st_mode & 0o077 for path in (tmp_path / "files").rglob("*")]
    assert modes == [0] * len(modes)


async def test_a_directory_that_cannot_be_is_told(tmp_path):
    (tmp_path / "taken").write_bytes(b"")
    files = DirectoryFiles(tmp_path / "taken")
    with pytest.raises(StoreBroken):
        await files.open()
    with pytest.raises(StoreBroken):
        await files.check()
