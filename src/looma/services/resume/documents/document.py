"""What reading a file gives."""

from typing import Literal

from looma.contracts.resume import PageSpan
from looma.platform.contract import Record


class Document(Record):
    """The text of a file, its lines in reading order; `pages` say where each page lies in it (PDF alone has pages)."""

    text: str
    source: Literal["pdf", "docx", "text", "image"]
    pages: list[PageSpan] = []
    needs: Literal["ocr"] | None = None
    """``ocr``: the file can be opened and has no text in it, only pictures of text."""
