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
    """One pass with everything at hand: a page has thousands of characters, and each costs four calls."""
    unicode_of, angle_of = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetCharAngle
    box_of, origin_of = pdfium_c.FPDFText_GetLooseCharBox, pdfium_c.FPDFText_GetCharOrigin
    box, origin_x, origin_y = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_ref, x_ref, y_ref = map(ctypes.byref, (box, origin_x, origin_y))
    sides = (ctypes.c_float * 4).from_buffer(box)  # left, top, right, bottom: one look instead of four
    found: dict[int, list[Glyph]] = {}
    overhangs: dict[tuple[int, float, float], float] = {}  # by character and shape: asking is slow
    for index in range(pdfium_c.FPDFText_CountChars(raw)):
        code = unicode_of(raw, index)
        if code <= 0x20 and not (code := _drawn(raw, index, code)):
            continue
        if code > 0x10FFFF or not box_of(raw, index, box_ref) or not origin_of(raw, index, x_ref, y_ref):
            continue
        left, top, right, bottom = sides
        if angle := angle_of(raw, index):
            degrees = -round(math.degrees(angle)) % 360  # PDFium turns to the right
            glyph = _turned(chr(code), degrees, (left, right, bottom, top), (origin_x.value, origin_y.value))
        else:
            degrees, height = 0, top - bottom
            shape = code, round(right - left, 2), round(height, 2)
            if (overhang := overhangs.get(shape)) is None:
                overhang = overhangs[shape] = _overhang(raw, index, right, origin_x.value)
            glyph = Glyph(chr(code), left, right - overhang, origin_y.value, height)
        found.setdefault(degrees, []).append(glyph)
    return found


def _drawn(raw: Any, index: int, code: int) -> int:
    """The character that a control code or a blank stands for; 0 when it was not drawn."""
    if code == 0x20:
        return 0 if pdfium_c.FPDFText_IsGenerated(raw, index) == 1 else code
    if code == 2 and pdfium_c.FPDFText_IsHyphen(raw, index) == 1:  # so PDFium marks a hyphen at the end of a line
        return 0x2D
    return 0


def _overhang(raw: Any, index: int, right: float, origin: float) -> float:
    """How far the box reaches past the glyph's advance.

    PDFium widens the box of a letter that leans over its advance, such as ``f``, so that the blank after it would be
    covered. Such a box ends where the ink ends; only then is the font asked.
    """
    ink = [ctypes.c_double() for _ in range(4)]
    if not pdfium_c.FPDFText_GetCharBox(raw, index, *map(ctypes.byref, ink)) or ink[1].value < right - _NEXT_TO:
        return 0.0
    font = pdfium_c.FPDFTextObj_GetFont(pdfium_c.FPDFText_GetTextObject(raw, index))
    size = ctypes.c_float(pdfium_c.FPDFText_GetFontSize(raw, index))
    code = pdfium_c.FPDFText_GetUnicode(raw, index)
    width, matrix = ctypes.c_float(), pdfium_c.FS_MATRIX()
    if not font or not pdfium_c.FPDFFont_GetGlyphWidth(font, code, size, ctypes.byref(width)):
        return 0.0
    pdfium_c.FPDFText_GetMatrix(raw, index, ctypes.byref(matrix))
    advance = width.value * abs(matrix.a)
    return max(0.0, right - (origin + advance)) if advance > 0 else 0.0


def _turned(text: str, degrees: int, box: tuple[float, float, float, float], origin: tuple[float, float]) -> Glyph:
    """The glyph in axes that lie along its own line."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    left, right, bottom, top = box
    corners = [(x * cos + y * sin, y * cos - x * sin) for x in (left, right) for y in (bottom, top)]
    along, across = [corner[0] for corner in corners], [corner[1] for corner in corners]
    baseline = origin[1] * cos - origin[0] * sin
    return Glyph(text, min(along), max(along), baseline, max(across) - min(across))
