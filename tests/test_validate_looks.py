"""Queries of a shapes' author that look into other graphs: what an edit can affect, and that nothing else is missed."""

# ruff: noqa: E501 - SPARQL reads better unbroken

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.store.embedded import Embedded
from kg.validate import compile_shapes
from kg.validate.affected import Change
from kg.validate.checks import Checks
from kg.vocab import RDF, Blank, Iri, Literal, Quad, integer
from tests.validate_cases import DATA, DECLARED, HEAD, TARGETS, triples

EX = "http://example.org/"
TERMS = Iri(EX + "terms")

#: a name, and a query whose graphs are the focus nodes, one that is known, or any
QUERIES = {
    "own graph": "SELECT $this ?value { GRAPH $this { ?value ex:knows ?any } }",
    "a statement of it": "SELECT $this ?path ?value { GRAPH $this { ?some ?path ?value } FILTER (?path IN (ex:nick, ex:alias) && ?some != ?value) }",
    "either end": "SELECT $this ?value { { GRAPH $this { ?value ?path ?any } } UNION { GRAPH $this { ?some ?path ?value } } ?value ex:home ?other }",
    "but two": "SELECT $this ?path ?value { { GRAPH $this { ?value ?path ?any } } UNION { GRAPH $this { ?some ?path ?value } } FILTER (?path NOT IN (ex:nick, rdf:type)) ?value ex:home ?other . FILTER NOT EXISTS { ?value ex:home $this } }",
    "no graph": "SELECT $this { FILTER NOT EXISTS { GRAPH $this { ?s ?p ?o } } }",
    "terms": "SELECT $this ?path ?value { GRAPH $this { ?some ?path ?value } GRAPH ex:terms { ?path ex:flag true } }",
    "no terms": "SELECT $this ?path { GRAPH $this { ?some ?path ?value } FILTER NOT EXISTS { GRAPH ex:terms { ?path ex:flag true } } }",
    "any graph": "SELECT DISTINCT $this ?value { $this ex:inside ?world . GRAPH $this { ?s ?p ?value } GRAPH ?against { ?s ?p ?other } FILTER (?other != ?value) FILTER EXISTS { ?against ex:inside ?world } FILTER NOT EXISTS { ?value (ex:inside|ex:parent)+ ?other } }",
    "one of two": "SELECT $this ?path ?value { GRAPH $this { ?thing ?path ?value } { ?thing ex:home ?world } UNION { ?value ex:home ?world } ?world a ex:Place }",
    "through a path": "SELECT $this ?value { $this ex:parent ?value . FILTER NOT EXISTS { ?value ex:parent*/ex:home ?there . GRAPH ?there { ?value ?p ?o } } }",
    "inside a test": "SELECT $this ?value { $this ?path ?value FILTER (?path IN (ex:knows, ex:parent)) FILTER (NOT EXISTS { GRAPH ?value { ?a ?b ?c } } || EXISTS { GRAPH $this { ?value a ?kind } }) }",
    "optional": "SELECT $this ?value { GRAPH $this { ?s ex:knows ?value } OPTIONAL { $this ex:age ?mine } OPTIONAL { ?value ex:age ?other } FILTER (!BOUND(?other) || ?mine != ?other) }",
    "two unions": "SELECT $this ?value { { $this ex:knows ?value } UNION { $this ex:parent ?value } { ?value ex:home ?h } UNION { ?h ex:home ?value } ?h a ?kind }",
    "apart": "SELECT $this ?other { $this ex:knows ?some . ?other ex:age ?age FILTER (?age > 17) }",
}  # fmt: skip

names = [Iri(EX + it) for it in ("ann", "bob", "g1", "g2", "terms")]
things = st.sampled_from(names)
links = st.sampled_from([Iri(EX + it) for it in ("knows", "parent", "home", "inside", "nick", "flag")])
kinds = st.sampled_from([Iri(EX + it) for it in ("Person", "Actor", "Place")])
literals = st.sampled_from([integer(17), integer(18), Literal("true", Iri("http://www.w3.org/2001/XMLSchema#boolean"))])
graphs = st.sampled_from([DATA, *names])
properties = st.sampled_from([Iri(EX + it) for it in ("knows", "nick")])
quads = st.one_of(
    st.builds(Quad, things, links, things, graphs),
    st.builds(Quad, things, st.just(RDF.type), kinds, st.just(DATA)),
    st.builds(Quad, things, st.sampled_from([Iri(EX + "age"), Iri(EX + "flag")]), literals, graphs),
    st.builds(Quad, properties, st.just(Iri(EX + "flag")), literals, st.just(TERMS)),
)


