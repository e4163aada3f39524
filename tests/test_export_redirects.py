"""The rules behind permanent names, followed as a web server would, into the folder of a release."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import rdflib

from tests import export_shapes as shapes
from tests.test_export_release import LICENSED, kg, project

SITE = "https://guide.porthole.net"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
RDFLIB = "application/rdf+xml;q=0.9, application/xhtml+xml;q=0.5, */*;q=0.1"
PROTEGE = "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09"
OXIGRAPH = "application/n-triples;q=0.9, text/turtle, application/rdf+xml;q=0.8"


@dataclass(frozen=True)
class Rule:
    """One RewriteRule of Apache's mod_rewrite with the conditions before it, as its documentation describes them."""

    pattern: str
    target: str
    flags: frozenset[str]
    conditions: tuple[tuple[str, bool], ...]  # a pattern for the Accept header, and whether OR follows it

    def holds(self, accept: str) -> bool:
        """Whether the conditions hold: those joined by OR are one, and all of these must."""
        groups: list[list[str]] = [[]]
        for pattern, joined in self.conditions:
            groups[-1].append(pattern)
            if not joined:
                groups.append([])
        return all(any(matches(pattern, accept) for pattern in group) for group in groups if group)


def matches(pattern: str, accept: str) -> bool:
    negated = pattern.startswith("!")
    return bool(re.search(pattern.removeprefix("!"), accept)) is not negated


def rules(text: str) -> list[Rule]:
    found: list[Rule] = []
    conditions: list[tuple[str, bool]] = []
    for line in text.splitlines():
        words = line.split()
        if words[:1] == ["RewriteCond"]:
            assert words[1] == "%{HTTP_ACCEPT}"
            conditions.append((words[2], words[3:] == ["[OR]"]))
        elif words[:1] == ["RewriteRule"]:
            flags = frozenset(words[3].strip("[]").split(",")) if len(words) > 3 else frozenset()
            found.append(Rule(words[1], words[2], flags, tuple(conditions)))
            conditions = []
    return found


def followed(text: str, path: str, accept: str = "*/*") -> str:
    """Return where a server with these rules sends a client."""
    environment: dict[str, str] = {}
    for rule in rules(text):
        match = re.search(rule.pattern, path)
        if not match or not rule.holds(accept):
            continue
        environment |= dict(it.removeprefix("E=").split(":", 1) for it in rule.flags if it.startswith("E="))
        if rule.target == "-":
            continue
        assert {"R=303", "L"} <= rule.flags
        target = rule.target.replace("%{ENV:SITE}", environment["SITE"])
        for number, group in enumerate(match.groups(default=""), start=1):
            target = target.replace(f"${number}", group)
        return target
    return ""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    guide = project(tmp_path_factory.mktemp("guide"), [*shapes.guide(), LICENSED])
    answer = kg("release", "-p", str(guide), "-o", str(guide / "out"))
    assert (answer.status, answer.err) == (0, "")
    return guide / "out"


def lead(folder: Path, path: str, accept: str) -> str:
    text = (folder / "w3id" / ".htaccess").read_text(encoding="utf-8")
    return followed(text, path, accept).removeprefix(f"{SITE}/")


@pytest.mark.parametrize("version", ["", "/0.1.0", "/0.2.0"])
@pytest.mark.parametrize(
    ("accept", "file"),
    [
        (BROWSER, "index.html"),
        ("text/turtle", "porthole.ttl"),
        (OXIGRAPH, "porthole.ttl"),
        ("application/ld+json", "porthole.jsonld"),
        ("application/rdf+xml", "porthole.rdf"),
        (RDFLIB, "porthole.rdf"),
        (PROTEGE, "porthole.rdf"),
        ("*/*", "porthole.ttl"),
        ("", "porthole.ttl"),
    ],
)
def test_terms_come_in_the_form_that_is_asked_for(folder: Path, version: str, accept: str, file: str) -> None:
    found = lead(folder, f"ontology{version}", accept)
    assert found == f"ontology{version}/{file}"
    assert (folder / found).is_file()


@pytest.mark.parametrize("version", ["", "/0.1.0", "/0.2.0"])
def test_every_form_says_the_same(folder: Path, version: str) -> None:
    read = [
        rdflib.Graph().parse(folder / f"ontology{version}" / f"porthole.{suffix}", format=syntax)
        for suffix, syntax in (("ttl", "turtle"), ("jsonld", "json-ld"), ("rdf", "xml"))
    ]
    assert len({len(graph) for graph in read}) == 1
    named = [{it for it in graph if not any(isinstance(node, rdflib.BNode) for node in it)} for graph in read]
    assert named[0] == named[1] == named[2]
    told = rdflib.Graph().parse(folder / f"ontology{version}" / "porthole.ttl")
    iri = rdflib.URIRef("https://w3id.org/porthole/ontology")
    assert version in ("", f"/{told.value(iri, rdflib.OWL.versionInfo)}")


@pytest.mark.parametrize(
    ("path", "accept", "file"),
    [
        ("context.jsonld", "application/ld+json", "ontology/context.jsonld"),
        ("force/hedged", "text/turtle", "ontology/concepts.ttl"),
        ("force/hedged", BROWSER, "ontology/index.html"),
        ("verdict", "*/*", "ontology/concepts.ttl"),
        ("shapes", BROWSER, "ontology/porthole.shapes.ttl"),
        ("shapes/0.1.0", "*/*", "ontology/0.1.0/porthole.shapes.ttl"),
        ("ontology-shapes/0.2.0", "*/*", "ontology/0.2.0/ontology.shapes.ttl"),
        ("alignments", "*/*", "ontology/alignments.ttl"),
    ],
)
def test_other_names_lead_to_their_file(folder: Path, path: str, accept: str, file: str) -> None:
    assert lead(folder, path, accept) == file
    assert (folder / file).is_file()


def test_things_lead_to_the_site_with_their_signs_as_they_are(folder: Path) -> None:
    assert lead(folder, "id/person/zoë%20b", BROWSER) == "id/person/zoë%20b"
    assert followed((folder / "w3id" / ".htaccess").read_text(encoding="utf-8"), "") == f"{SITE}/"


@pytest.mark.parametrize("path", ["ontology/latest", "ontology/0.1.0/x", "../etc/passwd", "nothing"])
def test_other_names_lead_nowhere(folder: Path, path: str) -> None:
    assert lead(folder, path, BROWSER) == ""


def test_a_term_has_its_place_on_the_page(folder: Path) -> None:
    page = (folder / "ontology" / "index.html").read_text(encoding="utf-8")
    assert '<h3 id="depicts">' in page
    assert "Version 0.2.0" in page
    assert "<script" not in page
