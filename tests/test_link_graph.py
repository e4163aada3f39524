"""Accepted links as quads, outside every world."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import InputError
from kg.iris import Names
from kg.link import Mapping, quads
from kg.link.graph import of_a_story, relation
from kg.link.wikidata import SSSOM
from kg.vocab import OWL, PH, RDF, SKOS, WD, XSD, Iri, Literal

NAMES = Names()
LINK = Mapping(
    NAMES.person("Ada"),
    WD.Q7259,
    confidence=0.97,
    reviewers=(NAMES.agent("Editor"),),
    review_date="2026-11-22",
    agreement=1.0,
)


def test_an_accepted_link_stands_in_the_graph_of_links_alone() -> None:
    found = list(quads([LINK], NAMES))
    assert {quad.graph for quad in found} == {NAMES.links}
    assert found[0].triple == (LINK.subject, SKOS.exactMatch, WD.Q7259)


def test_each_link_has_its_provenance_and_confidence() -> None:
    told = {quad.predicate: quad.object for quad in quads([LINK], NAMES) if quad.subject != LINK.subject}
    assert told[RDF.type] == OWL.Axiom
    assert told[OWL.annotatedTarget] == WD.Q7259
    assert told[SSSOM.confidence] == Literal("0.97", XSD.double)
    assert told[SSSOM.reviewer_id] == NAMES.agent("Editor")


@pytest.mark.parametrize(
    "link",
    [
        replace(LINK, agreement=None, reviewers=(), review_date=""),
        replace(LINK, agreement=-1.0),
        replace(LINK, negated=True),
    ],
    ids=["proposed", "rejected", "denied"],
)
def test_what_nobody_accepted_is_no_link(link: Mapping) -> None:
    assert list(quads([link], NAMES)) == []


@pytest.mark.parametrize("predicate", [SKOS.exactMatch, SKOS.closeMatch])
def test_a_thing_of_a_story_is_never_the_same_as_one_outside(predicate: Iri) -> None:
    character = replace(LINK, subject=NAMES.thing("character", "Ada", "Saga"), predicate=predicate, line=7)
    with pytest.raises(InputError, match="relatedMatch at most") as caught:
        list(quads([character], NAMES))
    assert caught.value.line == 7


def test_a_thing_of_a_story_may_be_related() -> None:
    character = replace(LINK, subject=NAMES.thing("character", "Ada", "Saga"), predicate=SKOS.relatedMatch)
    assert next(quads([character], NAMES)).predicate == SKOS.relatedMatch


@pytest.mark.parametrize(
    ("node", "story"),
    [
        (NAMES.person("Ada"), False),
        (NAMES.thing("mission", "Venture 1"), False),
        (NAMES.thing("mission", "Venture 1", "Saga"), True),
        (NAMES.thing("character", "Eve", "Saga"), True),
        (NAMES.episode("Saga", "s1e01"), False),
        (NAMES.season("Saga", 1), False),
        (NAMES.series("Saga"), False),
        (PH.Craft, False),
    ],
)
def test_the_name_tells_whether_a_thing_is_of_a_story(node: Iri, story: bool) -> None:
    assert of_a_story(node, NAMES) is story


def test_a_link_is_proposed_as_what_may_be_accepted() -> None:
    assert relation(NAMES.person("Ada"), NAMES) == SKOS.exactMatch
    assert relation(NAMES.thing("character", "Ada", "Saga"), NAMES) == SKOS.relatedMatch
    assert relation(PH.Craft, NAMES) == SKOS.closeMatch
