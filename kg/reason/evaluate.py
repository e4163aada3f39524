"""Drawing conclusions: facts wait in a queue, and each is joined with all that is known.

A conclusion is drawn once its last condition has come (semi-naive evaluation, one fact at a time). Everything here is
called once for each fact of a closure, so look-ups are bound to local names and results are appended to one list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from kg.reason.contradictions import Contradictions
from kg.reason.facts import Fact, Facts
from kg.reason.limits import Limits
from kg.reason.matching import UNBOUND, said, solved, unified
from kg.reason.plan import Dispatch, Plan, Trigger

_BATCH = 4096


class Evaluator:
    """The rules of a plan applied to the facts of a closure; what is new goes into the topmost layer.

    ``lower`` is the plan that the layers below were closed with: a property that is transitive only here has no steps
    there yet.
    """

    def __init__(self, plan: Plan, facts: Facts, contradictions: Contradictions, limits: Limits, lower: Plan) -> None:
        self.plan = plan
        self._lower = lower
        self._facts = facts
        self._own = facts.layers[-1]
        self._here = Facts((self._own,))
        self._contradictions = contradictions
        self._limits = limits
        self._meter = limits.meter()
        self._stock: set[int] = set()
        self._anywhere: tuple[Trigger, ...] = ()
        self.new_axioms = False
        self.literal_is_node = False

    def run(self, candidates: Iterable[Fact], held: Sequence[Fact] = ()) -> list[Fact]:
        """Take in facts and draw all conclusions; return what is new. Facts ``held`` already only set off rules.

        Steps and paths of transitive properties go first: equality, above all, is settled before others ask for it.
        """
        self._meter = self._limits.meter()
        self._take_stock()
        added: list[Fact] = []
        for fact in held:
            self._drain([], [fact], added)
        for fact in candidates:
            if fact[1] in self.plan.paths:
                self._drain([fact], [], added)
            elif self._admit(fact):
                added.append(fact)
                self._drain([], [fact], added)
        return added

    def meet(self, foreign: Iterable[Fact]) -> list[Fact]:
        """Draw the conclusions that facts of a layer below allow with facts of this one; return what is new."""
        self._meter = self._limits.meter()
        self._take_stock()
        added: list[Fact] = []
        for fact in foreign:
            heads: list[Fact] = []
            self._meet(fact, heads)
            added += self.run(heads) if heads else ()
        return added

    def _drain(self, soon: list[Fact], later: list[Fact], added: list[Fact]) -> None:
        """Draw the conclusions of facts, and of those, until there are no more.

        Facts in ``later`` are held, as are paths. Steps in ``soon`` are taken in one by one, each when all paths of
        the step before it are known: so most prove needless.
        """
        paths, steps = self.plan.steps, self.plan.paths
        heads: list[Fact] = []
        while soon or later:
            if soon:
                fact = soon.pop()
                if fact[1] in steps:
                    if not self._admit(fact):
                        continue
                    added.append(fact)
            else:
                fact = later.pop()
            self._consequences(fact, heads)
            if fact[2] & 1:
                self._literal(fact, heads)
            for head in heads:
                if head[1] in steps:
                    soon.append(head)
                elif self._admit(head):
                    added.append(head)
                    (soon if head[1] in paths else later).append(head)
            heads.clear()
            self._count(len(added))

    def _admit(self, fact: Fact) -> bool:
        """Hold a fact, unless it is held, or is a step where a path leads the same way."""
        if self._facts.holds(fact):
            return False
        path = self.plan.paths.get(fact[1])
        if path is not None:
            paths = self._facts if path in self._lower.steps else self._here
            if paths.holds((fact[0], path, fact[2])):
                return False
        known = len(self._own)
        self._own.insert(fact)
        if len(self._own) != known:
            self._take_stock()
        return True

    def _count(self, inferred: int) -> None:
        meter = self._meter
        meter.steps += 1
        if not meter.steps % _BATCH:
            meter.inferred = inferred
            meter.check()

    def dependents(self, seeds: Iterable[Fact], asserted: Collection[Fact], *, foreign: bool = False) -> Iterator[Fact]:
        """Yield the seeds and what some rule concludes from them, as far as this layer holds it and nobody says it.

        ``foreign`` seeds are of a layer below that has the same rules: alone they lead to nothing that is held here.
        """
        self._meter = self._limits.meter()
        self._take_stock()
        seen = set(seeds)
        waiting = list(seen)
        heads: list[Fact] = []
        while waiting:
            fact = waiting.pop()
            yield fact
            if foreign and not self._own.holds(fact):
                self._meet(fact, heads)
            else:
                self._consequences(fact, heads)
            for head in heads:
                if head not in seen and head not in asserted and self._own.holds(head):
                    seen.add(head)
                    waiting.append(head)
            heads.clear()

    def _take_stock(self) -> None:
        """Note which predicates have facts: rules over others, equality first of all, are passed over."""
        self._stock = stock = self._facts.predicates()
        self._anywhere = tuple(it for it in self.plan.anywhere if it.guards <= stock)

    def _consequences(self, fact: Fact, heads: list[Fact]) -> None:
        """Append what the rules conclude from a fact and all else that is held; contradictions are noted."""
        found = self.plan.by_predicate.get(fact[1])
        if found is not None:
            self._set_off(found, fact, heads)
            if found.values and (special := found.values.get(fact[2])) is not None:
                self._set_off(special, fact, heads)
        if self._anywhere:
            for trigger in self._anywhere_of(fact):
                self._join(trigger, fact, heads, self._facts)

    def _meet(self, fact: Fact, heads: list[Fact]) -> None:
        """Append what rules conclude from a fact of a layer below and at least one of this layer."""
        own = self._own.keys()
        found = self.plan.by_predicate.get(fact[1], Dispatch())
        special = found.values.get(fact[2])
        for trigger in (*found.triggers, *(special.triggers if special else ()), *self._anywhere_of(fact)):
            nearby = trigger.line.roams or not own.isdisjoint(trigger.guards)
            if nearby and trigger.guards <= self._stock:
                lone = len(trigger.line.body) == 2
                self._join(trigger, fact, heads, self._here if lone else self._facts)

    def _anywhere_of(self, fact: Fact) -> Iterator[Trigger]:
        plan = self.plan
        return (it for it in self._anywhere if fact[1] not in (plan.unequal if it.line.steps else plan.hidden))

    def _set_off(self, found: Dispatch, fact: Fact, heads: list[Fact]) -> None:
        subject, _, value = fact
        type_ = self.plan.type
        for one, link, other in found.heads:
            start = subject if one == -1 else value if one == -2 else one
            end = other if other >= 0 else subject if other == -1 else value
            if not start & 1 or link != type_ or self._kind_matters(start, end, fact):
                heads.append((start, link, end))
        for trigger in found.triggers:
            if trigger.guards <= self._stock:
                self._join(trigger, fact, heads, self._facts)
        if found.axiomatic and fact not in self.plan.axioms:
            self.new_axioms = True

    def _kind_matters(self, literal: int, kind: int, fact: Fact) -> bool:
        """Return whether anybody asks if a literal is of a kind; that it cannot be is noted."""
        self._contradictions.check_kind(literal, kind, fact)
        return kind in self.plan.read or self.plan.every_kind

    def _join(self, trigger: Trigger, fact: Fact, heads: list[Fact], facts: Facts) -> None:
        line = trigger.line
        binding = unified(line.body[trigger.position], fact, [UNBOUND] * line.variables)
        if binding is None:
            return
        meter, plan = self._meter, self.plan
        for bound in solved(line.rest(trigger.position), binding, facts, line, plan):
            meter.steps += 1
            if not meter.steps % _BATCH:
                meter.check()
            if line.head is None:
                self._contradictions.note(line, tuple(said(atom, bound) for atom in line.body))
            else:
                head = said(line.head, bound)
                heads.append(plan.stored(head) if line.head[1] < 0 else head)

    def _literal(self, fact: Fact, heads: list[Fact]) -> None:
        """Put a literal into its datatypes, where a rule asks (dt-type2), and see whether it is one (dt-not-type)."""
        subject, _, literal = fact
        plan = self.plan
        self._contradictions.check_literal(fact)
        if not subject & 1 and plan.shown(fact)[1] == plan.same and not plan.every_kind:
            self.new_axioms = self.literal_is_node = True
        heads.extend((literal, plan.type, kind) for kind in plan.kinds(literal))