def checks(query: str, target: str = "class", shape: str = "{}") -> Checks:
    constraint = f"sh:sparql [ sh:prefixes ex:prefixes ; sh:select {json.dumps(query)} ]"
    return compile_shapes(
        triples(HEAD + DECLARED + f"ex:S a sh:NodeShape ; {TARGETS[target]} ; {shape.format(constraint)} .")
    )


@pytest.mark.parametrize("name", QUERIES)
@settings(max_examples=60, deadline=None)
@given(
    target=st.sampled_from(["class", "subjects", "nodes"]),
    before=st.lists(quads, max_size=25, unique=True),
    added=st.lists(quads, max_size=5, unique=True),
    data=st.data(),
)
def test_an_edit_in_any_graph_equals_a_full_run(
    name: str, target: str, before: list[Quad], added: list[Quad], data: st.DataObject
) -> None:
    removed = data.draw(st.lists(st.sampled_from(before), max_size=5)) if before else []
    asked = checks(QUERIES[name], target)
    found = list(asked.run(Embedded.memory(before), [DATA]))
    after = Embedded.memory({*before, *added} - set(removed))
    assert Counter(asked.update(found, [*added, *removed], after, [DATA])) == Counter(asked.run(after, [DATA]))


@pytest.mark.parametrize("name", sorted(set(QUERIES) - {"no graph"}))
@settings(max_examples=25, deadline=None)
@given(before=st.lists(quads, max_size=25, unique=True), added=st.lists(quads, max_size=5, unique=True))
def test_a_query_inside_another_shape_too(name: str, before: list[Quad], added: list[Quad]) -> None:
    asked = checks(QUERIES[name], shape="sh:property [ sh:path [ sh:zeroOrMorePath ex:parent ] ; sh:not [ {} ] ]")
    found = list(asked.run(Embedded.memory(before), [DATA]))
    after = Embedded.memory({*before, *added})
    assert Counter(asked.update(found, added, after, [DATA])) == Counter(asked.run(after, [DATA]))


def scope(query: str, *changed: Quad) -> tuple[set[object], set[object], bool]:
    """Return what a change leads to, in a store that holds it: nodes, pairs, and whether all is to be asked again."""
    asked = checks(query)
    found = Change(changed, Embedded.memory(changed), [DATA]).affected(asked.checks[0].touches)
    return set(found.nodes), set(found.pairs), found.whole


ANN, BOB, G1, KNOWS, HOME, FLAG = (Iri(EX + it) for it in ("ann", "bob", "g1", "knows", "home", "flag"))


def test_a_changed_statement_leads_to_its_graph_and_its_value() -> None:
    assert scope(QUERIES["own graph"], Quad(ANN, KNOWS, BOB, G1)) == (set(), {(G1, ANN)}, False)


def test_a_property_that_a_filter_keeps_out_leads_nowhere() -> None:
    assert scope(QUERIES["a statement of it"], Quad(ANN, KNOWS, BOB, G1)) == (set(), set(), False)


def test_a_thing_leads_to_the_graphs_that_speak_of_it() -> None:
    changed = (Quad(ANN, HOME, BOB, DATA), Quad(BOB, KNOWS, ANN, G1))
    assert scope(QUERIES["either end"], *changed)[1] >= {(G1, ANN), (G1, BOB)}


def test_a_pattern_that_hangs_on_nothing_leads_everywhere() -> None:
    assert scope(QUERIES["apart"], Quad(ANN, Iri(EX + "age"), integer(3), DATA))[2]


def test_a_term_that_changes_its_meaning_leads_to_what_uses_it() -> None:
    changed = (Quad(KNOWS, FLAG, Literal("true"), TERMS), Quad(ANN, KNOWS, BOB, G1))
    assert (G1, BOB) in scope(QUERIES["terms"], *changed)[1]


def test_what_has_no_name_leads_everywhere() -> None:
    assert scope(QUERIES["either end"], Quad(Blank("_:a"), HOME, BOB, DATA))[2]
