"""``kg reason`` and ``kg why`` as they are called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reason_graphs import HEAD, ROOT, graph

AXIOMS = ":commander rdfs:subPropertyOf :crew . :crew rdfs:range :Agent . :Agent owl:disjointWith :Craft ."
DATA = ":m :commander :k ."


def kg(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, env=environment)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    paths = {"--ontology": tmp_path / "axioms.ttl", "--data": tmp_path / "data.ttl"}
    paths["--ontology"].write_text(HEAD + AXIOMS, encoding="utf-8")
    paths["--data"].write_text(HEAD + DATA, encoding="utf-8")
    return {option: str(path) for option, path in paths.items()}


def options(files: dict[str, str]) -> list[str]:
    return [word for pair in files.items() for word in pair]


@pytest.mark.parametrize("engine", ["compiled", "columns", "owlrl"])
def test_reason_writes_only_what_is_new(files: dict[str, str], tmp_path: Path, engine: str) -> None:
    if engine == "columns":
        pytest.importorskip("numpy")
    target = tmp_path / "new.nt"
    answer = kg("reason", *options(files), "--engine", engine, "-o", str(target))
    assert answer.returncode == 0, answer.stderr
    lines = target.read_text(encoding="utf-8")
    new = set(graph(lines))
    assert new == set(graph(":commander rdfs:range :Agent . :m :crew :k . :k a :Agent ."))
    assert lines == "".join(sorted(lines.splitlines(keepends=True)))


def test_reason_tells_contradictions(files: dict[str, str]) -> None:
    Path(files["--data"]).write_text(HEAD + DATA + ":k a :Craft .", encoding="utf-8")
    answer = kg("reason", *options(files))
    assert answer.returncode == 0
    assert "contradiction (cax-dw)" in answer.stderr
    assert kg("reason", *options(files), "--strict").returncode == 1


def test_reason_stops_at_a_limit(files: dict[str, str]) -> None:
    chain = " ".join(f":i{number} owl:sameAs :i{number + 1} ." for number in range(400))
    Path(files["--data"]).write_text(HEAD + chain, encoding="utf-8")
    answer = kg("reason", *options(files), "--max-inferred", "5000")
    assert (answer.returncode, answer.stdout) == (6, "")
    assert "--max-inferred 50000" in answer.stderr


def test_reason_refuses_what_is_no_rdf(files: dict[str, str]) -> None:
    Path(files["--data"]).write_text("this is no Turtle", encoding="utf-8")
    answer = kg("reason", *options(files))
    assert answer.returncode == 3
    assert "data.ttl:1:" in answer.stderr


def test_why_goes_down_to_the_words(bundled: Path) -> None:
    answer = kg("why", "Soyuz 1", "crew member", "Vladimir Komarov", "--project", str(bundled), "--world", "missions")
    assert answer.returncode == 0, answer.stderr
    assert "[prp-spo1]" in answer.stdout
    assert "“" in answer.stdout
    assert "entries/s1e01.txt" in answer.stdout


@pytest.mark.parametrize("prop", ["ph:crewMember", "crewMember", "Crew member"])
def test_why_tells_the_worlds_apart(bundled: Path, prop: str) -> None:
    answer = kg("why", "Soyuz 1", prop, "Vladimir Komarov", "-p", str(bundled), "--format", "json")
    found = {each["world"].rpartition("/")[2]: each for each in json.loads(answer.stdout)}
    assert set(found) == {"actual", "missions"}
    assert found["actual"]["triple"] != found["missions"]["triple"]
    assert all(each["premises"][-1]["claims"][0]["words"] for each in found.values())


def test_why_answers_no_with_status_one(bundled: Path) -> None:
    answer = kg("why", "Soyuz 1", "vehicle", "Vladimir Komarov", "-p", str(bundled))
    assert (answer.returncode, answer.stdout) == (1, "")


@pytest.mark.parametrize(("words", "told"), [(("Nobody at all", "crew member", "Ulysse"), "nothing is called"),
                                             (("Soyuz 1", "crew membr", "Ulysse"), "crew member")])  # fmt: skip
def test_why_refuses_names_that_mean_nothing(bundled: Path, words: tuple[str, str, str], told: str) -> None:
    answer = kg("why", *words, "-p", str(bundled))
    assert answer.returncode == 2
    assert told in answer.stderr
