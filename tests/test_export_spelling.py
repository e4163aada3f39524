"""Literals and names keep their spelling from a project's own file, through the build, into every format."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import rdflib

from kg.build.pipeline import build
from kg.cli.export import pieces
from kg.export import write
from kg.project import Project
from kg.store.embedded import read_file
from kg.vocab import ONTOLOGY_GRAPH, Blank, Quad
from tests import export_shapes as shapes

OWN = """
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix own: <https://example.org/own#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .

own:note a owl:AnnotationProperty .
own:thing own:note "01"^^xsd:integer, "1"^^xsd:integer, "+1"^^xsd:integer, "-0"^^xsd:integer, "1"^^xsd:positiveInteger,
        "007"^^xsd:byte, 123456789012345678901234567890, "1.50"^^xsd:decimal, "1."^^xsd:decimal, ".5"^^xsd:decimal,
        "0.100000000000000000000000001"^^xsd:decimal, "1.0E3"^^xsd:double, "1e3"^^xsd:double, "1000"^^xsd:double,
        "INF"^^xsd:double, "+INF"^^xsd:double, "NaN"^^xsd:double, "-0.0"^^xsd:float, "1"^^xsd:boolean, true ;
    own:note "2020-01-01T00:00:00Z"^^xsd:dateTime, "2020-01-01T00:00:00.000Z"^^xsd:dateTime,
        "2020-01-01T00:00:00+00:00"^^xsd:dateTime, "2020-01-01T00:00:00.123456789-05:00"^^xsd:dateTime,
        "2020-01-01T00:00:00"^^xsd:dateTime, "2020-01-01+00:00"^^xsd:date, "-0044-03-15"^^xsd:date,
        "02020"^^xsd:gYear, "P1Y12M"^^xsd:duration, "PT60M"^^xsd:dayTimeDuration, "no number"^^xsd:integer ;
    own:note "colour"@en-GB, "e\\u0301", "\\u00E9", "\\u2028", " \\t ", "\\U0001F680", ""@fr, "" ;
    own:note <https://example.org/a%20b>, <https://example.org/a%C3%A9>, <https://example.org/aé>, <https://例え.jp/火星>,
        <https://xn--r8jz45g.jp/>, <HTTP://Example.org:80/../a/./b>, <https://example.org>, <urn:Ünicode:x>,
        own:Ünïcode, own:火星, own:a.b, <https://example.org/own#a/b>, <https://example.org/own#-1> .
_:alabelthatislongerthanmostpeoplewouldthinkreasonableforanodethathasnonameatallandnoneedofonealabelthat
    own:note _:b0 .
_:b0 own:note "blank" .
"""
NOTE = "https://example.org/own#note"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a built project with a file of its own."""
    root = tmp_path_factory.mktemp("guide")
    (root / "entries").mkdir()
    (root / "ontology").mkdir()
    (root / "kg.toml").write_text('title = "Own"\n', encoding="utf-8")
    shutil.copy(Project.bundled().entries / "s2e07.txt", root / "entries")
    (root / "ontology" / "own.ttl").write_text(OWN, encoding="utf-8")
    found = Project.find(root)
    assert build(found).folder
    return found


@pytest.fixture(scope="module")
def written(project: Project) -> set[Quad]:
    """Return what stands in the project's own file."""
    return noted(read_file(project.root / "ontology" / "own.ttl", ONTOLOGY_GRAPH))


def noted(quads: object) -> set[Quad]:
    return {it for it in quads if it.predicate == NOTE and not isinstance(it.subject, Blank)}  # type: ignore[attr-defined]


@pytest.mark.parametrize("syntax", ["trig", "nquads", "jsonld"])
def test_a_project_s_own_file_comes_out_as_it_went_in(project: Project, written: set[Quad], syntax: str) -> None:
    assert noted(shapes.read("".join(pieces(project, None, syntax)), syntax)) == written


@pytest.mark.parametrize("syntax", ["turtle", "ntriples", "rdfxml"])
def test_so_do_its_triples(written: set[Quad], syntax: str) -> None:
    assert shapes.read("".join(write(written, syntax, shapes.NAMES)), syntax) == shapes.triples(written)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("syntax", ["turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld"])
def test_rdflib_reads_the_same_spelling(written: set[Quad], syntax: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    lines = "ntriples" if syntax in ("turtle", "ntriples", "rdfxml") else "nquads"
    found = shapes.read_rdflib("".join(write(written, syntax, shapes.NAMES)), syntax)
    assert found == shapes.read_rdflib("".join(write(written, lines, shapes.NAMES)), lines)


def test_what_is_exported_is_imported_again(project: Project, written: set[Quad], tmp_path: Path) -> None:
    for syntax, ending in (("trig", "trig"), ("nquads", "nq"), ("jsonld", "jsonld")):
        file = tmp_path / f"all.{ending}"
        file.write_text("".join(pieces(project, None, syntax)), encoding="utf-8")
        assert noted(read_file(file)) == written
