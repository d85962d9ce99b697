"""How fast each service alone is ready, and the memory it holds: ``python bench/services.py``.

Aims: ready in less than 2 s and less than 100 MB resident; the service that holds the embedder says what it takes.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from machine import describe

LOOMA = str(Path(sys.executable).with_name("looma"))
SERVICES = {"crm": "looma-crm", "resume": "resume-service", "matching": "matching-service"}


def free_port() -> int:
    """A port that nobody uses at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as at:
        return int(at.getsockname()[1])


def resident_mb(pid: int) -> float:
    """Resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def call(address: str, path: str, body: object = None) -> None:
    """One request, its answer thrown away."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address + path, data, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()


def main() -> None:
    """Print one line a service."""
    print(describe())
    for short, name in SERVICES.items():
        with tempfile.TemporaryDirectory() as folder:
            env = os.environ | {"LOOMA_PORTS": json.dumps({name: free_port()}), "LOOMA_LOG_LEVEL": "ERROR"}
            began = time.perf_counter()
            with subprocess.Popen(
                [LOOMA, "serve", short, "--data", folder], stdout=subprocess.PIPE, text=True, env=env
            ) as run:
                line = run.stdout.readline() if run.stdout else ""
                ready = time.perf_counter() - began
                address = line.split("=", 1)[1].strip()
                call(address, "/health")
                idle = resident_mb(run.pid)
                told = f"{name:18} ready in {ready:.2f} s, {idle:.0f} MB resident"
                if short == "resume":
                    terms = {"terms": ["rust developer, backend"], "taxonomy": "looma-skills", "k": 3}
                    call(address, "/api/v1/skills/normalize", terms)
                    told += f"; {resident_mb(run.pid):.0f} MB with the embedder in use"
                print(told, flush=True)
                run.send_signal(signal.SIGTERM)


if __name__ == "__main__":
    main()
