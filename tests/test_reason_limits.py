"""Hostile input: an endless closure ends in an error that says how to go on."""

from __future__ import annotations

import pytest

from kg.errors import LimitError
from kg.reason import Closure, Limits, compile_rules
from kg.vocab import OWL, RDF, RDFS, XSD, Literal, Triple
from tests.reason_graphs import EX, closed, graph


def chain(length: int, predicate: str = "sameAs") -> list[Triple]:
    link = OWL.sameAs if predicate == "sameAs" else EX[predicate]
    return [Triple(EX[f"i{number}"], link, EX[f"i{number + 1}"]) for number in range(length)]


@pytest.mark.parametrize(
    ("limits", "option"),
    [
        (Limits(inferred=5000), "--max-inferred 50000"),
        (Limits(steps=5000), "--max-steps 50000"),
        (Limits(seconds=0.05), "--timeout"),
    ],
)
def test_a_limit_says_how_to_raise_it(limits: Limits, option: str) -> None:
    closure = Closure(compile_rules([]), limits=limits)
    with pytest.raises(LimitError, match=option) as caught:
        closure.add(chain(600))
    assert caught.value.exit_status == 6


def test_the_clock_is_the_caller_s() -> None:
    times = iter(range(10_000))
    closure = Closure(compile_rules([]), limits=Limits(seconds=1, clock=lambda: next(times)))
    with pytest.raises(LimitError, match="longer than 1 seconds"):
        closure.add(chain(300))


def test_a_chain_of_equals_costs_no_more_than_what_follows() -> None:
    assert sum(1 for _ in closed(compile_rules([]), chain(150)).inferred()) == 151 * 150 - 150


def test_many_values_of_a_functional_property_cost_no_more_than_what_follows() -> None:
    star = [Triple(EX.i, EX.p, EX[f"v{number}"]) for number in range(60)]
    closure = closed(compile_rules(graph(":p a owl:FunctionalProperty .")), star)
    assert sum(1 for _ in closure.inferred()) == 60 * 59


def test_a_long_line_of_classes_makes_few_rules() -> None:
    line = [Triple(EX[f"C{number}"], RDFS.subClassOf, EX[f"C{number + 1}"]) for number in range(60)]
    rules = compile_rules(line)
    assert sum(rule.name == "cax-sco" for rule in rules.rules) == 60
    assert len(set(closed(rules, [Triple(EX.a, RDF.type, EX.C0)]).inferred())) == 60


def test_a_huge_class_and_a_huge_literal_are_fine() -> None:
    data = [Triple(EX[f"i{number}"], RDF.type, EX.C) for number in range(5000)]
    data.append(Triple(EX.a, EX.p, Literal("9" * 1_000_000, XSD.integer)))
    assert len(set(closed(compile_rules(graph(":C rdfs:subClassOf :D .")), data).inferred())) == 5000
