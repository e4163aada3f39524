"""What a change in one closure may mean for those on top of it: seldom much, and found without looking at each fact.

A closure above is touched where it mentions a term of the change. That a class has other members says nothing of this
one, so the class of an rdf:type fact counts only where something else is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kg.reason.facts import Fact, Layer
from kg.reason.plan import Plan


@dataclass(frozen=True, slots=True)
class Spread:
    """Facts that came or went, by the terms that they mention; ``far`` ones may matter wherever."""

    facts: tuple[Fact, ...]
    things: frozenset[int]
    kinds: frozenset[int]
    links: frozenset[int]
    far: frozenset[Fact]
    forms: frozenset[Fact]

    @classmethod
    def of(cls, facts: Iterable[Fact], plan: Plan) -> Spread:
        """Return the spread of some facts."""
        facts = tuple(facts)
        things = {fact[0] for fact in facts} | {fact[2] for fact in facts if fact[1] != plan.type}
        return cls(
            facts,
            frozenset(things),
            frozenset(fact[2] for fact in facts if fact[1] == plan.type),
            frozenset(fact[1] for fact in facts),
            frozenset(fact for fact in facts if plan.reaches_far(fact) or plan.comes_from_far(fact)),
            frozenset((*facts, *map(plan.stored, facts))),
        )

    def near(self, layer: Layer, asserted: AbstractSet[Fact] = frozenset()) -> list[Fact]:
        """Return the facts that a layer may have to do with, among them those that it asserts itself."""
        terms = layer.mentioned(self.things, self.kinds, self.links)
        said = self.forms & asserted
        if not terms and not self.far and not said:
            return []
        return [
            fact
            for fact in self.facts
            if fact[0] in terms or fact[2] in terms or fact[1] in terms or fact in self.far or fact in said
        ]
