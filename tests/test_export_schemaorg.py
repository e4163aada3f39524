"""What search engines get: the making, and nothing of the story."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kg.export import rows, select
from kg.export.schemaorg import schemaorg, things
from kg.vocab import SCHEMA, Iri, Literal, Quad
from tests import export_shapes as shapes
from tests.test_export_release import kg

ROWS = list(rows(shapes.guide()))
ACTUAL = list(select.of_graphs(ROWS, [Iri(shapes.BASE + "world/actual"), Iri(shapes.BASE + "background")]))
LINKS = list(select.of_graphs(ROWS, [Iri(shapes.BASE + "links")]))
FOUND = {str(it["@id"]).removeprefix(shapes.BASE): it for it in things(ACTUAL, LINKS)}


def test_an_episode_as_schema_org_has_it() -> None:
    assert FOUND["lantern/episode/s1e02"] == {
        "@type": "TVEpisode",
        "@id": shapes.BASE + "lantern/episode/s1e02",
        "name": "The Second Light",
        "author": {"@id": shapes.BASE + "person/sam-oda"},
        "datePublished": "2031-05-04",
        "episodeNumber": 2,
        "partOfSeason": {"@id": shapes.BASE + "lantern/season/1"},
        "partOfSeries": {"@id": shapes.BASE + "series/lantern"},
        "actor": [
            {
                "@type": "PerformanceRole",
                "actor": {"@id": shapes.BASE + "person/kit-lane"},
                "characterName": "Ada Byrne",
            },
            {
                "@type": "PerformanceRole",
                "actor": {"@id": shapes.BASE + "person/jo-park"},
                "characterName": "The Keeper",
            },
        ],
    }


def test_nothing_of_a_story_and_nothing_hedged() -> None:
    text = "".join(schemaorg(ACTUAL, LINKS))
    assert "lantern/mission" not in text
    assert "lantern/character" not in text
    assert "inspiredBy" not in text


def test_links_to_wikidata_are_same_as() -> None:
    assert FOUND["person/rolf-hay"]["sameAs"] == "http://www.wikidata.org/entity/Q4115189"


def test_one_thing_comes_with_what_it_names() -> None:
    found = json.loads("".join(schemaorg(ACTUAL, LINKS, Iri(shapes.BASE + "lantern/episode/s1e02"))))
    names = {it["name"] for it in found["@graph"]}
    assert {"The Second Light", "Lantern", "Kit Lane", "Sam Oda"} <= names
    assert "Rolf Hay" not in names


def test_no_reference_leads_nowhere(bundled: Path) -> None:
    """A search engine follows no address: what is named stands in the document, with its own name."""
    answer = kg("export", "-p", str(bundled), "-f", "schemaorg", "Ulysse")
    found = {it["@id"]: it for it in json.loads(answer.out)["@graph"]}
    episode = next(it for it in found.values() if it["@type"] == "TVEpisode")
    assert (episode["name"], episode["episodeNumber"], episode["datePublished"]) == ("Ulysse", 1, "2017-06-01")
    assert {"partOfSeries", "partOfSeason", "director", "author", "musicBy"} <= set(episode)
    assert set(pointed(list(found.values()))) <= set(found)
    assert all(it["name"] for it in found.values())
    assert {it["@type"] for it in found.values()} == {
        "TVEpisode", "TVSeason", "TVSeries", "Person", "Organization", "Place",
    }  # fmt: skip


def pointed(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        for part in value.values():
            yield from pointed(part)
    elif isinstance(value, list):
        for part in value:
            yield from pointed(part)


def test_digits_of_a_name_stay_a_name() -> None:
    said = Quad(Iri(shapes.BASE + "person/kit-lane"), SCHEMA.jobTitle, Literal("1917"), Iri(shapes.BASE + "background"))
    found = {it["@id"]: it for it in things([*ACTUAL, *rows([said])], LINKS)}
    assert found[shapes.BASE + "person/kit-lane"]["jobTitle"] == "1917"
