"""Python calls on any RDF: both engines say the same of the terms as they are written, whatever a store makes of them."""

# ruff: noqa: E501 - Turtle and SPARQL read better unbroken

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.judge import Judged, reason, validate
from kg.vocab import RDF, XSD, Iri, Literal, Triple, n3
from tests.validate_cases import HEAD, known, triples

# terms that differ to SHACL and that engines like to make one of, or to spell their own way
WRITTEN = (
    "4", "4.0", "4.00", "4e0", "04", "-0", "0", "true", '"1"^^xsd:boolean', '"5"^^xsd:int', '"5"^^xsd:byte', '"300"^^xsd:byte',
    '"5"^^xsd:nonNegativeInteger', '"5"^^xsd:positiveInteger', '"-5"^^xsd:negativeInteger', '"+5"^^xsd:long', '"x"^^xsd:int',
    '"5"^^xsd:unsignedByte', '"5"^^xsd:short', '"1.50"^^xsd:float', '"1.5"^^xsd:float', '"1e0"^^xsd:double',
    '"2020-01-01T00:00:00+00:00"^^xsd:dateTime', '"2020-01-01T00:00:00Z"^^xsd:dateTime', '"2020-01-01"^^xsd:date', '"2020"^^xsd:gYear',
    '"P12M"^^xsd:yearMonthDuration', '"P1Y"^^xsd:yearMonthDuration', '"4.0"', '"x"@en-GB', '"x"@en', '"4.0"^^ex:other',
)  # fmt: skip
DEMANDS = {
    **{f"datatype-{kind}": f"sh:datatype xsd:{kind}" for kind in (
        "integer", "decimal", "int", "byte", "nonNegativeInteger", "positiveInteger", "unsignedByte", "long", "float",
        "double", "boolean", "dateTime", "yearMonthDuration", "string")},
    "least": "sh:minInclusive 4.5",
    "most": "sh:maxExclusive 5",
    "dates": 'sh:minInclusive "2020-01-01T00:00:00Z"^^xsd:dateTime',
    "short": "sh:maxLength 3",
    "long": "sh:minLength 3",
    "pattern": 'sh:pattern "0$"',
    "in": 'sh:in (4.0 04 true "5"^^xsd:byte "1.50"^^xsd:float "2020-01-01T00:00:00+00:00"^^xsd:dateTime)',
    "value": "sh:hasValue 4.00",
    "counted": "sh:maxCount 3 ; sh:minCount 3",
    "same": "sh:equals ex:q",
    "apart": "sh:disjoint ex:q",
    "less": "sh:lessThan ex:r",
    "not-less": "sh:not [ sh:minInclusive 4.5 ]",
    "some": "sh:qualifiedValueShape [ sh:datatype xsd:int ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1",
    "one-of": "sh:xone ([ sh:datatype xsd:decimal ] [ sh:in (4.0 5) ])",
}  # fmt: skip
NUMBERS = frozenset({"integer", "decimal", "double", "float", "int", "long", "short", "nonNegativeInteger", "positiveInteger",
                     "negativeInteger", "unsignedByte"})  # fmt: skip
# SHACL finds a fault where two terms cannot be compared (4.3); rdflib, and so pyshacl, sorts them somehow
COMPARING = {"least": NUMBERS, "most": NUMBERS, "less": NUMBERS, "not-less": NUMBERS, "dates": frozenset({"dateTime"})}
DATA = triples(
    "\n".join(f"ex:n{number} a ex:P ; ex:p {term} ; ex:r 4.50 ." for number, term in enumerate(WRITTEN))
    + '\nex:m a ex:P ; ex:p 4, 4.0, 4.00 ; ex:q 4.0, 5 . ex:o a ex:P ; ex:p "5"^^xsd:int, 5 ; ex:q 5, "5"^^xsd:byte ; ex:r 5, "6"^^xsd:long .'
)


def facts(judged: Judged) -> Counter[tuple[object, ...]]:
    assert judged.reasons == ()
    return Counter(
        (known(it.focus), it.path, None if it.value is None else known(it.value), it.component, it.shape)
        for it in judged.findings
    )


