"""Query files in grlc's older form: YAML decorators, and parameters named ``?_name_type`` in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kg.errors import QueryError
from kg.queries.grammar import prefixed, refuse_invalid
from kg.queries.header import Column, Header
from kg.queries.parameters import Parameter
from kg.queries.saved import SavedQuery, assembled, projected
from kg.queries.tokens import Token, tokens
from kg.vocab import PREFIXES

# what grlc's own decorators say about a service, which is none of a query's business
_KEYS = frozenset({"endpoint", "method", "pagination", "enumerate", "defaults", "endpoint_in_url", "transform", "mime"})
_VARIABLE = re.compile(r"[?$](?P<optional>_)?_(?P<name>[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*?)(?:_(?P<type>[A-Za-z]+))?")
_TYPES = {
    "iri": "iri", "uri": "iri", "integer": "integer", "int": "integer", "number": "number", "decimal": "number",
    "float": "number", "literal": "text", "string": "text", "boolean": "boolean", "date": "date", "gYear": "year",
}  # fmt: skip


def is_grlc(text: str) -> bool:
    """Return whether a file is in the older form: it decorates as grlc does, or names a parameter ``?_name``."""
    lines = [line[2:] for line in text.splitlines() if line.startswith("#+")]
    nested = any(line.startswith(("  ", " -", "\t")) for line in lines)
    decorated = any(line.partition(":")[0].strip() in _KEYS for line in lines)
    return nested or decorated or any(token.text[1:2] == "_" for token in tokens(text) if token.kind == "variable")


def converted(name: str, text: str) -> SavedQuery:
    """Return a grlc file as a saved query. Raises QueryError where its decorators are no YAML mapping."""
    said = _decorators(name, text)
    found = list(tokens(text))
    parameters = _parameters(found, _defaults(said))
    body = prefixed(_renamed(text, found), PREFIXES)  # collections lean on prefixes that their server declares
    tags = said.get("tags")
    head = Header(
        summary=str(said.get("summary") or name),
        description=str(said.get("description") or ""),
        tags=tuple(map(str, tags)) if isinstance(tags, list) else (),
        worlds=("actual", "story"),
        parameters=parameters,
    )
    query = assembled(name, body, head)
    _refuse_invalid(f"{name}.rq", body, shifted=body.count("\n") - text.count("\n"))
    if query.form == "select":
        return replace(query, header=replace(head, columns=tuple(Column(column) for column in projected(found))))
    return query


def _refuse_invalid(source: str, body: str, *, shifted: int) -> None:
    try:
        refuse_invalid(source, body)
    except QueryError as error:
        line = None if error.line is None else error.line - shifted
        raise QueryError(source, error.problem, line=line, column=error.column) from error


def _decorators(name: str, text: str) -> Mapping[str, object]:
    import yaml

    lines = [line[2:].removeprefix(" ") if line.startswith("#+") else "" for line in text.splitlines()]
    if any(line.lstrip("- ").startswith(("&", "*")) for line in lines):
        raise QueryError(f"{name}.rq", "the decorators use YAML aliases, which are not read: write the values out")
    try:
        said = yaml.safe_load("\n".join(lines)) or {}
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark
        line, column = (place.line + 1, place.column + 4) if place else (None, None)
        raise QueryError(
            f"{name}.rq", f"the decorators are no YAML ({error.problem})", line=line, column=column
        ) from error
    except (ValueError, RecursionError) as error:
        raise QueryError(f"{name}.rq", f"the decorators are no YAML ({error})") from error
    if not isinstance(said, dict):
        raise QueryError(f"{name}.rq", "the decorators are no YAML mapping of keys to values", line=1, column=1)
    return said


def _defaults(said: Mapping[str, object]) -> dict[str, str]:
    listed = said.get("defaults")
    pairs = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    return {str(key): str(value) for pair in pairs for key, value in pair.items()}


def _parameters(found: list[Token], defaults: Mapping[str, str]) -> tuple[Parameter, ...]:
    parameters: dict[str, Parameter] = {}
    for token in found:
        match = _VARIABLE.fullmatch(token.text) if token.kind == "variable" else None
        if match is None:
            continue
        name, default = match["name"].lower(), defaults.get(match["name"])
        required = match["optional"] is None and default is None
        parameters[name] = Parameter(name, _type(match["type"]), required=required, default=default)
    return tuple(parameters.values())


def _type(suffix: str | None) -> str:
    return _TYPES.get(suffix or "", "text")


def _renamed(text: str, found: list[Token]) -> str:
    for token in reversed(found):
        match = _VARIABLE.fullmatch(token.text) if token.kind == "variable" else None
        if match is not None:
            text = f"{text[: token.start]}${match['name'].lower()}{text[token.end :]}"
    return text
