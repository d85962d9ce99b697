"""How long a document takes to read, and what a worker process costs: `python bench/documents.py` (Linux)."""

import argparse
import asyncio
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "services" / "resume"))

from document_files.docx import docx, p, table
from document_files.pdf import PdfPage, pdf

from looma.platform.workers import Workers
from looma.services.resume.documents import read_document

ENGLISH = [
    "Led a team of six engineers that rebuilt the ranking of the recommender system in Python and PyTorch,",
    "which raised the click rate by 12% and cut the cost of serving by a third; on call for Kubernetes clusters.",
]
CHINESE = [
    "负责推荐系统的排序模型与特征平台建设，使用Python与PyTorch，点击率提升12%，服务成本下降三分之一；维护Kubernetes集群。"
]


def main() -> None:
    """Print the machine and every figure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=40, help="readings of each file")
    options.add_argument("--folder", type=Path, help="also read every file of this folder once")
    chosen = options.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}")
    for name, data in files().items():
        report(name, len(data), [timed(lambda data=data: read_document(data, "x")) for _ in range(chosen.runs)])
    if chosen.folder:
        several = [file.read_bytes() for file in sorted(chosen.folder.iterdir())]
        report(
            f"{len(several)} files", sum(map(len, several)), [timed(lambda d=d: read_document(d, "x")) for d in several]
        )
    asyncio.run(workers())


def files() -> dict[str, bytes]:
    """Two pages each."""
    return {
        "two-page PDF, English": pdf(*(page(ENGLISH) for _ in range(2))),
        "two-page PDF, Chinese": pdf(*(page(CHINESE) for _ in range(2))),
        "DOCX, English": docx(*(p(line) for line in ENGLISH * 25), table(*[["2019 - 2021", "Acme"]] * 5)),
        "DOCX, Chinese": docx(*(p(line) for line in CHINESE * 50), table(*[["2019.03-至今", "某某公司"]] * 5)),
    }


def page(lines: list[str]) -> PdfPage:
    """A page full of text."""
    full = PdfPage()
    for index in range(50):
        full.text(40, 800 - 15 * index, lines[index % len(lines)], size=9)
    return full


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - started)


def report(name: str, size: int, times: list[float]) -> None:
    """One line of figures."""
    p95 = statistics.quantiles(times, n=20)[18]
    print(f"{name:24} {size / 1024:9.1f} KB   p50 {statistics.median(times):7.1f} ms   p95 {p95:7.1f} ms")


async def workers() -> None:
    """Start, answer and memory of a worker process."""
    starts, calls = [], []
    for _ in range(5):
        pool = Workers(preload=("looma.services.resume.documents",))
        started = time.perf_counter()
        await pool.warm()
        starts.append(1000 * (time.perf_counter() - started))
        for _ in range(50):
            started = time.perf_counter()
            await pool.run(abs, -1, timeout_s=60)
            calls.append(1000 * (time.perf_counter() - started))
        await pool.close()
    ready, answer = statistics.median(starts), statistics.median(calls)
    print(f"worker ready after {ready:.0f} ms, a call and its answer {answer:.2f} ms")
    for pages in (2, 500):
        data = pdf(*(page(ENGLISH if number % 2 else CHINESE) for number in range(pages)))
        pool = Workers(preload=("looma.services.resume.documents",))
        await pool.warm()
        idle = await peak_mb(pool)
        took = time.perf_counter()
        document = await pool.run(read_document, data, "x", timeout_s=600)
        took = time.perf_counter() - took
        peak = await peak_mb(pool)
        print(
            f"{pages}-page PDF in a worker: {took:.1f} s, {len(document.text):,} characters, "
            f"resident {idle:.0f} MB before, {peak:.0f} MB at most"
        )
        await pool.close()


async def peak_mb(pool: Workers) -> float:
    """Greatest resident memory of the worker so far (`getrusage` would count what it had of us before it started)."""
    status = await pool.run(Path.read_text, Path("/proc/self/status"), timeout_s=60)
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
