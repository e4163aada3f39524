"""Shapes as records: their path, targets, severity and messages, read from the shapes graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from kg.validate.fragments import Variables, among, constants, either, exists, instance, is_any, some, union
from kg.validate.graph import ShapesGraph
from kg.validate.paths import Path, Touch, inverse, nullable, read_path, sparql
from kg.vocab import RDF, SH, XSD, Blank, Iri, Literal, Node, Term, n3

_TARGETS = (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)


@dataclass(frozen=True, slots=True)
class NodeTarget:
    """These very nodes, whether the data knows them or not."""

    nodes: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class ClassTarget:
    """The instances of a class."""

    kind: Iri


@dataclass(frozen=True, slots=True)
class PropertyTarget:
    """The subjects of a property, or its objects."""

    predicate: Iri
    objects: bool


Target: TypeAlias = NodeTarget | ClassTarget | PropertyTarget


def binds(target: Target, variable: str, other: str) -> str:
    """Return the pattern that binds a variable to a target's focus nodes; ``other`` is one more variable to use."""
    if isinstance(target, NodeTarget):
        return constants(variable, target.nodes)
    if isinstance(target, ClassTarget):
        return instance(variable, target.kind)
    ends = (other, variable) if target.objects else (variable, other)
    return f"{ends[0]} {n3(target.predicate)} {ends[1]} ."


