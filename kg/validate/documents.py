"""Findings about plain RDF led to the line of the document that holds the node, and shapes checked as documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.errors import RdfError
from kg.validate.findings import Finding, gravity
from kg.validate.formats import shown
from kg.validate.locate import Located, Passage, passage
from kg.validate.paths import Step, reads
from kg.validate.places import Places, places
from kg.vocab import Iri, Triple


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A Turtle document: its name, its text, and where its nodes stand."""

    name: str
    text: str
    places: Places


def document(name: str, text: str, triples: Iterable[Triple]) -> TextDocument:
    """Return a document with its places; ``triples`` are what a parser made of it."""
    return TextDocument(name, text, places(text, triples))


def located(findings: Iterable[Finding], documents: Sequence[TextDocument]) -> Iterator[Located]:
    """Yield each finding with the first place of its property, else of its node, in one of the documents."""
    for finding in findings:
        yield Located(finding, tuple(_passages(finding, documents))[:1])


def _passages(finding: Finding, documents: Sequence[TextDocument]) -> Iterator[Passage]:
    predicate = finding.path.predicate if isinstance(finding.path, Step) else None
    for it in documents:
        place = it.places.find(finding.focus, predicate)
        if place is not None:
            yield passage(it.name, it.text, place[0], place[0] + place[1])


def faults(findings: Iterable[Finding], shapes: TextDocument) -> list[RdfError]:
    """Return what keeps a shapes file from being one, as errors with line and column, in the order of the file.

    ``findings`` are those of the shapes of shapes (SHACL, appendix C) about the file.
    """
    grave = [it for it in located(findings, [shapes]) if gravity(it.finding.severity) == 2]
    return [_fault(it, shapes.name) for it in sorted(grave, key=_position)]


def _position(found: Located) -> tuple[int, int]:
    return (found.passages[0].line, found.passages[0].column) if found.passages else (0, 0)


def _fault(found: Located, name: str) -> RdfError:
    finding = found.finding
    line, column = _position(found)
    what = shown(finding.focus) if isinstance(finding.focus, Iri) else "this shape"
    path = "" if finding.path is None else f", {reads(finding.path, shown)}"
    problem = f"{what}{path}: {finding.text} ({shown(finding.shape)})"
    return RdfError(name, problem, line=line or None, column=column or None)
