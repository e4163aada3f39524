"""The catalogue of saved queries for people, made from their headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from kg.queries.header import Column
from kg.queries.parameters import Parameter
from kg.queries.results import quoted
from kg.queries.saved import SavedQuery

_HEAD = """# Saved queries

Made from the headers of the files here: change those, and run `kg query --format md`. Each is run by
`kg query NAME`; `kg query NAME --help` tells the same, `--explain` shows the SPARQL with its values in it.
A parameter in brackets may be left out, and then leaves the question open.
"""


def readme(queries: Iterable[SavedQuery]) -> str:
    """Return a Markdown page of the queries, family by family."""
    return "\n".join(_lines(queries))


def _lines(queries: Iterable[SavedQuery]) -> Iterator[str]:
    yield _HEAD
    ordered = sorted(queries, key=lambda query: (query.family, query.stem))
    for family, members in groupby(ordered, key=lambda query: query.family):
        yield f"## {family or 'others'}\n"
        for query in members:
            yield from _query(query)


def _query(query: SavedQuery) -> Iterator[str]:
    yield f"### {query.stem}\n"
    yield f"{query.header.summary}\n"
    if query.header.description:
        yield f"{query.header.description}\n"
    if query.parameters:
        yield from (_parameter(parameter) for parameter in query.parameters)
        yield ""
    if query.services:
        yield f"Asks {', '.join(_services(query))}.\n"
    if query.columns:
        yield f"Columns: {', '.join(map(_column, query.columns))}.\n"
    yield f"    {example(query)}\n"


def _services(query: SavedQuery) -> Iterator[str]:
    names = {address: name for name, address in query.header.services.items()}
    for address in dict.fromkeys(query.services):
        name = names.get(address)
        yield f"{address} as it is now, where kg.toml allows " + (f"`{name}` under `[services]`" if name else "that")


def _parameter(parameter: Parameter) -> str:
    name = f"--{parameter.name}" if parameter.required else f"[--{parameter.name}]"
    kind = parameter.type + (", several" if parameter.many else "")
    choices = f"; one of {', '.join(parameter.choices)}" if parameter.choices else ""
    default = f"; {parameter.default} unless given" if parameter.default else ""
    return f"- `{name}` ({kind}) {parameter.description}{choices}{default}"


def _column(column: Column) -> str:
    unit = f" in {column.unit}" if column.unit else ""
    return f"{column.name} ({column.type}{unit})" if column.type else column.name


def example(query: SavedQuery) -> str:
    """Return the command that runs a query with its header's own examples."""
    given = (
        f" --{name.replace('_', '-')} {quoted(value)}" for name, values in query.examples.items() for value in values
    )
    return f"kg query {query.stem}" + "".join(given)
