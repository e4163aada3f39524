"""Shapes files with mistakes: each is told with the line and column of its statement, or inside its query."""

# ruff: noqa: E501 - Turtle and SPARQL read better unbroken

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.validate import validate
from kg.errors import KgError
from tests.validate_cases import HEAD

START = HEAD.lstrip("\n") + "ex:S a sh:NodeShape ; sh:targetClass ex:P ;\n"
BELOW = START.count("\n") + 1  # the first line of what each case writes

# what stands from the line below the start on; the line (from there) and column of the fault; words of the message
FAULTS: dict[str, tuple[str, int, int, str]] = {
    "two-paths": ("sh:property [ sh:path ex:a ; sh:minCount 1 ] ;\nsh:property [\n  sh:path ex:a, ex:b ] .", 2, 3, "sh:path"),
    "no-path": ("  sh:property [ sh:minCount 1 ] .", 0, 15, "sh:path"),
    "literal-path": ('  sh:property [ sh:path "a" ] .', 0, 17, "sh:path"),
    "path-of-no-kind": ("  sh:property [ sh:path [ ex:p ex:a ] ] .", 0, 17, "sh:path"),
    "count-is-a-text": ('  sh:property [ sh:path ex:a ;\n    sh:minCount "x" ] .', 1, 5, "sh:minCount"),
    "count-is-negative": ("  sh:property [ sh:path ex:a ;\n    sh:minCount -1 ] .", 1, 5, "sh:minCount has to be a whole number"),
    "count-without-path": ("  sh:minCount 1 .", 0, 3, "only a shape with sh:path"),
    "defined-by-itself": ("  sh:node ex:T .\n\nex:T sh:property [ sh:path ex:a ; sh:node ex:S ] .", -1, 1, "defined by itself"),
    "in-is-no-list": ("  sh:property [ sh:path ex:a ; sh:in ex:b ] .", 0, 32, "sh:in"),
    "list-without-end": ("  sh:or _:l . _:l rdf:first ex:A ; rdf:rest _:l .", 0, 3, "sh:or"),
    "pattern": ('  sh:property [ sh:path ex:a ;\n sh:pattern "(" ] .', 1, 2, "is no pattern"),
    "class-is-a-text": ('  sh:property [ sh:path ex:a ; sh:class "x" ] .', 0, 32, "sh:class"),
    "kind": ("  sh:property [ sh:path ex:a ; sh:nodeKind sh:Foo ] .", 0, 32, "sh:nodeKind"),
    "two-datatypes": ("  sh:property [ sh:path ex:a ; sh:datatype xsd:integer, xsd:string ] .", 0, 32, "sh:datatype"),
    "severity": ('  sh:property [ sh:path ex:a ; sh:severity "bad" ] .', 0, 32, "sh:severity"),
    "target": ('  sh:targetClass "T" .', -1, 23, "sh:targetClass"),
    "closed": ('  sh:closed "yes" .', 0, 3, "sh:closed"),
    "literal-shape": ('  sh:node "x" .', 0, 3, "where a shape is wanted"),
    "literal-member": ('  sh:or ( "x" ex:B ) .', 0, 11, "where a shape is wanted"),
    "syntax": ("  sh:property [ sh:path ex:a .", 0, 30, "Parser error"),
    "prefix": ("  sh:class foo:T .", 0, 12, "foo:"),
    "no-query": ('  sh:sparql [ sh:message "x" ] .', 0, 13, "sh:select is wanted"),
    "query-syntax": ('  sh:sparql [ sh:select """\nSELECT $this WHERE {\n  $this ex:a ?v .\n  FILTR(?v > 3)\n}""" ] .', 3, 3, "the prefix"),
    "query-words": ('  sh:sparql [ sh:select """\nSELECT $this WHERE {\n  $this a ?v .\n  FILTR(?v > 3)\n}""" ] .', 3, 11, "this is no SPARQL"),
    "query-minus": ('  sh:sparql [ sh:select """SELECT $this {\n $this a ?v MINUS { $this ?p ?v } }""" ] .', 1, 13, "MINUS"),
    "query-service": ('  sh:sparql [ sh:select "SELECT $this { SERVICE <http://127.0.0.1/> { $this ?p ?o } }" ] .', 0, 41, "other services"),
    "query-from": ('  sh:sparql [ sh:select "SELECT $this FROM <file:///etc/passwd> { $this ?p ?o }" ] .', 0, 39, "other data"),
    "query-with-escapes": (r'  sh:sparql [ sh:select "SELECT $this \n { SERVICE <http://127.0.0.1/> { $this ?p ?o } }" ] .', 0, 15, "line 2 of the query"),
}  # fmt: skip
FAULTS["query-syntax"] = (*FAULTS["query-syntax"][:1], 2, 9, "the prefix “ex:” is not declared")


def told(tmp_path: Path, shapes: str) -> KgError:
    (tmp_path / "d.ttl").write_text(HEAD + "ex:a a ex:P .")
    (tmp_path / "s.ttl").write_text(shapes)
    arguments = ["--data", str(tmp_path / "d.ttl"), "--shapes", str(tmp_path / "s.ttl")]
    error = CliRunner().invoke(validate, arguments, standalone_mode=False).exception
    assert isinstance(error, KgError), error
    return error


@pytest.mark.parametrize("name", FAULTS)
def test_faults_of_shapes_have_a_place(tmp_path: Path, name: str) -> None:
    text, line, column, words = FAULTS[name]
    error = told(tmp_path, START + text)
    assert f"{tmp_path / 's.ttl'}:{BELOW + line}:{column}: " in str(error)
    assert words in str(error)
    assert (error.exit_status, "_:" in str(error)) == (3, False)


def test_faults_are_placed_in_the_file_that_has_them(tmp_path: Path) -> None:
    (tmp_path / "first.ttl").write_text(START + "  sh:node ex:T .")
    (tmp_path / "d.ttl").write_text(HEAD)
    (tmp_path / "second.ttl").write_text(HEAD + "ex:T a sh:NodeShape ;\n  sh:minCount 1 .")
    files = ["--shapes", str(tmp_path / "first.ttl"), str(tmp_path / "second.ttl"), "--data", str(tmp_path / "d.ttl")]
    error = CliRunner().invoke(validate, files, standalone_mode=False).exception
    assert f"second.ttl:{HEAD.count(chr(10)) + 2}:3" in str(error)


def test_slips_in_words_of_shacl_are_told_and_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "d.ttl").write_text(HEAD)
    (tmp_path / "s.ttl").write_text(START + "  sh:property [ sh:path ex:a ; sh:mincount 1 ] ;\n  sh:rule [] .")
    arguments = ["--data", str(tmp_path / "d.ttl"), "--shapes", str(tmp_path / "s.ttl")]
    done = CliRunner().invoke(validate, arguments, standalone_mode=False)
    assert (
        f"s.ttl:{BELOW}:32: sh:mincount is no word of SHACL, and is ignored; did you mean sh:minCount?" in done.stderr
    )
    assert "sh:rule is not applied here" in done.stderr
    assert done.return_value == 0


def test_shapes_among_the_data_are_held_against_the_same(tmp_path: Path) -> None:
    (tmp_path / "d.ttl").write_text(START + "  sh:minCount 1 .")
    error = CliRunner().invoke(validate, ["--data", str(tmp_path / "d.ttl")], standalone_mode=False).exception
    assert f"d.ttl:{BELOW}:3" in str(error)
