"""What a worker process does with a document or a text. Pure and synchronous; imported in the worker alone."""

from datetime import date

from looma.contracts.resume import Parsed, ReadText, SkillMention, TextLanguage
from looma.platform.contract import Notice

from .documents import read_document
from .facts.reading import read_facts
from .language import language_of
from .skills import find_skills
from .titles import occupation_of


def read_file(data: bytes, filename: str, today: date) -> Parsed:
    """A document and its facts; a picture without a text layer comes back empty, with `needs`."""
    document = read_document(data, filename)
    if document.needs is not None:
        return Parsed(
            text="",
            language="en",
            source=document.source,
            needs=document.needs,
            warnings=[Notice(code="resume.needs_ocr_notice")],
        )
    found = read_facts(document.text, None, document.pages, today)
    return Parsed(text=document.text, source=document.source, pages=document.pages, **vars(found))


def read_text(text: str, language: TextLanguage | None, today: date) -> Parsed:
    """The facts of a text, which comes back unchanged."""
    return Parsed(text=text, source="text", **vars(read_facts(text, language, [], today)))


def read_job_texts(titles: list[str], texts: list[str]) -> list[ReadText]:
    """Skills of each text and the occupation of each title."""
    return [
        ReadText(skills=find_skills(text, language_of(text)), title=occupation_of(title))
        for title, text in zip(titles, texts, strict=True)
    ]


def read_skills(text: str, language: TextLanguage | None) -> list[SkillMention]:
    """Skills of a text."""
    return find_skills(text, language)


def warm() -> None:
    """Load the taxonomies, so that the first document does not wait for them."""
    find_skills("Python")
    occupation_of("engineer")
