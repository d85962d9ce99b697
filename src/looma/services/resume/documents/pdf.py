"""The text of a PDF, page by page, so that memory is bounded by the largest page."""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from looma.contracts.resume import MAX_FILE_BYTES, MAX_PAGES, Bomb, Encrypted, PageSpan, ResumeTooLarge, Unreadable

from . import standin
from .characters import cleaned, trimmed
from .document import Document
from .glyphs import glyphs_of
from .layout import lines_of
from .segments import segments_of

_LOCKED = {pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY}
MAX_TEXT = MAX_FILE_BYTES
"""Characters. An honest file has fewer of them than the greatest file has bytes; one that unpacks to more is a bomb."""


def read_pdf(data: bytes) -> Document:
    """Read the text layer. Raises `Unreadable`, `Encrypted`, `ResumeTooLarge` (pages) or `Bomb`.

    Text in vertical writing comes as one line a glyph; text that is drawn invisibly or outside the visible part of the
    page is read like the rest. A page that cannot be read in a file that can be is an empty page.
    """
    pages: list[str] = []
    with _opened(data) as pdf:
        count = len(pdf)
        if count > MAX_PAGES:
            raise ResumeTooLarge(limit_mb=MAX_FILE_BYTES >> 20, limit_pages=MAX_PAGES, pages=count)
        size = broken = 0
        for number in range(count):
            text = _page(pdf, number)
            broken += text is None
            pages.append(text or "")
            size += len(pages[-1])
            if size > MAX_TEXT:
                raise Bomb
        if broken == count:
            raise Unreadable(part="pages")
    return _document(pages)


@contextmanager
def _opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    standin.install()
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in _LOCKED:
            raise Encrypted from None
        raise Unreadable(part="pdf") from None
    try:
        yield pdf
    finally:
        pdf.close()


def _page(pdf: pdfium.PdfDocument, number: int) -> str | None:
    """The text of a page, or None when the page is damaged. Lines of each direction together, the common one first."""
    try:
        page = pdf[number]
    except pdfium.PdfiumError:
        return None
    try:
        directions = glyphs_of(page)
    except pdfium.PdfiumError:
        return None
    finally:
        page.close()
    lines: list[str] = []
    for _, glyphs in sorted(directions.items(), key=lambda item: (-len(item[1]), item[0])):
        lines += lines_of(segments_of(glyphs))
    return trimmed(cleaned("\n".join(lines)))


def _document(pages: list[str]) -> Document:
    """Pages one under the other; those without text take no room."""
    text, spans = "", []
    parts: list[str] = []
    at = 0
    for number, page in enumerate(pages, start=1):
        if page and at:
            parts.append("\n")
            at += 1
        spans.append(PageSpan(number=number, start=at, end=at + len(page)))
        parts.append(page)
        at += len(page)
    text = "".join(parts)
    return Document(text=text, source="pdf", pages=spans, needs=None if text.strip() else "ocr")
