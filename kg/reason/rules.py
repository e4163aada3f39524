"""Rules as records, and the notation that they are written in.

A rule says: where all of ``body`` holds, ``head`` holds; a rule without head is a contradiction. ``axioms`` are the
triples of the ontology that made it, so that a proof can show them. A term that begins with ``?`` is a variable.

>>> rule = read_rule("prp-dom  ?p rdfs:domain ?c | ?x ?p ?y => ?x a ?c")
>>> rule.name, [str(atom.object) for atom in rule.body], rule.head.object
('prp-dom', ['?y'], Var('?c'))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

from kg.vocab import PREFIXES, RDF, Iri, Term, Triple


class Var(str):
    """A variable of a rule, written with its question mark."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Var({str.__repr__(self)})"


Slot: TypeAlias = Term | Var


class Atom(NamedTuple):
    """A triple with variables."""

    subject: Slot
    predicate: Slot
    object: Slot

    def variables(self) -> Iterator[Var]:
        """Yield the variables, in order, as often as they occur."""
        return (slot for slot in self if isinstance(slot, Var))

    def bind(self, values: dict[Var, Term]) -> Atom:
        """Return the atom with the variables that have a value replaced by it."""
        return Atom(*(values.get(slot, slot) if isinstance(slot, Var) else slot for slot in self))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; ``distinct`` pairs must differ.

    ``once``: a twin of the rule covers each later condition, so that only the first one has to set it off.
    ``steps``: a variable predicate reads the single steps of transitive properties (``kg.reason.linear``).
    """

    name: str
    head: Atom | None
    body: tuple[Atom, ...]
    axioms: tuple[Triple, ...] = ()
    distinct: tuple[tuple[Slot, Slot], ...] = ()
    once: bool = False
    steps: bool = False

    def bind(self, values: dict[Var, Term], axioms: tuple[Triple, ...] = ()) -> Rule:
        """Return the rule with variables replaced, as made by these axioms."""
        head = None if self.head is None else self.head.bind(values)
        body = tuple(atom.bind(values) for atom in self.body)
        distinct = tuple((_bound(left, values), _bound(right, values)) for left, right in self.distinct)
        return replace(self, head=head, body=body, axioms=axioms or self.axioms, distinct=distinct)


def _bound(slot: Slot, values: dict[Var, Term]) -> Slot:
    return values.get(slot, slot) if isinstance(slot, Var) else slot


@dataclass(frozen=True, slots=True)
class Template:
    """A rule of a standard: what the ontology must say (``axioms``), and the rule that this makes."""

    name: str
    axioms: tuple[Atom, ...]
    body: tuple[Atom, ...]
    head: Atom | None
    distinct: tuple[tuple[Slot, Slot], ...]

    @property
    def rule(self) -> Rule:
        """The rule, its schema variables still open."""
        return Rule(self.name, self.head, self.body, (), self.distinct)


def read_rules(text: str) -> tuple[Template, ...]:
    """Return the rules of a table, one in each line that is not blank."""
    return tuple(read_rule(line) for line in text.splitlines() if line.strip())


def read_rule(line: str) -> Template:
    """Return one rule: a name, axioms, ``|``, conditions, ``=>``, and a conclusion or ``false``."""
    name, rest = line.split(maxsplit=1)
    given, conclusion = rest.split("=>")
    axioms, conditions = given.split("|")
    body, distinct = _conditions(conditions)
    head = None if conclusion.strip() == "false" else _atom(conclusion.split())
    schema, unlike = _conditions(axioms)
    return Template(name, schema, body, head, (*unlike, *distinct))


def _conditions(text: str) -> tuple[tuple[Atom, ...], tuple[tuple[Slot, Slot], ...]]:
    atoms, distinct = [], []
    for part in filter(None, (part.split() for part in text.split(" . "))):
        if part[1] == "!=":
            distinct.append((slot(part[0]), slot(part[2])))
        else:
            atoms.append(_atom(part))
    return tuple(atoms), tuple(distinct)


def _atom(words: list[str]) -> Atom:
    subject, predicate, value = map(slot, words)
    return Atom(subject, predicate, value)


def slot(word: str) -> Slot:
    """Return a variable (``?x``), ``a``, or a name with a known prefix."""
    if word.startswith("?"):
        return Var(word)
    if word == "a":
        return RDF.type
    prefix, _, local = word.partition(":")
    return Iri(PREFIXES[prefix] + local)
