"""SHACL-SPARQL: constraints and constraint components that the shapes' author writes as queries (sections 5 and 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.validate.forms import Constraint, PerValue, Reads, Select, Template
from kg.validate.fragments import Variables, no
from kg.validate.graph import ConstraintError, ShapesGraph
from kg.validate.groups import groups
from kg.validate.looks import looks, needs
from kg.validate.paths import sparql
from kg.validate.prebound import Body, ask_body, select_body
from kg.validate.shapes import Shape, messages, truth
from kg.validate.tokens import TextError, line_and_column
from kg.vocab import OWL, RDF, RDFS, SH, Blank, Iri, Literal, Node, Term, n3

_ALWAYS = {"rdf": str(RDF), "rdfs": str(RDFS), "owl": str(OWL)}
_RESERVED = frozenset({"this", "shapesGraph", "currentShape", "path", "PATH", "value"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a component: its property, and the variable named after the property's last part."""

    predicate: Iri
    name: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Component:
    """A component of the author's own, with its parameters."""

    node: Node
    parameters: tuple[Parameter, ...]


class Custom:
    """Makes the constraints that shapes state in SPARQL; ``data`` names the graph that holds the shapes, if any."""

    def __init__(self, graph: ShapesGraph, names: Variables, data: Iri | None = None) -> None:
        self._graph, self._names, self._data = graph, names, data
        self._components = tuple(self._read_components())
        self.texts: dict[tuple[Node, Iri], tuple[str, dict[str, str]]] = {}

    def constraints(self, shape: Shape) -> Iterator[Constraint]:
        """Yield a shape's SPARQL constraints, and those of components whose parameters it gives."""
        for node in self._graph.objects(shape.node, SH.sparql):
            if isinstance(node, Literal):
                raise self._graph.fault("sh:sparql has to be a node with sh:select", shape.node, SH.sparql)
            if not truth(self._graph, node, SH.deactivated):
                yield self._constraint(shape, node)
        for component in self._components:
            for values in self._arguments(shape, component):
                yield self._validator(shape, component, values)

    # --- section 5 ------------------------------------------------------------------------------------------------

    def _constraint(self, shape: Shape, node: Node) -> Constraint:
        body = self._select(shape, node, {})
        return Select(
            SH.SPARQLConstraintComponent,
            _query(body),
            "it has to pass a check of its own",
            _reads(body),
            constraint=node,
            messages=messages(self._graph, node),
            each=body.each,
        )

    def _select(self, shape: Shape, node: Node, arguments: Mapping[str, Term]) -> Body:
        return self._body(shape, node, SH.select, arguments)

    def _body(self, shape: Shape, node: Node, key: Iri, arguments: Mapping[str, Term]) -> Body:
        text, prefixes = self._text(node, key), self._prefixes(node)
        path = "" if shape.path is None else sparql(shape.path)
        constants = {**arguments, **self._surroundings(shape)}
        self.texts[node, key] = (text, prefixes)
        try:
            return (select_body if key == SH.select else ask_body)(text, prefixes, constants, path)
        except TextError as error:
            within = line_and_column(text, error.at)
            raise ConstraintError(self._graph.source, error.problem, node, key, within) from error

    def _surroundings(self, shape: Shape) -> dict[str, Term]:
        known: dict[str, Term] = {} if isinstance(shape.node, Blank) else {"currentShape": shape.node}
        return known if self._data is None else {**known, "shapesGraph": self._data}

    def _text(self, node: Node, key: Iri) -> str:
        value = self._graph.at_most_one(node, key)
        if not isinstance(value, Literal):
            raise self._graph.fault(f"{n3(key)} is wanted here, with the text of a query", node, key)
        return value.value

    def _prefixes(self, node: Node) -> dict[str, str]:
        known = dict(_ALWAYS)
        waiting = list(self._graph.objects(node, SH.prefixes))
        seen: set[Term] = set()
        while waiting:
            owner = waiting.pop()
            if owner in seen:
                continue
            seen.add(owner)
            waiting += self._graph.objects(owner, OWL.imports)
            for declared in self._graph.objects(owner, SH.declare):
                known |= self._declared(declared)
        return known

    def _declared(self, node: Term) -> dict[str, str]:
        prefix, namespace = self._graph.objects(node, SH.prefix), self._graph.objects(node, SH.namespace)
        if len(prefix) != 1 or len(namespace) != 1:
            raise self._graph.fault("a prefix declaration needs one sh:prefix and one sh:namespace", node)
        first, second = prefix[0], namespace[0]
        if not isinstance(first, Literal) or not isinstance(second, Literal):
            raise self._graph.fault("sh:prefix and sh:namespace have to be texts", node)
        return {first.value: second.value}

    # --- section 6 ------------------------------------------------------------------------------------------------

    def _read_components(self) -> Iterator[Component]:
        for node in self._graph.instances(SH.ConstraintComponent):
            if not node.startswith(str(SH)) and self._graph.objects(node, SH.parameter):
                yield Component(node, tuple(map(self._parameter, self._graph.objects(node, SH.parameter))))

    def _parameter(self, node: Term) -> Parameter:
        if isinstance(node, Literal):
            raise self._graph.fault(f"“{node.value}” is no parameter")
        predicate = self._graph.at_most_one(node, SH.path)
        if not isinstance(predicate, Iri):
            raise self._graph.fault("a parameter needs sh:path with an IRI", node, SH.path)
        name = predicate.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
        if name in _RESERVED or not name.replace("_", "a").isalnum():
            raise self._graph.fault(f"“{name}” cannot be the name of a parameter", node, SH.path)
        return Parameter(predicate, name, truth(self._graph, node, SH.optional))

    def _arguments(self, shape: Shape, component: Component) -> Iterator[dict[str, Term]]:
        """Yield the arguments of a component, once for each value where it has a single parameter (section 6.1)."""
        given = {item.name: self._graph.objects(shape.node, item.predicate) for item in component.parameters}
        if not all(item.optional or given[item.name] for item in component.parameters) or not any(given.values()):
            return
        if len(given) == 1:
            for name, values in given.items():
                yield from ({name: value} for value in values)
        else:
            yield {name: values[0] for name, values in given.items() if values}

    def _validator(self, shape: Shape, component: Component, arguments: dict[str, Term]) -> Constraint:
        for value in arguments.values():
            if isinstance(value, Blank):
                raise self._graph.fault(f"a blank node cannot be an argument of {component.node}", shape.node)
        own = SH.nodeValidator if shape.path is None else SH.propertyValidator
        chosen = (*self._graph.objects(component.node, own), *self._graph.objects(component.node, SH.validator))
        if not chosen or isinstance(chosen[0], Literal):
            raise self._graph.fault("this component has no validator that fits a shape which uses it", component.node)
        node = chosen[0]
        told = messages(self._graph, node) or messages(self._graph, component.node)
        if self._graph.objects(node, SH.select):
            return self._of_select(shape, component, arguments, node, told)
        return self._of_ask(shape, component, arguments, node, told)

    def _of_select(
        self, shape: Shape, component: Component, arguments: dict[str, Term], node: Node, told: tuple[Literal, ...]
    ) -> Constraint:
        body = self._select(shape, node, arguments)
        says, known = "it has to pass a check of its own", tuple(arguments.items())
        name = component.node
        return Select(Iri(name), _query(body), says, _reads(body), messages=told, known=known, each=body.each)

    def _of_ask(
        self, shape: Shape, component: Component, arguments: dict[str, Term], node: Node, told: tuple[Literal, ...]
    ) -> Constraint:
        body = self._body(shape, node, SH.ask, arguments)

        def fails(this: str, value: str) -> str:
            prefix = self._names.fresh()[1:]
            return no(f"EXISTS {body.text({'this': this, 'value': value}, '', prefix)}")

        # the reference engine shows no value of a property shape here, so neither is one shown
        return PerValue(
            Iri(component.node),
            fails,
            "it has to pass a check of its own",
            Reads(anything=True),
            shows_value=shape.path is None,
            messages=told,
            known=tuple(arguments.items()),
        )


def _query(body: Body) -> Template:
    return lambda this, bound, prefix: body.text({"this": this}, bound, prefix)


def _reads(body: Body) -> Reads:
    all_groups = groups(body.tokens)
    found = looks(body.tokens, all_groups)
    return Reads(anything=True) if found is None else Reads(focus=found, needs=needs(body.tokens, all_groups))
