"""Binding: one value in its place, several as VALUES, and nothing in strings."""

from __future__ import annotations

from kg.queries.binding import bound
from kg.store.embedded import Embedded
from kg.vocab import PH, Iri, Literal, Quad, integer

GRAPH = Iri("https://example.org/g")
ONE, TWO, THREE = (Iri(f"https://example.org/{name}") for name in ("one", "two", "three"))
STORE = Embedded.memory(Quad(it, PH.orbits, integer(n), GRAPH) for n, it in enumerate((ONE, TWO, THREE)))


def names(text: str) -> set[object]:
    return {row[0] for row in STORE.select(text, [GRAPH]).rows}


def test_one_value_takes_the_place_of_the_parameter() -> None:
    text = bound('SELECT ?n { $it ?p ?n FILTER("$it" != ?n) } # $it', {"it": (TWO,)})
    assert "<https://example.org/two> ?p" in text
    assert '"$it"' in text
    assert text.endswith("# $it")


def test_several_values_become_values_first_in_the_group() -> None:
    text = bound("SELECT ?s { ?s ph:orbits ?n . { ?s ?p $n } }".replace("ph:orbits", f"<{PH.orbits}>"), {})
    assert names(text.replace("$n", "?n")) == {ONE, TWO, THREE}
    several = bound(f"SELECT ?s {{ ?s <{PH.orbits}> $n }}", {"n": (integer(0), integer(2))})
    assert several.index("VALUES $n {") < several.index("?s <")
    assert names(several) == {ONE, THREE}


def test_each_group_that_uses_it_gets_the_values() -> None:
    text = f"SELECT ?s {{ {{ ?s <{PH.orbits}> $n }} UNION {{ ?s <{PH.orbits}> ?m FILTER(?m = $n) }} }}"
    several = bound(text, {"n": (integer(0), integer(1))})
    assert several.count("VALUES") == 2
    assert names(several) == {ONE, TWO}


def test_a_constructs_template_is_no_group() -> None:
    text = bound("CONSTRUCT { ?s ?p $n } WHERE { ?s ?p $n }", {"n": (integer(0), integer(1))})
    assert text.count("VALUES") == 1
    assert len(list(STORE.query(text, [GRAPH]))) == 2  # type: ignore[arg-type]  # triples


def test_a_parameter_without_a_value_stays_a_variable() -> None:
    assert names(bound(f"SELECT $it {{ $it <{PH.orbits}> ?n }}", {"it": ()})) == {ONE, TWO, THREE}


def test_a_literal_cannot_end_its_string() -> None:
    text = bound("SELECT ?x { BIND($it AS ?x) }", {"it": (Literal('" AS ?y) } #\\\n'),)})
    assert names(text) == {Literal('" AS ?y) } #\\\n')}
