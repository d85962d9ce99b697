"""The platform as a real process, and a client that signs in to it."""

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import asynccontextmanager

import aiohttp
import pytest

PASSWORD = "correct horse battery"


class Up:
    """``looma up`` on a data folder and free ports."""

    def __init__(self, data, *options, **env):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("LOOMA_", "LC_", "LANG"))}
        self._env = kept | {"LOOMA_ADMIN_PASSWORD": PASSWORD, "LOOMA_LOG_LEVEL": "WARNING", **env}
        self._command = [sys.executable, "-m", "looma", "up", "--data", str(data), "--ports-from", "0", *options]
        self.log = data.parent / "up.log"
        self.process = None
        self.addresses = {}

    def start(self):
        """Return when it is ready; fail with what it said when it is not."""
        self._let_go()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self._command, stdout=subprocess.PIPE, stderr=log, env=self._env)  # noqa: S603
        line = self.process.stdout.readline().decode()
        assert line.startswith("ready "), self.said()
        self.addresses = dict(pair.split("=", 1) for pair in line.split()[1:])
        return self

    def said(self):
        """What it has written to standard error since the first start."""
        return self.log.read_text()

    def kill(self):
        """As the loss of power would: nothing is finished, nothing is tidied up."""
        self._end(signal.SIGKILL)

    def stop(self):
        """In good order; gives the exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, number):
        if self.process is None or self.process.poll() is not None:
            return self._let_go()
        self.process.send_signal(number)
        code = self.process.wait(30)
        self._let_go()
        return code

    def _let_go(self):
        if self.process is not None:
            self.process.stdout.close()

    @asynccontextmanager
    async def client(self, service="ai-gateway", password=PASSWORD):
        """A signed-in client at the gateway."""
        async with aiohttp.ClientSession(self.addresses[service], trust_env=False) as session:
            answer = await ask(session, "POST", "/api/v1/auth/login", {"username": "admin", "password": password})
            session.headers["authorization"] = f"Bearer {answer['access_token']}"
            yield session


async def ask(session, verb, path, body=None, **options):
    """The data of a successful answer."""
    async with session.request(verb, path, json=body, **options) as answer:
        told = await answer.json(content_type=None)
        assert answer.status < 300, told
        return told["data"]


def form(**files):
    """A multipart body with one part ``file`` for each (filename=content)."""
    data = aiohttp.FormData()
    for name, content in files.items():
        data.add_field("file", content.encode(), filename=f"{name}.txt", content_type="text/plain")
    return data


async def until(question, tries=300):
    """The answer of the question once it is true."""
    for _ in range(tries):
        if found := await question():
            return found
        await asyncio.sleep(0.1)
    pytest.fail(f"{question} is not true after {tries / 10} s")
    return None
