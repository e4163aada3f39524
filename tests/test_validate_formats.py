"""Findings as text: for people, for programs, and as SHACL's own report graph."""

from __future__ import annotations

import json
from collections import Counter
from xml.etree import ElementTree

import pytest
from rdflib import Graph

from kg.store.embedded import read_rdf
from kg.validate import Finding, Located, Passage, Written
from kg.validate.formats import as_json, human, table
from kg.validate.graph import ShapesGraph
from kg.validate.machines import github, junit, sarif
from kg.validate.paths import Alternative, Inverse, Path, Repeat, Sequence, Step, read_path
from kg.validate.report import jsonld, report, turtle
from kg.vocab import PH, PHSH, SH, Blank, Iri, Literal

LINE = "Eva flies, and " + "x" * 200
WORDS = Passage("entries/a b,c.txt", 3, 1, 3, 4, "Eva", (LINE,))
TEXT = 'Name the <pilot> & "crew"\nat 100 %: add it'
FINDING = Finding(
    Iri("urn:eva"), Step(PH.commander), Literal("x", language="en"), SH.ClassConstraintComponent, SH.Violation,
    PHSH["Ship-pilot"], (Literal("Nommez", language="fr"), Literal(TEXT, language="en")),
)  # fmt: skip
WARNING = Finding(Blank("_:b"), None, None, SH.ClosedConstraintComponent, SH.Warning, Blank("_:s"))
FOUND = (Located(FINDING, (WORDS,), (Written("a.claims.md", 7),), (), "Eva", "x"), Located(WARNING))
COMPLEX = Sequence(
    (Inverse(Step(PH.a)), Repeat(Alternative((Step(PH.b), Repeat(Step(PH.c), "+"))), "*"), Repeat(Step(PH.d), "?"))
)


def test_people_see_place_message_line_and_caret() -> None:
    lines = human(FOUND).splitlines()
    assert lines[0] == 'entries/a b,c.txt:3:1: violation: Name the <pilot> & "crew"'
    assert lines[2].startswith("  3 | Eva flies, and xxx")
    assert lines[2].endswith("…")
    assert lines[3] == "    | ^^^"


def test_people_see_what_it_is_about() -> None:
    text = human(FOUND)
    assert "  about: Eva (<urn:eva>)" in text
    assert "  property: ph:commander" in text
    assert "  written: a.claims.md:7" in text
    assert text.endswith("1 violation, 1 warning\n")


def test_nothing_found_says_so() -> None:
    assert human([]) == "nothing found\n"


def test_people_read_a_finding_once() -> None:
    assert human([*FOUND, *FOUND]) == human(FOUND)


def test_table_has_a_line_for_each_finding() -> None:
    lines = table(FOUND).splitlines()
    assert [line.split()[0] for line in lines] == ["level", "violation", "warning"]
    assert lines[1].index("Name") == lines[0].index("message")


def test_json_holds_terms_and_places() -> None:
    first, second = json.loads(as_json(FOUND))
    assert (first["focus"], first["value"], first["path"]) == ("<urn:eva>", '"x"@en', f"<{PH.commander}>")
    assert first["words"] == [
        {"file": "entries/a b,c.txt", "line": 3, "column": 1, "endLine": 3, "endColumn": 4, "quote": "Eva"}
    ]
    assert (second["severity"], second["words"]) == ("warning", [])


def test_sarif_has_what_the_standard_demands() -> None:
    log = json.loads(sarif(FOUND))
    run = log["runs"][0]
    assert (log["version"], run["tool"]["driver"]["name"]) == ("2.1.0", "Porthole")
    assert [run["tool"]["driver"]["rules"][it["ruleIndex"]]["id"] for it in run["results"]] == [
        it["ruleId"] for it in run["results"]
    ]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "entries/a%20b%2Cc.txt"
    assert place["region"]["startLine"] == 3
    assert [it["level"] for it in run["results"]] == ["error", "warning"]
    assert all(it["message"]["text"] for it in run["results"])


def test_junit_counts_failures() -> None:
    suite = ElementTree.fromstring(junit(FOUND))[0]
    assert (suite.get("tests"), suite.get("failures")) == ("2", "2")
    failure = suite[0][0]
    assert failure.get("message") == TEXT.replace("\n", " ") or failure.get("message") == TEXT


def test_junit_of_nothing_is_a_test_that_passed() -> None:
    suite = ElementTree.fromstring(junit([]))[0]
    assert (suite.get("tests"), suite.get("failures"), len(suite[0])) == ("1", "0", 0)


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\ufffe", "]]>", "<!--", "&#0;"])
def test_junit_survives_hostile_words(sign: str) -> None:
    finding = Finding(
        Literal(sign), None, None, SH.InConstraintComponent, SH.Info, Iri("urn:s"), (Literal(f"a{sign}b"),)
    )
    ElementTree.fromstring(junit([Located(finding)]))


def test_github_escapes_its_own_signs() -> None:
    first = github(FOUND).splitlines()[0]
    assert first.startswith(
        "::error file=entries/a b%2Cc.txt,line=3,endLine=3,col=1,endColumn=4,title=phsh%3AShip-pilot::"
    )
    assert first.endswith('Name the <pilot> & "crew"%0Aat 100 %25: add it')


def test_turtle_report_reads_as_the_triples_it_was_made_of() -> None:
    findings = [
        FINDING,
        WARNING,
        Finding(Iri("urn:x"), COMPLEX, None, SH.MinCountConstraintComponent, SH.Info, Iri("urn:s")),
    ]
    parsed = Graph().parse(data=turtle(findings), format="turtle")
    assert len(parsed) == len(set(report(findings)))


def test_jsonld_report_holds_the_same_triples_as_turtle() -> None:
    findings = [FINDING, WARNING]
    ours = [quad.triple for quad in read_rdf(jsonld(findings).encode(), "jsonld", "r", Iri("urn:g"))]
    assert Counter(it.predicate for it in ours) == Counter(it.predicate for it in report(findings))


def test_report_conforms_where_nothing_was_found() -> None:
    assert '"true"^^' in turtle([])


@pytest.mark.parametrize("path", [Step(PH.a), Inverse(Step(PH.a)), COMPLEX, Inverse(COMPLEX)])
def test_path_in_a_report_reads_as_the_same_path(path: Path) -> None:
    graph = ShapesGraph(report([Finding(Iri("urn:x"), path, None, SH.InConstraintComponent, SH.Info, Iri("urn:s"))]))
    assert read_path(graph, graph.objects(Blank("_:result1"), SH.resultPath)[0]) == path
