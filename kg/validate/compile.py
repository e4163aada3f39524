"""From a shapes graph to checks: every target walked down to its constraints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.validate.check import Check, Guard
from kg.validate.checks import Checks, Group, Text
from kg.validate.custom import Custom
from kg.validate.forms import Constraint, NotCompiledError, PerFocus, PerValue, Reads, Rows, Select
from kg.validate.fragments import Variables, walk
from kg.validate.graph import ShapesGraph
from kg.validate.logic import Shapes
from kg.validate.looks import Look
from kg.validate.paths import Inverse, Path, Touch, chain, touches
from kg.validate.shapes import ClassTarget, Focus, Shape, target_touch, targeted
from kg.vocab import SH, Iri, Literal, Term, Triple

_HERE = (
    "\ue000"  # stands for the focus nodes while a query is put together; no SPARQL that is valid has it outside texts
)


def compile_shapes(triples: Iterable[Triple], source: str = "shapes", data: Iri | None = None) -> Checks:
    """Return what a shapes graph demands as checks for any store.

    ``data`` is the name of the graph in which the store holds the shapes too, for ``$shapesGraph``. Raises RdfError
    for shapes that are not well-formed, QueryError for queries that SHACL does not allow.
    """
    kept = tuple(triples)
    graph, names = ShapesGraph(kept, source), Variables()
    custom = Custom(graph, names, data)
    compiler = _Compiler(Shapes(graph, names, custom.constraints))
    roots = targeted(graph)
    compiler.shapes.refuse_circles(roots)
    checks: list[Check] = []
    groups: list[Group] = []
    refused: list[str] = []
    for root in roots:
        shape = compiler.shapes.shape(root)
        made = list(compiler.checks(shape, Focus(shape.targets)))
        numbered = [(len(checks) + number, it) for number, it in enumerate(it for it in made if isinstance(it, Check))]
        refused += [str(it) for it in made if not isinstance(it, Check)]
        groups.append(_group(compiler.shapes, shape, numbered))
        checks += [check for _, check in numbered]
    texts = (Text(*place, query, tuple(known.items())) for place, (query, known) in custom.texts.items())
    return Checks(tuple(checks), tuple(groups), tuple(_patterns(graph)), tuple(refused), kept, tuple(texts))


def _group(shapes: Shapes, shape: Shape, numbered: list[tuple[int, Check]]) -> Group:
    plain = [(number, check) for number, check in numbered if not check.select]
    direct = [(number, check) for number, check in plain if not check.focus.steps]
    guard = Guard(
        Focus(shape.targets),
        _guarded(shapes, shape) if plain else (),
        tuple(dict.fromkeys(touch for _, check in direct for touch in check.touches)),
        classes=any(check.classes for _, check in direct),
        anything=any(check.anything for _, check in direct),
    )
    return Group(
        guard,
        direct=tuple(number for number, _ in direct),
        below=tuple(number for number, check in plain if check.focus.steps),
        others=tuple(number for number, check in numbered if check.select),
    )


def _guarded(shapes: Shapes, shape: Shape) -> tuple[str, ...]:
    try:
        test = shapes.fails(shape, "?this")
    except NotCompiledError:  # told of already, by the check that it is about
        return ()
    return tuple(f"SELECT ?this {{ {_HERE} FILTER({test}) }}".split(_HERE))


def _patterns(graph: ShapesGraph) -> Iterator[tuple[str, str]]:
    for node, pattern in graph.pairs(SH.pattern):
        flags = graph.at_most_one(node, SH.flags)
        if isinstance(pattern, Literal):
            yield pattern.value, flags.value if isinstance(flags, Literal) else ""


class _Compiler:
    """Walks from a target down the property shapes, and turns each constraint into a query."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapes

    def checks(self, shape: Shape, focus: Focus) -> Iterator[Check | NotCompiledError]:
        """Yield the checks of a shape for some focus nodes, and of the property shapes below it."""
        if shape.deactivated:
            return
        for constraint in self.shapes.constraints(shape):
            try:
                yield self._check(shape, focus, constraint)
            except NotCompiledError as reason:
                yield reason
        below = focus if shape.path is None else Focus(focus.targets, (*focus.steps, shape.path))
        for inner in self.shapes.properties(shape):
            yield from self.checks(inner, below)

    def _check(self, shape: Shape, focus: Focus, constraint: Constraint) -> Check:
        own = constraint.messages if isinstance(constraint, PerValue | Select) else ()
        select = constraint if isinstance(constraint, Select) else None
        known = constraint.known if isinstance(constraint, PerValue | Select) else ()
        return Check(
            shape=shape,
            component=constraint.component,
            focus=focus,
            parts=tuple(self._query(shape, constraint).split(_HERE)),
            messages=(*own, *shape.messages) or (self._message(shape, constraint.says),),
            touches=tuple(dict.fromkeys(self._touches(shape, focus, constraint.reads))),
            constraint=select.constraint if select else None,
            known=known,
            shows=_shows(constraint),
            itself=select is not None and shape.path is None,
            select=select is not None,
            each=select is not None and select.each,
            classes=self._hierarchy(constraint.reads) or any(isinstance(item, ClassTarget) for item in focus.targets),
            anything=self._anything(constraint.reads),
            needs=constraint.reads.needs if select is not None and not select.each else (),
        )

    def _query(self, shape: Shape, constraint: Constraint) -> str:
        if isinstance(constraint, Select):
            return constraint.query("?this", _HERE, "")
        if isinstance(constraint, PerFocus):
            return f"SELECT ?this {{ {_HERE} FILTER({constraint.fails('?this')}) }}"
        if isinstance(constraint, Rows):
            columns = tuple(f"?{name}" for name in constraint.columns)
            return f"SELECT DISTINCT ?this {' '.join(columns)} {{ {constraint.pattern('?this', _HERE, columns)} }}"
        if shape.path is None:
            test = constraint.fails("?this", "?this")
            return f"SELECT ?this (?this AS ?value) {{ {_HERE} FILTER({test}) }}"
        values = walk("?this", shape.path, "?value", _HERE)
        return f"SELECT DISTINCT ?this ?value {{ {values} FILTER({constraint.fails('?this', '?value')}) }}"

    def _message(self, shape: Shape, says: str) -> Literal:
        if shape.path is None:
            return Literal(says[0].upper() + says[1:], language="en")
        return Literal(f"{self.shapes.named(shape)}: {says}", language="en")

    # --- what a check reads ---------------------------------------------------------------------------------------

    def _touches(self, shape: Shape, focus: Focus, found: Reads) -> Iterator[Touch | Look]:
        way = chain(*focus.steps)
        back = None if way is None else Inverse(way)
        for target in focus.targets:
            for touch in target_touch(target):
                yield _after(back, touch)
        if back is not None:
            yield from touches(back)
        yield from self._constraint_touches(shape, found)

    def _constraint_touches(self, shape: Shape, found: Reads) -> Iterator[Touch | Look]:
        if shape.path is not None:
            yield from touches(shape.path)
        yield from found.focus
        inner = (touch for node in found.shapes for touch in self._inside(node))
        for touch in (*found.values, *inner):
            yield _after(shape.path, touch)

    def _inside(self, node: Term) -> Iterator[Touch | Look]:
        """Yield where conformance to a shape reads triples, as seen from the node that is judged."""
        shape = self.shapes.shape(node)
        if shape.path is not None:
            yield from touches(shape.path)
        for constraint in self.shapes.constraints(shape):
            yield from self._constraint_touches(shape, constraint.reads)
        for inner in self.shapes.properties(shape):
            for touch in self._inside(inner.node):
                yield _after(shape.path, touch)

    def _hierarchy(self, found: Reads) -> bool:
        return found.classes or any(self._hierarchy(reads) for reads in self._below(found.shapes))

    def _anything(self, found: Reads) -> bool:
        return found.anything or any(self._anything(reads) for reads in self._below(found.shapes))

    def _below(self, nodes: Sequence[Term]) -> Iterator[Reads]:
        for node in nodes:
            shape = self.shapes.shape(node)
            for constraint in self.shapes.constraints(shape):
                yield constraint.reads
            yield from self._below([inner.node for inner in self.shapes.properties(shape)])


def _shows(constraint: Constraint) -> bool:
    if isinstance(constraint, PerFocus):
        return False
    if isinstance(constraint, PerValue):
        return constraint.shows_value
    return isinstance(constraint, Select) or "value" in constraint.columns


def _after(path: Path | None, touch: Touch | Look) -> Touch | Look:
    if isinstance(touch, Look):
        return touch.after(path)
    return Touch(chain(path, touch.route), touch.predicate, touch.backwards)
