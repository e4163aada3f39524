"""Files from elsewhere in a project: read by every build, taken in by kg import, and given back the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.build.pipeline import Report
from kg.build.pipeline import build as run
from kg.errors import InputError
from kg.imports.cards import read_card
from kg.project import Project
from kg.store.embedded import Embedded
from kg.vocab import PH, PROV, Quad

ROOT = Path(__file__).parents[1]
Kg = Callable[..., subprocess.CompletedProcess[str]]
HEAD = "PREFIX ph: <https://w3id.org/porthole/ontology#>\nPREFIX schema: <https://schema.org/>\n"
ADA = (
    HEAD
    + 'PREFIX e: <https://e.example/>\ne:1 a schema:Person ; schema:name "Ada Quill" ;\n  schema:birthDate "1927" .\n'
)


@pytest.fixture
def kg(cache: Path, tmp_path: Path) -> Kg:
    def called(*arguments: object) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PORTHOLE_CACHE": str(cache), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "kg", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=tmp_path)

    return called


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Return an empty project."""
    folder = tmp_path / "guide"
    (folder / "entries").mkdir(parents=True)
    (folder / "kg.toml").write_text('title = "A guide"\n', encoding="utf-8")
    return folder


def keep(here: Path, name: str, text: str, source: str = "almanac", world: str = "actual") -> Path:
    folder = here / "imports"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(f'source = "{source}"\nworld = "{world}"\n', encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def build(here: Path) -> Report:
    report = run(Project.find(here))
    assert report.folder is not None, (report.errors, report.findings)
    return report


def store(here: Path) -> Embedded:
    return Project.find(here).store()


def stated(quads: list[Quad]) -> set[tuple[str, str, str]]:
    """Return what claims say, with the world where they say it; verdicts of rules apart."""
    worlds = {it.subject: str(it.object) for it in quads if it.predicate == PH.assertedIn}
    forces = {it.subject: str(it.object) for it in quads if it.predicate == PH.force}
    rules = {it.subject for it in quads if it.predicate == PROV.wasAttributedTo and "/agent/rule-" in str(it.object)}
    verdicts = {it.graph for it in quads if it.object == PH.Assessment}
    kept = [it for it in quads if it.graph in worlds and not (it.graph in rules and it.graph in verdicts)]
    return {(worlds[it.graph], forces[it.graph], _plain(it)) for it in kept}  # type: ignore[index]


def _plain(quad: Quad) -> str:
    return " ".join("claim" if "/id/claim/" in str(term) else repr(term) for term in quad.triple)


# --- what we wrote comes back ---------------------------------------------------------------------------------------


def test_a_dump_of_the_bundled_guide_comes_back_with_the_same_claims(kg: Kg, here: Path, bundled: Path) -> None:
    dump = kg("export", "-p", bundled, "-f", "nquads").stdout
    keep(here, "guide.nq", dump)
    build(here)
    before, after = (stated(list(Project.find(path).store().quads())) for path in (bundled, here))
    assert len(before) > 500
    assert after == before


def test_a_dump_of_another_project_is_named_as_this_one_names_things(kg: Kg, here: Path, bundled: Path) -> None:
    base = "https://elsewhere.example/id/"
    keep(
        here,
        "guide.nq",
        kg("export", "-p", bundled, "-f", "nquads").stdout.replace("https://w3id.org/porthole/id/", base),
    )
    build(here)
    before, after = (stated(list(Project.find(path).store().quads())) for path in (bundled, here))
    assert len(before ^ after) < 5  # a denial is named by a digest of what it denies


def test_one_world_of_the_bundled_guide_comes_back_the_same(kg: Kg, here: Path, bundled: Path) -> None:
    keep(here, "guide.ttl", kg("export", "-p", bundled, "-f", "turtle").stdout)
    build(here)
    before, after = (_triples(kg("export", "-p", path, "-f", "turtle").stdout) for path in (bundled, here))
    gone = {it for it in before - after if "/assessment/" not in it[0]}
    assert after <= before
    assert all("/id/claim/" in it[0] or "/id/" not in it[0] for it in gone), (
        gone
    )  # verdicts’ claims; labels of concepts


def _triples(turtle: str) -> set[tuple[str, str, str]]:
    return {(str(it.subject), str(it.predicate), str(it.object)) for it in ox.parse(turtle, ox.RdfFormat.TURTLE)}


def test_what_came_back_comes_back_again(kg: Kg, here: Path, tmp_path: Path) -> None:
    keep(here, "a.ttl", ADA)
    build(here)
    other = tmp_path / "other"
    (other / "entries").mkdir(parents=True)
    (other / "kg.toml").write_text('title = "Other"\n', encoding="utf-8")
    keep(other, "dump.nq", kg("export", "-p", here, "-f", "nquads").stdout, "second")
    build(other)
    assert stated(list(store(other).quads())) == stated(list(store(here).quads()))


def test_claims_and_tables_of_the_bundled_guide_come_back(kg: Kg, here: Path, bundled: Path, tmp_path: Path) -> None:
    keep(here, "guide.jsonl", kg("export", "-p", bundled, "-f", "claims").stdout)
    build(here)
    before, after = (stated(list(Project.find(path).store().quads())) for path in (bundled, here))
    assert after == before
    assert kg("export", "-p", bundled, "-f", "csv", "-o", tmp_path / "tables").returncode == 0
    (here / "imports" / "guide.jsonl").unlink()
    (here / "imports" / "guide.jsonl.toml").unlink()
    files = sorted((tmp_path / "tables").glob("*.csv"))
    mapping = tmp_path / "tables" / "csv-metadata.json"
    assert kg("import", *files, "-m", mapping, "-s", "tables", "-p", here).returncode == 0
    build(here)
    births = [
        {it.triple for it in Project.find(path).store().quads() if it.predicate == PH.birth} for path in (bundled, here)
    ]
    assert births[0] == births[1]


@pytest.mark.parametrize(
    "files", [("page.html",), ("show.json",), ("facts.csv",), ("cast.csv", "-m", "cast.mapping.toml")]
)
def test_what_others_have_is_built_without_a_violation(kg: Kg, here: Path, files: tuple[str, ...]) -> None:
    folder = ROOT / "tests" / "imports"
    ended = kg("import", *(it if it == "-m" else folder / it for it in files), "-p", here)
    assert ended.returncode == 0, ended.stderr
    assert build(here).claims["actual"] > 2


# --- sources, order, twice ------------------------------------------------------------------------------------------


def test_two_sources_of_one_fact_are_two_claims_of_one_statement(here: Path) -> None:
    keep(here, "a.ttl", ADA, "almanac")
    keep(here, "b.ttl", ADA.replace("e:1", "e:2").replace("birthDate", "birthDate"), "bulletin")
    assert sum(build(here).claims.values()) == 4
    born = [it for it in store(here).quads() if it.predicate == PH.birth]
    assert len({it.triple for it in born}) == 1
    assert len({it.graph for it in born if "/claim/" in it.graph}) == 2


def test_the_order_of_files_does_not_matter(here: Path, tmp_path: Path) -> None:
    keep(here, "a.ttl", ADA)
    keep(here, "b.ttl", ADA.replace("Ada Quill", "Bo Lark"))
    one = build(here).folder
    for name in ("a.ttl", "b.ttl"):
        for ending in ("", ".toml"):
            path = here / "imports" / f"{name}{ending}"
            path.rename(path.with_name(f"_{name}{ending}"))
    for old, new in (("a", "z"), ("b", "y")):
        for ending in ("", ".toml"):
            (here / "imports" / f"_{old}.ttl{ending}").rename(here / "imports" / f"{new}.ttl{ending}")
    other = build(here).folder
    assert one is not None
    assert other is not None
    assert stated(list(Embedded.open(one / "store").quads())) == stated(list(Embedded.open(other / "store").quads()))


def test_a_file_without_card_is_read_and_asked_about(here: Path) -> None:
    (here / "imports").mkdir()
    (here / "imports" / "almanac.ttl").write_text(ADA, encoding="utf-8")
    report = build(here)
    assert ("imports/almanac.ttl", "nothing says whose this is: run kg import imports/almanac.ttl --source KEY") in {
        (name, it.message) for name, it in report.remarks
    }


def test_a_project_without_imports_and_entries_is_told_so(here: Path, kg: Kg) -> None:
    ended = kg("build", "-p", here)
    assert (ended.returncode, "no guide entries" in ended.stderr) == (2, True)


def test_findings_point_to_line_and_column_of_the_file(here: Path, kg: Kg) -> None:
    text = ADA + 'e:1 a ph:Character ; ph:gender "female" .\n'
    keep(here, "a.ttl", text.replace("schema:Person", "ph:HistoricalFigure, schema:Person"))
    keep(
        here,
        "b.ttl",
        HEAD
        + "<https://w3id.org/porthole/id/mission/x>\n  ph:crewMember <https://w3id.org/porthole/id/person/nobody> .\n",
    )
    ended = kg("build", "-p", here)
    assert ended.returncode == 1
    assert "imports/b.ttl:4:" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_statements_are_found_by_saved_queries(here: Path, kg: Kg) -> None:
    keep(here, "a.ttl", ADA)
    build(here)
    assert "2" in kg("query", "claims-by-curator", "-p", here, "--format", "csv").stdout
    assert (
        "schema:birthDate"
        in kg("query", "evidence", "-p", here, "--format", "csv", "--entity", "person/ada-quill").stdout
    )


# --- kg import ------------------------------------------------------------------------------------------------------


def test_importing_copies_the_file_with_its_card_and_names_the_source(here: Path, kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "ada.ttl").write_text(ADA, encoding="utf-8")
    ended = kg("import", "ada.ttl", "-p", here, "-s", "almanac", "--title", "The {Almanac} & Co", "--licence",
               "https://creativecommons.org/publicdomain/zero/1.0/")  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert (here / "imports" / "ada.ttl").read_text(encoding="utf-8") == ADA
    assert 'source = "almanac"' in (here / "imports" / "ada.ttl.toml").read_text(encoding="utf-8")
    assert "title = {The Almanac \\& Co}" in (here / "sources.bib").read_text(encoding="utf-8")
    assert not build(here).findings


def test_importing_twice_is_importing_once(here: Path, kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "ada.ttl").write_text(ADA, encoding="utf-8")

    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}

    assert kg("import", "ada.ttl", "-p", here, "-s", "almanac").returncode == 0
    once = files()
    assert "unchanged" in kg("import", "ada.ttl", "-p", here).stdout
    assert files() == once


