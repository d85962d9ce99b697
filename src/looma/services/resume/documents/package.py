"""An Office package (a ZIP of XML parts, ECMA-376 part 2), opened with distrust: no part is unpacked past a limit."""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from looma.contracts.resume import Bomb, Encrypted, UnknownKind, Unreadable

from .markup import parse

MAX_PART = 64 << 20
MAX_TOTAL = 512 << 20
MAX_PARTS = 10_000
MAX_RATIO = 500
"""XML of office programs packs to a tenth, at most to a hundredth; DEFLATE itself ends at 1,032."""

_ENTRY = b"PK\x01\x02"
_RATIO_FROM = 4 << 20
_ENCRYPTED = 0x1
_FOLDERS = {"xl": "xlsx", "ppt": "pptx", "visio": "vsdx"}
_MAIN = "/officeDocument"


@dataclass(frozen=True)
class Relation:
    """One link of a part to another part or to an address."""

    id: str
    type: str
    target: str
    external: bool


class Package:
    """The parts of a package by name."""

    def __init__(self, data: bytes) -> None:
        """Raises `Unreadable`, `Encrypted` or `Bomb`."""
        if data.count(_ENTRY) > MAX_PARTS:  # before there is an object for each
            raise Bomb
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
            raise Unreadable(part="archive") from None
        self._parts = {info.filename.replace("\\", "/"): info for info in self._zip.infolist()}
        if any(info.flag_bits & _ENCRYPTED for info in self._parts.values()):
            raise Encrypted
        if sum(info.file_size for info in self._parts.values()) > MAX_TOTAL:
            raise Bomb

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    @property
    def has_pictures(self) -> bool:
        """Whether a picture is packed in."""
        return any(name.startswith("word/media/") for name in self._parts)

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises `Unreadable` or `Bomb`."""
        info = self._parts.get(part)
        if info is None:
            raise Unreadable(part=part)
        if info.file_size > MAX_PART or info.file_size > max(_RATIO_FROM, MAX_RATIO * info.compress_size):
            raise Bomb
        try:
            with self._zip.open(info) as file:
                return file.read(MAX_PART)  # never gives more than the declared size
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError):
            raise Unreadable(part=part) from None

    def relations(self, part: str = "") -> list[Relation]:
        """What a part (the package itself by default) links to; a part without links has none."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        found: list[Relation] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag.endswith("Relationship"):
                external = attributes.get("TargetMode") == "External"
                target = attributes.get("Target", "")
                if not external:
                    target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found.append(Relation(attributes.get("Id", ""), attributes.get("Type", ""), target, external))

        if rels in self:
            parse(self.read(rels), start)
        return found

    def main_part(self) -> str:
        """The name of the document part of a Word file. Raises `UnknownKind` for a package of another kind."""
        targets = [relation.target for relation in self.relations() if relation.type.endswith(_MAIN)]
        for part in [*targets, "word/document.xml"]:
            if part in self and part.startswith("word/"):
                return part
        raise UnknownKind(kind=self._foreign(targets))

    def _foreign(self, targets: list[str]) -> str:
        for target in targets:
            folder = target.partition("/")[0]
            if folder in _FOLDERS:
                return _FOLDERS[folder]
        if "mimetype" in self and b"opendocument" in self.read("mimetype")[:100]:
            return "odt" if self.read("mimetype").rstrip().endswith(b".text") else "opendocument"
        return "zip"
