"""Reading one file: its kind decides how."""

from looma.contracts.resume import MAX_FILE_BYTES, MAX_PAGES, Empty, ResumeTooLarge, UnknownKind
from looma.platform.errors import LoomaError

from .characters import cleaned, trimmed
from .document import Document
from .encodings import decoded
from .kinds import Kind, kind_of
from .pdf import read_pdf
from .word import read_docx


def read_document(data: bytes, filename: str) -> Document:
    """The text of a PDF, DOCX, text or picture file. Pure and synchronous; meant to be called inside a worker process.

    `filename` stands in the details of every error; the kind is told by the content alone. Raises `Empty`,
    `ResumeTooLarge`, `UnknownKind` (``kind`` says what it is), `Unreadable`, `Encrypted` or `Bomb`.
    """
    try:
        return _read(data)
    except LoomaError as error:
        error.details.setdefault("filename", filename)
        raise


def _read(data: bytes) -> Document:
    if not data:
        raise Empty
    if len(data) > MAX_FILE_BYTES:
        raise ResumeTooLarge(limit_mb=MAX_FILE_BYTES >> 20, limit_pages=MAX_PAGES)
    match kind_of(data):
        case Kind.PDF:
            return read_pdf(data)
        case Kind.ZIP:
            return read_docx(data)
        case Kind.IMAGE:
            return Document(text="", source="image", needs="ocr")
        case Kind.TEXT:
            return _read_text(data)


def _read_text(data: bytes) -> Document:
    text = decoded(data)
    if text is None:
        raise UnknownKind(kind="binary")
    text = trimmed(cleaned(text))
    if not text.strip():
        raise Empty
    return Document(text=text, source="text")