def test_a_dry_run_writes_nothing_and_tells_all(here: Path, kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "ada.ttl").write_text(ADA + "e:1 e:odd 01 ; schema:episodeNumber 01 .", encoding="utf-8")
    ended = kg("import", "ada.ttl", "-p", here, "--dry-run")
    assert not (here / "imports").exists()
    assert "ada.ttl:6:11: the property https://e.example/odd has no place here" in ended.stdout
    assert '"01"^^xsd:integer is kept as "1"^^xsd:integer' in ended.stdout


@pytest.mark.parametrize(
    ("name", "data", "status", "words"),
    [
        ("a.ttl", b"<https://a.example/b> <c> .", 3, "a.ttl:1:"),
        ("a.ttl", b'<https://a.example/b> <https://a.example/c> "\xff" .', 3, "a.ttl:1: is no UTF-8"),
        ("a.rdf", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 3, "a.rdf:1: a DOCTYPE"),
        ("a.zip", b"PK\x03\x04", 3, "unpack it first"),
        ("a.bin", b"\x00\x01", 3, "--format"),
        ("a.jsonld", b'{"@context": "https://elsewhere.example/c"}', 3, "would have to be fetched"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_written(
    here: Path, kg: Kg, tmp_path: Path, name: str, data: bytes, status: int, words: str
) -> None:
    (tmp_path / "good.ttl").write_text(ADA, encoding="utf-8")
    (tmp_path / name).write_bytes(data)
    ended = kg("import", "good.ttl", name, "-p", here)
    assert (ended.returncode, words in ended.stderr, ended.stdout) == (status, True, ""), ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert not (here / "imports").exists()


def test_a_file_of_another_source_is_not_written_over(here: Path, kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "ada.ttl").write_text(ADA, encoding="utf-8")
    kg("import", "ada.ttl", "-p", here, "-s", "almanac")
    ended = kg("import", "ada.ttl", "-p", here, "-s", "bulletin")
    assert (ended.returncode, "of source “almanac”" in ended.stderr) == (2, True)


def test_a_file_that_was_changed_by_hand_is_told(here: Path, kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "ada.ttl").write_text(ADA, encoding="utf-8")
    kg("import", "ada.ttl", "-p", here, "-s", "almanac")
    (here / "imports" / "ada.ttl").write_text(ADA.replace("1927", "1928"), encoding="utf-8")
    assert any("has changed since" in it.message for _, it in build(here).remarks)


def test_the_bundled_guide_is_not_written_to(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "ada.ttl").write_text(ADA, encoding="utf-8")
    assert kg("import", "ada.ttl").returncode == 2


def test_a_file_that_is_too_large_is_refused(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.build.imports.LARGEST", 100)
    keep(here, "a.ttl", ADA)
    report = run(Project.find(here))
    assert [(error.exit_status, "import it in parts" in str(error)) for error in report.errors] == [(6, True)]


@pytest.mark.parametrize(
    ("card", "words"),
    [
        ('source = "a"\nmapping = "../../kg.toml"', "without a folder"),
        ('source = "a"\nworld = "-"', "the name of a story"),
        ('world = "actual"', "names no source"),
        ('source = "a"\ncolour = "red"', "“colour” means nothing here"),
        ("source = ", "is no card of an import"),
    ],
)
def test_a_card_that_cannot_be_meant_is_told(card: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_card("a.ttl.toml", card)


@pytest.mark.parametrize("option", [("-s", "a b"), ("-s", "{}"), ("-w", "-")])
def test_options_that_name_nothing_are_a_matter_of_usage(
    here: Path, kg: Kg, tmp_path: Path, option: tuple[str, str]
) -> None:
    (tmp_path / "ada.ttl").write_text(ADA, encoding="utf-8")
    ended = kg("import", "ada.ttl", "-p", here, *option)
    assert (ended.returncode, "Traceback" in ended.stderr) == (2, False)
    assert not (here / "imports").exists()
