"""English organisations: capitalised words before a legal form, or around a word such as University.

Runs over the tokens of one row at a time, from the telling word to the left and, for ``University of …``, to the right.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from looma.contracts.resume import FactKind

from .chinese_organizations import NamedOrganization
from .rows import Row


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LEGAL = _words("inc incorporated ltd limited llc llp plc gmbh corp corporation pvt pty co company bv kg sarl")
_LEGAL_FIRST = _words("private")
_INSTITUTIONS = _words(
    "bank hospital hospitals clinic group holdings airlines airways insurance consulting consultancy consultants"
    " associates"
    " solutions technologies technology systems services industries enterprises laboratories labs pharmaceuticals"
    " healthcare foundation association society trust council authority ministry software infotech telecom"
    " communications entertainment studios partners ventures capital logistics motors church bakery hotel"
    " hotels restaurant"
    " center centre agency"
)
_MINISTRIES = _words("ministry department office bureau")
_SCHOOLS = _words("university college institute academy polytechnic school universidad université universität")
_LOWER_SCHOOLS = _words("university college institute")
_DISTRICTS = _words("system district board")
_JOINING = _words("of and & for the de la du des di at in")
_INNER = _words("of and & for the de la du des di")
_STOP = _words(
    "january february march april may june july august september october november december jan feb mar"
    " apr jun jul aug sep"
    " sept oct nov dec present current till date at in with from worked working joined client clients"
    " company employer"
    " organization organisation designation role position title location duration education experience degree diploma"
    " bachelor bachelors master masters doctor phd mba bs ba be b.e btech b.tech bsc b.sc ms m.s ma m.a"
    " mca bca b.a b.s"
    " certificate engineer developer manager consultant analyst director intern officer executive administrator"
    " architect president name project projects under through via since by as to on i we our my this that these those"
    " graduated graduate attended studied completed pursuing year employment history work professional academic"
    " summary skills additional information key team lead programmer tester specialist technician supervisor"
    " member members"
    " editor head representative represented chair chairman teacher coach professor lecturer award scholarship author"
    " principal coordinator secretary webmaster discussant trainee assistant associate fellow volunteer"
)
_TOKEN = re.compile(r"[^\s,;:()|\[\]\"“”•–—/]+|[,;:()|\[\]\"“”•–—/]")
_TELLING = re.compile(
    "(?i:" + "|".join(sorted(_LEGAL | _INSTITUTIONS | _MINISTRIES | _SCHOOLS)) + ")",
)
_CAMPUSES = re.compile(
    r", (?:Berkeley|Los Angeles|San Diego|Davis|Irvine|Santa Barbara|Santa Cruz|Riverside"
    r"|Austin|Dallas|Arlington|Madison"
    r"|Milwaukee|Urbana[- ]Champaign|Champaign|Chapel Hill|Amherst|Boston|College Park|Ann Arbor"
    r"|Twin Cities|Lincoln|Omaha"
    r"|Long Beach|Fullerton|Northridge|Sacramento|Bombay|Delhi|Madras|Kanpur|Kharagpur|Roorkee|Guwahati|Hyderabad)\b"
)
_ABBREVIATED = (
    "Inc.",
    "Ltd.",
    "Co.",
    "Corp.",
    "L.L.C.",
    "INC.",
    "LTD.",
    "CO.",
    "CORP.",
    "inc.",
    "ltd.",
    "Pty.",
    "Pvt.",
)
_LONGEST = 9
"""Tokens to one side; longer runs of capitals are headlines."""


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The tokens of a row; `blocked` says where a wall lies over one."""

    row: Row
    words: list[str]
    spans: list[tuple[int, int]]
    blocked: list[bool]

    def touches(self, index: int) -> bool:
        """Whether one blank or none stands between this token and the next."""
        gap = self.spans[index + 1][0] - self.spans[index][1]
        return gap <= 1 or (gap == 2 and self.words[index].lower() in ("of", "and", "&"))

    def name_word(self, index: int) -> bool:
        """Whether the token can be part of a name."""
        word = self.words[index]
        if self.blocked[index] or word.lower().strip(".'’") in _STOP:
            return False
        if index == 0 and word.endswith("ed") and len(word) > 5:
            return False
        return (word[0].isupper() or word[0].isdigit()) and any(letter.isalpha() for letter in word)


def english_organizations(rows: Sequence[Row], walls: Sequence[tuple[int, int]] = ()) -> list[NamedOrganization]:
    """The English organisations of the rows, in order and apart. No name reaches over a wall (sorted passages)."""
    starts = [start for start, _ in walls]
    found: list[NamedOrganization] = []
    for row in rows:
        if _TELLING.search(row.text) is None:
            continue
        tokens = _tokens(row, walls, starts)
        last = -1
        for index, word in enumerate(tokens.words):
            if index <= last or tokens.blocked[index]:
                continue
            span = _span(tokens, index, word.lower().rstrip(".").strip("'’"), last)
            if span is not None:
                first, last, kind, confidence = span
                found.append(_named(tokens, first, last, kind, confidence))
    return found


