"""How well a person answers what a job asks for: pure, deterministic, in whole numbers.

Credits are thousandths, weights hundredths of a point (a job's weights add up to 100 points), the score tenths of a
point. Whole numbers make every sum exact, so that the same inputs give the same bytes, scoring many at once gives what
scoring one gives, and the points of the reasons add up to the score.

    earned    = Σ weight · credit over what the résumé tells
    possible  = Σ weight of what it tells + half the weight of what it does not tell: unknown is not a fail
    missing   = the share of the required weight that is known to be lacking
    fit       = how far title, skills and certificates show this line of work at all (see `fit`)
    score     = 100 · earned / possible · (1 − missing / 2) · fit

A credit that rises never lowers a score: `earned` and `fit` rise and `missing` falls. A required thing that is missing
costs its share once in `earned` and again in the damping. Years of work, a degree and a place alone make nobody fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from looma.contracts.matching import CriterionKind, Weights

from .needs import CONCEPTS, Ask, Need, Option
from .person import UNTOLD, Held, Known, Person

FULL = 1000
NARROWER = 950
"""The person shows something that the asked concept includes: PyTorch where deep learning is asked for."""
NEAR = 3
"""How many of the nearest broader concepts something shows in full."""
PART_OF_FIELD = 600
"""What a narrower concept is worth where a whole field is asked for, or something further above it."""
APART = frozenset({"programming-languages", "scripting-languages"})
"""Concepts whose members are no substitutes for one another: who knows Java does not know Go."""
BROADER = (300, 200, 120)
"""The person names only a concept above the asked one, by how far above."""
RELATED = (300, 200, 120, 60)
"""Both lie below one concept, by how far below in all; never when that is a top domain."""
SAME_FIELD = 120
"""Both lie in one field right below a top domain: valuation and cost control."""
KINDRED_TITLES = (450, 350, 250)
"""Occupations below a common one (two kinds of software engineer), by how far below it in all."""
SAME_FAMILY = 250
"""Occupations that have only their family in common: accountant and auditor."""
FAMILY, LEADING = "family-", "family-management"
"""How ids of families begin, and the one that says rank, not field: it brings no two occupations together."""
ABOVE_TITLE = 500
"""The person's occupation is the family of the asked one, or stands between."""
YEARS_UNTOLD = 700
"""A skill without years where some are asked for."""
FEW_YEARS = 300
"""However few years, the skill is there."""
BELOW_DEGREE = (400, 100)
"""One level of education below, and further."""
DAMPING = 500
"""What is left out of 1000 when everything required is missing."""
MEANING_FROM, MEANING_TO = 500, 850
"""Cosine of titles, thousandths: below the first nothing, from the second on all."""
RELATING: frozenset[CriterionKind] = frozenset({"skill", "title", "certificate"})
"""Kinds that show a line of work."""
FIT_BY_TITLE, FIT_BY_SHARE = 4, 3
"""A title of the same family, or a third of what is asked of title, skills and certificates, is enough to fit in full.
Of less the share counts squared: one tool that many professions use is next to nothing."""
POINTS = 10_000
FEWEST_SKILLS = 3000
"""Importance that the skills of a job have together before they are worth all of their kind's points."""

Relation = Literal["same", "narrower", "broader", "related", "field", "none"]
N = TypeVar("N", int, Any)


@dataclass(frozen=True, slots=True)
class Credit:
    """How far a need is answered: thousandths, or UNTOLD; by which of the person's concepts, and how that relates."""

    value: int
    by: str | None = None
    relation: Relation = "none"
    years_told: bool = True


def affinity(concept: str, broader: tuple[str, ...], option: Option) -> tuple[int, Relation]:
    """How much a skill says about another one. Both lists of broader concepts end with a top domain."""
    if concept == option.concept:
        return FULL, "same"
    if option.concept in broader:
        return _showing(broader.index(option.concept), option)
    above = option.broader[:-1]
    if concept in above:
        steps = above.index(concept)
        return (BROADER[steps] if steps < len(BROADER) else 0), "broader"
    for steps, common in enumerate(above):
        if common in broader[:-1] and common not in APART:
            steps += broader.index(common)
            if len(above) == 1:
                return (SAME_FIELD, "field") if steps < len(RELATED) else (0, "none")
            return (RELATED[steps], "related") if steps < len(RELATED) else (0, "none")
    return 0, "none"


def _showing(steps: int, option: Option) -> tuple[int, Relation]:
    """What a concept is worth for one that stands `steps` above it."""
    if steps >= NEAR and not option.broader:
        return 0, "none"
    return (PART_OF_FIELD if steps >= NEAR or len(option.broader) < 2 else NARROWER), "narrower"


