"""Which triples each world states, told from the quads of claims as they come and go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.iris import Names
from kg.vocab import FORCE, ONTOLOGY_GRAPH, PH, Iri, Quad, Term, Triple


@dataclass(slots=True)
class _Claim:
    """A claim's graph, and what the catalogue says of it."""

    statements: set[Triple] = field(default_factory=set)
    worlds: set[Term] = field(default_factory=set)
    forces: set[Term] = field(default_factory=set)

    def stated(self) -> Iterator[tuple[Iri, Triple]]:
        """Yield what the claim states, and where; nothing for one that is hedged, said or proposed."""
        if FORCE.stated in self.forces:
            yield from ((Iri(world), it) for world in self.worlds if isinstance(world, str) for it in self.statements)


class Stating:
    """The stated triples of every world, each counted as often as a claim states it."""

    def __init__(self, names: Names) -> None:
        self._catalogue = names.catalogue
        self._others = frozenset((names.catalogue, names.background, names.links, ONTOLOGY_GRAPH))
        self._stems = (names.iri("world", ""), names.anchors(""))
        self._claims: dict[Iri, _Claim] = {}
        self._counts: Counter[tuple[Iri, Triple]] = Counter()
        self._worlds: dict[Triple, set[Iri]] = {}

    def change(self, *, added: Iterable[Quad], removed: Iterable[Quad]) -> dict[Iri, tuple[set[Triple], set[Triple]]]:
        """Take in quads that came and went; return what each world states now that it did not, and the contrary."""
        touched: dict[Iri, _Claim] = {}
        before: Counter[tuple[Iri, Triple]] = Counter()
        for quads, coming in ((removed, False), (added, True)):
            for quad in quads:
                name = self._claim_of(quad)
                if name is not None:
                    if name not in touched:
                        touched[name] = self._claims.setdefault(name, _Claim())
                        before.update(touched[name].stated())
                    _note(touched[name], quad, self._catalogue, coming=coming)
        after = Counter(it for claim in touched.values() for it in claim.stated())
        for name, claim in touched.items():
            if not (claim.statements or claim.worlds or claim.forces):
                del self._claims[name]
        return self._balance(before, after)

    def worlds(self, triple: Triple) -> Iterable[Iri]:
        """Return the worlds that state a triple."""
        return self._worlds.get(triple, ())

    def _claim_of(self, quad: Quad) -> Iri | None:
        if quad.graph == self._catalogue:
            return Iri(quad.subject) if quad.predicate in (PH.assertedIn, PH.force) else None
        return None if quad.graph in self._others or quad.graph.startswith(self._stems) else quad.graph

    def _balance(
        self, before: Counter[tuple[Iri, Triple]], after: Counter[tuple[Iri, Triple]]
    ) -> dict[Iri, tuple[set[Triple], set[Triple]]]:
        found: dict[Iri, tuple[set[Triple], set[Triple]]] = {}
        for key in before | after:
            old = self._counts[key]
            new = self._counts[key] = old - before[key] + after[key]
            world, triple = key
            if bool(old) != bool(new):
                found.setdefault(world, (set(), set()))[0 if new else 1].add(triple)
                worlds = self._worlds.setdefault(triple, set())
                (worlds.add if new else worlds.discard)(world)
                if not worlds:
                    del self._worlds[triple]
            if not new:
                del self._counts[key]
        return found


def _note(claim: _Claim, quad: Quad, catalogue: Iri, *, coming: bool) -> None:
    if quad.graph != catalogue:
        (claim.statements.add if coming else claim.statements.discard)(quad.triple)
        return
    terms = claim.worlds if quad.predicate == PH.assertedIn else claim.forces
    (terms.add if coming else terms.discard)(quad.object)
