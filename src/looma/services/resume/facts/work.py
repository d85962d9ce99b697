"""Work entries: company, title and period that stand together, from tables, headers, forms and Chinese sentences."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from looma.contracts.resume import Fact, FactKind, Work

from .appointments import Appointment, find_appointments
from .chinese_organizations import NamedOrganization
from .dates import Period
from .document import Document, between, fact
from .headers import WORKING, Zone, cells, zones
from .labels import Labelled, find_labelled
from .sections import Section, SectionKind

_STUDENTS = re.compile(
    r"学生会|学生社团|[校院系]团委|班级?委|班长|社团联合会"
    r"|\b(?:student (?:union|council|government|association|society|club)|students' union|class monitor)\b",
    re.IGNORECASE,
)
"""Offices of students, which are no employment."""
_NOW = re.compile(r"现(?!金|场|代|货|有)|至今|目前|currently|presently", re.IGNORECASE)
_Range = tuple[int, int]


@dataclass(slots=True)
class WorkEntry:
    """A position and the facts that it stands on."""

    company: _Range | None
    title: _Range | None
    period: Period | None
    start: int
    end: int
    current: bool = False
    facts: list[Fact] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether it is a position; a mere credential (…，高级工程师，…) has neither a company nor a period."""
        return self.company is not None or self.period is not None

    def work(self, text: str) -> Work:
        """The record; values are the document's words with single blanks."""
        period = self.period
        return Work(
            company=_words(text, self.company),
            title=_words(text, self.title),
            began=period.began if period else None,
            ended=period.ended if period else None,
            current=period.current if period else self.current,
            passage_start=self.start,
            passage_end=self.end,
        )


def find_work(document: Document, studied: Collection[int] = ()) -> list[WorkEntry]:
    """The positions of a text in order. The periods that begin at one of `studied` are those of education entries."""
    appointments = find_appointments(document)
    labelled = find_labelled(document)
    entries: list[WorkEntry] = []
    for section in document.sections:
        if section.kind in WORKING:
            entries += _section_entries(document, section, appointments, labelled, studied)
    return sorted(entries, key=lambda entry: (entry.start, entry.end))


def _section_entries(
    document: Document,
    section: Section,
    appointments: Sequence[Appointment],
    labelled: Sequence[Labelled],
    studied: Collection[int],
) -> list[WorkEntry]:
    told = between(appointments, section.start, section.end)
    entries = [_told(document, appointment) for appointment in told]
    placed = {entry.period.start for entry in entries if entry.period and entry.company and entry.title}
    partly = {entry.period.start: entry for entry in entries if entry.period and not (entry.company and entry.title)}
    periods = [
        period for period in between(document.periods, section.start, section.end) if period.start not in studied
    ]
    floor = section.start
    replaced = set()
    for number, period in enumerate(periods):
        ceiling = section.end if number + 1 == len(periods) else periods[number + 1].start
        entry = None
        if period.start not in placed:
            entry = _headed(document, section, period, floor, ceiling, labelled, partly.get(period.start))
        floor = max(floor, period.end)
        if entry is not None:
            entries.append(entry)
            replaced.add(id(partly.get(period.start)))
            floor = max([floor, *(span[1] for span in (entry.company, entry.title) if span)])
    entries = _unrepeated([entry for entry in entries if id(entry) not in replaced])
    entries += _undated(document, section, entries)
    if section.kind is SectionKind.WORK and not any(entry.period for entry in entries):
        entries += [WorkEntry(None, None, period, period.start, period.end) for period in periods]
    return _with_passages(section, [entry for entry in entries if _is_position(document, entry, entries)])


def _is_position(document: Document, entry: WorkEntry, entries: Sequence[WorkEntry]) -> bool:
    """Whether an entry is employment: not a student's office, and beside dated ones not a mere name of a company."""
    if entry.period is None and entry.title is None and any(other.period for other in entries):
        return False
    row = document.rows[document.row_at(entry.start)]
    return _STUDENTS.search(document.text, row.start, row.end) is None


