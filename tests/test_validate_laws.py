"""Laws: on any graph the compiled checks say what pyshacl says, and after any edit what a full run says."""

# ruff: noqa: E501 - Turtle and SPARQL read better unbroken

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.validate import compile_shapes
from kg.vocab import RDF, RDFS, XSD, Blank, Iri, Literal, Quad, Triple
from tests.validate_cases import (
    COMPONENTS,
    CONSTRAINTS,
    DATA,
    DECLARED,
    INNER,
    NODE_CONSTRAINTS,
    PATH_DEMANDS,
    PATHS,
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

EX = "http://example.org/"


def quads(changed: list[Triple]) -> list[Quad]:
    return [Quad(*it, DATA) for it in changed]


def ex(*names: str) -> st.SearchStrategy[Iri]:
    return st.sampled_from([Iri(EX + name) for name in names])


PLAIN = {Iri(EX + "born"): XSD.date, Iri(EX + "died"): XSD.date, Iri(EX + "age"): XSD.integer}
things = ex("ann", "bob", "cy", "dee", "eve", "land")
kinds = ex("Person", "Actor", "Star", "Place")
literals = st.sampled_from([
    Literal("17", XSD.integer), Literal("18", XSD.integer), Literal("3.5", XSD.decimal), Literal("old"), Literal("Ann"), Literal(""),
    Literal("Anne", language="en"), Literal("Anna", language="de"), Literal("A", language="en-GB"), Literal("1980-02-29", XSD.date),
    Literal("1981-02-29", XSD.date), Literal("1990-01-01", XSD.date), Literal("true", XSD.boolean), Literal("300", XSD.byte),
])  # fmt: skip
nodes = st.one_of(things, st.sampled_from([Blank("_:a"), Blank("_:b")]))
links = ex("knows", "parent", "home", "inside", "nick", "alias")
values = ex("name", "age", "nick", "alias", "born", "died", "height", "code")
named_triples = st.one_of(
    st.builds(Triple, things, st.just(RDF.type), kinds),
    st.builds(Triple, things, links, things),
    st.builds(Triple, things, values, literals),
    st.builds(Triple, kinds, st.just(RDFS.subClassOf), kinds),
)
any_triples = st.one_of(
    named_triples, st.builds(Triple, nodes, links, nodes), st.builds(Triple, nodes, values, literals)
)
graphs = st.lists(any_triples, max_size=30, unique=True)
named_graphs = st.lists(named_triples, max_size=30, unique=True)
property_shapes = st.builds(
    "ex:S a sh:NodeShape ; {} ; sh:property [ {} ] .".format,
    st.sampled_from(list(TARGETS.values())),
    st.sampled_from(list(CONSTRAINTS.values())),
)
node_shapes = st.builds(
    "ex:S a sh:NodeShape ; {} ; {} .".format,
    st.sampled_from(list(TARGETS.values())),
    st.sampled_from([*NODE_CONSTRAINTS.values(), *USES.values()]),
)
path_shapes = st.builds(
    "ex:S {} ; sh:path {} ; {} .".format,
    st.sampled_from(list(TARGETS.values())),
    st.sampled_from(list(PATHS.values())),
    st.sampled_from(list(PATH_DEMANDS.values())),
)
query_shapes = st.builds(
    'ex:S a sh:NodeShape ; {} ; sh:sparql [ sh:prefixes ex:prefixes ; sh:select """{}""" ] .'.format,
    st.sampled_from(list(TARGETS.values())),
    st.sampled_from([text for name, text in SELECTS.items() if name not in ("strings", "limit")]),
)
shapes = st.one_of(property_shapes, node_shapes, path_shapes, query_shapes).map(
    lambda text: triples(DECLARED + COMPONENTS + INNER + text)
)


def comparable(data: list[Triple]) -> bool:
    """Leave out what rdflib compares against SPARQL: blank nodes, IRIs by their letters, dates with numbers."""
    return all(
        isinstance(it.object, Literal) and it.object.datatype == PLAIN.get(it.predicate, it.object.datatype)
        for it in data
        if it.predicate in PLAIN
    )


@settings(max_examples=120, deadline=None)
@given(shapes, graphs.filter(comparable))
def test_any_graph_has_the_findings_of_the_reference_engine(parsed: tuple[Triple, ...], data: list[Triple]) -> None:
    checks, held = compile_shapes(parsed), store(data)
    if not checks.unfit(held, [DATA]):
        assert facts(checks.run(held, [DATA])) == facts(reference(parsed, data))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_mutated_guide_has_the_findings_of_the_reference_engine(data: st.DataObject) -> None:
    world = list(triples(WORLD))
    removed = data.draw(st.sets(st.sampled_from(range(len(world))), max_size=12))
    mutated = [it for index, it in enumerate(world) if index not in removed] + data.draw(
        named_graphs.filter(comparable)
    )
    parsed = data.draw(shapes)
    checks, held = compile_shapes(parsed), store(mutated)
    if not checks.unfit(held, [DATA]):
        assert facts(checks.run(held, [DATA])) == facts(reference(parsed, mutated))


@settings(max_examples=250, deadline=None)
@given(shapes, named_graphs, st.lists(named_triples, max_size=6), st.data())
def test_edit_checked_in_part_equals_a_full_run(
    parsed: tuple[Triple, ...], before: list[Triple], added: list[Triple], data: st.DataObject
) -> None:
    removed = data.draw(st.lists(st.sampled_from(before), max_size=6)) if before else []
    after = [it for it in before if it not in removed] + added
    changed = [*added, *removed]
    checks = compile_shapes(parsed)
    found = list(checks.run(store(before), [DATA]))
    updated = checks.update(found, quads(changed), store(after), [DATA])
    assert Counter(updated) == Counter(checks.run(store(after), [DATA]))


@settings(max_examples=60, deadline=None)
@given(shapes, graphs, st.lists(any_triples, max_size=4))
def test_edit_of_nodes_without_names_equals_a_full_run(
    parsed: tuple[Triple, ...], before: list[Triple], added: list[Triple]
) -> None:
    checks = compile_shapes(parsed)
    found = list(checks.run(store(before), [DATA]))
    updated = checks.update(found, quads(added), store([*before, *added]), [DATA])
    assert facts(updated) == facts(compiled_again(parsed, [*before, *added]))


def compiled_again(parsed: tuple[Triple, ...], data: list[Triple]) -> list[object]:
    return list(compile_shapes(parsed).run(store(data), [DATA]))


def test_nothing_changed_asks_nothing() -> None:
    parsed = triples(INNER + f"ex:S a sh:NodeShape ; {TARGETS['class']} ; sh:node ex:Named .")
    found = compiled(parsed, triples(WORLD))
    assert compile_shapes(parsed).update(found, [], store(triples(WORLD)), [DATA]) == tuple(found)
