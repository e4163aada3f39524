"""Rules made ready for running: terms are numbers, and each fact finds the rules that it sets off by look-up.

In an atom, a number from zero up is a term and one below zero a variable (-1 is the first). A rule with a single
condition whose variables stand apart is kept as a bare head, -1 its subject and -2 its object: most rules are such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from kg.reason.compiler import Rules
from kg.reason.facts import Fact, Terms
from kg.reason.literals import datatypes_of, known_datatype
from kg.reason.ontology import AXIOM_KINDS, AXIOM_PREDICATES
from kg.reason.rules import Atom, Rule, Slot, Var
from kg.vocab import OWL, RDF, Iri, Term, Triple

Atoms: TypeAlias = tuple[Fact, ...]
Plain: TypeAlias = tuple[Fact, Fact]  # a bare head, and the one condition that it needs


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One rule in numbers: ``needs`` are the predicates that its conditions name; it ``roams`` if one names none.

    ``order`` says in which order the other conditions are met when one is.
    """

    rule: Rule
    head: Fact | None
    body: Atoms
    distinct: tuple[tuple[int, int], ...]
    variables: int
    steps: bool
    needs: frozenset[int]
    roams: bool
    order: dict[int, Atoms] = field(default_factory=dict)

    def rest(self, position: int) -> Atoms:
        """Return the other conditions, those with the most known places first."""
        if position not in self.order:
            self.order[position] = tuple(_ordered(self.body, position, set()))
        return self.order[position]

    def backwards(self) -> Atoms:
        """Return all conditions, in the order that suits a known conclusion."""
        if -1 not in self.order:
            known = {slot for slot in self.head or () if slot < 0}
            self.order[-1] = tuple(_ordered(self.body, -1, known))
        return self.order[-1]


@dataclass(frozen=True, slots=True, eq=False)
class Trigger:
    """A rule, and which of its conditions a fact meets; ``guards`` are predicates that must have facts at all."""

    line: Line
    position: int
    guards: frozenset[int]


