"""From an ontology to rules: each axiom becomes the rules that it makes by OWL 2 RL, once, before any data are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from kg.reason.linear import linear, step, transitive
from kg.reason.lists import MEMBER, list_rules
from kg.reason.noise import Noise
from kg.reason.ontology import Ontology, is_axiom
from kg.reason.owl2rl import reflexive, templates
from kg.reason.redundant import SKIPPED, redundant
from kg.reason.rules import Rule, Template, Var
from kg.vocab import OWL, RDF, Iri, Term, Triple


@dataclass(frozen=True, slots=True)
class Rules:
    """An ontology as rules.

    ``facts`` is the ontology itself, what follows from it included; ``axioms`` those of its triples that made rules.
    ``steps`` maps a transitive property to the predicate of its single steps. ``read`` are the classes that a condition
    asks for: that a literal, or everything there is, belongs to another class is of no consequence.
    """

    rules: tuple[Rule, ...]
    facts: frozenset[Triple]
    axioms: frozenset[Triple]
    steps: dict[Iri, Iri]
    read: frozenset[Term]
    noise: Noise

    @property
    def hidden(self) -> frozenset[Iri]:
        """The predicates of the reasoner's own."""
        return frozenset((*self.steps.values(), MEMBER))


def compiled(
    facts: Collection[Triple],
    axioms: Iterable[Triple],
    noise: Noise,
    given: Collection[Triple] = frozenset(),
    *,
    stepwise: bool = True,
) -> Rules:
    """Return the rules that axioms make, as they stand: nothing is inferred among the axioms first.

    ``given`` are the axioms that somebody wrote, where the others follow from them. ``stepwise`` keeps the steps of
    transitive properties apart, as an evaluator needs it; a closure that somebody else made has no such steps.
    """
    ontology = Ontology(axioms, given)
    made = [*_made(templates(), ontology), *list_rules(ontology)]
    if any(atom.predicate == OWL.sameAs for rule in made if not rule.name.startswith("eq-") for atom in rule.body):
        made += _made(reflexive(), ontology)
    read = frozenset(atom.object for rule in made for atom in rule.body if atom.predicate == RDF.type)
    read |= frozenset(rule.head.subject for rule in made if rule.head and rule.head.predicate == MEMBER)
    wanted = [rule for rule in made if not _idle(rule, read)]
    paths = transitive(wanted) if stepwise else frozenset()
    return Rules(
        tuple(dict.fromkeys(linear(wanted, paths) if stepwise else wanted)),
        frozenset(facts),
        frozenset(ontology.all),
        {Iri(str(path)): step(path) for path in sorted(paths, key=str)},
        frozenset(term for term in read if not isinstance(term, Var)),
        noise,
    )


def axioms_among(triples: Iterable[Triple]) -> frozenset[Triple]:
    """Return the triples that make rules."""
    return frozenset(filter(is_axiom, triples))


def _made(table: Iterable[Template], ontology: Ontology) -> Iterator[Rule]:
    needless = redundant(ontology)
    for template in table:
        for values, said in ontology.matches(template.axioms):
            if template.name in SKIPPED and not needless.isdisjoint(said):
                continue
            rule = template.rule.bind(values, said)
            if all(left != right for left, right in rule.distinct):
                yield _settled(rule)


def _settled(rule: Rule) -> Rule:
    """Return the rule without inequalities that are settled: both sides are known, and differ."""
    open_pairs = tuple(pair for pair in rule.distinct if any(isinstance(side, Var) for side in pair))
    return replace(rule, distinct=open_pairs)


def _idle(rule: Rule, read: frozenset[object]) -> bool:
    """Return whether a rule says nothing new, or only that something is a thing, and nobody asks."""
    head = rule.head
    if head is None:
        return False
    everything = head.predicate == RDF.type and head.object == OWL.Thing and OWL.Thing not in read
    return head in rule.body or (everything and isinstance(head.subject, Var))
