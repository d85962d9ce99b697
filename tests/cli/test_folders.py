"""Data folders that are read-only or full: what is said, and that nothing which was answered is lost."""

import shutil
import subprocess

import aiohttp
import pytest

from tests.journeys.running import Up, ask, until

from .test_up import looma


@pytest.fixture
def mounted(tmp_path):
    """A small file system of its own at the path that is given back; skipped where mounting is refused."""
    place, mount, umount = tmp_path / "small", shutil.which("mount"), shutil.which("umount")
    place.mkdir()
    if mount is None or umount is None:
        pytest.skip("there is no mount here")

    def make(*options):
        done = subprocess.run([mount, "-t", "tmpfs", "-o", ",".join(options), "tmpfs", place], capture_output=True)  # noqa: S603
        if done.returncode:
            pytest.skip(f"mounting is refused here: {done.stderr.decode().strip()}")
        return place

    yield make
    while subprocess.run([umount, place], capture_output=True).returncode == 0:  # noqa: S603
        pass


@pytest.mark.parametrize(("lang", "words"), [("en", "cannot be used"), ("zh", "无法使用")])
def test_a_read_only_folder_is_refused_in_words(mounted, lang, words):
    told = looma("up", "--data", str(mounted("ro")), "--ports-from", "0", "--lang", lang)
    assert (told.returncode, told.stdout) == (4, "")
    assert words in told.stderr
    assert "Traceback" not in told.stderr


def test_a_folder_without_room_is_refused_in_words(mounted):
    place = mounted("size=64k")
    told = looma("up", "--data", str(place), "--ports-from", "0")
    assert (told.returncode, told.stdout) == (4, "")
    assert told.stderr.strip()
    assert "Traceback" not in told.stderr


async def test_a_folder_that_fills_up_keeps_what_was_answered(mounted):
    place = mounted("size=16m")
    up = Up(place)
    up.log = place.parent / "up.log"
    (place / "ballast").write_bytes(b"x" * 6_000_000)
    try:
        up.start()
        async with up.client() as session:
            kept, refusal = await filled(session)
            assert refusal["code"] in ("stores.full", "stores.unavailable")
            assert refusal["message"].strip()
            for job, mark in kept.items():
                assert (await ask(session, "GET", f"/api/v1/jobs/{job}"))["title"] == mark
            (place / "ballast").unlink()
            again = await ask(session, "POST", "/api/v1/jobs", {"title": "there is room again"})
            await until(lambda: found(session, "room", again["id"]))
        up.kill()
        up.start()
        async with up.client() as session:
            for job in (*kept, again["id"]):
                await ask(session, "GET", f"/api/v1/jobs/{job}")
        assert "Traceback" not in up.said(), up.said()
    finally:
        up.kill()


async def found(session, word, job):
    """Whether full text has caught up."""
    hits = await ask(session, "POST", "/api/v1/search/text", {"collection": "jobs", "query": word})
    return job in [hit["id"] for hit in hits["hits"]]


async def filled(session):
    """Jobs until there is no room; those that were answered, and the refusal."""
    kept = {}
    for number in range(2000):
        body = {"title": f"job {number}", "description": "x" * 50_000}
        async with session.post("/api/v1/jobs", json=body, timeout=aiohttp.ClientTimeout(60)) as answer:
            told = await answer.json()
        if answer.status != 201:
            return kept, told["error"]
        kept[told["data"]["id"]] = body["title"]
    pytest.fail("16 MB were not enough to be filled")
    return None
