"""SHACL-SPARQL: constraints and components written as queries, as pyshacl understands them."""

# ruff: noqa: E501 - Turtle and SPARQL read better unbroken

from __future__ import annotations

import json

import pytest

from kg.errors import LimitError, QueryError, RdfError
from kg.validate import compile_shapes
from kg.vocab import integer
from tests.validate_cases import (
    COMPONENTS,
    DECLARED,
    INNER,
    PATH_SELECTS,
    SELECTS,
    TARGETS,
    USES,
    WORLD,
    compiled,
    facts,
    reference,
    store,
    triples,
)  # fmt: skip

DATA = triples(WORLD)


def constraint(select: str, more: str = "") -> str:
    return f"sh:sparql [ sh:prefixes ex:prefixes ; sh:select {json.dumps(select)} {more} ]"


def agree(shapes: str) -> None:
    parsed = triples(DECLARED + COMPONENTS + INNER + shapes)
    assert facts(compiled(parsed, DATA)) == facts(reference(parsed, DATA))


@pytest.mark.parametrize("target", ["class", "nodes", "subjects"])
@pytest.mark.parametrize("name", SELECTS)
def test_constraint_of_a_node_shape(name: str, target: str) -> None:
    agree(f"ex:S a sh:NodeShape ; {TARGETS[target]} ; {constraint(SELECTS[name])} .")


@pytest.mark.parametrize("name", PATH_SELECTS)
def test_constraint_of_a_property_shape(name: str) -> None:
    agree(
        f"ex:S {TARGETS['class']} ; sh:path [ sh:alternativePath (ex:knows ex:nick) ] ; {constraint(PATH_SELECTS[name])} ."
    )


@pytest.mark.parametrize("name", sorted(set(SELECTS) - {"limit", "group-by"}))
def test_constraint_inside_another_shape(name: str) -> None:
    inside = f"sh:not [ {constraint(SELECTS[name])} ]"
    shapes = f"ex:T a sh:NodeShape ; {TARGETS['class']} ; sh:property [ sh:path ex:knows ; {inside} ] ."
    agree(shapes.replace("$currentShape = ex:S", "true"))


@pytest.mark.parametrize("name", USES)
def test_component_on_a_node_shape(name: str) -> None:
    agree(f"ex:S a sh:NodeShape ; {TARGETS['class']} ; {USES[name]} .")


@pytest.mark.parametrize("name", USES)
def test_component_on_a_property_shape(name: str) -> None:
    agree(f"ex:S {TARGETS['class']} ; sh:path ex:knows ; {USES[name]} .")


def test_message_names_the_values() -> None:
    told = 'sh:message "{$this} is {?value}"'
    shapes = triples(
        DECLARED + f"ex:S a sh:NodeShape ; {TARGETS['class']} ; {constraint(SELECTS['plain'], f'; {told}')} ."
    )
    assert "http://example.org/cy is 17" in {it.text for it in compiled(shapes, DATA)}


def test_deactivated_constraint_is_left_out() -> None:
    shapes = f"ex:S a sh:NodeShape ; {TARGETS['class']} ; {constraint(SELECTS['plain'], '; sh:deactivated true')} ."
    assert compiled(triples(DECLARED + shapes), DATA) == []


@pytest.mark.parametrize(
    ("select", "words"),
    [
        ("SELECT $this { $this ?p ?o MINUS { $this a ?o } }", "MINUS"),
        ("SELECT $this { VALUES ?o { 1 } $this ?p ?o }", "VALUES"),
        ("SELECT $this { $this ?p ?o OPTIONAL { SERVICE <http://127.0.0.1/> { ?a ?b ?c } } }", "call other services"),
        ("SELECT $this FROM <file:///etc/passwd> { $this ?p ?o }", "load other data"),
        ("SELECT $this { BIND (1 AS $this) }", "value from outside"),
        ("SELECT $this { { SELECT ?x { ?x ?p ?o } } }", "select $this"),
        ("SELECT $this { { SELECT * { $this ?p ?o } } }", "select $this"),
        ("SELECT $this { $this un:known ?o }", "“un:” is not declared"),
        ("SELECT $this { $this $PATH ?o }", "sh:path only"),
        ("ASK { ?s ?p ?o }", "SELECT query"),
        ("SELECT $this", "no group"),
    ],
)
def test_what_shacl_does_not_allow_is_refused(select: str, words: str) -> None:
    shapes = triples(DECLARED + f"ex:S a sh:NodeShape ; {TARGETS['class']} ; {constraint(select)} .")
    with pytest.raises(QueryError, match=words.replace("$", r"\$")):
        compile_shapes(shapes)


