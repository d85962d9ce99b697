"""Names of persons in Latin script: who a résumé is about, judged by place, shape and what stands around."""

import re
from collections.abc import Iterator, Sequence

from .chinese_names import NameMention
from .lines import Line, lines_of, segments_of
from .name_words import NO_NAME_WORDS, PERSONAL_NAMES, TRADES
from .place_keys import latin_place, place_key

_UPPER = "A-ZÀ-ÖØ-Þ"
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿĀ-ſ"
_TOKEN = re.compile(
    rf"(?P<name>(?:[DOL]['’`])?[{_UPPER}Ā-Ž][{_LETTER}'’`-]{{0,30}})(?P<dot>\.)?|(?P<particle>(?:van|von|der|den|de|del|della|da|di|du|dos"
    r"|la|le|el|al|bin|ibn|ben|ter|ten|y|e)(?![A-Za-z]))"
)
_HONORIFIC = re.compile(r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Er|CA|Sir)\b\.?\s{1,2})", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:(?:resume|résumé|curriculum\s{1,2}vitae|cv|c\.v\.|bio-?data|name)\b\s{0,3}(?:of\b|for\b|[:\-–—|])?\s{0,3})",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?<![A-Za-z])(?:(?:full|candidate(?:['’]s)?|applicant|first|my)\s)?name\s{0,4}[:：\-–|]{1,3}\s{0,6}|姓\s{0,4}名\s{0,3}[:/|]?\s{0,4}",
    re.IGNORECASE,
)
_NOT_MY_NAME = re.compile(
    r"(?:user|file|company|project|employer|organi[sz]ation|school|college|university|father|mother|spouse|husband|wife|domain"
    r"|client|product|brand|referee|reference|event|course|institute|host|class|job|your)(?:['’]?s)?\s?$",
    re.IGNORECASE,
)
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SUFFIX = re.compile(r",?\s(?:Jr|Sr|II|III|IV)\b\.?")
_TAIL = re.compile(
    r"\s{0,3}(?:$|[,|(\[–—:;/•●▪·\d+<]|-\s|\s-|e-?mail|phone|tel|mobile|cell|address|contact|[A-Z]{2,5}\b)",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\s(?:street|st|road|rd|avenue|ave|drive|lane|blvd|court|way|place|square)\b\.?\s{0,2}$", re.IGNORECASE
)
_CONTACT = re.compile(
    r"@|\d{3}[ .-]?\d{3,4}|e-?mail|phone|mobile|address|linkedin|https?:|\bstreet\b|\bP\.?O\.? box\b", re.IGNORECASE
)
_DOCUMENT = re.compile(r"\b(?:resume|résumé|curriculum|vitae|cv|personal\s(?:details|information))\b", re.IGNORECASE)
_INNER_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+")
_HEAD_CELLS = 60
_HEAD_REACH = 300
"""Beyond so many characters a name without a label needs more than its shape."""
_MAX_LABELS = 200
_LEAST = 0.45


def latin_names(plain: str, emails: Sequence[str]) -> list[NameMention]:
    """Names in Latin script that a text may be about, each with the confidence that its evidence gives.

    `emails` are the addresses of the text: a name that is alike to one is more likely the owner's.
    """
    locals_ = [re.sub(r"[^a-z]", "", address.partition("@")[0].lower()) for address in emails[:10]]
    return [*_labelled(plain), *_heads(plain, locals_), *_in_brackets(plain)]


def _labelled(plain: str) -> Iterator[NameMention]:
    for count, label in enumerate(_LABEL.finditer(plain)):
        if count >= _MAX_LABELS:
            return
        if _NOT_MY_NAME.search(plain, max(0, label.start() - 16), label.start()):
            continue
        start, end = _name_at(plain, label.end())
        words = plain[start:end]
        field = re.match(r"\s{0,2}:|\s[a-z]", plain[end : end + 3])
        if words and (" " in words or len(words) > 2) and not field and not _refused(words):
            yield NameMention(start, end, _value(words), "name_label", 0.95)


def _in_brackets(plain: str) -> Iterator[NameMention]:
    """The name in Latin script beside a Chinese one: ``陈思远 (Siyuan Chen)``."""
    for match in re.finditer(r"(?<=[\u4e00-\u9fff])\s?[(/|]\s?(?=[A-Z][a-z]+ [A-Z])", plain[:2_000]):
        start, end = _name_at(plain, match.end())
        words = plain[start:end]
        if (
            len(words.split()) in (2, 3)
            and not _refused(words)
            and plain[end : end + 1] in ("", ")", "\n", " ", "|", "/")
        ):
            yield NameMention(start, end, _value(words), "name_bilingual", 0.8)


def _heads(plain: str, locals_: Sequence[str]) -> Iterator[NameMention]:
    """A name in one of the first cells; the earlier and the better surrounded, the surer."""
    cells = _cells(plain)
    rank = 0
    for index, cell in enumerate(cells):
        around = (cells[index - 1].text if index else "", cells[index + 1].text if index + 1 < len(cells) else "")
        found = _in_cell(plain, cell, around, rank, locals_)
        if found is not None:
            yield found
            rank += 1
            if rank > 4:
                return


def _cells(plain: str) -> list[Line]:
    """The first cells of the text, without quotation marks around them."""
    cells: list[Line] = []
    for line in lines_of(plain[:12_000]):
        for cell in segments_of(line):
            shift = len(cell.text) - len(cell.text.lstrip("\"'“* _#"))
            cells.append(Line(cell.text[shift:], cell.start + shift, cell.end))
        if len(cells) >= _HEAD_CELLS:
            break
    return [cell for cell in cells if cell.text][:_HEAD_CELLS]


def _in_cell(plain: str, cell: Line, around: tuple[str, str], rank: int, locals_: Sequence[str]) -> NameMention | None:
    heading = _HEADING.match(plain, cell.start, cell.end)
    start, end = _name_at(plain, heading.end() if heading else cell.start, cell.end)
    words = plain[start:end]
    names = words.split()
    if not words or not _TAIL.match(plain[end : cell.end]) or _refused(words) or _STREET.search(plain[:end][-20:]):
        return None
    alike = any(_alike(names, local) for local in locals_)
    if len(names) < 2 and not alike:
        return None
    confidence = 0.4 + (0.3 if alike else 0.0) - 0.1 * rank + _evidence(plain[end : cell.end], *around)
    confidence += 0.15 if any(name.lower() in PERSONAL_NAMES for name in names) else 0.0
    confidence += 0.15 if cell.start < 3 or heading else (-0.05 if cell.start < _HEAD_REACH else -0.25)
    if confidence < _LEAST:
        return None
    return NameMention(start, end, _value(words), "name_head", round(min(confidence, 0.97), 2))


def _evidence(rest: str, preceding: str, following: str) -> float:
    """What the remainder of the cell and the cells around it add: contacts, a trade, a place, a heading."""
    added = 0.1 if not rest.strip() else 0.05 if _CONTACT.search(rest) else -0.05
    words = {word.strip(".,:;()").lower() for word in following.split()[:8]}
    told = _CONTACT.search(following[:120]) or words & TRADES or place_key(following[:60])
    titled = len(preceding) < 80 and _DOCUMENT.search(preceding)
    return added + (0.15 if told else 0.0) + (0.15 if titled else 0.0)


def _name_at(plain: str, start: int, stop: int | None = None) -> tuple[int, int]:
    """The run of two to five name words (or one) at `start`; an empty range when there is none."""
    stop = min(len(plain), start + 120) if stop is None else stop
    honorific = _HONORIFIC.match(plain, start, stop)
    start = honorific.end() if honorific else start
    position = end = start
    count = 0
    while count < 5:
        token = _TOKEN.match(plain, position, stop)
        if token is None or not _token_fits(token, count):
            break
        if token["name"]:
            count += 1
            end = token.end() if token["dot"] and len(token["name"]) == 1 else token.end("name")
            end -= len(plain[position:end]) - len(plain[position:end].rstrip("-'’`"))
        blank = 1 if plain[token.end() : token.end() + 1] == " " else 0
        if not blank and not (token["dot"] and len(token["name"] or "") == 1):
            break
        position = token.end() + blank
    suffix = _SUFFIX.match(plain, end, stop) if end > start else None
    return start, suffix.end() if suffix else end


def _token_fits(token: re.Match[str], count: int) -> bool:
    """Whether a token can go on a name: no heading word, no digits glued to it, a dot only after an initial."""
    if token["particle"]:
        return count > 0
    name = token["name"]
    following = token.string[token.end() : token.end() + 1]
    if following.isdigit() or following in ("@", "_"):
        return False
    bare = name.strip("'’`-.").lower()
    if bare in NO_NAME_WORDS or bare in _GENERATIONS:
        return False
    parts = _INNER_WORD.findall(name) if not name.isupper() else []
    return len(parts) < 2 or not any(len(part) > 1 and part.lower() in NO_NAME_WORDS for part in parts)


def _refused(words: str) -> bool:
    """Whether a run of capitalised words is a place, or has no word longer than an initial."""
    names = words.split()
    if all(len(name.rstrip(".")) < 2 for name in names):
        return True
    if latin_place(words) is not None or latin_place(" ".join(names[-2:])) is not None:
        return True
    first, last = latin_place(names[0]), latin_place(names[-1])
    city = len(names) > 1 and first is not None and first.within in ("India", "中国") and first.kind == "city"
    return city or (last is not None and last.kind == "region" and len(names[-1]) <= 3)


def _alike(names: Sequence[str], local: str) -> bool:
    """Whether the part of an address before the ``@`` holds a surname, or two parts, of the name."""
    parts = [re.sub(r"[^a-z]", "", name.lower()) for name in names]
    long = [part for part in parts if len(part) >= 3 and part in local]
    return bool(long) and (len(long) > 1 or len(long[0]) >= 5 or local.startswith(long[0]) or local.endswith(long[0]))


def _value(words: str) -> str:
    """The name in the case of names, with single blanks: ``JANE ROE`` is ``Jane Roe``."""
    names = words.split()
    if words.isupper() and any(len(name) > 2 for name in names):
        names = [re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), name) for name in names]
    return " ".join(names)
