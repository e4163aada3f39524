"""The next version of an ontology: names are kept, what changed is told by the version, and the header says so."""

from __future__ import annotations

from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import pytest

from kg.export.versions import Vocabulary, change, faults, number
from kg.project import Project
from kg.resources import shared
from kg.store.embedded import read_file, read_rdf
from kg.version import VERSION
from kg.vocab import PH, Iri

NAME = "https://w3id.org/porthole/ontology"
HEAD = f"""
@prefix ph: <{PH}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dcterms: <http://purl.org/dc/terms/> .
"""
TERMS = """
ph:Craft a owl:Class ; skos:prefLabel "craft"@en .
ph:flies a owl:ObjectProperty ; rdfs:range ph:Craft ; skos:prefLabel "flies"@en .
ph:Fleet a owl:Class ; owl:equivalentClass
    [ a owl:Restriction ; owl:onProperty ph:flies ; owl:someValuesFrom ph:Craft ] .
"""
NEW = 'ph:Ship a owl:Class ; skos:prefLabel "ship"@en .'


def ontology(number: str, terms: str = TERMS, header: str = "") -> Vocabulary:
    node = f'<{NAME}> a owl:Ontology ; owl:versionInfo "{number}" ; owl:versionIRI <{NAME}/{number}> {header} .'
    return Vocabulary(quad.triple for quad in read_rdf((HEAD + node + terms).encode(), "turtle", "test", Iri("")))


def follows(prior: str, *, compatible: bool = True) -> str:
    kind = "backwardCompatibleWith" if compatible else "incompatibleWith"
    return f"; owl:priorVersion <{NAME}/{prior}> ; owl:{kind} <{NAME}/{prior}>"


OLD = ontology("1.2.0")


def folder(path: Path) -> Vocabulary:
    files = (path / name for name in ("porthole.ttl", "concepts.ttl"))
    return Vocabulary(quad.triple for file in files for quad in read_file(file))


def test_the_ontology_may_follow_the_last_one_that_was_released() -> None:
    released = sorted(shared("ontology", "versions").iterdir(), key=lambda it: number(it.name) or (0, 0, 0))
    chain = [folder(path) for path in (*released, shared("ontology"))]
    assert [vocabulary.version for vocabulary in chain[:-1]] == [path.name for path in released]
    for before, after in pairwise(chain):
        assert list(faults(before, after)) == []


def test_every_file_of_the_ontology_has_its_version() -> None:
    version = folder(shared("ontology")).version
    for path in shared("ontology").glob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        assert path.name == "concepts.ttl" or f'owl:versionInfo "{version}"' in text


def test_the_same_terms_are_the_same_version() -> None:
    assert list(faults(OLD, ontology("1.2.0"))) == []


LAST, BROKEN = follows("1.2.0"), follows("1.2.0", compatible=False)
NARROWED = TERMS.replace("rdfs:range", "rdfs:domain")
GONE = TERMS + "ph:Fleet owl:deprecated true"


@pytest.mark.parametrize(
    ("version", "terms", "header", "problem"),
    [
        ("1.2.0", TERMS + NEW, "", f"version 1.2.0 must be at least 1.3.0, since {PH.Ship} is new"),
        ("1.2.1", TERMS + NEW, LAST, "must be at least 1.3.0"),
        ("1.2.0", TERMS.replace('"flies"', '"flew"'), "", "must be at least 1.2.1, since words of it changed"),
        ("1.3.0", NARROWED, BROKEN, f"at least 2.0.0, since {PH.flies} means something else"),
        ("1.3.0", TERMS.replace("someValues", "allValues"), BROKEN, f"{PH.Fleet} means something else"),
        ("2.0.0", TERMS.replace("ph:Fleet a", "ph:Navy a"), BROKEN, f"{PH.Fleet} was removed: keep it"),
        ("1.3.0", f"{GONE} .", LAST, f"{PH.Fleet} is deprecated: say what replaces it"),
        ("1.3.0", f"{GONE} ; dcterms:isReplacedBy ph:Navy .", LAST, f"{PH.Navy}, which is itself unknown"),
        ("1.2.0", f"{GONE} ; dcterms:isReplacedBy ph:Craft .", "", f"at least 1.3.0, since {PH.Fleet} is deprecated"),
        ("1.3.0", TERMS + NEW, "", f"owl:priorVersion must be <{NAME}/1.2.0>"),
        ("1.3.0", TERMS + NEW, f"; owl:priorVersion <{NAME}/1.2.0>", "say owl:backwardCompatibleWith"),
        ("2.0.0", NARROWED, LAST, "is not compatible with"),
        ("1.1.9", TERMS, "", "version 1.1.9 must be at least 1.2.0"),
        ("1.3", TERMS, "", "“1.3” is no version"),
    ],
)
def test_what_may_not_follow_is_told(version: str, terms: str, header: str, problem: str) -> None:
    assert problem in "\n".join(faults(OLD, ontology(version, terms, header)))


@pytest.mark.parametrize(
    ("version", "terms", "header"),
    [
        ("1.3.0", TERMS + NEW, LAST),
        ("1.3.0", TERMS + NEW + "ph:Craft rdfs:subClassOf ph:Ship .", LAST),
        ("1.2.1", TERMS.replace('"flies"', '"flew"'), LAST),
        ("2.0.0", NARROWED, BROKEN),
        ("1.3.0", f"{GONE} ; dcterms:isReplacedBy ph:Craft .", LAST),
    ],
)
def test_what_may_follow_does(version: str, terms: str, header: str) -> None:
    assert list(faults(OLD, ontology(version, terms, header))) == []


def test_before_the_first_version_a_new_meaning_raises_the_second_number() -> None:
    after = ontology("0.3.0", NARROWED, follows("0.2.5", compatible=False))
    assert list(faults(ontology("0.2.5"), after)) == []


def test_labels_of_blank_nodes_are_no_change() -> None:
    assert not change(OLD, ontology("1.2.0", TERMS)).redefined


def test_a_circle_of_blank_nodes_ends() -> None:
    circle = "ph:Fleet rdfs:seeAlso _:a . _:a rdfs:seeAlso _:b . _:b rdfs:seeAlso _:a ."
    assert ontology("1.2.0", circle).version == "1.2.0"


def test_a_build_records_the_versions_that_made_it(bundled: Path) -> None:
    made = Project.find(bundled).manifest()["versions"]
    assert made["ontology"] == folder(shared("ontology")).version
    assert made["porthole"] == VERSION
    assert made["pyoxigraph"] == version("pyoxigraph")
    assert {"ontology digest", "python", "rdflib", "owlrl", "pyshacl"} <= set(made)
