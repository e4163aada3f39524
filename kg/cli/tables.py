"""Results on a terminal, and the list of saved queries."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO

import click

from kg.queries.header import Column
from kg.queries.parameters import Parameter
from kg.queries.results import Citation, Graph, Result, Table
from kg.queries.saved import SavedQuery
from kg.queries.widths import harmless
from kg.queries.writers import write
from kg.version import VERSION
from kg.vocab import PREFIXES, Literal

_UNCITED = ("csv", "tsv", "sparql-tsv", "jsonld")  # forms with no room for a citation


def printed(result: Result, form: str | None, names: Mapping[str, str]) -> None:
    """Print a result: on a terminal as a table that fits it, into a pipe as TSV, or in the form that is asked for."""
    terminal = sys.stdout.isatty()
    if isinstance(result, Table) and terminal and form in (None, "table"):
        from kg.cli.terminal import on_terminal

        on_terminal(result, names)
        return
    default = "turtle" if isinstance(result, Graph) else "tsv"
    # bytes, since CSV's line ends must stay what they are
    out: BinaryIO = sys.stdout.buffer
    for piece in write(result, form or default, names):
        out.write((harmless(piece) if terminal else piece).encode("utf-8", "surrogatepass"))
    out.flush()
    if (form or default) in _UNCITED and sys.stderr.isatty() and str(result.citation):
        click.echo(harmless(str(result.citation)), err=True)  # for the person who sends data into a file


def listed(queries: Sequence[SavedQuery], form: str, base: str) -> None:
    """Print the list of saved queries: for people, as JSON, as their README, as OpenAPI or as RDF."""
    if form not in _CATALOGUES:
        _printed_list(queries, form)
        return
    click.echo(_CATALOGUES[form](queries, base), nl=False)


def _json(queries: Sequence[SavedQuery], _: str) -> str:
    return json.dumps([entry(query) for query in queries], ensure_ascii=False, indent=2) + "\n"


def _readme(queries: Sequence[SavedQuery], _: str) -> str:
    from kg.queries.readme import readme

    return readme(queries)


def _openapi(queries: Sequence[SavedQuery], _: str) -> str:
    from kg.queries.openapi import openapi

    found = openapi(queries, title="Porthole: saved queries", version=VERSION)
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _examples(queries: Sequence[SavedQuery], base: str) -> str:
    from kg.queries.examples import SPEX, described

    found = Graph(tuple(described(queries, f"{base}query/")))
    return "".join(write(found, "turtle", {**PREFIXES, "spex": str(SPEX)}))


_CATALOGUES: dict[str, Callable[[Sequence[SavedQuery], str], str]] = {
    "json": _json,
    "md": _readme,
    "openapi": _openapi,
    "turtle": _examples,
}


def _printed_list(queries: Sequence[SavedQuery], form: str) -> None:
    if form == "table" and sys.stdout.isatty():
        from kg.cli.terminal import grouped

        grouped([(query.family or "others", query.stem, query.header.summary) for query in queries])
        hint = "kg query NAME --help tells what one asks and answers, kg query -s WORDS looks for words"
        click.echo(f"{len(queries)} saved queries; {hint}", err=True)
        return
    columns = tuple(Column(name, "text") for name in ("family", "name", "summary", "parameters"))
    rows = tuple(
        tuple(map(Literal, (query.family, query.stem, query.header.summary, _asks(query)))) for query in queries
    )
    printed(Table(columns, rows, Citation()), form, {})


def _asks(query: SavedQuery) -> str:
    return " ".join(
        f"--{parameter.name}" if parameter.required else f"[--{parameter.name}]" for parameter in query.parameters
    )


def entry(query: SavedQuery) -> dict[str, object]:
    """Return what a program must know of a saved query."""
    return {
        "name": query.stem,
        "family": query.family,
        "summary": query.header.summary,
        "description": query.header.description,
        "tags": list(query.header.tags),
        "worlds": list(query.header.worlds),
        "parameters": [_parameter(parameter) for parameter in query.parameters],
        "columns": [
            {"name": column.name, "type": column.type, "unit": column.unit or None, "description": column.description}
            for column in query.columns
        ],
    }


def _parameter(parameter: Parameter) -> dict[str, object]:
    said: dict[str, object] = {
        "name": parameter.name,
        "type": parameter.type,
        "description": parameter.description,
        "required": parameter.required,
        "many": parameter.many,
        "default": parameter.default,
        "example": parameter.example,
    }
    if parameter.choices:
        said["choices"] = list(parameter.choices)
    if parameter.of:
        said["of"] = parameter.of
    return said