@pytest.mark.parametrize("name", DEMANDS)
def test_terms_are_judged_as_they_are_written(name: str) -> None:
    shapes = triples(
        f"ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:property ex:T . ex:T sh:path ex:p ; {DEMANDS[name]} ."
    )
    kinds = COMPARING.get(name)
    held = [it for it in DATA if not kinds or not isinstance(it.object, Literal) or comparable(it.object, kinds)]
    assert facts(validate(held, shapes)) == facts(validate(held, shapes, engine="pyshacl"))


def comparable(literal: Literal, kinds: frozenset[str]) -> bool:
    return literal.datatype.removeprefix(str(XSD)) in kinds and literal.value != "x"


def test_literals_are_targets_as_they_are_written() -> None:
    shapes = triples("ex:S a sh:NodeShape ; sh:targetNode 4.0, 4 ; sh:in (4) .")
    found = validate((), shapes).findings
    assert [n3(it.focus) for it in found] == [n3(Literal("4.0", Iri("http://www.w3.org/2001/XMLSchema#decimal")))]


def test_queries_beside_core_are_asked_too() -> None:
    shapes = triples(
        "ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:sparql ex:C ; sh:property ex:T . ex:T sh:path ex:p ; sh:datatype xsd:int . "
        'ex:C sh:select "SELECT $this { $this <http://example.org/p> ?v FILTER(isNumeric(?v) && ?v > 4.5 && ?v < 6) }" .'
    )
    held = [it for it in DATA if it.object != Literal("x", XSD.int)]  # which rdflib holds to be a number
    assert facts(validate(held, shapes)) == facts(validate(held, shapes, engine="pyshacl"))


def test_queries_inside_shapes_are_left_to_the_reference_and_it_is_said() -> None:
    shapes = triples(
        "ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:not ex:T . "
        'ex:T sh:sparql [ sh:select "SELECT $this { $this <http://example.org/p> ?v FILTER(?v > 5) }" ] .'
    )
    assert "inside other shapes" in "".join(validate(DATA, shapes).reasons)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_terms_and_demands_give_the_same(data: st.DataObject) -> None:
    terms = data.draw(
        st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("pqr"), st.sampled_from(WRITTEN)), max_size=12)
    )
    demands = DEMANDS[data.draw(st.sampled_from([name for name in DEMANDS if name not in COMPARING]))]
    held = triples("ex:a a ex:P . ex:b a ex:P . ex:c a ex:P . " + " ".join(f"ex:{s} ex:{p} {o} ." for s, p, o in terms))
    shapes = triples(f"ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:property ex:T . ex:T sh:path ex:p ; {demands} .")
    assert facts(validate(held, shapes)) == facts(validate(held, shapes, engine="pyshacl"))


def test_files_triples_and_rdflib_graphs_are_all_taken(tmp_path: Path) -> None:
    shapes = HEAD + "ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:property [ sh:path ex:name ; sh:minCount 1 ] ."
    (tmp_path / "s.ttl").write_text(shapes)
    graph = rdflib.Graph().parse(data=HEAD + "ex:a a ex:P .", format="turtle")
    assert [it.focus for it in validate(graph, tmp_path / "s.ttl").findings] == [Iri("http://example.org/a")]
    assert [it.focus for it in validate(graph, rdflib.Graph().parse(data=shapes)).findings] == [
        Iri("http://example.org/a")
    ]


@pytest.mark.parametrize("engine", ["compiled", "columns", "owlrl"])
def test_reasoning_is_one_call_for_every_engine(engine: str) -> None:
    if engine == "columns":
        pytest.importorskip("polars")
    ontology = triples("ex:Q rdfs:subClassOf ex:P .")
    new = reason(triples("ex:a a ex:Q ."), ontology, engine=engine).triples
    assert new == {Triple(Iri("http://example.org/a"), RDF.type, Iri("http://example.org/P"))}


def test_engines_that_are_none_are_refused() -> None:
    with pytest.raises(UsageError):
        validate((), (), engine="nothing")
    with pytest.raises(UsageError):
        reason((), (), engine="nothing")
