"""What goes out of the graph: a world, an entity, an entry, and no text that may not be passed on."""

from __future__ import annotations

import pytest

from kg.export import rows, select
from kg.export.rows import Row, quads
from kg.vocab import PH, RDFS, Iri, Literal, Quad
from tests import export_shapes as shapes

ROWS = list(rows(shapes.guide()))


def iri(path: str) -> Iri:
    return Iri(shapes.BASE + path)


def graphs_of(found: list[Row]) -> set[str]:
    return {row[3].removeprefix(f"<{shapes.BASE}").rstrip(">") for row in found}


def said(found: list[Row]) -> set[Quad]:
    return {quad._replace(graph=Iri("")) for quad in quads(found)}


def test_a_world_is_its_graph_with_the_background() -> None:
    assert graphs_of(list(select.of_graphs(ROWS, [iri("world/lantern"), iri("background")]))) == {
        "world/lantern",
        "background",
    }


def test_an_entity_comes_with_the_claims_about_it_and_their_words() -> None:
    found = select.of_entity(ROWS, iri("lantern/mission/beacon-2"))
    assert {"claim/05story", "claim/06story-not", "claim/08said", "claim/10verdict", "world/lantern"} <= graphs_of(
        found
    )
    assert not graphs_of(found) & {"claim/01episode", "claim/07history"}
    quotes = {quad.object for quad in quads(found) if quad.predicate == PH.quote}
    assert Literal("Ada Byrne flies Beacon 2.") in quotes


def test_whoever_is_named_has_a_label() -> None:
    labels = {
        quad.subject
        for quad in quads(select.of_entity(ROWS, iri("lantern/mission/beacon-2")))
        if quad.predicate == RDFS.label
    }
    assert {
        iri("lantern/character/ada-byrne"),
        iri("place/moon"),
        iri("world/lantern"),
        iri("agent/the-editors"),
    } <= labels


def test_an_episode_comes_with_its_performances_and_credits_whole() -> None:
    world = list(select.of_graphs(ROWS, [iri("world/actual"), iri("background")]))
    found = said(select.of_entity(world, iri("lantern/episode/s1e02")))
    performance = iri("lantern/episode/s1e02/performance/kit-lane-as-ada-byrne")
    assert Quad(performance, PH.performer, iri("person/kit-lane"), Iri("")) in found
    assert Quad(iri("person/kit-lane"), RDFS.label, Literal("Kit Lane"), Iri("")) in found


def test_what_is_only_said_or_hedged_is_in_no_world() -> None:
    for place in ("world/actual", "world/lantern"):
        found = said(list(select.stated(ROWS, iri(place), iri("background"))))
        assert not [quad for quad in found if quad.predicate in (PH.destination, PH.inspiredBy, PH.depicts)]


def test_an_entry_is_the_claims_it_supports() -> None:
    found = graphs_of(select.of_entry(ROWS, iri("source/lantern/s1e02")))
    assert {"claim/01episode", "claim/08said", "catalogue", "anchors/lantern/s1e02"} <= found
    assert not found & {"claim/07history", "claim/09hedged", "anchors/closed/page"}


def test_an_entity_that_nobody_names_gives_nothing() -> None:
    assert select.of_entity(ROWS, iri("person/nobody")) == []


def test_a_text_goes_out_where_its_licence_allows_it() -> None:
    assert [row[0] for row in select.withheld(ROWS)] == [f"<{iri('source/closed/page/bb.txt')}>"]


def test_quotes_stay_with_their_text_where_only_the_free_may_pass() -> None:
    assert [row[2] for row in select.withheld(ROWS, quotes=True)] == [
        '"reportedly inspired by others"',
        '"reportedly i"',
        '"reportedly"',
    ]


@pytest.mark.parametrize(
    ("licence", "wanted"),
    [
        ("<https://creativecommons.org/publicdomain/zero/1.0/>", True),
        ('"CC BY 4.0"', True),
        ('"CC0"', True),
        ("Apache-2.0", True),
        ('"All rights reserved"', False),
        ("<https://example.org/terms>", False),
        ('""', False),
        ('"accessible by"', False),
    ],
)
def test_a_licence_is_open_or_not(licence: str, wanted: bool) -> None:
    assert select.is_open(licence) is wanted


def test_the_worlds_of_an_entity() -> None:
    assert select.worlds_of(ROWS, iri("lantern/mission/beacon-2")) == [iri("world/lantern")]
