"""Every shape refuses its invalid example, and nothing else does; its valid example passes all shapes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kg import edtf
from kg.resources import shared
from kg.store.embedded import read_rdf
from kg.terms import vocabulary
from kg.vocab import ONTOLOGY_GRAPH, PH, PHSH, SCHEMA, Iri

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its own calls of its own past

EXAMPLES = shared("ontology", "examples")
CASES = sorted(EXAMPLES.glob("*/*.t*"))
WORLD, CATALOGUE = URIRef(PH.WorldGraph), URIRef(PH.Catalogue)


def graph(triples: Iterable[tuple[Node, Node, Node]]) -> Graph:
    made = Graph()
    made += triples
    return made


@cache
def shapes() -> Graph:
    return Graph().parse(shared("ontology", "porthole.shapes.ttl"), format="turtle")


@cache
def terms() -> Graph:
    """The annotations of terms that the catalogue's shapes read."""
    ontology = Graph().parse(shared("ontology", "porthole.ttl"), format="turtle")
    return graph(it for it in ontology if it[1] in (URIRef(PH.ofTheWork), URIRef(PH.singleValued)))


@cache
def aimed_at(kind: URIRef) -> Graph:
    """The shapes with the targets of those alone that run on this kind of data."""
    others = set(shapes().subjects(URIRef(PH.validates))) - set(shapes().subjects(URIRef(PH.validates), kind))
    return graph(it for it in shapes() if it[0] not in others or not str(it[1]).startswith(f"{SH}target"))


def leaves() -> set[str]:
    """The shapes that can report something: those with a severity."""
    return {str(shape).removeprefix(str(PHSH)) for shape in shapes().subjects(SH.severity)}


def data(text: str, suffix: str) -> Graph:
    if suffix == ".ttl":
        return Graph().parse(data=text, format="turtle")
    dataset = Dataset()
    dataset.parse(data=text, format="trig")
    dataset.addN((*triple, dataset.graph(URIRef(ONTOLOGY_GRAPH))) for triple in terms())
    return dataset


def reported(path: Path, swap: tuple[str, str] = ("", "")) -> set[str]:
    """Return the shapes that report something on an example, some of its words changed for others."""
    text = path.read_text(encoding="utf-8")
    assert swap[0] in text
    kind = CATALOGUE if path.suffix == ".trig" else WORLD
    _, report, _ = validate(data(text.replace(*swap), path.suffix), shacl_graph=aimed_at(kind))
    return {str(shape).removeprefix(str(PHSH)) for shape in report.objects(None, SH.sourceShape)}


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_invalid_example_fails_with_exactly_its_shape(path: Path) -> None:
    assert reported(path) == ({path.parent.name} if path.stem == "invalid" else set())


def test_every_shape_has_both_examples() -> None:
    assert {path.parent.name for path in CASES if path.stem == "invalid"} == leaves()
    assert {path.parent.name for path in CASES if path.stem == "valid"} == leaves()


# --- where a refusal begins and ends --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("example", "old", "new", "refused"),
    [
        ("Life-order/valid.ttl", '"1967"', '"1927-03"', False),  # as far as it is known, the same month
        ("Life-order/valid.ttl", '"1967"', '"1927-02"', True),
        ("Life-order/valid.ttl", '"1967"', '"192X"', False),
        ("Life-order/valid.ttl", '"1967"', '"1920/1926"', True),
        ("Flight-order/valid.ttl", '"1967-04"', '"1967-04-22"', True),
        ("Flight-order/valid.ttl", '"1967-04"', '"1967-04-23T01:00:00Z"', False),
        ("Thing-date/valid.ttl", "1967-04-23", "2027~", False),
        ("Thing-date/valid.ttl", "^^edtf:EDTF", "", True),
        ("Thing-amount/valid.ttl", "3 wk", "50.8 deg", False),
        ("Thing-label/valid.ttl", '"Mars"', '" "', True),
        ("Assessment-sides/invalid.ttl", "verdict:contradicted", "verdict:invented", False),
        ("Assessment-sides/invalid.ttl", "verdict:contradicted", "verdict:omitted", False),
        ("Assessment-sides/invalid.ttl", "verdict:contradicted", "verdict:accurate", True),
        ("Claim-disagreement/invalid.trig", '"2027-06"', '"2027"', False),  # less precise is no contradiction
        ("Claim-disagreement/invalid.trig", '"2027-06"', '"2026/2028"', False),
        ("Claim-disagreement/invalid.trig", "ph:launch", "ph:pilot", False),  # several values may be right
        ("Claim-disagreement/invalid.trig", "force:stated", "force:hedged", False),
        ("Claim-named/invalid.trig", "<saga/mission/dusk> ph:c", "<saga/mission/dawn> ph:c", False),  # named before
        ("Claim-sayer/valid.trig", "force:said", "force:stated", True),
        ("Claim-sides/valid.trig", "ph:storyClaim <claim/1>", "ph:storyClaim <claim/2>", True),
        ("Claim-foreign/invalid.trig", "ph:commander", "ph:depicts", False),  # what is of the work leads across
        ("Link-story/valid.trig", "<saga/character/eve> skos:relatedMatch wd:Q104865",
         "wd:Q104865 skos:closeMatch <saga/character/eve>", True),
        ("World-foreign/invalid.trig", "<world/saga> {", "<world/other> {", False),  # that is no graph of this story
    ],
)  # fmt: skip
def test_refusal_reaches_as_far_as_it_should(example: str, old: str, new: str, refused: bool) -> None:
    path = EXAMPLES / example
    found = reported(path, (old, new))
    assert (path.parent.name in found) is refused


