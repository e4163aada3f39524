"""The main job, end to end: guides in, a validated graph out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.project import Project
from kg.store.embedded import Embedded

ROOT = Path(__file__).parents[1]
PREFIXES = """PREFIX ph: <https://w3id.org/porthole/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX force: <https://w3id.org/porthole/force/> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <https://schema.org/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX verdict: <https://w3id.org/porthole/verdict/>
"""


class Ran(subprocess.CompletedProcess[str]):
    """A command that ended: its status and what it printed."""


def kg(*arguments: object, cache: Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PORTHOLE_CACHE": str(cache), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=cwd)


@pytest.fixture(scope="module")
def raw(
    seed: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """Build the real entry as it is."""
    folder = tmp_path_factory.mktemp("raw")
    return folder, kg("build", seed, "-o", folder, cache=cache)


def rows(folder: Path, query: str) -> set[tuple[str, ...]]:
    project = Project.find(folder)
    found = project.store().select(PREFIXES + query, project.default_graphs())
    return {tuple(str(getattr(term, "value", term)) for term in row) for row in found.rows}


# --- the raw entry, without curated statements ----------------------------------------------------------------------


def test_an_entry_without_title_and_number_is_built_with_warnings(
    raw: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    _, ended = raw
    assert ended.returncode == 0
    assert "warning: the text does not tell the title" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_all_performances_are_there_with_their_manner(raw: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    found = rows(raw[0], "SELECT ?p ?c { ?x ph:performer/rdfs:label ?p ; ph:character/rdfs:label ?c }")
    voices = rows(
        raw[0], "SELECT ?c { ?x ph:manner <https://w3id.org/porthole/manner/voice> ; ph:character/rdfs:label ?c }"
    )
    assert len(found) == 15
    assert voices == {("Irene",), ("Russian Soyuz Operator",)}


def test_credits_and_author(raw: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    credited = rows(raw[0], "SELECT ?h ?n { ?x a ph:Credit ; ph:heading ?h ; ph:creditedAs ?n }")
    assert credited == {
        ("written by", "Julien Lacombe"),
        ("directed by", "Julien Lacombe"),
        ("music by", "Etienne Forget"),
    }
    author = "SELECT ?n { GRAPH ?c { ?e a ph:Entry ; schema:author ?a } ?a rdfs:label ?n }"
    assert rows(raw[0], author) == {("Earl Green",)}


def test_the_depiction_is_proposed_and_no_verdict_rests_on_it(
    raw: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    depicted = "SELECT ?w { GRAPH ?c { ?x ph:depicts ?y } ?y rdfs:label ?w GRAPH ?g { ?c ph:force force:proposed } }"
    assert rows(raw[0], depicted) == {("Vladimir Komarov",)}
    assert not rows(raw[0], "SELECT ?x { ?x ph:depicts ?y }")
    assert not rows(raw[0], "SELECT ?x { GRAPH ?c { ?x a ph:Assessment } }")


def test_lives_years_and_mentions_stand_on_their_words(raw: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    life = "SELECT ?b ?d { ?x a ph:HistoricalFigure ; ph:birth ?b ; ph:death ?d }"
    assert ("1927", "1967") in rows(raw[0], life)
    mentioned = """SELECT ?n ?q { GRAPH ?c { ?e ph:mentions ?x } ?x rdfs:label ?n
      GRAPH ?k { ?c prov:wasDerivedFrom ?s } GRAPH ?a { ?s ph:quote ?q } }"""
    assert {("Voskhod 1", "Voshkod 1"), ("Soyuz 1", "Soyuz 1"), ("Mars", "Mars")} <= rows(raw[0], mentioned)
    years = "SELECT ?y { GRAPH ?c { ?e ph:mentionsTime ?y } }"
    assert {("1967",), ("2027",)} <= rows(raw[0], years)


def test_the_episode_is_named_after_its_source(raw: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    ((episode,),) = rows(raw[0], "SELECT ?x { ?x a schema:TVEpisode }")
    assert episode.endswith("/missions/episode/missions-s1e01")


# --- the bundled guide ----------------------------------------------------------------------------------------------


def test_the_bundled_guide_has_its_verdicts(bundled: Path) -> None:
    found = rows(bundled, "SELECT ?x ?v { ?x a ph:Assessment ; ph:verdict ?v }")
    assert len(found) >= 10
    kinds = {verdict.rpartition("/")[2] for _, verdict in found}
    assert {"accurate", "simplified", "contradicted", "invented"} <= kinds


def test_every_verdict_but_the_one_sided_has_two_claims_with_words(bundled: Path) -> None:
    lacking = """SELECT ?x { ?x ph:verdict ?v FILTER(?v IN (verdict:accurate, verdict:simplified, verdict:contradicted))
      FILTER NOT EXISTS { ?x ph:storyClaim ?s ; ph:actualClaim ?a
        GRAPH ?c { ?s prov:wasDerivedFrom ?p . ?a prov:wasDerivedFrom ?q }
        GRAPH ?m { ?p ph:quote ?w } GRAPH ?n { ?q ph:quote ?u } } }"""
    assert not rows(bundled, lacking)


def test_figures_and_missions_are_linked_and_characters_are_not(bundled: Path) -> None:
    linked = rows(bundled, "SELECT ?l ?t { GRAPH ?g { ?x skos:exactMatch ?t } ?x rdfs:label ?l }")
    assert {("Vladimir Komarov", "http://www.wikidata.org/entity/Q104865"),
            ("Soyuz 1", "http://www.wikidata.org/entity/Q211254")} <= linked  # fmt: skip
    assert not rows(bundled, "SELECT ?x { GRAPH ?g { ?x skos:exactMatch ?t } ?x a ph:Character }")


def test_nothing_is_blank(bundled: Path) -> None:
    ontology = "https://w3id.org/porthole/ontology"
    quads = Project.find(bundled).store().quads()
    assert not [q for q in quads if q.graph != ontology and any(str(term).startswith("_:") for term in q.triple)]


def test_nothing_stands_both_in_a_world_and_in_the_background(bundled: Path) -> None:
    project = Project.find(bundled)
    store, background = project.store(), {quad.triple for quad in project.store().quads(project.names.background)}
    for world in project.worlds().values():
        assert not background & {quad.triple for quad in store.quads(world)}


def test_no_world_speaks_of_what_is_foreign_to_it(bundled: Path) -> None:
    foreign = """SELECT ?w ?x { ?w a ph:StoryWorld GRAPH ?w { { ?x ?p ?o } UNION { ?s ?p ?x } }
      ?x ph:existsIn ?home FILTER NOT EXISTS { ?x ph:existsIn ?w } }"""
    assert not rows(bundled, foreign)


def test_the_same_input_gives_the_same_build_in_any_order(tmp_path: Path, cache: Path, bundled: Path) -> None:
    entries = sorted((ROOT / "data" / "missions" / "entries").glob("*.txt"))
    project = ROOT / "data" / "missions"
    for name, files in {"one": entries, "other": entries[::-1]}.items():
        assert kg("build", *files, "-o", tmp_path / name, "--project", project, cache=cache).returncode == 0
    currents = {(tmp_path / name / "current").read_text() for name in ("one", "other")}
    assert currents == {(bundled / "current").read_text()}


def test_a_python_user_gets_an_rdflib_graph(bundled: Path) -> None:
    graph = Project.find(bundled).graph()
    found = list(graph.query("SELECT ?n { ?x a ph:FictionalMission ; rdfs:label ?n }"))
    assert len(graph) > 1000
    assert {str(row[0]) for row in found} >= {"Argos mission", "Zillion-1"}


# --- honesty --------------------------------------------------------------------------------------------------------


def test_the_program_knows_no_name_of_the_entry() -> None:
    heroes = "Komarov Renoir Najac Meyer Gramat Bellocq Lacombe Lenin theLogBook"
    names = [*heroes.split(), *"Soyuz Argos Zillion Voskhod Voshkod Ulysse".split()]
    told = {path: path.read_text(encoding="utf-8") for path in (ROOT / "kg").rglob("*.py")}
    assert not [(str(path), name) for path, text in told.items() for name in names if name.lower() in text.lower()]


# --- bad input ------------------------------------------------------------------------------------------------------

ENTRY = (ROOT / "data" / "missions" / "entries" / "s1e01.txt").read_text(encoding="utf-8")
HEAD = "entry: it.txt\nby: the editors\n\n# Things\n- Ada | is a | person\n\n# Story\n> on his way home\n"


def bad() -> Iterator[tuple[str, dict[str, bytes], int, str]]:
    yield "empty", {"it.txt": b""}, 3, "it.txt"
    yield "binary", {"it.txt": b"\x00\x01\x02\xff" * 50}, 3, "it.txt"
    yield "encoding", {"it.txt": "Héros".encode("latin-1")}, 3, "it.txt"
    yield "no entry", {"it.txt": b"Buy two, get one free. Only today.\n"}, 3, "no episode entry"
    good = {"it.txt": ENTRY.encode()}
    yield (
        "unknown name",
        good | {"it.claims.md": f'{HEAD}- Adda | occupation | "pilot"\n'.encode()},
        3,
        "it.claims.md:9:",
    )
    yield "unknown property", good | {"it.claims.md": f'{HEAD}- Ada | ocupation | "pilot"\n'.encode()}, 3, "occupation"
    yield "quote not there", good | {"it.claims.md": HEAD.replace("on his", "on her").encode()}, 3, "it.claims.md:8:"
    yield (
        "quote twice",
        good | {"it.claims.md": HEAD.replace("on his way home", "Komarov").encode()},
        3,
        "it.claims.md:8:",
    )


@pytest.mark.parametrize(("files", "status", "says"), [case[1:] for case in bad()], ids=[case[0] for case in bad()])
def test_bad_input_is_one_clear_line(
    files: dict[str, bytes], status: int, says: str, tmp_path: Path, cache: Path
) -> None:
    builds = tmp_path / "builds"
    builds.mkdir()
    (builds / "current").write_text("before\n")
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    ended = kg("build", tmp_path / "it.txt", "-o", builds, cache=cache)
    assert (ended.returncode, ended.stdout) == (status, "")
    assert says in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert (builds / "current").read_text() == "before\n"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["query", "cast-of-episod"], 2),
        (["query", "cast-of-episode", "--nonsense", "x"], 2),
        (["query", "evidence", "--entity", "Nobody At All"], 2),
        (["sparql", "SELECT ?x {"], 3),
        (["show", "Nobody At All"], 2),
        (["export", "--format", "turtle", "Nobody At All"], 2),
        (["nonsense"], 2),
    ],
)
def test_bad_arguments_are_told_in_one_line(arguments: list[str], status: int, bundled: Path, cache: Path) -> None:
    command, *rest = arguments
    ended = kg(command, "--project", bundled, *rest, cache=cache) if command != "nonsense" else kg(command, cache=cache)
    assert ended.returncode == status
    assert "Traceback" not in ended.stderr
    assert ended.stderr.strip()


def test_a_folder_without_builds_says_what_to_do(tmp_path: Path, cache: Path) -> None:
    ended = kg("query", "--project", tmp_path, "credits", cache=cache)
    assert (ended.returncode, "kg init" in ended.stderr) == (4, True)


def test_parse_prints_the_records(seed: Path, cache: Path) -> None:
    (entry,) = json.loads(kg("parse", seed, "--format", "json", cache=cache).stdout)
    assert len(entry["cast"]) == 15


def test_the_store_of_a_build_is_read_only(bundled: Path) -> None:
    store = Project.find(bundled).store()
    assert isinstance(store, Embedded)
    with pytest.raises(RuntimeError, match="read-write"):
        store.engine.clear()


# --- one entry edited -----------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the bundled guide, to be changed."""
    return Path(shutil.copytree(ROOT / "data" / "missions", tmp_path / "missions"))


