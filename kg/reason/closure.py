"""The closure of a set of triples, kept while triples come and go.

What is taken away is followed to everything that may rest on it; that is dropped, and what still follows from the rest
is put back (delete and re-derive).

A fork reads the facts of the closure below it and holds only its own: the worlds of a guide share ontology and
background. A change below is carried upwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.reason.compiler import Rules, axioms_among, compiled
from kg.reason.contradictions import Clash, Contradictions, Found
from kg.reason.evaluate import Evaluator
from kg.reason.facts import Fact, Facts, Layer, Terms
from kg.reason.limits import Limits
from kg.reason.noise import Noise
from kg.reason.plan import Plan
from kg.reason.proof import ONTOLOGY, STATED, Proof, Prover
from kg.reason.spread import Spread
from kg.vocab import Blank, Iri, Term, Triple


def compile_rules(ontology: Iterable[Triple], noise: Noise | None = None, *, limits: Limits | None = None) -> Rules:
    """Return an ontology as rules, what follows inside it included; it may be closed already or not.

    ``noise`` are the patterns that `Closure.inferred` leaves out.
    """
    facts = frozenset(ontology)
    closure = Closure(compiled(facts, axioms_among(facts), noise or Noise()), limits=limits)
    return closure.ground()


class Closure:
    """What follows from triples by rules, kept up to date; `fork` makes one that holds more."""

    def __init__(self, rules: Rules, *, limits: Limits | None = None) -> None:
        """Hold what the ontology says; raises LimitError as every change does, and is of no use after that."""
        self._limits = limits or Limits()
        self._start(Plan(rules, Terms()), (), ())
        self.add(rules.facts)
        self._start(self._plan, self._facts.layers, self._stated)

    def _start(self, plan: Plan, layers: tuple[Layer, ...], stated: tuple[set[Fact], ...]) -> None:
        self._plan = plan
        self._own = Layer(plan.type if len(layers) > 1 else None)
        self._facts = Facts((*layers, self._own))
        self._asserted: set[Fact] = set()
        self._restated: set[Fact] = set()
        self._stated = (*stated, self._asserted)
        self._forks: list[Closure] = []
        self._contradictions = Contradictions(plan, self._facts)
        self._lower = plan
        self._evaluator = Evaluator(plan, self._facts, self._contradictions, self._limits, plan)
        self._unsettled = False
        self._alike = bool(layers)

    def ground(self) -> Rules:
        """Return the rules with all that the ontology says, for further closures."""
        plan = self._plan
        below = (fact for layer in self._facts.layers[:-1] for fact in layer.facts())
        return replace(self.rules, facts=frozenset(plan.triple(fact) for fact in below if plan.is_said(fact)))

    @property
    def rules(self) -> Rules:
        """The rules in force: the ontology's, and those of axioms that the triples brought."""
        return self._plan.rules

    def fork(self) -> Closure:
        """Return an empty closure on top of this one, which sees this one's facts but does not change them."""
        child = Closure.__new__(Closure)
        child._limits = self._limits
        child._start(self._plan, self._facts.layers, self._stated)
        self._forks.append(child)
        return child

    # --- answers ------------------------------------------------------------------------------------------------

    def inferred(self) -> Iterator[Triple]:
        """Yield what follows in this layer and is asserted nowhere, noise left out."""
        plan = self._plan
        silent = {plan.terms.known(Iri(subject)) for subject in plan.rules.noise.subjects()}
        for predicate, table in self._own.items():
            link = plan.term(predicate)
            if predicate in plan.hidden or predicate & 1 or isinstance(link, Blank):
                continue
            single = plan.steps.get(predicate, predicate)
            noise = plan.rules.noise.about(link)
            for subject, value in table.pairs():
                if not subject & 1 and subject not in silent and (subject, single, value) not in self._asserted:
                    triple = plan.terms.triple((subject, predicate, value))
                    if not noise.patterns or not noise.covers(triple):
                        yield triple

    def asserted(self) -> Iterator[Triple]:
        """Yield what is asserted in this layer."""
        return map(self._plan.triple, self._asserted)

    def asserts(self, triple: Triple) -> bool:
        """Return whether a triple is asserted in this layer."""
        fact = self._known(triple)
        return fact is not None and self._plan.stored(fact) in self._asserted

    def shows(self, triple: Triple) -> bool:
        """Return whether a triple is asserted in this layer, or among what `inferred` yields."""
        plan, fact = self._plan, self._known(triple)
        if fact is None:
            return False
        if plan.stored(fact) in self._asserted:
            return True
        return self._own.holds(fact) and plan.is_said(fact) and not plan.rules.noise.covers(triple)

    def speaking(self, terms: Iterable[Term]) -> frozenset[Closure]:
        """Return those of the forks in which any of some terms is subject or object of a fact."""
        numbers = [it for it in map(self._plan.terms.known, terms) if it is not None]
        return frozenset(fork for fork in self._forks if fork._own.mentions(numbers))

    def watch(self) -> None:
        """Note from now on what comes and goes, for `touched`."""
        self._own.journal = {}
        self._restated.clear()

    def touched(self) -> frozenset[Triple]:
        """Return the triples of this layer that may hold no more or newly since it was last asked, or watched."""
        plan, journal = self._plan, self._own.journal or {}
        facts = {fact for fact, held in journal.items() if self._own.holds(fact) != held} | self._restated
        self.watch()
        said = {plan.shown(fact) for fact in facts}
        return frozenset(plan.terms.triple(fact) for fact in said if plan.is_said(fact))

    def why(self, triple: Triple) -> Proof | None:
        """Return a proof of a triple down to what is asserted, or None if it does not hold."""
        fact = self._known(triple)
        return None if fact is None else self._prover().proof(fact)

    def clashes(self, *, proven: bool = True) -> tuple[Clash, ...]:
        """Return the contradictions that this layer brings, each with its proof unless that is not wanted."""
        found = sorted(self._contradictions.within(self._own), key=lambda it: (it.rule, it.facts))
        return tuple(self._clash(it, proven=proven) for it in found)

    def _clash(self, found: Found, *, proven: bool) -> Clash:
        facts = tuple(fact for fact in found.facts if self._plan.shown(fact)[1] not in self._plan.hidden)
        triples = tuple(map(self._plan.triple, facts))
        if not proven:
            return Clash(found.rule, triples, ())
        axioms = tuple(Proof(axiom, ONTOLOGY) for axiom in found.axioms)
        proofs = tuple(filter(None, map(self._prover().proof, facts)))
        return Clash(found.rule, triples, (*axioms, *proofs))

    def _prover(self) -> Prover:
        return Prover(self._plan, self._facts, self._leaf)

    def _leaf(self, fact: Fact) -> str:
        """Return whether a fact is stated or of the ontology, as it is kept or as it is said."""
        forms = {fact, self._plan.stored(fact), self._plan.shown(fact)}
        for number, layer in enumerate(self._stated):
            if not forms.isdisjoint(layer):
                return STATED if number else ONTOLOGY
        return ""

    def _known(self, triple: Triple) -> Fact | None:
        subject, predicate, value = map(self._plan.terms.known, triple)
        return None if subject is None or predicate is None or value is None else (subject, predicate, value)

    # --- changes ------------------------------------------------------------------------------------------------

    def add(self, triples: Iterable[Triple]) -> None:
        """Assert triples; axioms among them make rules, so they come first."""
        triples = tuple(triples)
        if axioms := axioms_among(triples) - self.rules.axioms:
            self._assert(axioms)
        self._assert(triples)

    def _assert(self, triples: Iterable[Triple]) -> None:
        self._gain(self._take(map(self._plan.terms.fact, triples)))
        self._settle()

    def remove(self, triples: Iterable[Triple]) -> None:
        """Assert triples no more; those that still follow from others stay, as inferred."""
        facts = {self._plan.stored(self._plan.terms.fact(triple)) for triple in triples} & self._asserted
        self._asserted -= facts
        self._restate(facts)
        seeds = [fact for fact in facts if self._own.holds(fact)]
        lost = self._doubt(seeds)
        self._restore(lost)
        self._settle()

    def _take(self, facts: Iterable[Fact]) -> list[Fact]:
        """Assert facts, and return all that is new in this layer."""
        stored = [self._plan.stored(fact) for fact in facts]
        self._asserted.update(stored)
        self._restate(stored)
        return self._evaluator.run((*self._plan.givens, *stored))

    def _restate(self, facts: Iterable[Fact]) -> None:
        if self._own.journal is not None:
            self._restated.update(facts)

    def _gain(self, added: Sequence[Fact]) -> None:
        """Tell the forks what is new down here: they hold it no longer themselves, and draw their conclusions."""
        if not self._forks or not added:
            return
        spread = Spread.of(added, self._plan)
        for fork in self._forks:
            near = fork._concerned(spread)
            fresh = [fact for fact in near if not fork._own.holds(fact)]
            for fact in near:
                fork._own.drop(fact)
            new = fork._evaluator.meet(fresh) if fork._alike else fork._evaluator.run(fork._steps(fresh), fresh)
            fork._gain([*added, *new])

    def _doubt(self, seeds: Iterable[Fact], *, foreign: bool = False) -> list[tuple[Closure, list[Fact]]]:
        """Return, for this closure and each fork, all that may rest on the seeds; nothing is dropped yet."""
        seeds = tuple(seeds)
        taken = (*seeds, *filter(self._own.holds, self._steps(seeds)))
        found = list(self._evaluator.dependents(taken, self._asserted, foreign=foreign))
        doubts = [(self, found)]
        if self._forks and found:
            spread = Spread.of(found, self._plan)
            for fork in self._forks:
                doubts += fork._doubt(fork._concerned(spread), foreign=fork._alike)
        return doubts

    def _concerned(self, spread: Spread) -> Sequence[Fact]:
        """Return the facts of a change below that may matter here: near what is held here, or said here."""
        return spread.near(self._own, self._asserted) if self._alike else spread.facts

    def _restore(self, doubts: list[tuple[Closure, list[Fact]]]) -> None:
        """Drop what is in doubt, and put back what still holds, from the bottom upwards."""
        for closure, facts in doubts:
            for fact in facts:
                closure._own.drop(fact)
        for closure, facts in doubts:
            closure._rederive(facts)
            closure._contradictions.forget_lost()
            # an axiom in doubt may hold by a rule that it made itself, so its rules cannot vouch for it
            plan = closure._plan
            closure._unsettled |= not plan.axioms.isdisjoint(map(plan.shown, facts))

    def _rederive(self, facts: list[Fact]) -> None:
        """Put back what still holds; a path may do so by a step that was left out while another path led there.

        What follows from the layers below alone is held there, if their rules are the same.
        """
        prover = Prover(self._plan, self._facts)
        here = Facts((self._own,)) if self._alike else None
        for fact in facts:
            for form in {fact, self._plan.stored(fact)}:
                if not self._facts.holds(form) and (self._is_given(form) or prover.follows(form, here)):
                    self._evaluator.run((form,))

    def _is_given(self, fact: Fact) -> bool:
        """Return whether a fact is asserted, or a step that the layers below hold as an ordinary fact."""
        shown = self._plan.shown(fact)
        foreign = shown != fact and shown[1] not in self._lower.steps
        return fact in self._asserted or (foreign and Facts(self._facts.layers[:-1]).holds(shown))

    def _steps(self, below: Iterable[Fact]) -> list[Fact]:
        """Return the single steps that facts of the layers below are, where only the rules up here ask for steps."""
        here_alone = self._plan.steps.keys() - self._lower.steps.keys()
        return [self._plan.stored(fact) for fact in below if fact[1] in here_alone] if here_alone else []

    # --- axioms that come with the triples ----------------------------------------------------------------------

    def _settle(self, lower: Plan | None = None) -> None:
        """Make new rules and start again while axioms came or went, here and in forks; ``lower`` has those below."""
        again = self._unsettled or self._evaluator.new_axioms
        self._lower = lower or self._lower
        if again:
            old = self._plan
            asserted = [old.shown(fact) for fact in self._asserted]
            below = [fact for layer in self._facts.layers[:-1] for fact in layer.facts()]
            given = axioms = self._axioms((*asserted, *below))
            while self._unsettled or self._evaluator.new_axioms:
                self._start_again(self._planned(axioms, given, lower), asserted, below)
                self._alike = self._plan is lower
                axioms |= self._axioms(self._own.facts())
        for fork in self._forks:
            fork._unsettled |= again
            fork._settle(self._plan)

    def _planned(self, axioms: frozenset[Triple], given: frozenset[Triple], lower: Plan | None) -> Plan:
        """Return the plan for some axioms: that of the closure below, if it has the same."""
        every_kind = self._plan.every_kind or self._evaluator.literal_is_node
        if lower is not None and lower.rules.axioms == axioms and lower.every_kind == every_kind:
            return lower
        rules = compiled(self.rules.facts, axioms, self.rules.noise, given)
        return Plan(rules, self._plan.terms, every_kind=every_kind)

    def _axioms(self, facts: Iterable[Fact]) -> frozenset[Triple]:
        plan = self._plan
        return axioms_among(plan.triple(fact) for fact in facts if plan.is_said(fact))

    def _start_again(self, plan: Plan, asserted: list[Fact], below: list[Fact]) -> None:
        """Draw all conclusions anew by other rules."""
        self._plan = plan
        self._contradictions.clear(plan)
        self._evaluator = Evaluator(plan, self._facts, self._contradictions, self._limits, self._lower)
        self._own.clear()
        self._asserted.clear()
        self._unsettled = False
        self._evaluator.run(self._steps(below), below)
        self._take(asserted)
