"""The embedded store and the RDF syntaxes: the one module that knows pyoxigraph."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Protocol, TypeVar

import pyoxigraph as ox

from kg.dataset import Answer, Row, Solutions, solutions
from kg.errors import LimitError, ProjectError, QueryError, RdfError
from kg.store.entities import refuse_bombs
from kg.store.feeding import Lines, problem
from kg.vocab import Blank, Iri, Literal, Node, Quad, Term, Triple

T = TypeVar("T")


class BinaryFile(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, nothing at the end."""
        ...


FORMATS: dict[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
SUFFIXES = {
    ".ttl": "turtle", ".trig": "trig", ".nt": "ntriples", ".nq": "nquads", ".rdf": "rdfxml", ".owl": "rdfxml",
    ".xml": "rdfxml", ".jsonld": "jsonld", ".json": "jsonld",
}  # fmt: skip
# what SPARQL servers may answer with, by media type, the best first
SOLUTION_FORMS: dict[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
}
GRAPH_FORMS: dict[str, ox.RdfFormat] = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


_REMEMBERED = 100_000  # terms
_LARGEST = 2 << 30  # bytes of a packed file, unpacked
_WRITTEN = "quads.nq.gz"  # in the store's folder, beside the engine's own files


class Embedded:
    """A store in memory or in a folder; finished folders are opened read-only.

    The engine keeps the value of a literal and not its spelling (``01`` comes back as ``1``), so a folder may hold the
    quads as they were written besides: exports start from these.
    """

    def __init__(self, store: ox.Store, written: Path | None = None) -> None:
        self._store = store
        self._written = written

    @classmethod
    def memory(cls, quads: Iterable[Quad] = ()) -> Embedded:
        """Return a store in memory that holds the quads."""
        store = ox.Store()
        store.bulk_extend(map(_quad_out, quads))
        return cls(store)

    @classmethod
    def create(cls, folder: Path, quads: Iterable[Quad], written: str = "") -> None:
        """Write the quads into a new store in a folder, and close it; ``written`` are the same quads as N-Quads."""
        store = ox.Store(str(folder))
        store.bulk_extend(map(_quad_out, quads))
        store.flush()
        if written:
            (folder / _WRITTEN).write_bytes(gzip.compress(written.encode(), 3, mtime=0))

    @classmethod
    def open(cls, folder: Path) -> Embedded:
        """Return the finished store in a folder, for reading. Raises ProjectError where there is none."""
        if not (folder / "CURRENT").exists():
            raise ProjectError(f"{folder}: holds no store; run kg build")
        try:
            written = folder / _WRITTEN
            return cls(ox.Store.read_only(str(folder)), written if written.is_file() else None)
        except OSError as error:
            raise ProjectError(f"{folder}: the store cannot be opened ({error}); run kg build again") from error

    @property
    def engine(self) -> ox.Store:
        """The Oxigraph store itself, for oxrdflib."""
        return self._store

    def query(self, text: str, default: Sequence[Iri] = ()) -> Answer:
        """Return the answer, as `kg.dataset.Store` promises."""
        graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(graph) for graph in default]
        try:
            found = self._store.query(text, default_graph=graphs or None)
        except SyntaxError as error:
            raise QueryError("query", error.msg, line=error.lineno, column=error.offset) from error
        if isinstance(found, ox.QuerySolutions):
            return Solutions(tuple(variable.value for variable in found.variables), _rows(found))
        return bool(found) if isinstance(found, ox.QueryBoolean) else _triples(found)

    def select(self, text: str, default: Sequence[Iri] = ()) -> Solutions:
        """Return the answer of a SELECT query."""
        return solutions(self.query(text, default))

    def quads(self, graph: Iri | None = None) -> Iterator[Quad]:
        """Yield all quads, or those of one graph."""
        name = ox.NamedNode(graph) if graph is not None else None
        return map(quad_in, self._store.quads_for_pattern(None, None, None, name))

    def n_quads(self) -> bytes:
        """Return everything as N-Quads, as it was written where that was kept, else with the engine's literals."""
        if self._written is None:
            return self._store.dump(format=FORMATS["nquads"]) or b""
        try:
            return gzip.decompress(self._written.read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise ProjectError(f"{self._written}: this build is damaged ({error}); run kg build again") from error

    def graphs(self) -> Iterator[Iri]:
        """Yield the names of the graphs."""
        return (Iri(name.value) for name in self._store.named_graphs() if isinstance(name, ox.NamedNode))

    def holds(self, quad: Quad) -> bool:
        """Tell whether a quad is in the store."""
        return _quad_out(quad) in self._store

    def change(self, *, added: Iterable[Quad] = (), removed: Iterable[Quad] = ()) -> None:
        """Take quads away and put others in; a quad that is both stays."""
        for quad in removed:
            self._store.remove(_quad_out(quad))
        self._store.extend(map(_quad_out, added))

    def __len__(self) -> int:
        return len(self._store)


def read_rdf(data: bytes, syntax: str, source: str, graph: Iri, base: str | None = None) -> Iterator[Quad]:
    """Yield the quads of a document in one of `FORMATS`; what stands in no graph goes into ``graph``.

    Relative IRIs are read against ``base``, and refused without one. Blank nodes are renamed, so that those of two
    documents never meet. Raises RdfError with line and column.
    """
    if syntax == "rdfxml":
        refuse_bombs(data, source)
    try:
        for quad in ox.parse(data, FORMATS[syntax], base_iri=base, rename_blank_nodes=True):
            yield quad_in(quad, graph)
    except SyntaxError as error:
        raise RdfError(source, error.msg, line=error.lineno, column=error.offset) from error
    except (ValueError, OSError, MemoryError) as error:
        raise RdfError(source, str(error)) from error


def read_solutions(data: BinaryFile, form: str, source: str) -> Solutions | bool:
    """Return the answer of a SELECT or ASK in one of `SOLUTION_FORMS`, read as rows are wanted. Raises RdfError."""
    try:
        found = ox.parse_query_results(data, SOLUTION_FORMS[form])  # type: ignore[arg-type]  # it only reads
    except (SyntaxError, ValueError, OSError) as error:
        raise RdfError(source, str(error)) from error
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    return Solutions(tuple(variable.value for variable in found.variables), _read(_rows(found), source))


def read_triples(data: BinaryFile, form: str, source: str) -> Iterator[Triple]:
    """Yield the triples of a graph as it is read, in one of `GRAPH_FORMS`. Raises RdfError."""
    quads = ox.parse(data, GRAPH_FORMS[form], rename_blank_nodes=True)  # type: ignore[arg-type]  # it only reads
    return _read((quad_in(quad).triple for quad in quads), source)


def _read(found: Iterator[T], source: str) -> Iterator[T]:
    try:
        yield from found
    except (SyntaxError, ValueError, OSError) as error:
        raise RdfError(source, str(error)) from error


def read_placed(data: bytes, syntax: str, source: str) -> Iterator[tuple[Quad, int]]:
    """Yield the quads of a document, each with the line up to which the parser had read when it found it.

    The parser gives no places; but it asks for its input piece by piece, and is given one line at a time. It looks
    at most one sign ahead, so a statement ends on that line or on the one before. JSON-LD is read whole: its lines are
    all the last. What stands in no graph has the empty graph. Raises RdfError with line and column.
    """
    feed = Lines(data)
    try:
        for quad in ox.parse(feed, FORMATS[syntax], base_iri=None, rename_blank_nodes=False):  # type: ignore[arg-type]
            yield quad_in(quad), feed.line
    except SyntaxError as error:
        raise RdfError(source, problem(error.msg), line=error.lineno or feed.line, column=error.offset) from error
    except (ValueError, OSError, MemoryError) as error:
        raise RdfError(source, str(error), line=feed.line) from error


def as_stored(literals: Iterable[Literal]) -> Iterator[tuple[Literal, Literal]]:
    """Yield each literal that the store will not give back as it was, with what it gives back instead.

    ``4.0`` comes back as ``4``, any xsd:int as an xsd:integer, and ``@en-GB`` as ``@en-gb``.
    """
    store, name = ox.Store(), ox.NamedNode("urn:x-porthole:literal")
    given = list(dict.fromkeys(literals))
    store.bulk_extend(ox.Quad(ox.NamedNode(f"urn:x:{at}"), name, term_out(it)) for at, it in enumerate(given))
    for quad in store:
        literal, found = given[int(quad.subject.value[6:])], term_in(quad.object)
        if isinstance(found, Literal) and found != literal:
            yield literal, found


def read_file(
    path: Path,
    graph: Iri = Iri(""),  # noqa: B008 - an Iri is immutable
    base: str | None = None,
) -> Iterator[Quad]:
    """Yield the quads of a file, its syntax told by its ending (``.gz`` allowed after it). Raises RdfError."""
    syntax = syntax_of(path)
    return read_rdf(_bytes(path), syntax, str(path), graph, base)


def _bytes(path: Path) -> bytes:
    try:
        return unpacked(path.read_bytes(), path)
    except OSError as error:
        raise RdfError(str(path), f"cannot be read: {error.strerror or error}") from error


def unpacked(data: bytes, path: Path) -> bytes:
    """Return what a file holds, unpacked by its ending: a packed file of a few kB may hold more than there is memory.

    Raises RdfError for what cannot be unpacked, LimitError for what is too much.
    """
    if path.suffix != ".gz":
        return data
    try:
        found = gzip.GzipFile(fileobj=BytesIO(data)).read(_LARGEST + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise RdfError(str(path), f"cannot be unpacked: {error}") from error
    if len(found) > _LARGEST:
        raise LimitError(f"{path}: holds more than {_LARGEST // 1_048_576} MB unpacked; make a smaller part of it")
    return found


def syntax_of(path: Path, otherwise: str | None = None) -> str:
    """Return the syntax that a file's ending tells, else ``otherwise``. Raises RdfError where nothing tells it."""
    plain = path.with_suffix("") if path.suffix == ".gz" else path
    if plain.suffix.lower() not in SUFFIXES:
        if otherwise is not None:
            return otherwise
        raise RdfError(str(path), f"the ending tells no RDF syntax; known are {', '.join(SUFFIXES)}")
    return SUFFIXES[plain.suffix.lower()]


def term_in(term: object) -> Term:
    """Return Oxigraph's term as ours."""
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.Literal):
        if getattr(term, "direction", None) is not None:
            raise ValueError(f"{term}: the direction of a text (RDF 1.2) cannot be kept; leave out what follows --")
        return Literal(term.value, Iri(term.datatype.value), term.language or "")
    if isinstance(term, ox.BlankNode):
        return Blank(f"_:{term.value}")
    raise ValueError(f"{term}: a triple inside a triple is not supported")


def term_out(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return our term as Oxigraph's."""
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(term.value, language=term.language)
        return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))
    return _node_out(term)


