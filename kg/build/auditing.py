"""The findings of a guide while it changes: those of each world, of the catalogue, and what cannot be true together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kg.build.checks import compiled, contradiction
from kg.iris import Names
from kg.reason import Closure
from kg.store.embedded import Embedded
from kg.validate import Difference, Finding, Kept, Reach, Residents
from kg.validate.fragments import constants
from kg.vocab import PH, Iri, Quad, Term, Triple


class Audit:
    """The findings on a store with gathered anchors, brought up to date after changes.

    ``closures`` are those of the worlds, by name, on top of that of the background; worlds may come and go.
    """

    def __init__(
        self, store: Embedded, shapes: Iterable[Triple], names: Names, base: Closure, closures: Mapping[Iri, Closure]
    ) -> None:
        self._store, self._names, self._base, self._closures = store, names, base, closures
        shapes = tuple(shapes)
        self._checks = compiled(shapes, PH.WorldGraph)
        self._reach = Reach(self._checks)
        self._residents = Residents(store, names, self._reach)
        self._worlds: dict[Iri, Kept] = {}
        self._clashes: dict[Iri, frozenset[Finding]] = {}
        self._counts: Counter[Finding] = Counter()
        default = (names.catalogue, names.background, names.links)
        self._catalogue = Kept(compiled(shapes, PH.Catalogue), store, default)
        self.told((*self._opened(closures), *self._contradictions(), Difference(tuple(self._catalogue.findings()))))

    def findings(self) -> frozenset[Finding]:
        """Return everything that is wrong."""
        return frozenset(self._counts)

    def told(self, differences: Iterable[Difference]) -> Difference:
        """Take in what changed in several places; return what is wrong now that was nowhere, and the contrary."""
        before: dict[Finding, bool] = {}
        for difference in differences:
            for findings, step in ((difference.new, 1), (difference.lost, -1)):
                for finding in dict.fromkeys(findings):
                    before.setdefault(finding, self._counts[finding] > 0)
                    self._counts[finding] += step
        now = {finding: self._counts[finding] > 0 for finding in before}
        for finding, there in now.items():
            if not there:
                del self._counts[finding]
        return Difference(
            tuple(it for it in before if now[it] and not before[it]),
            tuple(it for it in before if before[it] and not now[it]),
        )

    def of_catalogue(self, changed: Iterable[Quad]) -> Difference:
        """Return what changed in the findings on the catalogue."""
        return self._catalogue.update(changed)

    def of_worlds(self, graphs: Collection[Iri], changed: Sequence[Quad]) -> tuple[Difference, ...]:
        """Return what changed in the findings on each world, where the graphs named and these quads did."""
        background = [quad for quad in changed if quad.graph == self._names.background]
        self._residents.note(background)
        found = [*self._closed(graphs)]
        concerned, alike = self._concerned(graphs, background)
        found += [self._worlds[world].update(changed) for world in concerned]
        if alike:
            renewed = self._worlds[alike[0]].renewed(changed)
            found += [self._worlds[world].take(renewed) for world in alike]
        return (*found, *self._opened(graphs), *self._contradictions())

    # --- which worlds -------------------------------------------------------------------------------------------------

    def _concerned(self, graphs: Collection[Iri], background: Sequence[Quad]) -> tuple[list[Iri], list[Iri]]:
        """Return the worlds that a change concerns, and those that are all alike to it.

        A change of the background concerns a world that speaks of a node from which the change is seen, or where such
        a node exists or was found wrong. In all others only nodes that exist nowhere in particular can be judged
        anew, and in each of them alike.
        """
        own = [world for world in self._worlds if world in graphs]
        if self._reach.elsewhere:
            return list(self._worlds), []
        if not background:
            return own, []
        default = (self._names.background,)
        seen_from = self._reach.back(background, self._store, default)
        if seen_from is None:
            return list(self._worlds), []
        homes = self._residents.homes(seen_from)
        homeless = self._there(node for node in seen_from if not homes.get(node))
        ahead = self._reach.ahead(homeless, self._store, default) | seen_from
        speaking = self._base.speaking(ahead)
        before = {quad.object for quad in background if quad.predicate == PH.existsIn}
        at_home = {home for found in homes.values() for home in found} | before
        rest = [world for world in self._worlds if world not in own]
        concerned = [
            world
            for world in rest
            if world in at_home or self._worlds[world].finds(seen_from) or self._closures[world] in speaking
        ]
        alike = [world for world in rest if world not in concerned] if homeless else []
        return [*own, *concerned], alike

    def _there(self, nodes: Iterable[Term]) -> frozenset[Term]:
        """Return those of the nodes that the background still speaks of."""
        spoken = "FILTER(EXISTS { ?node ?p ?o } || EXISTS { ?s ?q ?node })"
        query = f"SELECT ?node {{ {constants('?node', nodes)} {spoken} }}"
        rows = self._store.select(query, (self._names.background,)).rows
        return frozenset(node for (node,) in rows if node is not None)

    # --- worlds that come and go --------------------------------------------------------------------------------------

    def _closed(self, graphs: Collection[Iri]) -> Iterator[Difference]:
        """Forget the worlds of which nothing is left, and yield what was found there."""
        for world in graphs:
            if world in self._worlds and not self._holds_any(world):
                yield Difference(lost=tuple(self._worlds.pop(world).findings()))

    def _opened(self, graphs: Iterable[Iri]) -> Iterator[Difference]:
        """Check the worlds that are new, and yield what is found there."""
        for world in graphs:
            if world in self._closures and world not in self._worlds and self._holds_any(world):
                default = (world, self._names.background)
                nodes = self._residents.of(world)
                self._worlds[world] = Kept(self._checks, self._store, default, world, nodes)
                yield Difference(tuple(self._worlds[world].findings()))

    def _holds_any(self, world: Iri) -> bool:
        return next(self._store.quads(world), None) is not None

    # --- what cannot be true together -------------------------------------------------------------------------------

    def _contradictions(self) -> Iterator[Difference]:
        for world, closure in self._closures.items():
            now = frozenset(contradiction(world, clash) for clash in closure.clashes(proven=False))
            before = self._clashes.get(world, frozenset())
            if now != before:
                self._clashes[world] = now
                yield Difference(tuple(now - before), tuple(before - now))
