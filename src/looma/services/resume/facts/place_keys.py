"""One key for every way to write a place: 北京, 北京市 and Beijing are ``北京``.

Places of China are keyed by their Chinese name, all others by their English one; the table is ``places.tsv`` beside
this file. The module needs nothing but the standard library.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

HAN = r"\u3400-\u9fff"
_SUFFIX = re.compile(r"特别行政区|自治[区州]|地区|[省市盟州]")
_BETWEEN = re.compile(r"[ \t·・,/|>-]{0,3}")
_DISTRICT = re.compile(rf"[ ·-]?[{HAN}]{{1,8}}?(?:开发区|新区|区|县|镇)(?!域)")
_PART = re.compile(r"\s*[,|/;()\n]\s*|\s+[-–—]\s+")
_ZIP = re.compile(r"[\s-]*\d[\d\s-]*$")
_AROUND = re.compile(
    r"^(?:greater|metro|downtown)\s+|\s+(?:city|area|urban|district|metropolitan area|region)$", re.IGNORECASE
)
_SHORT = 3
"""Names of so few letters are codes (``CA``, ``UAE``) and must be in capitals."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the table: a `country`, a `region` (province, state) or a `city`, and what it lies within."""

    key: str
    kind: str
    within: str


@cache
def places() -> dict[str, Place]:
    """Every place by each of its names, English ones in lower case (codes in capitals); the first of a name wins."""
    found: dict[str, Place] = {}
    table = files(__package__).joinpath("places.tsv").read_text(encoding="utf-8")
    for row in table.splitlines()[1:]:
        key, kind, within, chinese, english = row.split("\t")
        place = Place(key, kind, within)
        for name in chinese.split(","):
            if name:
                found.setdefault(name, place)
        for name in english.split(","):
            if name:
                found.setdefault(name if len(name) <= _SHORT else name.lower(), place)
        found.setdefault(key.lower(), place)
    return found


def place_key(text: str) -> str | None:
    """The key of the most specific place that the text names, or nothing when it names none.

    A town that is not in the table but stands before a known region is keyed with it: ``Fernhill, Florida``.
    """
    words = text.strip(" \t\r\n,.;:，。；、")
    if re.match(f"[{HAN}]", words):
        found = chinese_place(words, 0)
        return found[0].key if found else None
    return _latin_key(words)


def latin_place(words: str) -> Place | None:
    """The place that the words name as a whole, in English."""
    words = _ZIP.sub("", words[:80]).strip(" .")
    if len(words) <= _SHORT:
        return places().get(words) or places().get(f"{words}.".lower())
    known = places().get(words.lower()) or places().get(f"{words}.".lower())
    return known or places().get(_AROUND.sub("", words).lower())


def chinese_place(text: str, start: int) -> tuple[Place, int] | None:
    """The place that begins at `start` and where its words end: ``江苏省南京市玄武区`` is 南京 with its district."""
    found: Place | None = None
    end = position = start
    while True:
        step = _name_at(text, position)
        if step is None or (found is not None and not _within(step[0], found)):
            break
        found, end = step
        between = _BETWEEN.match(text, end)
        position = between.end() if between else end
    if found is None:
        return None
    district = _DISTRICT.match(text, end) if found.kind == "city" or found.within == "中国" else None
    return found, district.end() if district else end


def _within(inner: Place, outer: Place) -> bool:
    return inner.within == outer.key or outer.key == "中国" or inner.key == outer.key


def _name_at(text: str, start: int) -> tuple[Place, int] | None:
    """The longest Chinese name at `start`, with its suffix."""
    for length in range(min(9, len(text) - start), 1, -1):
        place = places().get(text[start : start + length])
        if place is not None and not text[start].isascii():
            suffix = _SUFFIX.match(text, start + length)
            return place, suffix.end() if suffix else start + length
    return None


def _latin_key(words: str) -> str | None:
    parts = [part for part in _PART.split(words[:200]) if part]
    known = [(part, latin_place(part)) for part in parts[:5]]
    whole = latin_place(words)
    if whole is not None:
        return whole.key
    for kind in ("city", "region", "country"):
        for index, (_, place) in enumerate(known):
            if place is not None and place.kind == kind:
                town = known[index - 1][0] if index else ""
                return f"{town}, {place.key}" if town and kind != "city" and not known[index - 1][1] else place.key
    return None