def quad_in(quad: ox.Quad, default: Iri = Iri("")) -> Quad:  # noqa: B008 - an Iri is immutable
    """Return Oxigraph's quad as ours, in ``default`` where it stands in no graph."""
    graph = Iri(quad.graph_name.value) if isinstance(quad.graph_name, ox.NamedNode) else default
    return Quad(_node_in(quad.subject), Iri(quad.predicate.value), term_in(quad.object), graph)


def _quad_out(quad: Quad) -> ox.Quad:
    return ox.Quad(
        _node_out(quad.subject), ox.NamedNode(quad.predicate), term_out(quad.object), ox.NamedNode(quad.graph)
    )


def _node_in(term: object) -> Node:
    node = term_in(term)
    if isinstance(node, Literal):
        raise ValueError(f"{term}: a literal cannot be a subject")
    return node


def _node_out(node: Node) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(node[2:]) if isinstance(node, Blank) else ox.NamedNode(node)


class _Terms(dict[object, Term | None]):
    """Our terms by the engine's, each made once: most cells of an answer repeat another one.

    It forgets all of them when there are many, so that an answer of any length is read in the same memory.
    """

    def __missing__(self, term: object) -> Term | None:
        if len(self) > _REMEMBERED:
            self.clear()
        made: Term | None
        if isinstance(term, ox.Literal):
            datatype = self[term.datatype]
            assert isinstance(datatype, Iri)
            made = Literal(term.value, datatype, term.language or "")
        else:
            made = None if term is None else term_in(term)
        self[term] = made
        return made


def _rows(found: ox.QuerySolutions) -> Iterator[Row]:
    made = _Terms().__getitem__
    for solution in found:
        yield tuple(map(made, solution))


def _triples(found: ox.QueryTriples) -> Iterator[Triple]:
    for triple in found:
        yield Triple(_node_in(triple.subject), Iri(triple.predicate.value), term_in(triple.object))
