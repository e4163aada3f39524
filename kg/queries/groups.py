"""The groups of a query and what stands in them, element by element, as far as federation has to know.

>>> from kg.queries.tokens import tokens
>>> (where,) = groups(list(tokens("SELECT * { ?a ?b ?c OPTIONAL { ?c ?d ?e } FILTER(?e > 1) }")))
>>> [element.kind for element in where.elements]
['triples', 'OPTIONAL', 'FILTER']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.queries.tokens import CLOSING, OPENING, Token

_LEADING = ("FILTER", "OPTIONAL", "MINUS", "GRAPH", "SERVICE", "BIND", "VALUES")


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between two braces, from ``start`` to ``end``.

    Its ``role`` is ``where`` for that of a query or sub-select, ``exists`` for one in an expression, else nothing.
    """

    start: int
    end: int
    elements: tuple[Element, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a group: ``triples``, ``group`` (with its UNIONs), ``select``, or what its first keyword says."""

    kind: str
    start: int
    end: int
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: its group, and its number there."""

    group: Group
    number: int

    @property
    def element(self) -> Element:
        """The element itself."""
        return self.group.elements[self.number]


def groups(found: Sequence[Token]) -> tuple[Group, ...]:
    """Return the outermost groups of a query that is known to be SPARQL."""
    return _Reader(found).query(len(found))


def path_to(kind: str, among: Sequence[Group]) -> tuple[Place, ...]:
    """Return the places that lead to the first element of a kind, the outermost first; nothing where there is none."""
    for group in among:
        for number, element in enumerate(group.elements):
            if element.kind == kind:
                return (Place(group, number),)
            if inner := path_to(kind, element.groups):
                return (Place(group, number), *inner)
    return ()


class _Reader:
    """Walks over the tokens of a query."""

    def __init__(self, found: Sequence[Token]) -> None:
        self._tokens = found
        self._at = 0

    def query(self, stop: int) -> tuple[Group, ...]:
        """Read a query up to a token: its WHERE, and the groups of EXISTS in its expressions."""
        return tuple(self._groups_until(stop))

    def _groups_until(self, stop: int) -> Iterator[Group]:
        before = ""
        while self._at < stop:
            token = self._tokens[self._at]
            if token.kind == "sign" and token.text == "{":
                if before in ("CONSTRUCT", "VALUES"):
                    self._at = self._closing() + 1
                else:
                    yield self._group("exists" if before == "EXISTS" else "where")
                before = ""
                continue
            if token.says("CONSTRUCT", "VALUES", "WHERE", "EXISTS", "FROM"):
                before = token.text.upper()
            self._at += 1

    def _closing(self) -> int:
        """Return where the bracket that opens here is closed."""
        depth = 0
        for index in range(self._at, len(self._tokens)):
            token = self._tokens[index]
            if token.kind == "sign" and token.text:
                depth += (token.text in OPENING) - (token.text in CLOSING)
                if depth == 0:
                    return index
        return len(self._tokens) - 1

    def _group(self, role: str = "") -> Group:
        start, stop = self._tokens[self._at].start, self._closing()
        self._at += 1
        elements: list[Element] = []
        if self._tokens[self._at].says("SELECT"):
            first = self._tokens[self._at].start
            inner = tuple(self._groups_until(stop))
            elements.append(Element("select", first, self._tokens[stop].start, inner))
        while self._at < stop:
            if self._tokens[self._at].text in (".", ";"):
                self._at += 1
            else:
                elements.append(self._element(stop))
        self._at = stop + 1
        return Group(start, self._tokens[stop].end, tuple(elements), role)

    def _element(self, stop: int) -> Element:
        first = self._tokens[self._at]
        if first.says("FILTER", "BIND"):
            return self._made(first.text.upper(), first, tuple(self._expression(stop)))
        if first.says("VALUES", "SERVICE"):
            while self._tokens[self._at].text != "{":
                self._at += 1
            self._at = self._closing() + 1
            return self._made(first.text.upper(), first)
        if first.says(*_LEADING):
            while self._tokens[self._at].text != "{":
                self._at += 1
            return self._made(first.text.upper(), first, (self._group(),))
        if first.text == "{":
            return self._made("group", first, tuple(self._union()))
        self._skip_triples(stop)
        return self._made("triples", first)

    def _made(self, kind: str, first: Token, inner: tuple[Group, ...] = ()) -> Element:
        return Element(kind, first.start, self._tokens[self._at - 1].end, inner)

    def _expression(self, stop: int) -> Iterator[Group]:
        """Read FILTER or BIND: what is bracketed, a call, or EXISTS with its group."""
        self._at += 1
        while self._at < stop:
            token = self._tokens[self._at]
            if token.text == "{":
                yield self._group("exists")
                return
            if token.text == "(":
                end = self._closing()
                yield from self._groups_until(end)
                self._at = end + 1
                return
            self._at += 1

    def _union(self) -> Iterator[Group]:
        yield self._group()
        while self._at < len(self._tokens) and self._tokens[self._at].says("UNION"):
            self._at += 1
            yield self._group()

    def _skip_triples(self, stop: int) -> None:
        while self._at < stop:
            token = self._tokens[self._at]
            if token.text == "{" or token.says(*_LEADING):
                return
            self._at = self._closing() + 1 if token.text in ("(", "[") else self._at + 1
