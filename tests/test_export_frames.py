"""Pages as JSON-LD: nested as the frame says, the same statements, and nothing fetched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import RdfError
from kg.export import rows
from kg.export.frames import CONTEXT, KINDS, framed
from kg.resources import shared
from kg.vocab import OWL, SCHEMA, SKOS, WD, Iri
from tests import export_shapes as shapes
from tests.test_export_release import kg, project

TERMS = json.loads(shared("ontology", "context.jsonld").read_text(encoding="utf-8"))["@context"]
ACTUAL = [row for row in rows(shapes.guide()) if row[3].endswith(("world/actual>", "background>"))]
PAGES = {
    "series": "series/lantern",
    "episode": "lantern/episode/s1e02",
    "person": "person/kit-lane",
    "character": "lantern/character/ada-byrne",
    "mission": "lantern/mission/beacon-2",
}


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("guide"), shapes.guide())


def page(guide: Path, kind: str, name: str = "") -> dict[str, Any]:
    answer = kg("export", "-p", str(guide), "--frame", kind, name or PAGES[kind])
    assert answer.status == 0, answer.err
    found: dict[str, Any] = json.loads(answer.out)
    return found


def test_every_kind_of_page_has_a_frame() -> None:
    assert {path.stem for path in shared("ontology", "frames").iterdir()} == set(KINDS) == set(PAGES)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_nothing_that_the_worlds_do_not(guide: Path, kind: str) -> None:
    found = shapes.read(json.dumps(page(guide, kind)), "jsonld")
    assert found
    assert shapes.triples(found) <= shapes.triples(quad for quad in shapes.guide() if "claim/" not in quad.graph)


def test_an_episode_has_its_cast_and_credits(guide: Path) -> None:
    found = page(guide, "episode")
    assert {(it["performer"]["label"], it["character"]["label"]) for it in found["performances"]} == {
        ("Kit Lane", "Ada Byrne"),
        ("Jo Park", "The Keeper"),
    }
    assert found["credits"]["creditedAgent"]["label"] == "Sam Oda"
    assert found["partOfSeries"]["label"] == "Lantern"


def test_a_person_has_the_parts_that_were_played(guide: Path) -> None:
    found = page(guide, "person")["performances"]
    assert (found["character"]["label"], found["inEpisode"]["@id"]) == ("Ada Byrne", "id:lantern/episode/s1e02")


def test_a_character_flies(guide: Path) -> None:
    found = page(guide, "character")
    assert (found["crewOf"]["label"], found["performances"]["performer"]["label"]) == ("Beacon 2", "Kit Lane")


def test_a_mission_has_its_verdicts(guide: Path) -> None:
    found = page(guide, "mission")
    assert found["assessments"]["verdict"] == "verdicts:contradicted"
    assert found["commander"]["label"] == "Ada Byrne"


def test_a_series_has_its_parts(guide: Path) -> None:
    assert {it["@type"] for it in page(guide, "series")["parts"]} == {"TVEpisode", "TVSeason"}


def test_the_context_stands_in_the_page_with_the_terms_that_it_uses(guide: Path) -> None:
    terms = page(guide, "mission")["@context"][0]
    assert terms["commander"] == TERMS["commander"]
    assert "birth" not in terms


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--frame", "episode", "person/kit-lane"], "“person/kit-lane” is no episode"),
        (["--frame", "episode"], "a frame shows one thing"),
        (["--frame", "episode", "-f", "turtle", "x"], "--frame is JSON-LD of one thing"),
        (["-f", "schemaorg", "--links", "owl"], "--links is for RDF"),
    ],
)
def test_wrong_arguments_are_told(guide: Path, arguments: list[str], message: str) -> None:
    answer = kg("export", "-p", str(guide), *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err


@pytest.mark.parametrize("address", ["https://schema.org/", "file:///etc/passwd", "http://169.254.169.254/"])
def test_no_other_context_is_ever_fetched(address: str) -> None:
    frame = {"@context": [CONTEXT, address], "@type": "Person"}
    with pytest.raises(RdfError, match="may name no context but"):
        framed(ACTUAL, Iri(shapes.BASE + "person/kit-lane"), frame, TERMS)


@pytest.mark.parametrize(
    ("form", "predicate"), [("owl", OWL.sameAs), ("schema", SCHEMA.sameAs), ("skos", SKOS.exactMatch)]
)
@pytest.mark.parametrize("syntax", ["turtle", "nquads", "jsonld"])
def test_links_are_written_as_asked_for(guide: Path, form: str, predicate: Iri, syntax: str) -> None:
    found = shapes.read(kg("export", "-p", str(guide), "-f", syntax, "--links", form).out, syntax)
    linked = {(it.subject, it.predicate) for it in found if str(it.object).startswith(str(WD))}
    assert linked == {(Iri(shapes.BASE + "person/rolf-hay"), predicate)}


def test_a_thing_comes_with_its_link(guide: Path) -> None:
    text = kg("export", "-p", str(guide), "-f", "turtle", "--links", "owl", "Rolf Hay").out
    assert "owl:sameAs wd:Q4115189 ;" in text
