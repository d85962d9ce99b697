"""OpenSearch, from its published Java libraries: one node on the loopback, without security, that ends with us.

``python -m tests.servers.opensearch FOLDER`` runs it in the foreground until it is interrupted. Needs a JDK (17 or
later) and Maven.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

name = "opensearch"
VARIABLE = "LOOMA_TEST_ELASTICSEARCH_URL"
VERSION = "2.19.6"
LIBRARIES = {
    "org.opensearch:opensearch": VERSION,
    "org.opensearch.plugin:transport-netty4-client": VERSION,
    "org.apache.logging.log4j:log4j-core": "2.25.4",
}
HEAP_MB = 512
READY_S = 120

_SOURCE = Path(__file__).with_name("SingleNode.java")
_OPENED = ["java.base/java.lang", "java.base/java.util", "java.base/java.nio", "java.base/sun.nio.ch"]
_running: subprocess.Popen[bytes] | None = None


def get() -> Path:
    """The folder with everything that it needs: fetched and compiled once, then kept in the user's cache."""
    place = _cache() / f"{name}-{VERSION}-{_fingerprint()}"
    if place.exists():
        return place
    making = place.with_name(f"{place.name}.{os.getpid()}")
    making.mkdir(parents=True)
    try:
        (making / "pom.xml").write_text(_pom())
        copied = f"-DoutputDirectory={making}/lib"
        _run("mvn", "-q", "-B", "-f", f"{making}/pom.xml", "dependency:copy-dependencies", copied)
        _run("javac", "-cp", f"{making}/lib/*", "-d", f"{making}/classes", f"{_SOURCE}")
        with contextlib.suppress(FileExistsError, OSError):  # another process was faster
            making.rename(place)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return place


def start(folder: Path) -> str:
    """Start it on a folder of its own; its address, once it answers. It ends with this process at the latest."""
    global _running
    place, address, log = get(), folder / "address", folder / "log"
    folder.mkdir(parents=True, exist_ok=True)
    address.unlink(missing_ok=True)
    with log.open("wb") as out:
        _running = subprocess.Popen(  # noqa: S603 - our own program
            [_tool("java"), *_options(folder), "-cp", f"{place}/classes:{place}/lib/*", "SingleNode", folder, address],
            stdin=subprocess.PIPE,  # it ends when this is closed
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # an interrupt is ours to pass on
        )
    end = time.monotonic() + READY_S
    while not address.exists():
        if _running.poll() is not None or time.monotonic() > end:
            stop()
            raise RuntimeError(f"{name} does not start:\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.1)
    return address.read_text()


def stop() -> None:
    """End it; safe when it does not run."""
    global _running
    server, _running = _running, None
    if server is None:
        return
    assert server.stdin is not None
    server.stdin.close()
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _options(folder: Path) -> list[str]:
    return [
        f"-Xms{HEAP_MB // 2}m",
        f"-Xmx{HEAP_MB}m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        f"-XX:ErrorFile={folder}/crash",
        f"-Djava.io.tmpdir={folder}",
        "-Dlog4j2.level=WARN",
        "-Dio.netty.allocator.type=unpooled",
        *(f"--add-opens={module}=ALL-UNNAMED" for module in _OPENED),
    ]


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "looma-tests"


def _fingerprint() -> str:
    return hashlib.sha256(_SOURCE.read_bytes() + _pom().encode()).hexdigest()[:12]


def _pom() -> str:
    needed = "".join(
        "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency>".format(
            *artifact.split(":"), version
        )
        for artifact, version in LIBRARIES.items()
    )
    own = (
        "<modelVersion>4.0.0</modelVersion><groupId>looma</groupId><artifactId>servers</artifactId><version>1</version>"
    )
    return f"<project>{own}<dependencies>{needed}</dependencies></project>\n"


def _run(tool: str, *arguments: str) -> None:
    done = subprocess.run([_tool(tool), *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{tool} failed:\n{(done.stdout + done.stderr)[-3000:]}")


def _tool(tool: str) -> str:
    if (found := shutil.which(tool)) is None:
        raise RuntimeError(f"{name} needs {tool}, which is not installed")
    return found


if __name__ == "__main__":
    sys.stdout.write(f"{VARIABLE}={start(Path(sys.argv[1]).absolute())}\n")
    sys.stdout.flush()
    try:
        assert _running is not None
        _running.wait()
    except KeyboardInterrupt:
        stop()
