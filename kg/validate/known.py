"""What is known of nodes before they are asked about: so that no shape is asked of nodes that it does not aim at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from kg.dataset import Store
from kg.validate.check import Check
from kg.validate.fragments import constants
from kg.validate.looks import Need
from kg.validate.shapes import ClassTarget, Focus, NodeTarget, PropertyTarget, Target
from kg.vocab import PH, RDF, RDFS, Blank, Iri, Term, n3


class Known:
    """The classes, the properties and, where a world is given, the homes of some nodes."""

    def __init__(
        self, nodes: Iterable[Term], checks: Sequence[Check], store: Store, default: Sequence[Iri], world: Iri | None
    ) -> None:
        self._store, self._default, self._world = store, default, world
        self._homes: dict[Term, set[Term]] = {}
        self._learn_homes(nodes)
        here = [node for node in nodes if self.at_home(node)]
        aims = {target for check in checks for target in check.focus.targets}
        needed = {need for check in checks for need in check.needs}
        kinds = self._instances(here) if any(isinstance(it, ClassTarget) for it in aims) else set()
        own = {it.predicate for it in aims if isinstance(it, PropertyTarget) and not it.objects}
        own = own.union(*(it.predicates for it in needed if not it.inside))
        has = self._pairs(here, f"?node ?it ?any FILTER(?it IN ({_listed(own, ', ')}))") if own else set()
        inside = {predicate for it in needed if it.inside for predicate in it.predicates}
        # a graph may be large: it is asked for each property, and not for all of its quads
        held = f"VALUES ?it {{ {_listed(inside, ' ')} }} FILTER EXISTS {{ GRAPH ?node {{ ?some ?it ?any }} }}"
        holds = self._pairs(here, held) if inside else set()
        self._here = frozenset(here)
        self._kinds, self._has, self._holds = _by_second(kinds), _by_second(has), _by_second(holds)

    def _instances(self, nodes: Sequence[Term]) -> set[tuple[Term, Term]]:
        own = self._pairs(nodes, f"?node {n3(RDF.type)} ?it")
        above: dict[Term, list[Term]] = {}
        for kind, higher in self._pairs(tuple({kind for _, kind in own}), f"?node {n3(RDFS.subClassOf)}+ ?it"):
            above.setdefault(kind, []).append(higher)
        return own | {(node, higher) for node, kind in own for higher in above.get(kind, ())}

    def _pairs(
        self, nodes: Sequence[Term], pattern: str, default: Sequence[Iri] | None = None
    ) -> set[tuple[Term, Term]]:
        named = [node for node in nodes if not isinstance(node, Blank)]
        if not named:
            return set()
        query = f"SELECT DISTINCT ?node ?it {{ {constants('?node', named)} {pattern} }}"
        rows = self._store.select(query, self._default if default is None else default).rows
        return {(node, it) for node, it in rows if node is not None and it is not None}

    def _learn_homes(self, nodes: Iterable[Term]) -> None:
        if self._world is not None:
            new = [node for node in nodes if node not in self._homes]
            self._homes |= {node: set() for node in new}
            background = [graph for graph in self._default if graph != self._world]
            for node, home in self._pairs(new, f"?node {n3(PH.existsIn)} ?it", background):
                self._homes[node].add(home)

    def at_home(self, node: Term) -> bool:
        """Tell whether a node exists in the world, or nowhere in particular; without a world, everything does."""
        if self._world is None:
            return True
        if node not in self._homes:
            self._learn_homes([node])
        homes = self._homes.get(node)
        return not homes or self._world in homes

    def meant(self, focus: Focus, nodes: AbstractSet[Term], needs: Sequence[Need] = ()) -> set[Term]:
        """Return those of the nodes that are focus nodes, exist in the world and have what failing needs."""
        here = set(nodes & self._here)
        for need in needs:
            held = self._holds if need.inside else self._has
            here &= set().union(*(held.get(it, ()) for it in need.predicates))
        found: set[Term] = set()
        for target in () if focus.steps or not here else focus.targets:
            found |= here & self._aimed_at(target)
        left = here - found if focus.steps or any(map(_of_objects, focus.targets)) else set()
        if left and not focus.steps:  # to ask what nothing leads to about many properties is dear
            left = self._nodes_of(f"{constants('?this', left)} FILTER EXISTS {{ ?any ?property ?this }}")
        if left:
            found |= self._nodes_of(f"{constants('?this', left)} {focus.among('?this')}")
        return found

    def _nodes_of(self, pattern: str) -> set[Term]:
        rows = self._store.select(f"SELECT ?this {{ {pattern} }}", self._default).rows
        return {node for (node,) in rows if node is not None}

    def _aimed_at(self, target: Target) -> AbstractSet[Term]:
        if isinstance(target, ClassTarget):
            return self._kinds.get(target.kind, frozenset())
        if isinstance(target, NodeTarget):
            return frozenset(target.nodes)
        return frozenset() if target.objects else self._has.get(target.predicate, frozenset())


def _by_second(pairs: Iterable[tuple[Term, Term]]) -> dict[Term, set[Term]]:
    found: dict[Term, set[Term]] = {}
    for node, it in pairs:
        found.setdefault(it, set()).add(node)
    return found


def _of_objects(target: Target) -> bool:
    return isinstance(target, PropertyTarget) and target.objects


def _listed(iris: Iterable[Iri], between: str) -> str:
    return between.join(sorted(map(n3, iris)))
