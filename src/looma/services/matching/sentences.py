"""Sentences and bullets of job and résumé texts, in Chinese and English, with their offsets."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from looma.contracts.matching import Evidence
from looma.contracts.resume import PageSpan

LONGEST = 200
"""Characters of a passage that is shown; a longer one is cut around what it was found for."""
_REACH = 250
"""How far around a place its sentence is looked for."""

_BREAK = re.compile(
    r"[\r\n\f\v\u2028\u2029]+|[。！？!?；;]|\.(?=[ \t]{1,4}[A-Z(\u4e00-\u9fff•·])"
    r"|\.(?=[ \t]{1,4}\d{1,2}\s?\+?\s?(?:-\s?\d{1,2}\s?\+?\s?)?(?:years?|yrs?)\b)"
    r"|[ \t。；;](?=\d{1,2}(?:、|[.．](?!\d)|[)）]))|[•●▪■◆►]"
)
_ABBREVIATION = re.compile(r"(?:^|[\s(,])(?:e\.g|i\.e|etc|vs|approx|incl|min|no|sr|jr|dr|mr|ms|mrs|st|co|[a-z])$", re.I)
_BULLET = re.compile(
    r"[\s•·●▪■◆►○◦‣*#>–—-]*(?:[(（]?\d{1,2}(?:[、)）]|[.．](?!\d))|[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)?"
    r"[\s•·●▪■◆►○*–—-]*"
)
_CLAUSE_END = re.compile(r"[，,;；。]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """The passage ``text[start:end]``, without its bullet and without blanks around it; never empty."""

    start: int
    end: int


def sentences_of(text: str, low: int = 0, high: int | None = None) -> list[Sentence]:
    """The sentences of ``text[low:high]`` in order; a line feed, a bullet and an inline number end one too."""
    end = len(text) if high is None else high
    found: list[Sentence] = []
    start = low
    for stop in _BREAK.finditer(text, low, end):
        if stop[0] == "." and _ABBREVIATION.search(text, max(low, stop.start() - 8), stop.start()):
            continue
        found += _trimmed(text, start, stop.end())
        start = stop.end()
    return [*found, *_trimmed(text, start, end)]


def clause_of(text: str, sentence: Sentence, start: int, end: int) -> Sentence:
    """The part of `sentence` around ``[start:end]`` that commas mark off, at most 250 characters on each side."""
    near = nearby(sentence, start, end)
    low, high = near.start, near.end
    for comma in _CLAUSE_END.finditer(text, near.start, start):
        low = comma.end()
    if (after := _CLAUSE_END.search(text, end, near.end)) is not None:
        high = after.start()
    return Sentence(low, high)


def nearby(sentence: Sentence, start: int, end: int) -> Sentence:
    """What of a sentence can say something about ``[start:end]``: 250 characters on each side."""
    return Sentence(max(sentence.start, start - _REACH), min(sentence.end, end + _REACH))


def sentence_at(sentences: Sequence[Sentence], offset: int) -> int | None:
    """The index of the sentence that holds the offset; `sentences` in order."""
    index = bisect_right(sentences, offset, key=lambda s: s.start) - 1
    return index if index >= 0 and offset < sentences[index].end else None


def evidence_at(text: str, start: int, end: int, pages: Sequence[PageSpan] = ()) -> Evidence:
    """The sentence or line around ``text[start:end]``, at most 200 characters unless the passage itself is longer.

    The passage is never cut; one that runs over several sentences is shown from its beginning to its end.
    """
    around = sentences_of(text, max(0, start - _REACH), min(len(text), end + _REACH))
    return evidence_in(text, around, start, end, pages)


def evidence_in(
    text: str, sentences: Sequence[Sentence], start: int, end: int, pages: Sequence[PageSpan] = ()
) -> Evidence:
    """The same where the sentences of the text are known."""
    first, last = start, end
    for index in range(max(0, bisect_right(sentences, start, key=lambda s: s.start) - 1), len(sentences)):
        if sentences[index].start >= end:
            break
        if sentences[index].end > start:
            first, last = min(first, sentences[index].start), max(last, sentences[index].end)
    first, last = _fitted(text, first, last, start, end)
    return Evidence(text=text[first:last], start=first, end=last, page=_page(pages, start))


def passages(
    text: str,
    places: Sequence[tuple[int, int]],
    pages: Sequence[PageSpan] = (),
    most: int = 3,
    shown: Callable[[str, Evidence, int, int], Evidence] | None = None,
) -> list[Evidence]:
    """The sentences around the places in the order of the text, each once, at most `most`; `shown` may narrow each."""
    return list(islice(_distinct(text, places, pages, shown), most))


def _distinct(
    text: str,
    places: Sequence[tuple[int, int]],
    pages: Sequence[PageSpan],
    shown: Callable[[str, Evidence, int, int], Evidence] | None,
) -> Iterator[Evidence]:
    reached = -1
    for start, end in sorted(places):
        if start >= reached:
            item = evidence_at(text, start, end, pages)
            reached = item.end
            yield shown(text, item, start, end) if shown else item


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    bullet = _BULLET.match(text, start, end)
    start = bullet.end() if bullet else start
    while end > start and (text[end - 1].isspace() or text[end - 1] in "•●▪■◆►"):
        end -= 1
    if any(c.isalnum() for c in text[start:end]):
        yield Sentence(start, end)


def _fitted(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """The passage cut to its longest length around [start, end), at a blank where one is near."""
    if last - first <= LONGEST:
        return first, last
    room = max(0, LONGEST - (end - start))
    left = min(start - first, room // 2)
    right = min(last - end, room - left)
    left = min(start - first, room - right)
    low, high = start - left, end + right
    if low > first and (blank := text.find(" ", low, min(start, low + 20))) >= 0:
        low = blank + 1
    if high < last and (blank := text.rfind(" ", max(end, high - 20), high)) >= 0:
        high = blank
    return low, high


def _page(pages: Sequence[PageSpan], offset: int) -> int | None:
    return next((page.number for page in pages if page.start <= offset < page.end), None)
