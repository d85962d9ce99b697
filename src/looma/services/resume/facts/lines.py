"""A text as lines and cells with their offsets, and the same text in half-width form for rules to match on."""

import re
from dataclasses import dataclass

_FOLD = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((0x3000, 0x00A0, 0x2007, 0x2009, 0x200A, 0x202F, *range(0x2000, 0x2007), 0x2008), 0x20),
}
"""Full-width ASCII to ASCII and every wide or narrow blank to a space, one code point to one."""

_GAP = re.compile(r"\t+|[ \u3000\u00a0]{2,}|[|│丨｜•●▪■◆◇►\uf0b7\uf0ac\uf06c\u2022]")


@dataclass(frozen=True, slots=True)
class Line:
    """A passage of a text without the blanks around it: `text` is the document's `[start:end]`, in code points."""

    text: str
    start: int
    end: int


def folded(text: str) -> str:
    """The text with full-width letters, digits, punctuation and blanks in half-width form; length and offsets stay."""
    return text.translate(_FOLD)


def lines_of(text: str) -> list[Line]:
    """All lines in order, trimmed; blank ones are kept as empty lines. A text without a line feed is one line."""
    lines = []
    offset = 0
    for raw in text.splitlines(keepends=True):
        lines.append(trimmed(text, offset, offset + len(raw)))
        offset += len(raw)
    return lines


def segments_of(line: Line) -> list[Line]:
    """The cells of a line: cut at tabs, at two or more blanks, at bars and bullets; empty cells are left out."""
    cells = []
    offset = 0
    for gap in _GAP.finditer(line.text):
        cells.append((offset, gap.start()))
        offset = gap.end()
    cells.append((offset, len(line.text)))
    found = (trimmed(line.text, start, end) for start, end in cells)
    return [Line(cell.text, line.start + cell.start, line.start + cell.end) for cell in found if cell.text]


def trimmed(text: str, start: int, end: int) -> Line:
    """The passage `text[start:end]` without blanks at its ends; an empty passage lies at `start`."""
    passage = text[start:end]
    inner = passage.strip()
    if not inner:
        return Line("", start, start)
    start += len(passage) - len(passage.lstrip())
    return Line(inner, start, start + len(inner))
