"""A store's dump in N-Quads, read as rows again and again without ever holding them all.

Engines write N-Quads many times faster than quads come out of them one by one; an export of everything starts here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.export.canon import canonical, lines
from kg.export.rows import Row
from kg.vocab import Iri

_BLOCK = 1 << 20  # decoded and split at once: small enough to stay in the processor's cache
_BLANKS = (b" _:", b"\n_:")  # in a literal they only cost a closer look


class Dump:
    """Canonical N-Quads, one space between terms, as engines write them; iterating yields their rows."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        blank = data.startswith(b"_:") or any(sign in data for sign in _BLANKS)
        self._data = _relabelled(data) if blank else data

    def __len__(self) -> int:
        return self._data.count(b"\n")

    def __contains__(self, row: object) -> bool:
        return any(row == found for found in self)

    def __iter__(self) -> Iterator[Row]:
        return _rows(self._data)

    def lines(self) -> Iterator[str]:
        """Yield the lines in order, each once, as canonical N-Quads."""
        return map(bytes.decode, sorted(set(self._data.splitlines(keepends=True))))

    def without(self, rows: Iterable[Row]) -> Dump:
        """Return the dump less some rows."""
        data = b"\n" + self._data
        for row in rows:
            line = " ".join(filter(None, row)) + " .\n"
            data = data.replace(f"\n{line}".encode(), b"\n")
        return Dump(data[1:])

    def saying(self, *predicates: Iri) -> Iterator[Row]:
        """Yield the rows of some predicates; finding a few of them takes no look at the others."""
        for token in (f"<{predicate}>" for predicate in predicates):
            for line in self._lines_with(f" {token} ".encode()):
                row = _row(line)
                if row[1] == token:  # and not a literal that holds the same words
                    yield row

    def _lines_with(self, words: bytes) -> Iterator[str]:
        at = self._data.find(words)
        while at >= 0:
            start, end = self._data.rfind(b"\n", 0, at) + 1, self._data.find(b"\n", at)
            end = end if end >= 0 else len(self._data)
            yield self._data[start:end].decode()
            at = self._data.find(words, end)


def _relabelled(data: bytes) -> bytes:
    """Return a dump with canonical blank nodes: the few lines that have them are taken out and written anew."""
    found = data.splitlines(keepends=True)
    with_blanks = b"".join(line for line in found if b"_:" in line)
    others = b"".join(line for line in found if b"_:" not in line)
    return others + "".join(lines(canonical(_rows(with_blanks)))).encode()


def _rows(data: bytes) -> Iterator[Row]:
    for block in _blocks(data):
        for line in block.split("\n"):  # not splitlines: U+2028 stands in literals as it is
            if not line:
                continue
            subject, predicate, rest = line.split(" ", 2)
            found, space, graph = rest[:-2].rpartition(" ")
            if space and graph[0] in "<_" and '"' not in graph:  # nothing after a literal's last quote: no graph
                yield subject, predicate, found, graph
            else:
                yield subject, predicate, rest[:-2], ""


def _blocks(data: bytes) -> Iterator[str]:
    start = 0
    while start < len(data):
        end = data.rfind(b"\n", start, start + _BLOCK) + 1
        if not end:  # one line longer than a block
            end = data.find(b"\n", start) + 1 or len(data)
        yield data[start:end].decode()
        start = end


def _row(line: str) -> Row:
    return next(_rows(line.encode()))
