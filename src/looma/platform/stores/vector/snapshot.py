"""The folder of snapshots: which files there are, and that they are whole. Everything here blocks.

A snapshot is a file of columns for each collection, one for its graph, and the manifest that names them with their
checksums and the position that they stand for. Files are written once, under new names; the manifest is written aside
and renamed over the old one when all that it names is on the disk. So at any moment one whole snapshot is there.
"""

import fcntl
import json
import os
import re
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from ..errors import StoreBusy
from . import packing
from .graph import Graph
from .state import State

FORMAT = 1
_OURS = re.compile(r"manifest\.json|manifest\.aside|\d+\.(columns|graph)")
_BLOCK = 1 << 20


class Damaged(Exception):
    """The folder holds no snapshot of ours, or no longer; the reason is the message."""


@dataclass(frozen=True)
class File:
    """A file of the folder as it has to be."""

    name: str
    size: int
    crc: int


@dataclass(frozen=True)
class Kept:
    """The files of one collection."""

    columns: File
    graph: File | None


@dataclass(frozen=True)
class Manifest:
    """What belongs together; every change up to `position` is in it."""

    position: int = 0
    next: int = 1
    """The number of the next file."""
    collections: Mapping[str, Kept] = field(default_factory=dict)


class Snapshots:
    """One folder, locked for as long as it is open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock: int | None = None
        self._manifest, self._next = Manifest(), 1
        self._graphs: dict[str, Graph | None] = {}
        """What the graph files of the manifest hold: a graph that is there already is not written again."""

    def open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            self.close()
            raise StoreBusy(what="another process has the vectors open") from taken

    def close(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def read(self) -> tuple[int, dict[str, State]]:
        """The position and the collections of the last snapshot; `Damaged` if it is not whole."""
        manifest = self._read_manifest()
        states = {name: self._read(kept) for name, kept in manifest.collections.items()}
        self._manifest, self._next = manifest, manifest.next
        self._graphs = {name: state.graph for name, state in states.items()}
        self._sweep()
        return manifest.position, states

    def write(self, position: int, changed: Mapping[str, State | None]) -> None:
        """Another snapshot: the last one with these collections instead, None for those that are gone."""
        files = dict(self._manifest.collections)
        try:
            for name, state in changed.items():
                before = files.pop(name, None)
                if state is not None:
                    files[name] = Kept(self._write_columns(state), self._graph_file(name, state, before))
            aside = self._write_aside(Manifest(position, self._next, files))
        except BaseException:
            self._sweep()
            raise
        os.replace(aside, self.folder / "manifest.json")
        self._manifest = Manifest(position, self._next, files)
        graphs = self._graphs | {name: state.graph for name, state in changed.items() if state}
        self._graphs = {name: graph for name, graph in graphs.items() if name in files}
        _flush(self.folder)
        self._sweep()

    def wipe(self) -> None:
        """Remove every snapshot, and nothing else that may be in the folder. The manifest goes first."""
        (self.folder / "manifest.json").unlink(missing_ok=True)
        _flush(self.folder)
        self._manifest, self._graphs = Manifest(), {}
        self._sweep()

    def _graph_file(self, name: str, state: State, before: Kept | None) -> File | None:
        if state.graph is None:
            return None
        if before is not None and self._graphs.get(name) is state.graph:
            return before.graph
        path = self._new("graph")
        state.graph.write(path)
        return _finished(path)

    def _write_columns(self, state: State) -> File:
        path = self._new("columns")
        with path.open("wb") as file:
            packing.write(file, state)
        return _finished(path)

    def _new(self, kind: str) -> Path:
        self._next += 1
        return self.folder / f"{self._next - 1}.{kind}"

    def _write_aside(self, manifest: Manifest) -> Path:
        aside = self.folder / "manifest.aside"
        body = json.dumps({"format": FORMAT} | asdict(manifest)).encode()
        aside.write_bytes(b"%s\n%08x\n" % (body, zlib.crc32(body)))
        _finished(aside)
        _flush(self.folder)
        return aside

    def _read_manifest(self) -> Manifest:
        try:
            body, told, _ = (self.folder / "manifest.json").read_bytes().split(b"\n")
            if int(told, 16) != zlib.crc32(body):
                raise Damaged("the manifest has another checksum")
            return _manifest(json.loads(body))
        except FileNotFoundError as missing:
            if any(_OURS.fullmatch(path.name) for path in self.folder.iterdir()):
                raise Damaged("the manifest is missing") from missing
            return Manifest()
        except (ValueError, TypeError, KeyError, AttributeError) as broken:
            raise Damaged("the manifest cannot be read") from broken

    def _read(self, kept: Kept) -> State:
        for file in (kept.columns, kept.graph):
            if file is not None and _seen(self.folder / file.name) != file:
                raise Damaged(f"{file.name} is not what it was")
        try:
            graph = Graph.read(self.folder / kept.graph.name) if kept.graph else None
            return packing.read(self.folder / kept.columns.name, graph)
        except (ValueError, TypeError, KeyError, BadZipFile, RuntimeError) as broken:
            raise Damaged(f"{kept.columns.name} or its graph cannot be read") from broken

    def _sweep(self) -> None:
        """Remove our files that the manifest does not name. One that stays takes room and does no harm."""
        files = [file for kept in self._manifest.collections.values() for file in (kept.columns, kept.graph)]
        named = {"manifest.json", *(file.name for file in files if file)}
        with suppress(OSError):
            for path in self.folder.iterdir():
                if _OURS.fullmatch(path.name) and path.name not in named:
                    path.unlink(missing_ok=True)


def _manifest(told: dict[str, Any]) -> Manifest:
    if told.pop("format") != FORMAT:
        raise Damaged("it is of another version")
    kept = {
        name: Kept(File(**files["columns"]), File(**files["graph"]) if files["graph"] else None)
        for name, files in told.pop("collections").items()
    }
    return Manifest(collections=kept, **told)


def _finished(path: Path) -> File:
    """On the disk, with its checksum."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    if (seen := _seen(path)) is None:
        raise FileNotFoundError(path.name)
    return seen


def _seen(path: Path) -> File | None:
    """As it is, None when it is not there."""
    size = crc = 0
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                size, crc = size + len(block), zlib.crc32(block, crc)
    except FileNotFoundError:
        return None
    return File(path.name, size, crc)


def _flush(folder: Path) -> None:
    """Make the entries of a folder durable; flushing a file alone does not keep its name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
