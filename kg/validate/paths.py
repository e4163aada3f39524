"""Property paths: read from the shapes graph, written as SPARQL and as RDF, and composed.

>>> sparql(Sequence((Inverse(Step(Iri("urn:p"))), Repeat(Step(Iri("urn:q")), "*"))))
'^<urn:p>/<urn:q>*'
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal as Choice
from typing import TypeAlias

from kg.validate.graph import ShapesGraph
from kg.vocab import RDF, SH, Blank, Iri, Node, Term, Triple, n3

_REPEATS: dict[Iri, Choice["*", "+", "?"]] = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}
_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Step:
    """One property, from subject to object."""

    predicate: Iri


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path walked backwards."""

    inner: Path


@dataclass(frozen=True, slots=True)
class Sequence:
    """Paths walked one after the other."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any of several paths."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A path walked any number of times (``*``), at least once (``+``) or at most once (``?``)."""

    inner: Path
    times: Choice["*", "+", "?"]


Path: TypeAlias = Step | Inverse | Sequence | Alternative | Repeat


def read_path(graph: ShapesGraph, node: Term, depth: int = 0) -> Path:
    """Return the path that a node of the shapes graph describes. Raises RdfError for what is no path."""
    if depth > _DEPTH:
        raise graph.fault(f"this path is nested more than {_DEPTH} deep, or contains itself", node)
    if isinstance(node, Iri):
        return Step(node)
    if graph.objects(node, RDF.first):
        parts = tuple(read_path(graph, item, depth + 1) for item in graph.items(node))
        return Sequence(parts) if len(parts) > 1 else parts[0]
    for value in graph.objects(node, SH.inversePath):
        return Inverse(read_path(graph, value, depth + 1))
    for value in graph.objects(node, SH.alternativePath):
        return Alternative(tuple(read_path(graph, item, depth + 1) for item in graph.items(value)))
    for key, times in _REPEATS.items():
        for value in graph.objects(node, key):
            return Repeat(read_path(graph, value, depth + 1), times)
    raise graph.fault(
        "this is no property path; give an IRI, a list, or one of sh:inversePath, sh:alternativePath, …", node
    )


def sparql(path: Path) -> str:
    """Return a path as SPARQL writes it, with brackets where they are needed."""
    if isinstance(path, Step):
        return n3(path.predicate)
    if isinstance(path, Inverse):
        return f"^{_inner(path.inner)}"
    if isinstance(path, Repeat):
        return f"{_inner(path.inner)}{path.times}"
    return ("/" if isinstance(path, Sequence) else "|").join(
        sparql(part) if isinstance(part, (Step, Inverse, Repeat)) else f"({sparql(part)})" for part in path.parts
    )


def _inner(path: Path) -> str:
    return sparql(path) if isinstance(path, Step) else f"({sparql(path)})"


def reads(path: Path, name: Callable[[Iri], str] = n3) -> str:
    """Return a path as text for people: like SPARQL, with names as ``name`` gives them."""
    if isinstance(path, Step):
        return name(path.predicate)
    if isinstance(path, Inverse):
        return f"^{_bracketed(path.inner, name)}"
    if isinstance(path, Repeat):
        return f"{_bracketed(path.inner, name)}{path.times}"
    return ("/" if isinstance(path, Sequence) else "|").join(_bracketed(part, name) for part in path.parts)


def _bracketed(path: Path, name: Callable[[Iri], str]) -> str:
    return reads(path, name) if isinstance(path, Step) else f"({reads(path, name)})"


def legs(path: Path) -> tuple[Path, ...]:
    """Return the parts of a path that are walked one after the other, those of sequences inside it as well."""
    if isinstance(path, Sequence):
        return tuple(leg for part in path.parts for leg in legs(part))
    if isinstance(path, Inverse) and isinstance(path.inner, Sequence):
        return tuple(leg for part in reversed(path.inner.parts) for leg in legs(inverse(part)))
    return (path,)


def nullable(path: Path) -> bool:
    """Tell whether a path can lead from a node to itself without any triple."""
    if isinstance(path, Repeat):
        return path.times != "+" or nullable(path.inner)
    if isinstance(path, Inverse):
        return nullable(path.inner)
    if isinstance(path, Sequence):
        return all(map(nullable, path.parts))
    return isinstance(path, Alternative) and any(map(nullable, path.parts))


def inverse(path: Path) -> Path:
    """Return the path that leads back."""
    return path.inner if isinstance(path, Inverse) else Inverse(path)


def chain(*paths: Path | None) -> Path | None:
    """Return paths walked one after the other; None stands for no step at all."""
    parts = tuple(path for path in paths if path is not None)
    return (Sequence(parts) if len(parts) > 1 else parts[0]) if parts else None


@dataclass(frozen=True, slots=True)
class Touch:
    """A place in a path where a triple is read: how to get to its near end, and its property (None for any).

    The near end is the triple's subject, or its object where ``backwards``.
    """

    route: Path | None
    predicate: Iri | None
    backwards: bool = False


def touches(path: Path, before: Path | None = None, *, backwards: bool = False) -> Iterator[Touch]:
    """Yield the places where a path reads triples, when it starts after ``before``."""
    if isinstance(path, Step):
        yield Touch(before, path.predicate, backwards)
    elif isinstance(path, Inverse):
        yield from touches(path.inner, before, backwards=not backwards)
    elif isinstance(path, Alternative):
        for part in path.parts:
            yield from touches(part, before, backwards=backwards)
    elif isinstance(path, Repeat):
        again = Repeat(Inverse(path.inner) if backwards else path.inner, "*")
        yield from touches(path.inner, before if path.times == "?" else chain(before, again), backwards=backwards)
    else:
        for part in reversed(path.parts) if backwards else path.parts:
            yield from touches(part, before, backwards=backwards)
            before = chain(before, Inverse(part) if backwards else part)


def rdf(path: Path, fresh: Callable[[], Blank]) -> tuple[Node, list[Triple]]:
    """Return the node that stands for a path in a report, and the triples that describe it."""
    if isinstance(path, Step):
        return path.predicate, []
    if isinstance(path, Sequence):
        return _rdf_list(path.parts, fresh)
    node = fresh()
    if isinstance(path, Alternative):
        head, triples = _rdf_list(path.parts, fresh)
        return node, [Triple(node, SH.alternativePath, head), *triples]
    key = SH.inversePath if isinstance(path, Inverse) else next(k for k, v in _REPEATS.items() if v == path.times)
    inner, triples = rdf(path.inner, fresh)
    return node, [Triple(node, key, inner), *triples]


def _rdf_list(parts: tuple[Path, ...], fresh: Callable[[], Blank]) -> tuple[Node, list[Triple]]:
    cells = [fresh() for _ in parts]
    triples: list[Triple] = []
    for index, part in enumerate(parts):
        value, inner = rdf(part, fresh)
        rest: Node = cells[index + 1] if index + 1 < len(cells) else RDF.nil
        triples += [Triple(cells[index], RDF.first, value), Triple(cells[index], RDF.rest, rest), *inner]
    return cells[0], triples
