"""Writes the Chinese sample as a Word document: ``python -m looma.demo.sample_document``, after a change of its text.

The document that stands in ``samples/`` was made so; a test holds that it says what ``data/sample-zh.txt`` says.
"""

from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

HERE = Path(__file__).parent
TEXT, DOCUMENT = HERE / "data" / "sample-zh.txt", HERE / "samples" / "resume-zh.docx"
STYLES = {"# ": "Heading 1", "## ": "Heading 2", "- ": "List Bullet"}
FONT = "SimSun"


def paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Every line that is not empty as (style, words)."""
    for line in text.splitlines():
        mark = next((mark for mark in STYLES if line.startswith(mark)), "")
        if line.strip():
            yield STYLES.get(mark, "Normal"), line.removeprefix(mark)


def write(text: str, to: Path) -> None:
    """Write `text` as a Word document."""
    document = Document()
    document.core_properties.author = "Looma"
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    for style, words in paragraphs(text):
        document.add_paragraph(words, style=style)
    document.save(str(to))


if __name__ == "__main__":
    write(TEXT.read_text(encoding="utf-8"), DOCUMENT)
