"""A font that stands in for those which a PDF names and does not bring along.

PDFium asks the system for such a font and drops text whose glyphs it then finds no shape for: on a machine without
Chinese fonts whole lines would be lost, and what is read would depend on the machine. So the system is never asked;
fonts for ideographs are answered with one whose every character is the same full square, which is all that placing a
character takes. Latin fonts PDFium has itself.
"""

import ctypes
import struct
from typing import Any

import pypdfium2.raw as pdfium_c

_EAST_ASIAN = frozenset({128, 129, 134, 136})
"""Windows character sets: Japanese, Korean, simplified and traditional Chinese."""

_EM, _ASCENT, _DESCENT = 1000, 880, -120
_HANDLE = 1
_installed: list[Any] = []


def install() -> None:
    """Answer PDFium's questions for system fonts from now on, in this process. Twice does no more than once."""
    if _installed:
        return
    data = font()
    fields = dict(pdfium_c.FPDF_SYSFONTINFO._fields_)

    def map_font(_: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, exact: Any) -> int | None:
        return _HANDLE if charset in _EAST_ASIAN else None

    def font_data(_: Any, handle: Any, table: int, buffer: Any, size: int) -> int:
        asked = data if table == 0 else _tables().get(struct.pack(">I", table), b"")
        if buffer and size >= len(asked):
            ctypes.memmove(buffer, asked, len(asked))
        return len(asked)

    info = pdfium_c.FPDF_SYSFONTINFO(
        version=1,
        MapFont=fields["MapFont"](map_font),
        GetFont=fields["GetFont"](lambda _, face: None),
        GetFontData=fields["GetFontData"](font_data),
        GetFaceName=fields["GetFaceName"](lambda _, handle, buffer, size: 0),
        GetFontCharset=fields["GetFontCharset"](lambda _, handle: 134),
        DeleteFont=fields["DeleteFont"](lambda _, handle: None),
    )
    _installed.append(info)  # PDFium keeps the address
    pdfium_c.FPDF_SetSystemFontInfo(ctypes.byref(info))


def font() -> bytes:
    """The stand-in as a TrueType file (OpenType specification 1.9)."""
    tables = sorted(_tables().items())
    at = 12 + 16 * len(tables)
    directory, body = b"", b""
    for tag, table in tables:
        directory += tag + struct.pack(">III", _checksum(table), at + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return struct.pack(">IHHHH", 0x00010000, len(tables), 64, 2, 16 * len(tables) - 64) + directory + body


def _tables() -> dict[bytes, bytes]:
    square = struct.pack(
        ">hhhhhHH4B8h", 1, 0, _DESCENT, _EM, _ASCENT, 3, 0, *[1] * 4, 0, _EM, 0, -_EM, _DESCENT, 0, _EM, 0
    )
    characters = struct.pack(">HHIII", 13, 0, 28, 0, 1) + struct.pack(">III", 0x21, 0x3FFFF, 1)
    return {
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh",
            *(0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0, _EM, 0, 0),
            *(0, _DESCENT, _EM, _ASCENT, 0, 8, 2, 0, 0),
        ),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x00010000, _ASCENT, _DESCENT, 0, _EM, 0, 0, _EM, 1, *[0] * 7, 1),
        b"maxp": struct.pack(">IH13H", 0x00010000, 2, 4, 1, 0, 0, 2, *[0] * 8),
        b"hmtx": struct.pack(">Hhh", _EM, 0, 0),
        b"loca": struct.pack(">HHH", 0, 0, len(square) // 2),
        b"glyf": square,
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + characters,
    }


def _checksum(table: bytes) -> int:
    padded = table + b"\0" * (-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
