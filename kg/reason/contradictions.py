"""What cannot all be true: the rules of OWL 2 RL that end in a contradiction, collected as they are met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.reason.facts import Fact, Facts, Layer
from kg.reason.literals import excluded, ill_typed, unequal
from kg.reason.plan import Line, Plan
from kg.reason.proof import Proof
from kg.vocab import Iri, Triple


@dataclass(frozen=True, slots=True)
class Clash:
    """One contradiction: the rule, the triples that cannot all hold, and the proof of each."""

    rule: str
    triples: tuple[Triple, ...]
    proofs: tuple[Proof, ...]

    @property
    def proof(self) -> Proof:
        """The contradiction as the last step of a proof; its triple is the first of those that clash."""
        return Proof(self.triples[0], self.rule, self.proofs)


@dataclass(frozen=True, slots=True)
class Found:
    """A contradiction as it is kept: the rule's name, its axioms, and the facts that meet its conditions."""

    rule: str
    axioms: tuple[Triple, ...]
    facts: tuple[Fact, ...]


class Contradictions:
    """The contradictions of one layer, each once, however its conditions were met."""

    def __init__(self, plan: Plan, facts: Facts) -> None:
        self._plan = plan
        self._facts = facts
        self._found: dict[tuple[str, frozenset[Fact]], Found] = {}
        self._ill_typed: dict[int, bool] = {}

    def note(self, line: Line, facts: tuple[Fact, ...]) -> None:
        """Keep a contradiction that a rule found."""
        self._keep(Found(line.rule.name, line.rule.axioms, facts))

    def check_literal(self, fact: Fact) -> None:
        """Keep a contradiction if a fact's literal is no value of its own datatype, or is said to equal another."""
        value = fact[2]
        ill = self._ill_typed.get(value)
        if ill is None:
            ill = self._ill_typed[value] = ill_typed(self._plan.terms.literal(value))
        if ill:
            self._keep(Found("dt-not-type", (), (fact,)))
        literal = self._plan.terms.literal
        if fact[0] & 1 and self._plan.shown(fact)[1] == self._plan.same and unequal(literal(fact[0]), literal(value)):
            self._keep(Found("dt-diff", (), (self._plan.shown(fact),)))

    def check_kind(self, literal: int, kind: int, fact: Fact) -> None:
        """Keep a contradiction if a fact puts its literal in a datatype that it is no value of."""
        datatype = self._plan.term(kind)
        if isinstance(datatype, Iri) and excluded(self._plan.terms.literal(literal), datatype):
            ranges = tuple(
                axiom
                for line in self._plan.conclusions((literal, self._plan.type, kind))
                for axiom in line.rule.axioms
                if line.body and line.body[0][1] == fact[1]
            )
            self._keep(Found("dt-not-type", ranges, (fact,)))

    def __len__(self) -> int:
        return len(self._found)

    def all(self) -> tuple[Found, ...]:
        """Return everything that was noted."""
        return tuple(self._found.values())

    def forget_lost(self) -> None:
        """Drop the contradictions whose facts are held no more."""
        for key in [key for key in self._found if not all(map(self._facts.holds, key[1]))]:
            del self._found[key]

    def within(self, own: Layer) -> Iterator[Found]:
        """Yield the contradictions that a layer has a part in; the others are told in the layers below."""
        for found in self._found.values():
            axioms = map(self._plan.terms.fact, found.axioms)
            if any(map(own.holds, found.facts)) or any(map(own.holds, axioms)):
                yield found

    def clear(self, plan: Plan) -> None:
        """Forget everything, for other rules."""
        self._plan = plan
        self._found.clear()

    def _keep(self, found: Found) -> None:
        self._found.setdefault((found.rule, frozenset(found.facts)), found)
