"""Where the nodes of a Turtle document stand in its text."""

# ruff: noqa: E501 - Turtle and SPARQL read better unbroken

from __future__ import annotations

import pytest

from kg.store.embedded import read_rdf
from kg.validate.places import places
from kg.vocab import Blank, Iri

EX = "http://example.org/"
TEXT = """@prefix ex: <http://example.org/> . PREFIX q: <urn:q:>
# ex:a in a remark
ex:a a ex:Thing ; ex:says "ex:b [ . ] ; #", 'x'@en-GB, "1"^^ex:int ;
   ex:part [ ex:name 5 ; ex:part [ ex:name true ] ] , [ ex:name -1.5e3 ] .
ex:b.c ex:list ( 1 [ ex:name "deep" ] ( ex:a ) ) ;
   q:own <http://example.org/full> .
_:z ex:part _:y .
[] ex:alone ex:a .
"""


def where(text: str = TEXT) -> dict[tuple[str, str], str]:
    """Return line and words of each place, by node and property; nodes without a name are told by their line."""
    triples = [quad.triple for quad in read_rdf(text.encode(), "turtle", "t", Iri("urn:g"))]
    found = places(text, triples)
    named = {node for node in found.nodes if isinstance(node, Iri)}
    assert named <= {term for triple in triples for term in triple}
    return {
        (
            node.removeprefix(EX) if isinstance(node, Iri) else "_",
            key.removeprefix(EX),
        ): f"{text[:start].count(chr(10)) + 1} {text[start : start + size]}"
        for (node, key), (start, size) in found.properties.items()
    }


@pytest.mark.parametrize(
    ("node", "key", "place"),
    [("a", "says", "3 ex:says"), ("a", "part", "4 ex:part"), ("b.c", "list", "5 ex:list"), ("b.c", "urn:q:own", "6 q:own"),
     ("a", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "3 a"), ("_", "name", "5 ex:name")],
)  # fmt: skip
def test_property_stands_where_it_is_written(node: str, key: str, place: str) -> None:
    assert where()[node, key] == place


def test_nodes_without_a_name_are_matched_by_the_way_to_them() -> None:
    triples = [quad.triple for quad in read_rdf(TEXT.encode(), "turtle", "t", Iri("urn:g"))]
    found = places(TEXT, triples)
    inner = [it for it in triples if it.predicate == Iri(EX + "name")]
    assert [TEXT[found.nodes[it.subject][0]] for it in inner if isinstance(it.subject, Blank)] == ["["] * 4
    lines = {TEXT[: found.find(it.subject, it.predicate)[0]].count("\n") + 1 for it in inner}  # type: ignore[index]
    assert lines == {4, 5}


@pytest.mark.parametrize("text", ["", "<", "ex:a ex:b", "[ [ [", "( ( (", "@prefix", '"""', "a b c . ] }", "[" * 5000])
def test_what_is_no_turtle_has_no_places(text: str) -> None:
    assert places(text, []).nodes == {}
