"""``kg export`` as it is called: selections, files, standard output, and what it refuses."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.export import select
from kg.export.rows import quads, rows
from kg.vocab import PH
from tests import export_shapes as shapes
from tests.test_export_release import Answer
from tests.test_export_release import kg as called

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shapes.built(tmp_path_factory.mktemp("guide"), shapes.guide())


def kg(builds: Path, *arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", arguments[0], "--project", str(builds), *arguments[1:]]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False, env=environment)


@pytest.mark.parametrize("syntax", ["trig", "nquads", "jsonld"])
def test_quads_are_everything_that_may_go_out(builds: Path, syntax: str) -> None:
    answer = kg(builds, "export", "--format", syntax)
    assert answer.returncode == 0, answer.stderr
    assert shapes.read(answer.stdout, syntax) == set(shapes.guide()) - set(quads(select.withheld(rows(shapes.guide()))))


@pytest.mark.parametrize("syntax", ["turtle", "ntriples", "rdfxml"])
def test_triples_are_the_actual_world_with_the_background(builds: Path, syntax: str) -> None:
    names = {shapes.BASE + "world/actual", shapes.BASE + "background"}
    wanted = shapes.triples(quad for quad in shapes.guide() if quad.graph in names)
    assert shapes.read(kg(builds, "export", "--format", syntax).stdout, syntax) == wanted


def test_a_story_is_chosen_by_its_name(builds: Path) -> None:
    found = shapes.read(kg(builds, "export", "-f", "turtle", "--world", "lantern").stdout, "turtle")
    assert PH.commander in {quad.predicate for quad in found}
    assert PH.performer not in {quad.predicate for quad in found}


def test_an_entity_by_name_comes_from_its_own_world(builds: Path) -> None:
    text = kg(builds, "export", "-f", "turtle", "The Keeper").stdout
    assert "<lantern/character/the-keeper>\n    a ph:Character ;\n" in text
    assert "ph:performer <person/jo-park> ;" in text


def test_an_entry_by_the_end_of_its_name(builds: Path) -> None:
    found = kg(builds, "export", "-f", "trig", "--entry", "lantern/s1e02").stdout
    assert "<claim/08said> {" in found
    assert "<claim/07history> {" not in found


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["Nobody"], 2, "nothing is called “Nobody”"),
        (["--world", "atlantis"], 2, "there is no world “atlantis”"),
        (["--entry", "nine"], 2, "no entry “nine”; there are closed/page, lantern/s1e02"),
        (["-o", "/nowhere/x.ttl"], 3, "cannot be written"),
    ],
)
def test_a_wrong_argument_is_one_clear_line(builds: Path, arguments: list[str], status: int, message: str) -> None:
    answer = kg(builds, "export", *arguments)
    assert (answer.returncode, answer.stdout) == (status, "")
    assert message in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_a_file_is_told_by_its_ending_and_packed_the_same_each_time(builds: Path, tmp_path: Path) -> None:
    files = [tmp_path / "a.ttl.gz", tmp_path / "b.ttl.gz"]
    for file in files:
        assert kg(builds, "export", "-o", str(file)).returncode == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert gzip.decompress(files[0].read_bytes()).decode() == kg(builds, "export", "-f", "turtle").stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ttl.gz", "b.ttl.gz"]


def test_the_shipped_context_is_that_of_the_ontology(builds: Path) -> None:
    shipped = (ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8")
    remedy = "run: kg export -f context -o ontology/context.jsonld"
    assert kg(builds, "export", "-f", "context").stdout == shipped, remedy
    assert json.loads(shipped)["@context"]["depicts"] == {"@id": "ph:depicts", "@type": "@id"}


def test_claims_are_json_lines_of_a_world(builds: Path) -> None:
    found = [
        json.loads(line) for line in kg(builds, "export", "-f", "claims", "--world", "lantern").stdout.splitlines()
    ]
    assert {it["world_label"] for it in found} == {"Lantern (story)"}
    assert len(found) == 3


def test_claims_about_an_entity_keep_the_names_of_all_they_name(builds: Path) -> None:
    found = [json.loads(line) for line in kg(builds, "export", "-f", "claims", "The Keeper").stdout.splitlines()]
    assert {it["says"] for it in found} == {"Jo Park plays The Keeper (voice) in The Second Light"}


def test_nanopublications_are_trig(builds: Path) -> None:
    text = kg(builds, "export", "-f", "nanopub").stdout
    assert text.count("a np:Nanopublication ;") == 11
    assert "reportedly" not in text


def test_search_engines_get_one_document(builds: Path) -> None:
    found = json.loads(kg(builds, "export", "-f", "schemaorg", "Kit Lane").stdout)
    assert [it["name"] for it in found["@graph"]] == ["Kit Lane"]


TEXTS = ["turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "claims", "nanopub", "schemaorg", "context",
         "annotations", "annotations-turtle", "tei"]  # fmt: skip


@pytest.fixture
def run(builds: Path) -> Callable[..., Answer]:
    """Return the command within this process: a fifth of a second less for each call."""
    return lambda *arguments: called("export", "-p", str(builds), *arguments)


@pytest.mark.parametrize("syntax", TEXTS)
def test_every_format_is_packed_by_the_ending(run: Callable[..., Answer], tmp_path: Path, syntax: str) -> None:
    zstandard = pytest.importorskip("zstandard", reason="zstd is an extra")
    plain = run("-f", syntax, "-o", "-")
    assert plain.status == 0
    for ending, unpacked in (("gz", gzip.decompress), ("zst", lambda data: zstandard.decompress(data, 1 << 24))):
        assert run("-f", syntax, "-o", str(tmp_path / f"x.{ending}")).status == 0
        assert unpacked((tmp_path / f"x.{ending}").read_bytes()).decode() == plain.out


@pytest.mark.parametrize("syntax", sorted({*TEXTS} - {"schemaorg", "context"}))
@pytest.mark.parametrize(
    "selection", [["--world", "lantern"], ["--entry", "s1e02"], ["lantern/episode/s1e02"], ["series/lantern"]]
)
def test_every_format_takes_every_selection(run: Callable[..., Answer], syntax: str, selection: list[str]) -> None:
    """A world, an episode's entry, an episode and a series are each less than everything."""
    answer = run("-f", syntax, *selection)
    assert answer.status == 0, answer.err
    assert 0 < len(answer.out) <= len(run("-f", "trig" if syntax == "turtle" else syntax).out)


@pytest.mark.parametrize("syntax", ["trig", "nquads", "claims", "nanopub", "annotations"])
def test_an_entry_in_one_world_has_the_claims_of_that_world(run: Callable[..., Answer], syntax: str) -> None:
    text = run("-f", syntax, "--entry", "s1e02", "--world", "lantern").out
    assert "05story" in text
    assert "02credit" not in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([""], "an empty name fits nothing"),
        (["--entry", ""], "an empty name fits nothing"),
        (["--world", "nowhere"], "there is no world “nowhere”; there are actual, lantern"),
        (["Beacon 2"], "“Beacon 2” fits 2 entities, give one of them"),
        (["nobody"], "nothing is called “nobody”"),
        (["-f", "schemaorg", "--entry", "s1e02"], "schemaorg is of the actual world"),
        (["-f", "schemaorg", "--world", "lantern"], "schemaorg is of the actual world"),
        (["-f", "schemaorg", "mission/beacon-2"], "schema.org has no word of ours for"),
        (["-f", "context", "Lantern"], "context is of the terms"),
    ],
)
def test_what_would_be_passed_over_is_refused(run: Callable[..., Answer], arguments: list[str], message: str) -> None:
    answer = run(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err
