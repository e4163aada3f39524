"""Laws of imports: no value changes in silence, no order matters, nothing that is odd stops a build."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st
from test_claims_imported import NAMES, START, take

from kg.build.imports import changes
from kg.foreign import unfit
from kg.store.embedded import Embedded
from kg.vocab import EDTF, SCHEMA, XSD, Iri, Literal, Triple, n3

SUBJECT = "https://e.example/thing"
NAME = Iri("https://w3id.org/porthole/ontology#describedAs")
numbers = st.sampled_from(
    ["01", "1.50", "+5", "1e3", "1.0E0", "007", "-0", "true", "1", "0", "PT60M", "INF", "abc", ""]
)
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
TYPES = "integer decimal double float boolean positiveInteger duration dateTime date gYear string token".split()
kinds = st.sampled_from([XSD[it] for it in TYPES])
literals = st.one_of(
    st.builds(Literal, texts),
    st.builds(Literal, texts, st.just(XSD.string), st.sampled_from(["en", "en-GB", "FR", "grc"])),
    st.builds(Literal, numbers, kinds),
    st.builds(Literal, st.sampled_from(["2020-01-01T00:00:00+00:00", "2020-01-01+00:00", "1967~"]), kinds),
    st.builds(Literal, st.just("1967~"), st.just(EDTF.EDTF)),
)


@given(st.lists(literals, min_size=1, max_size=5))
@settings(deadline=None, max_examples=150)
def test_every_value_comes_back_to_the_letter_or_its_change_is_told(values: list[Literal]) -> None:
    lines = "".join(f"<{SUBJECT}> <{NAME}> {n3(it)} .\n" for it in values)
    found = take(lines, syntax="nquads")
    store = Embedded.memory(quad for claim in found.claimed.claims for quad in claim.quads(NAMES))
    stored = {quad.object for quad in store.quads() if quad.predicate == NAME}
    told = " ".join(it.message for it in (*changes(found.literals), *found.left))
    for value in values:
        assert value in stored or unfit(value) or _named(value, told), (value, stored, told)


def _named(value: Literal, told: str) -> bool:
    return " is kept as " in told and (" ".join(value.value.split())[:20] in told or "\\" in n3(value))


@given(st.permutations(["a", "b", "c", "d"]))
@settings(deadline=None, max_examples=24)
def test_the_order_of_statements_changes_no_name(order: list[str]) -> None:
    parts = {
        "a": '_:x ph:gender "female" .',
        "b": "_:x ph:spouse _:y .",
        "c": '_:y ph:gender "male" .',
        "d": '_:y schema:birthDate "1927" .',
    }
    one = {it for claim in take("\n".join(parts.values())).claimed.claims for it in claim.statements}
    other = {it for claim in take("\n".join(parts[key] for key in order)).claimed.claims for it in claim.statements}
    assert one == other


def test_nodes_that_are_alike_stay_several() -> None:
    text = "\n".join('[] ph:gender "female" .' for _ in range(5))
    assert len({it.subject for claim in take(text).claimed.claims for it in claim.statements}) == 5


def test_a_long_chain_of_nodes_without_name_costs_little() -> None:
    text = "\n".join(f"_:n{n} ph:spouse _:n{n + 1} ." for n in range(5_000))
    begun = time.process_time()
    assert len(take(text).claimed.claims) == 5_000
    assert not take(f"{text}\n<https://e.example/x> <https://e.example/odd> _:n0 .").claimed.claims
    assert time.process_time() - begun < 8


def test_twenty_thousand_statements_cost_little() -> None:
    text = "".join(f'<https://e.example/{n}> <{SCHEMA.name}> "Name {n}" .\n' for n in range(20_000))
    begun = time.process_time()
    found = take(text, syntax="nquads")
    assert time.process_time() - begun < 10
    assert not found.left
    assert START > 10


def test_numbers_in_another_script_are_no_numbers() -> None:
    found = take('id:missions/episode/s1e01 schema:episodeNumber "١" , "²" .')
    assert not found.claimed.claims
    assert len(found.left) == 2


def test_what_is_said_twice_is_one_claim_with_both_lines() -> None:
    text = 'id:person/ada ph:gender "female" .\nid:person/ada ph:gender "female" , "f" .'
    claims = take(text).claimed.claims
    triple = Triple(NAMES.iri("person", "ada"), Iri("https://w3id.org/porthole/ontology#gender"), Literal("female"))
    assert len({it.iri(NAMES) for it in claims if triple in it.statements}) == 1
