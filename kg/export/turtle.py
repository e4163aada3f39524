"""Turtle and TriG for people: grouped by subject, sorted, one statement a line.

A line is a statement and ends the same way wherever it stands, so a difference between two exports is a difference
between their statements. What a thing is comes first (``a``), then what it is called, then the rest by property.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.export.groups import RANKS, Group, Line, Lines, by_graph, by_subject, joined
from kg.export.names import TurtleNames
from kg.export.rows import Row
from kg.vocab import RDF

_TYPE = f"<{RDF.type}>"


def turtle(rows: Iterable[Row], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield a Turtle document, in pieces; the graphs of the rows are forgotten."""
    names = TurtleNames(prefixes)
    found = by_subject(rows, _lines(names))
    return _document(_subjects(found, names), names, prefixes)


def trig(rows: Iterable[Row], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield a TriG document, in pieces: what stands in no graph, then graph by graph."""
    names = TurtleNames(prefixes)
    found = by_graph(rows, _lines(names))
    return _document(_graphs(found, names), names, prefixes)


def _lines(names: TurtleNames) -> Lines:
    def line_of(predicate: str) -> Line:
        head = "a " if predicate == _TYPE else f"{names[predicate]} "
        ranked = RANKS.get(predicate, "") + head
        return lambda token: ranked + names[token]

    return Lines(line_of)


def _document(blocks: Iterable[str], names: TurtleNames, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the head, which is known when everything else has been written, and everything else."""
    body = list(joined(blocks))
    yield names.head(prefixes)
    yield from body


def _subjects(found: Iterable[Group], names: TurtleNames) -> Iterator[str]:
    separator = ""
    for group in found:
        body = " ;\n    ".join(group.lines)
        yield f"{separator}{names[group.subject]}\n    {body} ;\n.\n"
        separator = "\n"


def _graphs(found: Iterable[Group], names: TurtleNames) -> Iterator[str]:
    last = indent = separator = ""
    for group in found:
        if group.graph != last:
            closing = "}\n\n" if last else separator
            yield f"{closing}{names[group.graph]} {{\n"
            last, indent, separator = group.graph, "  ", ""
        body = f" ;\n{indent}    ".join(group.lines)
        yield f"{separator}{indent}{names[group.subject]}\n{indent}    {body} ;\n{indent}.\n"
        separator = "\n"
    yield "}\n" if last else ""
