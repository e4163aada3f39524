"""A guide that is kept in memory while its entries change: worlds with their closures, and all findings.

    editing = Editing(rules, shapes, names, quads)
    edited = editing.replace(before, after)
    edited.graphs[names.actual].added       # what holds in the actual world now that did not
    edited.findings.new                     # what is wrong now that was not

What a build writes is the same whether it was built at once or brought up to date entry by entry; only what a change
can reach is looked at, so the cost of an edit does not grow with the guide.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.build.auditing import Audit
from kg.build.stating import Stating
from kg.claims.claim import kept as canonical
from kg.iris import Names
from kg.reason import Closure, Rules
from kg.store.embedded import Embedded
from kg.validate import Difference, Finding, gathered
from kg.vocab import Iri, Literal, Quad, Triple


@dataclass(slots=True)
class Changed:
    """The triples that came into a graph, and those that left it."""

    added: set[Triple] = field(default_factory=set)
    removed: set[Triple] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Spent:
    """The seconds that an edit took: its triples and what follows from them, its worlds checked, its catalogue."""

    reasoning: float
    worlds: float
    catalogue: float


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit changed: the graphs of worlds and background, by name, and the findings."""

    graphs: Mapping[Iri, Changed]
    findings: Difference
    spent: Spent


class Editing:
    """The worlds and the findings of a guide, kept up to date.

    ``quads`` are what entries give, each as often as an entry gives it: claims, catalogue, anchors, background, links
    and the ontology, but no world's graph and nothing that is inferred. ``clock`` tells what an edit took.
    """

    def __init__(
        self,
        rules: Rules,
        shapes: Iterable[Triple],
        names: Names,
        quads: Iterable[Quad],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._names, self._spare, self._clock = names, Counter[Quad](), clock
        given = self._counted(quads)
        self.store = Embedded.memory(given)
        self._stating = Stating(names)
        stated = self._stating.change(added=given, removed=())
        self._base = Closure(rules)
        self._base.add(quad.triple for quad in given if quad.graph == names.background)
        self._forks: dict[Iri, Closure] = {}
        for world, (triples, _) in sorted(stated.items()):
            self._open(world).add(triples)
        self._write(self._all())
        for closure in (self._base, *self._forks.values()):
            closure.watch()
        self._audit = Audit(self.store, shapes, names, self._base, self._forks)

    def findings(self) -> frozenset[Finding]:
        """Return everything that is wrong."""
        return self._audit.findings()

    def replace(self, before: Iterable[Quad], after: Iterable[Quad]) -> Edited:
        """Put what an entry gives now in the place of what it gave; nothing before or after for a new or deleted one.

        The quads of several entries may be given at once. What other entries give as well stays.
        """
        begun = self._clock()
        graphs, changed = self._reason(*self._net(before, after))
        reasoned = self._clock()
        of_worlds = self._audit.of_worlds(graphs.keys(), changed)
        checked = self._clock()
        of_catalogue = self._audit.of_catalogue(changed)
        done = self._clock()
        spent = Spent(reasoned - begun, checked - reasoned, done - checked)
        return Edited(graphs, self._audit.told((*of_worlds, of_catalogue)), spent)

    # --- what entries give ----------------------------------------------------------------------------------------

    def _counted(self, quads: Iterable[Quad]) -> list[Quad]:
        found: dict[Quad, None] = {}
        for quad in self._plain(quads):
            if quad in found:
                self._spare[quad] += 1
            found[quad] = None
        return list(found)

    def _plain(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield quads as they are kept: literals as the store spells them, anchors and links in the catalogue."""
        for quad in gathered(quads, self._names):
            value = quad.object
            yield quad._replace(object=canonical(value)) if isinstance(value, Literal) else quad

    def _net(self, before: Iterable[Quad], after: Iterable[Quad]) -> tuple[list[Quad], list[Quad]]:
        """Return the quads that the guide gains and loses: those that no other entry gives."""
        old, new = (dict.fromkeys(self._plain(quads)) for quads in _apart(before, after))
        added: list[Quad] = []
        removed: list[Quad] = []
        for quad in old:
            if quad not in new:
                if self._spare.get(quad, 0) > 1:
                    self._spare[quad] -= 1
                elif quad in self._spare:
                    del self._spare[quad]
                else:
                    removed.append(quad)
        for quad in new:
            if quad not in old:
                if self._given(quad):
                    self._spare[quad] += 1
                else:
                    added.append(quad)
        return added, removed

    def _given(self, quad: Quad) -> bool:
        if quad.graph == self._names.background:
            return self._base.asserts(quad.triple)
        return self.store.holds(quad)

    # --- what follows ---------------------------------------------------------------------------------------------

    def _open(self, world: Iri) -> Closure:
        self._forks[world] = self._base.fork()
        return self._forks[world]

    def _reason(self, added: list[Quad], removed: list[Quad]) -> tuple[dict[Iri, Changed], list[Quad]]:
        """Bring the closures and the store up to date; return what changed in worlds, and every quad that did."""
        background = self._names.background
        self._base.remove([quad.triple for quad in removed if quad.graph == background])
        self._base.add([quad.triple for quad in added if quad.graph == background])
        for world, (come, gone) in self._stating.change(added=added, removed=removed).items():
            if world not in self._forks:
                self._open(world).watch()
            fork = self._forks[world]
            fork.remove(gone)
            fork.add(come)
        self.store.change(
            added=[quad for quad in added if quad.graph != background],
            removed=[quad for quad in removed if quad.graph != background],
        )
        graphs = self._write(self._touched())
        written = [Quad(*it, name) for name, graph in graphs.items() for it in (*graph.added, *graph.removed)]
        return graphs, [*(quad for quad in (*added, *removed) if quad.graph != background), *written]

    def _all(self) -> Iterator[tuple[Iri, Triple]]:
        """Yield all that may stand in the graphs of background and worlds."""
        yield from ((self._names.background, triple) for triple in self._base.inferred())
        for world, fork in self._forks.items():
            yield from ((world, triple) for triple in fork.inferred())
            yield from ((world, triple) for triple in fork.asserted())

    def _touched(self) -> Iterator[tuple[Iri, Triple]]:
        """Yield what may have come into the graphs of background and worlds, or left them."""
        for triple in self._base.touched():
            yield self._names.background, triple
            yield from ((world, triple) for world in self._stating.worlds(triple))
        for world, fork in self._forks.items():
            yield from ((world, triple) for triple in fork.touched())

    def _write(self, places: Iterable[tuple[Iri, Triple]]) -> dict[Iri, Changed]:
        """Write into the store what holds at some places, take out what does not, and return what that changed."""
        found: dict[Iri, Changed] = {}
        added: list[Quad] = []
        removed: list[Quad] = []
        for graph, triple in dict.fromkeys(places):
            quad = Quad(*triple, graph)
            holds, there = self._holds(graph, triple), self.store.holds(quad)
            if holds != there:
                (added if holds else removed).append(quad)
                change = found.setdefault(graph, Changed())
                (change.added if holds else change.removed).add(triple)
        self.store.change(added=added, removed=removed)
        return found

    def _holds(self, graph: Iri, triple: Triple) -> bool:
        """Tell whether a triple stands in a graph; what is known everywhere stands in the background alone."""
        everywhere = self._base.shows(triple)
        return everywhere if graph == self._names.background else not everywhere and self._forks[graph].shows(triple)


def _apart(before: Iterable[Quad], after: Iterable[Quad]) -> tuple[list[Quad], list[Quad]]:
    """Return both sides without what they share and what cannot be kept as one with anything that they do not.

    Most of an entry stays when it is edited, and looking at how each of its literals is kept would cost more than that.
    """
    old, new = dict.fromkeys(before), dict.fromkeys(after)
    near = {quad[:2] for quad in old.keys() ^ new.keys()}  # how a quad is kept changes its value and graph alone
    return [quad for quad in old if quad[:2] in near], [quad for quad in new if quad[:2] in near]
