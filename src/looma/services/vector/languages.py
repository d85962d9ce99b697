"""The language that a text is mostly written in, told by its share of Han characters."""

import re
from typing import Literal

Language = Literal["zh", "en"]

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[^\W\d_]")

HAN_SHARE = 0.2
"""From this share of Han characters among the letters on a text is Chinese: one says as much as four or five Latin
letters, so a Chinese text full of English product names stays Chinese."""

_SAMPLE = 5_000


def language_of(text: str) -> Language:
    """``zh`` when at least a fifth of the letters at the beginning are Han characters, else ``en``."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return "en"
    han = len(_HAN.findall(sample))
    return "zh" if han and han >= HAN_SHARE * len(_LETTER.findall(sample)) else "en"
