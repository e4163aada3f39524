"""The evaluator on columns against the one that serves edits: the same triples, the same contradictions."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

pytest.importorskip("numpy", reason="the extra [scale] is not installed")

from bench import synthetic
from kg.errors import LimitError
from kg.reason import Limits, compile_rules
from kg.reason.columns import Bulk
from kg.vocab import OWL, Triple
from tests.reason_graphs import EX, closed, data, graph, noise, ontologies, ontology

few = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def agree(axioms: list[Triple], triples: list[Triple]) -> None:
    rules = compile_rules(axioms, noise())
    one, other = closed(rules, triples), Bulk(rules, triples)
    assert set(other.inferred()) == set(one.inferred()) - rules.facts
    found = [{(clash.rule, frozenset(clash.triples)) for clash in each.clashes()} for each in (one, other)]
    assert found[0] == found[1]


@few
@given(axioms=ontologies(), triples=data())
def test_random_graphs(axioms: list[Triple], triples: list[Triple]) -> None:
    agree(axioms, triples)


@few
@given(axioms=ontologies(4), triples=data(8), more=ontologies(3))
def test_axioms_among_the_data(axioms: list[Triple], triples: list[Triple], more: list[Triple]) -> None:
    agree(axioms, [*triples, *more])


def test_a_guide_with_defects() -> None:
    defects = {"negated": 2, "wrong-kind": 3, "performer-is-character": 2}
    agree(list(ontology()), synthetic.world(6000, defects))


def test_contradictions_are_found_in_the_number_that_was_put_in() -> None:
    rules = compile_rules(ontology(), noise())
    clashes = Bulk(rules, synthetic.world(6000, {"negated": 4})).clashes()
    assert [clash.rule for clash in clashes] == ["prp-npa1"] * 4


def test_no_data_are_fine() -> None:
    assert not list(Bulk(compile_rules(ontology()), []).inferred())


def test_a_long_chain_of_equals_is_settled_quickly() -> None:
    chain = [Triple(EX[f"i{number}"], OWL.sameAs, EX[f"i{number + 1}"]) for number in range(200)]
    assert len(set(Bulk(compile_rules([]), chain).inferred())) == 201 * 200 - 200


def test_what_would_be_too_much_is_refused_before_it_is_made() -> None:
    chain = [Triple(EX[f"i{number}"], OWL.sameAs, EX[f"i{number + 1}"]) for number in range(2000)]
    with pytest.raises(LimitError, match="--max-inferred"):
        Bulk(compile_rules([]), chain, limits=Limits(inferred=10_000))


def test_a_value_of_an_ordinary_property_may_make_a_class() -> None:
    axioms = graph(":R owl:hasValue :x ; owl:onProperty :p . :q rdfs:subPropertyOf :p .")
    assert set(Bulk(compile_rules(axioms), graph(":a :q :x .")).inferred()) == set(graph(":a :p :x ; a :R ."))
