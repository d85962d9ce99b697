"""The least that a JSON schema takes, so that every operation can be asked for without a table by hand."""

from typing import Any

from looma.platform.contract import Operation


def least(schema: dict[str, Any], defs: dict[str, Any]) -> Any:
    """A value that fits the schema, with nothing in it that may be left out."""
    if "$ref" in schema:
        return least(defs[schema["$ref"].rpartition("/")[2]], defs)
    if "anyOf" in schema:
        return least(next(one for one in schema["anyOf"] if one.get("type") != "null"), defs)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    return _of_type(schema, defs)


def _of_type(schema: dict[str, Any], defs: dict[str, Any]) -> Any:
    match schema.get("type"):
        case "object":
            return {name: least(schema["properties"][name], defs) for name in schema.get("required", [])}
        case "array":
            return [least(schema["items"], defs) for _ in range(schema.get("minItems", 0))]
        case "integer" | "number":
            return schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
        case "boolean":
            return True
        case "string" if schema.get("format") == "date-time":
            return "2025-03-01T08:00:00Z"
        case _:
            return "x" * max(1, schema.get("minLength", 1))


def sample(op: Operation) -> dict[str, Any]:
    """A value for every parameter of `op` that has to be there, and for its body, by name."""
    found = {}
    for p in op.parameters:
        if p.place == "upload":
            found[p.name] = {"filename": "a.txt", "media_type": "text/plain", "content": "YWJj"}
        elif p.place == "uploads":
            found[p.name] = [{"filename": "a.txt", "media_type": "text/plain", "content": "YWJj"}] * 2
        elif p.required or (p.place == "body" and not op.placed("upload")):
            schema = p.adapter.json_schema()
            found[p.name] = least(schema, schema.get("$defs", {}))
    return found
