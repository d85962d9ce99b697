"""Whose résumé a text is: the owner's name, and the protected traits that the text states."""

import re
from collections.abc import Sequence

from looma.contracts.resume import Fact, FactKind, TextLanguage

from .chinese_names import NameMention, chinese_names
from .latin_names import latin_names
from .lines import folded
from .sensitive import find_sensitive

__all__ = ["find_names", "find_sensitive"]

_HAN = re.compile(r"[\u3400-\u9fff]")
_MAX_REPEATS = 200


def find_names(text: str, language: TextLanguage, emails: Sequence[Fact]) -> list[Fact]:
    """The name of the person whom the text is about, at every place that writes it, in order; none when it is not told.

    The reading with the best evidence wins, the earlier one where two are equal; a name in the other script beside it
    is kept too. A surname alone (``李先生``) counts only where no full name stands. `emails` are the facts of the text.
    """
    plain = folded(text)
    chinese = _best(chinese_names(plain))
    latin = _best(latin_names(plain, [fact.value for fact in emails]))
    owners = [mention for mention in _owners(chinese, latin, language) if mention is not None]
    places: dict[int, NameMention] = {}
    for owner in owners:
        for mention in _everywhere(plain, owner):
            places.setdefault(mention.start, mention)
    return [
        Fact(
            kind=FactKind.NAME,
            value=mention.value,
            start=mention.start,
            end=mention.end,
            method=f"rule:{mention.rule}",
            confidence=mention.confidence,
        )
        for _, mention in sorted(places.items())
    ]


def _best(mentions: Sequence[NameMention]) -> NameMention | None:
    """The surest reading; of equally sure ones the first, and the longer one of two at the same place."""
    return max(mentions, key=lambda m: (m.confidence, -m.start, m.end), default=None)


def _owners(
    chinese: NameMention | None, latin: NameMention | None, language: TextLanguage
) -> tuple[NameMention | None, NameMention | None]:
    """Both names when they stand together or are labelled; otherwise the one in the language of the text."""
    if chinese is None or latin is None:
        sole = chinese or latin
        return (sole if language == "zh" or sole is latin or (sole and sole.confidence > 0.8) else None), None
    if latin.rule in ("name_bilingual", "name_label") or abs(latin.start - chinese.end) < 12:
        return chinese, latin
    if language == "zh":
        return chinese, None
    return latin, (chinese if chinese.confidence > 0.8 else None)


def _everywhere(plain: str, owner: NameMention) -> list[NameMention]:
    """The mention and its repetitions; a Chinese name of two characters is not sought: it may be part of a word."""
    words = plain[owner.start : owner.end]
    found = [owner]
    chinese = bool(_HAN.match(words))
    if len(words) < (3 if chinese else 4) or (chinese and " " in words):
        return found
    written = re.escape(words) if chinese else rf"(?<!\w){re.escape(words).replace(chr(92) + ' ', ' {1,2}')}(?![\w@])"
    for match in re.finditer(written, plain, 0 if chinese else re.IGNORECASE):
        if match.start() != owner.start and (chinese or match[0][0].isupper()):
            found.append(NameMention(match.start(), match.end(), owner.value, "name_repeated", owner.confidence))
        if len(found) > _MAX_REPEATS:
            break
    return found
