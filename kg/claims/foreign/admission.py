"""Which statements of a file from elsewhere may come in at all, before anything is made of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from kg.claims.foreign.alignment import Terms
from kg.claims.foreign.casting import ACTORS, JOBS
from kg.foreign import Said, unfit
from kg.vocab import OWL, RDF, SCHEMA, Blank, Iri, Literal, Node, Term

Note: TypeAlias = Callable[[Said, str], None]

DENIAL: Final = OWL.NegativePropertyAssertion
OF_DENIAL: Final = frozenset((OWL.sourceIndividual, OWL.assertionProperty, OWL.targetIndividual, OWL.targetValue))
_OF_ROLES: Final = frozenset((*ACTORS, *JOBS, SCHEMA.performer, SCHEMA.character, SCHEMA.characterName))
_ROLES: Final = (SCHEMA.PerformanceRole, SCHEMA.Role)


def fitting(statements: Iterable[Said], note: Note) -> Iterator[Said]:
    """Yield the statements whose terms may stand in a graph that is published; ``note`` is told of the others."""
    for it in statements:
        # tables name properties and kinds in words, which the vocabulary must know
        terms = (it.subject, it.predicate, it.object)
        why = next((why for term in terms if _is_address(term) and (why := unfit(term))), "")
        if why:
            note(it, why)
        else:
            yield it


def placed(said: tuple[Said, ...], terms: Terms, note: Note) -> tuple[Said, ...]:
    """Return the statements without things of foreign kinds and without what only those lead to.

    A nameless thing that only a property without a place leads to goes with that property, and one note tells it.
    """
    dropped: set[Node] = _of_foreign_kinds(said, terms, note)
    denials = {it.subject for it in said if it.object == DENIAL}
    leading: defaultdict[Node, list[Blank]] = defaultdict(list)
    ways = Counter({it.object: 0 for it in said if isinstance(it.object, Blank)})
    for it in said:
        if isinstance(it.object, Blank) and _has_place(it, terms):
            leading[it.subject].append(it.object)
            ways[it.object] += 1
    waiting = [*dropped, *(node for node, count in ways.items() if not count and node not in denials)]
    dropped.update(waiting)
    while waiting:  # what only a dropped thing leads to is dropped with it
        for node in leading[waiting.pop()]:
            ways[node] -= 1
            if not ways[node] and node not in dropped:
                dropped.add(node)
                waiting.append(node)
    return tuple(it for it in said if it.subject not in dropped)


def _has_place(it: Said, terms: Terms) -> bool:
    return terms.term(it.predicate) is not None or it.predicate in OF_DENIAL or it.predicate in _OF_ROLES


def _of_foreign_kinds(said: Iterable[Said], terms: Terms, note: Note) -> set[Node]:
    """Return the things all of whose classes are schema.org’s and have no place here."""
    kinds: defaultdict[Node, list[Said]] = defaultdict(list)
    led_to: set[Term] = set()
    for it in said:
        led_to.add(it.object)
        if it.predicate == RDF.type:
            kinds[it.subject].append(it)
    odd = {subject for subject, found in kinds.items() if all(_is_foreign(it.object, terms) for it in found)}
    for subject in odd:
        if not isinstance(subject, Blank) or subject not in led_to:
            first = kinds[subject][0]
            note(first, f"a thing of the class {first.object} has no place here")
    return odd


def _is_foreign(kind: Term, terms: Terms) -> bool:
    known = kind in _ROLES or (isinstance(kind, Iri) and terms.term(kind) is not None)
    return str(kind).startswith(str(SCHEMA)) and not known


def _is_address(term: Term) -> bool:
    return isinstance(term, Literal | Blank) or ":" in term
