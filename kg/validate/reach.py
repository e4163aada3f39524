"""From which nodes the checks of shapes can see a changed triple: what need not be looked at in other worlds.

Worlds share their background. When it changes, a world can tell only where it speaks of a node from which a check finds
its way to the change, or where such a node exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.dataset import Store
from kg.validate.checks import Checks
from kg.validate.fragments import constants
from kg.validate.looks import Look, Way
from kg.validate.paths import Path, touches
from kg.validate.shapes import NodeTarget, PropertyTarget
from kg.vocab import RDFS, Blank, Iri, Quad, Term, n3


class Reach:
    """The places where checks read triples, and the properties along which they get there.

    ``valued`` are the properties whose values are focus nodes. ``by_name`` tells that every focus node is such a value
    or the subject of a triple, ``elsewhere`` that a check looks into graphs that are not its data.
    """

    def __init__(self, checks: Checks) -> None:
        self._subjects: set[Iri | None] = set()
        self._objects: set[Iri | None] = set()
        self._forwards: set[Iri] = set()
        self._backwards: set[Iri] = set()
        self._anywhere = any(check.anything for check in checks.checks)
        self.elsewhere = False
        for touch in {touch for check in checks.checks for touch in check.touches}:
            self._follow(touch.route)
            if isinstance(touch, Look):
                self._look(touch)
            else:
                (self._objects if touch.backwards else self._subjects).add(touch.predicate)
        targets = [target for check in checks.checks for target in check.focus.targets]
        steps = any(check.focus.steps for check in checks.checks)
        self.by_name = not steps and not any(isinstance(it, NodeTarget) for it in targets)
        self.valued = frozenset(
            target.predicate for target in targets if isinstance(target, PropertyTarget) and target.objects
        )

    def _follow(self, path: Path | None) -> None:
        for step in () if path is None else touches(path):
            if step.predicate is not None:
                (self._backwards if step.backwards else self._forwards).add(step.predicate)

    def _look(self, look: Look) -> None:
        self.elsewhere |= bool(look.graph)
        self._anywhere |= not (look.ways or look.direct)
        for predicate in (None,) if look.predicates is None else look.predicates:
            self._subjects.add(predicate)
            self._objects.add(predicate)
        for way in look.ways:
            self._hop(way)

    def _hop(self, way: Way) -> None:
        for hop in way.hops:
            self.elsewhere |= bool(hop.graph)
            self._anywhere |= hop.path is None and hop.among is None
            for predicate in hop.among or ():
                self._forwards.add(predicate)
                self._backwards.add(predicate)
            if hop.path is not None:
                for step in touches(hop.path):
                    if step.predicate is not None:
                        self._forwards.add(step.predicate)
                        self._backwards.add(step.predicate)

    def back(self, changed: Sequence[Quad], store: Store, graphs: Sequence[Iri]) -> frozenset[Term] | None:
        """Return the nodes from which a check may get to changed triples in these graphs; None where it may be any."""
        if self._anywhere or any(quad.predicate == RDFS.subClassOf for quad in changed):
            return None
        near = frozenset(self._near(changed))
        found = self._spread(near, store, graphs, self._backwards, self._forwards)
        return None if any(isinstance(node, Blank) for node in found) else found

    def ahead(self, nodes: frozenset[Term], store: Store, graphs: Sequence[Iri]) -> frozenset[Term]:
        """Return some nodes, and those to which a check may go on from them in these graphs."""
        return self._spread(nodes, store, graphs, self._forwards, self._backwards)

    def _near(self, changed: Iterable[Quad]) -> Iterator[Term]:
        for quad in changed:
            if not self._subjects.isdisjoint((None, quad.predicate)):
                yield quad.subject
            if not self._objects.isdisjoint((None, quad.predicate)):
                yield quad.object

    @staticmethod
    def _spread(
        nodes: frozenset[Term], store: Store, graphs: Sequence[Iri], out: set[Iri], into: set[Iri]
    ) -> frozenset[Term]:
        """Return some nodes and all that is found from them, step by step."""
        parts = [f"{{ ?node {'|'.join(sorted(map(n3, out)))} ?it }}"] if out else []
        parts += [f"{{ ?it {'|'.join(sorted(map(n3, into)))} ?node }}"] if into else []
        found, new = nodes, nodes
        while new and parts and not any(isinstance(node, Blank) for node in new):
            query = " UNION ".join(f"{{ {constants('?node', new)} {part} }}" for part in parts)
            rows = store.select(f"SELECT DISTINCT ?it {{ {query} }}", graphs).rows
            new = frozenset(term for (term,) in rows if term is not None) - found
            found |= new
        return found