def title_affinity(concept: str, broader: tuple[str, ...], option: Option) -> tuple[int, Relation]:
    """How much an occupation says about another one; occupations of different families say nothing."""
    if concept == option.concept:
        return FULL, "same"
    if option.concept in broader:
        return NARROWER, "narrower"
    if concept in option.broader:
        return ABOVE_TITLE, "broader"
    shared = [common for common in option.broader if common in broader and common != LEADING]
    for common in shared:
        if not common.startswith(FAMILY):
            steps = option.broader.index(common) + broader.index(common)
            return KINDRED_TITLES[min(steps, len(KINDRED_TITLES) - 1)], "related"
    return (SAME_FAMILY, "related") if shared else (0, "none")


def base(need: Need, concept: str, broader: tuple[str, ...]) -> tuple[int, Relation]:
    """The most that a concept of the person is worth for any option of the need."""
    measure = title_affinity if need.kind == "title" else affinity
    value, relation = measure(concept, broader, need.options[0])
    for option in need.options[1:]:
        other, other_relation = measure(concept, broader, option)
        if other > value:
            value, relation = other, other_relation
    if need.kind in ("language", "certificate"):
        return {"same": (FULL, relation), "narrower": (NARROWER, relation)}.get(relation, (0, "none"))
    return value, relation