def _tokens(row: Row, walls: Sequence[tuple[int, int]], starts: Sequence[int]) -> _Tokens:
    matches = list(_TOKEN.finditer(row.text))
    spans = [(row.start + match.start(), row.start + match.end()) for match in matches]
    blocked = []
    for start, end in spans:
        place = bisect_left(starts, end)
        blocked.append(place > 0 and walls[place - 1][1] > start)
    return _Tokens(row, [match[0] for match in matches], spans, blocked)


_Found = tuple[int, int, FactKind, float]


def _span(tokens: _Tokens, index: int, word: str, last: int) -> _Found | None:
    """First and last token of the organisation whose telling word stands at `index`."""
    if word in _LEGAL:
        return _legal(tokens, index, last)
    if not tokens.words[index][0].isupper() and word not in _LOWER_SCHOOLS:
        return None
    if word in _SCHOOLS:
        return _school(tokens, index, last)
    if word in _MINISTRIES:
        end = _right(tokens, index)
        return (index, end, FactKind.COMPANY, 0.7) if word == "ministry" and end > index + 1 else None
    if word in _INSTITUTIONS:
        return _institution(tokens, index, last)
    return None


def _legal(tokens: _Tokens, index: int, last: int) -> _Found | None:
    comma = index > 0 and tokens.words[index - 1] == ","
    first = _left(tokens, index - 1 if comma else index, last)
    while first < index and tokens.words[first].lower().strip(".") in _LEGAL | _LEGAL_FIRST | {","}:
        first += 1
    if first >= index - comma:
        return None
    weak = tokens.words[index].lower().strip(".") in ("co", "company")
    if weak and not (not comma and tokens.words[index][0].isupper() and len(tokens.row.text) < 100):
        return None
    end = index
    while end + 1 < len(tokens.words) and tokens.words[end + 1].lower().strip(".") in _LEGAL and tokens.touches(end):
        end += 1
    if (
        end + 2 < len(tokens.words)
        and tokens.words[end + 1] == ","
        and tokens.words[end + 2].lower().strip(".") in _LEGAL
    ):
        end += 2
    return first, end, FactKind.COMPANY, 0.75 if weak else 0.9


def _school(tokens: _Tokens, index: int, last: int) -> _Found | None:
    first = _left(tokens, index, last)
    end = _right(tokens, index)
    if end == first or (end == index and tokens.words[index].lower() == "school" and index - first < 1):
        return None
    if end == index and end + 1 < len(tokens.words) and tokens.words[end + 1].lower() in _DISTRICTS:
        return first, end + 1, FactKind.COMPANY, 0.7
    only = " ".join(tokens.words[first : end + 1]).lower()
    if only in (
        "high school",
        "the university",
        "the college",
        "secondary school",
        "graduate school",
        "higher secondary school",
    ):
        return None
    return first, end, FactKind.SCHOOL, 0.85


def _institution(tokens: _Tokens, index: int, last: int) -> _Found | None:
    """A weak word, such as Solutions: a name where it ends a short cell that begins with a name."""
    row = tokens.row
    if row.bullet or len(row.text) > 90:
        return None
    first = _left(tokens, index, last)
    following = [word.lower().strip(".") for word in tokens.words[index + 1 : index + 3]]
    if following[:1] and (following[0] in _LEGAL or (following[0] == "," and following[-1] in _LEGAL)):
        return None
    closes = index + 1 == len(tokens.words) or tokens.words[index + 1] in ",(|–—-:" or not tokens.touches(index)
    opens = (
        first == 0 or tokens.words[first - 1] in ",|–—:" or not tokens.touches(first - 1) or tokens.blocked[first - 1]
    )
    if not (closes and opens) or first == index or "," in tokens.words[:first]:
        return None
    return first, index, FactKind.COMPANY, 0.55


def _left(tokens: _Tokens, index: int, last: int) -> int:
    """The first token of the name that ends at `index`."""
    first = index
    place = index - 1
    while place > last and index - place <= _LONGEST and tokens.touches(place):
        word = tokens.words[place]
        if tokens.name_word(place):
            if word.endswith(".") and len(word) > 4:
                break
            first = place
        elif word.lower() not in _INNER or tokens.blocked[place]:
            break
        place -= 1
    while first < index and tokens.words[first].lower() in _JOINING - {"the"}:
        first += 1
    return first


def _right(tokens: _Tokens, index: int) -> int:
    """The last token of a name that goes on behind its telling word: ``of Science and Technology``."""
    end = place = index
    while place + 1 < len(tokens.words) and place - index < _LONGEST and tokens.touches(place):
        place += 1
        if tokens.words[place].lower() in _JOINING and not tokens.blocked[place]:
            if place == index + 1 and tokens.words[place].lower() in ("the", "and", "in", "&"):
                break
            continue
        if place == index + 1 or not tokens.name_word(place):
            break
        end = place
    return end


def _named(tokens: _Tokens, first: int, last: int, kind: FactKind, confidence: float) -> NamedOrganization:
    start, end = tokens.spans[first][0], tokens.spans[last][1]
    row = tokens.row
    if kind is FactKind.SCHOOL:
        campus = _CAMPUSES.match(row.text, end - row.start)
        if campus:
            end = row.start + campus.end()
    if row.text[end - row.start - 1] == "." and not row.text[start - row.start : end - row.start].endswith(
        _ABBREVIATED
    ):
        end -= 1
    return NamedOrganization(start, end, kind, confidence)
