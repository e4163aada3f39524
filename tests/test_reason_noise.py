"""Which triples are left out: the file of patterns and how it is read."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.reason import read_noise
from kg.vocab import OWL, RDF, RDFS, XSD, Literal, Triple
from tests.reason_graphs import EX, graph, noise


@pytest.mark.parametrize(
    "said",
    [
        ":a owl:sameAs :a .",
        ":a a owl:Thing .",
        "owl:Nothing rdfs:subClassOf :C .",
        "xsd:integer a rdfs:Datatype .",
        "rdfs:label a owl:AnnotationProperty .",
    ],
)
def test_says_nothing(said: str) -> None:
    assert all(map(noise().covers, graph(said)))


@pytest.mark.parametrize(
    "said",
    [
        ":a owl:sameAs :b .",
        ":a a :C .",
        ":C rdfs:subClassOf :C .",
        ":t a rdfs:Datatype .",
        ":p a owl:AnnotationProperty .",
    ],
)
def test_says_something(said: str) -> None:
    assert not any(map(noise().covers, graph(said)))


def test_a_statement_about_a_literal_is_no_rdf() -> None:
    assert read_noise("").covers(Triple(Literal("x"), RDF.type, XSD.string))  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "problem"), [("?x owl:sameAs", "three words"), ("?x foo:bar ?y", "foo:bar")])
def test_a_line_that_is_no_pattern_is_refused_with_its_place(text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        read_noise(f"# a comment\n\n{text}\n", "noise.txt")
    assert (caught.value.source, caught.value.line) == ("noise.txt", 3)


def test_a_whole_iri_and_a_namespace_can_be_given() -> None:
    found = read_noise("<https://example.org/a> ?p ?x\n?x a rdfs:*")
    assert found.covers(Triple(EX.a, EX.p, EX.b))
    assert found.covers(Triple(EX.c, RDF.type, RDFS.Class))
    assert found.subjects() == {EX.a}
    assert not found.about(OWL.sameAs).patterns