def for_years(asked: int, years: int) -> int:
    """Thousandths for `years` of a skill, of which at least `asked` are wanted; tenths of years."""
    if asked == 0:
        return FULL
    return YEARS_UNTOLD if years < 0 else max(FEW_YEARS, min(FULL, FULL * years // asked))


def skill_value(need: Need, worth: int, known: Known) -> int:
    """The credit of one skill of the person that is worth `worth` for the need."""
    return worth * for_years(need.years, known.years) // FULL * known.recency // FULL


def credit(person: Person, need: Need) -> Credit:
    """How far the person answers the need. `meaning` is a matter of two texts: see `meaning_credit`."""
    if need.kind in CONCEPTS:
        return _skill_credit(person.skills, need)
    if need.kind == "title":
        return _title_credit(person.titles, need)
    return Credit(plain_value(person, need))


def plain_value(person: Person, need: Need) -> int:
    """Credit for experience, education, field of study and place."""
    if need.kind == "experience":
        return UNTOLD if person.years < 0 else min(FULL, FULL * person.years // max(1, need.years))
    if need.kind == "education":
        short = need.degree - person.degree
        return UNTOLD if person.degree < 0 else FULL if short <= 0 else BELOW_DEGREE[min(short, 2) - 1]
    held = person.fields if need.kind == "major" else person.places
    if not held:
        return UNTOLD
    return 0 if set(held).isdisjoint(need.words) else FULL


def _skill_credit(skills: Sequence[Known], need: Need) -> Credit:
    best = Credit(UNTOLD if need.kind == "language" else 0)
    for known in skills:
        worth, relation = base(need, known.concept, known.broader)
        if worth and (value := skill_value(need, worth, known)) > best.value:
            best = Credit(value, known.concept, relation, known.years >= 0 or not need.years)
    return best


def _title_credit(titles: Sequence[Held], need: Need) -> Credit:
    best = Credit(0 if titles else UNTOLD)
    for held in titles:
        worth, relation = base(need, held.concept, held.broader)
        if (value := worth * held.share // FULL) > best.value:
            best = Credit(value, held.concept, relation)
    return best


def meaning_share(cosine: int) -> int:
    """Thousandths for the cosine of two titles in thousandths."""
    share = (cosine - MEANING_FROM) * FULL // (MEANING_TO - MEANING_FROM)
    return max(0, min(FULL, share))


def meaning_credit(share: int, related: int, relatable: int) -> int:
    """The credit of meaning: never more than twice the share that skills, title and certificates have earned.

    `related` is their Σ weight · credit, `relatable` their Σ weight, over what is known: so that titles which sound
    alike lift nobody who shows nothing of what is asked for.
    """
    return share if share < 0 or relatable == 0 else min(share, 2 * related // relatable)


def weights_of(asks: Sequence[Ask], weights: Weights) -> list[int]:
    """The weight of each ask in hundredths of a point, about 10,000 in all.

    The points of a kind are divided among its asks by importance. A kind whose asks are weak (one skill, only wishes)
    gets less than its points: it says less about the job. An ask that was removed counts as if it were not there; one
    whose weight somebody has set keeps it, and the others share what is left.
    """
    nice = round(weights.nice_share * 1000)
    stressed = [0 if ask.removed else _stressed(ask, nice) for ask in asks]
    whole: dict[str, int] = {}
    for ask, importance in zip(asks, stressed, strict=True):
        whole[ask.need.kind] = whole.get(ask.need.kind, 0) + importance
    raw = [
        round(getattr(weights, ask.need.kind) * 1000) * importance // max(whole[ask.need.kind], _full_at(ask))
        for ask, importance in zip(asks, stressed, strict=True)
    ]
    given = [None if ask.removed else ask.weight for ask in asks]
    return _filled(given, [part if one is None else 0 for one, part in zip(given, raw, strict=True)])


def _filled(given: Sequence[int | None], raw: Sequence[int]) -> list[int]:
    """The given weights, and what they leave in proportion to `raw`; all in proportion where that does not come out."""
    fixed = [one or 0 for one in given]
    whole, total = sum(fixed), sum(raw)
    if whole > POINTS or not total:
        return [POINTS * one // whole for one in fixed] if whole else fixed
    return [one + (POINTS - whole) * part // total for one, part in zip(fixed, raw, strict=True)]


_NEVER_MUST = frozenset({"location", "meaning"})


def _stressed(ask: Ask, nice: int) -> int:
    """The importance of an ask, that of a wish at its share."""
    weak = ask.level == "nice" and ask.need.kind not in _NEVER_MUST
    return ask.importance * nice // FULL if weak else ask.importance


def _full_at(ask: Ask) -> int:
    return FEWEST_SKILLS if ask.need.kind == "skill" else FULL


def tenths(earned: N, possible: N, required: N, lacking: N) -> N:
    """The score in tenths of a point.

    `earned` is Σ weight·credit; `possible` twice the weight that is told plus the weight that is not; `required` the
    weight of what is required and told; `lacking` Σ weight·(1000 − credit) over it. `possible` and `required` are 1 at
    least. With all weights adding up to 10,000 every product stays below 2⁶³.
    """
    return 2 * earned * (FULL * FULL * required - DAMPING * lacking) // (possible * FULL * FULL * required)


def fit(title: int, related: int, relatable: int) -> int:
    """Thousandths of a score that count: all when title, skills and certificates show this line of work.

    `title` is the credit of the title (0 when unknown), `related` Σ weight · credit of the relating kinds, `relatable`
    their Σ weight, over what is known. Where nothing of them is known, nothing speaks against the person.
    """
    if relatable == 0:
        return FULL
    share = min(FULL, FIT_BY_SHARE * related // relatable)
    return min(FULL, max(FIT_BY_TITLE * title, share * share // FULL))


@dataclass(frozen=True, slots=True)
class Scored:
    """A score and how it is made up, one entry an ask: credits (UNTOLD where unknown) and points in tenths."""

    tenths: int
    credits: tuple[int, ...]
    points: tuple[int, ...]
    weights: tuple[int, ...]
    confidence: float


def score(asks: Sequence[Ask], weights: Sequence[int], given: Sequence[int], person: Person) -> Scored:
    """The score from the credit of each ask; that of `meaning` comes as its share and is bounded here."""
    values = bounded(asks, weights, given)
    told = [(w, v, a) for w, v, a in zip(weights, values, asks, strict=True) if v >= 0]
    earned = sum(w * v for w, v, _ in told)
    known, whole = sum(w for w, _, _ in told), sum(weights)
    required = sum(w for w, _, a in told if a.level == "must")
    lacking = sum(w * (FULL - v) for w, v, a in told if a.level == "must")
    total = tenths(earned, max(1, whole + known), max(1, required), lacking)
    title = max((v for _, v, a in told if a.tells_title), default=0)
    total = total * fit(title, *_related(asks, weights, values)) // FULL
    shares = [w * max(0, v) for w, v in zip(weights, values, strict=True)]
    return Scored(total, tuple(values), _divided(total, shares), tuple(weights), _confidence(known, whole, person))


def bounded(asks: Sequence[Ask], weights: Sequence[int], given: Sequence[int]) -> list[int]:
    """The credits with that of `meaning` bounded by what skills and title earned."""
    related, relatable = _related(asks, weights, given)
    return [
        meaning_credit(v, related, relatable) if a.need.kind == "meaning" else v
        for v, a in zip(given, asks, strict=True)
    ]


def _related(asks: Sequence[Ask], weights: Sequence[int], values: Sequence[int]) -> tuple[int, int]:
    """Σ weight · credit and Σ weight of the relating kinds, over what is known."""
    hard = [(w, v) for w, v, a in zip(weights, values, asks, strict=True) if v >= 0 and a.need.kind in RELATING]
    return sum(w * v for w, v in hard), sum(w for w, _ in hard)


def _divided(total: int, shares: Sequence[int]) -> tuple[int, ...]:
    """`total` divided in proportion to the shares by largest remainder, ties to the first; sums to `total` exactly."""
    whole = sum(shares)
    if whole == 0:
        return (0,) * len(shares)
    parts = [total * share // whole for share in shares]
    left = total - sum(parts)
    by_remainder = sorted(range(len(shares)), key=lambda i: (-(total * shares[i] % whole), i))
    for index in by_remainder[:left]:
        parts[index] += 1
    return tuple(parts)


def _confidence(known: int, whole: int, person: Person) -> float:
    """0–1: the share of weight that is known, times how much the résumé tells and how sure its facts are."""
    if whole == 0:
        return 0.0
    return (known * (500 + (person.fullness + person.sureness) // 4) * 100 // (whole * FULL)) / 100
