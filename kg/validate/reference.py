"""The reference engine: pyshacl on rdflib graphs, which decides what SHACL means.

It is given Graph objects only (a text could be taken for an address and fetched), follows no imports, runs no rules
and no scripts; queries that would load or call something, and literals that rdflib would choke on, are refused first.
A hostile pattern can still keep it busy for ever, so a caller who does not trust the shapes runs it in a process that
can be ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import rdflib
from pyshacl import validate as _pyshacl

from kg.errors import LimitError, QueryError, RdfError
from kg.validate.findings import Finding
from kg.validate.graph import ShapesGraph
from kg.validate.paths import read_path
from kg.validate.tokens import tokens
from kg.vocab import RDF, SH, XSD, Blank, Iri, Literal, Node, Quad, Term, Triple

_LONGEST, _DIGITS, _TAGS = 1_000_000, 4_000, 2_000
_EXPONENT = re.compile(r"[eE][+-]?\d{4,}")
_MARKUP = (RDF.HTML, RDF.XMLLiteral)
_OUTSIDE = ("FROM", "SERVICE", "LOAD")


def validate(
    shapes: Iterable[Triple], data: Iterable[Triple], named: Iterable[Quad] = (), source: str = "shapes"
) -> Iterator[Finding]:
    """Yield what the reference engine finds wrong in the data.

    ``named`` are graphs that queries reach by GRAPH; pyshacl then takes them all for data, which only shapes of the
    catalogue can bear. Raises RdfError for shapes that it refuses, QueryError for queries that reach outside,
    LimitError for literals that no engine should be given.
    """
    kept = tuple(shapes)
    _refuse_outside(kept, source)
    try:
        _, report, _ = _pyshacl(
            _data(data, named),
            shacl_graph=_graph(kept),
            inference="none",
            advanced=False,
            js=False,
            max_validation_depth=60,
        )
    except Exception as error:  # whatever pyshacl stumbles over, it is these shapes that it cannot judge
        what = " ".join(str(getattr(error, "message", error)).split())
        raise RdfError(source, f"pyshacl cannot judge these shapes: {what}") from error
    if not isinstance(report, rdflib.Graph):
        raise RdfError(source, " ".join(str(report).split()))
    yield from _findings(ShapesGraph((_triple(*triple) for triple in report), "report"))


def _findings(report: ShapesGraph) -> Iterator[Finding]:
    for _, result in report.pairs(SH.result):
        assert not isinstance(result, Literal)
        path = report.at_most_one(result, SH.resultPath)
        yield Finding(
            focus=_one(report, result, SH.focusNode),
            path=None if path is None else read_path(report, path),
            value=report.at_most_one(result, SH.value),
            component=_iri(_one(report, result, SH.sourceConstraintComponent)),
            severity=_iri(_one(report, result, SH.resultSeverity)),
            shape=_node(_one(report, result, SH.sourceShape)),
            messages=_messages(report, result),
            constraint=next(map(_node, report.objects(result, SH.sourceConstraint)), None),
        )


def _messages(report: ShapesGraph, result: Node) -> tuple[Literal, ...]:
    found = (value for value in report.objects(result, SH.resultMessage) if isinstance(value, Literal))
    return tuple(sorted(found, key=lambda message: (message.language, message.value)))


def _one(report: ShapesGraph, result: Node, predicate: Iri) -> Term:
    value = report.at_most_one(result, predicate)
    if value is None:
        raise RdfError("report", f"a result of the reference engine has no {predicate}")
    return value


def _node(term: Term) -> Node:
    if isinstance(term, Literal):
        raise RdfError("report", f"“{term.value}” stands where a node is wanted")
    return term


def _iri(term: Term) -> Iri:
    return Iri(_node(term))


def _refuse_outside(shapes: Iterable[Triple], source: str) -> None:
    for subject, predicate, text in shapes:
        if predicate in (SH.select, SH.ask) and isinstance(text, Literal):
            for token in tokens(text.value):
                if token.upper in _OUTSIDE:
                    raise QueryError(f"{source}: {subject}", f"a shape may not use {token.upper}")


def _data(triples: Iterable[Triple], named: Iterable[Quad]) -> rdflib.Graph:
    graph = _graph(triples)
    others = tuple(named)
    if not others:
        return graph
    dataset = rdflib.Dataset()
    for triple in graph:
        dataset.add(triple)
    for subject, predicate, obj, name in others:
        dataset.graph(rdflib.URIRef(name)).add((_out(subject), rdflib.URIRef(predicate), _out(obj)))
    return dataset


def _graph(triples: Iterable[Triple]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for subject, predicate, obj in triples:
        graph.add((_out(subject), rdflib.URIRef(predicate), _out(obj)))
    return graph


def _out(term: Term) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    if isinstance(term, Literal):
        _guard(term)
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        # rdflib and pyshacl compare plain texts without a datatype (reference/engines.md, traps)
        datatype = None if term.datatype == XSD.string else rdflib.URIRef(term.datatype)
        return rdflib.Literal(term.value, datatype=datatype, normalize=False)
    return rdflib.BNode(term[2:]) if isinstance(term, Blank) else rdflib.URIRef(term)


def _guard(literal: Literal) -> None:
    text = literal.value
    number = literal.datatype.startswith(str(XSD)) and literal.datatype != XSD.string
    if (
        len(text) > _LONGEST
        or (number and (len(text) > _DIGITS or _EXPONENT.search(text)))
        or (literal.datatype in _MARKUP and text.count("<") > _TAGS)
    ):
        raise LimitError(f"a literal of {len(text)} signs ({text[:20]}…) is too large for the reference engine")


def _triple(subject: object, predicate: object, obj: object) -> Triple:
    return Triple(_node(_in(subject)), _iri(_in(predicate)), _in(obj))


def _in(term: object) -> Term:
    if isinstance(term, rdflib.Literal):
        datatype = Iri(term.datatype) if term.datatype is not None else XSD.string
        return Literal(str(term), datatype, term.language or "")
    return Blank(f"_:{term}") if isinstance(term, rdflib.BNode) else Iri(str(term))
