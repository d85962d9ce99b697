"""XML of a stranger, read as a stream: no document type, so no entity, no outside address and no bomb of either."""

from collections.abc import Callable
from xml.parsers import expat

from looma.contracts.resume import Bomb, Unreadable

Start = Callable[[str, dict[str, str]], None]
_MAX_DEPTH = 2000


def parse(
    data: bytes, start: Start, end: Callable[[str], None] | None = None, text: Callable[[str], None] | None = None
) -> None:
    """Call `start`, `end` and `text` for what the document holds; names are ``namespace}local``.

    Raises `Bomb` for a document type (ECMA-376 part 2 forbids it in a package) and `Unreadable` for anything that is
    not well formed.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    depth = 0

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            raise Bomb
        start(tag, attributes)

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(tag)

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):  # LookupError: an encoding that does not exist
        raise Unreadable(part="markup") from None


def _refuse(*_: object) -> None:
    raise Bomb
