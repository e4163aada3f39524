"""The compiled rules against the reference engine, triple for triple."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings

from bench import synthetic
from kg.project import Project
from kg.reason import closure_by_owlrl, compile_rules, ontology_closure
from kg.vocab import ONTOLOGY_GRAPH, Triple
from tests.reason_graphs import closed, data, graph, noise, ontologies, ontology

STATED = """PREFIX ph: <https://w3id.org/porthole/ontology#> PREFIX force: <https://w3id.org/porthole/force/>
SELECT ?s ?p ?o WHERE {
  GRAPH ?claim { ?s ?p ?o } GRAPH <%s> { ?claim ph:assertedIn <%s> ; ph:force force:stated }
}"""
few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def ours(axioms: list[Triple], triples: list[Triple]) -> set[Triple]:
    """Return all that is new by the compiled rules."""
    rules = compile_rules(axioms, noise())
    said = {*axioms, *triples}
    return {*noise().without(rules.facts), *closed(rules, triples).inferred()} - said


@few
@given(axioms=ontologies(), triples=data())
def test_random_graphs(axioms: list[Triple], triples: list[Triple]) -> None:
    assert ours(axioms, triples) == closure_by_owlrl([*axioms, *triples], noise())


@few
@given(axioms=ontologies(), triples=data(6))
def test_random_graphs_whose_axioms_stand_among_the_data(axioms: list[Triple], triples: list[Triple]) -> None:
    assert ours([], [*axioms, *triples]) == closure_by_owlrl([*axioms, *triples], noise())


def test_our_ontology_and_a_guide() -> None:
    axioms, triples = list(ontology()), synthetic.world(1500)
    assert ours(axioms, triples) == closure_by_owlrl([*axioms, *triples], noise())


def test_the_worlds_of_the_bundled_guide(bundled: Path) -> None:
    project = Project.find(bundled)
    store, names = project.store(), project.names
    given = {quad.triple for graph in (names.background, ONTOLOGY_GRAPH) for quad in store.quads(graph)}
    rules = compile_rules({quad.triple for quad in store.quads(ONTOLOGY_GRAPH)})
    stated = {Triple(*row) for row in store.select(STATED % (names.catalogue, names.actual)).rows}  # type: ignore[arg-type]
    held = {quad.triple for quad in store.quads(names.actual)}
    new = set(noise().without(held | rules.facts)) - given - stated
    assert new == closure_by_owlrl(given | stated, noise())


def test_an_ontology_may_be_closed_before() -> None:
    axioms = ontology()
    here = frozenset(noise().without(compile_rules(axioms).facts))
    assert here == frozenset(noise().without(compile_rules(ontology_closure(axioms)).facts))


def test_a_key_of_one_property_compares_it() -> None:
    said = graph(":C owl:hasKey (:p) . :a a :C ; :p 1 . :b a :C ; :p 2 .")
    assert not closure_by_owlrl(said, noise()) - set(said)