def test_an_edited_statement_is_a_revision_of_the_old_one(project: Path, cache: Path) -> None:
    assert kg("build", "--project", project, cache=cache).returncode == 0
    file = project / "entries" / "s1e01.claims.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("travel time | 3 weeks", "travel time | 4 weeks"), encoding="utf-8"
    )
    revised = """SELECT ?old ?new { GRAPH ?k { ?c prov:wasRevisionOf ?d } GRAPH ?c { ?x ph:travelTime ?new }
      BIND(?d AS ?old) }"""
    for _ in range(2):  # building again without a change keeps what was said of the change
        assert kg("build", "--project", project, cache=cache).returncode == 0
        ((_, new),) = rows(project, revised)
        assert new == "4 wk"


def test_a_bridge_between_the_worlds_is_refused_and_the_old_build_stays(project: Path, cache: Path) -> None:
    assert kg("build", "--project", project, cache=cache).returncode == 0
    before = (project / ".kg" / "current").read_text()
    base = "https://w3id.org/porthole/id/"
    (project / "ontology").mkdir()
    (project / "ontology" / "bridge.ttl").write_text(
        f"<{base}missions/character/vladimir-komarov> <http://www.w3.org/2002/07/owl#sameAs> "
        f"<{base}person/vladimir-komarov> ."
    )
    ended = kg("build", "--project", project, cache=cache)
    assert (ended.returncode, "violation" in ended.stderr) == (1, True)
    assert (project / ".kg" / "current").read_text() == before


def test_a_link_that_would_join_the_worlds_is_refused_and_other_links_join_nothing(project: Path, cache: Path) -> None:
    assert kg("build", "--project", project, cache=cache).returncode == 0
    linked = rows(project, "SELECT ?x { { ?x skos:exactMatch ?y } UNION { ?w a ph:World GRAPH ?w { ?x ?p ?y } } "
                           "FILTER(STRSTARTS(STR(?y), 'http://www.wikidata.org/')) }")  # fmt: skip
    assert not linked
    links = project / "links.sssom.tsv"
    text = links.read_text(encoding="utf-8")
    links.write_text(text.replace("person/vladimir-komarov", "missions/character/vladimir-komarov"), encoding="utf-8")
    ended = kg("build", "--project", project, cache=cache)
    assert (ended.returncode, "links.sssom.tsv" in ended.stderr, "Traceback" in ended.stderr) == (3, True, False)
