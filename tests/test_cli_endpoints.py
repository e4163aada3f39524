"""``--endpoint`` and SERVICE as a user meets them: other servers asked by name or address, refusals, no network."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from link_server import Reply, serving
from queries_guide import BASE, built, quads
from sparql_server import sparql_server

from kg.vocab import WD, n_quads

COMMAND = [sys.executable, "-m", "kg"]
FAR = f'<{WD}Q7> <http://www.w3.org/2000/01/rdf-schema#label> "Ada" .\n'
CALL = f"SELECT ?label {{ VALUES ?it {{ <{WD}Q7> }} SERVICE <%s> {{ ?it rdfs:label ?label }} }}"


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose build holds the tests' own guide."""
    folder = tmp_path_factory.mktemp("guide")
    (folder / "kg.toml").write_text(f'base = "{BASE}"\n', encoding="utf-8")
    built(folder).rename(folder / ".kg")
    return folder


@pytest.fixture(scope="module")
def ours() -> Iterator[str]:
    """Run a server with the tests' own guide."""
    with sparql_server(n_quads(quads()).encode(), "application/n-quads") as url:
        yield url


@pytest.fixture(scope="module")
def theirs() -> Iterator[str]:
    """Run a server with one item."""
    with sparql_server(FAR.encode(), "application/n-triples") as url:
        yield url


def run(*arguments: str, project: Path, services: str = "") -> subprocess.CompletedProcess[str]:
    settings = f'base = "{BASE}"\n\n[services]\n{services}\n'
    (project / "kg.toml").write_text(settings, encoding="utf-8")
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False, cwd=project)


def lines(ended: subprocess.CompletedProcess[str]) -> list[str]:
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def test_a_saved_query_asks_a_server_that_holds_the_build(guide: Path, ours: str) -> None:
    asked = ["query", "cast-of-episode", "--episode", "Ebb"]
    assert lines(run(*asked, "--endpoint", ours, project=guide)) == lines(run(*asked, project=guide))


def test_a_world_is_found_on_a_server(guide: Path, ours: str) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }"
    asked = ["sparql", text, "--world", "Tideline"]
    assert lines(run(*asked, "--endpoint", ours, project=guide)) == lines(run(*asked, project=guide))
    ended = run(*asked[:-1], "Nowhere", "--endpoint", ours, project=guide)
    assert (ended.returncode, "there is no world" in ended.stderr) == (2, True)


def test_a_server_that_is_not_ours_is_asked_as_it_is(guide: Path, theirs: str) -> None:
    text = "SELECT ?label { wd:Q7 rdfs:label ?label }"
    by_name = run("sparql", text, "--endpoint", "there", project=guide, services=f'there = "{theirs}"')
    assert lines(by_name) == lines(run("sparql", text, "--endpoint", theirs, project=guide)) == ["label", "Ada"]


@pytest.mark.parametrize("said", ["nobody", "file:///etc/passwd"])
def test_other_words_name_no_server(said: str, guide: Path) -> None:
    ended = run("sparql", "ASK {}", "--endpoint", said, project=guide, services='there = "https://example.org/"')
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "no http" in ended.stderr or "it has there" in ended.stderr


def test_a_service_is_refused_with_what_to_add_to_the_settings(guide: Path, theirs: str) -> None:
    ended = run("sparql", CALL % theirs, project=guide)
    assert (ended.returncode, ended.stdout) == (3, "")
    assert f'under [services], NAME = "{theirs}"' in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_a_service_is_called_by_its_address_or_its_name(guide: Path, theirs: str) -> None:
    for called in (theirs, "there"):
        ended = run("sparql", CALL % called, project=guide, services=f'there = "{theirs}"')
        assert lines(ended) == ["label", "Ada"]


def test_an_answer_tells_who_was_asked(guide: Path, theirs: str) -> None:
    ended = run("sparql", CALL % theirs, "-f", "json", project=guide, services=f'there = "{theirs}"')
    assert f'"services": ["{theirs}"]' in ended.stdout


@pytest.mark.parametrize("nobody", ["http://127.0.0.1:9/sparql", "http://nowhere.invalid/sparql"])
def test_without_a_network_it_is_said_in_one_line_at_once(nobody: str, guide: Path) -> None:
    start = time.monotonic()
    for arguments in (["sparql", CALL % nobody], ["query", "credits", "--endpoint", nobody]):
        ended = run(*arguments, project=guide, services=f'there = "{nobody}"')
        assert (ended.returncode, ended.stdout) == (5, "")
        assert "works without a network" in ended.stderr
        assert len(ended.stderr.splitlines()) == 1
    assert time.monotonic() - start < 10


def slow(*_: object) -> Reply:
    time.sleep(1.6)
    return Reply("")


def test_a_server_that_does_not_answer_is_given_up_at_the_limit(guide: Path) -> None:
    with serving(slow) as server:
        start = time.monotonic()
        ended = run("sparql", "ASK {}", "--endpoint", server.url, "--timeout", "1", project=guide)
        assert time.monotonic() - start < 4
    assert ended.returncode in (5, 6)
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal of POSIX")
def test_an_interruption_ends_the_wait(guide: Path) -> None:
    with serving(slow) as server:
        command = [*COMMAND, "sparql", "ASK {}", "--endpoint", server.url]
        running = subprocess.Popen(command, stderr=subprocess.PIPE, cwd=guide, env=dict(os.environ))
        while not server.heard:
            time.sleep(0.02)
        start = time.monotonic()
        running.send_signal(signal.SIGINT)
        _, told = running.communicate()
        assert time.monotonic() - start < 1
    assert running.returncode == 130
    assert b"Traceback" not in told
