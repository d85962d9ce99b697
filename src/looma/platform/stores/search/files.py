"""The files of a tantivy index: whether they are whole, which are left over, and doing away with them."""

import json
import os
import re
import tempfile
import zlib
from pathlib import Path

_PARTS = ("fast", "fieldnorm", "idx", "pos", "store", "term")
_LEFT = re.compile(r"[0-9a-f]{32}\..+|\.tmp.+")
_OURS = re.compile(rf"{_LEFT.pattern}|meta\.json|\.managed\.json|\.tantivy-.+")
_ENDING = (1337).to_bytes(4, "little")
_BLOCK = 1 << 20


class Damaged(Exception):
    """What is in the folder is no index of ours, or no longer; the reason is the message."""


def inspect(folder: Path) -> None:
    """Raise `Damaged` unless the folder holds a whole index or none at all.

    Tantivy maps its files into memory and trusts them: a file that is cut short would end the process, and one with
    other bytes would give other answers. Every file that the index consists of carries a checksum at its end.
    """
    if not (folder / "meta.json").exists():
        if any(_OURS.fullmatch(path.name) for path in folder.iterdir()):
            raise Damaged("meta.json is missing")
        return
    try:
        named = _named(folder)
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise Damaged("meta.json cannot be read") from broken
    for name in sorted(named):
        if not _whole(folder / name):
            raise Damaged(f"a segment's file .{name.rpartition('.')[2]} is not whole")


def sweep(folder: Path) -> None:
    """Remove what a write that did not come to its end has left: on a full disk there is no room for it."""
    if (folder / "meta.json").exists():
        named = _named(folder)
        for path in folder.iterdir():
            if _LEFT.fullmatch(path.name) and path.name not in named:
                path.unlink(missing_ok=True)


def probe(folder: Path) -> None:
    """Raise the `OSError` that writing meets now: tantivy keeps to itself what its threads met."""
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(_BLOCK))
        file.flush()
        os.fsync(file.fileno())


def wipe(folder: Path) -> None:
    """Remove the index, and nothing else that may be in the folder."""
    for path in folder.iterdir():
        if _OURS.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _named(folder: Path) -> set[str]:
    """The files that the last commit consists of."""
    named = set()
    for segment in json.loads((folder / "meta.json").read_bytes())["segments"]:
        stem = segment["segment_id"].replace("-", "")
        named |= {f"{stem}.{part}" for part in _PARTS}
        if segment["deletes"] is not None:
            named.add(f"{stem}.{segment['deletes']['opstamp']}.del")
    return named


def _whole(path: Path) -> bool:
    """Tantivy ends a file with JSON about it, the length of that (four bytes) and a number to know it by."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - 8))
            length, ending = int.from_bytes(file.read(4), "little"), file.read(4)
            if ending != _ENDING or length > size - 8:
                return False
            file.seek(size - 8 - length)
            told = json.loads(file.read(length))["crc"]
            file.seek(0)
            left, crc = size - 8 - length, 0
            while left > 0 and (block := file.read(min(_BLOCK, left))):
                left, crc = left - len(block), zlib.crc32(block, crc)
            return left == 0 and bool(told == crc)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return False
