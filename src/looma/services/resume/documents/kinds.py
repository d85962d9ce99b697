"""What a file is, told by its first bytes and never by its name."""

from enum import StrEnum

from looma.contracts.resume import Encrypted, UnknownKind

_PDF_WITHIN = 1024
"""Readers take a PDF header anywhere in the first kilobyte (ISO 32000-1, annex H.3.4.1)."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "PowerPoint Document": "ppt"}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_BMP_HEADERS = {12, 16, 40, 52, 56, 64, 108, 124}
_FOREIGN = {
    b"{\\rtf": "rtf",
    b"Rar!": "rar",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "gzip",
    b"%!PS": "postscript",
    b"SQLite format 3\0": "sqlite",
    b"\x7fELF": "elf",
}


class Kind(StrEnum):
    """The ways to read a file."""

    PDF = "pdf"
    ZIP = "zip"
    IMAGE = "image"
    TEXT = "text"
    """Nothing else, so perhaps text."""


def kind_of(data: bytes) -> Kind:
    """The kind of a file. Raises `UnknownKind` for what is known and not read, `Encrypted` for a locked Office file."""
    if _is_pdf(data):
        return Kind.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Kind.ZIP
    if data.startswith(_PICTURES) or _is_bmp(data) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return Kind.IMAGE
    if data.startswith(_OLE):
        raise _ole(data)
    for magic, kind in _FOREIGN.items():
        if data.startswith(magic):
            raise UnknownKind(kind=kind)
    return Kind.TEXT


def _is_pdf(data: bytes) -> bool:
    at = data.find(b"%PDF-", 0, _PDF_WITHIN + 5)
    return at == 0 or (at > 0 and b" obj" in data)  # a text may speak of "%PDF-", but has no objects


def _is_bmp(data: bytes) -> bool:
    """Two letters are a weak mark ("BMW …"): the size of the next header has to be one of those that exist."""
    return data[:2] == b"BM" and data[6:10] == b"\0\0\0\0" and int.from_bytes(data[14:18], "little") in _BMP_HEADERS


def _ole(data: bytes) -> Encrypted | UnknownKind:
    """The old Office container; it also wraps OOXML that is locked with a password (MS-OFFCRYPTO 2.3.1)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Encrypted()
    for stream, kind in _OLE_STREAMS.items():
        if stream.encode("utf-16-le") in data:
            return UnknownKind(kind=kind)
    return UnknownKind(kind="ole")
