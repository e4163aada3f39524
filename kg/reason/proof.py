"""Why a triple holds: a proof down to what was asserted, found when it is asked for.

The facts from which the triple may follow are gathered backwards, nearest first; among them proofs are built forwards
from what is asserted, so that a proof never rests on itself and is among the shortest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from kg.errors import LimitError
from kg.reason.facts import Fact, Facts, Lookup
from kg.reason.matching import UNBOUND, said, solved, unified
from kg.reason.plan import Line, Plan
from kg.vocab import Triple

MOST_FACTS = 20_000
STATED, ONTOLOGY, DATATYPE = "stated", "ontology", "dt-type2"


@dataclass(frozen=True, slots=True)
class Proof:
    """A triple, the rule that gives it, and the proofs of what the rule needs.

    ``rule`` is ``stated`` or ``ontology`` for a triple that needs no other, ``dt-type2`` for a literal in its datatype.
    """

    triple: Triple
    rule: str
    premises: tuple[Proof, ...] = ()

    def leaves(self) -> Iterator[Proof]:
        """Yield the triples that the proof ends in, stated or of the ontology; a part that serves twice comes once."""
        waiting = [self]
        seen: set[int] = set()
        while waiting:
            proof = waiting.pop()
            if id(proof) not in seen:
                seen.add(id(proof))
                waiting.extend(reversed(proof.premises))
                if not proof.premises:
                    yield proof


@dataclass(frozen=True, slots=True)
class Step:
    """One way in which a fact may follow."""

    line: Line
    premises: tuple[Fact, ...]


Leaf: TypeAlias = Callable[[Fact], str]


def _nothing(_fact: Fact) -> str:
    return ""


class Prover:
    """Proofs over facts.

    ``leaf`` says of a fact why it needs no proof (``stated``, ``ontology``), or nothing; ``last`` says so of facts that
    are to be proved if they can be: a store keeps what was given and what follows from it in one graph.
    """

    def __init__(self, plan: Plan, facts: Lookup, leaf: Leaf = _nothing, last: Leaf = _nothing) -> None:
        self._plan = plan
        self._facts = facts
        self._leaf = leaf
        self._last = last

    def follows(self, fact: Fact, here: Facts | None = None) -> bool:
        """Return whether a rule gives the fact from facts that are held; at least one of those ``here``, if given."""
        return self._of_its_datatype(fact) or self._plainly(fact, here or self._facts) or self._jointly(fact, here)

    def _plainly(self, fact: Fact, facts: Lookup) -> bool:
        """Return whether a rule with one plain condition gives the fact: most do, and a look-up shows it."""
        subject, _, value = fact
        for (one, _, other), (_, link, kind) in self._plan.plain(fact):
            places = {one: subject, other: value}
            if one >= 0 and one != subject:
                continue
            start, end = places.get(-1, UNBOUND), kind if kind >= 0 else places.get(-2, UNBOUND)
            if facts.some(start, link, end):
                return True
        return False

    def _jointly(self, fact: Fact, here: Facts | None) -> bool:
        stock = self._facts.predicates()
        nearby = stock if here is None else here.predicates()
        for line in self._plan.joins(fact):
            fitting = line.needs <= stock and (line.roams or not line.needs or not line.needs.isdisjoint(nearby))
            if fitting and next(self._by(line, fact), None) is not None:
                return True
        return False

    def proof(self, fact: Fact) -> Proof | None:
        """Return a proof, or None for a fact that does not hold. Raises LimitError where too many facts bear on it."""
        if not self._facts.holds(fact):
            return None
        ways: dict[Fact, list[Step]] = {}
        chosen: dict[Fact, Step | str] = {}
        level = [fact]
        while level:
            nearer: list[Fact] = []
            for each in level:
                if each in ways or each in chosen:
                    continue
                if leaf := self._leaf(each) or DATATYPE * self._of_its_datatype(each):
                    chosen[each] = leaf
                    continue
                ways[each] = list(self._ways(each))
                if not ways[each] and (leaf := self._last(each)):
                    chosen[each] = leaf
                nearer += [premise for way in ways[each] for premise in way.premises]
            _choose(ways, chosen)
            if fact in chosen:
                return self._written(fact, chosen)
            if len(ways) > MOST_FACTS:
                raise LimitError(
                    f"more than {MOST_FACTS:,} facts bear on {' '.join(map(str, self._plan.triple(fact)))}; "
                    "ask for a nearer one, or raise kg.reason.proof.MOST_FACTS"
                )
            level = nearer
        leaf = self._last(fact)
        return Proof(self._plan.triple(fact), leaf) if leaf else None

    def _of_its_datatype(self, fact: Fact) -> bool:
        literal, link, kind = fact
        return bool(literal & 1) and link == self._plan.type and kind in self._plan.kinds(literal)

    def _ways(self, fact: Fact) -> Iterator[Step]:
        """Yield the rule applications that give a fact, none of which needs the fact itself."""
        for line in self._plan.conclusions(fact):
            yield from self._by(line, fact)

    def _by(self, line: Line, fact: Fact) -> Iterator[Step]:
        """Yield the applications of one rule that give a fact and do not need it, be it as step or as path."""
        if line.head is None:
            return
        shown = self._plan.shown(fact)
        for form in self._forms(line, fact):
            binding = unified(line.head, form, [UNBOUND] * line.variables)
            if binding is None:
                continue
            for bound in solved(line.backwards(), binding, self._facts, line, self._plan):
                premises = tuple(said(atom, bound) for atom in line.body)
                if line.rule.name == "step" or shown not in map(self._plan.shown, premises):
                    yield Step(line, premises)

    def _forms(self, line: Line, fact: Fact) -> tuple[Fact, ...]:
        """Return a fact as a rule may conclude it: one that names no predicate concludes steps, and never paths."""
        plan, predicate = self._plan, fact[1]
        if line.head is not None and line.head[1] >= 0:
            return (fact,)
        if line.steps:
            return () if predicate in plan.unequal else (fact,)
        return () if predicate in plan.steps else (plan.shown(fact),)

    def _written(self, fact: Fact, chosen: dict[Fact, Step | str]) -> Proof:
        """Return the proof that the chosen steps make; each was chosen after those that it needs.

        The reasoner's own bookkeeping is left out.
        """
        hidden = self._plan.hidden - set(self._plan.paths)
        written: dict[Fact, Proof] = {}
        for each, step in chosen.items():
            triple = self._plan.triple(each)
            if isinstance(step, str):
                written[each] = Proof(triple, step)
            elif step.line.rule.name == "step":
                written[each] = written[step.premises[0]]
            else:
                axioms = (Proof(axiom, ONTOLOGY) for axiom in step.line.rule.axioms)
                below = (written[premise] for premise in step.premises if premise[1] not in hidden)
                written[each] = Proof(triple, step.line.rule.name, (*axioms, *below))
        return written[fact]


def _choose(ways: dict[Fact, list[Step]], chosen: dict[Fact, Step | str]) -> None:
    """Choose a step for each fact all of whose premises are proved, until no more can be proved."""
    progress = True
    while progress:
        progress = False
        for fact, steps in ways.items():
            if fact in chosen:
                continue
            found = next((step for step in steps if all(premise in chosen for premise in step.premises)), None)
            if found is not None:
                chosen[fact] = found
                progress = True
