"""Which nodes can be wrong in a world: so that a small world is checked without a walk through all that is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.dataset import Store
from kg.iris import Names
from kg.validate.fragments import constants
from kg.validate.reach import Reach
from kg.vocab import PH, Blank, Iri, Quad, Term, n3

_MANY = 5_000  # nodes of a world from which on it is faster to go over all data


class Residents:
    """The nodes of each world: those that exist in it or that it speaks of, and those that exist nowhere in particular.

    A guide of many series has many worlds, and its background speaks of the nodes of all.
    """

    def __init__(self, store: Store, names: Names, reach: Reach) -> None:
        self._store, self._background, self._reach = store, names.background, reach
        self._nowhere: dict[Term, None] = dict.fromkeys(self._homeless())

    def of(self, world: Iri) -> list[Term] | None:
        """Return the nodes that can be wrong in a world; None where they are many, or have no names."""
        query = f"SELECT ?node {{ ?node {n3(PH.existsIn)} {n3(world)} }}"
        found = self._nowhere | dict.fromkeys(self._listed(query))
        for quad in self._store.quads(world):
            found.update(dict.fromkeys(self._judged(quad)))
            if len(found) > _MANY:
                return None
        named = not any(isinstance(node, Blank) for node in found)
        return list(found) if named and self._reach.by_name else None

    def note(self, background: Iterable[Quad]) -> None:
        """Take in quads that came into the background."""
        nodes = dict.fromkeys(node for quad in background for node in self._judged(quad))
        homes = self.homes(nodes)
        self._nowhere.update(dict.fromkeys(node for node in nodes if node not in homes))

    def homes(self, nodes: Iterable[Term]) -> dict[Term, set[Term]]:
        """Return the worlds in which nodes exist; what exists nowhere in particular is left out."""
        query = f"SELECT ?node ?home {{ {constants('?node', nodes)} ?node {n3(PH.existsIn)} ?home }}"
        homes: dict[Term, set[Term]] = {}
        for node, home in self._store.select(query, (self._background,)).rows:
            if node is not None and home is not None:
                homes.setdefault(node, set()).add(home)
        return homes

    def _homeless(self) -> Iterator[Term]:
        nowhere = f"FILTER NOT EXISTS {{ ?node {n3(PH.existsIn)} ?home }}"
        yield from self._listed(f"SELECT DISTINCT ?node {{ ?node ?property ?value {nowhere} }}")
        for predicate in self._reach.valued:
            yield from self._listed(f"SELECT DISTINCT ?node {{ ?subject {n3(predicate)} ?node {nowhere} }}")

    def _judged(self, quad: Quad) -> Iterator[Term]:
        yield quad.subject
        if quad.predicate in self._reach.valued:
            yield quad.object

    def _listed(self, query: str) -> Iterator[Term]:
        rows = self._store.select(query, (self._background,)).rows
        return (node for (node,) in rows if node is not None)
