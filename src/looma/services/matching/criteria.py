"""From a job text to what it asks for: which skills, how many years, which degree, each with the sentence that asks.

Pure: the same text and reading give the same asks. Only requirements, duties, and text without headings ask; benefits
and words about the company do not. Nothing here reads age, gender, marital state or names of schools, so that a job
text that mentions them cannot turn them into criteria.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from looma.contracts.matching import CriterionKind, Evidence
from looma.contracts.resume import ReadText, SkillMention, TextLanguage

from .alternatives import grouped
from .asked_degrees import degrees_in
from .asked_years import years_in
from .levels import Level, emphasis_at, level_at
from .majors import fields_asked
from .needs import DEGREES, Ask, Need, Option
from .parts import ASKING, Part, parts_of
from .sentences import Sentence, clause_of, evidence_in, sentence_at, sentences_of
from .stresses import importance_of, thinned

RULES = 1
"""Raised whenever the same text and reading would give other asks: stored jobs are then read again."""
LONGEST_TITLE = 500
MOST_SKILLS = 40
"""Skill criteria of one job; the least important ones beyond are left out."""
_LIST_MARK = re.compile(
    r"(?:[、/|+&]|\band\b|以及|\bplus\b|和)\s{0,2}(?:具?有|具备|至少|at least|a minimum of|with)?\s{0,2}$", re.I
)
_CLAUSES = re.compile(r"[：:；;，,]")
_WORK: frozenset[str] = frozenset({"skill"})
_YEARS_AT_MOST = 10
"""Numbers of years that are read in one sentence."""
_ENOUGH = 3
"""More skills than this in a clause with years: the years are of work as a whole."""


def job_text(title: str, description: str) -> str:
    """The text that all offsets of a job count in."""
    return f"{title}\n{description}"


def language_of(text: str) -> TextLanguage:
    """Chinese when a fifth of the first letters are Han characters."""
    letters = [c for c in text[:5000] if c.isalpha()]
    return "zh" if 5 * sum("\u4e00" <= c <= "\u9fff" for c in letters) >= max(1, len(letters)) else "en"


def kind_of(mention: SkillMention) -> CriterionKind:
    """Natural languages and certificates are criteria of their own kinds."""
    if mention.kind == "language":
        return "language"
    return "certificate" if mention.kind == "certificate" else "skill"


@dataclass(frozen=True)
class JobReading:
    """A job's text with what the résumé service saw in it. Mentions count in `text`, the title in itself."""

    title: str
    description: str
    read: ReadText
    places: tuple[str, ...] = ()
    """Keys of the places where the work is done."""
    place_label: str | None = None

    @cached_property
    def text(self) -> str:
        """The title, a line feed, the description."""
        return job_text(self.title, self.description)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of the text, the title's first."""
        return sentences_of(self.text)

    def quoted(self, start: int, end: int) -> Evidence:
        """The sentence around a passage."""
        return evidence_in(self.text, self.sentences, start, end)

    @cached_property
    def parts(self) -> list[Part | None]:
        """The part of each sentence; the title stands before all parts."""
        titled = sum(s.start < len(self.title) for s in self.sentences)
        return [None] * titled + parts_of(self.text, self.sentences[titled:])

    @cached_property
    def has_requirements(self) -> bool:
        """Whether a heading sets requirements apart."""
        return Part.REQUIREMENTS in self.parts


def asks_of(job: JobReading) -> list[Ask]:
    """What the job asks for: skills in the order of the text, then the rest; `meaning` is always the last one."""
    years = _Years(job)
    skills = _skills(job, years)
    return [
        *skills,
        *_title(job),
        *years.experience(),
        *_degrees(job),
        *_majors(job),
        *_location(job),
        Ask(Need("meaning"), "nice", 1000, job.title, (job.quoted(0, len(job.title)),)),
    ]


@dataclass(frozen=True)
class _Named:
    """A choice of skills in one sentence."""

    group: tuple[SkillMention, ...]
    level: Level
    importance: int
    years: int
    from_requirements: bool


