"""What all tests share: settings come from the test alone, and every story runs together and apart."""

import os
import socket
import sys
from contextlib import AsyncExitStack

import pytest

from looma.compose import CONTRACTS, Composition
from looma.platform import context
from looma.platform.ai.use import UseEmbedder
from looma.platform.listening import listening
from looma.platform.settings import HttpSettings, Settings, StoreSettings

sys.dont_write_bytecode = True

EMBEDDER = UseEmbedder()
"""Its model is loaded once for all tests."""


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch, tmp_path):
    """Settings come from the test alone."""
    for name in list(os.environ):
        if name.startswith("LOOMA_") and not name.startswith("LOOMA_TEST_"):
            monkeypatch.delenv(name)
    for name in ("POSTGRES_URL", "ELASTICSEARCH_URL", "WEAVIATE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))


@pytest.fixture
def settings(tmp_path):
    """Settings with a data folder of their own."""
    return Settings(stores=StoreSettings(LOOMA_DATA=tmp_path / "data"), http=HttpSettings(LOOMA_PEER_KEY="test-key"))


@pytest.fixture
def owner():
    """Act as the owner of the local organisation around the test."""
    with context.acting(context.LOCAL_OWNER):
        yield context.LOCAL_OWNER


@pytest.fixture(params=["together", "apart"])
async def connect(request, settings):
    """Ask for a contract, get the service: all in one process, or each behind its own port over one set of stores."""
    async with AsyncExitStack() as stack:
        if request.param == "together":
            yield (await stack.enter_async_context(Composition(settings, embedder=EMBEDDER))).peer
            return
        addresses: dict[str, str] = {}
        whole = await stack.enter_async_context(Composition(settings, here=frozenset(), addresses=addresses))
        for name in CONTRACTS:
            one = Composition(
                settings, here=frozenset({name}), addresses=addresses, data=whole.platform.data, embedder=EMBEDDER
            )
            await stack.enter_async_context(one)
            at = socket.create_server(("127.0.0.1", 0))
            addresses[name] = f"http://127.0.0.1:{at.getsockname()[1]}"
            await stack.enter_async_context(listening(one.application(name), at))
        yield whole.peer
