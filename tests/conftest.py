"""What all tests share: no embedder unless asked for, no environment of the machine, loopback only."""

import os
import sys

import pytest

sys.dont_write_bytecode = True


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch, tmp_path):
    """Settings come from the test alone."""
    for name in list(os.environ):
        if name.startswith("LOOMA_") and not name.startswith("LOOMA_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.delenv("POSTGRES_URL", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
