"""The ontology, its lists and shapes are written as they must be, and mean no more than they should."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from pyshacl import validate
from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL
from turtle_format import formatted

from kg import vocab
from kg.resources import shared

ROOT = Path(__file__).parents[1]
PH, PHSH, SCHEMA = Namespace(str(vocab.PH)), Namespace(str(vocab.PHSH)), Namespace(str(vocab.SCHEMA))
PHOS = Namespace(vocab.PORTHOLE + "ontology-shapes#")
EX = Namespace("https://example.org/id/")
FILES = sorted(shared("ontology").glob("*.ttl"))


@cache
def graph(*names: str) -> Graph:
    read = Graph()
    for name in names:
        read.parse(shared("ontology", f"{name}.ttl"), format="turtle")
    return read


def copy(read: Graph) -> Graph:
    made = Graph()
    made += read
    return made


def own(read: Graph, namespace: Namespace = PH) -> set[str]:
    return {str(it).removeprefix(str(namespace)) for it in read.subjects() if str(it).startswith(str(namespace))}


# --- how the files are written --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_stands_in_canonical_form(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == formatted(path.read_text(encoding="utf-8"))


def test_canonical_form_does_not_depend_on_the_order_of_input() -> None:
    text = shared("ontology", "porthole.ttl").read_text(encoding="utf-8")
    lines = Graph().parse(data=text, format="turtle").serialize(format="nt").splitlines()
    backwards = (
        "\n".join(line for line in text.splitlines() if line.startswith("PREFIX")) + "\n" + "\n".join(lines[::-1])
    )
    assert formatted(backwards) == text


def test_canonical_form_puts_the_ontology_first_and_terms_by_name() -> None:
    head = "PREFIX owl: <http://www.w3.org/2002/07/owl#>\n"
    text = formatted(f"{head}<urn:b> a owl:Class . <urn:a> a owl:Class . <urn:z> a owl:Ontology .")
    assert re.findall(r"^<(urn:.)>", text, re.MULTILINE) == ["urn:z", "urn:a", "urn:b"]


# --- the shapes of the ontology -------------------------------------------------------------------------------------


def refused(data: Graph) -> set[str]:
    _, report, _ = validate(data, shacl_graph=graph("ontology.shapes"))
    return {str(shape).removeprefix(str(PHOS)) for shape in report.objects(None, SH.sourceShape)}


def test_ontology_and_lists_conform() -> None:
    assert refused(graph("porthole", "concepts")) == set()


ONTOLOGY, TERM, CONCEPT = URIRef(vocab.ONTOLOGY_GRAPH), PH.crewMember, URIRef(vocab.FORCE.stated)
DC, VANN = Namespace(str(vocab.DCTERMS)), Namespace("http://purl.org/vocab/vann/")
ANY = None
FAULTS = {
    "Ontology-title": ((ONTOLOGY, DC.title, ANY), None),
    "Ontology-description": ((ONTOLOGY, DC.description, ANY), None),
    "Ontology-licence": ((ONTOLOGY, DC.license, ANY), None),
    "Ontology-creator": ((ONTOLOGY, DC.creator, ANY), None),
    "Ontology-created": ((ONTOLOGY, DC.created, ANY), None),
    "Ontology-version": ((ONTOLOGY, OWL.versionInfo, ANY), None),
    "Ontology-versionIri": ((ONTOLOGY, OWL.versionIRI, ANY), None),
    "Ontology-prefix": ((ONTOLOGY, VANN.preferredNamespacePrefix, ANY), None),
    "Ontology-namespace": ((ONTOLOGY, VANN.preferredNamespaceUri, ANY), None),
    "Labelled-both": ((TERM, SKOS.prefLabel, Literal("crew member", lang="en")), None),
    "Own-definition": ((TERM, SKOS.definition, ANY), None),
    "Own-home": ((TERM, RDFS.isDefinedBy, ANY), None),
    "Own-example": ((PH.Claim, SKOS.example, ANY), None),
    "Own-kind": ((PH.WorldGraph, RDF.type, ANY), None),
    "Writable-example": ((TERM, SKOS.example, ANY), (TERM, SKOS.example, Literal("a crew member is Ann"))),
    "Writable-writable": (None, (TERM, PH.writable, Literal("yes"))),
    "Writable-comparable": (None, (TERM, PH.comparable, Literal("yes"))),
    "Writable-singleValued": (None, (TERM, PH.singleValued, Literal("yes"))),
    "Writable-ofTheWork": (None, (TERM, PH.ofTheWork, Literal("yes"))),
    "Writable-backgroundValue": (None, (TERM, PH.backgroundValue, Literal("yes"))),
    "Comparable-aspect": ((TERM, PH.aspect, ANY), None),
    "Comparable-written": (None, (PH.depictedBy, PH.comparable, Literal(True))),
    "Directions": ((TERM, PH.inverseLabel, Literal("crew member of", lang="en")), None),
    "Functional-none": (None, (TERM, RDF.type, OWL.FunctionalProperty)),
    "Reflexive-none": (None, (TERM, RDF.type, OWL.ReflexiveProperty)),
    "Profile-class": (None, (PH.Mission, OWL.disjointUnionOf, RDF.nil)),
    "Kind-segment": ((PH.Mission, PH.segment, ANY), None),
    "Kind-segmentStory": (None, (PH.Agent, PH.storySegment, Literal("figure"))),
    "Kind-storyKind": (None, (PH.Mission, PH.storyKind, PH.FictionalCraft)),
    "Kind-historyKind": (None, (PH.Mission, PH.historyKind, PH.FictionalCraft)),
    "Kind-makingKind": (None, (PH.Mission, PH.makingKind, PH.Craft)),
    "Concept-scheme": ((CONCEPT, SKOS.inScheme, ANY), None),
    "Concept-label": ((CONCEPT, RDFS.label, ANY), None),
    "Concept-label-same": (
        (CONCEPT, RDFS.label, Literal("stated", lang="en")),
        (CONCEPT, RDFS.label, Literal("affirmed", lang="en")),
    ),
    "Concept-broader": (None, (CONCEPT, SKOS.broader, EX.nowhere)),
}
BESIDES = {
    "Comparable-written": {"Comparable-aspect"},  # a property that nobody writes has no aspect either
    "Concept-label": {"Concept-label-same"},  # labels that are missing differ from those that are there
}


@pytest.mark.parametrize("shape", FAULTS)
def test_fault_in_the_ontology_is_refused_by_its_shape(shape: str) -> None:
    gone, come = FAULTS[shape]
    spoilt = copy(graph("porthole", "concepts"))
    if gone:
        spoilt.remove(gone)
    if come:
        spoilt.add(come)
    assert refused(spoilt) == {shape} | BESIDES.get(shape, set())


def test_every_shape_of_the_ontology_has_a_fault() -> None:
    shapes = graph("ontology.shapes")
    assert {str(it).removeprefix(str(PHOS)) for it in shapes.subjects(SH.severity)} == set(FAULTS)


# --- terms and their use --------------------------------------------------------------------------------------------


def named(text: str) -> set[str]:
    return set(re.findall(r"\bph:(\w*[A-Za-z]\w*)", text))


def in_code() -> set[str]:
    return {
        name for path in (ROOT / "kg").rglob("*.py") for name in re.findall(r"\bPH\.(\w+)", path.read_text("utf-8"))
    }


def in_queries() -> set[str]:
    return {name for path in shared("queries").rglob("*.rq") for name in named(path.read_text("utf-8"))}


def test_every_term_that_is_used_is_defined() -> None:
    shapes = named(shared("ontology", "porthole.shapes.ttl").read_text(encoding="utf-8"))
    contract = named((ROOT / "docs" / "model.md").read_text(encoding="utf-8"))
    assert (in_code() | in_queries() | shapes | contract) - own(graph("porthole")) == set()


def test_every_term_is_used_by_a_claim_or_a_shape() -> None:
    ontology = graph("porthole")
    written = set(ontology.subjects(PH.writable)) | set(ontology.subjects(PH.kindName))
    kinds = {it for name in ("storyKind", "historyKind", "makingKind") for it in ontology.objects(None, PH[name])}
    above = {*ontology.objects(None, RDFS.subPropertyOf), *ontology.objects(None, RDFS.subClassOf)}
    follows = {*ontology.subjects(OWL.propertyChainAxiom), *ontology.objects(None, OWL.inverseOf), *above}
    annotations = {it for it in ontology.predicates() if str(it).startswith(str(PH))}
    local = {str(it).removeprefix(str(PH)) for it in written | kinds | follows | annotations}
    shapes = named(shared("ontology", "porthole.shapes.ttl").read_text(encoding="utf-8"))
    lists = named(shared("ontology", "concepts.ttl").read_text(encoding="utf-8"))
    assert own(ontology) - local - shapes - lists - in_code() - in_queries() == set()


@pytest.mark.parametrize("name", ["force", "verdict", "manner", "shown", "rank"])
def test_shapes_allow_exactly_the_concepts_of_a_closed_list(name: str) -> None:
    lists, shapes = graph("concepts"), graph("porthole.shapes")
    known = set(lists.subjects(SKOS.inScheme, URIRef(vocab.PORTHOLE + name)))
    allowed = next(
        set(Collection(shapes, shapes.value(shape, SH["in"])))
        for shape in shapes.subjects(SH.path, PH[name])
        if shapes.value(shape, SH["in"])
    )
    assert allowed == known


@pytest.mark.parametrize("path", sorted(shared("ontology", "w3id").glob(".htaccess")), ids=str)
def test_every_list_and_file_has_its_redirect(path: Path) -> None:
    rules = [
        re.compile(rule) for rule in re.findall(r"^RewriteRule (\S+) %", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    names = {str(it).removeprefix(vocab.PORTHOLE) for it in graph("concepts").subjects()}
    names |= {f"{it}{version}" for it in ("ontology", "shapes", "alignments") for version in ("", "/0.1.0")}
    names |= {"context.jsonld", "id/person/x", ""}
    assert [name for name in sorted(names) if not any(rule.match(name) for rule in rules)] == []


def test_alignments_are_annotations_of_our_terms_and_nothing_more() -> None:
    aligned = graph("alignments")
    about = {(s, p) for s, p in aligned.subject_predicates() if (s, RDF.type, OWL.Ontology) not in aligned}
    assert {p for _, p in about} <= {
        SKOS.exactMatch,
        SKOS.closeMatch,
        SKOS.broadMatch,
        SKOS.narrowMatch,
        SKOS.relatedMatch,
    }
    assert {str(s).removeprefix(str(PH)) for s, _ in about} <= own(graph("porthole"))


# --- what follows ---------------------------------------------------------------------------------------------------

_MEANING = (RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, RDF.first, RDF.rest)


@cache
def axioms() -> tuple[tuple[object, object, object], ...]:
    """The ontology without its annotations, which no rule reads and owlrl takes long over."""
    return tuple(it for it in graph("porthole") if it[1] in _MEANING or str(it[1]).startswith(str(OWL)))


def closure(turtle: str) -> Graph:
    closed = Graph()
    for it in axioms():
        closed.add(it)
    heads = "".join(f"PREFIX {name}: <{stem}>\n" for name, stem in vocab.PREFIXES.items())
    closed.parse(data=f"{heads}PREFIX : <{EX}>\n{turtle}", format="turtle")
    DeductiveClosure(OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(closed)
    return closed


def contradictions(closed: Graph) -> list[object]:
    return list(closed.objects(None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")))


def test_no_property_makes_a_person_of_a_character_or_the_other_way_round() -> None:
    written = [it for it in graph("porthole").subjects(PH.writable) if it != RDF.type and it != PH.depicts]
    links = [it for it in written if (it, RDF.type, OWL.ObjectProperty) in graph("porthole")]
    closed = closure("\n".join(f":s{n} <{link}> :o{n} ." for n, link in enumerate(links)))
    sided = {
        PH.Character,
        SCHEMA.Person,
        *graph("porthole").objects(None, PH.storyKind),
        *graph("porthole").objects(None, PH.historyKind),
    }
    guessed = {(s, kind) for kind in sided for s in closed.subjects(RDF.type, kind) if str(s).startswith(str(EX))}
    assert guessed == set()


def test_what_is_true_of_performances_and_crews_follows() -> None:
    closed = closure(
        """
        :p a ph:Performance ; ph:performer :ann ; ph:character :eve ; ph:inEpisode :one .
        :eve ph:depicts :ada .
        :one schema:partOfSeason :season . :season schema:partOfSeries :saga .
        :dawn ph:geologist :eve . :eve ph:spouse :ivo ; ph:parent :zed . :wheel ph:partOf :rover .
        :rover ph:partOf :dawn .
        """
    )
    expected = """
        :eve ph:playedBy :ann ; ph:appearsIn :one . :ann ph:plays :eve ; ph:portrays :ada . :ada ph:depictedBy :eve .
        :one schema:partOfSeries :saga . :dawn ph:scientist :eve ; ph:crewMember :eve . :ivo ph:spouse :eve .
        :eve ph:relatedTo :ivo . :zed ph:child :eve . :wheel ph:partOf :dawn .
    """
    heads = "".join(f"PREFIX {name}: <{stem}>\n" for name, stem in vocab.PREFIXES.items())
    missing = set(Graph().parse(data=f"{heads}PREFIX : <{EX}>\n{expected}", format="turtle")) - set(closed)
    assert missing == set()


@pytest.mark.parametrize(
    ("turtle", "clash"),
    [
        (":x a ph:Character .", False),
        (":x a ph:Character , schema:Person .", True),
        (":x a ph:Character . :p ph:performer :x .", True),
        (":m ph:destination :x . :x a ph:Mission .", True),
        (":a ph:depicts :b . :a a ph:FictionalMission . :b a ph:HistoricalMission .", False),
        (":a a ph:FictionalMission , ph:HistoricalMission .", True),
        (":c ph:commander :a , :b .", False),
    ],
)
def test_contradictions_are_those_that_are_meant(turtle: str, clash: bool) -> None:
    closed = closure(turtle)
    assert bool(contradictions(closed)) is clash
    assert (EX.a, OWL.sameAs, EX.b) not in closed
