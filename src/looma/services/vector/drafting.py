"""Documents that callers send, as they are to stand. Pure."""

from typing import Any

from pydantic import ValidationError

from looma.contracts.vector import DocumentChange, DocumentNotFound, NewDocument
from looma.platform import catalogue
from looma.platform.errors import Invalid

from .documents import Draft, Kept
from .languages import language_of


def of(given: NewDocument) -> Draft:
    """A document that was sent."""
    language = given.language or language_of(given.text)
    return Draft(given.id, given.title, given.text, language, {**given.terms, "language": [language]})


def named(document_id: str, content: dict[str, Any]) -> NewDocument:
    """A document under an id that came in the path; `Invalid` for one that no document can have."""
    try:
        return NewDocument.model_validate({"id": document_id, **content})
    except ValidationError as bad:
        raise _invalid("string_pattern_mismatch", "document_id") from bad


def changed(kept: Kept, change: DocumentChange) -> Draft:
    """A document with what changes; its language is told anew by a new text."""
    given = change.model_dump(exclude_unset=True)
    text = given.get("text", kept.text)
    language = given.get("language") or (language_of(text) if "text" in given else kept.language)
    terms = {**given.get("terms", kept.terms), "language": [language]}
    return Draft(kept.id, given.get("title", kept.title), text, language, terms)


def removed(kept: Kept) -> Draft:
    """A document that is no more."""
    return Draft(kept.id, live=False)


def check_not_emptied(change: DocumentChange) -> None:
    """Return when nothing was sent as null: absent means that it stays."""
    for field in sorted(change.model_fields_set):
        if getattr(change, field) is None:
            raise _invalid("cannot_be_empty", field)


def found(kept: Kept | None, name: str, document_id: str) -> Kept:
    """The document; `DocumentNotFound` for None."""
    if kept is None:
        raise DocumentNotFound(name=name, document_id=document_id[:200])
    return kept


def _invalid(problem: str, field: str) -> Invalid:
    summary = catalogue.text(f"problem.{problem}", "en", field=field)
    return Invalid(problems=[{"problem": problem, "field": field}], summary=summary)
