"""rdflib's own SPARQL engine as a store: another maker's, to see that what is compiled is plain SPARQL 1.1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import rdflib

from kg.dataset import Answer, Solutions
from kg.vocab import XSD, Blank, Iri, Literal, Quad, Term


class RdflibStore:
    """Quads in an rdflib dataset; a query's default graph is a copy of the graphs that are named for it."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._quads = tuple(quads)

    def query(self, text: str, default: Sequence[Iri] = ()) -> Answer:
        found = self._dataset(default).query(text)
        assert found.type in ("SELECT", "ASK")
        return bool(found.askAnswer) if found.type == "ASK" else self.select(text, default)

    def select(self, text: str, default: Sequence[Iri] = ()) -> Solutions:
        found = self._dataset(default).query(text)
        names = found.vars or []
        rows = [tuple(None if row.get(name) is None else _in(row[name]) for name in names) for row in found.bindings]
        return Solutions(tuple(map(str, names)), iter(rows))

    def quads(self, graph: Iri | None = None) -> Iterator[Quad]:
        return (quad for quad in self._quads if graph in (None, quad.graph))

    def graphs(self) -> Iterator[Iri]:
        return iter(dict.fromkeys(quad.graph for quad in self._quads))

    def _dataset(self, default: Sequence[Iri]) -> rdflib.Dataset:
        made = rdflib.Dataset(default_union=False)
        for subject, predicate, obj, graph in self._quads:
            triple = (out(subject), rdflib.URIRef(predicate), out(obj))
            made.graph(rdflib.URIRef(graph)).add(triple)
            if graph in default:
                made.default_graph.add(triple)
        return made


def out(term: Term) -> rdflib.term.Identifier:
    if isinstance(term, Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        datatype = None if term.datatype == XSD.string else rdflib.URIRef(term.datatype)
        return rdflib.Literal(term.value, datatype=datatype, normalize=False)
    return rdflib.BNode(term[2:]) if isinstance(term, Blank) else rdflib.URIRef(term)


def _in(term: object) -> Term:
    if isinstance(term, rdflib.Literal):
        return Literal(str(term), Iri(term.datatype or XSD.string), term.language or "")
    return Blank(f"_:{term}") if isinstance(term, rdflib.BNode) else Iri(str(term))
