"""The text of a Word document: paragraphs, tables, text boxes, headers and footers, as a reader sees them."""

from collections.abc import Collection

from looma.contracts.resume import Bomb, Empty

from .body import Body
from .characters import cleaned, trimmed
from .document import Document
from .markup import parse
from .package import Package
from .pdf import MAX_TEXT

_MAIL = "mailto:"
_MAX_HEADERS = 50


def read_docx(data: bytes) -> Document:
    """Read a DOCX. Raises `Unreadable`, `Encrypted`, `Bomb`, `UnknownKind` (another package) or `Empty`."""
    package = Package(data)
    main = package.main_part()
    text = _text(package, main, ())
    if addresses := _addresses(package, main):
        shown = text.casefold()
        if unseen := {address for address in addresses if address.casefold() not in shown}:
            text = _text(package, main, unseen)
    if text.strip():
        return Document(text=text, source="docx")
    if package.has_pictures:
        return Document(text="", source="docx", needs="ocr")
    raise Empty


def _text(package: Package, main: str, unseen: Collection[str]) -> str:
    """The text of all parts; the addresses in `unseen` are written after the links that lead to them."""
    seen: list[list[str]] = []
    for part in _parts(package, main):
        links = {link.id: _address(link.target) for link in package.relations(part) if link.external}
        body = Body({id_: address for id_, address in links.items() if address in unseen})
        parse(package.read(part), body.start, body.end, body.text)
        if body.lines() not in seen:  # the first, the even and the other pages often have the same header
            seen.append(body.lines())
    if sum(len(line) for lines in seen for line in lines) > MAX_TEXT:
        raise Bomb
    return trimmed(cleaned("\n".join(line for lines in seen for line in lines)))


def _parts(package: Package, main: str) -> list[str]:
    """Headers, the body, footers."""
    links = [link for link in package.relations(main) if not link.external and link.target in package]
    headers, footers = ([link.target for link in links if link.type.endswith(kind)] for kind in ("/header", "/footer"))
    return [*headers[:_MAX_HEADERS], main, *footers[:_MAX_HEADERS]]


def _addresses(package: Package, main: str) -> list[str]:
    links = [link for part in _parts(package, main) for link in package.relations(part) if link.external]
    return list(dict.fromkeys(filter(None, (_address(link.target) for link in links))))


def _address(target: str) -> str:
    """The mail address that a link writes to, or nothing."""
    if not target.casefold().startswith(_MAIL):
        return ""
    return "".join(target[len(_MAIL) :].partition("?")[0].split())
