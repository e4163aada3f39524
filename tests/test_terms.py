"""What editors may write, as read from the ontology and from small ontologies made here."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resources import shared
from kg.store.embedded import read_rdf
from kg.terms import Vocabulary, nearest, spaced, vocabulary
from kg.vocab import ASPECT, CDT, EDTF, FORCE, ONTOLOGY_GRAPH, PH, PORTHOLE, PREFIXES, RDF, SCHEMA, XSD, Iri, Triple


def triples(turtle: str) -> list[Triple]:
    heads = "".join(f"PREFIX {name}: <{stem}>\n" for name, stem in PREFIXES.items())
    return [quad.triple for quad in read_rdf((heads + turtle).encode(), "turtle", "test", ONTOLOGY_GRAPH)]


@cache
def shipped() -> Vocabulary:
    files = [shared("ontology", name).read_bytes() for name in ("porthole.ttl", "concepts.ttl")]
    return vocabulary(quad.triple for file in files for quad in read_rdf(file, "turtle", "ontology", ONTOLOGY_GRAPH))


# --- properties -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("local", "written"),
    [("crewMember", "crew member"), ("launch", "launch"), ("COSPARId", "cosparid"), ("causeOfDeath", "cause of death")],
)
def test_written_name_is_the_local_name_in_spaced_words(local: str, written: str) -> None:
    assert spaced(local) == written


def test_a_property_says_all_that_rules_and_readers_need() -> None:
    commander = shipped().properties["commander"]
    assert (commander.iri, commander.kind, commander.range) == (PH.commander, "name", PH.Agent)
    assert set(commander.domain) == {PH.Mission, PH.Craft}
    assert (commander.comparable, commander.single_valued, commander.aspect) == (True, True, ASPECT.crew)
    assert (commander.label, commander.example) == ("commander", "Soyuz 1 | commander | Vladimir Komarov")


@pytest.mark.parametrize(
    ("name", "kind", "range_"),
    [
        ("birth", "date", EDTF.EDTF),
        ("travel time", "quantity", CDT.ucum),
        ("orbits", "number", XSD.integer),
        ("crew member", "name", PH.Agent),
        ("finances", "name", None),
        ("is a", "name", None),
    ],
)
def test_the_range_says_which_value_is_written(name: str, kind: str, range_: Iri | None) -> None:
    found = shipped().properties[name]
    assert (found.kind, found.range) == (kind, range_)


def test_a_text_may_have_a_language_or_none() -> None:
    assert {shipped().properties[name].kind for name in ("occupation", "motive", "title")} == {"text"}


def test_symmetric_inverse_and_other_marks_are_read() -> None:
    properties = shipped().properties
    assert properties["spouse"].symmetric
    assert not properties["commander"].symmetric
    assert properties["depicts"].of_the_work
    assert properties["depicts"].inverse == PH.depictedBy
    assert properties["had anomaly"].background_value
    assert not properties["destination"].background_value


def test_a_term_may_be_written_otherwise_than_it_is_called() -> None:
    properties = shipped().properties
    assert properties["is a"].iri == RDF.type
    assert properties["title"].iri == SCHEMA.name


def test_a_former_name_still_finds_its_property() -> None:
    words = shipped()
    assert words.property("pays for") == words.properties["finances"]
    assert words.property("pays for whom") is None
    assert "pays for" not in words.properties


def test_a_property_is_found_by_its_iri() -> None:
    assert shipped().property_of(PH.crewMember) == shipped().properties["crew member"]
    assert shipped().property_of(PH.assertedIn) is None


@pytest.mark.parametrize("name", sorted(shipped().properties))
def test_every_example_uses_the_property_as_it_is_written(name: str) -> None:
    subject, written, value = shipped().properties[name].example.split(" | ")
    assert written == name
    assert subject
    assert value
    assert value.startswith('"') == (shipped().properties[name].kind == "text")


def test_every_compared_property_has_an_aspect() -> None:
    assert [found.name for found in shipped().properties.values() if found.comparable and not found.aspect] == []


# --- kinds and concepts ---------------------------------------------------------------------------------------------


def test_a_kind_has_a_class_on_each_side() -> None:
    mission = shipped().kinds["mission"]
    assert (mission.generic, mission.story, mission.history) == (PH.Mission, PH.FictionalMission, PH.HistoricalMission)
    assert (mission.segment, mission.story_segment, mission.background) == ("mission", "mission", False)


@pytest.mark.parametrize("name", ["person", "character"])
def test_a_person_is_a_character_in_a_story_and_a_figure_in_history(name: str) -> None:
    kind = shipped().kinds[name]
    assert (kind.story, kind.history, kind.making) == (PH.Character, PH.HistoricalFigure, SCHEMA.Person)
    assert (kind.segment, kind.story_segment) == ("person", "character")


@pytest.mark.parametrize("name", ["planet", "country", "city", "language", "anomaly", "cause", "outcome"])
def test_background_kinds_are_the_same_in_every_world(name: str) -> None:
    kind = shipped().kinds[name]
    assert kind.background
    assert kind.story is None
    assert kind.history is None


def test_a_concept_is_found_by_kind_and_label_in_either_language() -> None:
    words = shipped()
    anomaly = words.kinds["anomaly"]
    found = words.concept(anomaly, "Parachute failed")
    assert found is not None
    assert found.iri == PORTHOLE + "anomaly/parachute-failed"
    assert words.concept(anomaly, "défaillance du parachute") == found
    assert words.concept(anomaly, "solar wing stuck") is None
    assert words.concept(words.kinds["mission"], "Dawn") is None


def test_closed_lists_can_be_looked_up_by_scheme() -> None:
    assert shipped().concepts[Iri(PORTHOLE + "force"), "hedged"].iri == FORCE.hedged


# --- names that are not known ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("comander", "commander"),
        ("crew-member", "crew member"),
        ("Launch Site", "launch site"),
        ("pay for", "pays for"),
    ],
)
def test_the_nearest_names_are_proposed(wrong: str, right: str) -> None:
    assert right in shipped().nearest_properties(wrong)


def test_nothing_is_proposed_for_what_is_like_nothing() -> None:
    assert shipped().nearest_properties("xyzzy") == ()
    assert shipped().nearest_kinds("") == ()


@given(st.text(max_size=40))
def test_any_name_is_answered_with_known_names_only(name: str) -> None:
    known = ["commander", "Crew Member", "cause"]
    assert set(nearest(name, known)) <= set(known)


# --- ontologies of any shape ----------------------------------------------------------------------------------------


def test_nothing_gives_an_empty_vocabulary() -> None:
    assert vocabulary([]) == Vocabulary()


def test_a_project_writes_its_own_terms_at_once() -> None:
    own = "<https://example.org/terms/namedAfter> a owl:ObjectProperty ; ph:writable true ; rdfs:range ph:Agent ."
    found = vocabulary(triples(own)).properties["named after"]
    assert (found.iri, found.kind, found.range) == ("https://example.org/terms/namedAfter", "name", PH.Agent)


def test_a_term_that_is_no_longer_writable_is_left_out() -> None:
    assert vocabulary(triples("ph:old ph:writable false .")).properties == {}


def test_a_former_name_never_hides_a_present_one() -> None:
    words = vocabulary(triples('ph:new ph:writable true ; ph:formerName "old" . ph:old ph:writable true .'))
    found = words.property("old")
    assert found is not None
    assert found.iri == PH.old
    assert words.former == {}


def test_blank_nodes_and_literals_out_of_place_are_passed_over() -> None:
    words = vocabulary(
        triples('[] ph:writable true . ph:odd ph:writable true ; rdfs:range [] , "text" ; ph:aspect "crew" .')
    )
    assert (words.properties["odd"].range, words.properties["odd"].aspect) == (None, None)


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_triples_does_not_matter(random: object) -> None:
    given_ = triples(
        'ph:b ph:writable true ; rdfs:range ph:Agent , ph:Place ; ph:formerName "x", "y" . ph:a ph:writable true .'
    )
    mixed = list(given_)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert vocabulary(mixed) == vocabulary(given_)
    assert list(vocabulary(mixed).properties) == ["a", "b"]
