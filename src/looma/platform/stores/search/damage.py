"""The files of a tantivy index on disk: whether they are whole, and doing away with them when they are not."""

import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

_PARTS = ("fast", "fieldnorm", "idx", "pos", "store", "term")
_OURS = re.compile(r"[0-9a-f]{32}\..+|meta\.json|\.managed\.json|\.tantivy-.+|\.tmp.+")
_ENDING = (1337).to_bytes(4, "little")
_BLOCK = 1 << 20


class Damaged(Exception):
    """What is in the folder is no index of ours, or no longer; the reason is the message."""


def inspect(folder: Path) -> None:
    """Raise `Damaged` unless the folder holds a whole index or none at all.

    Tantivy maps its files into memory and trusts them: a file that is cut short would end the process, and one with
    other bytes would give other answers. Every file that the index consists of carries a checksum at its end.
    """
    meta = folder / "meta.json"
    if not meta.exists():
        if any(_OURS.fullmatch(path.name) for path in folder.iterdir()):
            raise Damaged("meta.json is missing")
        return
    try:
        names = list(_names(json.loads(meta.read_bytes())))
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise Damaged("meta.json cannot be read") from broken
    for name in names:
        if not _whole(folder / name):
            raise Damaged(f"{name.rpartition('.')[2]} file of a segment")


def wipe(folder: Path) -> None:
    """Remove the index, and nothing else that may be in the folder."""
    for path in folder.iterdir():
        if _OURS.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _names(meta: dict[str, list[dict[str, object]]]) -> Iterator[str]:
    for segment in meta["segments"]:
        stem = str(segment["segment_id"]).replace("-", "")
        yield from (f"{stem}.{part}" for part in _PARTS)
        if isinstance(deletes := segment["deletes"], dict):
            yield f"{stem}.{deletes['opstamp']}.del"


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
