"""Characters as a reader takes them: one form for each letter, nothing that cannot be seen."""

import re
import unicodedata

_LIGATURES = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)},  # ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},  # ⼯ (Kangxi radical) → 工
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xF900, 0xFB00)},  # compatibility ideographs
}

_RADICALS = dict(
    zip(
        map(ord, "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳"),
        "母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
"""Unicode's ``EquivalentUnifiedIdeograph`` for radicals that are whole words. Fonts share one glyph between a word and
its radical, and PDF writers that go back from glyph to character often give the radical."""

_BLANKS = dict.fromkeys((0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F), " ")
_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029), "\n")
_BULLETS = dict.fromkeys((0xF06C, 0xF06E, 0xF076, 0xF0A7, 0xF0A8, 0xF0B7, 0xF0D8, 0xF0FC), "•")
"""Where the symbol fonts of word processors keep their list marks."""

_UNSEEN = dict.fromkeys(
    (
        *(code for code in range(0x20) if chr(code) not in "\t\n"),
        *range(0x7F, 0xA0),
        0x00AD,  # soft hyphen
        0x034F,
        0x061C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),  # variation selectors
        0xFEFF,
        *range(0xFFF9, 0xFFFC),
        *range(0xFFFE, 0x10000),
        *range(0xE0000, 0xE0080),
    )
)
_TABLE: dict[int, str | None] = {**_UNSEEN, **_BLANKS, **_BREAKS, **_LIGATURES, **_RADICALS, **_BULLETS}

_SURROGATE = re.compile("[\ud800-\udfff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_MARGINS = re.compile(r"[ \t]+\n")


def cleaned(text: str) -> str:
    """The text with line feeds alone as breaks, plain blanks, ligatures and radicals as letters, unseen ones left out.

    Private characters are pictures of an icon font: a blank stands for each, so that it does not stick to a word.
    """
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE)
    return _PRIVATE.sub(" ", text)


def trimmed(text: str) -> str:
    """A cleaned text without blanks at the ends of its lines and without empty lines at its two ends."""
    return _MARGINS.sub("\n", text + "\n").strip("\n")
