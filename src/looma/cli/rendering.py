"""What a person sees in a terminal: 80 columns, Chinese aligned, colour only where there is a terminal."""

import sys
from itertools import groupby
from typing import TextIO, cast

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from looma.contracts.matching import Evidence, JobMatch, JobMatches, Lack, Reason
from looma.contracts.resume import FactKind, Parsed, Study, Work

from .words import t

WIDTH = 80
REASONS = 4
LEAST = 10
"""Points below which a job has too little in common with a person to be shown as fitting."""
QUOTED = 60
"""Columns of a quotation."""


def console(*, err: bool = False) -> Console:
    """A console that is as wide as the terminal and never wider than 100 columns; 80 in a pipe."""
    found = Console(stderr=err, highlight=False)
    if found.is_terminal:
        return Console(stderr=err, highlight=False, width=min(found.width, 100))
    return Console(file=cast("TextIO", _Trimmed(sys.stderr if err else sys.stdout)), highlight=False, width=WIDTH)


class _Trimmed:
    """A stream that lines go to without the blanks at their ends, which fill columns that nobody sees in a file."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._line = stream, ""

    def write(self, text: str) -> int:
        *lines, self._line = (self._line + text).split("\n")
        self._stream.writelines(line.rstrip() + "\n" for line in lines)
        return len(text)

    def flush(self) -> None:
        self._stream.write(self._line.rstrip())
        self._line = ""
        self._stream.flush()


def show_matches(out: Console, file: str, parsed: Parsed, found: JobMatches, *, full: bool) -> None:
    """The ranked jobs of one person."""
    out.print()
    out.print(
        Text.assemble(
            (_who(parsed) or file, "bold"), "  ", (f"{file} · {t('matches_title', total=found.total)}", "dim")
        )
    )
    for notice in parsed.warnings:
        out.print(Text(f"{t('warning')}: {notice.message}", style="yellow"))
    fitting = found.matches if full else [match for match in found.matches if match.score >= LEAST]
    for rank, match in enumerate(fitting, 1):
        _show_match(out, rank, match, full=full)
    if not fitting:
        out.print(t("no_matches"))
    elif len(fitting) < len(found.matches):  # best first: whatever was not asked for has less still
        out.print()
        out.print(Text(t("others", count=found.total - len(fitting), least=LEAST), style="dim"))


def _show_match(out: Console, rank: int, match: JobMatch, *, full: bool) -> None:
    out.print()
    where = " · ".join(part for part in (match.job.company, match.job.location) if part)
    head = Text.assemble((f"{rank:>2}  {match.score:5.1f}  ", "bold cyan"), (match.job.title, "bold"))
    tail = t("confidence", percent=round(match.confidence * 100))
    out.print(head)
    out.print(Padding(Text(" · ".join(part for part in (where, tail) if part), style="dim"), (0, 0, 0, 11)))
    reasons = match.reasons if full else match.reasons[:REASONS]
    for reason in reasons:
        _show_reason(out, reason)
    if len(match.reasons) > len(reasons):
        _indented(out, Text(t("more_reasons", count=len(match.reasons) - len(reasons)), style="dim"))
    _show_lacks(out, t("gaps"), match.gaps, "red", full=full)
    _show_lacks(out, t("unknowns"), match.unknowns, "yellow", full=full)


def _show_reason(out: Console, reason: Reason) -> None:
    line = Table.grid(padding=(0, 1))
    line.add_column(width=10, justify="right")
    line.add_column()
    line.add_row(Text(f"+{reason.points:.1f}", style="green"), Text(reason.text))
    for label, items in ((t("from_resume"), reason.evidence.resume[:1]), (t("from_job"), reason.evidence.job[:1])):
        for item in items:
            line.add_row(Text(label, style="dim"), _quotation(item))
    out.print(line)


def _show_lacks(out: Console, label: str, lacks: list[Lack], style: str, *, full: bool) -> None:
    if not lacks:
        return
    told = [lack.text for lack in (lacks if full else lacks[:6])]
    more = f" … +{len(lacks) - len(told)}" if len(lacks) > len(told) else ""
    line = Table.grid(padding=(0, 1))
    line.add_column(width=10, justify="right")
    line.add_column()
    line.add_row(Text(label, style=style), Text(" · ".join(told) + more, style="dim"))
    out.print(line)


def _quotation(item: Evidence) -> Text:
    page = f"  {t('page', number=item.page)}" if item.page else ""
    return Text.assemble((f"“{_cut(' '.join(item.text.split()))}”", "italic"), (page, "dim"))


def _cut(text: str) -> str:
    """At most `QUOTED` columns; a Han character takes two."""
    if cell_len(text) <= QUOTED:
        return text
    kept = Text(text)
    kept.truncate(QUOTED, overflow="ellipsis")
    return kept.plain


def _indented(out: Console, text: Text) -> None:
    out.print(Padding(text, (0, 0, 0, 11)))


def _who(parsed: Parsed) -> str | None:
    return next((fact.value for fact in parsed.facts if fact.kind is FactKind.NAME), None)


def show_parsed(out: Console, file: str, parsed: Parsed) -> None:
    """What a document says."""
    out.print()
    out.print(Text.assemble((_who(parsed) or file, "bold"), "  ", (file, "dim")))
    for notice in parsed.warnings:
        out.print(Text(f"{t('warning')}: {notice.message}", style="yellow"))
    if not parsed.facts and not parsed.skills:
        out.print(t("no_facts"))
        return
    _show_person(out, parsed)
    _show_entries(out, t("work_title"), [_work_row(work) for work in parsed.work])
    if parsed.years_total is not None:
        _indented(out, Text(t("years_total", years=f"{parsed.years_total:g}"), style="dim"))
    _show_entries(out, t("education_title"), [_study_row(study) for study in parsed.education])
    _show_skills(out, parsed)


PERSON = (
    FactKind.EMAIL, FactKind.PHONE, FactKind.LINK, FactKind.LOCATION, FactKind.YEARS_OF_EXPERIENCE, FactKind.AGE,
    FactKind.BIRTH_DATE, FactKind.GENDER, FactKind.ETHNICITY, FactKind.NATIONALITY, FactKind.BIRTHPLACE,
)  # fmt: skip


def _show_person(out: Console, parsed: Parsed) -> None:
    facts = sorted((fact for fact in parsed.facts if fact.kind in PERSON), key=lambda fact: PERSON.index(fact.kind))
    rows = [
        (t(f"kind_{kind}"), dict.fromkeys(f.value for f in group)) for kind, group in groupby(facts, lambda f: f.kind)
    ]
    _show_entries(out, None, [(label, " · ".join(list(values)[:6])) for label, values in rows])


def _show_entries(out: Console, title: str | None, rows: list[tuple[str, str]]) -> None:
    if not rows:
        return
    out.print()
    if title:
        out.print(Text(title, style="bold"))
    table = Table.grid(padding=(0, 2))
    table.add_column(min_width=9, style="dim", no_wrap=True)
    table.add_column()
    for left, right in rows:
        table.add_row(left, right)
    out.print(Padding(table, (0, 0, 0, 2)))


def _work_row(work: Work) -> tuple[str, str]:
    ended = t("present") if work.current else work.ended
    return _period(work.began, ended), " · ".join(part for part in (work.title, work.company) if part) or "—"


def _study_row(study: Study) -> tuple[str, str]:
    degree = t(f"degree_{study.degree}") if study.degree else None
    told = " · ".join(part for part in (study.school, study.major, degree) if part)
    return _period(study.began, study.ended), told or "—"


def _period(began: str | None, ended: str | None) -> str:
    return " – ".join(part for part in (began, ended) if part) or "—"


def _show_skills(out: Console, parsed: Parsed) -> None:
    if not parsed.skills:
        return
    out.print()
    out.print(Text(t("skills_title"), style="bold"))
    ranked = sorted(parsed.skills, key=lambda s: (-(s.years or 0), -len(s.spans), s.name))
    told = [f"{s.name} {t('years', years=f'{s.years:g}')}" if s.years else s.name for s in ranked]
    out.print(Padding(Text(" · ".join(told)), (0, 0, 0, 2)))
