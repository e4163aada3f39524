"""Facts as integers, indexed both ways: what the evaluator that serves edits looks things up in.

A term is an even number if it can be a subject, an odd one if it is a literal. A layer holds tables by predicate; facts
are looked up in several layers at once, the lowest being shared by all worlds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeAlias

from kg.vocab import Literal, Term, Triple

Fact: TypeAlias = tuple[int, int, int]


class Terms:
    """Numbers for terms and back."""

    __slots__ = ("_literals", "_nodes", "_numbers")

    def __init__(self) -> None:
        self._numbers: dict[Term, int] = {}
        self._nodes: list[Term] = []
        self._literals: list[Literal] = []

    def number(self, term: Term) -> int:
        """Return the term's number, a new one if it has none."""
        number = self._numbers.get(term)
        if number is None:
            if isinstance(term, Literal):
                number = 2 * len(self._literals) + 1
                self._literals.append(term)
            else:
                number = 2 * len(self._nodes)
                self._nodes.append(term)
            self._numbers[term] = number
        return number

    def numbers(self, terms: Iterable[Term]) -> list[int]:
        """Return the numbers of many terms."""
        known, number = self._numbers.get, self.number
        return [known(term) or number(term) for term in terms]

    def known(self, term: Term) -> int | None:
        """Return the number of a term that has one."""
        return self._numbers.get(term)

    def term(self, number: int) -> Term:
        """Return the term that has this number."""
        return self._literals[number >> 1] if number & 1 else self._nodes[number >> 1]

    def literal(self, number: int) -> Literal:
        """Return the literal that has this odd number."""
        return self._literals[number >> 1]

    def literals(self) -> range:
        """Return the numbers of all literals."""
        return range(1, 2 * len(self._literals), 2)

    def fact(self, triple: Triple) -> Fact:
        """Return a triple's numbers."""
        subject, predicate, value = triple
        return self.number(subject), self.number(predicate), self.number(value)

    def triple(self, fact: Fact) -> Triple:
        """Return the triple of three numbers."""
        return Triple(*map(self.term, fact))  # type: ignore[arg-type]


Row: TypeAlias = dict[int, "set[int] | int"]