def test_word_inside_a_text_is_no_keyword() -> None:
    select = "SELECT $this { $this ex:nick 'MINUS VALUES SERVICE' } # FROM"
    compile_shapes(triples(DECLARED + f"ex:S a sh:NodeShape ; {TARGETS['class']} ; {constraint(select)} ."))


@pytest.mark.parametrize("text", ["{ " * 5000, "(" * 5000, "SELECT $this { " + "$this ?p ?o . " * 10000 + "}"])
def test_endless_query_is_refused(text: str) -> None:
    shapes = triples(f"ex:S a sh:NodeShape ; {TARGETS['class']} ; {constraint('SELECT $this ' + text)} .")
    with pytest.raises((LimitError, QueryError)):
        compile_shapes(shapes)


def test_query_that_is_no_sparql_is_reported() -> None:
    shapes = triples(f"ex:S a sh:NodeShape ; {TARGETS['class']} ; {constraint('SELECT $this { $this FILTER }')} .")
    with pytest.raises(QueryError):
        compiled(shapes, DATA)


def test_query_that_says_it_failed_is_an_error() -> None:
    select = "SELECT $this ?failure { BIND (true AS ?failure) }"
    shapes = triples(f"ex:S a sh:NodeShape ; {TARGETS['class']} ; {constraint(select)} .")
    with pytest.raises(RdfError, match="failed"):
        compiled(shapes, DATA)


def test_totals_over_nothing_are_asked_of_each_focus_node() -> None:
    select = "SELECT $this (COUNT(?x) AS ?n) { $this ex:knows ?x } HAVING (COUNT(?x) = 0)"
    shapes = triples(DECLARED + f"ex:S a sh:NodeShape ; {TARGETS['class']} ; {constraint(select)} .")
    assert {it.focus.rsplit("/", 1)[-1] for it in compiled(shapes, DATA)} == {"eve", "fay"}


def test_totals_of_a_node_without_a_name_are_left_to_the_reference_engine() -> None:
    select = "SELECT $this ?value { $this ex:name ?value } LIMIT 1"
    shapes = triples(DECLARED + f"ex:S a sh:NodeShape ; sh:targetClass ex:Place ; {constraint(select)} .")
    checks, held = compile_shapes(shapes), store(DATA)
    graphs = tuple(held.graphs())
    assert "without a name" in checks.unfit(held, graphs)[0]
    assert facts(checks.run(held, graphs)) == facts(reference(shapes, DATA))


def test_each_value_of_a_single_parameter_is_a_constraint() -> None:
    # SHACL, section 2.1.3.2; pyshacl 0.40.1 takes one of them
    shapes = triples(DECLARED + COMPONENTS + "ex:S a sh:NodeShape ; sh:targetNode ex:ann ; ex:longerThan 3, 30, 40 .")
    assert len(compiled(shapes, DATA)) == 2


def test_value_of_a_select_validator_is_its_own() -> None:
    # SHACL, section 6.3: only ASK has $value from outside; pyshacl 0.40.1 binds it for SELECT as well
    component = """ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:by ] ; sh:nodeValidator [
      a sh:SPARQLSelectValidator ; sh:select "SELECT $this ?value { $this $by ?value }" ] ."""
    shapes = triples(component + "ex:S a sh:NodeShape ; sh:targetNode ex:eve ; ex:by ex:age .")
    assert [it.value for it in compiled(shapes, DATA)] == [integer(300)]
