"""How much a skill counts beside the others that a job names."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from looma.contracts.resume import SkillMention

from .headings import Part
from .needs import Ask

IN_TITLE, IN_REQUIREMENTS, IN_DUTIES, BESIDE_REQUIREMENTS = 1200, 1000, 500, 400
"""A skill counts by where it is named, in thousandths; what stands beside set-apart requirements counts less."""
WITHOUT_REQUIREMENTS = 800
"""Duties of a job that sets no requirements apart."""
SOFT, DOMAIN, OVERSHADOWED = 200, 800, 400
"""Soft skills, whole domains, and words that are broader than another one that the job names."""


def importance_of(mention: SkillMention, part: Part | None, has_requirements: bool) -> int:
    """Thousandths for a mention in a part; None is the title."""
    place = IN_TITLE if part is None else _IN[part]
    if part is Part.DUTIES and not has_requirements:
        place = WITHOUT_REQUIREMENTS
    if part is Part.INTRO and has_requirements:
        place = BESIDE_REQUIREMENTS
    return place * _KINDS.get(mention.kind, 1000) // 1000


def thinned(asks: Sequence[Ask]) -> list[Ask]:
    """The asks; “machine learning” is weakened where something narrower, such as “recommender systems”, is asked for.

    Not so by something that is stressed less itself, nor when years are asked of the broad one.
    """
    above: dict[str, int] = {}
    for ask in asks:
        for concept in {concept for option in ask.need.options for concept in option.broader}:
            above[concept] = max(above.get(concept, 0), ask.importance)
    return [_weakened(ask) if _is_overshadowed(ask, above) else ask for ask in asks]


def _is_overshadowed(ask: Ask, above: Mapping[str, int]) -> bool:
    return not ask.need.years and any(above.get(o.concept, 0) >= ask.importance for o in ask.need.options)


def _weakened(ask: Ask) -> Ask:
    return replace(ask, importance=ask.importance * OVERSHADOWED // 1000)


_IN = {
    Part.INTRO: IN_REQUIREMENTS,
    Part.DUTIES: IN_DUTIES,
    Part.REQUIREMENTS: IN_REQUIREMENTS,
    Part.NICE: IN_REQUIREMENTS,
    Part.BENEFITS: 0,
    Part.ABOUT: 0,
}
_KINDS = {"soft": SOFT, "domain": DOMAIN}
