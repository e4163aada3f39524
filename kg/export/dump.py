"""A store's dump in N-Quads, read as rows again and again without ever holding them all.

Engines write N-Quads many times faster than quads come out of them one by one; an export of everything starts here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

from kg.errors import RdfError
from kg.export.canon import canonical, lines
from kg.export.rows import Row
from kg.vocab import Iri

#: A row whose tokens are UTF-8.
EncodedRow: TypeAlias = tuple[bytes, bytes, bytes, bytes]

_BLOCK = 1 << 20  # split at once: small enough to stay in the processor's cache
_ROW = re.compile(rb'(?m)^([^ ]+) ([^ ]+) ([^" ][^ ]*|"[^"\\]*(?:\\.[^"\\]*)*"[^ ]*) (?:([<_][^ ]*) )?\.\n')


class Dump:
    """Canonical N-Quads, one space between terms, as engines write them; iterating yields their rows."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        whole = data if data.endswith(b"\n") or not data else data + b"\n"
        self._data = _relabelled(whole)

    def __len__(self) -> int:
        return self._data.count(b"\n")

    def __contains__(self, row: object) -> bool:
        return any(row == found for found in self)

    def __iter__(self) -> Iterator[Row]:
        return _rows(self._data)

    def encoded(self) -> Iterator[EncodedRow]:
        """Yield the rows as bytes."""
        return _encoded(self._data)

    def lines(self) -> Iterator[str]:
        """Yield the lines in order, each once, as canonical N-Quads, many in a piece."""
        return (piece.decode() for piece in _pieces(sorted(set(self._data.splitlines(keepends=True)))))

    def of_graphs(self, graphs: Collection[Iri]) -> Dump:
        """Return the dump of some graphs."""
        ends = tuple(f" <{graph}> .\n".encode() for graph in graphs)
        found = self._data.splitlines(keepends=True)  # three spaces are a statement that stands in no graph
        return Dump(b"".join([line for line in found if line.endswith(ends) and line.count(b" ") > 3]))

    def without(self, rows: Iterable[Row]) -> Dump:
        """Return the dump less some rows."""
        gone = {f"{' '.join(filter(None, row))} .\n".encode(): row[1] for row in rows}
        places = sorted(self._places(set(gone.values())))
        cut = [(start, end) for start, end in places if self._data[start:end] in gone]
        return Dump(_outside(self._data, cut)) if cut else self

    def saying(self, *predicates: Iri) -> Iterator[Row]:
        """Yield the rows of some predicates; finding a few of them takes no look at the others."""
        for token in (f"<{predicate}>" for predicate in predicates):
            for start, end in self._places([token]):
                row = next(_rows(self._data[start:end]))
                if row[1] == token:  # and not a literal that holds the same words
                    yield row

    def _places(self, predicates: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Yield where the lines begin and end that hold some predicates."""
        return (place for token in predicates for place in _lines_with(self._data, f" {token} ".encode()))


def _lines_with(data: bytes, words: bytes) -> Iterator[tuple[int, int]]:
    at = data.find(words)
    while at >= 0:
        start, end = data.rfind(b"\n", 0, at) + 1, data.index(b"\n", at) + 1
        yield start, end
        at = data.find(words, end)


def _outside(data: bytes, places: Iterable[tuple[int, int]]) -> bytes:
    """Return what lies outside some stretches of the data, which are in order."""
    pieces, last = [], 0
    for start, end in places:
        pieces.append(data[last:start])
        last = end
    return b"".join([*pieces, data[last:]])


def _relabelled(data: bytes) -> bytes:
    """Return a dump with canonical blank nodes: the few lines that have them are taken out and written anew."""
    places = list(_lines_with(data, b"_:"))  # in a literal the sign costs a closer look, nothing else
    if not places:
        return data
    written = "".join(lines(canonical(_rows(b"".join(data[start:end] for start, end in places)))))
    return _outside(data, places) + written.encode()


def _pieces(found: list[bytes], size: int = 10_000) -> Iterator[bytes]:
    return (b"".join(found[start : start + size]) for start in range(0, len(found), size))


def encoded(rows: Iterable[Row]) -> Iterator[EncodedRow]:
    """Return rows as bytes: those of a dump are never decoded, and tokens of bytes are found and compared sooner."""
    if isinstance(rows, Dump):
        return rows.encoded()
    return ((subject.encode(), predicate.encode(), value.encode(), graph.encode())
            for subject, predicate, value, graph in rows)  # fmt: skip


def _rows(data: bytes) -> Iterator[Row]:
    return ((subject.decode(), predicate.decode(), value.decode(), graph.decode())
            for subject, predicate, value, graph in _encoded(data))  # fmt: skip


def _encoded(data: bytes) -> Iterator[EncodedRow]:
    start = 0
    while start < len(data):
        end = data.rfind(b"\n", start, start + _BLOCK) + 1 or data.index(b"\n", start) + 1  # a line may be longer
        found = _ROW.findall(data, start, end)
        if len(found) != data.count(b"\n", start, end):
            raise RdfError("export", "the store holds what is no quad of RDF 1.1, such as a triple inside a triple")
        yield from found
        start = end
