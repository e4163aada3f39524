"""The bundled guide's catalogue, checked by both engines shape by shape: on a cut of it that rdflib can join.

pyshacl judges one node after the other, and some shapes ask for each claim about all others: on the whole guide the
slowest took more than two minutes, all others together three (and agreed). So the slow ones see some of the claims.
Some of what the catalogue says is left out besides, so that there is something to find.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.iris import Names
from kg.project import Project
from kg.resources import shared
from kg.store.embedded import Embedded, read_file
from kg.validate import catalogue_graphs, compile_shapes, shapes_for
from kg.validate.graph import ShapesGraph
from kg.validate.reference import validate as by_pyshacl
from kg.validate.shapes import targeted
from kg.vocab import PH, SH, Iri, Literal, Quad, Triple
from tests.validate_cases import facts

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
SHAPES = tuple(shapes_for((quad.triple for quad in read_file(shared("ontology", "porthole.shapes.ttl"))), PH.Catalogue))
TARGETS = (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
ROOTS = {str(root).rpartition("#")[2]: root for root in targeted(ShapesGraph(SHAPES))}
EVERY, LOST = 20, 13  # of so many claims one is kept; of so many statements of the catalogue one is lost


@pytest.fixture(scope="module")
def names(bundled: Path) -> Names:
    return Project.find(bundled).names


@pytest.fixture(scope="module")
def quads(bundled: Path, names: Names) -> tuple[Quad, ...]:
    """Return a guide with some of its claims, and all else that it says."""
    every = tuple(Project.find(bundled).store().quads())
    claims = sorted({quad.graph for quad in every if quad.graph.startswith(names.iri("claim", ""))})
    left_out = {claim for number, claim in enumerate(claims) if number % EVERY}
    kept = [quad for quad in every if quad.graph not in left_out and quad.subject not in left_out]
    beside = sorted((quad for quad in kept if quad.graph not in claims and quad.graph != names.background), key=str)
    lost = {quad for number, quad in enumerate(beside) if number % LOST == 0}
    return tuple(quad for quad in kept if quad not in lost)


def only(root: Iri) -> tuple[Triple, ...]:
    """Return the shapes with the targets of one of them alone."""
    return tuple(it for it in SHAPES if it.predicate not in TARGETS or it.subject == root)


def parts(quads: tuple[Quad, ...], names: Names) -> tuple[tuple[Iri, ...], list[Triple], list[Quad]]:
    """Return the catalogue's graphs, what they say, and what only GRAPH reaches."""
    graphs = catalogue_graphs(dict.fromkeys(quad.graph for quad in quads), names)
    data = dict.fromkeys(quad.triple for quad in quads if quad.graph in graphs)
    return graphs, list(data), [quad for quad in quads if quad.graph not in graphs]


def texts(root: Iri) -> Iterator[str]:
    """Yield the queries of a shape."""
    graph = ShapesGraph(SHAPES)
    inner = [node for key in (SH.sparql, SH.property) for node in graph.objects(root, key)]
    for node in (*inner, *(it for inside in inner for it in graph.objects(inside, SH.sparql))):
        yield from (text.value for text in graph.objects(node, SH.select) if isinstance(text, Literal))


@pytest.mark.parametrize("name", ROOTS)
def test_both_engines_find_the_same_in_a_cut_of_the_catalogue(name: str, quads: tuple[Quad, ...], names: Names) -> None:
    graphs, data, named = parts(quads, names)
    shapes = only(Iri(ROOTS[name]))
    asks = any("GRAPH" in text.upper() for text in texts(Iri(ROOTS[name])))
    ours = compile_shapes(shapes).run(Embedded.memory(quads), graphs)
    assert facts(ours) == facts(by_pyshacl(shapes, data, named if asks else ()))


def test_there_is_something_to_find_in_the_cut(quads: tuple[Quad, ...], names: Names) -> None:
    graphs, _, _ = parts(quads, names)
    found = list(compile_shapes(SHAPES).run(Embedded.memory(quads), graphs))
    assert len({it.shape for it in found}) >= 5
