"""Reading a request: strictly, every part that is sent has to be known and to fit. Pure: no Sanic, no I/O."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from pydantic import ValidationError

from . import catalogue
from .catalogue import LANGUAGES
from .contract import Operation, Parameter, Upload
from .errors import Invalid, LoomaError, Unsupported
from .forms import MULTIPART, URLENCODED

FORMS = (MULTIPART, URLENCODED)
PROBLEMS = 50
"""How many problems an answer lists at most."""
VALUES = 250_000
"""How many values a body may hold: each may become a problem, and a problem costs a thousand times its bytes."""
KEY_CHARACTERS = 200
_TEXTS = re.compile(rb'"(?:[^"\\]|\\.)*+"')
_VERSION = re.compile(r'(?:W/)?("?)([0-9]{1,18})\1', re.ASCII)
_SHOWN = 200


@dataclass(frozen=True)
class Received:
    """One request as it came over the wire, decoded no further than HTTP goes."""

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    media_type: str = ""
    body: bytes = b""
    form: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Sequence[Upload]] = field(default_factory=dict)


def arguments(op: Operation, request: Received) -> dict[str, Any]:
    """The arguments of the operation; `Invalid` with every problem found, `Unsupported` for another kind of body."""
    problems: list[dict[str, Any]] = []
    found: dict[str, Any] = {}
    words = {name: list(values) for name, values in request.query.items()}
    for name, values in request.form.items():
        if op.body is None or name != op.body.name:
            words.setdefault(name, []).extend(values)
    known = {p.name for p in op.placed("query")}
    problems += [_problem("unknown_parameter", name) for name in words if name not in known]
    problems += [_problem("extra_forbidden", name) for name in request.files if name not in _uploads(op)]
    for p in op.parameters:
        try:
            if (value := _value(op, p, request, words)) is not _ABSENT:
                found[p.name] = value
        except ValidationError as bad:
            problems += [_from_pydantic(p, error) for error in bad.errors(include_url=False, include_input=False)]
        except _Refused as bad:
            problems.append(bad.args[0])
    if not problems and op.placed("body") and op.placed("upload", "uploads"):
        problems += _exactly_one_payload(op, found)
    if problems := problems[:PROBLEMS]:
        raise Invalid(problems=problems, summary=_summary(problems))
    return found


def localized(error: LoomaError, language: catalogue.Language) -> LoomaError:
    """The error as a reader of this language sees it: each problem of an `Invalid` with its sentence."""
    problems = error.details.get("problems")
    if not isinstance(error, Invalid) or not isinstance(problems, list):
        return error
    told = [problem | {"message": _sentence(problem, language)} for problem in problems]
    return type(error)(**error.details | {"problems": told, "summary": _joined(told, language)})


def sentences(bad: ValidationError, language: catalogue.Language) -> str:
    """What is wrong with a value, in words; for values that come some other way than over HTTP."""
    problems = [_named(error, [], "") for error in bad.errors(include_url=False, include_input=False)]
    return _joined([{"message": _sentence(problem, language)} for problem in problems], language)


class _Refused(Exception):
    """One problem, as `_problem` makes it."""


_ABSENT: Any = object()


def _value(op: Operation, p: Parameter, request: Received, words: Mapping[str, Sequence[str]]) -> Any:
    match p.place:
        case "path":
            return p.adapter.validate_python(request.path[p.name])
        case "query":
            return _word(p, words.get(p.name))
        case "body":
            return _body(op, p, request)
        case "upload" | "uploads":
            return _files(p, request.files.get(p.name))


def _word(p: Parameter, values: Sequence[str] | None) -> Any:
    if not values:
        return _absent(p, "missing")
    if p.many:
        return p.adapter.validate_python(list(values))
    if len(values) > 1:
        raise _Refused(_problem("repeated", p.name))
    return p.adapter.validate_python(values[0])


def _body(op: Operation, p: Parameter, request: Received) -> Any:
    if request.media_type in FORMS and op.placed("upload", "uploads"):
        values = request.form.get(p.name) or ()
        if len(values) > 1:
            raise _Refused(_problem("repeated", p.name))
        return _json(p, values[0].encode()) if values else _absent(p, "missing")
    if not request.body:
        return _absent(p, "body_missing")
    if request.media_type not in ("application/json", "") and not request.media_type.endswith("+json"):
        raise Unsupported(kind=request.media_type, expected="application/json")
    return _json(p, request.body)


def _json(p: Parameter, raw: bytes) -> Any:
    if raw.count(b",") > VALUES and _TEXTS.sub(b"", raw).count(b",") > VALUES:
        raise _Refused(_problem("too_many_values", p.name, limit=VALUES))
    return p.adapter.validate_json(raw)


def _files(p: Parameter, files: Sequence[Upload] | None) -> Any:
    if not files:
        return _absent(p, "file_missing")
    if p.place == "uploads":
        return list(files)
    if len(files) > 1:
        raise _Refused(_problem("repeated", p.name))
    return files[0]


def _absent(p: Parameter, problem: str) -> Any:
    if p.required:
        raise _Refused(_problem(problem, p.name))
    return _ABSENT


def _uploads(op: Operation) -> set[str]:
    return {p.name for p in op.placed("upload", "uploads")}


def _exactly_one_payload(op: Operation, found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Where a body and files are both optional, one of them has to be there."""
    payload = op.placed("body", "upload", "uploads")
    if any(p.required for p in payload) or any(p.name in found for p in payload):
        return []
    return [_problem("nothing_sent", " / ".join(p.name for p in payload))]


