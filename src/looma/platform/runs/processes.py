"""Which process a worker is, told so that another process of the same machine can see whether it still lives."""

import os
import socket
from pathlib import Path


def worker_name(own: str) -> str:
    """A name that says which process of which machine works: host, process id, when it began, and what is unique."""
    return f"{_machine()}/{os.getpid()}/{_began(os.getpid())}/{own}"


def is_dead(worker: str) -> bool:
    """Whether the worker was a process of this machine that is no more; its number may be another's by now."""
    try:
        machine, pid, began, _ = worker.rsplit("/", 3)
        return machine == _machine() and _began(int(pid)) != began
    except ValueError:
        return False


def _machine() -> str:
    """The host, and the namespace that process ids of it count in."""
    try:
        space = Path("/proc/self/ns/pid").readlink().name
    except OSError:
        space = ""
    return f"{socket.gethostname()}:{space}"


def _began(pid: int) -> str:
    """When a process began: the boot, and ticks since then (field 22 of proc(5) stat); empty for one that is gone."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        told = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return "?" if _is_alive(pid) else ""
    state, *rest = told.rpartition(")")[2].split()
    return "" if state in "ZX" else f"{boot}.{rest[18]}"


def _is_alive(pid: int) -> bool:
    """Where there is no /proc to ask."""
    if Path("/proc/self").exists():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
