"""A small PDF writer (ISO 32000-1): standard fonts for Latin text, SimSun (not embedded) for the rest."""

import hashlib
import zlib
from dataclasses import dataclass, field

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")

_SHAPE = "/Flags 4/FontBBox[-8 -145 1000 859]/ItalicAngle 0/Ascent 859/Descent -140/CapHeight 683/StemV 80"


@dataclass
class PdfPage:
    """What is drawn on one page of A4 or of `size`, in points from the lower left corner."""

    size: tuple[float, float] = (595, 842)
    rotate: int = 0
    ops: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def text(self, x: float, y: float, text: str, *, size: float = 11, font: str = "Helvetica", turn: int = 0) -> None:
        """Draw one line; `turn` is in quarters to the left. A text that is not Latin uses the CID font."""
        cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn % 4]
        matrix = f"{cos} {sin} {-sin} {cos} {x} {y} Tm"
        if text.isascii():
            shown = "".join(f"\\{char}" if char in "()\\" else char for char in text)
            self.ops.append(f"BT /{font} {size} Tf {matrix} ({shown}) Tj ET")
        else:
            self.used.update(text)
            self.ops.append(f"BT /Han {size} Tf {matrix} <{text.encode('utf-16-be').hex()}> Tj ET")

    def words(self, x: float, y: float, text: str, *, size: float = 11) -> None:
        """Draw each word of a Courier line at its own place, without any blank between them."""
        at = x
        for word in text.split(" "):
            self.text(at, y, word, size=size, font="Courier")
            at += (len(word) + 1) * 0.6 * size

    def lines(self, x: float, y: float, lines: list[str], *, size: float = 11, leading: float = 15) -> None:
        """Draw lines one below the other."""
        for index, line in enumerate(lines):
            self.text(x, y - index * leading, line, size=size)

    def picture(self) -> None:
        """Draw a grey square as an inline picture."""
        self.ops.append("q 200 0 0 200 100 400 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")


def pdf(*pages: PdfPage, password: str | None = None, compress: bool = True) -> bytes:
    """The file; with `password` nobody opens it without (RC4, 40 bit)."""
    used = sorted(set().union(*(page.used for page in pages)))
    bodies: list[tuple[str, bytes | None]] = [
        ("<</Type/Catalog/Pages 2 0 R>>", None),
        ("", None),
        ("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>", None),
        ("<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>", None),
        (
            "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
            None,
        ),
        (
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/DW 1000/CIDSystemInfo 8 0 R/FontDescriptor 10 0 R>>",
            None,
        ),
        ("", _to_unicode(used)),
        ("<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>", None),
        ("<</Font<</Helvetica 3 0 R/Courier 4 0 R/Han 5 0 R>>>>", None),
        (f"<</Type/FontDescriptor/FontName/SimSun{_SHAPE}>>", None),
    ]
    kids = []
    for page in pages:
        kids.append(f"{len(bodies) + 1} 0 R")
        box = f"/MediaBox[0 0 {page.size[0]} {page.size[1]}]/Rotate {page.rotate}"
        bodies.append((f"<</Type/Page/Parent 2 0 R{box}/Contents {len(bodies) + 2} 0 R/Resources 9 0 R>>", None))
        bodies.append(("", "\n".join(page.ops).encode("latin-1")))
    bodies[1] = (f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(kids)}]>>", None)
    return _file(bodies, password, compress)


def stream_bomb(size: int) -> bytes:
    """A page whose content unpacks to `size` bytes, packed twice over."""
    page = b"BT /Helvetica 11 Tf (spam) Tj ET\n"
    once = zlib.compress(page * (size // len(page)), 9)
    content = zlib.compress(once, 9)
    box = "/MediaBox[0 0 595 842]"
    return _file(
        [
            ("<</Type/Catalog/Pages 2 0 R>>", None),
            ("<</Type/Pages/Count 1/Kids[3 0 R]>>", None),
            (f"<</Type/Page/Parent 2 0 R{box}/Contents 4 0 R/Resources<</Font<</Helvetica 5 0 R>>>>>>", None),
            ("/Filter[/FlateDecode/FlateDecode]", content),
            ("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", None),
        ],
        None,
        compress=False,
    )


def _file(bodies: list[tuple[str, bytes | None]], password: str | None, compress: bool) -> bytes:
    identity = hashlib.md5(b"identity", usedforsecurity=False).digest()
    key, encrypt = _key(password, identity) if password is not None else (b"", "")
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, (dictionary, stream) in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number
        if stream is None:
            out += dictionary.encode("latin-1")
        else:
            extra = dictionary
            if compress and not dictionary:
                stream, extra = zlib.compress(stream), "/Filter/FlateDecode"
            if key:
                stream = _rc4(_object_key(key, number), stream)
            out += f"<<{extra}/Length {len(stream)}>>\nstream\n".encode() + stream + b"\nendstream"
        out += b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += (
        f"trailer\n<</Size {len(bodies) + 1}/Root 1 0 R{encrypt}/ID[<{identity.hex()}><{identity.hex()}>]>>\n".encode()
    )
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _to_unicode(used: list[str]) -> bytes:
    """The CMap that gives each code its character; codes are UTF-16, so it says what the code says already."""
    entries = [f"<{ord(char):04x}> <{char.encode('utf-16-be').hex()}>" for char in used]
    blocks = [entries[at : at + 100] for at in range(0, len(entries), 100)]
    maps = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{maps}\nendcmap end end"
    ).encode()


def _key(password: str, identity: bytes) -> tuple[bytes, str]:
    """The file key and the Encrypt dictionary (ISO 32000-1, 7.6.3: algorithms 2, 3 and 4, revision 2)."""
    padded = (password.encode("latin-1") + _PAD)[:32]
    owner = _rc4(hashlib.md5(padded, usedforsecurity=False).digest()[:5], padded)
    permissions = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5(padded + owner + permissions + identity, usedforsecurity=False).digest()[:5]
    user = _rc4(key, _PAD)
    return key, f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{owner.hex()}>/U<{user.hex()}>>>"


def _object_key(key: bytes, number: int) -> bytes:
    salted = key + number.to_bytes(3, "little") + b"\0\0"
    return hashlib.md5(salted, usedforsecurity=False).digest()[:10]


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
