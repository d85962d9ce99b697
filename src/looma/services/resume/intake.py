"""What a worker process does with a document or a text. Pure and synchronous.

The service names these functions, the worker calls them: what they need is imported inside them, so that the process
that only sends work (and the start of a command) does not load the readers and taxonomies.
"""

from datetime import date

from looma.contracts.resume import PageSpan, Parsed, ReadText, SkillMention, Source, TextLanguage
from looma.platform.contract import Notice

LOOKED_AT = 300_000
"""Characters that facts are looked for in, some hundred pages; the text itself comes back whole. The rest would cost a
worker's time and hardly belongs to a résumé."""


def read_file(data: bytes, filename: str, today: date) -> Parsed:
    """A document and its facts; a picture without a text layer comes back empty, with `needs`."""
    from .documents import read_document

    document = read_document(data, filename)
    if document.needs is not None:
        return Parsed(
            text="",
            language="en",
            source=document.source,
            needs=document.needs,
            warnings=[Notice(code="resume.needs_ocr_notice")],
        )
    return _parsed(document.text, document.source, document.pages, None, today)


def read_text(text: str, language: TextLanguage | None, today: date) -> Parsed:
    """The facts of a text, which comes back unchanged."""
    return _parsed(text, "text", [], language, today)


def _parsed(text: str, source: Source, pages: list[PageSpan], language: TextLanguage | None, today: date) -> Parsed:
    from .facts.reading import read_facts

    found = read_facts(text[:LOOKED_AT], language, pages, today)
    in_part = [Notice(code="resume.read_in_part", details={"characters": LOOKED_AT})] if len(text) > LOOKED_AT else []
    return Parsed(
        text=text,
        language=found.language,
        source=source,
        pages=pages,
        facts=found.facts,
        work=found.work,
        education=found.education,
        titles=found.titles,
        skills=found.skills,
        years_total=found.years_total,
        warnings=in_part,
    )


def read_job_texts(titles: list[str], texts: list[str]) -> list[ReadText]:
    """Skills of each text and the occupation of each title."""
    from .language import language_of
    from .skills import find_skills
    from .titles import occupation_of

    return [
        ReadText(skills=find_skills(text, language_of(text)), title=occupation_of(title))
        for title, text in zip(titles, texts, strict=True)
    ]


def read_skills(text: str, language: TextLanguage | None) -> list[SkillMention]:
    """Skills of a text."""
    from .skills import find_skills

    return find_skills(text, language)
