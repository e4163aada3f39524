"""Which shapes run on what: one world with the background, or the catalogue with all that it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.iris import Names
from kg.validate.findings import Finding
from kg.vocab import PH, SH, Iri, Quad, Term, Triple

_TARGETS = frozenset({SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf})


def shapes_for(triples: Iterable[Triple], kind: Iri) -> tuple[Triple, ...]:
    """Return a shapes graph in which only those shapes have targets that run on one kind of data.

    ``kind`` is ph:WorldGraph or ph:Catalogue; shapes that do not say what they run on, run on worlds.
    """
    kept = tuple(triples)
    said = {triple.subject: triple.object for triple in kept if triple.predicate == PH.validates}
    return tuple(
        triple for triple in kept if triple.predicate not in _TARGETS or said.get(triple.subject, PH.WorldGraph) == kind
    )


def world_graphs(graphs: Iterable[Iri], names: Names) -> Iterator[tuple[Iri, ...]]:
    """Yield, for each world among the graphs of a store, the graphs that together are its data."""
    stem = names.iri("world", "")
    for world in sorted(graph for graph in graphs if graph.startswith(stem)):
        yield (world, names.background)


def catalogue_graphs(graphs: Iterable[Iri], names: Names) -> tuple[Iri, ...]:
    """Return the graphs that are the catalogue's data: catalogue, background, links and every entry's anchors."""
    stem = names.anchors("")
    return (names.catalogue, names.background, names.links, *sorted(it for it in graphs if it.startswith(stem)))


def gathered(quads: Iterable[Quad], names: Names) -> Iterator[Quad]:
    """Yield a guide's quads with links and all anchors moved into the catalogue's graph, for a copy to be checked.

    A store looks into every graph that is named as data for every triple: a thousand entries, a thousand looks.
    """
    stem, links, catalogue = names.anchors(""), names.links, names.catalogue
    for quad in quads:
        moved = quad.graph == links or quad.graph.startswith(stem)
        yield Quad(quad.subject, quad.predicate, quad.object, catalogue) if moved else quad


def at_home(findings: Iterable[Finding], world: Iri, background: Iterable[Quad]) -> Iterator[Finding]:
    """Yield the findings on what exists in a world: facts about the rest hold elsewhere, and it lacks nothing here."""
    homes: dict[Term, set[Term]] = {}
    for quad in background:
        if quad.predicate == PH.existsIn:
            homes.setdefault(quad.subject, set()).add(quad.object)
    yield from (finding for finding in findings if world in homes.get(finding.focus, {world}))
