"""What must be known of a node in every world: its kinds, its label, and the world that it exists in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.claims.claim import Claim
from kg.iris import Names
from kg.model import Diagnostic
from kg.vocab import PH, RDF, RDFS, SKOS, Iri, Literal, Quad, Triple


@dataclass(frozen=True, slots=True)
class Node:
    """A thing that claims speak of; ``world`` is None for what belongs to the background."""

    iri: Iri
    label: str
    kinds: tuple[Iri, ...]
    world: Iri | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claimed:
    """All that one entry or one statements file gives to the graph.

    ``catalogue`` describes sources and agents, ``anchors`` the text and the spans that claims stand on,
    ``background`` what is true of background things in every world.
    """

    claims: tuple[Claim, ...] = ()
    nodes: tuple[Node, ...] = ()
    catalogue: tuple[Triple, ...] = ()
    anchors: tuple[Quad, ...] = ()
    background: tuple[Quad, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Kinds:
    """The classes of a kind of thing: on the story's side, on history's, and the segment of its IRI."""

    segment: str
    story: tuple[Iri, ...]
    history: tuple[Iri, ...]


def _pair(name: str, segment: str = "") -> Kinds:
    generic = PH[name]
    return Kinds(segment or name.lower(), (generic, PH[f"Fictional{name}"]), (generic, PH[f"Historical{name}"]))


#: The kinds that names in prose are known by; editors' kinds come from the ontology (`kg.terms`).
KNOWN_KINDS: dict[str, Kinds] = {
    "mission": _pair("Mission"),
    "craft": _pair("Craft"),
    "event": _pair("Event"),
    "organisation": _pair("Organisation"),
    "work": _pair("Work"),
}


def background(nodes: Iterable[Node], names: Names) -> Iterator[Quad]:
    """Yield the background of nodes, one label each.

    Where a node was met under several labels the first in order stands, and the others are kept as skos:altLabel:
    the result does not depend on the order of input.
    """
    labels: dict[Iri, set[str]] = {}
    graph = names.background
    for node in nodes:
        labels.setdefault(node.iri, set()).add(node.label)
        yield from (Quad(node.iri, RDF.type, kind, graph) for kind in node.kinds)
        yield from (Quad(node.iri, SKOS.altLabel, Literal(alias), graph) for alias in node.aliases)
        if node.world is not None:
            yield Quad(node.iri, PH.existsIn, node.world, graph)
    for iri, found in labels.items():
        first, *others = sorted(found)
        yield Quad(iri, RDFS.label, Literal(first), graph)
        yield from (Quad(iri, SKOS.altLabel, Literal(other), graph) for other in others)
