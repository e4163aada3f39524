"""Whether text is SPARQL, asked of an empty store, with the place of the first fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from kg.errors import QueryError
from kg.queries.guard import guarded
from kg.queries.tokens import position, tokens
from kg.vocab import PREFIXES

_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)


def refuse_invalid(source: str, text: str) -> None:
    """Raise QueryError where the text is no SPARQL query; nothing is asked of any service."""
    services = [token.text[1:-1] for token in tokens(text) if token.kind == "iri"]
    guarded(text, source=source, services=services)
    try:
        _tried(text)
    except QueryError as error:
        raise (_undeclared(source, text) or located(source, error)) from error


def is_valid(text: str) -> bool:
    """Return whether text, its size and depth known to be harmless, is a SPARQL query."""
    try:
        _tried(text)
    except QueryError:
        return False
    return True


def _tried(text: str) -> None:
    from kg.store.embedded import Embedded  # the engine loads when it is needed

    Embedded.memory().query(_without_services(text))


def _undeclared(source: str, text: str) -> QueryError | None:
    """Return the error of a prefix that is used and not declared, which engines only call a fault of grammar."""
    found = list(tokens(text))
    declared = {after.text for word, after in pairwise(found) if word.says("PREFIX")}
    for token in found:
        prefix, colon, _ = token.text.partition(":")
        if token.kind == "name" and colon and f"{prefix}:" not in declared:
            place = position(text, token.start)
            problem = f"the prefix {prefix}: is not declared: add “PREFIX {prefix}: <{PREFIXES.get(prefix, '…')}>”"
            return QueryError(source, problem, line=place.line, column=place.column)
    return None


def located(source: str, error: QueryError) -> QueryError:
    """Return an engine's error with its place as facts, under the source's name, and in one line.

    >>> str(located("q.rq", QueryError("query", 'error at 3:10: expected one of OPTIONAL, "}"')))
    'q.rq:3:10: this is no SPARQL from here on: "}" would fit'
    """
    match = _PLACE.match(error.problem)
    if match is None:
        return QueryError(source, error.problem, line=error.line, column=error.column)
    return QueryError(source, _reason(match[3]), line=int(match[1]), column=int(match[2]))


def prefixed(text: str, names: Mapping[str, str]) -> str:
    """Return text with a first line that declares the known prefixes which it uses and does not declare.

    The prefix ``id`` names the project's base: relative IRIs are read under it unless the text has a BASE.
    """
    found = list(tokens(text))
    declared = {after.text for word, after in pairwise(found) if word.says("PREFIX")}
    used = {token.text.partition(":")[0] for token in found if token.kind == "name" and ":" in token.text}
    wanted = [name for name in sorted(used) if name in names and f"{name}:" not in declared]
    lines = [f"PREFIX {name}: <{names[name]}>" for name in wanted]
    relative = any(token.kind == "iri" and ":" not in token.text for token in found)
    if "id" in names and relative and not any(token.says("BASE") for token in found):
        lines.insert(0, f"BASE <{names['id']}>")
    return " ".join(lines) + "\n" + text if lines else text


def _reason(expected: str) -> str:
    parts = expected.removeprefix("one of ").split(", ")
    sentence = next((part for part in parts if part.count(" ") > 2 and "[" not in part), None)
    if sentence:
        return sentence
    signs = [part for part in parts if part.startswith('"')]
    return "this is no SPARQL from here on" + (f": {' or '.join(signs[:6])} would fit" if signs else "")


def _without_services(text: str) -> str:
    """Replace calls to services by local patterns of the same length, so that places stay true."""
    if "service" not in text.lower():
        return text
    for token in tokens(text):
        if token.says("SERVICE", "SILENT"):
            local = "GRAPH" if token.says("SERVICE") else ""
            text = text[: token.start] + local.ljust(len(token.text)) + text[token.end :]
    return text