class Table:
    """The pairs of one predicate; pairs are found by object once somebody has asked that way."""

    __slots__ = ("_backward", "forward")

    def __init__(self) -> None:
        self.forward: Row = {}
        self._backward: Row | None = None

    def add(self, subject: int, value: int) -> None:
        """Hold a pair that is not held yet."""
        _put(self.forward, subject, value)
        if self._backward is not None:
            _put(self._backward, value, subject)

    def discard(self, subject: int, value: int) -> None:
        """Hold a pair no more."""
        _drop(self.forward, subject, value)
        if self._backward is not None:
            _drop(self._backward, value, subject)

    def has(self, subject: int, value: int) -> bool:
        """Return whether the pair is held."""
        found = self.forward.get(subject)
        return found == value if found is None or found.__class__ is int else value in found  # type: ignore[operator]

    def objects(self, subject: int) -> Iterable[int]:
        """Return what the subject is paired with."""
        return _values(self.forward.get(subject))

    def subjects(self, value: int) -> Iterable[int]:
        """Return what is paired with the object."""
        return _values(self.backward.get(value))

    @property
    def backward(self) -> Row:
        """The pairs by object."""
        if self._backward is None:
            self._backward = {}
            for subject, value in self.pairs():
                _put(self._backward, value, subject)
        return self._backward

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield all pairs."""
        for subject, found in self.forward.items():
            for value in _values(found):
                yield subject, value


def _put(row: Row, key: int, value: int) -> None:
    found = row.get(key)
    if found is None:
        row[key] = value
    elif isinstance(found, set):
        found.add(value)
    elif found != value:
        row[key] = {found, value}


def _drop(row: Row, key: int, value: int) -> None:
    found = row.get(key)
    if isinstance(found, set):
        found.discard(value)
        if not found:
            del row[key]
    elif found == value:
        del row[key]


def _values(found: set[int] | int | None) -> Iterable[int]:
    if found is None:
        return ()
    return found if isinstance(found, set) else (found,)


class Layer(dict[int, Table]):
    """Tables by predicate, of facts that are held together.

    With the number of rdf:type a layer counts which terms it mentions, the classes of rdf:type apart from the others.
    A ``journal``, where there is one, notes of each fact that comes or goes whether it was held at first.
    """

    __slots__ = ("_kinds", "_mentions", "_type", "journal")

    def __init__(self, type_: int | None = None) -> None:
        super().__init__()
        self._type = type_
        self.journal: dict[Fact, bool] | None = None
        self._mentions: dict[int, int] = {}
        self._kinds: dict[int, int] = {}

    def mentioned(self, things: frozenset[int], kinds: frozenset[int], links: frozenset[int]) -> set[int]:
        """Return which terms of other facts this layer mentions, their classes and predicates being less telling."""
        mentions = self._mentions.keys()
        nodes = things | kinds
        return {*(mentions & nodes), *(mentions & links), *(self._kinds.keys() & things), *(self.keys() & nodes)}

    def mentions(self, terms: Iterable[int]) -> bool:
        """Return whether any of some terms is subject or object of a fact."""
        return not self._mentions.keys().isdisjoint(terms) or not self._kinds.keys().isdisjoint(terms)

    def clear(self) -> None:
        """Hold nothing any more."""
        if self.journal is not None:
            for fact in self.facts():
                self.journal.setdefault(fact, True)
        super().clear()
        self._mentions.clear()
        self._kinds.clear()

    def insert(self, fact: Fact) -> None:
        """Hold a fact that is not held yet."""
        if self.journal is not None:
            self.journal.setdefault(fact, False)
        table = self.get(fact[1])
        if table is None:
            table = self[fact[1]] = Table()
        table.add(fact[0], fact[2])
        if self._type is not None:
            self._count(fact, 1)

    def drop(self, fact: Fact) -> None:
        """Hold a fact no more."""
        table = self.get(fact[1])
        if table is not None and table.has(fact[0], fact[2]):
            if self.journal is not None:
                self.journal.setdefault(fact, True)
            table.discard(fact[0], fact[2])
            if self._type is not None:
                self._count(fact, -1)

    def _count(self, fact: Fact, by: int) -> None:
        subject, predicate, value = fact
        for counts, term in (
            (self._mentions, subject),
            (self._kinds if predicate == self._type else self._mentions, value),
        ):
            number = counts.get(term, 0) + by
            if number:
                counts[term] = number
            else:
                del counts[term]

    def holds(self, fact: Fact) -> bool:
        """Return whether a fact is held."""
        table = self.get(fact[1])
        return table is not None and table.has(fact[0], fact[2])

    def facts(self) -> Iterator[Fact]:
        """Yield every fact."""
        for predicate, table in self.items():
            for subject, value in table.pairs():
                yield subject, predicate, value


class Lookup(Protocol):
    """Facts that rules are matched with: those of a closure, or those that a store holds already."""

    def holds(self, fact: Fact) -> bool:
        """Return whether a fact is held."""
        ...

    def objects(self, subject: int, predicate: int) -> Iterator[int]:
        """Yield the objects of a subject and a predicate."""
        ...

    def subjects(self, predicate: int, value: int) -> Iterator[int]:
        """Yield the subjects of a predicate and an object."""
        ...

    def pairs(self, predicate: int) -> Iterator[tuple[int, int]]:
        """Yield the subjects and objects of a predicate."""
        ...

    def some(self, subject: int, predicate: int, value: int) -> bool:
        """Return whether there is a fact of a predicate with this subject and this object; -1 is any."""
        ...

    def predicates(self) -> set[int]:
        """Return the predicates that may have facts."""
        ...


class Facts:
    """Several layers, looked up as one."""

    __slots__ = ("layers",)

    def __init__(self, layers: tuple[Layer, ...]) -> None:
        self.layers = layers

    def holds(self, fact: Fact) -> bool:
        """Return whether any layer holds a fact."""
        subject, predicate, value = fact
        for layer in self.layers:
            table = layer.get(predicate)
            if table is not None and table.has(subject, value):
                return True
        return False

    def objects(self, subject: int, predicate: int) -> Iterator[int]:
        """Yield the objects of a subject and a predicate."""
        for layer in self.layers:
            if (table := layer.get(predicate)) is not None:
                yield from tuple(table.objects(subject))

    def subjects(self, predicate: int, value: int) -> Iterator[int]:
        """Yield the subjects of a predicate and an object."""
        for layer in self.layers:
            if (table := layer.get(predicate)) is not None:
                yield from tuple(table.subjects(value))

    def pairs(self, predicate: int) -> Iterator[tuple[int, int]]:
        """Yield the subjects and objects of a predicate."""
        for layer in self.layers:
            if (table := layer.get(predicate)) is not None:
                yield from tuple(table.pairs())

    def some(self, subject: int, predicate: int, value: int) -> bool:
        """Return whether there is a fact of a predicate with this subject and this object; -1 is any."""
        for layer in self.layers:
            table = layer.get(predicate)
            if table is None or not table.forward:
                continue
            if subject < 0:
                if value < 0 or value in table.backward:
                    return True
            elif table.has(subject, value) if value >= 0 else subject in table.forward:
                return True
        return False

    def predicates(self) -> set[int]:
        """Return the predicates that have a table."""
        return {predicate for layer in self.layers for predicate in layer}
