"""The reference engine, owlrl: what OWL 2 RL means. Right and slow; the tests hold the compiled rules against it.

One rule of it is corrected: prp-key compares all properties of a key but the last, so that a key of one property makes
every two members of a class the same (seen in owlrl 7.6.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING, Any

from kg.reason.noise import Noise
from kg.vocab import Blank, Iri, Literal, Term, Triple

if TYPE_CHECKING:  # both load slowly, and most who import this package never call them
    from rdflib import Graph
    from rdflib.term import Node

_ERRORS = "http://www.daml.org/2002/03/agents/agent-ont#"


def ontology_closure(triples: Iterable[Triple]) -> frozenset[Triple]:
    """Return an ontology with all that follows from it, statements about literals and notes of errors left out."""
    given = frozenset(triples)
    found = closure_by_owlrl(given)
    return given | {triple for triple in found if not _is_error(triple)}


def closure_by_owlrl(triples: Iterable[Triple], noise: Noise | None = None) -> frozenset[Triple]:
    """Return what follows from triples (ontology and data together) and is not among them, noise left out."""
    from owlrl import DeductiveClosure
    from rdflib import Graph

    given = frozenset(triples)
    terms: dict[Node, Term] = {}
    graph = Graph()
    for subject, predicate, value in given:
        graph.add((_out(subject, terms), _out(predicate, terms), _out(value, terms)))
    DeductiveClosure(_semantics()).expand(graph)
    found = (Triple(*(_in(node, terms) for node in triple)) for triple in graph)  # type: ignore[arg-type]
    return frozenset((noise or Noise()).without(found)) - given


def _is_error(triple: Triple) -> bool:
    return any(isinstance(term, Iri) and term.startswith(_ERRORS) for term in triple)


def _semantics() -> Any:  # a class of owlrl, which has no types
    """Return the rules of owlrl with prp-key as the recommendation has it."""
    from owlrl import OWLRL_Semantics
    from rdflib.namespace import OWL

    class Corrected(OWLRL_Semantics):  # type: ignore[misc]
        def _properties(self, triple: Any, cycle_num: int) -> None:
            if triple[1] == OWL.hasKey:
                for one, other in _of_one_key(self.graph, triple[0], triple[2]):
                    self.store_triple((one, OWL.sameAs, other))
            else:
                super()._properties(triple, cycle_num)

    return Corrected


def _of_one_key(graph: Graph, kind: Node, key: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the members of a class that share a value of every property of a key."""
    from rdflib.namespace import RDF

    properties = list(graph.items(key))
    members = list(graph.subjects(RDF.type, kind)) if properties else []
    for one, other in product(members, members):
        if one != other and all(_share(graph, one, other, it) for it in properties):
            yield one, other


def _share(graph: Graph, one: Node, other: Node, prop: Node) -> bool:
    return not set(graph.objects(one, prop)).isdisjoint(graph.objects(other, prop))


def _out(term: Term, terms: dict[Node, Term]) -> Node:
    import rdflib

    node: Node
    if isinstance(term, Literal) and term.language:
        node = rdflib.Literal(term.value, lang=term.language)
    elif isinstance(term, Literal):
        node = rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype), normalize=False)
    else:
        node = rdflib.BNode(term[2:]) if isinstance(term, Blank) else rdflib.URIRef(term)
    terms.setdefault(node, term)
    return node


def _in(node: Node, terms: dict[Node, Term]) -> Term:
    import rdflib

    if node in terms:
        return terms[node]
    if isinstance(node, rdflib.Literal):
        return Literal(str(node), Iri(node.datatype or ""), node.language or "")
    return Blank(f"_:{node}") if isinstance(node, rdflib.BNode) else Iri(str(node))
