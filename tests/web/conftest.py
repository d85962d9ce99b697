"""A small built page, and looma-crm's neighbour the toy service in front of it."""

import gzip
import socket
from contextlib import asynccontextmanager

import pytest

from looma.platform.clock import Uuid7, utc_now
from looma.platform.edge import EdgeParts, application
from looma.platform.listening import listening
from looma.platform.settings import HttpSettings
from looma.web import Site

from ..platform.conftest import OwnersDoor
from ..platform.toy import ToyService

INDEX = """<!doctype html><html><head><meta property="csp-nonce" nonce="__CSP_NONCE__">
<script type="module" nonce="__CSP_NONCE__" src="/assets/main-1a2b.js"></script></head><body>织</body></html>"""
SCRIPT = b"export const people = '\xe4\xba\xba';\n" * 50


@pytest.fixture
def folder(tmp_path):
    """What a build leaves behind."""
    built = tmp_path / "built"
    (built / "assets").mkdir(parents=True)
    (built / ".vite").mkdir()
    (built / "index.html").write_text(INDEX, encoding="utf-8")
    (built / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (built / "assets/main-1a2b.js").write_bytes(SCRIPT)
    (built / "assets/main-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT))
    (built / "assets/main-1a2b.js.br").write_bytes(b"brotli of the script")
    (built / "assets/main-3c4d.css").write_text("body{margin:0}")
    (built / "assets/inter-5e6f.woff2").write_bytes(b"wOF2\0")
    (built / ".vite/manifest.json").write_text("{}")
    (tmp_path / "secret.txt").write_text("not yours")
    return built


@asynccontextmanager
async def served(folder):
    """The folder's page behind a free port; gives its address."""
    parts = EdgeParts(HttpSettings(), OwnersDoor(), utc_now, Uuid7(), pages=Site.of(folder))
    at = socket.create_server(("127.0.0.1", 0))
    async with listening(application(ToyService(), parts), at):
        yield f"http://127.0.0.1:{at.getsockname()[1]}"
