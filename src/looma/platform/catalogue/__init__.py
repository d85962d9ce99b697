"""The one catalogue of every text that a user reads, in Chinese and English.

One folder a language, one TOML file an area; a code such as ``resume.too_large`` is the key ``too_large`` in the table
``[resume]`` of any file. Templates are `str.format` templates whose fields are the details that come with the code.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Language = Literal["zh-CN", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def texts(language: Language) -> Mapping[str, str]:
    """All templates of one language by code."""
    found: dict[str, str] = {}
    for file in sorted(files(__name__).joinpath(language).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            for code, template in _flat(tomllib.loads(file.read_text(encoding="utf-8")), ""):
                if code in found:
                    raise ValueError(f"{code} stands twice in the catalogue ({language}, {file.name})")
                found[code] = template
    return found


def text(code: str, language: Language, /, **details: Any) -> str:
    """The text for `code`; an unknown code comes back as itself, a missing detail stays visible as its field."""
    template = texts(language).get(code)
    return code if template is None else template.format_map(_Details(details))


def negotiate(accept_language: str | None) -> Language:
    """The first language of an ``Accept-Language`` header (RFC 9110 §12.5.4) that we speak; English otherwise."""
    ranked = sorted(enumerate((accept_language or "").split(",")[:20]), key=lambda item: (-_quality(item[1]), item[0]))
    for _, part in ranked:
        tag = part.split(";")[0].strip().lower()
        if tag.split("-")[0] == "zh" and _quality(part) > 0:
            return "zh-CN"
        if tag.split("-")[0] in ("en", "*") and _quality(part) > 0:
            return "en"
    return "en"


def _quality(part: str) -> float:
    _, _, q = part.partition("q=")
    try:
        return float(q) if q else 1.0
    except ValueError:
        return 0.0


def _flat(table: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        pairs += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]
    return pairs


class _Details(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
