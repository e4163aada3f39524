"""An ontology's triples, found by subject, predicate or object, and which triples are axioms at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from kg.reason.rules import Atom, Var
from kg.vocab import OWL, RDF, RDFS, Iri, Term, Triple

AXIOM_PREDICATES = frozenset(
    {RDF.first, RDF.rest, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range}
    | {
        OWL[name]
        for name in (
            "allValuesFrom", "complementOf", "disjointWith", "distinctMembers", "equivalentClass", "equivalentProperty",
            "hasKey", "hasValue", "intersectionOf", "inverseOf", "maxCardinality", "maxQualifiedCardinality", "members",
            "onClass", "onProperty", "oneOf", "propertyChainAxiom", "propertyDisjointWith", "someValuesFrom", "unionOf",
        )
    }
)  # fmt: skip
AXIOM_KINDS = frozenset(
    OWL[name]
    for name in (
        "AllDifferent", "AllDisjointClasses", "AllDisjointProperties", "AsymmetricProperty", "FunctionalProperty",
        "InverseFunctionalProperty", "IrreflexiveProperty", "SymmetricProperty", "TransitiveProperty",
    )
)  # fmt: skip


def is_axiom(triple: Triple) -> bool:
    """Return whether rules are made from a triple."""
    if triple.predicate == RDF.type:
        return triple.object in AXIOM_KINDS
    return triple.predicate in AXIOM_PREDICATES


class Ontology:
    """Triples that patterns are matched with; those that were ``given`` are found before what follows from them."""

    def __init__(self, triples: Iterable[Triple], given: Collection[Triple] = frozenset()) -> None:
        self.all = frozenset(triples)
        self._of_predicate: dict[Iri, list[Triple]] = defaultdict(list)
        self._of_subject: dict[tuple[Term, Iri], list[Triple]] = defaultdict(list)
        self._of_object: dict[tuple[Iri, Term], list[Triple]] = defaultdict(list)
        for triple in sorted(self.all, key=lambda it: (it not in given, str(it))):
            self._of_predicate[triple.predicate].append(triple)
            self._of_subject[triple.subject, triple.predicate].append(triple)
            self._of_object[triple.predicate, triple.object].append(triple)

    def triples(
        self, subject: Term | None = None, predicate: Iri = RDF.type, value: Term | None = None
    ) -> Iterator[Triple]:
        """Yield the triples of a predicate, with this subject or this object where given."""
        if subject is not None:
            found = self._of_subject.get((subject, predicate), [])
            return (triple for triple in found if value is None or triple.object == value)
        if value is not None:
            return iter(self._of_object.get((predicate, value), []))
        return iter(self._of_predicate.get(predicate, []))

    def matches(self, atoms: tuple[Atom, ...]) -> Iterator[tuple[dict[Var, Term], tuple[Triple, ...]]]:
        """Yield the values of the variables that make all atoms true, with the triples that say so."""
        if not atoms:
            yield {}, ()
            return
        for values, said in self.matches(atoms[:-1]):
            subject, predicate, value = atoms[-1].bind(values)
            assert isinstance(predicate, Iri), "an axiom's predicate is known"
            known = (None if isinstance(slot, Var) else slot for slot in (subject, value))
            for triple in self.triples(next(known), predicate, next(known)):
                bound = dict(values)
                if isinstance(subject, Var):
                    bound[subject] = triple.subject
                if isinstance(value, Var):
                    bound[value] = triple.object
                yield bound, (*said, triple)