def _unrepeated(entries: Sequence[WorkEntry]) -> list[WorkEntry]:
    """Without undated entries whose company or title a dated one has taken: the date stood in another row."""
    taken = {span for entry in entries if entry.period for span in (entry.company, entry.title) if span}
    return [entry for entry in entries if entry.period or not taken & {entry.company, entry.title}]


def _told(document: Document, appointment: Appointment) -> WorkEntry:
    """The entry of a sentence; a credential (…，高级工程师，…) gives facts and no entry of its own."""
    company = appointment.company
    facts = []
    if company is not None:
        rule, sure = ("company", 0.9) if appointment.named else ("company-by-place", 0.6)
        if appointment.generic:
            rule, sure = "company-reference", 0.5
        facts.append(fact(FactKind.COMPANY, document.text, *company, sure, rule))
    facts += [fact(FactKind.TITLE, document.text, *title, 0.8, "title-in-sentence") for title in appointment.titles]
    first = min([span[0] for span in (company, *appointment.titles) if span], default=appointment.end)
    now = _NOW.search(document.plain, max(appointment.start - 6, 0), first) is not None
    return WorkEntry(
        None if appointment.generic else company,
        appointment.titles[0] if appointment.titles else None,
        appointment.period,
        min(appointment.start, appointment.period.start) if appointment.period else appointment.start,
        appointment.end,
        now,
        facts,
    )


def _headed(
    document: Document,
    section: Section,
    period: Period,
    floor: int,
    ceiling: int,
    labelled: Sequence[Labelled],
    told: WorkEntry | None,
) -> WorkEntry | None:
    """The entry whose header stands around the period, or None when nothing there says where or as what."""
    header = _Header(document, zones(document, period, floor, ceiling), section.kind is SectionKind.WORK)
    label = {item.kind: item for item in reversed(between(labelled, floor, min(ceiling, period.end + 400)))}
    company = _labelled(label, FactKind.COMPANY) or (told.company if told else None) or header.company()
    title = _labelled(label, FactKind.TITLE) or (told.title if told else None) or header.title()
    if company is None:
        company = header.company_by_place(title)
    if title is None and company is not None:
        title = header.title_by_place(company)
    if company is None and title is None:
        return None
    spans = [span for span in (company, title) if span]
    entry = WorkEntry(company, title, period, min(period.start, *(span[0] for span in spans)), period.end)
    if company:
        entry.facts.append(fact(FactKind.COMPANY, document.text, *company, header.confidence(company), "company"))
    if title:
        entry.facts.append(fact(FactKind.TITLE, document.text, *title, 0.8, "title"))
    if told:
        entry.facts += [other for other in told.facts if other.start not in {span[0] for span in spans}]
    return entry


def _labelled(labels: dict[FactKind, Labelled], kind: FactKind) -> _Range | None:
    found = labels.get(kind)
    return (found.start, found.end) if found else None


