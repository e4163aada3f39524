"""The bundled guide, and a second one about other works: what their editors say, and what comes of it when built."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.build.pipeline import build
from kg.model import Document, Statement, Statements
from kg.project import Project
from kg.resources import shared
from kg.statements import bibliography, read
from kg.store.embedded import Embedded
from kg.vocab import PREFIXES

MISSIONS = shared("data", "missions")
MOONSHOTS = Path(__file__).parent / "guides" / "moonshots"
STORY = {"world": "https://w3id.org/porthole/id/world/"}
HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in (PREFIXES | STORY).items())


def files(root: Path) -> Iterator[Statements]:
    for path in sorted(root.glob("entries/*.claims.md")):
        entry = path.with_name(path.name.replace(".claims.md", ".txt"))
        document = Document(entry.name, entry.read_text(encoding="utf-8"))
        yield read(path.name, path.read_text(encoding="utf-8"), document)


def told(root: Path) -> list[Statement]:
    return [said for file in files(root) for said in file.statements if said.section != "things"]


@pytest.fixture(scope="module")
def missions(tmp_path_factory: pytest.TempPathFactory) -> Embedded:
    return built(MISSIONS, tmp_path_factory.mktemp("missions"))


@pytest.fixture(scope="module")
def moonshots(tmp_path_factory: pytest.TempPathFactory) -> Embedded:
    return built(MOONSHOTS, tmp_path_factory.mktemp("moonshots"))


def built(root: Path, folder: Path) -> Embedded:
    report = build(Project.find(root), output=folder)
    assert report.errors == ()
    assert report.folder is not None, report.findings
    return Embedded.open(report.folder / "store")


def rows(store: Embedded, query: str) -> set[tuple[str, ...]]:
    """Return the rows of a query; of an IRI its last part."""
    found = store.select(HEAD + query).rows
    return {tuple(re.split("[/#]", str(getattr(cell, "value", cell)))[-1] for cell in row) for row in found}


# --- what is written ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("root", [MISSIONS, MOONSHOTS], ids=lambda root: root.name)
def test_every_file_is_read_without_a_remark(root: Path) -> None:
    assert [(file.source, file.diagnostics) for file in files(root) if file.diagnostics] == []


def test_says_as_much_as_is_promised() -> None:
    said = told(MISSIONS)
    outside = [it for it in said if it.section == "history" and it.quote and it.quote.source]
    assert len(said) >= 150
    assert len(outside) >= 60
    assert len({it.quote.source for it in outside if it.quote}) >= 10


def test_says_nothing_twice() -> None:
    keys = [
        (it.section, it.subject, it.property, it.negated, it.value, it.told_by, it.quote.source if it.quote else "")
        for it in told(MISSIONS)
    ]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_every_source_is_used_or_named_in_the_bibliography() -> None:
    keys = bibliography("sources.bib", (MISSIONS / "sources.bib").read_text(encoding="utf-8")).keys
    used = {it.quote.source for it in told(MISSIONS) if it.quote and it.quote.source}
    assert used <= keys
    assert keys - used == set()


def test_stated_verdicts_are_of_every_kind() -> None:
    verdicts = Counter(it.verdict for it in told(MISSIONS) if it.verdict)
    assert {"accurate", "simplified", "contradicted", "invented"} <= set(verdicts)
    assert sum(verdicts.values()) >= 8


def test_the_entry_is_in_words_of_its_own(seed: Path) -> None:
    """No run of seven words of the real entry occurs in ours, names and lists of names apart."""
    names = re.compile(r"(?m)^.*(Cast:|(written|directed|music) by) .*$")
    ours, theirs = (
        names.sub("", path.read_text(encoding="utf-8")) for path in (MISSIONS / "entries" / "s1e01.txt", seed)
    )
    assert runs(ours) & runs(theirs) == set()


def runs(text: str, length: int = 7) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length)}


def test_the_snapshot_is_what_its_manifest_says() -> None:
    folder = shared("data", "wikidata")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["licence"].endswith("/publicdomain/zero/1.0/")
    assert {file["name"] for file in manifest["files"]} == {path.name for path in folder.glob("*.ttl")}
    for file in manifest["files"]:
        data = (folder / file["name"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == file["sha256"]
        assert len(set(re.findall(rb"(?m)^wd:(Q\d+)", data))) == file["items"]


def test_the_snapshot_has_confirmed_ids_only(seed: Path) -> None:
    reference = (seed.parents[1] / "reference" / "wikidata.md").read_text(encoding="utf-8")
    confirmed = set(re.findall(r"Q\d+", reference))
    for path in (*shared("data", "wikidata").glob("*.ttl"), MISSIONS / "links.sssom.tsv"):
        assert set(re.findall(r"wd:(Q\d+)", path.read_text(encoding="utf-8"))) <= confirmed


# --- what comes of it -----------------------------------------------------------------------------------------------


def test_a_name_on_both_sides_makes_two_nodes(missions: Embedded) -> None:
    found = rows(missions, "SELECT ?f ?h WHERE { GRAPH ?g { ?f ph:depicts ?h } GRAPH ?k { ?g ph:force force:stated } }")
    assert found == {("vladimir-komarov", "vladimir-komarov"), ("soyuz-1", "soyuz-1")}


@pytest.mark.parametrize("verdict", ["accurate", "simplified", "contradicted", "invented"])
def test_the_story_is_assessed(missions: Embedded, verdict: str) -> None:
    assert rows(
        missions, f"SELECT ?x ?about WHERE {{ GRAPH ?g {{ ?x ph:verdict verdict:{verdict} ; ph:about ?about }} }}"
    )


def test_twelve_pairs_have_a_story_side(missions: Embedded) -> None:
    query = "SELECT DISTINCT ?s ?a WHERE { GRAPH ?g { ?x ph:storyClaim ?s OPTIONAL { ?x ph:actualClaim ?a } } }"
    assert len(rows(missions, query)) >= 12


def test_rules_and_sources_agree_about_the_solar_wing(missions: Embedded) -> None:
    query = """SELECT ?judge WHERE { GRAPH ?g { ?x ph:verdict verdict:contradicted ; ph:onProperty ph:hadAnomaly ;
        ph:judge ?judge } }"""
    judges = {judge for (judge,) in rows(missions, query)}
    assert {"thelogbook", "s1e01"} <= judges
    assert any(judge.startswith("rule-") for judge in judges)


def test_crews_and_fates_of_the_story(missions: Embedded) -> None:
    query = (
        "SELECT ?who WHERE { GRAPH world:missions { ?m ph:crewMember ?who FILTER(STRENDS(STR(?m), 'argos-mission')) } }"
    )
    crew = {who for (who,) in rows(missions, query)}
    assert {"martin-najac", "alessandra-najac", "william-meyer", "jeanne-renoir", "simon-gramat", "basile"} <= crew


def test_relations_between_characters(missions: Embedded) -> None:
    query = """SELECT ?a ?p ?b WHERE { GRAPH world:missions { ?a ?p ?b
        VALUES ?p { ph:loverOf ph:spouse ph:finances ph:succeeds ph:assistantOf } } }"""
    assert {
        ("jeanne-renoir", "loverOf", "martin-najac"),
        ("martin-najac", "spouse", "alessandra-najac"),
        ("william-meyer", "finances", "argos-mission"),
        ("jeanne-renoir", "succeeds", "anne-de-ternay"),
        ("jeannes-assistant", "assistantOf", "jeanne-renoir"),
    } <= rows(missions, query)


def test_what_is_only_said_is_not_true_in_the_story(missions: Embedded) -> None:
    said = rows(missions, "SELECT ?who WHERE { GRAPH ?k { ?claim ph:force force:said ; ph:saidBy ?who } }")
    assert said == {("william-meyer",), ("jeanne-renoir",)}
    assert rows(missions, "SELECT ?o WHERE { GRAPH world:missions { ?z ph:first ?o } }") == set()


def test_what_is_hedged_keeps_its_hedge(missions: Embedded) -> None:
    query = """SELECT ?p ?words WHERE { GRAPH ?claim { ?s ?p ?o } GRAPH ?anchors { ?h ph:quote ?words }
        GRAPH ?k { ?claim ph:force force:hedged ; ph:hedge ?h } }"""
    assert ("inspiredBy", "reportedly") in rows(missions, query)


def test_sources_that_conflict_stand_side_by_side(missions: Embedded) -> None:
    query = "SELECT ?date WHERE { GRAPH ?claim { ?it ph:crash ?date } GRAPH ?k { ?claim ph:force force:stated } }"
    assert rows(missions, query) == {("1967-04-24T03:22:52Z",), ("1967-04-24T03:24:00Z",)}


def test_every_statement_from_the_entry_has_words(missions: Embedded) -> None:
    query = """SELECT ?claim WHERE { GRAPH ?k { ?claim a ph:Claim ; prov:wasAttributedTo ?editor }
        FILTER(!CONTAINS(STR(?editor), "rule-"))
        FILTER NOT EXISTS { GRAPH ?k { ?claim prov:wasDerivedFrom ?words } } }"""
    assert rows(missions, query) == set()


def test_one_man_two_characters(moonshots: Embedded) -> None:
    query = """SELECT ?c ?h WHERE { GRAPH ?claim { ?c ph:depicts ?h } GRAPH ?k { ?claim ph:force force:stated }
        FILTER(STRENDS(STR(?h), "/person/gus-grissom")) }"""
    found = {(str(c), str(h)) for c, h in moonshots.select(HEAD + query).rows}
    assert len(found) == 2
    assert len({figure for _, figure in found}) == 1


def test_names_of_ships_make_no_depiction(moonshots: Embedded) -> None:
    found = rows(moonshots, "SELECT ?c ?h WHERE { GRAPH ?claim { ?c ph:depicts ?h } }")
    names = {name for pair in found for name in pair}
    assert names & {"liberty-bell-7", "friendship-7", "molly-brown"} == set()


def test_no_verdict_from_one_work_falls_on_the_other(moonshots: Embedded) -> None:
    query = "SELECT ?e ?about WHERE { GRAPH ?g { ?x ph:about ?about ; ph:inEpisode ?e } }"
    assert {episode for episode, about in rows(moonshots, query) if about == "mercury-redstone-3"} == {"s1e08"}
    assert {episode for episode, about in rows(moonshots, query) if about == "apollo-1"} == {"s1e02"}
