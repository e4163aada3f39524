"""What every store promises, so that queries and checks run on any of them.

The embedded store (``kg.store.embedded``) and any SPARQL 1.1 server (``kg.store.remote``) keep this promise. It stands
below the steps because checks and rules run inside a store without knowing which.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from kg.errors import QueryError
from kg.vocab import Iri, Quad, Term, Triple

Row: TypeAlias = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to a SELECT: the names of its columns, and its rows in the same order (None where unbound)."""

    variables: tuple[str, ...]
    rows: Iterator[Row]


Answer: TypeAlias = Solutions | Iterator[Triple] | bool


def solutions(found: Answer) -> Solutions:
    """Return an answer that has to be rows. Raises QueryError for any other kind."""
    if not isinstance(found, Solutions):
        raise QueryError("query", "this is no SELECT query, and rows are wanted")
    return found


class Store(Protocol):
    """A set of named graphs that answers SPARQL 1.1."""

    def query(self, text: str, default: Sequence[Iri] = ()) -> Answer:
        """Return the answer: Solutions for SELECT, triples for CONSTRUCT and DESCRIBE, a bool for ASK.

        ``default`` names the graphs that together are the query's default graph. Without it a server's own is asked;
        the embedded store has none, and only ``GRAPH`` finds anything. Raises QueryError where the text is no query.
        """
        ...

    def select(self, text: str, default: Sequence[Iri] = ()) -> Solutions:
        """Return the answer of a SELECT query. Raises QueryError for any other kind."""
        ...

    def quads(self, graph: Iri | None = None) -> Iterator[Quad]:
        """Yield all quads, or those of one graph."""
        ...

    def graphs(self) -> Iterator[Iri]:
        """Yield the names of the graphs."""
        ...
