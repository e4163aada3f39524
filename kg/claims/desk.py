"""What is at hand while a statements file is turned into claims: its names, its sources, its words."""

from __future__ import annotations

from dataclasses import dataclass

from kg.claims.claim import Claim
from kg.claims.directory import Directory, Side
from kg.claims.nodes import Node
from kg.claims.scene import Scene
from kg.claims.values import UnreadableError
from kg.iris import digest, slug
from kg.model import Diagnostic, Place, Quote, Statement, Statements
from kg.terms import Property, Vocabulary
from kg.vocab import PROV, Iri


@dataclass(frozen=True, slots=True)
class Made:
    """One statement as a claim, with the nodes that it names."""

    line: Statement
    claim: Claim
    nodes: tuple[Node, ...]
    prop: Property


@dataclass(frozen=True, slots=True)
class Desk:
    """What is at hand while a statements file is turned into claims."""

    directory: Directory
    file: Statements
    vocabulary: Vocabulary

    @property
    def scene(self) -> Scene:
        """The entry beside which the statements stand."""
        return self.directory.scene

    @property
    def editor(self) -> Node:
        """Who recorded the statements."""
        name = self.file.by or "the editors"
        return Node(self.scene.names.agent(name), name, (PROV.Agent,))


def node_of(desk: Desk, name: str, side: Side) -> Node:
    """Return what a name means on one side. Raises UnreadableError where it means nothing there."""
    node = desk.directory.node(name, side)
    if node is None:
        where = "the making" if side == "making" else f"the {side}" if side == "story" else side
        raise UnreadableError(f"“{name}” names nothing in {where}; declare it under # Things: - {name} | is a | …")
    return node


def source_of(desk: Desk, quote: Quote | None) -> Iri:
    """Return the source that quoted words stand in: an outside one, or the entry."""
    return desk.scene.names.source(slug(quote.source)) if quote and quote.source else desk.scene.source


def evidence_of(desk: Desk, quote: Quote | None) -> tuple[Iri, ...]:
    """Return the names of the stretches of text that quoted words stand on."""
    if quote is None:  # a proposal that was deleted: its words went with it, and the entry as a whole stands for them
        return (desk.scene.span(desk.scene.head),)
    return (quotation(desk, quote),) if quote.source else tuple(map(desk.scene.span, quote.spans))


def quotation(desk: Desk, quote: Quote) -> Iri:
    """Return the name of words quoted from an outside source."""
    return Iri(f"{source_of(desk, quote)}#words={digest(words_of(quote), 12)}")


def words_of(quote: Quote) -> str:
    """Return quoted words as one text, what was left out marked."""
    return " […] ".join(quote.pieces)


def fault(place: Place, message: str) -> Diagnostic:
    """Return what is wrong with a statement."""
    return Diagnostic("statement", "error", place.line, place.column, message)
