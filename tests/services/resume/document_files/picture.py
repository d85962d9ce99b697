"""The smallest pictures of each format: enough for a reader to know them by, a whole PNG where it matters."""

import struct
import zlib


def png(width: int = 8, height: int = 8) -> bytes:
    """A white PNG (ISO/IEC 15948)."""
    rows = b"".join(b"\0" + b"\xff" * width for _ in range(height))
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def bmp() -> bytes:
    """One white pixel as a Windows bitmap."""
    pixels = b"\xff\xff\xff\0"
    header = struct.pack("<IiiHHIIiiII", 40, 1, 1, 1, 24, 0, len(pixels), 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(pixels), 0, 0, 54) + header + pixels


PICTURES = {
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9",
    "png": png(),
    "gif": b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;",
    "tiff, little end first": b"II*\0\x08\0\0\0\0\0\0\0\0\0",
    "tiff, big end first": b"MM\0*\0\0\0\x08\0\0\0\0\0\0",
    "bmp": bmp(),
    "webp": b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0",
}
