"""Skills that a text names: every concept of the taxonomy, whatever it is called, at its place in the text."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from looma.contracts.resume import SkillMention, TextLanguage

from .language import language_of
from .negation import Denials
from .other_senses import means_something_else
from .skill_context import Surroundings
from .taxonomy import SkillConcept, load_other_phrases, load_skills
from .taxonomy.folding import FoldedText, squeeze
from .taxonomy.surfaces import Hit, SurfaceIndex

CERTAIN = 0.95
"""Confidence of a surface that means one thing only."""

BESIDE_KIN = 0.6
"""Confidence of a name that only the closeness of a kindred skill, or a word such as ``using``, speaks for."""

_PRODUCTS = frozenset(("programming-language", "framework", "library", "platform", "tool", "database"))
"""Kinds of skills that are used by name."""

_JOINT = re.compile(r" ?(?:and|or|&|\+|/|,|、|和|与|及) ?")

_JUDGED = 200
"""How often one ambiguous surface is judged in a text; what comes after is a flood, not a résumé."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a surface may stand for. A surface without any is a phrase that holds a term and means something else."""

    certain: str | None = None
    possible: tuple[tuple[str, str], ...] = ()
    """(concept id, surface as declared) of every concept that it names in the right context only."""


def find_skills(text: str, language: TextLanguage | None = None) -> list[SkillMention]:
    """Skills in the order of the text, none overlapping another; ``text[start:end]`` is the surface.

    Both languages are looked for at once; `language` only chooses the label and is told by the text when absent.
    A surface that also means other things counts where its neighbours or cue words say so, with a confidence that
    grows with them; what the text denies (``no experience with Go``, ``不会Java``) does not count.
    """
    folded = FoldedText(text)
    hits = [hit for hit in lexicon().find(folded) if hit.value.certain or hit.value.possible]
    hits = [hit for hit in hits if not means_something_else(folded.flat, hit.start, hit.end, _is_used(hit.value))]
    read = _Reading(text, folded.flat, hits).settled()
    denials = Denials(folded.flat)
    said = language or language_of(text)
    return [
        _mention(text, hit, *read[hit.start], said)
        for hit in hits
        if hit.start in read and not denials.cover(hit.start, hit.end)
    ]


@cache
def lexicon() -> SurfaceIndex[Meaning]:
    """Every surface of the skill taxonomy, with its English plural and compound spellings."""
    meanings = _declared(load_skills().concepts.values())
    others = [(squeeze(phrase), Meaning()) for phrase in load_other_phrases("skills")]
    return SurfaceIndex([*meanings.items(), *others, *_spelled(meanings)])


class _Reading:
    """What the hits of one text mean. Certain ones first; each round takes in what the earlier ones speak for."""

    def __init__(self, text: str, flat: str, hits: Sequence[Hit[Meaning]]) -> None:
        self._text, self._flat = text, flat
        self._settled = {hit.start: (hit.value.certain, CERTAIN) for hit in hits if hit.value.certain}
        self._places = [(hit.start, hit.end, hit.value.certain) for hit in hits if hit.value.certain]
        self._open = list(self._judgeable(hits))

    def settled(self) -> dict[int, tuple[str, float]]:
        """Concept and confidence by where the hit starts; what nothing speaks for is left out."""
        self._round(self._places)
        self._round(self._places)
        self._names_in_use()
        self._names_beside_kin()
        # A list of ambiguous words alone (``Word, Excel, Access``) is carried by its kindred members together.
        together = [(hit.start, hit.end, senses[0]) for hit, senses in self._open]
        self._round([*self._places, *together], least=4)
        self._pairs_of_names()
        return self._settled

    def _judgeable(self, hits: Iterable[Hit[Meaning]]) -> Iterator[tuple[Hit[Meaning], list[str]]]:
        """Ambiguous hits in the case that is declared, with what they may mean; a flood of one word is cut off."""
        judged: Counter[Meaning] = Counter()
        for hit in hits:
            if not hit.value.certain:
                surface = " ".join(self._text[hit.start : hit.end].split())
                senses = [concept for concept, declared in hit.value.possible if _written_as(surface, declared)]
                judged[hit.value] += 1
                if senses and judged[hit.value] <= _JUDGED:
                    yield hit, senses

    def _names_beside_kin(self) -> None:
        """Names of three letters and more that stand close to a kindred skill, and not where any word has a capital."""
        around = Surroundings(self._flat, sorted(self._places))
        left = []
        for hit, senses in self._open:
            kin = [concept for concept in senses if around.beside(hit.start, hit.end, _kindred(concept))]
            if len(kin) == 1 and self._is_name(hit) and around.stands_free(hit.start, hit.end):
                self._settled[hit.start] = (kin[0], BESIDE_KIN)
                self._places.append((hit.start, hit.end, kin[0]))
            else:
                left.append((hit, senses))
        self._open = left

    def _names_in_use(self) -> None:
        """Names of products directly after ``using`` or ``用``, and what stands beside them in a list."""
        around = Surroundings(self._flat, sorted(self._places))
        used = [
            (hit, senses[0])
            for hit, senses in self._open
            if len(senses) == 1 and self._is_product(hit, senses[0]) and around.in_use(hit.start)
            if around.stands_free(hit.start, hit.end)
        ]
        self._settle(used)
        if used:
            self._round(self._places)

    def _pairs_of_names(self) -> None:
        """Names of kindred products with nothing but ``and`` or a comma between them (``React and Node``)."""
        around = Surroundings(self._flat, sorted(self._places))
        pairs: list[tuple[Hit[Meaning], str]] = []
        for (left, some), (right, others) in pairwise(self._open):
            joined = _JOINT.fullmatch(self._flat[left.end : right.start][:8])
            if not joined or len(some) > 1 or len(others) > 1 or not _kindred(some[0])(others[0]):
                continue
            both = ((left, some[0]), (right, others[0]))
            if all(self._is_product(*one) and around.stands_free(one[0].start, one[0].end) for one in both):
                pairs.extend(both)
        self._settle(pairs)

    def _settle(self, found: Iterable[tuple[Hit[Meaning], str]]) -> None:
        for hit, concept in found:
            if hit.start not in self._settled:
                self._settled[hit.start] = (concept, BESIDE_KIN)
                self._places.append((hit.start, hit.end, concept))
        self._open = [(hit, senses) for hit, senses in self._open if hit.start not in self._settled]

    def _is_product(self, hit: Hit[Meaning], concept: str) -> bool:
        """A name of two letters and more with a capital, of something that one uses, in the middle of a clause."""
        before = self._text[max(0, hit.start - 3) : hit.start].rstrip(" ")
        named = hit.end - hit.start > 1 and self._text[hit.start].isupper() and before[-1:] not in tuple(".!?•●-*\n")
        return named and bool(before) and load_skills().concepts[concept].kind in _PRODUCTS

    def _is_name(self, hit: Hit[Meaning]) -> bool:
        surface, before = self._text[hit.start : hit.end], self._text[max(0, hit.start - 3) : hit.start].rstrip(" ")
        return hit.end - hit.start > 2 and surface[0].isupper() and bool(before) and before[-1] not in ".!?\n•●-*"

    def _round(self, places: list[tuple[int, int, str]], least: int = 0) -> None:
        around = Surroundings(self._flat, sorted(places))
        left = []
        for hit, senses in self._open:
            if best := _most_likely(hit, senses, around, least):
                self._settled[hit.start] = best
                self._places.append((hit.start, hit.end, best[0]))
            else:
                left.append((hit, senses))
        self._open = left


