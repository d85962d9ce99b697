"""The glyphs of a PDF page as PDFium finds them, turned so that each runs from left to right."""

import ctypes
import math
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_NEXT_TO = 0.01


class Glyph(NamedTuple):
    """One character and its box: `left` to `right` is its advance, `height` the font's; lengths in points."""

    text: str
    left: float
    right: float
    baseline: float
    height: float


def glyphs_of(page: pdfium.PdfPage) -> dict[int, list[Glyph]]:
    """All glyphs by the direction of their line (whole degrees against the horizontal), in the order of the file.

    What PDFium puts in between (blanks, line ends) is left out: it guesses them from boxes of ink and misses many.
    """
    textpage = page.get_textpage()
    try:
        return _collected(textpage.raw)
    finally:
        textpage.close()


def _collected(raw: Any) -> dict[int, list[Glyph]]:
    unicode_of, angle_of = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetCharAngle
    found: dict[int, list[Glyph]] = {}
    measure = _Measure(raw)
    for index in range(pdfium_c.FPDFText_CountChars(raw)):
        code = unicode_of(raw, index)
        if code <= 0x20:
            if code == 2 and pdfium_c.FPDFText_IsHyphen(raw, index) == 1:
                code = 0x2D  # PDFium marks the hyphen at the end of a line so
            elif code != 0x20 or pdfium_c.FPDFText_IsGenerated(raw, index) == 1:
                continue
        if code > 0x10FFFF:
            continue
        degrees = -round(math.degrees(angle_of(raw, index))) % 360  # PDFium turns to the right
        glyph = measure(index, chr(code), degrees)
        if glyph is not None:
            found.setdefault(degrees, []).append(glyph)
    return found


class _Measure:
    """The boxes of one page's characters; the buffers are made once, since a page has thousands."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._box = pdfium_c.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._refs = ctypes.byref(self._box), ctypes.byref(self._x), ctypes.byref(self._y)
        self._overhangs: dict[tuple[str, float, float], float] = {}  # by character and shape: asking is slow

    def __call__(self, index: int, text: str, degrees: int) -> Glyph | None:
        box, x, y = self._refs
        if not pdfium_c.FPDFText_GetLooseCharBox(self._raw, index, box):
            return None
        if not pdfium_c.FPDFText_GetCharOrigin(self._raw, index, x, y):
            return None
        left, right, bottom, top = self._box.left, self._box.right, self._box.bottom, self._box.top
        if degrees:
            return _turned(text, degrees, (left, right, bottom, top), (self._x.value, self._y.value))
        shape = text, round(right - left, 2), round(top - bottom, 2)
        overhang = self._overhangs.get(shape)
        if overhang is None:
            overhang = self._overhangs[shape] = self._overhang(index, right)
        return Glyph(text, left, right - overhang, self._y.value, top - bottom)

    def _overhang(self, index: int, right: float) -> float:
        """How far the box reaches past the glyph's advance.

        PDFium widens the box of a letter that leans over its advance, such as ``f``, so that the blank after it would
        be covered. Such a box ends where the ink ends; only then is the font asked.
        """
        sides = [ctypes.c_double() for _ in range(4)]
        if not pdfium_c.FPDFText_GetCharBox(self._raw, index, *map(ctypes.byref, sides)):
            return 0.0
        if sides[1].value < right - _NEXT_TO:
            return 0.0
        font = pdfium_c.FPDFTextObj_GetFont(pdfium_c.FPDFText_GetTextObject(self._raw, index))
        size = ctypes.c_float(pdfium_c.FPDFText_GetFontSize(self._raw, index))
        code = pdfium_c.FPDFText_GetUnicode(self._raw, index)
        width, matrix = ctypes.c_float(), pdfium_c.FS_MATRIX()
        if not font or not pdfium_c.FPDFFont_GetGlyphWidth(font, code, size, ctypes.byref(width)):
            return 0.0
        pdfium_c.FPDFText_GetMatrix(self._raw, index, ctypes.byref(matrix))
        advance = width.value * abs(matrix.a)
        return max(0.0, right - (self._x.value + advance)) if advance > 0 else 0.0


def _turned(text: str, degrees: int, box: tuple[float, float, float, float], origin: tuple[float, float]) -> Glyph:
    """The glyph in axes that lie along its own line."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    left, right, bottom, top = box
    corners = [(x * cos + y * sin, y * cos - x * sin) for x in (left, right) for y in (bottom, top)]
    along, across = [corner[0] for corner in corners], [corner[1] for corner in corners]
    baseline = origin[1] * cos - origin[0] * sin
    return Glyph(text, min(along), max(along), baseline, max(across) - min(across))
