"""PostgreSQL from Debian's package, as a cluster of its own."""

import ctypes
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from . import Missing, free_port

PACKAGE = "postgresql"
START_S = 60
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}
"""Nothing of a test has to survive the loss of power."""


class Postgres:
    """One cluster with the database ``looma`` and its owner of the same name."""

    name, variable = "postgres", "LOOMA_TEST_POSTGRES_URL"

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def get(self) -> None:
        """Install the package when there is none."""
        if _programs() is not None:
            return
        if os.geteuid() != 0 or shutil.which("apt-get") is None:
            raise Missing(f"PostgreSQL is not installed. On Debian and Ubuntu: sudo apt-get install {PACKAGE}")
        print(f"Installing {PACKAGE}.", file=sys.stderr)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", PACKAGE)):
            done = subprocess.run(  # noqa: S603 - a fixed program
                ["apt-get", *command],  # noqa: S607 - wherever the system has it
                env=environment, stdout=sys.stderr, check=False
            )  # fmt: skip
            if done.returncode:
                raise Missing(f"{PACKAGE} could not be installed: apt-get {command[0]} failed")
        if _programs() is None:
            raise Missing(f"{PACKAGE} was installed, but its programs are nowhere to be found")

    def start(self, folder: Path) -> str:
        """Make the cluster and start it."""
        programs = _programs()
        if programs is None:
            raise Missing("PostgreSQL is not installed")
        password, port, data = secrets.token_urlsafe(12), free_port(), folder / "cluster"
        owner = _owner()
        secret = folder / "password"
        secret.write_text(password, encoding="utf-8")
        if owner:
            for path in (folder, secret):
                shutil.chown(path, owner["user"], owner["group"])
        _made(programs, data, secret, folder, owner)
        options = {"port": str(port), "listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder), **FAST}
        with (folder / "log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - the program that was found
                [programs / "postgres", "-D", data, *(f"--{name}={value}" for name, value in options.items())],
                cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=_end_with_parent, **owner,
            )  # fmt: skip
        environment = os.environ | {"PGPASSWORD": password}
        ask = [programs / "psql", "-h", "127.0.0.1", "-p", str(port), "-U", "looma", "-d", "postgres", "-qc"]
        self._wait([*ask, f"create database looma encoding 'UTF8' template template0 {_locale(programs)}"],
                   environment, folder)  # fmt: skip
        return f"postgresql://looma:{password}@127.0.0.1:{port}/looma"

    def _wait(self, command: list[Any], environment: dict[str, str], folder: Path) -> None:
        until = time.monotonic() + START_S
        while True:
            done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603 - as above
            if done.returncode == 0:
                return
            if self.ended() or time.monotonic() > until:
                self.stop()
                raise Missing(f"PostgreSQL did not start:\n{(folder / 'log').read_text(encoding='utf-8')}")
            time.sleep(0.1)

    @property
    def process_id(self) -> int:
        """The postmaster."""
        return self._process.pid if self._process else 0

    def ended(self) -> bool:
        """Whether the postmaster has come to its end."""
        return self._process is None or self._process.poll() is not None

    def stop(self) -> None:
        """Break off what is under way, and end."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()


def _made(programs: Path, data: Path, secret: Path, folder: Path, owner: dict[str, Any]) -> None:
    done = subprocess.run(  # noqa: S603 - the program that was found
        [programs / "initdb", "-D", data, "-U", "looma", "-A", "scram-sha-256", f"--pwfile={secret}",
         "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
        cwd=folder, capture_output=True, text=True, check=False, **owner,
    )  # fmt: skip
    if done.returncode:
        raise Missing(f"initdb failed: {done.stderr.strip()}")


def _programs() -> Path | None:
    """The folder with initdb and postgres, of the newest version that is installed."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(debian, key=lambda program: float(program.parents[1].name))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return Path(there).resolve().parent if there else None


def _locale(programs: Path) -> str:
    """Where the version can, words in a language's order, so that tests see who relies on another."""
    told = subprocess.run([programs / "postgres", "-V"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    version = next(word for word in told.split() if word[0].isdigit())
    return "locale_provider icu icu_locale 'en-US'" if int(version.partition(".")[0]) >= 15 else ""


def _owner() -> dict[str, Any]:
    """Who the cluster belongs to: initdb refuses root, and the package has brought a user."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


def _end_with_parent() -> None:
    """Ask Linux for an interrupt when the keeper dies, also of ``kill -9``."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)
