"""Transitive properties, made linear: a path is one step and a path, never a path and a path.

For each transitive property p the single steps are kept apart, in a predicate of the reasoner's own, *step of p*: what
is asserted or follows by any other rule is a step, and p holds along steps. The result is the same; a chain of n steps
costs n², not n³. Where a rule leads from one transitive property to another (symmetry, an inverse, a superproperty),
steps lead to steps, and equality is carried along steps alone: both would else make every path a step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.reason.rules import Atom, Rule, Slot, Var
from kg.vocab import Iri


def step(predicate: Slot) -> Iri:
    """Return the predicate that holds the single steps of a transitive property."""
    return Iri(f"step of {predicate}")


def transitive(rules: Iterable[Rule]) -> frozenset[Slot]:
    """Return the properties that a rule makes transitive."""
    return frozenset(rule.head.predicate for rule in rules if rule.head is not None and _is_transitivity(rule))


def linear(rules: Iterable[Rule], paths: frozenset[Slot]) -> Iterator[Rule]:
    """Yield the rules with the transitive properties' steps kept apart."""
    for rule in rules:
        if _is_transitivity(rule):
            first, second = rule.body
            yield replace(rule, body=(first._replace(predicate=step(first.predicate)), second))
        else:
            yield _stepwise(rule, paths)
    x, y = Var("?x"), Var("?y")
    for path in sorted(paths, key=str):
        yield Rule("step", Atom(x, path, y), (Atom(x, step(path), y),))


def _is_transitivity(rule: Rule) -> bool:
    if rule.head is None or len(rule.body) != 2:
        return False
    (x, p, y), (y2, p2, z) = rule.body
    variables = all(isinstance(slot, Var) for slot in (x, y, z)) and len({x, y, z}) == 3
    return variables and not isinstance(p, Var) and p == p2 and y == y2 and rule.head == Atom(x, p, z)


def _stepwise(rule: Rule, paths: frozenset[Slot]) -> Rule:
    """Return a rule that concludes steps, and reads steps where that is enough."""
    carries = any(isinstance(atom.predicate, Var) for atom in rule.body) and rule.name.startswith("eq-rep")
    lone = len(rule.body) == 1 and rule.head is not None and rule.head.predicate in paths
    head = rule.head
    if head is not None and head.predicate in paths:
        head = head._replace(predicate=step(head.predicate))
    body = tuple(
        atom._replace(predicate=step(atom.predicate)) if (lone or carries) and atom.predicate in paths else atom
        for atom in rule.body
    )
    return replace(rule, head=head, body=body, steps=carries and rule.name != "eq-rep-p")
