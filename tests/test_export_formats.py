"""Every format says the same as the quads, to every reader, and says it in the same bytes."""

from __future__ import annotations

import random

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import RdfError, UsageError
from kg.export import FORMATS, TRIPLE_FORMATS, Dump, write, write_rows
from kg.vocab import PH, RDF, RDFS, XSD, Iri, Literal, Quad, n_quads
from tests import export_shapes as shapes

THING, GRAPH = Iri(shapes.BASE + "craft/argos"), Iri(shapes.BASE + "world/actual")


def text(quads: object, syntax: str) -> str:
    return "".join(write(quads, syntax, shapes.NAMES))  # type: ignore[arg-type]


@pytest.mark.parametrize("syntax", FORMATS)
@settings(max_examples=80, deadline=None)
@given(quads=shapes.datasets)
def test_pyoxigraph_reads_back_the_same(quads: list[Quad], syntax: str) -> None:
    wanted = shapes.triples(quads) if syntax in TRIPLE_FORMATS else set(quads)
    if syntax == "rdfxml" and any(
        ord(sign) < 32 and sign not in "\t\n\r" for quad in quads for sign in str(quad.object)
    ):
        return
    assert shapes.read(text(quads, syntax), syntax) == wanted


@pytest.fixture
def to_the_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rdflib keep lexical forms, as its default does not."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.usefixtures("to_the_letter")
@pytest.mark.parametrize("syntax", FORMATS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quads=shapes.datasets)
def test_rdflib_reads_back_the_same(quads: list[Quad], syntax: str) -> None:
    lines = "ntriples" if syntax in TRIPLE_FORMATS else "nquads"
    assert shapes.read_rdflib(text(quads, syntax), syntax) == shapes.read_rdflib(text(quads, lines), lines)


@settings(max_examples=60, deadline=None)
@given(quads=shapes.datasets)
def test_pyld_reads_back_the_same(quads: list[Quad]) -> None:
    plain = [quad for quad in quads if not str(quad.object).count("double")]  # which PyLD rewrites
    assert shapes.read(shapes.read_pyld(text(plain, "jsonld")), "nquads") == set(plain)


@pytest.mark.parametrize("syntax", FORMATS)
@settings(max_examples=40, deadline=None)
@given(quads=st.one_of(shapes.datasets, shapes.blank_datasets), seed=st.integers(0, 9))
def test_order_and_repetition_leave_no_trace(quads: list[Quad], seed: int, syntax: str) -> None:
    shuffled = [*quads, *quads[:2]]
    random.Random(seed).shuffle(shuffled)
    assert text(shuffled, syntax) == text(quads, syntax)


@settings(max_examples=60, deadline=None)
@given(quads=shapes.datasets)
def test_n_quads_are_those_of_vocab_and_lines_of_a_dump_are_rows(quads: list[Quad]) -> None:
    named = [quad for quad in quads if quad.graph]
    assert text(named, "nquads") == n_quads(named)
    assert "".join(write_rows(Dump(text(quads, "nquads").encode()), "trig", shapes.NAMES)) == text(quads, "trig")


@pytest.mark.parametrize("value", [*shapes.HOSTILE, *shapes.CONTROLS])
@pytest.mark.parametrize("syntax", ["turtle", "ntriples", "jsonld", "trig", "nquads"])
def test_every_text_survives(value: str, syntax: str) -> None:
    quad = Quad(THING, RDFS.label, Literal(value), Iri(""))
    assert shapes.read(text([quad], syntax), syntax) == {quad}


def test_turtle_reads_well() -> None:
    quads = [
        Quad(THING, PH.crewMember, Iri(shapes.BASE + "missions/character/eva-müller"), GRAPH),
        Quad(THING, PH.note, Literal('First line\nand “the” second "one"'), GRAPH),
        Quad(THING, RDFS.label, Literal("Argos", language="en"), GRAPH),
        Quad(THING, RDF.type, PH.FictionalCraft, GRAPH),
        Quad(THING, PH.birth, Literal("1967", XSD.integer), GRAPH),
    ]
    assert text(quads, "turtle") == (
        "@base <https://w3id.org/porthole/id/> .\n"
        "@prefix ph: <https://w3id.org/porthole/ontology#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n"
        "<craft/argos>\n"
        "    a ph:FictionalCraft ;\n"
        '    rdfs:label "Argos"@en ;\n'
        "    ph:birth 1967 ;\n"
        "    ph:crewMember <missions/character/eva-müller> ;\n"
        '    ph:note """First line\nand “the” second "one\\"""" ;\n'
        ".\n"
    )


def test_one_statement_more_is_one_line_more() -> None:
    before = [Quad(THING, PH.crewMember, Iri(f"{shapes.BASE}person/{name}"), GRAPH) for name in ("a", "c")]
    after = [*before, Quad(THING, PH.crewMember, Iri(shapes.BASE + "person/b"), GRAPH)]
    for syntax in ("turtle", "trig", "ntriples", "nquads", "rdfxml"):
        lines = [set(text(quads, syntax).splitlines()) for quads in (before, after)]
        assert len(lines[1] - lines[0]) == 1
        assert not lines[0] - lines[1]


@pytest.mark.parametrize("syntax", FORMATS)
def test_nothing_is_a_document_too(syntax: str) -> None:
    assert shapes.read(text([], syntax), syntax) == set()


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(UsageError, match="no format: one of turtle"):
        text([], "n3")


def test_an_iri_cannot_break_out_of_its_brackets() -> None:
    with pytest.raises(RdfError, match="no IRI"):
        text([Quad(Iri("http://a> <http://b"), PH.p, Literal(""), GRAPH)], "nquads")


@pytest.mark.parametrize(
    ("predicate", "value"), [("http://a/1", "x"), ("http://a/b/", "x"), (str(RDF.li), "x"), (str(PH.note), "\x01")]
)
def test_what_rdfxml_cannot_say_is_refused(predicate: str, value: str) -> None:
    with pytest.raises(RdfError, match="export as Turtle"):
        text([Quad(THING, Iri(predicate), Literal(value), GRAPH)], "rdfxml")
