"""A small DOCX writer (ECMA-376): the parts that a test gives, zipped."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_DOC}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def p(*runs: str) -> str:
    """A paragraph; what begins with ``<`` is markup, the rest is text."""
    return f"<w:p>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def table(*rows: list[str]) -> str:
    """A table; a cell is markup of paragraphs, or the text of one."""
    cells = [[cell if cell.startswith("<") else p(cell) for cell in row] for row in rows]
    return (
        "<w:tbl>"
        + "".join(f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{cell}</w:tc>' for cell in row)}</w:tr>" for row in cells)
        + "</w:tbl>"
    )


def part(root: str, content: str) -> str:
    """A part with its root element and the usual name spaces."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {_SPACES}>{content}</w:{root}>'


def docx(*body: str, parts: Mapping[str, str | bytes] | None = None, links: Mapping[str, str] | None = None) -> bytes:
    """A package with the given body; `parts` are more parts by name, `links` the outside targets by id.

    Headers and footers among the parts are linked from the document.
    """
    return package(
        {
            "_rels/.rels": _rels(f'<Relationship Id="rId1" Type="{_DOC}/officeDocument" Target="word/document.xml"/>'),
            "word/document.xml": part("document", f"<w:body>{''.join(body)}</w:body>"),
            "word/_rels/document.xml.rels": _rels(_links(links or {}) + _stories(parts or {})),
            **(parts or {}),
        }
    )


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Any parts, zipped."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _rels(content: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{content}</Relationships>'
    )


def _links(links: Mapping[str, str]) -> str:
    return "".join(
        f'<Relationship Id="{key}" Type="{_DOC}/hyperlink" Target="{escape(target)}" TargetMode="External"/>'
        for key, target in links.items()
    )


def _stories(parts: Mapping[str, str | bytes]) -> str:
    names = [name.removeprefix("word/") for name in parts if name.startswith(("word/header", "word/footer"))]
    return "".join(
        f'<Relationship Id="s{at}" Type="{_DOC}/{name[:6]}" Target="{name}"/>' for at, name in enumerate(names)
    )
