"""What the guide knows and Wikidata lacks: statements with references, held against its policies, never sent."""

from __future__ import annotations

import json

import pytest

from kg.iris import Names
from kg.link import Mapping
from kg.link.forms import quick_statements, rest
from kg.link.giveback import Citation, Links, Statement, links, statements
from kg.link.items import Fact, Item, ItemName, Snapshot, snapshot_of
from kg.link.policy import faults, in_words
from kg.store.embedded import Embedded
from kg.vocab import DCTERMS, MANNER, PH, PROV, RDFS, SCHEMA, SKOS, WD, Iri, Literal, Quad, Term, integer

NAMES = Names()
EPISODE, SERIES, SEASON = NAMES.episode("Saga", "s1e01"), NAMES.series("Saga"), NAMES.season("Saga", 1)
PLAYER, HERO, FIGURE = NAMES.person("Jo"), NAMES.thing("character", "Eve", "Saga"), NAMES.person("Eve Stone")
UNIVERSE = NAMES.universe("Saga")
ENTRY, CLAIM, SPAN, PERFORMANCE = (
    Iri(NAMES.base + name) for name in ("source/s", "claim/1", "span/1", "performance/1")
)
ITEMS = {EPISODE: "Q10", SERIES: "Q11", SEASON: "Q12", PLAYER: "Q13", HERO: "Q14", FIGURE: "Q15", UNIVERSE: "Q16"}
KNOWN = snapshot_of(
    [
        Item("Q10", (ItemName("Pilot"),), ("Q21191270",)),
        Item("Q11", (ItemName("Saga"),), ("Q5398426",)),
        Item("Q13", (ItemName("Jo"),), ("Q5",)),
        Item("Q14", (ItemName("Eve"),), ("Q15773317",)),
        Item("Q15", (ItemName("Eve Stone"),), ("Q5",)),
    ]
)


def store(licence: str = "https://creativecommons.org/licenses/by/4.0/", manner: Iri = MANNER["on-screen"]) -> Embedded:
    told: list[tuple[Iri, Iri, Term]] = [
        (PERFORMANCE, PH.inEpisode, EPISODE),
        (PERFORMANCE, PH.performer, PLAYER),
        (PERFORMANCE, PH.character, HERO),
        (PERFORMANCE, PH.manner, manner),
        (PERFORMANCE, PH.billing, integer(3)),
        (HERO, RDFS.label, Literal("Eve")),
        (HERO, PH.depicts, FIGURE),
        (HERO, PH.existsIn, NAMES.world("Saga")),
        (NAMES.world("Saga"), PH.inUniverse, UNIVERSE),
        (EPISODE, SCHEMA.partOfSeries, SERIES),
        (EPISODE, SCHEMA.partOfSeason, SEASON),
        (EPISODE, SCHEMA.episodeNumber, integer(1)),
    ]
    described: list[tuple[Iri, Iri, Term]] = [
        (ENTRY, PH.describes, EPISODE),
        (ENTRY, SCHEMA.url, Iri("https://example.org/guide/1")),
        (ENTRY, DCTERMS.license, Iri(licence)),
        (CLAIM, PROV.wasDerivedFrom, SPAN),
    ]
    return Embedded.memory(
        [
            *(Quad(*triple, NAMES.actual) for triple in told),
            *(Quad(*triple, NAMES.catalogue) for triple in described),
            Quad(PERFORMANCE, PH.performer, PLAYER, CLAIM),
            Quad(SPAN, PH.quote, Literal("Jo (Eve)"), NAMES.anchors("s")),
        ]
    )


def given(snapshot: Snapshot = KNOWN, **kinds: str) -> dict[str, Statement]:
    found = statements(store(**kinds), Links(ITEMS), snapshot, NAMES, "2026-11-22")  # type: ignore[arg-type]
    return {one.property: one for one in found}


def test_the_cast_comes_with_role_and_order() -> None:
    cast = given()["P161"]
    assert (cast.item, cast.value) == ("Q10", "Q13")
    assert cast.qualifiers == (("P453", "Q14"), ("P4633", "Eve"), ("P1545", "3"))


def test_a_voice_is_no_cast_member() -> None:
    assert "P161" not in given(manner=MANNER.voice)
    assert given(manner=MANNER.voice)["P725"].value == "Q13"


def test_an_episode_is_placed_in_season_and_series() -> None:
    found = given()
    assert (found["P4908"].value, found["P4908"].qualifiers) == ("Q12", (("P1545", "1"),))
    assert (found["P179"].value, found["P179"].qualifiers) == ("Q11", ())


