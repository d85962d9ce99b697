"""OpenSearch from its published Java libraries: one node on the loopback, without security.

``python -m tests.servers.opensearch FOLDER`` runs one until it is interrupted.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from . import Missing

VERSION = "2.19.6"
LIBRARIES = {
    "org.opensearch:opensearch": VERSION,
    "org.opensearch.plugin:transport-netty4-client": VERSION,
    "org.apache.logging.log4j:log4j-core": "2.25.4",
}
HEAP_MB = 512
START_S, STOP_S = 120, 30

SOURCE = Path(__file__).with_name("SingleNode.java")
OPENED = ("java.base/java.lang", "java.base/java.util", "java.base/java.nio", "java.base/sun.nio.ch")


class OpenSearch:
    """One node; it ends with the process that started it, whatever becomes of that."""

    name, variable = "opensearch", "LOOMA_TEST_ELASTICSEARCH_URL"

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def get(self) -> None:
        """Fetch and compile what it needs, once: it is kept in the user's cache."""
        place = _place()
        if place.exists():
            return
        making = place.with_name(f"{place.name}.{os.getpid()}")
        making.mkdir(parents=True)
        try:
            (making / "pom.xml").write_text(_pom(), encoding="utf-8")
            copied = f"-DoutputDirectory={making}/lib"
            _run("mvn", "-q", "-B", "-f", f"{making}/pom.xml", "dependency:copy-dependencies", copied)
            _run("javac", "-cp", f"{making}/lib/*", "-d", f"{making}/classes", f"{SOURCE}")
            try:
                making.rename(place)
            except OSError:  # another process was faster
                if not place.exists():
                    raise
        finally:
            shutil.rmtree(making, ignore_errors=True)

    def start(self, folder: Path) -> str:
        """Start it on a folder of its own; its address, once it answers."""
        self.get()
        place, address, log = _place(), folder / "address", folder / "log"
        folder.mkdir(parents=True, exist_ok=True)
        address.unlink(missing_ok=True)
        command = [
            _tool("java"),
            *_options(folder),
            "-cp",
            f"{place}/classes:{place}/lib/*",
            "SingleNode",
            folder,
            address,
        ]
        with log.open("wb") as out:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command,
                stdin=subprocess.PIPE,  # it ends when this is closed
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # an interrupt is for its keeper alone
            )
        until = time.monotonic() + START_S
        while not address.exists():
            if self.ended() or time.monotonic() > until:
                self.stop()
                raise Missing(f"OpenSearch did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-3000:]}")
            time.sleep(0.1)
        return address.read_text(encoding="utf-8")

    @property
    def process_id(self) -> int:
        """The Java process."""
        return self._process.pid if self._process else 0

    def ended(self) -> bool:
        """Whether it has come to its end."""
        return self._process is None or self._process.poll() is not None

    def stop(self) -> None:
        """Close what it listens to, and end it."""
        server = self._process
        if server is None or server.stdin is None:
            return
        server.stdin.close()
        try:
            server.wait(STOP_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()

    def kill(self) -> None:
        """End it as the loss of power does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


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
        *(f"--add-opens={module}=ALL-UNNAMED" for module in OPENED),
    ]


def _place() -> Path:
    """A folder for each version and each program of ours."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "looma-tests"
    return cache / f"opensearch-{VERSION}-{hashlib.sha256(SOURCE.read_bytes() + _pom().encode()).hexdigest()[:12]}"


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
        raise Missing(f"{tool} failed:\n{(done.stdout + done.stderr)[-3000:]}")


def _tool(tool: str) -> str:
    if (found := shutil.which(tool)) is None:
        raise Missing(
            f"OpenSearch needs {tool}. On Debian and Ubuntu: sudo apt-get install openjdk-17-jdk-headless maven"
        )
    return found


if __name__ == "__main__":
    node = OpenSearch()
    sys.stdout.write(f"{node.variable}={node.start(Path(sys.argv[1]).absolute())}\n")
    sys.stdout.flush()
    try:
        while not node.ended():
            time.sleep(1)
    except KeyboardInterrupt:
        node.stop()
