"""Data folders that are read-only or full: what is said, and that nothing which was answered is lost."""

import re
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


async def test_damaged_and_deleted_indexes_are_made_anew_and_that_is_said(tmp_path):
    up = Up(tmp_path / "data")
    try:
        up.start()
        async with up.client() as session:
            job = await ask(session, "POST", "/api/v1/jobs", {"title": "Lighthouse keeper", "description": "灯塔看守"})
            await until(lambda: found(session, "lighthouse", job["id"]))
            await until(lambda: meant(session, "someone who guards ships at night", job["id"]))
        assert up.stop() == 0
        damaged = [file for family in ("search", "vector") for file in (tmp_path / "data" / family).rglob("*")]
        for file in damaged:
            if file.is_file():
                file.write_bytes(b"\x00" * 100)
        up.start()
        async with up.client() as session:
            await until(lambda: found(session, "灯塔", job["id"]))
            await until(lambda: meant(session, "someone who guards ships at night", job["id"]))
        assert {"looma.stores.search", "looma.stores.vector"} <= set(re.findall(r'"logger":"([\w.]+)"', up.said()))
        assert up.stop() == 0
        for family in ("search", "vector"):
            shutil.rmtree(tmp_path / "data" / family)
        up.start()
        async with up.client() as session:
            await until(lambda: found(session, "灯塔", job["id"]))
            await until(lambda: meant(session, "someone who guards ships at night", job["id"]))
        assert "Traceback" not in up.said()
    finally:
        up.kill()


async def meant(session, question, job):
    """Whether vectors have caught up."""
    hits = await ask(session, "POST", "/api/v1/search/semantic", {"collection": "jobs", "query": question})
    return job in [hit["id"] for hit in hits["hits"]]
