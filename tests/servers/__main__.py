"""``python -m tests.servers up|down|status [NAME…]``: real servers for the tests, see the package."""

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from . import Missing, servers
from .keeping import alive, keep, kept

ROOT = Path(__file__).parents[2]
DOWN_S = 40


def up(names: list[str], parent: int) -> int:
    """Start what does not run yet and print the variable of each."""
    failed = 0
    for name in names:
        kind = servers()[name]
        if (running := kept(name)) is not None:
            print(f"{kind.variable}={running['url']}", flush=True)
            continue
        try:
            kind().get()
            print(_started(name, parent), flush=True)
        except Missing as missing:
            print(f"{name}: {missing}", file=sys.stderr)
            failed = 1
    return failed


def _started(name: str, parent: int) -> str:
    keeper = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", __package__, "keep", name, "--with", str(parent)],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        start_new_session=True,
    )  # fmt: skip
    with keeper, keeper.stdout as told:
        lines = [told.readline()]
        if lines[0].startswith(f"{servers()[name].variable}="):
            keeper.returncode = 0  # it stays: nobody waits for it here
            return lines[0].strip()
        lines += told.readlines()
    raise Missing("".join(lines).removeprefix("! ").strip() or "its keeper came to an unexpected end")


def down(names: list[str]) -> int:
    """End what runs."""
    for name in names:
        if (running := kept(name)) is None:
            continue
        keeper, until = int(running["keeper"]), time.monotonic() + DOWN_S
        os.kill(keeper, signal.SIGTERM)
        while alive(keeper) and time.monotonic() < until:
            time.sleep(0.1)
        print(f"{name}: ended" if not alive(keeper) else f"{name}: does not end", file=sys.stderr)
    return 0


def status(names: list[str]) -> int:
    """Say what runs, and where."""
    for name in names:
        running = kept(name)
        print(f"{name}: {running['url']}" if running else f"{name}: not running")
    return 0


def main() -> int:
    """Read the words of the command."""
    known = sorted(servers())
    words = argparse.ArgumentParser(prog="python -m tests.servers", description=__doc__)
    words.add_argument("action", choices=["up", "down", "status", "keep"])
    words.add_argument("names", nargs="*", metavar="NAME", help=f"all of them when none is named: {', '.join(known)}")
    words.add_argument("--with", dest="parent", type=int, default=os.getppid(), metavar="PID",
                       help="the process whose end is the servers' end too (default: the caller; 0: none)")  # fmt: skip
    told = words.parse_args()
    names = told.names or known
    if unknown := [name for name in names if name not in known]:
        words.error(f"no such server: {', '.join(unknown)}")
    if told.action == "up":
        return up(names, told.parent)
    if told.action == "keep":
        return keep(names[0], told.parent)
    return down(names) if told.action == "down" else status(names)


if __name__ == "__main__":
    sys.exit(main())
