"""WordprocessingML into lines, element by element (ECMA-376 part 1, clause 17)."""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # the strict form
)
_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_W = dict.fromkeys(_WORD, "w:") | {_MATH: "m:", _COMPATIBILITY: "mc:"}

_UNSEEN = frozenset({"w:del", "w:moveFrom", "w:rt", "w:instrText", "w:delText"})
"""Deletions that are tracked, the old place of what was moved, readings above ideographs, codes of fields."""

_SIGNS = {"w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_OFF = {"0", "false", "off"}


@dataclass
class _Frame:
    """A story of its own: the body, or a text box, whose lines follow the paragraph that it hangs on."""

    lines: list[str] = field(default_factory=list)
    paragraph: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    rows: list[list[list[str]]] = field(default_factory=list)
    """The open rows of the tables around, outermost first; a row is cells, a cell is lines."""


class Body:
    """Takes the events of one part and keeps its lines. `addresses`: what to write after the link of an id."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        self._addresses = addresses
        self._frames = [_Frame()]
        self._skipped = 0
        self._reading = self._hidden = self._in_run_properties = False
        self._links: list[tuple[str, int]] = []  # what to write after a link, and where its text begins
        self._chosen: list[bool] = []
        self._starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "w:t": self._start_text,
            "m:t": self._start_text,
            "w:r": self._start_run,
            "w:rPr": self._start_run_properties,
            "w:vanish": self._vanish,
            "w:tab": self._tab,
            "w:sym": self._symbol,
            "w:txbxContent": lambda _: self._frames.append(_Frame()),
            "w:tr": lambda _: self._frame.rows.append([]),
            "w:tc": self._start_cell,
            "w:hyperlink": self._start_link,
            "mc:AlternateContent": lambda _: self._chosen.append(False),
            "mc:Choice": self._choose,
        }
        self._ends: dict[str, Callable[[], None]] = {
            "w:t": self._end_text,
            "m:t": self._end_text,
            "w:rPr": self._end_run_properties,
            "w:p": self._end_paragraph,
            "w:tr": self._end_row,
            "w:txbxContent": self._end_box,
            "w:hyperlink": self._end_link,
            "mc:AlternateContent": self._end_alternatives,
        }

    def lines(self) -> list[str]:
        """The lines that were read."""
        return self._frames[0].lines

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        tag = _short(name)
        if self._skipped or tag in _UNSEEN or (tag == "mc:Fallback" and self._chosen and self._chosen[-1]):
            self._skipped += 1
        elif tag in _SIGNS:
            self._frame.paragraph.append(_SIGNS[tag])
        elif (handler := self._starts.get(tag)) is not None:
            handler(attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
        elif (handler := self._ends.get(_short(name))) is not None:
            handler()

    def text(self, text: str) -> None:
        """Characters between two tags."""
        if self._reading and not self._skipped:
            self._frame.paragraph.append(text)

    @property
    def _frame(self) -> _Frame:
        return self._frames[-1]

    def _start_text(self, _: Mapping[str, str]) -> None:
        self._reading = not self._hidden

    def _end_text(self) -> None:
        self._reading = False

    def _start_run(self, _: Mapping[str, str]) -> None:
        self._hidden = False

    def _start_run_properties(self, _: Mapping[str, str]) -> None:
        self._in_run_properties = True

    def _end_run_properties(self) -> None:
        self._in_run_properties = False

    def _vanish(self, attributes: Mapping[str, str]) -> None:
        if self._in_run_properties:
            self._hidden = _attribute(attributes, _WORD, "val") not in _OFF

    def _tab(self, attributes: Mapping[str, str]) -> None:
        """The character; a tab *stop* has the same name, and a value."""
        if not _attribute(attributes, _WORD, "val"):
            self._frame.paragraph.append("\t")

    def _symbol(self, attributes: Mapping[str, str]) -> None:
        """A character of a symbol font, given in hexadecimal."""
        with contextlib.suppress(ValueError, OverflowError):
            self._frame.paragraph.append(chr(int(_attribute(attributes, _WORD, "char"), 16)))

    def _start_cell(self, _: Mapping[str, str]) -> None:
        if self._frame.rows:
            self._frame.rows[-1].append([])

    def _start_link(self, attributes: Mapping[str, str]) -> None:
        address = self._addresses.get(_attribute(attributes, _RELATIONS, "id"), "")
        self._links.append((address, len(self._frame.paragraph)))

    def _end_link(self) -> None:
        """A link that shows an address shows the one its owner means; what it leads to may be an old one."""
        address, begins = self._links.pop() if self._links else ("", 0)
        if address and "@" not in "".join(self._frame.paragraph[begins:]):
            self._frame.paragraph.append(f" {address}")

    def _choose(self, _: Mapping[str, str]) -> None:
        if self._chosen:
            self._chosen[-1] = True

    def _end_alternatives(self) -> None:
        if self._chosen:
            self._chosen.pop()

    def _end_box(self) -> None:
        if len(self._frames) > 1:
            box = self._frames.pop()
            self._frame.after += box.lines

    def _end_paragraph(self) -> None:
        frame = self._frame
        lines = "".join(frame.paragraph).split("\n") + frame.after
        frame.paragraph, frame.after = [], []
        self._add(lines)

    def _end_row(self) -> None:
        if self._frame.rows:
            cells = [[line for line in cell if line.strip()] for cell in self._frame.rows.pop()]
            self._add(_row([cell for cell in cells if cell]))

    def _add(self, lines: list[str]) -> None:
        frame = self._frame
        if frame.rows and frame.rows[-1]:
            frame.rows[-1][-1] += lines
        else:
            frame.lines += lines


def _row(cells: list[list[str]]) -> list[str]:
    """One line with tabs; where one cell has more lines, they follow; where several have, the cells are columns."""
    if sum(len(cell) > 1 for cell in cells) > 1:
        return [line for cell in cells for line in cell]
    rest = [line for cell in cells for line in cell[1:]]
    return ["\t".join(cell[0].strip() for cell in cells), *rest] if cells else []


def _short(name: str) -> str:
    namespace, _, local = name.rpartition("}")
    return _W.get(namespace, "?:") + local


def _attribute(attributes: Mapping[str, str], namespaces: tuple[str, str], name: str) -> str:
    return next((attributes[key] for space in namespaces if (key := f"{space}}}{name}") in attributes), "")
