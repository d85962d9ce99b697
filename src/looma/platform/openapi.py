"""The OpenAPI 3.1 document of a contract, read off its operations, and a page that shows it without any script."""

from functools import cache
from html import escape
from typing import Any

from pydantic import TypeAdapter

from . import catalogue
from .catalogue import Language
from .contract import Contract, Operation, Parameter

_REF = "#/components/schemas/{model}"
_ENVELOPE = {
    "type": "object",
    "required": ["status", "data", "error", "metadata", "timestamp"],
    "properties": {
        "status": {"enum": ["success", "warning", "error"]},
        "data": {},
        "error": {"anyOf": [{"$ref": "#/components/schemas/Error"}, {"type": "null"}]},
        "metadata": {"$ref": "#/components/schemas/Metadata"},
        "timestamp": {"type": "string", "format": "date-time"},
    },
}
_SHARED = {
    "Error": {
        "type": "object",
        "required": ["code", "message", "details"],
        "properties": {"code": {"type": "string"}, "message": {"type": "string"}, "details": {"type": "object"}},
    },
    "Metadata": {
        "type": "object",
        "required": ["request_id", "service", "version", "duration_ms"],
        "properties": {
            "request_id": {"type": "string"},
            "service": {"type": "string"},
            "version": {"type": "string"},
            "duration_ms": {"type": "number"},
            "degraded": {"type": "array", "items": {"type": "string"}},
        },
    },
}
_FILE = {"type": "string", "format": "binary"}


@cache
def describe(contract: type[Contract], version: str, also: tuple[Operation, ...] = ()) -> dict[str, Any]:
    """The document of everything that `contract` offers, and of operations of other services that it passes on."""
    operations = _all(contract, also)
    schemas, components = _schemas(operations)
    paths: dict[str, Any] = {}
    for op in operations:
        name = op.name if op.service == contract.service else f"{op.service}.{op.name}"
        paths.setdefault(op.path, {})[op.verb.lower()] = _entry(op, name, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": contract.service, "version": version, "description": (contract.__doc__ or "").strip()},
        "paths": paths,
        "components": {"schemas": dict(sorted((components | _SHARED).items()))},
    }


Key = tuple[str, str, str]


def _all(contract: type[Contract], also: tuple[Operation, ...]) -> tuple[Operation, ...]:
    return tuple(sorted((*contract.operations(), *also), key=lambda op: (op.path, op.verb)))


def _schemas(operations: tuple[Operation, ...]) -> tuple[dict[Key, dict[str, Any]], dict[str, Any]]:
    wanted: list[tuple[Key, Any, TypeAdapter[Any]]] = []
    for op in operations:
        wanted += [((op.service, op.name, p.name), "validation", p.adapter) for p in op.placed("path", "query", "body")]
        wanted.append(((op.service, op.name, "return"), "serialization", op.gives))
    made, definitions = TypeAdapter.json_schemas(wanted, ref_template=_REF)
    return {key: schema for (key, _), schema in made.items()}, definitions.get("$defs", {})


def _entry(op: Operation, name: str, schemas: dict[Key, dict[str, Any]]) -> dict[str, Any]:
    gives = schemas[op.service, op.name, "return"]
    answer = _ENVELOPE | {"properties": _ENVELOPE["properties"] | {"data": gives}} if op.envelope else gives  # type: ignore[operator]
    media = "text/event-stream" if op.streams else "application/json"
    entry: dict[str, Any] = {
        "operationId": name,
        "summary": op.doc.split("\n")[0].rstrip("."),
        "description": op.doc,
        "parameters": [_parameter(p, schemas[op.service, op.name, p.name]) for p in op.placed("path", "query")],
        "responses": {
            str(op.status): {"description": "done", "content": {media: {"schema": gives if op.streams else answer}}},
            "default": {"description": "refused or failed", "content": {"application/json": {"schema": _ENVELOPE}}},
        },
        "x-scope": op.scope,
    }
    if not op.public:
        entry["x-internal"] = True
    if content := _content(op, schemas):
        entry["requestBody"] = {"required": any(p.required for p in op.placed("body", "upload", "uploads"))} | content
    return entry


def _parameter(p: Parameter, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": p.name, "in": p.place, "required": p.place == "path" or p.required, "schema": schema}


def _content(op: Operation, schemas: dict[Key, dict[str, Any]]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    files = op.placed("upload", "uploads")
    if op.body is not None and not any(p.required for p in files):
        content["application/json"] = {"schema": schemas[op.service, op.name, op.body.name]}
    if files:
        fields = {p.name: _FILE if p.place == "upload" else {"type": "array", "items": _FILE} for p in files}
        if op.body is not None:
            fields[op.body.name] = schemas[op.service, op.name, op.body.name]
        required = [p.name for p in files if p.required]
        form = {"type": "object", "properties": fields} | ({"required": required} if required else {})
        content["multipart/form-data"] = {"schema": form}
    return {"content": content} if content else {}


def page(contract: type[Contract], version: str, language: Language, also: tuple[Operation, ...] = ()) -> str:
    """The document as a page for people."""

    def told(key: str) -> str:
        return escape(catalogue.text(f"docs.{key}", language, service=contract.service))

    parts = [_section(op, told) for op in _all(contract, also)]
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{told("title")}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style>'
        f"<h1>{told('title')} <small>{escape(version)}</small></h1><p>{told('lead')} "
        f'<a href="/openapi.json">openapi.json</a></p>{"".join(parts)}</html>'
    )


def _section(op: Operation, told: Any) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(p.name)}</code><td>{p.place}<td>{told('required') if p.required else ''}"
        for p in op.parameters
    )
    scope = f" · {told('scope')} <code>{escape(op.scope)}</code>" if op.scope else ""
    internal = "" if op.public else f" · {told('internal_only')}"
    return (
        f'<section><h2><b class="{op.verb.lower()}">{op.verb}</b> <code>{escape(op.path)}</code></h2>'
        f"<p>{escape(op.doc)}<small>{scope}{internal}</small></p><table>{rows}</table></section>"
    )


_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "h2{font-size:1rem;margin:1.5rem 0 .25rem}b{display:inline-block;min-width:4.5em}small{opacity:.7}"
    "td{padding:.1rem 1rem .1rem 0}section{border-top:1px solid #8884}"
)
