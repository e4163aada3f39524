"""Any SPARQL 1.1 server, asked by the SPARQL Protocol: read-only, its answers read as they come and within limits.

The default graphs of a query go along as the protocol's parameters. These name the whole dataset, so that a query that
looks into named graphs is told their names too: those that it names itself, or all where it leaves them open.
"""

from __future__ import annotations

import re
from collections.abc import Container, Generator, Iterator, Sequence
from typing import Final, TypeVar
from urllib.parse import urlencode, urlsplit

from kg.dataset import Answer, Row, Solutions, solutions
from kg.errors import KgError, NetworkError, QueryError, RdfError, UsageError
from kg.iris import place
from kg.network import Message, Network, Stream
from kg.store.embedded import GRAPH_FORMS, SOLUTION_FORMS, read_solutions, read_triples
from kg.vocab import Blank, Iri, Quad, Triple, n3

MOST: Final = 512 * 1024 * 1024  # bytes of one answer
_FORM: Final = "application/x-www-form-urlencoded"
_PROLOGUE = r"(?:\s|\#[^\n\r]*|PREFIX\s+[^\s<]*\s*<[^<>]*>|BASE\s*<[^<>]*>)*+"
_ASKED = re.compile(_PROLOGUE + r"(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_GRAPH = re.compile(r"\bGRAPH\s*(?:<([^<>\"{}|^`\\\s]*)>|)", re.IGNORECASE)
_WAYS: Final = {
    "solutions": ", ".join(f"{form};q={1 - rank / 10:.1f}" for rank, form in enumerate(SOLUTION_FORMS)),
    "graph": ", ".join(f"{form};q={1 - rank / 10:.1f}" for rank, form in enumerate(GRAPH_FORMS)),
}
T = TypeVar("T")


class Remote:
    """A SPARQL 1.1 server as a store to read from."""

    def __init__(self, url: str, network: Network, *, most: int = MOST) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"“{url}” is no http(s) address of a SPARQL endpoint")
        self._url, self._place = url, place(url)
        self._network, self._most = network, most
        self._graphs: tuple[Iri, ...] | None = None

    def query(self, text: str, default: Sequence[Iri] = ()) -> Answer:
        """Return the answer, as `kg.dataset.Store` promises; without ``default``, of the server's own default graph.

        Raises NetworkError where the server cannot be reached or answers out of turn, LimitError for too long answers.
        """
        match = _ASKED.match(text)
        if match is None:
            raise QueryError("query", "no SELECT, ASK, CONSTRUCT or DESCRIBE stands here: other stores are only read")
        graph = match[1].upper() in ("CONSTRUCT", "DESCRIBE")
        asked = [("query", text), *(("default-graph-uri", str(it)) for it in default)]
        if default:
            asked += [("named-graph-uri", str(it)) for it in self._named(text)]
        accept = _WAYS["graph" if graph else "solutions"]
        sent = Message(self._url, urlencode(asked).encode(), _FORM, accept, leaving=False)
        stream = self._network.stream(sent, self._most)
        return self._triples(stream) if graph else self._solutions(stream)

    def select(self, text: str, default: Sequence[Iri] = ()) -> Solutions:
        """Return the answer of a SELECT query."""
        return solutions(self.query(text, default))

    def quads(self, graph: Iri | None = None) -> Iterator[Quad]:
        """Yield all quads of named graphs, or those of one graph."""
        name = "?g" if graph is None else n3(graph)
        for row in self.select(f"SELECT ?s ?p ?o ?g {{ GRAPH {name} {{ ?s ?p ?o }} }}").rows:
            yield self._quad(row, graph)

    def graphs(self) -> Iterator[Iri]:
        """Yield the names of the graphs, asked for once."""
        if self._graphs is None:
            rows = self.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows
            self._graphs = tuple(sorted(name for (name,) in rows if isinstance(name, Iri)))
        return iter(self._graphs)

    # --- what is asked and answered ------------------------------------------------------------------------------

    def _named(self, text: str) -> Iterator[Iri]:
        names = [match[1] for match in _GRAPH.finditer(text)]
        return iter(dict.fromkeys(map(Iri, names))) if all(names) else self.graphs()

    def _quad(self, row: Row, graph: Iri | None) -> Quad:
        subject, predicate, value, name = row
        name = graph or name
        if isinstance(subject, Iri | Blank) and isinstance(predicate, Iri) and value is not None:
            return Quad(subject, predicate, value, name if isinstance(name, Iri) else Iri(""))
        raise NetworkError(f"{self._place}: answers with what is no triple")

    def _solutions(self, stream: Stream) -> Solutions | bool:
        try:
            self._refuse_other(stream, SOLUTION_FORMS, "result of a query")
            found = read_solutions(stream, stream.form, self._place)
        except (KgError, ValueError) as error:
            raise self._told(stream, error) from error
        return Solutions(found.variables, self._whole(stream, found.rows)) if isinstance(found, Solutions) else found

    def _triples(self, stream: Stream) -> Iterator[Triple]:
        try:
            self._refuse_other(stream, GRAPH_FORMS, "graph")
        except NetworkError:
            stream.close()
            raise
        return self._whole(stream, read_triples(stream, stream.form, self._place))

    def _refuse_other(self, stream: Stream, forms: Container[str], wanted: str) -> None:
        if stream.form not in forms:
            said = stream.form or "no content type"
            raise NetworkError(f"{self._place}: answers with {said}, which is no {wanted}: is this a SPARQL endpoint?")

    def _whole(self, stream: Stream, found: Iterator[T]) -> Iterator[T]:
        rows = self._read(stream, found)
        next(rows)  # begun, so that the connection is let go of even where nobody wants the rest
        return rows

    def _read(self, stream: Stream, found: Iterator[T]) -> Generator[T]:
        try:
            yield  # type: ignore[misc]  # nobody but the line above sees this
            yield from found
        except (RdfError, ValueError) as error:
            raise self._told(stream, error) from error
        finally:
            stream.close()

    def _told(self, stream: Stream, error: Exception) -> KgError:
        """Return what went wrong while an answer was read: the network's own fault comes before the parser's."""
        stream.close()
        fault = stream.fault()
        if fault is not None:
            return fault
        if isinstance(error, NetworkError):
            return error
        said = error.problem if isinstance(error, RdfError) else str(error)
        return NetworkError(f"{self._place}: the answer cannot be read ({' '.join(said.split())[:120]}); try again")
