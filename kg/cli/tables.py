"""Results on a terminal, and the list of saved queries."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO

import click

from kg.queries.header import Column
from kg.queries.parameters import Parameter
from kg.queries.results import Citation, Graph, Result, Table, short
from kg.queries.saved import SavedQuery
from kg.queries.writers import fitting, write
from kg.version import VERSION
from kg.vocab import PREFIXES, Literal

_NUMERIC = ("integer", "number", "year")
_WORD = 14  # a word up to this long is not broken, however narrow the terminal


def printed(result: Result, form: str | None, names: Mapping[str, str]) -> None:
    """Print a result: on a terminal as a table that fits it, into a pipe as TSV, or in the form that is asked for."""
    terminal = sys.stdout.isatty()
    if isinstance(result, Table) and terminal and form in (None, "table"):
        _on_terminal(result, names)
        return
    default = "turtle" if isinstance(result, Graph) else "tsv"
    # bytes, since CSV's line ends must stay what they are
    out: BinaryIO = sys.stdout.buffer
    for piece in write(result, form or default, names):
        out.write(piece.encode("utf-8", "surrogatepass"))
    out.flush()


def _on_terminal(table: Table, names: Mapping[str, str]) -> None:
    from rich.console import Console
    from rich.table import Table as Rich
    from rich.text import Text

    width = shutil.get_terminal_size((100, 25)).columns
    shown = fitting(table, names, width)
    rich = Rich(box=None, pad_edge=False, header_style="bold", caption=str(table.citation), caption_justify="left")
    cells = [[short(term, names) for term in row] for row in table.rows]
    for index in shown:
        column = table.columns[index]
        right = column.type in _NUMERIC
        rich.add_column(
            Text(column.name.replace("_", " ")),
            justify="right" if right else "left",
            overflow="fold",
            min_width=min(_WORD, max((len(word) for cell in cells for word in cell[index].split()), default=1)),
        )
    for row in cells:
        rich.add_row(*(Text(row[index]) for index in shown))
    Console(width=width).print(rich)
    notes = [f"{len(table.rows)} row{'' if len(table.rows) == 1 else 's'}"]
    if len(shown) < len(table.columns):
        notes.append("columns of addresses left out: --format csv shows them")
    click.echo("; ".join(notes), err=True)


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
