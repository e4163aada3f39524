"""Results on a terminal, and the list of saved queries."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence

import click

from kg.queries.parameters import Parameter
from kg.queries.results import Citation, Graph, Result, Table, short
from kg.queries.saved import SavedQuery
from kg.queries.writers import fitting, write
from kg.vocab import Literal

_NUMERIC = ("integer", "number", "year")


def printed(result: Result, form: str | None, names: Mapping[str, str]) -> None:
    """Print a result: on a terminal as a table that fits it, into a pipe as TSV, or in the form that is asked for."""
    terminal = sys.stdout.isatty()
    if isinstance(result, Table) and terminal and form in (None, "table"):
        _on_terminal(result, names)
        return
    default = "turtle" if isinstance(result, Graph) else "tsv"
    # bytes, since CSV's line ends must stay what they are
    out = click.get_binary_stream("stdout")
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
    for index in shown:
        column = table.columns[index]
        right = column.type in _NUMERIC
        rich.add_column(Text(column.name.replace("_", " ")), justify="right" if right else "left", overflow="fold")
    for row in table.rows:
        rich.add_row(*(Text(short(row[index], names)) for index in shown))
    Console(width=width).print(rich)
    notes = [f"{len(table.rows)} row{'' if len(table.rows) == 1 else 's'}"]
    if len(shown) < len(table.columns):
        notes.append("columns of addresses left out: --format csv shows them")
    click.echo("; ".join(notes), err=True)


def listed(queries: Sequence[SavedQuery], form: str) -> None:
    """Print the list of saved queries."""
    if form == "json":
        click.echo(json.dumps([entry(query) for query in queries], ensure_ascii=False, indent=2))
        return
    from kg.queries.header import Column

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
