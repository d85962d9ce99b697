"""Writes the Chinese sample as a Word document: ``python -m looma.demo.sample_document``, after a change of its text.

A Word document is a ZIP archive of XML parts (ECMA-376, Office Open XML); this one has as few as a document may have.
The file in ``samples/`` was made so; a test holds that it says what ``data/sample-zh.txt`` says.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

HERE = Path(__file__).parent
TEXT, DOCUMENT = HERE / "data" / "sample-zh.txt", HERE / "samples" / "resume-zh.docx"

MARKS = {"# ": "Heading1", "## ": "Heading2", "- ": "ListBullet"}
"""How a line of the text begins, and the style that its paragraph gets."""

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_TYPES = f"""{_XML}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/>
</Types>"""
_RELATIONS = """{xml}<Relationships xmlns="{package}/relationships">
<Relationship Id="rId1" Type="{office}/{kind}" Target="{target}"/>
</Relationships>"""
_STYLE = '<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{based}<w:rPr>{look}</w:rPr></w:style>'
_ON_NORMAL = '<w:basedOn w:val="Normal"/>'
_LOOKS = (
    ("Normal", "Normal", '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="SimSun"/><w:sz w:val="21"/>'),
    ("Heading1", "heading 1", '<w:b/><w:sz w:val="28"/>'),
    ("Heading2", "heading 2", '<w:b/><w:sz w:val="22"/>'),
    ("ListBullet", "List Bullet", ""),
)


def paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Every line that is not empty as (style, words)."""
    for line in text.splitlines():
        mark = next((mark for mark in MARKS if line.startswith(mark)), "")
        if line.strip():
            yield MARKS.get(mark, "Normal"), ("• " if mark == "- " else "") + line.removeprefix(mark)


def write(text: str, to: Path) -> None:
    """Write `text` as a Word document; the same text gives the same document."""
    with ZipFile(to, "w") as archive:
        for name, content in _parts(text):
            archive.writestr(ZipInfo(name), content, compress_type=ZIP_DEFLATED)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    yield "[Content_Types].xml", _TYPES
    yield "_rels/.rels", _relation("officeDocument", "word/document.xml")
    yield "word/_rels/document.xml.rels", _relation("styles", "styles.xml")
    yield "word/styles.xml", f'{_XML}<w:styles xmlns:w="{_WORD}">{"".join(map(_style, _LOOKS))}</w:styles>'
    body = "".join(_paragraph(style, words) for style, words in paragraphs(text))
    yield "word/document.xml", f'{_XML}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'


def _relation(kind: str, target: str) -> str:
    return _RELATIONS.format(xml=_XML, package=_PACKAGE, office=_OFFICE, kind=kind, target=target)


def _style(look: tuple[str, str, str]) -> str:
    return _STYLE.format(id=look[0], name=look[1], look=look[2], based="" if look[0] == "Normal" else _ON_NORMAL)


def _paragraph(style: str, words: str) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


if __name__ == "__main__":
    write(TEXT.read_text(encoding="utf-8"), DOCUMENT)
