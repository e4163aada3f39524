"""The rules of OWL 2 RL that read lists or numbers of the ontology, and so fit no line of a table.

Members of a list of different things are kept as facts of a predicate of our own, `MEMBER`, which never leaves the
reasoner: so a list of n disjoint classes makes n rules, not n squared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.errors import LimitError, RdfError
from kg.reason.ontology import Ontology
from kg.reason.rules import Atom, Rule, Var
from kg.vocab import OWL, RDF, RDFS, Iri, Literal, Node, Term, Triple

MEMBER = Iri("member of")
LONGEST_BODY = 200

_X, _Y, _Z, _D = Var("?x"), Var("?y"), Var("?z"), Var("?d")


def list_rules(ontology: Ontology) -> Iterator[Rule]:
    """Yield the rules of chains, keys, intersections, unions, enumerations, disjoint lists and cardinalities."""
    for predicate, made in _BY_PREDICATE.items():
        for axiom in ontology.triples(predicate=predicate):
            yield from made(ontology, axiom)
    for kind, predicates, made in _BY_KIND:
        for axiom in ontology.triples(predicate=RDF.type, value=kind):
            for predicate in predicates:
                for members in ontology.triples(axiom.subject, predicate):
                    yield from made(ontology, members)


def _items(ontology: Ontology, axiom: Triple) -> tuple[Term, ...]:
    """Return the members of the list that an axiom points to. Raises RdfError where it runs in a circle.

    Where a cell has several members they are the same thing (eq-rep-o), and the one that was given stands for all.
    """
    items: list[Term] = []
    cell: Term = axiom.object
    seen: set[Term] = set()
    while cell != RDF.nil and (found := next(ontology.triples(cell, RDF.first), None)):
        if cell in seen:
            raise RdfError("ontology", f"the list of {axiom.subject} ({axiom.predicate}) runs in a circle: end it")
        seen.add(cell)
        items.append(found.object)
        cell = next((rest.object for rest in ontology.triples(cell, RDF.rest)), RDF.nil)
    return tuple(items)


def _short(ontology: Ontology, axiom: Triple) -> tuple[Term, ...]:
    """Return the members of a list that becomes the conditions of one rule."""
    items = _items(ontology, axiom)
    if len(items) > LONGEST_BODY:
        raise LimitError(
            f"the list of {axiom.subject} ({axiom.predicate}) has {len(items)} members, and one rule takes "
            f"{LONGEST_BODY}: split the list, or raise kg.reason.lists.LONGEST_BODY"
        )
    return items


def _a(subject: Term | Var, kind: Term | Var) -> Atom:
    return Atom(subject, RDF.type, kind)


def _chain(ontology: Ontology, axiom: Triple) -> Iterator[Rule]:
    links = _short(ontology, axiom)
    if links:
        places = [Var(f"?u{number}") for number in range(len(links) + 1)]
        body = tuple(Atom(places[at], link, places[at + 1]) for at, link in enumerate(links))
        yield Rule("prp-spo2", Atom(places[0], axiom.subject, places[-1]), body, (axiom,))


def _key(ontology: Ontology, axiom: Triple) -> Iterator[Rule]:
    keys = _short(ontology, axiom)
    if keys:
        values = [Var(f"?v{number}") for number in range(len(keys))]
        same = (Atom(who, key, value) for key, value in zip(keys, values, strict=True) for who in (_X, _Y))
        body = (*same, _a(_X, axiom.subject), _a(_Y, axiom.subject))
        yield Rule("prp-key", Atom(_X, OWL.sameAs, _Y), body, (axiom,), ((_X, _Y),))


def _intersection(ontology: Ontology, axiom: Triple) -> Iterator[Rule]:
    parts = _short(ontology, axiom)
    whole = axiom.subject
    if parts:
        yield Rule("cls-int1", _a(_X, whole), tuple(_a(_X, part) for part in parts), (axiom,))
    for part in parts:
        yield Rule("cls-int2", _a(_X, part), (_a(_X, whole),), (axiom,))
        yield Rule("scm-int", Atom(whole, RDFS.subClassOf, part), (), (axiom,))


def _union(ontology: Ontology, axiom: Triple) -> Iterator[Rule]:
    for part in _items(ontology, axiom):
        yield Rule("cls-uni", _a(_X, axiom.subject), (_a(_X, part),), (axiom,))
        yield Rule("scm-uni", Atom(part, RDFS.subClassOf, axiom.subject), (), (axiom,))


def _enumeration(ontology: Ontology, axiom: Triple) -> Iterator[Rule]:
    for item in _items(ontology, axiom):
        yield Rule("cls-oo", _a(item, axiom.subject), (), (axiom,))


def _members(axiom: Triple, items: tuple[Term, ...]) -> Iterator[Rule]:
    for item in items:
        yield Rule("member", Atom(item, MEMBER, axiom.object), (), (axiom,))


def _disjoint_classes(ontology: Ontology, axiom: Triple) -> Iterator[Rule]:
    items = _items(ontology, axiom)
    yield from _members(axiom, items)
    for item in items:
        body = (_a(_X, item), _a(_X, _D), Atom(_D, MEMBER, axiom.object))
        yield Rule("cax-adc", None, body, (axiom,), ((_D, item),), once=True)


def _disjoint_properties(ontology: Ontology, axiom: Triple) -> Iterator[Rule]:
    items = _items(ontology, axiom)
    yield from _members(axiom, items)
    for item in items:
        body = (Atom(_X, item, _Y), Atom(_X, _D, _Y), Atom(_D, MEMBER, axiom.object))
        yield Rule("prp-adp", None, body, (axiom,), ((_D, item),), once=True)


def _different(ontology: Ontology, axiom: Triple) -> Iterator[Rule]:
    items = _items(ontology, axiom)
    name = "eq-diff3" if axiom.predicate == OWL.distinctMembers else "eq-diff2"
    yield from _members(axiom, items)
    for item in items:
        body = (Atom(item, OWL.sameAs, _D), Atom(_D, MEMBER, axiom.object))
        yield Rule(name, None, body, (axiom,), ((_D, item),), once=True)


def _cardinality(ontology: Ontology, axiom: Triple) -> Iterator[Rule]:
    """Yield cls-maxc1 and cls-maxc2: none at all, and no two."""
    number = _number(axiom.object)
    kind = axiom.subject
    for on in ontology.triples(kind, OWL.onProperty):
        first, second = Atom(_X, on.object, _Y), Atom(_X, on.object, _Z)
        if number == 0:
            yield Rule("cls-maxc1", None, (_a(_X, kind), first), (axiom, on))
        elif number == 1:
            body = (_a(_X, kind), first, second)
            yield Rule("cls-maxc2", Atom(_Y, OWL.sameAs, _Z), body, (axiom, on), ((_Y, _Z),))


def _qualified(ontology: Ontology, axiom: Triple) -> Iterator[Rule]:
    """Yield cls-maxqc1 to cls-maxqc4: none of a class, and no two of it."""
    number = _number(axiom.object)
    kind = axiom.subject
    for on in ontology.triples(kind, OWL.onProperty):
        for of in ontology.triples(kind, OWL.onClass):
            any_kind = of.object == OWL.Thing
            first = (Atom(_X, on.object, _Y), *(() if any_kind else (_a(_Y, of.object),)))
            second = (Atom(_X, on.object, _Z), *(() if any_kind else (_a(_Z, of.object),)))
            axioms = (axiom, on, of)
            if number == 0:
                yield Rule("cls-maxqc2" if any_kind else "cls-maxqc1", None, (_a(_X, kind), *first), axioms)
            elif number == 1:
                name = "cls-maxqc4" if any_kind else "cls-maxqc3"
                body = (_a(_X, kind), *first, *second)
                yield Rule(name, Atom(_Y, OWL.sameAs, _Z), body, axioms, ((_Y, _Z),))


def _number(term: Term) -> int | None:
    """Return 0 or 1 where a literal says so: OWL 2 RL has rules for these alone."""
    if not isinstance(term, Literal):
        return None
    digits = term.value.strip().removeprefix("+")
    if not digits.isascii() or not digits.isdigit():
        return None
    return {"": 0, "1": 1}.get(digits.lstrip("0"))


_BY_PREDICATE: dict[Iri, Callable[[Ontology, Triple], Iterator[Rule]]] = {
    OWL.propertyChainAxiom: _chain,
    OWL.hasKey: _key,
    OWL.intersectionOf: _intersection,
    OWL.unionOf: _union,
    OWL.oneOf: _enumeration,
    OWL.maxCardinality: _cardinality,
    OWL.maxQualifiedCardinality: _qualified,
}
_BY_KIND: tuple[tuple[Node, tuple[Iri, ...], Callable[[Ontology, Triple], Iterator[Rule]]], ...] = (
    (OWL.AllDisjointClasses, (OWL.members,), _disjoint_classes),
    (OWL.AllDisjointProperties, (OWL.members,), _disjoint_properties),
    (OWL.AllDifferent, (OWL.members, OWL.distinctMembers), _different),
)
