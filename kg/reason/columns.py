"""The same rules on whole columns of integers: for large builds, with the extra ``[scale]``.

In each round every rule joins what is new with all that is known, as searches in sorted arrays, until nothing is new.
Rules with a single condition are followed to their end before the data are read (``kg.reason.shortcuts``), so most
conclusions are drawn in the first round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from kg.reason.closure import compile_rules
from kg.reason.compiler import Rules
from kg.reason.contradictions import Clash
from kg.reason.facts import Terms
from kg.reason.limits import Limits
from kg.reason.mismatches import noted
from kg.reason.ontology import AXIOM_KINDS, AXIOM_PREDICATES
from kg.reason.plan import Plan
from kg.reason.proof import ONTOLOGY, Proof
from kg.reason.relations import LOW, SHIFT, Column, Key
from kg.reason.rounds import Run, Table, remaining
from kg.vocab import RDF, Blank, Triple

MOST_CLASHES = 10_000
HOLDS = "holds"


class Bulk:
    """The closure of many triples at once; what it finds is what `kg.reason.Closure` finds."""

    def __init__(self, rules: Rules, triples: Iterable[Triple], *, limits: Limits | None = None) -> None:
        """Draw all conclusions. Raises LimitError as a closure does."""
        limits = limits or Limits()
        triples = triples if isinstance(triples, list | tuple) else tuple(triples)
        terms = Terms()
        facts = _columns(terms, triples), _columns(terms, tuple(rules.facts))
        given = tuple(np.concatenate(pair) for pair in zip(*facts, strict=True))
        rules = _with_axioms(rules, terms, given)
        self._run, self._given = _closed(rules, terms, given, limits, every_kind=False)
        while self._run.unsettled():
            rules = compile_rules(rules.facts | self._run.axioms(), rules.noise)
            every_kind = self._run.literal_is_node() or self._run.plan.every_kind
            self._run, self._given = _closed(rules, terms, given, limits, every_kind=every_kind)

    def __len__(self) -> int:
        """Count what was inferred, noise included."""
        return sum(len(pairs) for _, pairs in self._columns())

    def inferred(self) -> Iterator[Triple]:
        """Yield what follows and is neither asserted nor in the ontology, noise left out."""
        plan = self._run.plan
        noise, term = plan.rules.noise, plan.terms.term
        silent = noise.subjects()
        for (predicate, kind), pairs in self._columns():
            link = term(predicate)
            patterns = noise.about(link, term(kind) if kind >= 0 else None)
            subjects = pairs if kind >= 0 else pairs >> SHIFT
            values = np.full(len(pairs), kind) if kind >= 0 else pairs & LOW
            for subject, value in zip(subjects.tolist(), values.tolist(), strict=True):
                triple = Triple(term(subject), link, term(value))  # type: ignore[arg-type]
                if triple.subject not in silent and not (patterns.patterns and patterns.covers(triple)):
                    yield triple

    def clashes(self) -> tuple[Clash, ...]:
        """Return the contradictions; their proofs end in the facts that clash, which `kg.reason.Closure` can prove."""
        plan = self._run.plan
        clashes = []
        for found in noted(self._run, MOST_CLASHES).all():
            facts = (fact for fact in found.facts if plan.shown(fact)[1] not in plan.hidden)
            triples = tuple(map(plan.triple, facts))
            if not plan.rules.facts.issuperset(triples):
                axioms = tuple(Proof(axiom, ONTOLOGY) for axiom in found.axioms)
                clashes.append(Clash(found.rule, triples, (*axioms, *(Proof(triple, HOLDS) for triple in triples))))
        return tuple(sorted(clashes, key=lambda clash: (clash.rule, str(clash.triples))))

    def _columns(self) -> Iterator[tuple[Key, Column]]:
        plan = self._run.plan
        for key in list(self._run.relations.known):
            link = key[0]
            if link not in plan.hidden and not link & 1 and not isinstance(plan.term(link), Blank):
                pairs = remaining(self._run.relations, self._given, key)
                if len(pairs):
                    yield key, pairs


def _closed(
    rules: Rules, terms: Terms, given: tuple[Column, ...], limits: Limits, *, every_kind: bool
) -> tuple[Run, Table]:
    run = Run(Plan(rules, terms, every_kind=every_kind), limits.meter())
    table = run.keyed(given)
    run.close(table)
    return run, table


def _with_axioms(rules: Rules, terms: Terms, given: tuple[Column, ...]) -> Rules:
    """Return the rules with those that axioms among the data make."""
    subjects, predicates, values = given
    marks = [number for word in (*AXIOM_PREDICATES, RDF.type) if (number := terms.known(word)) is not None]
    rows = np.flatnonzero(np.isin(predicates, np.array(marks, np.uint64)))
    kinds = [number for word in AXIOM_KINDS if (number := terms.known(word)) is not None]
    plain = predicates[rows] == np.uint64(terms.number(RDF.type))
    rows = rows[~plain | np.isin(values[rows], np.array(kinds, np.uint64))]
    facts = zip(*(side[rows].tolist() for side in (subjects, predicates, values)), strict=True)
    axioms = frozenset(map(terms.triple, facts)) - rules.axioms
    return compile_rules(rules.facts | axioms, rules.noise) if axioms else rules


def _columns(terms: Terms, triples: Sequence[Triple]) -> tuple[Column, ...]:
    """Return triples as columns of numbers: subjects, predicates, objects."""
    sides = ([triple[side] for triple in triples] for side in range(3))
    return tuple(np.array(terms.numbers(side), np.uint64) for side in sides)