# --- what editors read ----------------------------------------------------------------------------------------------

OUR_WORDS = re.compile(r"\b(claims?|worlds?|spans?|shapes?|focus|node|closure|graph|triples?|IRIs?)\b", re.IGNORECASE)


def messages() -> list[Literal]:
    return [it for it in shapes().objects(None, SH.message) if isinstance(it, Literal)]


@pytest.mark.parametrize("message", [it for it in messages() if it.language == "en"], ids=lambda it: str(it)[:40])
def test_message_speaks_the_editor_s_language(message: Literal) -> None:
    assert not OUR_WORDS.search(message.replace("actual world", ""))
    assert re.search(r"[:,;.] ", message)
    assert message.endswith((".", "”."))


def test_every_message_has_a_french_twin_with_the_same_values() -> None:
    for shape in set(shapes().subjects(SH.message)):
        said = {
            it.language: set(re.findall(r"{[?$]\w+}", it))
            for it in shapes().objects(shape, SH.message)
            if isinstance(it, Literal)
        }
        assert said.keys() == {"en", "fr"}, shape
        assert said["en"] == said["fr"], shape


def test_every_shape_has_a_name_a_severity_and_its_data() -> None:
    kinds = {it for kind in (SH.NodeShape, SH.PropertyShape) for it in shapes().subjects(RDF.type, kind)}
    assert all(isinstance(it, URIRef) and str(it).startswith(str(PHSH)) for it in kinds)
    targeted = {s for s, p in shapes().subject_predicates() if str(p).startswith(f"{SH}target")}
    assert targeted == set(shapes().subjects(URIRef(PH.validates)))
    assert {str(it) for it in shapes().objects(None, SH.severity)} <= {
        f"{SH}{name}" for name in ("Violation", "Warning", "Info")
    }


# --- lists that follow the ontology ---------------------------------------------------------------------------------


def properties(*kinds: str) -> set[URIRef]:
    text = shared("ontology", "porthole.ttl").read_bytes()
    words = vocabulary(quad.triple for quad in read_rdf(text, "turtle", "ontology", ONTOLOGY_GRAPH))
    skipped = {Iri(RDF.type), PH.depicts}
    return {URIRef(it.iri) for it in words.properties.values() if it.kind in kinds and it.iri not in skipped}


@pytest.mark.parametrize(
    ("shape", "target", "kind", "besides"),
    [
        ("Thing-date", SH.targetSubjectsOf, "date", {URIRef(SCHEMA.datePublished)}),
        ("Thing-amount", SH.targetSubjectsOf, "quantity", set()),
        ("Thing-number", SH.targetSubjectsOf, "number", {URIRef(PH.billing)}),
        ("Thing", SH.targetObjectsOf, "name", set()),
    ],
)
def test_a_shape_of_values_looks_at_every_property_of_its_kind(
    shape: str, target: URIRef, kind: str, besides: set[URIRef]
) -> None:
    assert set(shapes().objects(URIRef(PHSH[shape]), target)) == properties(kind) | besides