def _skills(job: JobReading, years: "_Years") -> list[Ask]:
    found: dict[tuple[str, ...], list[_Named]] = {}
    for named in _named(job, years):
        found.setdefault(tuple(sorted(m.concept_id for m in named.group)), []).append(named)
    asked = {key[0] for key, named in found.items() if len(key) == 1 and _is_asked(named)}
    chosen = {key: named for key, named in found.items() if len(key) == 1 or not asked.intersection(key)}
    offered = {concept for key in chosen if len(key) > 1 for concept in key}
    asks = thinned([_skill_ask(job, named) for key, named in chosen.items() if len(key) > 1 or key[0] not in offered])
    kept = sorted(range(len(asks)), key=lambda i: (-asks[i].importance, i))[:MOST_SKILLS]
    return [asks[i] for i in sorted(kept)]


def _is_asked(named: Sequence[_Named]) -> bool:
    """Whether a skill is asked for by itself, so that a choice elsewhere (“Java or Go”) does not matter."""
    return any(n.from_requirements for n in named)


def _named(job: JobReading, years: "_Years") -> Iterator[_Named]:
    for index, mentions in _by_sentence(job).items():
        sentence, part = job.sentences[index], job.parts[index]
        titled = sentence.start < len(job.title)
        if not titled and part not in ASKING:
            continue
        studied = list(fields_asked(job.text, sentence.start, sentence.end))
        skills = [m for m in mentions if not (m.kind == "domain" and any(a <= m.start < b for a, b, _ in studied))]
        for group in grouped(job.text, sentence, skills):
            start, end = group[0].start, group[-1].end
            level: Level = "must" if titled else level_at(job.text, sentence, start, end, part or Part.INTRO)
            stress = importance_of(group[0], None if titled else part, job.has_requirements)
            stress = stress * (1000 if titled else emphasis_at(job.text, sentence, start, end)) // 1000
            asked = years.of_skills(index, group) if kind_of(group[0]) in _WORK else 0
            required = (
                titled or part in (Part.REQUIREMENTS, Part.NICE) or (part is Part.INTRO and not job.has_requirements)
            )
            yield _Named(tuple(group), level, stress, asked, required)


def _by_sentence(job: JobReading) -> dict[int, list[SkillMention]]:
    found: dict[int, list[SkillMention]] = {}
    for mention in sorted(job.read.skills, key=lambda m: (m.start, m.end)):
        if (index := sentence_at(job.sentences, mention.start)) is not None:
            found.setdefault(index, []).append(mention)
    return found


def _skill_ask(job: JobReading, named: Sequence[_Named]) -> Ask:
    """One ask for a skill that several sentences may name; the requirements say how much it is asked for."""
    telling = [n for n in named if n.from_requirements] or list(named)
    first = telling[0]
    options = tuple(Option(m.concept_id, tuple(m.broader)) for m in first.group)
    return Ask(
        Need(kind_of(first.group[0]), options, years=max(n.years for n in named)),
        "must" if any(n.level == "must" for n in telling) else "nice",
        max(n.importance for n in named),
        " / ".join(m.name for m in first.group),
        tuple(job.quoted(n.group[0].start, n.group[-1].end) for n in telling[:3]),
    )


def _title(job: JobReading) -> Iterator[Ask]:
    title = job.read.title
    if title is not None and title.concept_id is not None:
        option = Option(title.concept_id, tuple(title.broader))
        yield Ask(Need("title", (option,)), "must", 1000, job.title, (job.quoted(0, len(job.title)),))