@dataclass(slots=True, eq=False)
class Dispatch:
    """What the facts of one predicate, or of one predicate and object, set off."""

    heads: tuple[Fact, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    values: dict[int, Dispatch] = field(default_factory=dict)
    axiomatic: bool = False


class Plan:
    """The rules of one ontology over one numbering of terms.

    ``every_kind``: literals are put into every class that they belong to, also those that no rule asks for. This is
    needed once a literal is said to be the same as a node, for then the node belongs to them too.
    """

    def __init__(self, rules: Rules, terms: Terms, *, every_kind: bool = False) -> None:
        self.every_kind = every_kind
        number = terms.number
        self.rules = rules
        self.terms = terms
        self.type = number(RDF.type)
        self.same = number(OWL.sameAs)
        self.steps = {number(path): number(single) for path, single in rules.steps.items()}
        self.paths = {single: path for path, single in self.steps.items()}
        self.hidden = frozenset(map(number, rules.hidden))
        self.unequal = self.hidden - set(self.paths) | {self.steps.get(self.same, -1), self.same, *self.steps}
        self.read = frozenset(map(number, rules.read))
        self.axioms = frozenset(map(terms.fact, rules.axioms))
        self.lines = tuple(self._line(rule) for rule in rules.rules)
        self.by_predicate: dict[int, Dispatch] = {}
        self.anywhere: tuple[Trigger, ...] = ()
        self.concluding: dict[tuple[int, int], list[Line]] = defaultdict(list)
        self._far: set[tuple[int, int]] = set()
        self._from_far: set[tuple[int, int]] = set()
        self._joining: dict[tuple[int, int], list[Line]] = defaultdict(list)
        self._plain: dict[tuple[int, int], list[Plain]] = defaultdict(list)
        self._kinds: dict[int, tuple[int, ...]] = {}
        self.givens = tuple(self.stored(line.head) for line in self.lines if line.head and not line.body)
        self._dispatch()

    # --- building -----------------------------------------------------------------------------------------------

    def _line(self, rule: Rule) -> Line:
        names: dict[Var, int] = {}

        def slot(term: Slot) -> int:
            if isinstance(term, Var):
                return names.setdefault(term, -len(names) - 1)
            return self.terms.number(term)

        def fact(atom: Atom) -> Fact:
            return slot(atom.subject), slot(atom.predicate), slot(atom.object)

        body = tuple(map(fact, rule.body))
        head = fact(rule.head) if rule.head is not None else None
        distinct = tuple((slot(left), slot(right)) for left, right in rule.distinct)
        needs = frozenset(atom[1] for atom in body if atom[1] >= 0)
        roams = any(atom[1] < 0 for atom in body)
        return Line(rule, head, body, distinct, len(names), rule.steps, needs, roams)

    def _dispatch(self) -> None:
        heads: dict[tuple[int, int], list[Fact]] = defaultdict(list)
        triggers: dict[tuple[int, int], list[Trigger]] = defaultdict(list)
        for line in self.lines:
            if line.head is not None:
                self.concluding[_key(line.head)].append(line)
            if (bare := _bare(line)) is not None:
                heads[_key(line.body[0])].append(bare)
                self._plain[_key(bare)].append((bare, line.body[0]))
                continue
            if line.head is not None:
                self._joining[_key(line.head)].append(line)
            self._note_reach(line)
            for position in range(1 if line.rule.once else len(line.body)):
                triggers[_key(line.body[position])].append(Trigger(line, position, _guards(line, position)))
        for key in {*heads, *triggers}:
            found = self._at(key)
            found.heads, found.triggers = tuple(dict.fromkeys(heads[key])), tuple(triggers[key])
        for fact in self._axiomatic():
            self._at(_key(fact)).axiomatic = True
        self.anywhere = tuple(triggers[-1, -1])
        self.by_predicate.pop(-1, None)

    def _note_reach(self, line: Line) -> None:
        if len(line.body) > 2 and not line.roams:
            self._far.update(map(_key, line.body))
        if line.head is not None and any(_variables(line.head).isdisjoint(_variables(atom)) for atom in line.body):
            self._from_far.add(_key(line.head))

    def _at(self, key: tuple[int, int]) -> Dispatch:
        predicate, value = key
        found = self.by_predicate.setdefault(predicate, Dispatch())
        return found if value < 0 else found.values.setdefault(value, Dispatch())

    def _axiomatic(self) -> Iterator[Fact]:
        for predicate in AXIOM_PREDICATES:
            yield -1, self.terms.number(predicate), -2
        for kind in AXIOM_KINDS:
            yield -1, self.type, self.terms.number(kind)

    # --- while running ------------------------------------------------------------------------------------------

    def stored(self, fact: Fact) -> Fact:
        """Return a fact as it is kept: one of a transitive property is a single step of it."""
        single = self.steps.get(fact[1])
        return fact if single is None else (fact[0], single, fact[2])

    def shown(self, fact: Fact) -> Fact:
        """Return a fact as it is said."""
        path = self.paths.get(fact[1])
        return fact if path is None else (fact[0], path, fact[2])

    def asks_datatypes(self) -> bool:
        """Return whether any rule asks if something is a literal of some datatype."""
        return self.every_kind or any(isinstance(kind, Iri) and known_datatype(kind) for kind in self.rules.read)

    def kinds(self, literal: int) -> tuple[int, ...]:
        """Return the datatypes of a literal that a rule asks for (dt-type2)."""
        found = self._kinds.get(literal)
        if found is None:
            numbers = map(self.terms.number, datatypes_of(self.terms.literal(literal)))
            found = tuple(number for number in numbers if self.every_kind or number in self.read)
            self._kinds[literal] = found
        return found

    def is_said(self, fact: Fact) -> bool:
        """Return whether a fact is a triple, and nothing of the reasoner's own or about a literal."""
        return not fact[0] & 1 and not fact[1] & 1 and fact[1] not in self.hidden

    def conclusions(self, fact: Fact) -> Iterator[Line]:
        """Yield the rules whose head a fact may be."""
        return (line for key in self._keys(fact) for line in self.concluding.get(key, ()))

    def joins(self, fact: Fact) -> Iterator[Line]:
        """Yield those of them that are not plain."""
        return (line for key in self._keys(fact) for line in self._joining.get(key, ()))

    def plain(self, fact: Fact) -> Iterator[Plain]:
        """Yield those of them that have one plain condition, as head and condition."""
        return (plain for key in self._keys(fact) for plain in self._plain.get(key, ()))

    def reaches_far(self, fact: Fact) -> bool:
        """Return whether a fact is a condition of a rule with three or more, whose others may not mention its terms."""
        return not self._far.isdisjoint(self._keys(fact))

    def comes_from_far(self, fact: Fact) -> bool:
        """Return whether a fact may follow by a rule with a condition that mentions none of its terms."""
        return not self._from_far.isdisjoint(self._keys(fact))

    @staticmethod
    def _keys(fact: Fact) -> tuple[tuple[int, int], ...]:
        return (fact[1], fact[2]), (fact[1], -1), (-1, -1)

    def triple(self, fact: Fact) -> Triple:
        """Return a fact in terms, as it is said."""
        return self.terms.triple(self.shown(fact))

    def term(self, number: int) -> Term:
        """Return the term of a number."""
        return self.terms.term(number)


def _key(fact: Fact) -> tuple[int, int]:
    _, predicate, value = fact
    return max(predicate, -1), (max(value, -1) if predicate >= 0 else -1)


def _variables(atom: Fact) -> set[int]:
    return {slot for slot in atom if slot < 0}


def _bare(line: Line) -> Fact | None:
    """Return the head of a rule with one plain condition, its variables as -1 for the subject, -2 for the object."""
    if line.head is None or len(line.body) != 1 or line.distinct or line.body[0][1] < 0:
        return None
    subject, _, value = line.body[0]
    if subject >= 0 or subject == value:
        return None
    places = {subject: -1, value: -2}
    return tuple(slot if slot >= 0 else places[slot] for slot in line.head)  # type: ignore[return-value]


def _guards(line: Line, position: int) -> frozenset[int]:
    return frozenset(atom[1] for at, atom in enumerate(line.body) if at != position and atom[1] >= 0)


def _ordered(body: Atoms, position: int, known: set[int]) -> Iterator[Fact]:
    waiting = [atom for at, atom in enumerate(body) if at != position]
    if position >= 0:
        known = {slot for slot in body[position] if slot < 0}
    while waiting:
        atom = max(waiting, key=lambda it: _known_places(it, known))
        waiting.remove(atom)
        known |= {slot for slot in atom if slot < 0}
        yield atom


def _known_places(atom: Fact, known: set[int]) -> tuple[int, bool]:
    subject, predicate, value = (slot >= 0 or slot in known for slot in atom)
    return 2 * (subject + value + predicate) - (value and not subject and atom[2] >= 0), predicate
