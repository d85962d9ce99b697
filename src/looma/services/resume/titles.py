"""Job titles: the occupation that one names, and the places of a text that hold one."""

import re
from collections.abc import Iterator
from functools import cache

from looma.contracts.resume import TextLanguage, Title

from .skills import lexicon
from .taxonomy import load_other_phrases, load_skills, load_titles
from .taxonomy.folding import FoldedText, fold, squeeze
from .taxonomy.surfaces import SurfaceIndex
from .title_words import BRACKETED, LEVEL, RANK_EN, RANK_ZH, words

GENERIC = words(
    "engineer manager director supervisor specialist assistant intern designer software-engineer sales-manager "
    "sales-representative researcher teacher lecturer management-consultant physician"
)
"""Occupations whose name says little: a more specific one in the same title goes before them."""

_HEADS = ("engineer", "manager", "director", "supervisor", "specialist", "assistant", "intern")
_TECHNOLOGY = "software-engineer engineering-manager director-of-engineering technical-lead it-support-engineer - -"
_DATA = "data-engineer engineering-manager director-of-engineering technical-lead data-analyst - data-analyst"
_LEARNING = "algorithm-engineer engineering-manager director-of-engineering technical-lead - - algorithm-engineer"
_FINANCE = "- finance-manager cfo accounting-manager finance-officer accounting-clerk finance-officer"
_MARKET = "- marketing-manager marketing-director marketing-manager" + " marketing-specialist" * 3
_PEOPLE = "- hr-manager hr-director hr-manager hr-specialist hr-specialist hr-specialist"
_SELLING = "presales-engineer sales-manager regional-sales-director sales-manager sales-representative - -"
_BY_FIELD = {
    field: dict(zip(_HEADS, occupations.split(), strict=True))
    for field, occupations in {
        "software-engineering": _TECHNOLOGY,
        "computer-science": _TECHNOLOGY,
        "it-infrastructure": "operations-engineer it-manager cio it-manager it-support-engineer - it-support-engineer",
        "data-management": _DATA,
        "artificial-intelligence": _LEARNING,
        "electronics": "electronics-engineer engineering-manager director-of-engineering - - - -",
        "accounting-finance": _FINANCE,
        "marketing": _MARKET,
        "human-resources": _PEOPLE,
        "sales": _SELLING,
        "supply-chain": "- supply-chain-manager supply-chain-manager - logistics-specialist - -",
        "legal": "- legal-counsel legal-director - legal-counsel paralegal paralegal",
        "manufacturing": "process-engineer production-manager production-manager production-supervisor - - -",
        "design": "- art-director art-director - designer designer designer",
    }.items()
}
"""The occupation of a bare head word when the rest of the title names a skill of this field; ``-`` for none."""

_PART = re.compile(r"[,，;；|｜/、:：]|\s[-–—~]\s|\s@\s|\bat\b|\bin\b|\bfor\b")
_OF = re.compile(r"^(.{2,60}?) of (?:the )?(.{2,80})$")
_MAX_TITLE = 200


def occupation_of(title: str) -> Title | None:
    """The occupation that a job title names, without its rank, place and brackets; None when it names none known.

    The range of the answer is the whole of `title`. Only the first 200 characters are read.
    """
    concept = concept_of(title)
    if concept is None:
        return None
    above = load_titles().broader(concept)
    return Title(text=title, concept_id=concept, broader=list(above), start=0, end=len(title))


def find_titles(text: str, language: TextLanguage | None = None) -> list[Title]:
    """Job titles in the order of the text with their ranks and specialisations; ``text[start:end]`` is the title.

    Both languages are looked for at once; `language` is a hint that changes nothing so far. A word that is a title only
    by its place (``销售``, ``Lead``) counts when it fills its line or cell, or follows a label such as ``职位：``.
    """
    from .title_phrases import phrases_of  # it stands on this module's index

    graph = load_titles()
    found = []
    for start, end in phrases_of(text):
        concept = concept_of(text[start:end])
        above = list(graph.broader(concept)) if concept else []
        found.append(Title(text=text[start:end], concept_id=concept, broader=above, start=start, end=end))
    return found


@cache
def title_index() -> SurfaceIndex[str]:
    """Every surface of the occupations; phrases that only look like one have the value ``""``."""
    named = [
        (squeeze(surface), concept.id)
        for concept in load_titles().concepts.values()
        if not concept.id.startswith("family-")
        for surface in concept.surfaces
    ]
    others = [(squeeze(phrase), "") for phrase in load_other_phrases("titles")]
    return SurfaceIndex([*named, *others])


def concept_of(title: str) -> str | None:
    """Id of the occupation that a title names."""
    whole = " ".join(fold(title[:_MAX_TITLE]).split())
    if not whole:
        return None
    bare = bare_title(whole)
    for form in (whole, BRACKETED.sub(" ", whole).strip(), bare):
        if exact := title_index().get(form):
            return exact
    named = [found for form in _turned(bare) if (found := title_index().get(form))]
    return next((found for found in named if found not in GENERIC), None) or _by_words(bare) or _by_words(whole)


def bare_title(title: str) -> str:
    """A title in folded form without brackets, rank and level; never empty unless the title is."""
    bare = BRACKETED.sub(" ", fold(title)).strip()
    for _ in range(3):
        shorter = LEVEL.sub("", RANK_ZH.sub("", RANK_EN.sub(" ", bare))).strip(" -,./")
        if not shorter or shorter == bare:
            break
        bare = shorter
    return " ".join(bare.split()) or title.strip()


def _turned(bare: str) -> Iterator[str]:
    """Other readings: ``Director, Sales`` and ``Director of Sales`` as ``sales director``, then the parts."""
    if turned := _OF.match(bare):
        yield f"{turned[2]} {turned[1]}"
    parts = [part.strip(" -") for part in _PART.split(bare) if part and part.strip(" -")]
    if len(parts) > 1:
        yield f"{parts[1]} {parts[0]}"
        yield from parts
        yield from map(bare_title, parts)


def _by_words(title: str) -> str | None:
    """The most telling occupation among the words of a title; for a bare head word, what the other words say."""
    hits = [hit for hit in title_index().find(FoldedText(title)) if hit.value]
    if not hits:
        return None
    if hits[-1].value == "assistant" and len(hits) > 1:
        return "assistant"
    best = max(hits, key=lambda hit: (hit.value not in GENERIC, hit.end - hit.start, hit.start))
    if best.value in GENERIC:
        rest = title[: best.start] + " " + title[best.end :]
        return _by_field(best.value, rest) or best.value
    return best.value


def _by_field(head: str, rest: str) -> str | None:
    for hit in lexicon().find(FoldedText(rest)):
        concepts = [hit.value.certain] if hit.value.certain else [concept for concept, _ in hit.value.possible]
        for concept in concepts:
            for field in (concept, *load_skills().broader(concept)):
                if (found := _BY_FIELD.get(field, {}).get(head, "-")) != "-":
                    return found
    return None
