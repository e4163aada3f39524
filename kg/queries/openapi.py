"""The saved queries as OpenAPI 3.1: each a documented operation with typed parameters and a typed answer."""

from __future__ import annotations

from collections.abc import Iterable

from kg.queries.header import Column, given
from kg.queries.parameters import Parameter
from kg.queries.results import plain
from kg.queries.saved import SavedQuery

_SCHEMAS: dict[str, dict[str, object]] = {
    "integer": {"type": "integer"},
    "year": {"type": "integer", "minimum": -9999, "maximum": 9999},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "iri": {"type": "string", "format": "iri"},
}
_PAGING = ("limit", "offset")


def openapi(queries: Iterable[SavedQuery], *, title: str, version: str, root: str = "/queries") -> dict[str, object]:
    """Return the OpenAPI document of an API that serves the queries below ``root``."""
    paths = {f"{root}/{query.name}": {"get": _operation(query)} for query in queries}
    return {"openapi": "3.1.0", "info": {"title": title, "version": version}, "paths": dict(sorted(paths.items()))}


def _operation(query: SavedQuery) -> dict[str, object]:
    return {
        "operationId": query.stem,
        "summary": query.header.summary,
        "description": _description(query),
        "tags": [query.family or "others"],
        "parameters": [*map(_parameter, query.parameters), *map(_paging, _PAGING if query.form == "select" else ())],
        "responses": {
            "200": {"description": query.header.summary, "content": _content(query)},
            "400": {"description": "A parameter is missing, unknown, or not of its type."},
            "404": {"description": "A name fits nothing in the graph."},
            **({"502": {"description": "A service that the query calls did not answer."}} if query.services else {}),
            "503": {"description": "A limit of time, rows or memory was reached."},
        },
    }


def _description(query: SavedQuery) -> str:
    said = query.header.description or query.header.summary
    return f"{said} Asks {', '.join(dict.fromkeys(query.services))}." if query.services else said


def _parameter(parameter: Parameter) -> dict[str, object]:
    schema: dict[str, object] = dict(_SCHEMAS.get(parameter.type, {"type": "string"}))
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    if parameter.default is not None:
        schema["default"] = _typed(parameter, parameter.default)
    said: dict[str, object] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.description or parameter.type,
        "schema": {"type": "array", "items": schema} if parameter.many else schema,
    }
    if parameter.many:
        said |= {"style": "form", "explode": True}
    if parameter.example is not None:
        values = [_typed(parameter, value) for value in given(parameter, parameter.example)]
        said["example"] = values if parameter.many else values[0]
    return said


def _typed(parameter: Parameter, value: str) -> object:
    """Return a value as JSON has it."""
    match parameter.type:
        case "integer" | "year":
            return int(value)
        case "number":
            return float(value)
        case "boolean":
            return plain(parameter.term(value)) == "true"
    return value


def _paging(name: str) -> dict[str, object]:
    words = "at most so many rows" if name == "limit" else "leave out so many rows first"
    return {"name": name, "in": "query", "description": words, "schema": {"type": "integer", "minimum": 0}}


def _content(query: SavedQuery) -> dict[str, object]:
    if query.form in ("construct", "describe"):
        return {"text/turtle": {}, "application/ld+json": {}}
    rows = {"type": "array", "items": {"type": "object", "properties": dict(map(_binding, query.columns))}}
    bindings = {"type": "object", "properties": {"bindings": rows}}
    found = {"type": "object", "properties": {"head": {"type": "object"}, "results": bindings}}
    return {
        "application/sparql-results+json": {"schema": found},
        "application/sparql-results+xml": {},
        "text/csv": {},
        "text/html": {},
    }


def _binding(column: Column) -> tuple[str, dict[str, object]]:
    words = ", ".join(part for part in (column.type, column.unit and f"in {column.unit}", column.description) if part)
    value: dict[str, object] = {
        "type": "object",
        "required": ["type", "value"],
        "properties": {"value": {"type": "string"}},
    }
    return column.name, value | ({"description": words} if words else {})
