"""Skills that a job text offers for choice: “Java 或 Go”, “Python/Java”, “one of Kafka, Pulsar”."""

import re
from collections.abc import Sequence

from looma.contracts.resume import SkillMention

from .sentences import Sentence

_OR = re.compile(r"\s{0,2}[,，、]?\s{0,2}(?:或者?|or|/|／|\|)\s{0,2}", re.I)
_LIST = re.compile(r"\s{0,2}(?:[,，、]|和|与|以及|and|,\s?and)\s{0,2}", re.I)
_ANY = re.compile(
    r"其中之?一|任一|任意一|之一|中的?一[种门个项]|至少一[种门个项]|一[种门]或多[种门]|一[种门]及?以上"
    r"|\b(?:one|any|at least one) (?:or more )?of\b|\beither\b",
    re.I,
)
_EXAMPLES = re.compile(r"(?:如|例如|比如|像|such as|like|e\.g\.?,?|for example)\s{0,2}[:：]?\s{0,2}$", re.I)
_COMMA = re.compile(r"\s{0,2}[,，、]\s{0,2}")
_WIDEST = 12
MOST = 8
"""Options of one criterion."""


def grouped(text: str, sentence: Sentence, mentions: Sequence[SkillMention]) -> list[list[SkillMention]]:
    """The mentions of one sentence in order, those that stand for choice together, each other one by itself."""
    groups: list[list[SkillMention]] = []
    for run in _runs(text, mentions):
        groups += [run] if _introduced(text, sentence, run) else _joined(text, run)
    return [part for group in groups for part in _parted(group)]


def _runs(text: str, mentions: Sequence[SkillMention]) -> list[list[SkillMention]]:
    """Mentions that follow one another with nothing but list marks between them."""
    runs: list[list[SkillMention]] = []
    for mention in mentions:
        gap = text[runs[-1][-1].end : mention.start] if runs else ""
        if runs and len(gap) <= _WIDEST and (_OR.fullmatch(gap) or _LIST.fullmatch(gap)):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _introduced(text: str, sentence: Sentence, run: Sequence[SkillMention]) -> bool:
    """Whether words around a list say that one of it will do."""
    before = text[max(sentence.start, run[0].start - 24) : run[0].start]
    after = text[run[-1].end : min(sentence.end, run[-1].end + 16)]
    return len(run) > 1 and bool(_EXAMPLES.search(before) or _ANY.search(before) or _ANY.search(after))


def _joined(text: str, run: Sequence[SkillMention]) -> list[list[SkillMention]]:
    """What “or” joins; items before it in the list belong to it when they are of its kind (“Java, Go or Python”)."""
    groups = [[run[-1]]]
    open_list = False
    for left, right in zip(run[-2::-1], run[:0:-1], strict=True):
        gap = text[left.end : right.start]
        if _OR.fullmatch(gap) or (open_list and _COMMA.fullmatch(gap) and _kindred(left, right)):
            groups[0].insert(0, left)
            open_list = True
        else:
            groups.insert(0, [left])
            open_list = False
    return groups


def _kindred(one: SkillMention, other: SkillMention) -> bool:
    return one.kind == other.kind and not {*one.broader}.isdisjoint(other.broader)


def _parted(group: list[SkillMention]) -> list[list[SkillMention]]:
    """Groups of a bounded size, without saying a concept twice."""
    distinct = list({mention.concept_id: mention for mention in reversed(group)}.values())[::-1]
    return [distinct[at : at + MOST] for at in range(0, len(distinct), MOST)]
