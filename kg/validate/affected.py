"""Which focus nodes a change can affect: found by walking back from the changed quads.

A check reads triples at the end of routes from its focus node. When a triple changes, the focus nodes whose findings
can change are those from which a route leads to it. It is enough to look at the data after the change: where a route
was cut, the cut triple has changed itself, and the way from the focus node to the first cut still stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from kg.dataset import Store
from kg.validate.fragments import constants
from kg.validate.looks import THIS, Look, Way, way_text
from kg.validate.paths import Path, Touch, nullable, sparql
from kg.vocab import XSD, Blank, Iri, Literal, Quad, Term, n3

_AT = {"subject": 0, "predicate": 1, "object": 2, "graph": 3}
_SPELLED = re.compile("0|-?[1-9][0-9]*")


class NamelessError(ValueError):
    """A change leads to a node without a name, which no query can be asked about."""


@dataclass(slots=True)
class Scope:
    """What is to be asked again: focus nodes, and pairs of a focus node and a value; ``whole`` for everything."""

    nodes: set[Term] = field(default_factory=set)
    pairs: set[tuple[Term, Term]] = field(default_factory=set)
    whole: bool = False

    def __bool__(self) -> bool:
        return self.whole or bool(self.nodes or self.pairs)

    def foci(self) -> set[Term]:
        """Return all focus nodes, those of pairs among them."""
        return self.nodes | {node for node, _ in self.pairs}

    def covers(self, focus: Term, value: Term | None) -> bool:
        """Tell whether a finding on a focus node and a value is among what is asked again."""
        return self.whole or focus in self.nodes or (focus, value) in self.pairs


class Change:
    """Quads that were added or removed, by property; remembers which nodes lead where, for one update.

    ``default`` are the graphs that are the data; quads of others matter where a query names their graph.
    """

    def __init__(self, quads: Iterable[Quad], store: Store, default: Sequence[Iri]) -> None:
        self.quads = tuple(_as_kept(tuple(quads), store))
        self._store, self._default = store, tuple(default)
        self._ends: dict[tuple[Iri | None, bool], dict[Term, None]] = {}
        self._among: dict[tuple[str, Iri], list[Quad]] = {}
        self._matched: dict[tuple[object, ...], list[Quad]] = {}
        self._direct: dict[tuple[object, ...], frozenset[tuple[Term, ...]]] = {}
        self._nameless = any(isinstance(it.subject, Blank) or isinstance(it.object, Blank) for it in self.quads)
        self._sources: dict[tuple[Path, tuple[Term, ...]], tuple[Term, ...]] = {}
        self._followings: dict[str, tuple[tuple[Term, ...], ...]] = {}
        for quad in self.quads:
            self._among.setdefault(("?", quad.predicate), []).append(quad)
            if quad.graph in self._default:
                self._among.setdefault(("", quad.predicate), []).append(quad)
                for predicate in (None, quad.predicate):
                    self._ends.setdefault((predicate, False), {})[quad.subject] = None
                    self._ends.setdefault((predicate, True), {})[quad.object] = None

    def has(self, predicate: Iri) -> bool:
        """Tell whether a triple of the data with this property has changed."""
        return (predicate, False) in self._ends

    def subjects(self, predicate: Iri) -> Iterable[Term]:
        """Return the subjects of the changed triples of the data with this property."""
        return self._ends.get((predicate, False), ())

    def affected(self, touches: Iterable[Touch | Look]) -> Scope:
        """Return what a change can affect among what is read at some places."""
        scope = Scope()
        try:
            for touch in touches:
                if isinstance(touch, Look):
                    self._look(touch, scope)
                else:
                    scope.nodes.update(self._touch(touch))
        except NamelessError:
            scope.whole = True
        reached = chain(scope.nodes, chain.from_iterable(scope.pairs)) if self._nameless else ()
        scope.whole |= any(isinstance(node, Blank) for node in reached)
        return scope

    def _touch(self, touch: Touch) -> tuple[Term, ...]:
        """Return the nodes from which the near ends of changed triples are reached."""
        ends = tuple(self._ends.get((touch.predicate, touch.backwards), ()))
        if self._nameless and any(isinstance(end, Blank) for end in ends):
            raise NamelessError
        return ends if touch.route is None or not ends else self._led(touch.route, ends)

    def _led(self, route: Path, ends: tuple[Term, ...]) -> tuple[Term, ...]:
        key = (route, ends)
        if key not in self._sources:
            query = f"SELECT DISTINCT ?this {{ {constants('?end', ends)} ?this {sparql(route)} ?end }}"
            found = [term for (term,) in self._store.select(query, self._default).rows if term is not None]
            self._nameless |= any(isinstance(term, Blank) for term in found)
            self._sources[key] = (*found, *(ends if nullable(route) else ()))
        return self._sources[key]

    # --- what an author's query looks at --------------------------------------------------------------------------

    def _look(self, look: Look, scope: Scope) -> None:
        quads = self._matching(look)
        if quads and look.direct and look.route is None:
            _add(scope, look, self._read(look, quads))
        elif quads and not look.ways:
            scope.whole = True
        elif quads:
            # what has many values here leads to few nodes each, as a claim does; a world would lead to everything
            ends = [dict.fromkeys(quad[_AT[way.place]] for quad in quads) for way in look.ways]
            number = max(range(len(ends)), key=lambda it: len(ends[it]))
            asked = look.ways[number].name == THIS and look.route is None
            wanted = [end for end in ends[number] if not (asked and end in scope.nodes)]
            if wanted:
                _add(scope, look, self._followed(look, look.ways[number], tuple(wanted)))

    def _matching(self, look: Look) -> list[Quad]:
        key = _kind(look)
        if key not in self._matched:
            self._matched[key] = list(self._found(look))
        return self._matched[key]

    def _read(self, look: Look, quads: Iterable[Quad]) -> frozenset[tuple[Term, ...]]:
        """Return the focus nodes, with their values, that the quads themselves name."""
        key = (*_kind(look), look.direct)
        if key not in self._direct:
            places = [_AT[place] for place in look.direct]
            self._direct[key] = frozenset(tuple(quad[at] for at in places) for quad in quads)
        return self._direct[key]

    def _found(self, look: Look) -> Iterator[Quad]:
        graph = look.graph[:1].replace("<", "?")
        wanted = self._predicates(graph) if look.predicates is None else look.predicates
        only = Iri(look.graph[1:-1]) if look.graph.startswith("<") else None
        fixed = [(_AT[place], term) for place, term in look.fixed]
        for predicate in wanted - look.besides:
            for quad in self._among.get((graph, predicate), ()):
                if (only is None or quad.graph == only) and all(quad[at] == term for at, term in fixed):
                    yield quad

    def _predicates(self, graph: str) -> frozenset[Iri]:
        return frozenset(predicate for name, predicate in self._among if name == graph)

    def _followed(self, look: Look, way: Way, ends: tuple[Term, ...]) -> tuple[tuple[Term, ...], ...]:
        """Return the focus nodes, with their values where these are told, to which changed quads lead."""
        if self._nameless and any(isinstance(end, Blank) for end in ends):
            raise NamelessError
        this = THIS if look.route is None else "?_here"
        start, hops = way_text(way, this)
        route = "" if look.route is None else f"{THIS} {sparql(look.route)} {this} ."
        query = f"SELECT DISTINCT {' '.join(look.leads)} {{ {constants(start, ends)} {hops} {route} }}"
        if query not in self._followings:
            rows = self._store.select(query, self._default).rows
            bound = (tuple(term for term in row if term is not None) for row in rows)
            self._followings[query] = found = tuple(row for row in bound if len(row) == len(look.leads))
            self._nameless |= any(isinstance(term, Blank) for row in found for term in row)
        if look.route is not None and nullable(look.route):
            return (*self._followings[query], *self._followed(replace(look, route=None), way, ends))
        return self._followings[query]


def _kind(look: Look) -> tuple[object, ...]:
    """Return what looks for the same quads have in common."""
    return look.graph if look.graph.startswith("<") else look.graph[:1], look.predicates, look.fixed, look.besides


def _add(scope: Scope, look: Look, rows: Iterable[tuple[Term, ...]]) -> None:
    if len(look.leads) == 1:
        scope.nodes.update(row[0] for row in rows)
    else:
        scope.pairs.update((row[0], row[1]) for row in rows)


def _as_kept(quads: tuple[Quad, ...], store: Store) -> Iterator[Quad]:
    """Yield quads with their literals as the store spells them: it may keep 01 as 1, and en-GB as en-gb."""
    written = dict.fromkeys(it.object for it in quads if isinstance(it.object, Literal) and _respelled(it.object))
    if not written:
        yield from quads
        return
    query = f"SELECT ?number ?literal {{ VALUES (?number ?literal) {{ {_rows(written)} }} }}"
    kept = {
        int(number.value): literal
        for number, literal in store.select(query).rows
        if isinstance(number, Literal) and literal is not None
    }
    spelled = {literal: kept.get(number, literal) for number, literal in enumerate(written)}
    for it in quads:
        yield it._replace(object=spelled.get(it.object, it.object)) if isinstance(it.object, Literal) else it


def _respelled(literal: Literal) -> bool:
    """Tell whether a store may spell a literal in another way: it may, where it knows the datatype."""
    if literal.datatype == XSD.integer and _SPELLED.fullmatch(literal.value):
        return False
    return bool(literal.language) or (literal.datatype != XSD.string and literal.datatype.startswith(str(XSD)))


def _rows(literals: Iterable[Literal]) -> str:
    return " ".join(f"({number} {n3(literal)})" for number, literal in enumerate(literals))
