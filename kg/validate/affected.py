"""Which focus nodes a change can affect: found by walking back from the changed triples.

A check reads triples at the end of routes from its focus node. When a triple changes, the focus nodes whose findings
can change are those from which a route leads to it. It is enough to look at the data after the change: where a route
was cut, the cut triple has changed itself, and the way from the focus node to the first cut still stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.dataset import Store
from kg.validate.fragments import constants
from kg.validate.paths import Path, Touch, nullable, sparql
from kg.vocab import Blank, Iri, Literal, Term, Triple, n3


class Change:
    """Triples that were added or removed, by property; remembers which nodes lead where, for one update."""

    def __init__(self, triples: Iterable[Triple], store: Store) -> None:
        self.triples = tuple(_as_kept(tuple(triples), store))
        self._ends: dict[tuple[Iri | None, bool], dict[Term, None]] = {}
        self._sources: dict[tuple[Path, tuple[Term, ...]], tuple[Term, ...]] = {}
        for triple in self.triples:
            for predicate in (None, triple.predicate):
                self._ends.setdefault((predicate, False), {})[triple.subject] = None
                self._ends.setdefault((predicate, True), {})[triple.object] = None

    def has(self, predicate: Iri) -> bool:
        """Tell whether a triple with this property has changed."""
        return (predicate, False) in self._ends

    def near(self, touch: Touch) -> tuple[Term, ...]:
        """Return the near ends of the changed triples that are read at a place."""
        return tuple(self._ends.get((touch.predicate, touch.backwards), ()))

    def sources(self, route: Path, ends: tuple[Term, ...], store: Store, default: Sequence[Iri]) -> tuple[Term, ...]:
        """Return the nodes from which a route leads to one of the ends."""
        key = (route, ends)
        if key not in self._sources:
            query = f"SELECT DISTINCT ?this {{ {constants('?end', ends)} ?this {sparql(route)} ?end }}"
            found = [term for (term,) in store.select(query, default).rows if term is not None]
            self._sources[key] = (*found, *(ends if nullable(route) else ()))
        return self._sources[key]


def _as_kept(triples: tuple[Triple, ...], store: Store) -> Iterator[Triple]:
    """Yield triples with their literals as the store spells them: it may keep 01 as 1, and en-GB as en-gb."""
    written = dict.fromkeys(it.object for it in triples if isinstance(it.object, Literal))
    if not written:
        yield from triples
        return
    query = f"SELECT ?number ?literal {{ VALUES (?number ?literal) {{ {_rows(written)} }} }}"
    kept = {
        int(number.value): literal
        for number, literal in store.select(query).rows
        if isinstance(number, Literal) and literal is not None
    }
    spelled = {literal: kept.get(number, literal) for number, literal in enumerate(written)}
    for it in triples:
        yield it._replace(object=spelled.get(it.object, it.object)) if isinstance(it.object, Literal) else it


def _rows(literals: Iterable[Literal]) -> str:
    return " ".join(f"({number} {n3(literal)})" for number, literal in enumerate(literals))


def affected(touches: Iterable[Touch], change: Change, store: Store, default: Sequence[Iri]) -> tuple[Term, ...] | None:
    """Return the focus nodes that a change can affect; None where they have no names to ask for."""
    found: dict[Term, None] = {}
    for touch in touches:
        ends = change.near(touch)
        if any(isinstance(end, Blank) for end in ends):
            return None
        if ends:
            found.update(
                dict.fromkeys(ends if touch.route is None else change.sources(touch.route, ends, store, default))
            )
    return None if any(isinstance(node, Blank) for node in found) else tuple(found)
