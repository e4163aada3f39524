"""``kg validate`` on files: exit statuses, engines, formats, and shapes that are none."""

# ruff: noqa: E501 - Turtle and SPARQL read better unbroken

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rdflib import Graph

from kg.validate.machines import sarif
from tests.validate_cases import HEAD

DATA = HEAD + 'ex:a a ex:P . ex:b a ex:P ; ex:name "bob" .\n\nex:c a ex:P ;\n  ex:name "Eve", "Carl" .\n'
SHAPES = (
    HEAD
    + "ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:maxCount 1 ] .\n"
)


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "validate", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text(DATA)
    shapes.write_text(SHAPES)
    return data, shapes


def shaped(tmp_path: Path, shapes: str, data: str = DATA) -> subprocess.CompletedProcess[str]:
    (tmp_path / "d.ttl").write_text(data)
    (tmp_path / "s.ttl").write_text(HEAD + shapes)
    return run("--data", tmp_path / "d.ttl", "--shapes", tmp_path / "s.ttl", "--timeout", "8")


def test_findings_end_with_status_one_and_their_place(files: tuple[Path, Path]) -> None:
    done = run("--data", files[0], "--shapes", files[1])
    assert done.returncode == 1
    assert f"{files[0]}:{DATA[: DATA.index('ex:a a')].count(chr(10)) + 1}:1: violation" in done.stdout
    assert "2 violations" in done.stdout


def test_both_engines_say_the_same(files: tuple[Path, Path]) -> None:
    said = []
    for engine in ("compiled", "pyshacl"):
        done = run("--data", files[0], "--shapes", files[1], "--engine", engine, "--format", "json")
        said.append(sorted((it["focus"], it["component"], it["path"]) for it in json.loads(done.stdout)))
        assert done.returncode == 1
    assert said[0] == said[1]


def test_turtle_format_is_a_report_graph(files: tuple[Path, Path]) -> None:
    done = run("--data", files[0], "--shapes", files[1], "--format", "turtle")
    assert "sh:ValidationReport" in done.stdout
    Graph().parse(data=done.stdout, format="turtle")


@pytest.mark.parametrize(("level", "status"), [("violation", 0), ("warning", 1), ("info", 1)])
def test_fail_on_decides_the_status(tmp_path: Path, level: str, status: int) -> None:
    (tmp_path / "d.ttl").write_text(DATA)
    (tmp_path / "s.ttl").write_text(SHAPES.replace("sh:targetClass", "sh:severity sh:Warning ; sh:targetClass").replace(
        "sh:minCount 1", "sh:severity sh:Warning ; sh:minCount 1"))  # fmt: skip
    assert run("--data", tmp_path / "d.ttl", "--shapes", tmp_path / "s.ttl", "--fail-on", level).returncode == status


def test_shapes_that_are_none_are_told_with_line_and_column(tmp_path: Path) -> None:
    done = shaped(tmp_path, "ex:S a sh:NodeShape ;\n  sh:property [ sh:path ex:p ;\n    sh:minCount 'one' ] .")
    assert done.returncode == 3
    assert f"{tmp_path / 's.ttl'}:{HEAD.count(chr(10)) + 3}:5: this shape, sh:minCount" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("shapes", "status", "words"),
    [
        ("ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:node ex:T . ex:T sh:node ex:S .", 3, "defined by itself"),
        ('ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:sparql [ sh:select "SELECT $this { SERVICE <http://127.0.0.1:9> {} }" ] .',
         3, "other services"),
        ('ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:sparql [ sh:select "SELECT $this FROM <file:///etc/passwd> {}" ] .', 3,
         "other data"),
        ('ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:property [ sh:path ex:name ; sh:pattern "(?=b)(" ] .', 3, "is no pattern"),
        ("ex:S a sh:NodeShape", 3, "s.ttl:"),
    ],
    ids=["recursion", "service", "from", "no-pattern", "syntax"],
)  # fmt: skip
def test_hostile_shapes_end_in_one_clear_line(tmp_path: Path, shapes: str, status: int, words: str) -> None:
    done = shaped(tmp_path, shapes)
    assert (done.returncode, "Traceback" in done.stderr) == (status, False)
    assert words in done.stderr


