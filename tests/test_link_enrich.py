"""What a snapshot knows of our things, rewritten onto our nodes."""

from __future__ import annotations

import pytest

from kg.iris import Names
from kg.link import Mapping
from kg.link.enrich import Told, told
from kg.link.items import Fact, Item, ItemName, snapshot_of
from kg.link.wikidata import PR
from kg.vocab import PH, PROV, SKOS, WD, Iri, Literal, edtf

NAMES = Names()
ADA, FLIGHT = NAMES.person("Ada"), NAMES.thing("mission", "Venture 1")


def link(subject: Iri, qid: str, agreement: float | None = 1.0, predicate: Iri = SKOS.exactMatch) -> Mapping:
    return Mapping(subject, WD[qid], predicate, agreement=agreement)


def snapshot(*facts: Fact) -> list[Told]:
    items = [
        Item("Q1", (ItemName("Ada", "en"),), ("Q5",), facts=facts),
        Item("Q11631", (ItemName("astronaut", "en"),)),
        Item("Q30", (ItemName("Erewhon", "en"),), ("Q6256",)),
        Item("Q31", (ItemName("a town", "en"),)),
    ]
    return list(told([link(ADA, "Q1"), link(FLIGHT, "Q2")], snapshot_of(items), NAMES))


@pytest.mark.parametrize(
    ("value", "precision", "date"),
    [
        ("1927-03-16T00:00:00Z", 11, "1927-03-16"),
        ("1927-01-01T00:00:00Z", 0, "1927"),
        ("1927-01-01T00:00:00Z", 11, "1927-01-01"),
        ("1927-03-01T00:00:00Z", 10, "1927-03"),
        ("1927", 0, "1927"),
        ("-0044-03-15T00:00:00Z", 11, "-0044-03-15"),
    ],
)
def test_a_date_is_no_more_exact_than_it_is_meant(value: str, precision: int, date: str) -> None:
    (found,) = snapshot(Fact("P569", Literal(value), precision=precision))
    assert found.statement == (ADA, PH.birth, edtf(date))


def test_an_item_is_told_in_words_where_we_keep_words() -> None:
    (found,) = snapshot(Fact("P106", WD.Q11631))
    assert found.statement == (ADA, PH.occupation, Literal("astronaut", language="en"))


def test_a_country_that_we_do_not_know_becomes_a_place_of_ours() -> None:
    (found,) = snapshot(Fact("P27", WD.Q30, qualifiers=(("P582", Literal("1991-12-26T00:00:00Z")),)))
    assert found.statement == (ADA, PH.citizenship, NAMES.thing("place", "Erewhon"))
    assert found.nodes[0].object == PH.Country
    assert (PH.holdsUntil, edtf("1991-12-26")) in found.about


def test_a_flight_is_told_of_the_mission() -> None:
    (found,) = snapshot(Fact("P450", WD.Q2))
    assert found.statement == (FLIGHT, PH.crewMember, ADA)


def test_a_statement_keeps_its_references() -> None:
    (found,) = snapshot(Fact("P569", Literal("1927"), references=((PR.P854, Iri("https://example.org/p")),)))
    assert (PROV.hadPrimarySource, Iri("https://example.org/p")) in found.about
    assert (PH.locator, Literal("Q1 P569")) in found.about


@pytest.mark.parametrize(
    "fact", [Fact("P106", WD.Q404), Fact("P19", WD.Q31), Fact("P27", WD.Q404), Fact("P9999", WD.Q30)]
)
def test_what_cannot_be_told_is_left_out_never_guessed(fact: Fact) -> None:
    assert snapshot(fact) == []


@pytest.mark.parametrize(
    "mapping",
    [
        link(ADA, "Q1", None),
        link(ADA, "Q1", -1.0),
        link(NAMES.thing("character", "Ada", "Saga"), "Q1", predicate=SKOS.relatedMatch),
    ],
    ids=["proposed", "rejected", "character"],
)
def test_only_what_is_accepted_as_the_same_is_enriched(mapping: Mapping) -> None:
    item = Item("Q1", (ItemName("Ada"),), ("Q5",), facts=(Fact("P569", Literal("1927")),))
    assert list(told([mapping], snapshot_of([item]), NAMES)) == []
