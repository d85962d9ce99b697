"""Headings of job texts in both languages; the table is ``headings.tsv``."""

import re
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Part(StrEnum):
    """What a passage of a job text is about; `INTRO` is what stands before the first heading."""

    INTRO = "intro"
    DUTIES = "duties"
    REQUIREMENTS = "requirements"
    NICE = "nice"
    BENEFITS = "benefits"
    ABOUT = "about"


LONGEST = 48
"""Characters of a heading."""
_BRACKETED = re.compile(r"[(（][^()（）]{0,40}[)）]")
_AROUND = '【】[]()（）<>《》「」“”"*#_~=-–—:：.。、?？!！ \t'
_QUALIFIERS = frozenset(
    {"key", "main", "core", "your", "job", "primary", "role", "essential", "minimum", "basic", "required", "position"}
    | {"candidate", "technical", "our", "general", "professional", "specific", "company", "employee", "other", "soft"}
)
_AIM = re.compile(r"\s(?:for|of|in)\s.{1,30}$")
_JOINT = re.compile(r"\s*(?:&|/|\+|、|,|，|\band\b|与|和|及)\s*")


@cache
def _parts() -> dict[str, Part]:
    found: dict[str, Part] = {}
    for row in files(__package__).joinpath("headings.tsv").read_text("utf-8").splitlines()[1:]:
        part, chinese, english = row.split("\t")
        found.update(dict.fromkeys([*chinese.split(";"), *english.split(";")], Part(part)))
    return found


def part_named(words: str) -> Part | None:
    """The part that a heading names, however it is decorated; None when the words are no heading."""
    if len(words) > LONGEST:
        return None
    plain = _BRACKETED.sub("", words.replace("\u2019", "'").lower()).strip(_AROUND)
    if (part := _known(" ".join(plain.split()))) is not None:
        return part
    first, *others = _JOINT.split(plain)
    named = _known(first.strip()) if others else None
    return named if all(_known(other.strip()) for other in others) else None


def _known(plain: str) -> Part | None:
    table = _parts()
    for form in (plain, _AIM.sub("", plain)):
        words = form.split(" ")
        while words:
            if (part := table.get(" ".join(words))) is not None:
                return part
            if words[0] not in _QUALIFIERS:
                break
            words = words[1:]
    return None
