"""Worlds do not leak: whatever bridge is planted, nothing of one world follows in another."""

from __future__ import annotations

import pytest

from kg.build.worlds import clashes, close
from kg.claims import Claim
from kg.iris import Names
from kg.reason import Closure, compile_rules, ontology_closure
from kg.vocab import OWL, PH, RDF, RDFS, SCHEMA, Blank, Iri, Term, Triple

NAMES = Names("https://example.org/id/")
ACTUAL, STORY = NAMES.actual, NAMES.world("Saga")
MAN, FIGURE = NAMES.person("Ada"), NAMES.thing("character", "Ada", "Saga")
SHIP, TOLD = NAMES.thing("craft", "Comet"), NAMES.thing("craft", "Comet", "Saga")
MARS, CAPE, COAST = (NAMES.thing("place", name) for name in ("Mars", "Cape", "Coast"))

ONTOLOGY = {
    Triple(PH.commander, RDFS.subPropertyOf, PH.crewMember),
    Triple(PH.partOf, RDF.type, OWL.TransitiveProperty),
    Triple(PH.depicts, OWL.inverseOf, PH.depictedBy),
    Triple(PH.destination, OWL.inverseOf, PH.destinationOf),
    Triple(PH.Character, OWL.disjointWith, SCHEMA.Person),
}
BACKGROUND = {
    Triple(MAN, RDF.type, SCHEMA.Person),
    Triple(FIGURE, RDF.type, PH.Character),
    Triple(CAPE, PH.partOf, COAST),
}


def claim(world: Iri, *triples: tuple[Iri, Iri, Term]) -> Claim:
    return Claim(NAMES.source("x"), world, tuple(Triple(*triple) for triple in triples))


CLAIMS = [
    claim(ACTUAL, (SHIP, PH.commander, MAN)),
    claim(ACTUAL, (FIGURE, PH.depicts, MAN)),
    claim(ACTUAL, (SHIP, PH.destination, CAPE)),
    claim(STORY, (TOLD, PH.commander, FIGURE)),
    claim(STORY, (TOLD, PH.destination, MARS)),
    claim(STORY, (FIGURE, PH.partOf, CAPE)),
]

LIST = [Blank("_:l1"), Blank("_:l2")]
CHAIN = {
    Triple(PH.witnesses, OWL.propertyChainAxiom, LIST[0]),
    Triple(LIST[0], RDF.first, PH.depicts),
    Triple(LIST[0], RDF.rest, LIST[1]),
    Triple(LIST[1], RDF.first, PH.assistantOf),
    Triple(LIST[1], RDF.rest, RDF.nil),
}

# where a bridge is planted, and what it says
BRIDGES = {
    "a shared place in the background": ("background", [(CAPE, PH.partOf, MARS)]),
    "a transitive part-of in the background": ("background", [(COAST, PH.partOf, MARS)]),
    "a shared property in the ontology": ("ontology", [(PH.depicts, RDFS.subPropertyOf, PH.assistantOf)]),
    "an inverse in the ontology": ("ontology", [(PH.depicts, OWL.inverseOf, PH.commander)]),
    "a chain in the ontology": ("ontology", [tuple(triple) for triple in CHAIN]),
    "sameAs in an imported file, as a claim of the actual world": ("claims", [(FIGURE, OWL.sameAs, MAN)]),
    "a shared node in an imported file": ("claims", [(MAN, PH.partOf, FIGURE)]),
    "a functional property in the ontology": ("ontology", [(PH.destination, RDF.type, OWL.InverseFunctionalProperty)]),
}


def triples_of(world: Iri, ontology: set[Triple], background: set[Triple], claims: list[Claim]) -> frozenset[Triple]:
    rules = compile_rules(ontology_closure(ontology))
    _, worlds = close(rules, background, {it.iri(NAMES): it for it in claims})
    return worlds[world].triples()


def planted(place: str, triples: list[tuple[Iri, Iri, Term]]) -> tuple[set[Triple], set[Triple], list[Claim]]:
    ontology, background, claims = set(ONTOLOGY), set(BACKGROUND), list(CLAIMS)
    added = {Triple(*triple) for triple in triples}
    if place == "claims":
        claims.append(claim(ACTUAL, *triples))
    else:
        (ontology if place == "ontology" else background).update(added)
    return ontology, background, claims


def foreign(found: frozenset[Triple], others: set[Iri]) -> set[Triple]:
    return {triple for triple in found if {triple.subject, triple.object} & others}


@pytest.mark.parametrize(("place", "triples"), BRIDGES.values(), ids=BRIDGES)
def test_nothing_of_history_follows_in_the_story(place: str, triples: list[tuple[Iri, Iri, Term]]) -> None:
    assert not foreign(triples_of(STORY, *planted(place, triples)), {MAN, SHIP})


@pytest.mark.parametrize(("place", "triples"), BRIDGES.values(), ids=BRIDGES)
def test_nothing_of_the_story_follows_in_history(place: str, triples: list[tuple[Iri, Iri, Term]]) -> None:
    assert not foreign(triples_of(ACTUAL, *planted(place, triples)), {TOLD})


def test_without_the_filter_of_worlds_the_man_commands_the_story_s_ship() -> None:
    """Show that the tests above can fail: one closure over everything mixes the worlds."""
    ontology, background, claims = planted(*BRIDGES["sameAs in an imported file, as a claim of the actual world"])
    mixed = Closure(compile_rules(ontology_closure(ontology)))
    mixed.add(background | {triple for it in claims for triple in it.statements})
    assert Triple(TOLD, PH.commander, MAN) in set(mixed.inferred())


def test_a_hedged_or_said_claim_gives_no_consequence() -> None:
    hedged = Claim(
        NAMES.source("x"),
        STORY,
        (Triple(TOLD, PH.commander, FIGURE),),
        force=Iri("https://w3id.org/porthole/force/hedged"),
    )
    _, worlds = close(compile_rules(ontology_closure(ONTOLOGY)), BACKGROUND, {hedged.iri(NAMES): hedged})
    assert not worlds[STORY].triples()


def test_what_contradicts_itself_in_the_background_alone_is_found_once() -> None:
    axioms = {*ONTOLOGY, Triple(PH.Place, OWL.disjointWith, PH.Mission)}
    both = {*BACKGROUND, Triple(CAPE, RDF.type, PH.Place), Triple(CAPE, RDF.type, PH.Mission)}
    _, worlds = close(compile_rules(ontology_closure(axioms)), both, {it.iri(NAMES): it for it in CLAIMS})
    assert [clash.rule for _, clash in clashes(worlds)] == ["cax-dw"]
    assert len(worlds) == 2
