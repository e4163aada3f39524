"""Findings about plain RDF led to the line of the document that holds the node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.validate.findings import Finding
from kg.validate.locate import Located, Passage, passage
from kg.validate.paths import Step
from kg.validate.places import Places, places
from kg.vocab import Triple


@dataclass(frozen=True)
class TextDocument:
    """A Turtle document: its name, its text, what a parser made of it, and the base of its relative IRIs."""

    name: str
    text: str
    triples: tuple[Triple, ...]
    base: str = ""

    @cached_property
    def places(self) -> Places:
        """Where its nodes stand, looked for when somebody asks."""
        return places(self.text, self.triples, self.base)


def document(name: str, text: str, triples: Iterable[Triple], base: str = "") -> TextDocument:
    """Return a document; ``triples`` are what a parser made of it, with ``base`` for relative IRIs."""
    return TextDocument(name, text, tuple(triples), base)


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