class _Years:
    """The years that a job asks for: of the skills in their clause, or of work as a whole."""

    def __init__(self, job: JobReading) -> None:
        self._job = job
        self._general: list[tuple[int, Level, int, int]] = []
        self._of_skills: dict[int, list[tuple[Sentence, int]]] = {}
        mentions = _by_sentence(job)
        for index, sentence in _asking(job):
            for asked in islice(years_in(job.text, sentence.start, sentence.end), _YEARS_AT_MOST):
                clause = clause_of(job.text, sentence, asked.start, asked.end)
                clause = _own_item(job.text, clause, asked.start)
                near = [m for m in mentions.get(index, ()) if clause.start <= m.start < clause.end and _worked(m)]
                if 0 < len(near) <= _ENOUGH:
                    self._of_skills.setdefault(index, []).append((clause, asked.tenths))
                else:
                    part = job.parts[index] or Part.INTRO
                    level = level_at(job.text, sentence, asked.start, asked.end, part)
                    self._general.append((asked.tenths, level, asked.start, asked.end))

    def of_skills(self, index: int, group: Sequence[SkillMention]) -> int:
        """Tenths of years that sentence `index` asks of these skills; 0 when it asks for none."""
        return max(
            (
                tenths
                for clause, tenths in self._of_skills.get(index, ())
                if any(clause.start <= m.start < clause.end and _worked(m) for m in group)
            ),
            default=0,
        )

    def experience(self) -> Iterator[Ask]:
        """The most that is asked of work as a whole; what is only wished where nothing is required."""
        asked = [g for g in self._general if g[1] == "must"] or self._general
        if asked:
            tenths, level, start, end = max(asked, key=lambda g: (g[0], -g[2]))
            evidence = (self._job.quoted(start, end),)
            yield Ask(Need("experience", years=tenths), level, 1000, f"{tenths / 10:g}", evidence)


def _worked(mention: SkillMention) -> bool:
    """Whether years can be of this skill alone; those of a whole field (“nursing”) are years of work."""
    whole_field = mention.kind == "domain" and len(mention.broader) < 2
    return mention.kind not in ("soft", "language", "certificate") and not whole_field


def _own_item(text: str, clause: Sentence, years: int) -> Sentence:
    """The clause from the list mark on that stands right before the years (“HACCP, and 8+ years in kitchens”)."""
    before = text[max(clause.start, years - 24) : years]
    return Sentence(years, clause.end) if _LIST_MARK.search(before) else clause


def _degrees(job: JobReading) -> Iterator[Ask]:
    """The lowest degree that is required, and the highest that is wished beyond it."""
    found: dict[Level, list[tuple[int, int, int]]] = {"must": [], "nice": []}
    for index, sentence in _asking(job):
        for asked in degrees_in(job.text, sentence.start, sentence.end):
            level = level_at(job.text, sentence, asked.start, asked.end, job.parts[index] or Part.INTRO)
            found[level].append((asked.level.rank, asked.start, asked.end))
    required = min(found["must"], default=None)
    wished = max(found["nice"], key=lambda f: (f[0], -f[1]), default=None)
    if required:
        yield _degree(job, "must", *required)
    if wished and (required is None or wished[0] > required[0]):
        yield _degree(job, "nice", *wished)


def _degree(job: JobReading, level: Level, rank: int, start: int, end: int) -> Ask:
    return Ask(Need("education", degree=rank), level, 1000, DEGREES[rank], (job.quoted(start, end),))


def _majors(job: JobReading) -> Iterator[Ask]:
    for index, sentence in _asking(job):
        for start, end, fields in fields_asked(job.text, sentence.start, sentence.end):
            level = level_at(job.text, sentence, start, end, job.parts[index] or Part.INTRO)
            words = " ".join(job.text[start:end].split())[:60]
            if words.endswith("专业"):
                words = _CLAUSES.split(words)[-1]
            yield Ask(Need("major", words=fields), level, 1000, words, (job.quoted(start, end),))
            return


def _location(job: JobReading) -> Iterator[Ask]:
    if job.places:
        label = job.place_label or job.places[0]
        at = job.text.find(label)
        evidence = (job.quoted(at, at + len(label)),) if at >= 0 else ()
        yield Ask(Need("location", words=job.places), "nice", 1000, label, evidence)


def _asking(job: JobReading) -> Iterator[tuple[int, Sentence]]:
    """Sentences that may ask for years, degrees and fields: of the requirements where they are set apart."""
    wanted = {Part.REQUIREMENTS, Part.NICE} if job.has_requirements else ASKING
    for index, (sentence, part) in enumerate(zip(job.sentences, job.parts, strict=True)):
        if part in wanted:
            yield index, sentence