def test_a_character_is_an_analog_and_not_the_same() -> None:
    found = given()
    assert (found["P1080"].item, found["P1080"].value) == ("Q14", "Q16")
    assert (found["P1074"].item, found["P1074"].value) == ("Q14", "Q15")
    assert (found["P1889"].item, found["P1441"].value) == ("Q14", "Q11")


def test_every_statement_cites_the_guide() -> None:
    assert {one.citation.url for one in given().values()} == {"https://example.org/guide/1"}
    assert given()["P161"].citation == Citation("https://example.org/guide/1", "2026-11-22", "Jo (Eve)")


def test_words_are_quoted_only_where_the_licence_lets_them_go() -> None:
    assert given(licence="https://example.org/all-rights-reserved")["P161"].citation.quote == ""


def test_what_wikidata_has_is_not_given_again() -> None:
    there = snapshot_of([*KNOWN.items.values(), Item("Q10", facts=(Fact("P161", WD.Q13),))])
    assert "P161" not in given(there)


def test_only_accepted_links_count_and_a_character_never_has_a_persons_item() -> None:
    mappings = [
        Mapping(PLAYER, WD.Q13, agreement=1.0),
        Mapping(EPISODE, WD.Q10),
        Mapping(HERO, WD.Q15, SKOS.relatedMatch, agreement=1.0),
    ]
    assert links(mappings, KNOWN, NAMES).items == {PLAYER: "Q13"}
    fiction = Mapping(HERO, WD.Q14, SKOS.relatedMatch, agreement=1.0)
    assert links([fiction], KNOWN, NAMES).items == {HERO: "Q14"}


CITED = Citation("https://example.org/guide/1", "2026-11-22")


@pytest.mark.parametrize(
    ("one", "problem"),
    [
        (Statement("Q14", "P31", "Q5", (), CITED), "a character is no human"),
        (Statement("Q14", "P1080", "Q15", (), CITED), "P1080 leads to a universe"),
        (Statement("Q14", "P1074", "Q11", (), CITED), "the universe that something is from is P1080"),
        (Statement("Q15", "P1074", "Q15", (), CITED), "belongs on an item of fiction"),
        (Statement("Q10", "P161", "Q14", (), CITED), "not a character"),
        (Statement("Q10", "P161", "Q11", (), CITED), "not a work"),
        (Statement("Q15", "P1441", "Q13", (), CITED), "leads to a work"),
        (Statement("Q10", "P9999", "Q13", (), CITED), "not among the properties"),
        (Statement("Q10", "P161", "Q13"), "no reference"),
    ],
)
def test_what_policy_forbids_is_refused_in_words(one: Statement, problem: str) -> None:
    (found,) = faults([one], KNOWN)
    assert problem in found


def test_what_we_give_breaks_no_policy() -> None:
    assert list(faults(given().values(), KNOWN)) == []


def test_a_dry_run_says_it_in_words() -> None:
    assert in_words(given()["P161"], KNOWN) == (
        "Pilot (Q10): cast member (P161) Jo (Q13) "
        "(character role (P453) Eve (Q14); name of the role (P4633) “Eve”; series ordinal (P1545) “3”)"
    )


def test_quick_statements_are_lines_with_tabs() -> None:
    (line,) = quick_statements([given()["P161"]])
    assert line.rstrip("\n").split("\t") == [
        "Q10", "P161", "Q13", "P453", "Q14", "P4633", '"Eve"', "P1545", '"3"', "S854", '"https://example.org/guide/1"',
        "S813", "+2026-11-22T00:00:00Z/11 /* Jo (Eve) */",
    ]  # fmt: skip


def test_no_text_breaks_out_of_its_line() -> None:
    hostile = Statement("Q1", "P161", "Q2", (("P4633", 'a"\tQ3\nQ4\tP31\tQ5'),))
    (line,) = quick_statements([hostile])
    assert line.count("\n") == 1
    assert line.count("\t") == 4


def test_a_text_keeps_its_quotation_marks_and_ends_no_comment() -> None:
    one = Statement(
        "Q1", "P161", "Q2", (("P4633", 'Ed "Flip" /* Stone'),), Citation("https://x.example/", "2026-11-22", "*/ a")
    )
    (line,) = quick_statements([one])
    assert '\t"Ed "Flip" / * Stone"\t' in line
    assert line.endswith("/11 /* * / a */\n")


def test_the_rest_api_gets_json() -> None:
    (request,) = json.loads("".join(rest([given()["P4908"]])))
    assert request["path"] == "/w/rest.php/wikibase/v1/entities/items/Q10/statements"
    body = request["body"]["statement"]
    assert body["value"] == {"type": "value", "content": "Q12"}
    assert body["qualifiers"] == [{"property": {"id": "P1545"}, "value": {"type": "value", "content": "1"}}]
    assert [part["property"]["id"] for part in body["references"][0]["parts"]] == ["P854", "P813"]
