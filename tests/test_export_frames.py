"""Pages as JSON-LD: nested as the frame says, the same statements, and nothing fetched."""

from __future__ import annotations

import json
import shutil
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
    assert [it["creditedAgent"]["label"] for it in found["credits"]] == ["Sam Oda"]
    assert found["partOfSeries"]["label"] == "Lantern"


def test_a_person_has_the_parts_that_were_played(guide: Path) -> None:
    (found,) = page(guide, "person")["performances"]
    assert (found["character"]["label"], found["inEpisode"]) == ("Ada Byrne", "id:lantern/episode/s1e02")
    assert found["listedFor"]["label"]["@value"] == "The Second Light"


def test_a_character_flies(guide: Path) -> None:
    found = page(guide, "character")
    assert [it["label"] for it in found["crewOf"]] == ["Beacon 2"]
    assert [it["performer"]["label"] for it in found["performances"]] == ["Kit Lane"]


def test_a_mission_has_its_verdicts(guide: Path) -> None:
    found = page(guide, "mission")
    assert [it["verdict"] for it in found["assessments"]] == ["verdicts:contradicted"]
    assert [it["judge"]["label"] for it in found["assessments"]] == ["the editors"]
    assert found["commander"]["label"] == "Ada Byrne"


def test_a_series_has_its_parts(guide: Path) -> None:
    assert {it["@type"] for it in page(guide, "series")["parts"]} == {"TVEpisode", "TVSeason"}


def test_the_context_stands_in_the_page_with_the_terms_that_it_uses(guide: Path) -> None:
    terms = page(guide, "mission")["@context"][0]
    assert terms["commander"] == TERMS["commander"]
    assert "birth" not in terms


EPISODES = ["s1e01", "the-right-stuff/episode/s1e08", "from-the-earth-to-the-moon/episode/s1e02"]


@pytest.fixture(scope="module")
def moonshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("moonshots") / "guide"
    shutil.copytree(Path(__file__).parent / "guides" / "moonshots", folder, ignore=shutil.ignore_patterns(".kg"))
    assert kg("build", "-p", str(folder)).status == 0
    return folder


@pytest.mark.parametrize("name", EPISODES)
def test_a_page_shows_the_cast_that_its_entry_lists_as_it_is_billed(bundled: Path, moonshots: Path, name: str) -> None:
    """Who plays whom is printed, whether or not the guide is sure that they appear in this episode."""
    found = page(moonshots if "/" in name else bundled, "episode", name)
    billing = [it["billing"] for it in found["performances"]]
    assert billing == sorted(billing)
    assert len(billing) >= 4
    assert all(it["performer"]["label"] and it["character"]["label"] for it in found["performances"])
    assert [it["label"] for it in found["entries"]] == [f"{found['label']}, guide entry"]


def test_a_page_says_in_which_episode_someone_appears_where_that_is_certain(bundled: Path, moonshots: Path) -> None:
    """The bundled guide only attempts to say who of its season's cast appears in an episode."""
    hedged = page(bundled, "episode", "s1e01")["performances"]
    certain = page(moonshots, "episode", "the-right-stuff/episode/s1e08")["performances"]
    assert not any("inEpisode" in it for it in hedged)
    assert all("inEpisode" in it for it in certain)


def test_a_series_has_its_seasons_with_their_episodes_in_order(bundled: Path) -> None:
    found = page(bundled, "series", "Missions")["parts"]
    assert [it["@id"].rpartition("/")[2] for it in found] == [
        "1", "s1e01", "s1e02", "s1e03", "2", "s2e01", "s2e07", "3", "s3e05",
    ]  # fmt: skip
    assert (found[1]["episodeNumber"], found[1]["datePublished"]) == (1, "2017-06-01")


def test_a_name_that_several_things_have_is_the_one_of_the_kind(bundled: Path) -> None:
    assert page(bundled, "episode", "Ulysse")["@id"] == "id:missions/episode/s1e01"


def test_a_path_is_that_thing_and_none_that_only_ends_so(bundled: Path) -> None:
    assert page(bundled, "mission", "mission/soyuz-1")["@id"] == "id:mission/soyuz-1"


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
