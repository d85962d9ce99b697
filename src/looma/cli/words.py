"""The language that the command line speaks, and its texts."""

import os
import sys
from typing import Any

from looma.platform import catalogue
from looma.platform.catalogue import Language

CHOICES: dict[str, Language] = {"zh": "zh-CN", "zh-CN": "zh-CN", "en": "en"}


def language() -> Language:
    """``--lang`` where it is given (also beside ``--help``), else LOOMA_LANGUAGE, else the locale's."""
    words = sys.argv[1:]
    for at, word in enumerate(words):
        told = word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if word == "--lang" and at + 1 < len(words):
            told = words[at + 1]
        if told in CHOICES:
            return CHOICES[told]
    if (told := os.environ.get("LOOMA_LANGUAGE", "")) in CHOICES:
        return CHOICES[told]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh-CN" if value.lower().startswith("zh") else "en"
    return "en"


def t(key: str, /, **details: Any) -> str:
    """The text ``cli.<key>`` in the language of the command line."""
    return catalogue.text(f"cli.{key}", language(), **details)
