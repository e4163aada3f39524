"""The W3C test suite for SHACL, read from pyshacl's source distribution where that is at hand.

``PORTHOLE_SHACL_TESTS`` names the folder ``test/resources/sht_tests`` of an unpacked distribution; otherwise the copy
that .ci/run puts into the user's cache is read.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import KgError
from kg.judge import compiled
from kg.project import cache
from kg.store.embedded import quad_in
from kg.validate.graph import ShapesGraph
from kg.validate.paths import read_path
from kg.vocab import RDF, SH, Blank, Iri, Literal, Namespace, Quad, Term, Triple

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
FOLDER = Path(os.environ.get("PORTHOLE_SHACL_TESTS", cache() / "sht_tests"))
DATA = Iri("urn:data")


@dataclass(frozen=True)
class Case:
    """One test: its name, its data and shapes, and its report, or None where a failure is expected."""

    name: str
    data: tuple[Triple, ...]
    shapes: tuple[Triple, ...]
    report: Counter[tuple[Term | object | None, ...]] | None


def triples(file: Path) -> tuple[Triple, ...]:
    found = ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE, base_iri=file.as_uri())
    return tuple(quad_in(quad).triple for quad in found)


def at(iri: object) -> Path:
    return Path(str(iri).removeprefix("file://"))


def cases(manifest: Path) -> Iterator[Case]:
    """Yield the tests of a manifest and of those that it includes."""
    graph = ShapesGraph(triples(manifest), str(manifest))
    for node in graph.having(RDF.type, MF.Manifest):
        for included in graph.objects(node, MF.include):
            yield from cases(at(included))
        for entries in graph.objects(node, MF.entries):
            yield from (case(graph, it) for it in graph.items(entries) if SHT.Validate in graph.objects(it, RDF.type))


def case(graph: ShapesGraph, entry: Term) -> Case:
    action, result = graph.objects(entry, MF.action)[0], graph.objects(entry, MF.result)[0]
    data, shapes = graph.objects(action, SHT.dataGraph)[0], graph.objects(action, SHT.shapesGraph)[0]
    held = triples(at(data))
    name = str(entry).split("sht_tests/")[-1]
    expected = None if result == SHT.Failure else Counter(facts(graph, it) for it in graph.objects(result, SH.result))
    return Case(name, held, held if shapes == data else triples(at(shapes)), expected)


def facts(graph: ShapesGraph, result: Term) -> tuple[Term | object | None, ...]:
    assert not isinstance(result, Literal)
    path = graph.at_most_one(result, SH.resultPath)
    keys = (SH.focusNode, SH.value, SH.sourceConstraintComponent, SH.resultSeverity, SH.sourceShape)
    values = (kept(graph.at_most_one(result, key)) for key in keys)
    return (None if path is None else read_path(graph, path), *values)


def kept(term: Term | None) -> Term | None:
    """Return a term as it is compared: nodes without a name are alike."""
    return Blank("_:") if isinstance(term, Blank) else term


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the suite is not at hand: set PORTHOLE_SHACL_TESTS to its folder")
def test_all_tests_of_the_suite_pass() -> None:
    failed = [it.name for it in cases(FOLDER / "manifest.ttl") if found(it) != it.report]
    assert failed == []


def found(it: Case) -> Counter[tuple[Term | object | None, ...]] | None:
    """Return what the compiled checks report, None for a failure."""
    try:
        judged = compiled([Quad(*t, DATA) for t in it.data], it.shapes)
    except KgError:
        return None
    assert judged.reasons == ()
    return Counter((f.path, *map(kept, (f.focus, f.value, f.component, f.severity, f.shape))) for f in judged.findings)


def test_suite_has_more_than_a_hundred_tests() -> None:
    if not FOLDER.is_dir():
        pytest.skip("the suite is not at hand: set PORTHOLE_SHACL_TESTS to its folder")
    assert sum(1 for _ in cases(FOLDER / "manifest.ttl")) >= 120
