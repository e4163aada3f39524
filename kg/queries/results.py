"""What a query answers: a table, triples, or yes or no; and how the answer is cited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from shlex import quote
from types import MappingProxyType
from typing import TypeAlias

from kg.dataset import Row
from kg.queries.header import Column
from kg.vocab import PREFIXES, Iri, Literal, Term, Triple


@dataclass(frozen=True, slots=True)
class Citation:
    """What one must know to get the same answer again: the query, its parameters, the build, the day.

    ``services`` are the addresses of the SPARQL servers that had a part in it.
    """

    query: str = ""
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    build: str = ""
    date: str = ""
    title: str = ""
    services: tuple[str, ...] = ()

    def __str__(self) -> str:
        asked = "".join(f" --{name} {quoted(value)}" for name, value in self.parameters.items())
        parts = (
            self.title,
            f"query {self.query}{asked}" if self.query else "",
            f"build {self.build}" if self.build else "",
            *self.services,
            self.date,
        )
        return ", ".join(part for part in parts if part)


def quoted(value: str) -> str:
    """Return a value as it must be written on a command line, in quotes where it needs them."""
    return quote(value) if set(value) & set(" '\"$`\\;&|<>()*?!#") else value


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    citation: Citation = Citation()

    def records(self) -> Iterator[dict[str, Term | None]]:
        """Yield each row by the names of its columns."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Graph:
    """The triples of a CONSTRUCT or DESCRIBE."""

    triples: tuple[Triple, ...]
    citation: Citation = Citation()


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer of an ASK."""

    holds: bool
    citation: Citation = Citation()


Result: TypeAlias = Table | Graph | Truth


def plain(term: Term | None) -> str:
    """Return a term as a reader wants it: the words of a literal, an IRI in full, nothing for nothing."""
    if term is None:
        return ""
    return term.value if isinstance(term, Literal) else str(term)


def short(term: Term | None, names: Mapping[str, str] = PREFIXES) -> str:
    """Return a term for a table: an IRI is cut to ``prefix:rest`` where a prefix is known.

    >>> short(Iri("http://www.wikidata.org/entity/Q111"))
    'wd:Q111'
    """
    if not isinstance(term, Iri):
        return plain(term)
    stems = [(stem, prefix) for prefix, stem in names.items() if term.startswith(stem) and len(term) > len(stem)]
    if not stems:
        return str(term)
    stem, prefix = max(stems, key=lambda pair: len(pair[0]))
    return f"{prefix}:{term[len(stem) :]}"
