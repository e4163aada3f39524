"""Axioms that need no rule of their own, because others lead to the same: what the closure of an ontology adds.

Every class is said to lie below all classes above it, and every property to have the domains of those above it; rules
are made of the shortest steps alone, from which the longer ones follow. Only what lies strictly between counts: classes
that are below each other keep all their axioms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from kg.reason.ontology import Ontology
from kg.vocab import RDFS, Iri, Term, Triple

Above: TypeAlias = Mapping[Term, frozenset[Term]]

SKIPPED = frozenset({"cax-sco", "prp-spo1", "prp-dom", "prp-rng"})


def redundant(ontology: Ontology) -> frozenset[Triple]:
    """Return the axioms that follow from shorter ones, in an ontology that is closed."""
    classes, properties = _above(ontology, RDFS.subClassOf), _above(ontology, RDFS.subPropertyOf)
    return frozenset(
        (
            *_longer(ontology, RDFS.subClassOf, classes),
            *_longer(ontology, RDFS.subPropertyOf, properties),
            *_wider(ontology, RDFS.domain, classes, properties),
            *_wider(ontology, RDFS.range, classes, properties),
        )
    )


def _above(ontology: Ontology, predicate: Iri) -> Above:
    """Return what lies strictly above each term."""
    found: dict[Term, set[Term]] = defaultdict(set)
    for below, _, above in ontology.triples(predicate=predicate):
        found[below].add(above)
    return {
        below: frozenset(above for above in all_above if below != above and below not in found.get(above, ()))
        for below, all_above in found.items()
    }


def _longer(ontology: Ontology, predicate: Iri, above: Above) -> Iterator[Triple]:
    """Yield the axioms from one term to another between which a third lies."""
    far = {
        term: frozenset(other for nearer in higher for other in above.get(nearer, ())) for term, higher in above.items()
    }
    for axiom in ontology.triples(predicate=predicate):
        if axiom.object in far.get(axiom.subject, ()) and axiom.object in above[axiom.subject]:
            yield axiom


def _wider(ontology: Ontology, predicate: Iri, classes: Above, properties: Above) -> Iterator[Triple]:
    """Yield the domains (or ranges) that lie above another of the same property, or that a higher property has too."""
    of: dict[Term, set[Term]] = defaultdict(set)
    for prop, _, kind in ontology.triples(predicate=predicate):
        of[prop].add(kind)
    for axiom in ontology.triples(predicate=predicate):
        prop, _, kind = axiom
        narrower = any(kind in classes.get(other, ()) for other in of[prop])
        if narrower or any(kind in of[higher] for higher in properties.get(prop, ()) if higher in of):
            yield axiom
