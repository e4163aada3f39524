"""Proofs over a closure that is kept elsewhere: in a store that holds a world with all that follows in it.

Nothing is closed again. The facts that bear on a triple are looked up one pattern at a time, so that a proof takes the
same time in a guide of any size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from kg.reason.closure import compile_rules
from kg.reason.compiler import compiled
from kg.reason.facts import Fact, Facts, Layer, Terms
from kg.reason.plan import Plan
from kg.reason.proof import ONTOLOGY, Proof, Prover
from kg.vocab import Iri, Literal, Term, Triple

Pattern: TypeAlias = Callable[[Term | None, Iri | None, Term | None], Iterable[Triple]]
Reason: TypeAlias = Callable[[Triple], str]


def proof_elsewhere(
    triple: Triple, ontology: Iterable[Triple], pattern: Pattern, stated: Reason, given: Reason
) -> Proof | None:
    """Return a proof of a triple, or None where it does not follow.

    ``pattern`` yields the triples that hold, of a subject, a predicate and an object, None for any. ``stated`` says why
    a triple needs no proof, if it needs none; ``given`` says the same of a triple that no rule gives.
    """
    rules = compile_rules(ontology)
    terms = Terms()
    plan = Plan(compiled(rules.facts, rules.axioms, rules.noise, stepwise=False), terms)
    ground = Layer()
    for said in rules.facts:
        ground.insert(terms.fact(said))

    def leaf(fact: Fact) -> str:
        return ONTOLOGY if ground.holds(fact) else stated(terms.triple(fact))

    def last(fact: Fact) -> str:
        return given(terms.triple(fact))

    return Prover(plan, _Elsewhere(Facts((ground,)), terms, pattern), leaf, last).proof(terms.fact(triple))


class _Elsewhere:
    """The ontology's facts and those of a pattern, each pattern asked once."""

    def __init__(self, ground: Facts, terms: Terms, pattern: Pattern) -> None:
        self._ground = ground
        self._terms = terms
        self._pattern = pattern
        self._answers: dict[Fact, tuple[Fact, ...]] = {}

    def holds(self, fact: Fact) -> bool:
        return self._ground.holds(fact) or bool(self._found(*fact))

    def some(self, subject: int, predicate: int, value: int) -> bool:
        return self._ground.some(subject, predicate, value) or bool(self._found(subject, predicate, value))

    def objects(self, subject: int, predicate: int) -> Iterator[int]:
        yield from self._ground.objects(subject, predicate)
        yield from (value for _, _, value in self._found(subject, predicate, -1))

    def subjects(self, predicate: int, value: int) -> Iterator[int]:
        yield from self._ground.subjects(predicate, value)
        yield from (subject for subject, _, _ in self._found(-1, predicate, value))

    def pairs(self, predicate: int) -> Iterator[tuple[int, int]]:
        yield from self._ground.pairs(predicate)
        yield from ((subject, value) for subject, _, value in self._found(-1, predicate, -1))

    def predicates(self) -> set[int]:
        """Return the predicates met so far: a conclusion's own, which is where every rule starts, is among them."""
        return self._ground.predicates() | {fact[1] for facts in self._answers.values() for fact in facts}

    def _found(self, subject: int, predicate: int, value: int) -> tuple[Fact, ...]:
        asked = (subject, predicate, value)
        if asked not in self._answers:
            self._answers[asked] = tuple(map(self._terms.fact, self._asked(asked)))
        return self._answers[asked]

    def _asked(self, asked: Fact) -> Iterable[Triple]:
        subject, predicate, value = (None if number < 0 else self._terms.term(number) for number in asked)
        if isinstance(subject, Literal) or not (predicate is None or isinstance(predicate, Iri)):
            return ()  # no RDF, and so in no store
        return self._pattern(subject, predicate, value)
