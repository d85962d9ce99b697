"""The main job as a person waits for it: ``python bench/main_job.py``.

Aims: `looma match` cold on a two-page PDF against the 80 demo jobs in at most 3 s; two-page PDF to facts p95 at most
150 ms a core; the matching part against 10,000 jobs is in ``bench/matching.py``.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from machine import describe, spread

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "services" / "resume"))

from document_files.pdf import PdfPage, pdf

from looma import demo
from looma.services.resume.facts.reading import read_facts
from looma.services.resume.intake import read_file

LOOMA = str(Path(sys.executable).with_name("looma"))
LINES = 44


def two_pages(text: str) -> bytes:
    """A résumé filled up to two pages by its own lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    lines = (lines * (2 * LINES // len(lines) + 1))[: 2 * LINES]
    pages = []
    for part in (lines[:LINES], lines[LINES:]):
        pages.append(page := PdfPage())
        page.lines(50, 780, [line[:95] for line in part], size=10, leading=16)
    return pdf(*pages)


def timed(work: Callable[[], object], runs: int) -> list[float]:
    """Seconds of each run."""
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return taken


def main() -> None:
    """Print every figure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=10)
    runs = options.parse_args().runs
    samples = {name: read_file(data, name, date(2026, 1, 1)).text for name, data in demo.samples()}
    print(describe())
    for name, text in samples.items():
        data = two_pages(text)
        parsed = read_file(data, "resume.pdf", date(2026, 1, 1))
        whole = timed(lambda data=data: read_file(data, "resume.pdf", date(2026, 1, 1)), 5 * runs)
        facts = timed(lambda text=parsed.text: read_facts(text, None, [], date(2026, 1, 1)), 5 * runs)
        print(
            f"{name}, two-page PDF to facts ({len(parsed.text)} characters, {len(parsed.facts)} facts): {spread(whole)}"
        )
        print(f"{name}, of these the facts: {spread(facts)}")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "resume.pdf"
            file.write_bytes(data)
            command = [LOOMA, "match", str(file), "--data", f"{folder}/none", "--json"]
            env = os.environ | {"LOOMA_LOG_LEVEL": "ERROR"}
            cold = timed(lambda c=command, e=env: subprocess.run(c, check=True, capture_output=True, env=e), runs)
        print(f"{name}, looma match cold against the 80 demo jobs: {spread(cold)}")


if __name__ == "__main__":
    main()
