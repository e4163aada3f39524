"""Rules with one plain condition, followed to their end: all that a fact of one kind leads to by such rules alone.

That someone commands a mission makes them crew, crew take part, who takes part is an agent: all this is known before
any commander is. A head is written as in `kg.reason.plan`: -1 is the fact's subject, -2 its object.
"""

from __future__ import annotations

from kg.reason.facts import Fact
from kg.reason.plan import Dispatch, Plan
from kg.reason.relations import Key


class Shortcuts:
    """What the facts of each key lead to, found once for each."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: dict[Key, tuple[Fact, ...]] = {}

    def of(self, key: Key) -> tuple[Fact, ...]:
        """Return the heads that a fact of a predicate, or of a class, leads to."""
        found = self._known.get(key)
        if found is None:
            predicate, kind = key
            found = self._known[key] = self._followed((-1, predicate, kind if kind >= 0 else -2))
        return found

    def _followed(self, start: Fact) -> tuple[Fact, ...]:
        seen = {start: None}
        waiting = [start]
        while waiting:
            fact = waiting.pop()
            for head in self._heads(fact):
                if head not in seen:
                    seen[head] = None
                    waiting.append(head)
        del seen[start]
        return tuple(seen)

    def _heads(self, fact: Fact) -> list[Fact]:
        subject, predicate, value = fact
        found = self._plan.by_predicate.get(predicate, Dispatch())
        heads = found.heads + (found.values[value].heads if value in found.values else ())
        places = {-1: subject, -2: value}
        return [(places.get(one, one), link, places.get(other, other)) for one, link, other in heads]