def _most_likely(
    hit: Hit[Meaning], senses: Iterable[str], around: Surroundings, least: int
) -> tuple[str, float] | None:
    """The concept that the context speaks for; None when it speaks for none, or for several alike."""
    likely: list[tuple[int, float, str]] = []
    for concept in senses:
        near = _kindred(concept)
        evidence = around.judge(hit.start, hit.end, near)
        if evidence.confidence and evidence.neighbours >= least:
            likely.append((around.related(hit.start, hit.end, near), evidence.confidence, concept))
    likely.sort(reverse=True)
    if not likely or (len(likely) > 1 and likely[0][:2] == likely[1][:2]):
        return None
    return likely[0][2], likely[0][1]


def _written_as(surface: str, declared: str) -> bool:
    """Whether the surface has the case of the declared form; one in lower case may start a line, a
    name may stand in capitals."""
    return declared == declared.lower() or surface == declared or (len(surface) > 2 and surface == declared.upper())


def _is_used(meaning: Meaning) -> bool:
    """Whether a surface is the name of a product and nothing else."""
    return meaning.certain is not None and load_skills().concepts[meaning.certain].kind in _PRODUCTS


@cache
def _kindred(concept: str) -> Callable[[str], bool]:
    graph = load_skills()
    own = {concept, *graph.broader(concept)}

    @cache
    def kindred(other: str) -> bool:
        return not own.isdisjoint((other, *graph.broader(other)))

    return kindred


def _mention(text: str, hit: Hit[Meaning], concept: str, confidence: float, language: TextLanguage) -> SkillMention:
    graph = load_skills()
    return SkillMention(
        name=graph.label(concept, language),
        concept_id=concept,
        surface=text[hit.start : hit.end],
        start=hit.start,
        end=hit.end,
        confidence=confidence,
        kind=graph.concepts[concept].kind,
        broader=list(graph.broader(concept)),
    )


def _declared(concepts: Iterable[SkillConcept]) -> dict[str, Meaning]:
    certain: dict[str, str] = {}
    possible: dict[str, list[tuple[str, str]]] = {}
    for concept in concepts:
        doubtful = {squeeze(surface): surface for surface in sorted(concept.ambiguous)}
        for form in map(squeeze, concept.surfaces):
            if form not in doubtful:
                certain.setdefault(form, concept.id)
        for form, surface in doubtful.items():
            possible.setdefault(form, []).append((concept.id, surface))
    forms = {form: Meaning(concept_id) for form, concept_id in certain.items()}
    return {form: Meaning(None, tuple(senses)) for form, senses in possible.items()} | forms


def _spelled(meanings: dict[str, Meaning]) -> Iterator[tuple[str, Meaning]]:
    """Plural or singular of English terms, and terms of two words in one."""
    for form, meaning in meanings.items():
        if not meaning.certain or not form.isascii():
            continue
        words = form.split(" ")
        last = words[-1]
        if last.isalpha() and len(last) > 3 and (len(words) > 1 or len(last) > 5):
            if not last.endswith("s"):
                yield form + "s", meaning
            elif len(words) > 1 and not last.endswith(("ss", "us", "is", "ics")):
                yield form[:-1], meaning
        if len(words) == 2 and len(form) > 8 and form.replace(" ", "").isalpha():
            yield form.replace(" ", ""), meaning
