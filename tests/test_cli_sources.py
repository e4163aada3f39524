"""RDF given to commands: many files after one option, standard input, gzip, relative IRIs, other syntaxes, bombs."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.validate_cases import HEAD

SHAPES = HEAD + "ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .\n"
FORMS = {
    "d.ttl": HEAD + "ex:a a ex:P .",
    "d.nt": "<http://example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/P> .",
    "d.nq": "<http://example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/P> <urn:g> .",
    "d.trig": HEAD + "<urn:g> { ex:a a ex:P . } <urn:h> { ex:b ex:name 'b' . }",
    "d.jsonld": '{"@id": "http://example.org/a", "@type": "http://example.org/P"}',
    "d.rdf": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="http://example.org/">'
    '<ex:P r:about="http://example.org/a"/></r:RDF>',
    "turtle.owl": HEAD + "ex:a a ex:P .",
}


def kg(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=120)


def nodes(done: subprocess.CompletedProcess[str]) -> list[str]:
    return sorted(it["focus"] for it in json.loads(done.stdout))


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    (tmp_path / "s.ttl").write_text(SHAPES)
    return tmp_path / "s.ttl"


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
@pytest.mark.parametrize("name", FORMS)
def test_every_syntax_is_read(tmp_path: Path, shapes: Path, name: str, engine: str) -> None:
    (tmp_path / name).write_text(FORMS[name])
    done = kg("validate", "--data", tmp_path / name, "--shapes", shapes, "--format", "json", "--engine", engine)
    assert (done.returncode, nodes(done)) == (1, ["<http://example.org/a>"])


def test_one_option_takes_many_files(tmp_path: Path, shapes: Path) -> None:
    for name in ("d.ttl", "d.trig"):
        (tmp_path / name).write_text(FORMS[name])
    (tmp_path / "e.ttl").write_text(HEAD + "ex:e a ex:P .")
    done = kg("validate", "--data", *(tmp_path / it for it in ("d.ttl", "d.trig", "e.ttl")), "--shapes", shapes)
    assert "2 violations" in done.stdout


def test_standard_input_is_turtle_or_what_is_said(shapes: Path) -> None:
    for syntax, name in (("turtle", "d.ttl"), ("jsonld", "d.jsonld")):
        done = kg("validate", "--data", "-", "--syntax", syntax, "--shapes", shapes, given=FORMS[name])
        assert (done.returncode, "1 violation" in done.stdout) == (1, True)


def test_packed_files_are_unpacked_and_their_lines_shown(tmp_path: Path, shapes: Path) -> None:
    (tmp_path / "d.ttl.gz").write_bytes(gzip.compress(FORMS["d.ttl"].encode()))
    done = kg("validate", "--data", tmp_path / "d.ttl.gz", "--shapes", shapes)
    assert f"d.ttl.gz:{HEAD.count(chr(10)) + 1}:1: violation" in done.stdout


def test_relative_iris_are_those_of_the_file(tmp_path: Path, shapes: Path) -> None:
    (tmp_path / "d.ttl").write_text(HEAD + "<#x> a ex:P . <> a ex:P .")
    command = ("validate", "--data", tmp_path / "d.ttl", "--shapes", shapes)
    file = (tmp_path / "d.ttl").as_uri()
    assert nodes(kg(*command, "--format", "json")) == [f"<{file}#x>", f"<{file}>"]
    assert "<http://x.org/d#x>" in kg(*command, "--base", "http://x.org/d").stdout
    assert f"d.ttl:{HEAD.count(chr(10)) + 1}:1: violation" in kg(*command).stdout


def test_nodes_without_a_name_are_shown_where_they_stand(tmp_path: Path, shapes: Path) -> None:
    (tmp_path / "d.ttl").write_text(HEAD + "[] ex:name 'one' .\n[] a ex:P .\n_:x a ex:P .")
    line = HEAD.count("\n") + 2
    done = kg("validate", "--data", tmp_path / "d.ttl", "--shapes", shapes)
    assert f"d.ttl:{line}:1" in done.stdout
    assert f"d.ttl:{line + 1}:1" in done.stdout


@pytest.mark.parametrize("name", ["nothing.ttl", "folder.ttl", "text.foo"])
def test_what_cannot_be_read_is_told_in_one_line(tmp_path: Path, shapes: Path, name: str) -> None:
    (tmp_path / "folder.ttl").mkdir()
    (tmp_path / "text.foo").write_text("")
    for command in (("validate", "--shapes", shapes), ("reason",)):
        done = kg(*command, "--data", tmp_path / name)
        assert (done.returncode, done.stderr.count("\n"), name in done.stderr) == (3, 1, True)


def test_nodes_without_a_name_are_called_the_same_at_every_reading(tmp_path: Path) -> None:
    (tmp_path / "d.ttl").write_text(HEAD + "[] a ex:Q ; ex:p [ a ex:Q ] .")
    (tmp_path / "o.ttl").write_text(HEAD + "ex:Q rdfs:subClassOf ex:P .")
    said = [
        kg("reason", "--data", tmp_path / "d.ttl", "--ontology", tmp_path / "o.ttl", "--engine", engine).stdout
        for engine in ("compiled", "compiled", "owlrl")
    ]
    assert said[0].count("_:b") == 2
    assert len(set(said)) == 1


@pytest.mark.parametrize(
    ("entities", "words"),
    [
        ('<!ENTITY a "ha"> <!ENTITY b "&a;&a;&a;">', "uses another entity"),
        ('<!ENTITY a SYSTEM "file:///etc/passwd">', "leads outside"),
        ('<!ENTITY % a "ha">', "leads outside"),
        (f'<!ENTITY a "{"h" * 100_000}">', "unfold into more than"),
    ],
    ids=["laughs", "outside", "parameter", "quadratic"],
)
def test_entities_that_unfold_without_end_are_refused(tmp_path: Path, shapes: Path, entities: str, words: str) -> None:
    uses = "&a;" * 3_000
    (tmp_path / "d.rdf").write_text(f"<?xml version='1.0'?><!DOCTYPE r [{entities}]><r:RDF>{uses}</r:RDF>")
    done = kg("validate", "--data", tmp_path / "d.rdf", "--shapes", shapes)
    assert (done.returncode in (3, 6), words in done.stderr) == (True, True)


def test_entities_for_namespaces_are_read(tmp_path: Path, shapes: Path) -> None:
    head = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY ex "http://example.org/">]>\n'
    (tmp_path / "d.rdf").write_text(head + FORMS["d.rdf"].replace('"http://example.org/a"', '"&ex;a"'))
    done = kg("validate", "--data", tmp_path / "d.rdf", "--shapes", shapes, "--format", "json")
    assert nodes(done) == ["<http://example.org/a>"]
