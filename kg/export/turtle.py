"""Turtle and TriG for people: grouped by subject, sorted, one statement a line.

A line is a statement and ends the same way wherever it stands, so a difference between two exports is a difference
between their statements. What a thing is comes first (``a``), then what it is called, then the rest by property.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.export.names import TurtleNames
from kg.export.rows import Row, by_name
from kg.vocab import RDF, RDFS, SCHEMA, SKOS

_TYPE = f"<{RDF.type}>"
_LABELS = (f"<{RDFS.label}>", f"<{SKOS.prefLabel}>", f"<{SCHEMA.name}>")


class _Heads(dict[str, str]):
    """Predicates to the beginnings of their lines; the first sign is the rank to sort by, and is cut off again."""

    def __init__(self, names: TurtleNames) -> None:
        self._names = names

    def __missing__(self, predicate: str) -> str:
        if predicate == _TYPE:
            head = "0a "
        elif predicate in _LABELS:
            head = f"{1 + _LABELS.index(predicate)}{self._names[predicate]} "
        else:
            head = f"9{self._names[predicate]} "
        self[predicate] = head
        return head


def turtle(rows: Iterable[Row], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield a Turtle document, block by block; the graphs of the rows are forgotten."""
    names = TurtleNames(prefixes)
    heads = _Heads(names)
    subjects: defaultdict[str, list[str]] = defaultdict(list)
    for subject, predicate, found, _ in rows:
        subjects[subject].append(heads[predicate] + names[found])
    yield _head(names, prefixes, subjects)
    for number, block in enumerate(_blocks(subjects, names, "")):
        yield "\n" + block if number else block


def trig(rows: Iterable[Row], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield a TriG document, block by block: what stands in no graph, then graph by graph."""
    names = TurtleNames(prefixes)
    heads = _Heads(names)
    graphs: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, found, graph in rows:
        graphs[graph][subject].append(heads[predicate] + names[found])
    yield _head(names, prefixes, (name for graph, subjects in graphs.items() for name in (graph, *subjects)))
    separator = ""
    for graph in sorted(graphs, key=by_name):
        if graph:
            yield f"{separator}{names[graph]} {{\n"
        for number, block in enumerate(_blocks(graphs[graph], names, "  " if graph else "")):
            yield "\n" + block if number else block
        yield "}\n" if graph else ""
        separator = "\n"


def _head(names: TurtleNames, prefixes: Mapping[str, str], tokens: Iterable[str]) -> str:
    """Return the declarations, once the names that are still to be written have been met as well."""
    for token in tokens:
        if token:
            _ = names[token]
    return names.head(prefixes)


def _blocks(subjects: Mapping[str, list[str]], names: TurtleNames, indent: str) -> Iterator[str]:
    """Yield each subject with its statements, in order."""
    start, end = f"{indent}    ", " ;\n"
    for subject in sorted(subjects, key=by_name):
        lines = subjects[subject]
        body = "".join([f"{start}{line[1:]}{end}" for line in sorted(set(lines))])
        yield f"{indent}{names[subject]}\n{body}{indent}.\n"
