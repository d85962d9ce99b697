"""The language that a text is mostly written in, told by its share of Han characters."""

import re

from looma.contracts.resume import TextLanguage

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[^\W\d_]")

HAN_SHARE = 0.2
"""From this share of Han characters among the letters on a text is Chinese: a Han character says as much as a word of
four or five Latin letters, so a Chinese résumé full of English product names stays Chinese."""

_SAMPLE = 20_000


def language_of(text: str) -> TextLanguage:
    """``zh`` when at least a fifth of the letters are Han characters, else ``en``; a text without letters is ``en``.

    Only the first 20,000 characters are looked at.
    """
    sample = text[:_SAMPLE]
    han = len(_HAN.findall(sample))
    letters = len(_LETTER.findall(sample))
    return "zh" if han and han >= HAN_SHARE * letters else "en"
