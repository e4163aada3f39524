"""Compiled shapes on a SPARQL server of another maker: the same findings and words as on the embedded store."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sparql_server import sparql_server

from kg.network import Network
from kg.project import Project
from kg.store.embedded import Embedded, read_file
from kg.store.remote import Remote
from kg.validate import Located, catalogue_graphs, compile_shapes, locate, shapes_for, world_graphs
from kg.vocab import PH, RDF, RDFS, Iri, Literal, Quad, Triple, n_quads

Graphs = tuple[Iri, ...]
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix e: <https://example.org/> .
e:Thing-shape a sh:NodeShape ; sh:targetClass e:Thing ; sh:property e:Thing-size .
e:Thing-size a sh:PropertyShape ; sh:path e:size ; sh:minCount 1 ; sh:message "Give its size."@en .
"""


def damaged(quads: Iterator[Quad]) -> Iterator[Quad]:
    """Yield a build's quads with faults of many kinds: labels, times and kinds that are gone or wrong."""
    for number, quad in enumerate(sorted(quads, key=str)):
        if quad.predicate == RDFS.label and number % 9 == 0:
            continue
        if quad.predicate in (PH.force, PH.assertedIn) and number % 5 == 0:
            continue
        yield quad
        if quad.predicate == PH.launch:
            yield quad._replace(object=Literal("soon"))
        if quad.predicate == RDF.type and number % 7 == 0:
            yield quad._replace(object=PH.Character)


@pytest.fixture(scope="module")
def project(bundled: Path) -> Project:
    return Project.find(bundled)


@pytest.fixture(scope="module")
def near(project: Project) -> Embedded:
    return Embedded.memory(damaged(project.store().quads()))


@pytest.fixture(scope="module")
def far(near: Embedded) -> Iterator[Remote]:
    with sparql_server(n_quads(near.quads()).encode(), "application/n-quads") as url, Network() as network:
        yield Remote(url, network)


def parts(project: Project, graphs: list[Iri]) -> Iterator[tuple[Iri, Graphs]]:
    for pair in world_graphs(graphs, project.names):
        yield PH.WorldGraph, pair
    yield PH.Catalogue, catalogue_graphs(graphs, project.names)


def told(shapes: tuple[Triple, ...], store: Embedded | Remote, graphs: Graphs) -> list[Located]:
    found = locate(compile_shapes(shapes, "shapes").run(store, graphs), store)
    return sorted(found, key=repr)


def test_a_damaged_build_has_the_same_findings_there(project: Project, near: Embedded, far: Remote) -> None:
    shapes = [quad.triple for path in project.shapes() for quad in read_file(path)]
    counts = []
    for kind, graphs in parts(project, list(near.graphs())):
        chosen = shapes_for(shapes, kind)
        here = told(chosen, near, graphs)
        assert told(chosen, far, graphs) == here
        counts.append(len({located.finding.shape for located in here}))
    assert min(counts) >= 2
    assert sum(counts) > 12


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "validate", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


def test_the_command_finds_there_what_it_finds_here(bundled: Path, tmp_path: Path) -> None:
    data = n_quads(Project.find(bundled).store().quads()).encode()
    with sparql_server(data, "application/n-quads") as url:
        there = run("-p", str(bundled), "--endpoint", url, "--format", "json", "--fail-on", "warning", cwd=tmp_path)
    here = run("-p", str(bundled), "--format", "json", "--fail-on", "warning", cwd=tmp_path)
    assert (there.returncode, there.stderr) == (here.returncode, here.stderr) == (1, "")
    assert there.stdout == here.stdout


def test_any_server_is_held_against_shapes_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    data = "<https://example.org/a> a <https://example.org/Thing> ."
    with sparql_server(data.encode(), "text/turtle") as url:
        found = run("--endpoint", url, "--shapes", "shapes.ttl", cwd=tmp_path)
        assert (found.returncode, "Give its size." in found.stdout) == (1, True)
        without = run("--endpoint", url, cwd=tmp_path)
    assert (without.returncode, "holds no build" in without.stderr) == (2, True)


def test_without_a_network_it_is_said_in_one_line(tmp_path: Path) -> None:
    ended = run("--endpoint", "http://127.0.0.1:9/", cwd=tmp_path)
    assert (ended.returncode, ended.stdout, len(ended.stderr.splitlines())) == (5, "", 1)


@pytest.mark.parametrize("more", [["--data", "shapes.ttl"], ["--engine", "pyshacl"]])
def test_what_lies_elsewhere_is_checked_there_alone(more: list[str], tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    assert run("--endpoint", "http://127.0.0.1:9/", *more, cwd=tmp_path).returncode == 2
