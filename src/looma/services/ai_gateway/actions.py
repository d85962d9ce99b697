"""Which operations an AIRequest can name, and how its data becomes what HTTP would have brought. Pure."""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import to_json

from looma.contracts.ai_gateway import ActionStreams, AIRequest, UnknownAction, UnknownService
from looma.platform import catalogue
from looma.platform.contract import Contract, Operation, Parameter, Upload
from looma.platform.errors import Invalid
from looma.platform.forms import MULTIPART
from looma.platform.requests import Received

_ITSELF = "ask"
"""An AIRequest inside an AIRequest would only cost time."""
_FILE_MEMBERS = {"filename", "media_type", "content"}
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]{1,100}/[\w!#$&^.+-]{1,100}", re.ASCII)


class Actions:
    """The public operations of all services, by short name and operation name."""

    def __init__(self, contracts: Iterable[type[Contract]]) -> None:
        self._known = {contract.short_name(): (contract, _offered(contract)) for contract in contracts}

    def named(self, request: AIRequest) -> tuple[type[Contract], Operation]:
        """The operation that is meant, and whose it is. `UnknownService` and `UnknownAction` list what there is."""
        if request.service_type not in self._known:
            raise UnknownService(service=request.service_type, known=", ".join(sorted(self._known)))
        contract, offered = self._known[request.service_type]
        if request.action not in offered:
            known = ", ".join(sorted(offered))
            raise UnknownAction(service=request.service_type, action=request.action, known=known)
        op = offered[request.action]
        if op.streams:
            raise ActionStreams(action=request.action, path=op.path)
        return contract, op


def received(op: Operation, data: Mapping[str, Any]) -> Received:
    """`data` as an HTTP request for `op` would have brought it. `Invalid` for a part that cannot be one."""
    by_name = {p.name: p for p in op.parameters}
    own = {name: value for name, value in data.items() if name in by_name}
    other = {name: value for name, value in data.items() if name not in by_name}
    body = _body(op, own, other)
    flat = op.body is not None and op.body.name not in own
    words = {name: _words(by_name[name], value) for name, value in own.items() if by_name[name].place == "query"}
    files = {name: _files(by_name[name], value) for name, value in own.items() if "upload" in by_name[name].place}
    sent = {name: uploads for name, uploads in files.items() if uploads}
    return Received(
        path={p.name: _path(p, own) for p in op.placed("path")},
        query=words if flat else words | {name: [""] for name in other},  # names that the reader will not know
        media_type=MULTIPART if sent else "application/json",
        body=b"" if body is None else body,
        form={op.body.name: [body.decode()]} if sent and body is not None and op.body is not None else {},
        files=sent,
    )


def invalid(problem: str, field: str) -> Invalid:
    """An `Invalid` with one problem; the edge tells it in the reader's language."""
    summary = catalogue.text(f"problem.{problem}", "en", field=field)
    return Invalid(problems=[{"problem": problem, "field": field}], summary=summary)


def _offered(contract: type[Contract]) -> dict[str, Operation]:
    return {op.name: op for op in contract.operations() if op.public and op.name != _ITSELF}


def _body(op: Operation, own: Mapping[str, Any], other: Mapping[str, Any]) -> bytes | None:
    """The body's JSON: what stands under its name, else its fields. NaN stays NaN, so that it is refused, not null."""
    if op.body is None:
        return None
    if op.body.name in own:
        value = own[op.body.name]
        return None if value is None else to_json(value, inf_nan_mode="constants")
    if other or (op.body.required and not op.placed("upload", "uploads")):
        return to_json(other, inf_nan_mode="constants")
    return None


def _path(p: Parameter, own: Mapping[str, Any]) -> Any:
    if p.name not in own:
        raise invalid("missing", p.name)
    return own[p.name]


def _words(p: Parameter, value: Any) -> list[Any]:
    return value if p.many and isinstance(value, list) else [value]


def _files(p: Parameter, value: Any) -> list[Upload]:
    if value is None and not p.required:
        return []
    if p.place == "upload":
        return [_file(p.name, value)]
    if not isinstance(value, list):
        raise invalid("list_type", p.name)
    return [_file(f"{p.name}.{number}", one) for number, one in enumerate(value)]


def _file(field: str, value: Any) -> Upload:
    if not isinstance(value, dict) or not value.keys() <= _FILE_MEMBERS:
        raise invalid("file_object", field)
    filename, content = value.get("filename"), value.get("content")
    kind = value.get("media_type", "application/octet-stream")
    if not (isinstance(filename, str) and isinstance(content, str) and isinstance(kind, str)):
        raise invalid("file_object", field)
    if not _MEDIA_TYPE.fullmatch(kind):
        raise invalid("string_pattern_mismatch", f"{field}.media_type")
    try:
        data = base64.b64decode(content.encode(), validate=True)
    except binascii.Error as bad:
        raise invalid("base64", f"{field}.content") from bad
    return Upload(filename=unicodedata.normalize("NFC", filename), media_type=kind.lower(), data=data)