def test_pattern_that_backtracks_for_ever_is_ended(tmp_path: Path) -> None:
    start = time.monotonic()
    shapes = (
        'ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:property [ sh:path ex:name ; sh:pattern "^(?=a)(a|a)*$" ] .'
    )
    (tmp_path / "d.ttl").write_text(HEAD + f'ex:a a ex:P ; ex:name "{"a" * 40}!" .')
    (tmp_path / "s.ttl").write_text(HEAD + shapes)
    done = run("--data", tmp_path / "d.ttl", "--shapes", tmp_path / "s.ttl", "--timeout", "3")
    assert done.returncode == 6
    assert "the store cannot read the pattern" in done.stderr
    assert time.monotonic() - start < 60


def test_linear_patterns_need_no_reference_engine(tmp_path: Path) -> None:
    shapes = 'ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:property [ sh:path ex:name ; sh:pattern "^(a|a)*$" ] .'
    done = shaped(tmp_path, shapes, HEAD + f'ex:a a ex:P ; ex:name "{"a" * 4000}!" .')
    assert (done.returncode, done.stderr) == (1, "")


def test_shapes_nested_without_end_reach_a_limit(tmp_path: Path) -> None:
    depth = 200
    shapes = (
        "ex:S a sh:NodeShape ; sh:targetClass ex:P ; " + "sh:not [ " * depth + "sh:class ex:Q" + " ]" * depth + " ."
    )
    assert shaped(tmp_path, shapes).returncode == 6


def test_no_shapes_at_all_is_a_usage_error(files: tuple[Path, Path]) -> None:
    done = run("--data", files[0])
    assert (done.returncode, "--shapes" in done.stderr) == (2, True)


def test_shapes_in_the_data_are_used(tmp_path: Path) -> None:
    (tmp_path / "both.ttl").write_text(DATA + SHAPES.removeprefix(HEAD))
    assert run("--data", tmp_path / "both.ttl").returncode == 1


def test_output_goes_to_a_file(files: tuple[Path, Path], tmp_path: Path) -> None:
    target = tmp_path / "report.sarif"
    done = run("--data", files[0], "--shapes", files[1], "--format", "sarif", "-o", target)
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads(target.read_text())["version"] == json.loads(sarif([]))["version"]


def test_empty_data_conforms(tmp_path: Path) -> None:
    (tmp_path / "d.ttl").write_text("")
    (tmp_path / "s.ttl").write_text(SHAPES)
    assert run("--data", tmp_path / "d.ttl", "--shapes", tmp_path / "s.ttl").returncode == 0


@pytest.mark.parametrize(
    "condition",
    [
        "!" * 5_000 + "(1=1)",
        "(" * 500 + "1=1" + ")" * 500,
        "?x = 1 || " * 3_000 + "1 = 1",
        "1 " + "+ 1 " * 9_000 + "> 1",
    ],
    ids=["not", "brackets", "or", "sums"],
)
def test_queries_that_would_end_the_process_are_refused(tmp_path: Path, condition: str) -> None:
    query = f"SELECT $this {{ $this a ?x FILTER({condition}) }}"
    done = shaped(tmp_path, f'ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:sparql [ sh:select "{query}" ] .')
    assert (done.returncode, done.stderr.count("\n")) == (6, 1)


def test_paths_that_go_on_and_on_are_refused(tmp_path: Path) -> None:
    query = f"SELECT $this {{ $this {'<urn:p>/' * 300}<urn:p> ?x }}"
    done = shaped(tmp_path, f'ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:sparql [ sh:select "{query}" ] .')
    assert done.returncode == 6
