"""The catalogue of saved queries: README, OpenAPI, RDF, and collections read back."""

from __future__ import annotations

import json

import pytest
import rdflib
from queries_guide import loaded, shipped

from kg.queries import Graph, load, write
from kg.queries.examples import SPEX, described, imported
from kg.queries.openapi import openapi
from kg.queries.readme import example, readme
from kg.resources import shared
from kg.vocab import PREFIXES, RDFS, SCHEMA, SH, Blank, Iri, Literal, Triple

QUERIES = [loaded(path) for path in shipped() if path.parent.name != "checks"]
COLLECTION = """
@prefix ex: <https://example.org/.well-known/sparql-examples/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
ex:1 a sh:SPARQLExecutable, sh:SPARQLSelectExecutable ; rdfs:comment "All <em>taxa</em>: every one"@en ;
  sh:prefixes [ sh:declare [ sh:prefix "up" ; sh:namespace "http://purl.example.org/core/" ] ] ;
  sh:select "SELECT ?taxon WHERE { ?taxon a up:Taxon }" ; schema:keywords "taxa", "a b" ;
  schema:target <https://example.org/sparql> .
"""


def test_the_readme_of_the_queries_is_made_from_their_headers() -> None:
    assert (shared("queries") / "README.md").read_text(encoding="utf-8") == readme(QUERIES)


def test_every_query_is_an_operation_with_its_parameters() -> None:
    found = openapi(QUERIES, title="It", version="1")
    paths = json.loads(json.dumps(found["paths"]))
    assert len(paths) == len(QUERIES)
    cast = paths["/queries/cast/cast-of-episode"]["get"]
    assert [it["name"] for it in cast["parameters"]] == ["episode", "limit", "offset"]
    assert len({it["get"]["operationId"] for it in paths.values()}) == len(QUERIES)


def test_the_catalogue_is_rdf_that_others_read() -> None:
    triples = Graph(tuple(described(QUERIES, "https://example.org/query/", target="https://example.org/sparql")))
    text = "".join(write(triples, "turtle", {**PREFIXES, "spex": str(SPEX)}))
    graph = rdflib.Graph().parse(data=text, format="turtle")
    executable = rdflib.URIRef(SH.SPARQLExecutable)
    assert len(set(graph.subjects(rdflib.RDF.type, executable))) == len(QUERIES)
    assert set(graph.objects(None, rdflib.URIRef(SCHEMA.target))) == {rdflib.URIRef("https://example.org/sparql")}


def test_a_collection_of_others_becomes_queries_of_ours() -> None:
    graph = rdflib.Graph().parse(data=COLLECTION, format="turtle")
    files = imported((triple_of(it) for it in graph), "examples.ttl")
    assert list(files) == ["1"]
    query = load("imported/1", files["1"])
    assert query.header.summary == "All taxa: every one"
    assert query.header.tags == ("a b", "taxa")
    assert "PREFIX up: <http://purl.example.org/core/>" in query.text
    assert [column.name for column in query.columns] == ["taxon"]


def test_our_own_catalogue_is_read_back() -> None:
    files = imported(described(QUERIES, "https://example.org/query/"), "own.ttl")
    assert set(files) == {query.stem for query in QUERIES}


def test_federation_is_declared() -> None:
    text = "#+ summary: x\n#+ column a: iri\nSELECT ?a { SERVICE <https://example.org/s> { ?a ?b ?c } } ORDER BY ?a\n"
    assert Triple(Iri("https://e.org/it"), SPEX.federatesWith, Iri("https://example.org/s")) in set(
        described([load("it", text)], "https://e.org/")
    )


def test_examples_are_commands_that_can_be_copied() -> None:
    words = {query.stem: example(query) for query in QUERIES}
    assert words["credits"] == "kg query credits --episode Ulysse --person 'Julien Lacombe'"


def triple_of(triple: tuple[object, object, object]) -> Triple:
    subject, predicate, value = triple
    one = Blank(f"_:{subject}") if isinstance(subject, rdflib.BNode) else Iri(str(subject))
    if isinstance(value, rdflib.Literal):
        return Triple(one, Iri(str(predicate)), Literal(str(value), language=value.language or ""))
    other = Blank(f"_:{value}") if isinstance(value, rdflib.BNode) else Iri(str(value))
    return Triple(one, Iri(str(predicate)), other)


def test_labels_serve_where_comments_are_missing() -> None:
    it = Iri("https://e.org/q#one")
    said = [Triple(it, SH.ask, Literal("ASK { ?s ?p ?o }")), Triple(it, RDFS.label, Literal("Is there any?"))]
    assert load("one", imported(said, "x")["one"]).header.summary == "Is there any?"


def test_the_openapi_document_is_valid() -> None:
    validator = pytest.importorskip("openapi_spec_validator")
    more = load("it", "#+ summary: It.\n#+ column a: iri\n#+ param n: number many\n#+ example n: [1, 2.5]\n"
                "#+ param on: boolean, so?\n#+ default on: yes\n#+ example on: no\n"
                "SELECT ?a { ?a ?b $n ; ?c $on } ORDER BY ?a\n")  # fmt: skip
    found = openapi([*QUERIES, more], title="It", version="1")
    validator.validate(json.loads(json.dumps(found)))
    number, truth = (it for it in found["paths"]["/queries/it"]["get"]["parameters"][:2])  # type: ignore[index]
    assert (number["example"], truth["example"], truth["schema"]["default"]) == ([1.0, 2.5], False, True)
