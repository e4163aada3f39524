"""How the conditions of a rule are met by facts: bindings of its variables, found by look-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from kg.reason.facts import Fact, Lookup
from kg.reason.plan import Line, Plan

Binding: TypeAlias = list[int]  # the value of variable -n at n - 1, or UNBOUND

UNBOUND = -1


def unified(atom: Fact, fact: Fact, binding: Binding) -> Binding | None:
    """Return the binding under which an atom is this fact, or None if there is none."""
    bound = binding.copy()
    for slot, value in zip(atom, fact, strict=True):
        if slot >= 0:
            if slot != value:
                return None
        elif bound[-slot - 1] == UNBOUND:
            bound[-slot - 1] = value
        elif bound[-slot - 1] != value:
            return None
    return bound


def solved(atoms: tuple[Fact, ...], binding: Binding, facts: Lookup, line: Line, plan: Plan) -> Iterator[Binding]:
    """Yield the bindings under which all atoms hold and what must be distinct is."""
    if not atoms:
        if not line.distinct or _distinct(line, binding):
            yield binding
        return
    atom = atoms[0]
    rest = atoms[1:]
    for found in _candidates(atom, binding, facts, line, plan):
        bound = unified(atom, found, binding)
        if bound is not None:
            yield from solved(rest, bound, facts, line, plan)


def value(slot: int, binding: Binding) -> int:
    """Return what a place stands for: a term, or UNBOUND."""
    return slot if slot >= 0 else binding[-slot - 1]


def said(atom: Fact, binding: Binding) -> Fact:
    """Return the fact that an atom is under a full binding."""
    return value(atom[0], binding), value(atom[1], binding), value(atom[2], binding)


def _distinct(line: Line, binding: Binding) -> bool:
    return all(value(left, binding) != value(right, binding) for left, right in line.distinct)


def _candidates(atom: Fact, binding: Binding, facts: Lookup, line: Line, plan: Plan) -> Iterable[Fact]:
    """Return the facts that an atom may be, found by the places that are known."""
    subject, predicate, obj = said(atom, binding)
    if predicate == UNBOUND:
        return _anywhere(subject, obj, facts, line, plan)
    if subject != UNBOUND and obj != UNBOUND:
        fact = (subject, predicate, obj)
        return (fact,) if facts.holds(fact) else ()
    return _of_predicate(subject, predicate, obj, facts)


def _of_predicate(subject: int, predicate: int, obj: int, facts: Lookup) -> Iterator[Fact]:
    if subject != UNBOUND:
        return ((subject, predicate, it) for it in facts.objects(subject, predicate))
    if obj != UNBOUND:
        return ((it, predicate, obj) for it in facts.subjects(predicate, obj))
    return ((one, predicate, other) for one, other in facts.pairs(predicate))


def _anywhere(subject: int, obj: int, facts: Lookup, line: Line, plan: Plan) -> Iterator[Fact]:
    """Yield facts of any predicate; a rule that goes by steps sees steps in place of the paths that they make."""
    for predicate in facts.predicates() - (plan.unequal if line.steps else plan.hidden):
        yield from _of_predicate(subject, predicate, obj, facts)