def _problem(problem: str, at: str, **more: Any) -> dict[str, Any]:
    return {"problem": problem, "field": at[:_SHOWN], **more}


def _from_pydantic(p: Parameter, error: Any) -> dict[str, Any]:
    return _named(error, [] if p.place == "body" else [p.name], p.name)


def _named(error: Any, place: list[str], otherwise: str) -> dict[str, Any]:
    at = ".".join(str(step) for step in [*place, *error["loc"]]) or otherwise
    plain = {k: v for k, v in error.get("ctx", {}).items() if isinstance(v, (str, int, float)) and k != "error"}
    return _problem(error["type"], at, **plain)


def _sentence(problem: Mapping[str, Any], language: catalogue.Language) -> str:
    code = f"problem.{problem['problem']}"
    if code not in catalogue.texts(language):
        return catalogue.text("problem.other", language, field=problem["field"], kind=problem["problem"])
    return catalogue.text(code, language, **{k: v for k, v in problem.items() if k != "problem"})


def _joined(told: Sequence[Mapping[str, Any]], language: catalogue.Language) -> str:
    return ("；" if language == "zh-CN" else "; ").join(str(problem["message"]) for problem in told[:5])


def _summary(problems: Sequence[Mapping[str, Any]]) -> str:
    return _joined([dict(p) | {"message": _sentence(p, LANGUAGES[1])} for p in problems], "en")


def version_of(if_match: str | None) -> int | None:
    """The version in an ``If-Match`` header such as ``"3"``; None for none or ``*``."""
    if if_match is None or if_match.strip() == "*":
        return None
    if (told := _VERSION.fullmatch(if_match.strip())) is None:
        raise _invalid(_problem("version", "If-Match"))
    return int(told[2])


def key_of(idempotency_key: str | None) -> str | None:
    """The ``Idempotency-Key`` header; None for none or a blank one. A long key is refused, not cut: two that begin
    alike are two."""
    key = (idempotency_key or "").strip() or None
    if key is not None and len(key) > KEY_CHARACTERS:
        raise _invalid(_problem("string_too_long", "Idempotency-Key", max_length=KEY_CHARACTERS))
    return key


def _invalid(problem: dict[str, Any]) -> Invalid:
    return Invalid(problems=[problem], summary=_summary([problem]))


def dumps(value: Any) -> bytes:
    """JSON as it goes over the wire; halves of characters and integers of any size included."""
    try:
        return orjson.dumps(value, default=str)
    except TypeError:
        return json.dumps(value, default=str).encode()