def test_a_shape_of_values_names_the_properties_that_it_looks_at() -> None:
    for name in ("Thing-date", "Thing-amount", "Thing-number"):
        looked_at = set(shapes().objects(URIRef(PHSH[name]), SH.targetSubjectsOf))
        query = str(shapes().value(URIRef(PHSH[f"{name}-query"]), SH.select))
        listed = re.search(r"IN \(([^)]*)\)", query)
        assert listed
        assert {URIRef(shapes().namespace_manager.expand_curie(it)) for it in listed[1].split(", ")} == looked_at


# --- dates ----------------------------------------------------------------------------------------------------------


@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a date looks like to the shape of dates, and what none does: the same in Python as in SPARQL."""
    query = str(shapes().value(URIRef(PHSH["Thing-date-query"]), SH.select))
    wanted, refused = re.findall(r'REGEX\(STR\(\?value\), "([^"]*)"\)', query)
    return re.compile(wanted), re.compile(refused)


def is_date(text: str) -> bool:
    wanted, refused = patterns()
    return bool(wanted.search(text)) and not refused.search(text)


DATES = """
    1967 1967-04 1967-04-24 1967-02-28 1968-02-29 2000-02-29 1964-21 196X 19XX 1967-XX 1967-04-XX 1967-XX-XX 2027~ 2027?
    2027% -0044 Y-17000 1966/1967 1966/.. ../1967 1966/ 1967-04-24T03:22:52Z 1967-04-24T03:22:52+03:00
    1967-04-24/1967-04-25
"""
NO_DATES = """
    67 1967-4 1967-13 1967-04-31 1967-02-29 1900-02-29 1967-00 1967-04-00 24.4.1967 196 19X7 1967-25 1967-21-01 ../.. /
    1967-04-24T24:61:00Z 1967-04-24T03:22 1967/1968/1969 about-1967 1967--04 ٦٧٦٧
"""


@pytest.mark.parametrize("text", DATES.split())
def test_a_date_is_one_for_shapes_and_for_the_reader_of_dates(text: str) -> None:
    assert is_date(text)
    assert edtf.is_valid(text)


@pytest.mark.parametrize("text", NO_DATES.split())
def test_what_is_no_date_is_none_for_either(text: str) -> None:
    assert not is_date(text)
    assert not edtf.is_valid(text)


_SIDE = r"(-?[0-9X]{4}(-([0-3][0-9]|XX)){0,2}(T[0-2][0-9]:[0-6][0-9]:00(Z|[+-]0[0-9])?)?[?~%]?|[.][.]|Y-?[0-9]{5,6})"


@given(st.from_regex(rf"\A({_SIDE}|{_SIDE}?/{_SIDE}?|{_SIDE}/{_SIDE}/{_SIDE}?)\Z"))
def test_shapes_and_the_reader_of_dates_agree(text: str) -> None:
    assert is_date(text) == _is_read(text)


def _is_read(text: str) -> bool:
    """Return whether the reader takes a text for a date, or for two dates whatever their order."""
    first, _, last = text.partition("/")
    return edtf.is_valid(text) or ("/" not in last and edtf.is_valid(first) and edtf.is_valid(last))


# --- quotes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "words", "kept"),
    [
        ("Eve 👩‍🚀 lands.", 4, "👩‍🚀 lands", True),
        ("Ὀδυσσεύς lands.", 0, "Ὀδυσσεύς", True),
        ("é versus e\u0301", 9, "e\u0301", True),
        ("é versus e\u0301", 9, "é", False),
        ("one\ntwo", 3, "\ntwo", True),
        ("aaaa", 2, "ab", False),
    ],
)
def test_offsets_of_a_quote_count_code_points(text: str, start: int, words: str, kept: bool) -> None:
    span, whole = URIRef("urn:span"), URIRef("urn:text")
    said = graph(
        [
            (span, RDF.type, URIRef(PH.Span)),
            (span, URIRef(PH.inText), whole),
            (span, URIRef(PH.start), Literal(start)),
            (span, URIRef(PH.end), Literal(start + len(words))),
            (span, URIRef(PH.quote), Literal(words)),
            (whole, URIRef(PH.text), Literal(text)),
        ]
    )
    _, report, _ = validate(said, shacl_graph=aimed_at(CATALOGUE))
    assert (URIRef(PHSH["Span-words"]) in set(report.objects(None, SH.sourceShape))) is not kept
