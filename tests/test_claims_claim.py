"""The recipe of a claim's name, and what makes two claims one."""

import unicodedata

import pytest

from kg.claims import Claim, merged
from kg.claims.claim import kept
from kg.iris import Names
from kg.vocab import FORCE, PH, XSD, Iri, Literal, Term, Triple, edtf

NAMES = Names("https://example.org/id/")
ENTRY, OTHER_ENTRY = NAMES.source("one"), NAMES.source("two")
SHIP, ADA = NAMES.thing("craft", "Ship"), NAMES.person("Ada")


def claim(value: Term = ADA, *, source: Iri = ENTRY, force: Iri = FORCE.stated, **more: object) -> Claim:
    return Claim(source, NAMES.actual, (Triple(SHIP, PH.commander, value),), force=force, **more)  # type: ignore[arg-type]


TWO = (Triple(SHIP, PH.commander, ADA), Triple(ADA, PH.birth, edtf("1815")))

# The recipe must never change silently: every claim of every published build would get another name.
PINNED = [
    (claim(), "b4c69a8945ba65f6677b"),
    (claim(source=OTHER_ENTRY), "b9e768165f42ad62bb27"),
    (claim(force=FORCE.hedged), "743b095b04452c8279a8"),
    (claim(force=FORCE.said), "544353017bdd9fe2b005"),
    (claim(negated=True), "20d7f2760cd3f48fb32c"),
    (Claim(ENTRY, NAMES.world("Saga"), claim().statements), "6df865b9904d4d5861b8"),
    (claim(edtf("1967-04-23")), "874a6aee5e538e9067aa"),
    (claim(Literal("Ὀδυσσεύς", language="grc")), "a3eab0d01468a8a3d963"),
    (claim(Literal("two\nlines")), "89a30c33ffb36496932b"),
    (
        Claim(ENTRY, NAMES.actual, (Triple(SHIP, PH.commander, ADA), Triple(ADA, PH.birth, edtf("1815")))),
        "0303edd8bc62fc45ef08",
    ),
]


@pytest.mark.parametrize(("it", "name"), PINNED, ids=[name for _, name in PINNED])
def test_names_are_pinned(it: Claim, name: str) -> None:
    assert it.iri(NAMES).removeprefix("https://example.org/id/claim/") == name


def test_each_part_of_the_key_makes_another_claim() -> None:
    assert len({it.iri(NAMES) for it, _ in PINNED}) == len(PINNED)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Literal("Müller"), Literal(unicodedata.normalize("NFD", "Müller"))),
        (Literal("007", XSD.positiveInteger), Literal("7", XSD.integer)),
        (Literal("1.50", XSD.decimal), Literal("+1.5", XSD.decimal)),
        (Literal("1", XSD.boolean), Literal("true", XSD.boolean)),
        (Literal("Ulysse", language="FR"), Literal("Ulysse", language="fr")),
    ],
)
def test_what_the_store_keeps_alike_is_one_claim(one: Literal, other: Literal) -> None:
    assert claim(one).iri(NAMES) == claim(other).iri(NAMES)
    assert kept(one) == kept(other)


def test_neither_words_nor_place_are_part_of_the_name() -> None:
    here, there = Iri("https://example.org/id/source/one/0.txt#char=0,5"), Iri("https://example.org/id/x#char=7,9")
    assert claim(evidence=(here,)).iri(NAMES) == claim(evidence=(there,)).iri(NAMES)


def test_the_order_of_statements_is_not_part_of_the_name() -> None:
    assert Claim(ENTRY, NAMES.actual, TWO[::-1]).iri(NAMES) == Claim(ENTRY, NAMES.actual, TWO).iri(NAMES)


def test_the_same_said_twice_is_one_claim_on_both_spans() -> None:
    here, there = Iri("https://example.org/a#char=0,5"), Iri("https://example.org/a#char=7,9")
    (found,) = merged([claim(evidence=(here,)), claim(evidence=(there,))], NAMES).values()
    assert found.evidence == (here, there)


def test_two_authors_of_one_fact_make_two_claims() -> None:
    assert len(merged([claim(), claim(source=OTHER_ENTRY), claim(force=FORCE.hedged)], NAMES)) == 3


def test_a_plain_claim_costs_four_quads_in_the_catalogue() -> None:
    quads = list(claim(evidence=(Iri("https://example.org/a#char=0,5"),)).quads(NAMES))
    assert sum(quad.graph == NAMES.catalogue for quad in quads) == 4


def test_a_claim_and_its_world_agree_to_the_letter() -> None:
    spelt = [claim(Literal(text, XSD.positiveInteger)) for text in ("007", "7", "+7")]
    (found,) = merged(spelt, NAMES).values()
    assert [it.object for it in found.statements] == [Literal("7", XSD.integer)]
    assert {quad.object for quad in found.quads(NAMES) if quad.subject == SHIP} == {Literal("7", XSD.integer)}