def target_touch(target: Target) -> Iterator[Touch]:
    """Yield where a target reads triples, as seen from the focus node."""
    if isinstance(target, ClassTarget):
        yield Touch(None, RDF.type)
    elif isinstance(target, PropertyTarget):
        yield Touch(None, target.predicate, target.objects)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape without its constraints; a node shape has no path."""

    node: Node
    path: Path | None
    targets: tuple[Target, ...]
    severity: Iri
    messages: tuple[Literal, ...]
    deactivated: bool


def read_shape(graph: ShapesGraph, node: Node) -> Shape:
    """Return the shape that a node of the shapes graph describes. Raises RdfError where it is not well-formed."""
    path = graph.at_most_one(node, SH.path)
    severity = graph.at_most_one(node, SH.severity)
    if severity is not None and not isinstance(severity, Iri):
        raise graph.fault("sh:severity has to be an IRI, such as sh:Warning", node, SH.severity)
    return Shape(
        node=node,
        path=None if path is None else read_path(graph, path),
        targets=tuple(_targets(graph, node)),
        severity=severity or SH.Violation,
        messages=messages(graph, node),
        deactivated=truth(graph, node, SH.deactivated),
    )


def messages(graph: ShapesGraph, node: Node) -> tuple[Literal, ...]:
    """Return the messages that are given at a node."""
    return tuple(value for value in graph.objects(node, SH.message) if isinstance(value, Literal))


def truth(graph: ShapesGraph, node: Node, predicate: Iri) -> bool:
    """Tell whether a property is ``true``, in that spelling (SHACL, section 4.4.5). Raises RdfError for no boolean."""
    value = graph.at_most_one(node, predicate)
    if value is None:
        return False
    if not isinstance(value, Literal) or value.datatype != XSD.boolean:
        raise graph.fault(f"{n3(predicate)} has to be true or false", node, predicate)
    return value.value == "true"


def _targets(graph: ShapesGraph, node: Node) -> Iterator[Target]:
    nodes = graph.objects(node, SH.targetNode)
    if nodes:
        yield NodeTarget(nodes)
    kinds = graph.objects(node, SH.targetClass)
    for kind in (*kinds, *([node] if graph.is_class(node) and node not in kinds else [])):
        yield ClassTarget(_iri(graph, node, kind))
    for value in graph.objects(node, SH.targetSubjectsOf):
        yield PropertyTarget(_iri(graph, node, value), objects=False)
    for value in graph.objects(node, SH.targetObjectsOf):
        yield PropertyTarget(_iri(graph, node, value), objects=True)


def _iri(graph: ShapesGraph, node: Node, value: Term) -> Iri:
    if not isinstance(value, Iri):
        raise graph.fault(f"a target has to be an IRI, not {n3(value)}", node)
    return value


def targeted(graph: ShapesGraph) -> tuple[Node, ...]:
    """Return the shapes that have targets of their own, in the order in which the shapes graph gives them."""
    declared = graph.instances(SH.NodeShape) | graph.instances(SH.PropertyShape)
    return tuple(
        node
        for node in graph.subjects()
        if any(graph.objects(node, key) for key in _TARGETS) or (node in declared and graph.is_class(node))
    )


@dataclass(frozen=True, slots=True)
class Focus:
    """Where focus nodes come from: targets, and then paths from them, one for each property shape on the way."""

    targets: tuple[Target, ...]
    steps: tuple[Path, ...] = ()

    def text(self, variable: str, only: tuple[Term, ...] | None = None) -> str:
        """Return a pattern that binds a variable to the focus nodes, or to ``only`` some that are known to be such.

        Each focus node comes once; nothing but the variable leaves the pattern.
        """
        if only is not None:
            return constants(variable, only)
        return f"{{ SELECT DISTINCT {variable} {{ {union(self._patterns(self._trail(variable)))} }} }}"

    def loose(self, variable: str, only: tuple[Term, ...] | None = None) -> str:
        """Return a pattern for focus nodes like `text`, but cheaper: it may give a node more than once."""
        if only is not None or self.steps or len(self.targets) != 1 or not isinstance(self.targets[0], ClassTarget):
            return self.text(variable, only)
        return self._patterns([variable])[0]

    def among(self, variable: str) -> str:
        """Return a filter for focus nodes: each node is asked for itself, which costs the same at any size."""
        return f"FILTER({self._reached(variable, len(self.steps))})"

    def ways(self, variable: str, only: tuple[Term, ...]) -> str:
        """Return a query for the number of ways that lead to each focus node.

        A node that is a value of two focus nodes is judged twice, and reported twice (SHACL, section 4.7.2). Nodes
        without a name cannot be asked for: with one among ``only``, the query asks about all.
        """
        trail = self._trail(variable)
        chosen = "" if any(isinstance(node, Blank) for node in only) else constants(variable, only)
        inside = f"SELECT DISTINCT {' '.join(trail)} {{ {union(self._patterns(trail))} }}"
        return f"SELECT {variable} (COUNT(*) AS ?ways) {{ {chosen} {{ {inside} }} }} GROUP BY {variable}"

    def _reached(self, variable: str, steps: int) -> str:
        if not steps:
            return self._aimed(variable)
        back = inverse(self.steps[steps - 1])
        return some(variable, back, Variables(f"back{steps}"), lambda start: self._reached(start, steps - 1))

    def _aimed(self, variable: str) -> str:
        kinds = [target.kind for target in self.targets if isinstance(target, ClassTarget)]
        tests = [is_any(variable, kinds, Variables("kind"))] if kinds else []
        for number, target in enumerate(self.targets):
            if isinstance(target, NodeTarget):
                tests.append(among(variable, target.nodes, Variables(f"node{number}")))
            elif isinstance(target, PropertyTarget):
                tests.append(exists(binds(target, variable, f"?_other{number}")))
        return either(tests)

    def _trail(self, variable: str) -> list[str]:
        return [*(f"?_at{index}" for index in range(len(self.steps))), variable]

    def _patterns(self, trail: list[str]) -> list[str]:
        found = [binds(target, trail[0], f"{trail[0]}o") for target in self.targets]
        for start, step, end in zip(trail, self.steps, trail[1:], strict=False):
            further = [f"{pattern} {start} {sparql(step)} {end} ." for pattern in found]
            same = [f"{pattern} BIND({start} AS {end})" for pattern in found] if nullable(step) else []
            found = further + same
        return found