class _Header:
    """The passages around a period and what they hold, the likeliest passage first."""

    def __init__(self, document: Document, around: Sequence[Zone], working: bool) -> None:
        self.document, self.around, self.working = document, around, working

    def company(self) -> _Range | None:
        """The first organisation that bears a telling word."""
        for zone in self.around:
            for name in self._names(zone):
                return name.start, name.end
        return None

    def title(self) -> _Range | None:
        """The first known title."""
        for zone in self.around:
            for title in between(self.document.titles, zone.start, zone.end):
                if title.end <= zone.end:
                    return title.start, title.end
        return None

    def company_by_place(self, title: _Range | None) -> _Range | None:
        """The cell beside the title or the period, when it looks like a name."""
        if title is None:
            return None
        for zone in sorted(
            self.around, key=lambda zone: (zone.aside > 0 and not zone.start <= title[0] < zone.end, zone.aside)
        ):
            found = [
                cell
                for cell in cells(self.document, zone)
                if self._free(cell) and _like_a_name(self.document.text, cell)
            ]
            behind = [cell for cell in found if cell[0] >= title[1]]
            for cell in behind or found:
                if zone.aside == 0 or self.working:
                    return cell
        return None

    def title_by_place(self, company: _Range) -> _Range | None:
        """The cell beside the company, in a work section only."""
        if not self.working:
            return None
        for zone in self.around[:3]:
            for cell in cells(self.document, zone):
                apart = cell[1] <= company[0] or cell[0] >= company[1]
                if apart and self._free(cell) and _like_a_title(self.document.text, cell):
                    return cell
        return None

    def confidence(self, company: _Range) -> float:
        """How surely the range is a company: by its telling word, or only by its place."""
        names = between(self.document.organizations, company[0], company[0] + 1)
        return names[0].confidence if names else 0.5

    def _names(self, zone: Zone) -> Iterator[NamedOrganization]:
        for name in between(self.document.organizations, zone.start, zone.end):
            if not name.generic and name.end <= zone.end:
                yield name

    def _free(self, cell: _Range) -> bool:
        """Whether no title and no degree lies in it."""
        low = cell[0] - 60
        titles = between(self.document.titles, low, cell[1])
        degrees = between(self.document.degrees, low, cell[1])
        return not any(title.end > cell[0] for title in titles) and not any(degree.end > cell[0] for degree in degrees)


def _like_a_name(text: str, cell: _Range) -> bool:
    words = text[cell[0] : cell[1]]
    if "\u4e00" <= words[0] <= "\u9fff":
        return 2 <= len(words) <= 20 and not re.search(r"[的了地得负责工作内容描述]|部$", words)
    parts = words.split()
    return words[0].isupper() and len(words) > 1 and sum(part[0].islower() for part in parts) <= len(parts) // 3


def _like_a_title(text: str, cell: _Range) -> bool:
    words = text[cell[0] : cell[1]]
    if "\u4e00" <= words[0] <= "\u9fff":
        return 2 <= len(words) <= 12 and not re.search(
            r"[的了地得省市区县部]$|负责|工作|内容|描述|公司|行业|规模|性质", words
        )
    lower = sum(part[0].islower() for part in words.split())
    plain = 3 < len(words) <= 50 and not any(letter.isdigit() for letter in words)
    return plain and words[0].isupper() and lower <= len(words.split()) // 3


def _undated(document: Document, section: Section, entries: Sequence[WorkEntry]) -> Iterator[WorkEntry]:
    """Positions of a work section that give no date: a title and an organisation in one short row."""
    if section.kind is not SectionKind.WORK:
        return
    used = {span for entry in entries for span in (entry.company, entry.title) if span}
    for name in between(document.organizations, section.start, section.end):
        row = document.rows[document.row_at(name.start)]
        if name.generic or row.bullet or len(row.text) > 90 or (name.start, name.end) in used:
            continue
        titles = [
            title for title in between(document.titles, row.start, row.end) if (title.start, title.end) not in used
        ]
        if titles and not between(document.periods, row.start, row.end):
            company, title = (name.start, name.end), (titles[0].start, titles[0].end)
            yield WorkEntry(
                company,
                title,
                None,
                row.start,
                row.end,
                facts=[
                    fact(FactKind.COMPANY, document.text, *company, name.confidence, "company"),
                    fact(FactKind.TITLE, document.text, *title, 0.7, "title"),
                ],
            )


def _with_passages(section: Section, entries: Sequence[WorkEntry]) -> list[WorkEntry]:
    """The passage of a dated entry reaches to the next dated one; an undated one is its own row or sentence."""
    ordered = sorted(entries, key=lambda entry: (entry.start, entry.end))
    ceiling = section.end
    opening = section.end
    for entry in reversed(ordered):
        if entry.period is None:
            continue
        if entry.start < opening:
            ceiling, opening = opening, entry.start
        entry.end = max(entry.end, ceiling)
    return ordered


def _words(text: str, span: _Range | None) -> str | None:
    return " ".join(text[span[0] : span[1]].split()) if span else None
