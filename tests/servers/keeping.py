"""The process that keeps one server: starts it, ends it with whoever asked for it, leaves nothing behind."""

import json
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

from . import Missing, servers

TICK_S = 0.5


def folder() -> Path:
    """Where keepers note what they keep; for this user alone."""
    place = Path(tempfile.gettempdir()) / f"looma-servers-{os.geteuid()}"
    place.mkdir(mode=0o700, exist_ok=True)
    if place.stat().st_uid != os.geteuid():
        raise Missing(f"{place} belongs to somebody else")
    return place


def kept(name: str) -> dict[str, str | int] | None:
    """What is noted of a server that runs: its URL and its keeper."""
    note = folder() / f"{name}.json"
    try:
        told: dict[str, str | int] = json.loads(note.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return told if alive(int(told["keeper"])) else None


def _cleared(name: str) -> None:
    """Remove what a keeper that was killed has left."""
    try:
        told = json.loads((folder() / f"{name}.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return
    if not alive(int(told["keeper"])):
        shutil.rmtree(told["folder"], ignore_errors=True)


def alive(process_id: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not Path(f"/proc/{process_id}/stat").exists() or _state(process_id) != "Z"


def _state(process_id: int) -> str:
    try:
        told = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8")
    except OSError:
        return "Z"
    return told.rpartition(")")[2].split()[0]


def keep(name: str, parent: int) -> int:
    """Start a server, say where it is, and stay until `parent` is gone (never, when 0) or an end is asked for."""
    asked = []

    def end(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, end)
    server, note = servers()[name](), folder() / f"{name}.json"
    _cleared(name)
    own = Path(tempfile.mkdtemp(prefix=f"looma-{name}-"))
    try:
        try:
            url = server.start(own)
        except Missing as missing:
            print(f"! {missing}", flush=True)
            return 1
        draft = note.with_suffix(f".{os.getpid()}")
        told = {"url": url, "keeper": os.getpid(), "server": server.process_id, "folder": str(own)}
        draft.write_text(json.dumps(told), encoding="utf-8")
        draft.replace(note)
        print(f"{server.variable}={url}", flush=True)
        sys.stdout.close()
        while not asked and not server.ended() and (parent == 0 or alive(parent)):
            time.sleep(TICK_S)
    finally:
        server.stop()
        noted = kept(name)
        if noted is not None and noted["keeper"] == os.getpid():
            note.unlink(missing_ok=True)
        shutil.rmtree(own, ignore_errors=True)
    return 0
