"""Bytes of a text file as text: the encoding is told by the bytes themselves."""

import codecs
from collections.abc import Callable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024
_PLAUSIBLE = 0.8
_DAMAGED_SHARE = 0.01
_CONTROL_SHARE = 0.02
_CONTROLS = {code for code in range(0x20) if chr(code) not in "\t\n\v\f\r\x1b"} | {0x7F}
_LATIN = {*range(0xC0, 0x100), *b"\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa9\xab\xae\xb0\xb4\xb7\xbb"}
"""What European prose has above ASCII in Windows-1252: letters, quotes, dashes, bullet, euro, blank."""


def decoded(data: bytes) -> str | None:
    """The text, or None when the bytes are no text in any encoding that is read.

    A byte order mark decides; then UTF-8, also where a few bytes of it are damaged (each gives U+FFFD); then whichever
    of GB 18030, Big5 and Windows-1252 makes the most of its double bytes common ones.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _readable(data[len(mark) :].decode(encoding, "replace"))
    try:
        return _readable(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    return _readable(_damaged_utf8(data) or _legacy(data) or "\0")


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few bad bytes: far more of its sequences are whole than broken."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(char > "\x7f" for char in text) - broken
    return text if whole >= 10 * broken else None


def _legacy(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    best, encoding = max(((_common(sample, rule), name) for name, rule in _RULES.items()), key=lambda found: found[0])
    if best < _PLAUSIBLE:
        return None
    text = data.decode(encoding, "replace")
    return text if text.count("\ufffd") <= max(1, _DAMAGED_SHARE * len(text)) else None


def _common(sample: bytes, rule: Callable[[bytes, int], tuple[int, bool]]) -> float:
    """The share of characters above ASCII that are common ones by the rule of one encoding."""
    at = common = seen = 0
    while at < len(sample):
        if sample[at] < 0x80:
            at += 1
            continue
        width, good = rule(sample, at)
        at, common, seen = at + width, common + good, seen + 1
    return common / seen if seen else 0.0


def _gb18030(sample: bytes, at: int) -> tuple[int, bool]:
    """Common are the symbols (rows 1 to 3) and the 3,755 ideographs of level 1 (rows 16 to 55) of GB 2312."""
    lead, trail = sample[at], sample[at + 1] if at + 1 < len(sample) else 0xA1
    if 0x30 <= trail <= 0x39:
        return 4, False
    return 2, trail >= 0xA1 and (0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3)


def _big5(sample: bytes, at: int) -> tuple[int, bool]:
    """Common are the symbols (A1 to A3) and the 5,401 ideographs of level 1 (A4 to C6)."""
    lead, trail = sample[at], sample[at + 1] if at + 1 < len(sample) else 0xA1
    return 2, 0xA1 <= lead <= 0xC6 and (0x40 <= trail <= 0x7E or 0xA1 <= trail <= 0xFE)


def _windows_1252(sample: bytes, at: int) -> tuple[int, bool]:
    """Letters and signs of European prose, which stand among ASCII and seldom next to each other."""
    follows = at + 1 < len(sample) and sample[at + 1] >= 0x80
    precedes = at > 0 and sample[at - 1] >= 0x80
    return 1, sample[at] in _LATIN and not (follows and precedes)


_RULES = {"gb18030": _gb18030, "cp950": _big5, "cp1252": _windows_1252}


def _readable(text: str) -> str | None:
    """The text, unless it is full of control characters: then the bytes were no text."""
    head = text[:_SAMPLE]
    controls = sum(ord(char) in _CONTROLS for char in head)
    return text if controls <= _CONTROL_SHARE * len(head) else None
