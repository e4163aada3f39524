"""SHACL Core, sections 4.6 and 4.7: shapes inside shapes, and when a node conforms to one.

A shape's conformance is one SPARQL expression: it looks from the node outwards, so its cost does not grow with the
graph. Shapes that lead back to themselves have no meaning in SHACL (section 3.4.3) and are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from kg.errors import LimitError
from kg.validate.components import Core
from kg.validate.forms import Constraint, NotCompiledError, PerFocus, PerValue, Reads, Rows, Select
from kg.validate.fragments import NEVER, Variables, at_least, both, either, exists, no, not_one, some
from kg.validate.graph import ShapeError, ShapesGraph
from kg.validate.paths import reads, touches
from kg.validate.shapes import Shape, read_shape, truth
from kg.vocab import RDF, RDFS, SH, Blank, Iri, Literal, Node, Term, n3

_DEPTH = 40
_NESTING = (SH.node, SH.property, SH["not"], SH.qualifiedValueShape)
_LISTS = (SH["and"], SH["or"], SH.xone)


class Shapes:
    """All shapes of a graph, with their constraints, read when they are first asked for."""

    def __init__(
        self,
        graph: ShapesGraph,
        names: Variables,
        custom: Callable[[Shape], Iterator[Constraint]],
    ) -> None:
        self.graph, self.names, self._custom = graph, names, custom
        self._shapes: dict[Node, Shape] = {}
        self._constraints: dict[Node, tuple[Constraint, ...]] = {}

    def shape(self, node: Term) -> Shape:
        """Return a shape. Raises RdfError for a literal, and for a shape that is not well-formed."""
        if isinstance(node, Literal):
            raise self._no_shape(node)
        if node not in self._shapes:
            self._shapes[node] = read_shape(self.graph, node)
        return self._shapes[node]

    def _no_shape(self, value: Literal) -> ShapeError:
        problem = f"“{value.value}” stands where a shape is wanted"
        for key in (*_NESTING, RDF.first):
            for owner in self.graph.having(key, value):
                return self.graph.fault(problem, owner, key)
        return self.graph.fault(problem)

    def constraints(self, shape: Shape) -> tuple[Constraint, ...]:
        """Return what a shape demands, apart from its property shapes."""
        if shape.node not in self._constraints:
            core = Core(self.graph, shape, self.names).constraints()
            self._constraints[shape.node] = (*core, *self._logical(shape), *self._custom(shape))
        return self._constraints[shape.node]

    def properties(self, shape: Shape) -> tuple[Shape, ...]:
        """Return the property shapes of a shape. Raises RdfError for one without a path."""
        inner = tuple(map(self.shape, self.graph.objects(shape.node, SH.property)))
        for other in inner:
            if other.path is None:
                raise self.graph.fault("this is used as a property shape, but has no sh:path", other.node)
        return inner

    def refuse_circles(self, roots: Sequence[Node]) -> None:
        """Raise RdfError where a shape is defined by itself, LimitError where shapes are nested too deeply."""
        done: set[Node] = set()
        for root in roots:
            self._visit(root, (), done)

    def _visit(self, node: Term, trail: tuple[Term, ...], done: set[Node]) -> None:
        if node in trail:
            circle = " → ".join(
                "a shape inside" if isinstance(it, Blank) else n3(it) for it in trail[trail.index(node) :]
            )
            problem = (
                f"a shape is defined by itself ({circle} → and so on); SHACL gives that no meaning, break the circle"
            )
            raise self.graph.fault(problem, node)
        if len(trail) > _DEPTH:
            raise LimitError(f"{self.graph.source}: shapes are nested more than {_DEPTH} deep at {node}; flatten them")
        if isinstance(node, Literal) or node in done:
            return
        for inner in self._inside(node):
            self._visit(inner, (*trail, node), done)
        done.add(node)

    def _inside(self, node: Node) -> Iterator[Term]:
        for key in _NESTING:
            yield from self.graph.objects(node, key)
        for key in _LISTS:
            for head in self.graph.objects(node, key):
                yield from self.graph.items(head)

    # --- conformance ----------------------------------------------------------------------------------------------

    def violates(self, node: Term, this: str) -> str:
        """Return an expression that is true where a variable's node does not conform to a shape."""
        shape = self.shape(node)
        return NEVER if shape.deactivated else either(self._failures(shape, this, queries=True))

    def fails(self, shape: Shape, this: str) -> str:
        """Return an expression that is true where a focus node has findings, those of SELECT constraints left out."""
        return either(self._failures(shape, this, queries=False))

    def _failures(self, shape: Shape, this: str, *, queries: bool) -> list[str]:
        if shape.deactivated:
            return []
        parts: list[str] = []
        tests: list[Callable[[str], str]] = [partial(self._inner, inner, queries) for inner in self.properties(shape)]
        for constraint in self.constraints(shape):
            if isinstance(constraint, PerValue):
                tests.append(partial(constraint.fails, this))
            elif queries or not isinstance(constraint, Select):
                parts.append(self._failure(shape, constraint, this))
        if not tests:
            return parts
        if shape.path is None:
            return [*parts, *(test(this) for test in tests)]
        # all tests of one value are made where the value has been found once
        return [*parts, some(this, shape.path, self.names, lambda value: either([test(value) for test in tests]))]

    def _inner(self, inner: Shape, queries: bool, value: str) -> str:  # noqa: FBT001 - partial gives it by place
        return either(self._failures(inner, value, queries=queries))

    def _failure(self, shape: Shape, constraint: PerFocus | Rows | Select, this: str) -> str:
        if isinstance(constraint, PerFocus):
            return constraint.fails(this)
        if isinstance(constraint, Rows):
            if constraint.fails is not None:
                return constraint.fails(this)
            return exists(constraint.pattern(this, "", tuple(self.names.fresh() for _ in constraint.columns)))
        if constraint.each:
            raise NotCompiledError(f"{shape.node}: a query with totals or LIMIT stands inside another shape")
        return exists(constraint.query(this, "", self.names.fresh()[1:]))

    # --- 4.6 and 4.7 ----------------------------------------------------------------------------------------------

    def _logical(self, shape: Shape) -> Iterator[Constraint]:
        for other in self.graph.objects(shape.node, SH.node):
            yield self._plain(SH.NodeConstraintComponent, other, self._nonconforming(other), "as %s describes")
        for other in self.graph.objects(shape.node, SH["not"]):
            yield self._plain(SH.NotConstraintComponent, other, self._conforming(other), "other than %s describes")
        for head in self.graph.objects(shape.node, SH["and"]):
            yield self._listed(SH.AndConstraintComponent, head, either, "all of")
        for head in self.graph.objects(shape.node, SH["or"]):
            yield self._listed(SH.OrConstraintComponent, head, both, "at least one of")
        for head in self.graph.objects(shape.node, SH.xone):
            yield self._listed(SH.XoneConstraintComponent, head, not_one, "exactly one of")
        for other in self.graph.objects(shape.node, SH.qualifiedValueShape):
            yield from self._qualified(shape, other)

    def _nonconforming(self, other: Term) -> Callable[[str, str], str]:
        return lambda _, value: self.violates(other, value)

    def _conforming(self, other: Term) -> Callable[[str, str], str]:
        return lambda _, value: no(self.violates(other, value))

    def _plain(self, component: Iri, other: Term, fails: Callable[[str, str], str], words: str) -> Constraint:
        return PerValue(component, fails, f"it has to be {words}" % self.label(other), Reads(shapes=(other,)))

    def _listed(self, component: Iri, head: Term, join: Callable[[Sequence[str]], str], words: str) -> Constraint:
        members = self.graph.items(head)

        def fails(_: str, value: str) -> str:
            return join([self.violates(member, value) for member in members])

        says = f"it has to be as {words} these describe: {', '.join(map(self.label, members))}"
        return PerValue(component, fails, says, Reads(shapes=members))

    def _qualified(self, shape: Shape, other: Term) -> Iterator[Constraint]:
        path = shape.path
        if path is None:
            return
        core = Core(self.graph, shape, self.names)
        least, most = core.number(SH.qualifiedMinCount), core.number(SH.qualifiedMaxCount)
        siblings = self._siblings(shape, other)
        looks = Reads(focus=tuple(touches(path)), shapes=(other, *siblings))

        def fits(value: str) -> str:
            return self._fits(other, siblings, value)

        def enough(this: str, wanted: int) -> str:
            return at_least(wanted, this, path, self.names, fits)

        if least:
            words = f"it needs {least} or more values as {self.label(other)} describes"
            fewer = SH.QualifiedMinCountConstraintComponent
            yield PerFocus(fewer, lambda this: no(enough(this, least)), words, looks)
        if most is not None:
            words = f"it may have {most} values at most as {self.label(other)} describes"
            more = SH.QualifiedMaxCountConstraintComponent
            yield PerFocus(more, lambda this: enough(this, most + 1), words, looks)

    def _fits(self, other: Term, siblings: Sequence[Term], value: str) -> str:
        return both([no(self.violates(other, value)), *(self.violates(sibling, value) for sibling in siblings)])

    def _siblings(self, shape: Shape, other: Term) -> tuple[Term, ...]:
        if not truth(self.graph, shape.node, SH.qualifiedValueShapesDisjoint):
            return ()
        beside = [
            sibling
            for parent in self.graph.having(SH.property, shape.node)
            for inner in self.graph.objects(parent, SH.property)
            if not isinstance(inner, Literal)
            for sibling in self.graph.objects(inner, SH.qualifiedValueShape)
            if sibling != other
        ]
        return tuple(dict.fromkeys(beside))

    def named(self, shape: Shape) -> str:
        """Return what a message calls the values of a property shape: its name, else its path."""
        for name in self.graph.objects(shape.node, SH.name):
            if isinstance(name, Literal):
                return name.value
        return reads(shape.path, _short) if shape.path is not None else self.label(shape.node)

    def label(self, node: Term) -> str:
        """Return what a message calls a shape: its name, else the end of its IRI."""
        for name in (*self.graph.objects(node, SH.name), *self.graph.objects(node, RDFS.label)):
            if isinstance(name, Literal):
                return f"“{name.value}”"
        if isinstance(node, Blank | Literal):
            return "the shape inside"
        return _short(node)


def _short(iri: str) -> str:
    return iri.rstrip("/#").rsplit("#", 1)[-1].rsplit("/", 1)[-1]
