"""Where the nodes of a Turtle document stand in its text, so that a finding about one can be shown there.

An RDF parser gives triples and forgets their places. This reader keeps the places and knows just enough of Turtle to
tell which node is whose value; nodes without a name are matched with the parser's by the way that leads to them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from kg.validate.tokens import Token, scan
from kg.vocab import RDF, Blank, Iri, Node, Term, Triple

_DEEPEST = 200
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(slots=True)
class Places:
    """Offsets by node, and by node and property; ``size`` is the length of the node's own sign."""

    nodes: dict[Node, tuple[int, int]] = field(default_factory=dict)
    properties: dict[tuple[Node, Iri], tuple[int, int]] = field(default_factory=dict)

    def find(self, node: Term, predicate: Iri | None = None) -> tuple[int, int] | None:
        """Return start and length of where a property of a node stands, else of the node, None where it does not."""
        if predicate is not None and (node, predicate) in self.properties:
            return self.properties[node, predicate]  # type: ignore[index]
        return self.nodes.get(node)  # type: ignore[arg-type]


def places(text: str, triples: Iterable[Triple], base: str = "") -> Places:
    """Return where the nodes of a Turtle document stand; ``triples`` are what a parser made of it, in its order.

    What cannot be followed is left out: a place is a help, never a condition.
    """
    reader = _Reader(text, base)
    try:
        reader.read()
    except (ValueError, RecursionError, LookupError):
        return Places()
    return _matched(reader, triples)


class _Reader:
    """Walks over the statements and notes where subjects, properties and nested nodes begin."""

    def __init__(self, text: str, base: str) -> None:
        self._tokens = list(scan(text))
        self._base = base
        self._next = 0
        self._prefixes: dict[str, str] = {}
        self._count = 0
        self.found = Places()
        self.values: dict[Node, dict[Iri, list[Blank]]] = defaultdict(lambda: defaultdict(list))

    def read(self) -> None:
        while self._next < len(self._tokens):
            if self._peek().upper.lstrip("@") in ("PREFIX", "BASE"):
                self._declaration()
            else:
                self._statement()

    def _peek(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _declaration(self) -> None:
        keyword = self._take()
        if keyword.upper.endswith("PREFIX"):
            prefix = self._take().text.removesuffix(":")
            self._prefixes[prefix] = self._full(self._take())
        else:
            self._base = self._full(self._take())
        if keyword.text.startswith("@"):
            self._take()

    def _statement(self) -> None:
        subject = self._node(0)
        if subject is not None and self._peek().text != ".":
            self._properties(subject, 0)
        if self._take().text != ".":
            raise KeyError

    def _properties(self, subject: Node, depth: int) -> None:
        while self._peek().text not in ".]":
            if self._peek().text == ";":
                self._take()
                continue
            token = self._peek()
            predicate = self._node(depth)
            if not isinstance(predicate, Iri):
                raise KeyError
            self.found.properties.setdefault((subject, predicate), (token.at, len(token.text)))
            self._objects(subject, predicate, depth)

    def _objects(self, subject: Node, predicate: Iri, depth: int) -> None:
        while True:
            value = self._node(depth)
            if isinstance(value, Blank):
                self.values[subject][predicate].append(value)
            if self._peek().text != ",":
                return
            self._take()

    def _node(self, depth: int) -> Node | None:
        """Read one node; None for a literal."""
        if depth > _DEEPEST:
            raise RecursionError
        token = self._take()
        if token.text == "[":
            return self._anonymous(token, depth)
        if token.text == "(":
            return self._list(token, depth)
        if token.kind == "blank":
            return self._noted(Blank(token.text), token)
        if token.kind == "text":
            self._literal()
            return None
        if token.kind == "number" or token.text in ("true", "false"):
            return None
        return self._noted(self._iri(token), token)

    def _literal(self) -> None:
        if self._peek().text.startswith("@"):
            self._take()
        elif self._peek().text == "^^":
            self._take()
            self._take()

    def _iri(self, token: Token) -> Iri:
        if token.text == "a" and token.kind == "word":
            return RDF.type
        if token.kind == "iri":
            return Iri(self._full(token))
        prefix, local = token.text.split(":", 1)
        return Iri(self._prefixes[prefix] + re.sub(r"\\(.)", r"\1", local))

    def _full(self, token: Token) -> str:
        iri = token.text[1:-1]
        if _SCHEME.match(iri) or not self._base:
            return iri
        return urljoin(self._base, iri) if iri else self._base.partition("#")[0]

    def _noted(self, node: Node, token: Token) -> Node:
        first = self._next == 1 or self._tokens[self._next - 2].text == "."
        if first or node not in self.found.nodes:
            self.found.nodes[node] = (token.at, len(token.text))
        return node

    def _fresh(self, token: Token) -> Blank:
        self._count += 1
        node = Blank(f"_:place {self._count}")  # no label that a document could write
        self.found.nodes[node] = (token.at, 1)
        return node

    def _anonymous(self, token: Token, depth: int) -> Blank:
        node = self._fresh(token)
        self._properties(node, depth + 1)
        self._take()
        return node

    def _list(self, token: Token, depth: int) -> Node:
        head: Node = RDF.nil
        before: Blank | None = None
        while self._peek().text != ")":
            cell = self._fresh(self._peek())
            if before is None:
                head = cell
            else:
                self.values[before][RDF.rest].append(cell)
            value = self._node(depth + 1)
            if isinstance(value, Blank):
                self.values[cell][RDF.first].append(value)
            before = cell
        self._take()
        return head


def _matched(reader: _Reader, triples: Iterable[Triple]) -> Places:
    """Return the places under the names that the parser gave to nodes without a name."""
    theirs: dict[tuple[Node, Iri], list[Blank]] = defaultdict(list)
    subjects: dict[Node, None] = {}
    for subject, predicate, obj in triples:
        subjects[subject] = None
        if isinstance(obj, Blank) and obj not in theirs[subject, predicate]:
            theirs[subject, predicate].append(obj)
    names: dict[Node, Node] = {}
    waiting = list(_pairs(subjects, theirs, reader))
    while waiting:
        own, name = waiting.pop()
        if own not in names:
            names[own] = name
            waiting += _below(own, name, reader, theirs)
    return Places(
        {names[node]: place for node, place in reader.found.nodes.items() if node in names},
        {(names[node], key): place for (node, key), place in reader.found.properties.items() if node in names},
    )


def _pairs(
    subjects: Iterable[Node], theirs: dict[tuple[Node, Iri], list[Blank]], reader: _Reader
) -> Iterator[tuple[Node, Node]]:
    """Yield nodes that are the same in both: those with a name, and those that no other leads to, in their order."""
    yield from ((node, node) for node in (*subjects, *reader.found.nodes) if isinstance(node, Iri))
    values = {value for found in theirs.values() for value in found}
    own = {value for by in reader.values.values() for found in by.values() for value in found}
    yield from zip(
        (node for node in reader.found.nodes if isinstance(node, Blank) and node not in own),
        (node for node in subjects if isinstance(node, Blank) and node not in values),
        strict=False,
    )


def _below(
    own: Node, name: Node, reader: _Reader, theirs: dict[tuple[Node, Iri], list[Blank]]
) -> Iterator[tuple[Node, Node]]:
    for predicate, values in reader.values.get(own, {}).items():
        yield from zip(dict.fromkeys(values), theirs.get((name, predicate), ()), strict=False)
