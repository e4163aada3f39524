"""Rows grouped by what they speak of, each as the line that a format writes: the common half of all writers.

A document of a million statements holds a fraction as many lines: a statement stands in its claim and in its world.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeAlias

from kg.export.dump import encoded
from kg.export.rows import Row
from kg.vocab import RDF, RDFS, SCHEMA, SKOS

#: From an object to the rest of a line, for one property.
Line: TypeAlias = Callable[[str], str]

_LONG = 200  # longer texts are not worth remembering: they rarely stand twice
_FIRST = (RDF.type, RDFS.label, SKOS.prefLabel, SCHEMA.name)  # what a thing is, then what it is called
#: Signs before the lines of these, to sort by: no format writes them as they are, so they can be taken out again.
RANKS = {f"<{predicate}>": chr(rank) for rank, predicate in enumerate(_FIRST, start=1)}


class _Objects(dict[bytes, str]):
    """Objects of one property to their lines, made when first asked for."""

    __slots__ = ("_line",)

    def __init__(self, line: Line) -> None:
        self._line = line

    def __missing__(self, token: bytes) -> str:
        text = self._line(token.decode())
        if len(token) < _LONG:
            self[token] = text
        return text


class Lines(dict[bytes, _Objects]):
    """Properties to objects to the lines that their statements are written as."""

    __slots__ = ("_line_of",)

    def __init__(self, line_of: Callable[[str], Line]) -> None:
        self._line_of = line_of

    def __missing__(self, predicate: bytes) -> _Objects:
        found = self[predicate] = _Objects(self._line_of(predicate.decode()))
        return found


class Group(NamedTuple):
    """What one graph says of one subject: its lines in order, each once."""

    graph: str
    subject: str
    lines: list[str]


def by_subject(rows: Iterable[Row], lines: Lines) -> Iterator[Group]:
    """Yield the lines of each subject in order; the graphs of the rows are forgotten."""
    found: defaultdict[bytes, list[str]] = defaultdict(list)
    for subject, predicate, value, _ in encoded(rows):
        found[subject].append(lines[predicate][value])
    for name in sorted(found, key=_by_name):
        yield Group("", name.decode(), sorted(set(found[name])))


def by_graph(rows: Iterable[Row], lines: Lines) -> Iterator[Group]:
    """Yield the lines of each subject in each graph, in order: what stands in no graph comes first."""
    found: defaultdict[bytes, list[str]] = defaultdict(list)
    for subject, predicate, value, graph in encoded(rows):
        found[graph + b" " + subject].append(lines[predicate][value])  # one name is found sooner than two
    for name in sorted(found, key=_by_name):
        where, _, what = name.decode().partition(" ")
        yield Group(where, what, sorted(set(found[name])))


def _by_name(name: bytes) -> bytes:
    """Return what to sort names by: without the closing bracket an episode comes before its performances."""
    return name.replace(b">", b"\0")


def joined(pieces: Iterable[str], size: int = 1_000) -> Iterator[str]:
    """Yield the pieces, many in one, less the signs that ranked their lines."""
    source = iter(pieces)
    while text := "".join(islice(source, size)):
        for rank in RANKS.values():
            text = text.replace(rank, "")
        yield text
