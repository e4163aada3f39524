"""The groups of a query: every element in its place, braces of other kinds left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from queries_guide import loaded, shipped

from kg.queries.groups import Group, groups, path_to
from kg.queries.tokens import tokens


def kinds(text: str) -> list[object]:
    def of(found: Sequence[Group]) -> Iterator[object]:
        for group in found:
            for element in group.elements:
                yield element.kind
                inner = list(of(element.groups))
                if inner:
                    yield inner

    return list(of(groups(list(tokens(text)))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASK { ?a ?b [ ?c (1 2) ] ; ?d ?e . }", ["triples"]),
        ("ASK { ?a ?b ?c . FILTER(?c > 1) ?c ?d ?e }", ["triples", "FILTER", "triples"]),
        ("ASK { { ?a ?b ?c } UNION { ?d ?e ?f } }", ["group", ["triples", "triples"]]),
        ("ASK { VALUES (?a ?b) { (1 2) } VALUES ?c { 3 } }", ["VALUES", "VALUES"]),
        ("ASK { FILTER NOT EXISTS { ?a ?b ?c } ?d ?e ?f }", ["FILTER", ["triples"], "triples"]),
        ("ASK { BIND(IF(EXISTS { ?a ?b ?c }, 1, 2) AS ?d) }", ["BIND", ["triples"]]),
        ("ASK { FILTER ex:good(?a) ?a ?b ?c }", ["FILTER", "triples"]),
        ("ASK { GRAPH ?g { OPTIONAL { ?a ?b ?c } } }", ["GRAPH", ["OPTIONAL", ["triples"]]]),
        ("ASK { { SELECT ?a { ?a ?b ?c } GROUP BY ?a } }", ["group", ["select", ["triples"]]]),
        ("ASK { SERVICE SILENT <a:b> { ?a ?b ?c } MINUS { ?a ?b 1 } }", ["SERVICE", "MINUS", ["triples"]]),
        ("CONSTRUCT { ?a ?b ?c } FROM <a:b> WHERE { ?a ?b ?c }", ["triples"]),
        ("SELECT (EXISTS { ?a ?b 1 } AS ?x) { ?a ?b ?c } VALUES ?c { 1 }", ["triples", "triples"]),
        ('ASK { ?a ?b "} { SERVICE <a:b> { }" }', ["triples"]),
        ("ASK {}", []),
    ],
)
def test_elements_are_found_in_order(text: str, expected: list[object]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_every_sign_of_a_shipped_query_stands_in_an_element(path: Path) -> None:
    text = loaded(path).text
    found = list(tokens(text))
    where = groups(found)[-1]
    covered = {at for element in where.elements for at in range(element.start, element.end)}
    outside = [it.text for it in found if where.start < it.start < where.end - 1 and it.start not in covered]
    assert set(outside) <= {"."}


def test_a_path_leads_to_the_first_of_a_kind() -> None:
    text = "ASK { ?a ?b ?c OPTIONAL { ?c ?d ?e SERVICE <a:b> { } } }"
    outer, inner = path_to("SERVICE", groups(list(tokens(text))))
    assert (outer.element.kind, inner.element.kind, inner.number) == ("OPTIONAL", "SERVICE", 1)
    assert path_to("MINUS", [outer.group]) == ()
