"""Forms as browsers and curl send them: multipart (RFC 7578) and urlencoded. Pure, linear in the size of the body."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

from .contract import Upload
from .errors import Malformed

MULTIPART = "multipart/form-data"
URLENCODED = "application/x-www-form-urlencoded"
PARTS = 1000
"""How many fields and files one form may have."""
_HEAD_BYTES = 8192
_LINE_END = re.compile(rb"[ \t]*\r\n")
_PARAMETER = re.compile(r';\s*(?:([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*)))?\s*')


@dataclass(frozen=True)
class Form:
    """The fields and files of a form, by name, each in the order sent."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[Upload]] = field(default_factory=dict)


def media_type(content_type: str) -> str:
    """``multipart/form-data`` for a header such as ``Multipart/Form-Data; boundary=x``."""
    return content_type.partition(";")[0].strip().lower()


def parse(content_type: str, body: bytes) -> Form:
    """The form in `body`; `Malformed` when it breaks off, has too many parts or is no form. File names that are not
    UTF-8 keep what can be read of them; a file input that was left empty is no file."""
    if media_type(content_type) == URLENCODED:
        return _urlencoded(body)
    _, parameters = _parameters(content_type)
    boundary = parameters.get("boundary", "").encode()
    if not 1 <= len(boundary) <= 70:
        raise Malformed
    form = Form()
    for number, (begin, end) in enumerate(_parts(body, boundary)):
        if number >= PARTS:
            raise Malformed
        _take(form, body, begin, end)
    return form


def _urlencoded(body: bytes) -> Form:
    form = Form()
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=PARTS)
    except ValueError as bad:
        raise Malformed from bad
    for name, value in pairs:
        form.fields.setdefault(name, []).append(value)
    return form


def _parts(body: bytes, boundary: bytes) -> Iterator[tuple[int, int]]:
    """Where each part begins and ends, with its head (RFC 2046 §5.1.1); a delimiter counts where a line begins."""
    mark = b"\r\n--" + boundary
    at = -2 if body.startswith(mark[2:]) else body.find(mark)
    begin = None
    while at != -1:
        after = at + len(mark)
        closes, line_end = body.startswith(b"--", after), _LINE_END.match(body, after)
        if begin is not None and (closes or line_end):
            yield begin, at
        if closes:
            return
        if line_end:
            begin = line_end.end()
        at = body.find(mark, begin - 2 if line_end and begin else after)
    raise Malformed  # no closing delimiter: the body breaks off


def _take(form: Form, body: bytes, begin: int, end: int) -> None:
    head_end = body.find(b"\r\n\r\n", begin, min(end, begin + _HEAD_BYTES))
    if head_end == -1:
        raise Malformed
    head = _head(body[begin:head_end])
    kind, told = _parameters(head.get("content-disposition", ""))
    name, data = told.get("name", ""), body[head_end + 4 : end]
    encoded = head.get("content-transfer-encoding", "binary").lower() not in ("7bit", "8bit", "binary")
    if kind.lower() != "form-data" or not name or encoded:
        raise Malformed
    if (filename := _filename(told)) is None:
        try:
            form.fields.setdefault(name, []).append(data.decode())
        except UnicodeDecodeError as bad:
            raise Malformed from bad
    elif filename or data:
        kind = media_type(head.get("content-type", "text/plain"))
        form.files.setdefault(name, []).append(Upload(filename=filename, media_type=kind, data=data))


def _head(raw: bytes) -> dict[str, str]:
    lines = [line.partition(":") for line in raw.decode(errors="replace").split("\r\n")]
    if not all(colon for _, colon, _ in lines):
        raise Malformed
    return {name.strip().lower(): value.strip() for name, _, value in lines}


def _parameters(header: str) -> tuple[str, dict[str, str]]:
    """A header's value and its parameters, ``form-data; name="file"`` → ("form-data", {"name": "file"})."""
    value, semicolon, rest = header.partition(";")
    rest, found, at = semicolon + rest, {}, 0
    while at < len(rest):
        if (told := _PARAMETER.match(rest, at)) is None:
            raise Malformed
        at = told.end()
        name, quoted, plain = told.groups()
        if name:
            found[name.lower()] = plain.strip() if quoted is None else re.sub(r'\\(["\\])', r"\1", quoted)
    return value.strip(), found


def _filename(told: dict[str, str]) -> str | None:
    name = told.get("filename")
    charset, _, encoded = told.get("filename*", "").partition("''")
    if charset.lower() == "utf-8":  # RFC 8187; the only charset that anybody sends
        name = unquote(encoded)
    elif name is not None:
        name = name.replace("%22", '"').replace("%0D", " ").replace("%0A", " ")  # what browsers escape (WHATWG HTML)
    return None if name is None else unicodedata.normalize("NFC", name)
