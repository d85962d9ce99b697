"""All facts of a document: the finders run one by one, and what they found is put together in one order.

A finder that fails unexpectedly costs its own facts only; the failure is logged without any words of the document.
"""

import logging
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from looma.contracts.resume import (
    Fact,
    FactKind,
    PageSpan,
    Skill,
    SkillMention,
    Study,
    TextLanguage,
    Title,
    Work,
)

from ..language import language_of
from ..skills import find_skills
from ..titles import find_titles, occupation_of
from .contacts import find_emails, find_links
from .dates import date_facts, find_dates, find_periods, find_years_of_experience
from .degrees import find_degrees
from .document import Document, Passage
from .education import find_education
from .merging import apart_from, in_order, loose_facts, outside_names, without_overlaps
from .organizations import find_organizations
from .person import find_names, find_sensitive
from .phones import find_phones
from .places import find_locations
from .rows import rows_of
from .sections import Section, SectionKind, heading_places, sections_of
from .work import WorkEntry, find_work
from .years import skills_of, years_total

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: every fact with its place, the entries, and what was worked out of them."""

    language: TextLanguage
    facts: list[Fact]
    work: list[Work]
    education: list[Study]
    titles: list[Title]
    skills: list[Skill]
    years_total: float | None


def read_facts(text: str, language: TextLanguage | None, pages: Sequence[PageSpan], today: date) -> Reading:
    """Read a résumé. Pure and deterministic; takes time linear in the length of the text.

    `language` is a hint and told by the text when absent. Facts come in the order of the text, each kind and place
    once, with their page where `pages` says it; facts without a place come last.
    """
    said = language or language_of(text)
    single = _single_facts(text, said, today)
    document = document_of(text, said, today, single)
    mentions = _list("skills", lambda: outside_names(find_skills(text, said), document.organizations))
    studies = _list("education", lambda: find_education(document))
    studied = frozenset(start for entry in studies for start in entry.dates)
    entries = _list("work", lambda: find_work(document, studied))
    work = _list("positions", lambda: [_work(entry, text) for entry in entries if entry.holds])
    facts = [
        *_numbered("work", [entry.facts for entry in entries if entry.holds]),
        *(fact for entry in entries if not entry.holds for fact in entry.facts),
        *_numbered("education", [entry.facts for entry in studies]),
        *_list("loose facts", lambda: loose_facts(document, studies)),
        *(_skill_fact(mention) for mention in mentions),
        *single,
    ]
    kept = without_overlaps(facts)
    stated = [fact for fact in single if fact.kind is FactKind.YEARS_OF_EXPERIENCE]
    return Reading(
        language=said,
        facts=_paged(in_order(kept), pages),
        work=work,
        education=[entry.study for entry in studies],
        titles=_list("title list", lambda: _titles(text, kept, document.titles)),
        skills=_list("skill years", lambda: skills_of(text, mentions, work, today)),
        years_total=_guarded("years", lambda: years_total(work, stated, today), None),
    )


def _guarded(name: str, find: Callable[[], _T], otherwise: _T) -> _T:
    try:
        return find()
    except Exception as error:  # noqa: BLE001 - one finder's bug must not cost the facts of the others
        _log.error("résumé finder %s failed: %s", name, type(error).__name__)
        return otherwise


def _list(name: str, find: Callable[[], list[_T]]) -> list[_T]:
    """What the finder finds, nothing when it fails."""
    nothing: list[_T] = []
    return _guarded(name, find, nothing)


def _single_facts(text: str, language: TextLanguage, today: date) -> list[Fact]:
    """Facts that stand for themselves, in no particular order."""
    emails = _list("emails", lambda: find_emails(text))
    finders: dict[str, Callable[[], list[Fact]]] = {
        "phones": lambda: find_phones(text, language),
        "links": lambda: find_links(text),
        "names": lambda: find_names(text, language, emails),
        "sensitive": lambda: find_sensitive(text, today),
        "locations": lambda: find_locations(text, language),
        "dates": lambda: date_facts(text, today),
        "experience": lambda: find_years_of_experience(text),
    }
    return emails + [fact for name, find in finders.items() for fact in _list(name, find)]


def document_of(text: str, language: TextLanguage, today: date, single: Sequence[Fact] = ()) -> Document:
    """The text with its sections, rows, dates, degrees, titles and organisations; `single` are facts found before."""
    sections = _guarded("sections", lambda: sections_of(text), [Section(SectionKind.HEAD, 0, 0, len(text))])
    rows = _list("rows", lambda: rows_of(text, heading_places(sections)))
    periods = _list("periods", lambda: find_periods(text, today))
    dates = _list("single dates", lambda: find_dates(text, today))
    degrees = _list("degrees", lambda: find_degrees(text))
    passages: list[Passage] = [*periods, *dates, *degrees]
    walls = [(passage.start, passage.end) for passage in passages]
    walls += [(section.heading, section.start) for section in sections if section.start > section.heading]
    walls += _places(single, FactKind.EMAIL, FactKind.PHONE, FactKind.LINK)
    organizations = _list("organizations", lambda: find_organizations(text, walls, rows))
    titles = _list("titles", lambda: find_titles(text, language))
    return Document(
        text,
        language,
        today,
        sections,
        rows,
        periods,
        dates,
        degrees,
        _list("title places", lambda: apart_from(titles, organizations, text)),
        organizations,
        sorted(_places(single, FactKind.EMAIL, FactKind.PHONE, FactKind.LINK, FactKind.LOCATION, FactKind.NAME)),
    )


def _places(facts: Sequence[Fact], *kinds: FactKind) -> list[tuple[int, int]]:
    return [(fact.start, fact.end or fact.start) for fact in facts if fact.kind in kinds and fact.start is not None]


def _work(entry: WorkEntry, text: str) -> Work:
    work = entry.work(text)
    occupation = occupation_of(work.title) if work.title else None
    return work.model_copy(update={"title_concept": occupation.concept_id}) if occupation else work


def _numbered(name: str, entries: Sequence[Sequence[Fact]]) -> list[Fact]:
    """The facts of entries, each told which entry it belongs to."""
    return [
        fact.model_copy(update={"entry": f"{name}:{number}"}) for number, facts in enumerate(entries) for fact in facts
    ]


def _skill_fact(mention: SkillMention) -> Fact:
    return Fact(
        kind=FactKind.SKILL,
        value=mention.name,
        start=mention.start,
        end=mention.end,
        method="rule:skill",
        confidence=mention.confidence,
        concept_id=mention.concept_id,
    )


def _titles(text: str, facts: Sequence[Fact], known: Sequence[Title]) -> list[Title]:
    """The titles that are facts, with the occupation that each names."""
    concepts = {(title.start, title.end): title for title in known}
    titles = []
    for fact in facts:
        if fact.kind is not FactKind.TITLE or fact.start is None or fact.end is None:
            continue
        title = concepts.get((fact.start, fact.end)) or occupation_of(fact.value)
        titles.append(
            Title(
                text=text[fact.start : fact.end],
                concept_id=title.concept_id if title else None,
                broader=title.broader if title else [],
                start=fact.start,
                end=fact.end,
            )
        )
    return sorted(titles, key=lambda title: title.start)


def _paged(facts: Sequence[Fact], pages: Sequence[PageSpan]) -> list[Fact]:
    starts = [page.start for page in pages]
    paged = []
    for fact in facts:
        place = bisect_right(starts, fact.start) - 1 if fact.start is not None else -1
        paged.append(fact.model_copy(update={"page": pages[place].number}) if place >= 0 else fact)
    return paged
