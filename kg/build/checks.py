"""What is wrong with a draft: broken shapes and contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.build import worlds
from kg.build.assembly import Parts
from kg.iris import Names
from kg.project import Project
from kg.reason import Clash
from kg.store.embedded import Embedded, read_file
from kg.validate import (
    Checks,
    Finding,
    Kept,
    Located,
    Reach,
    Residents,
    by_place,
    catalogue_graphs,
    compile_shapes,
    gathered,
    locate,
    shapes_for,
    world_graphs,
)
from kg.vocab import PH, PHSH, SH, Iri, Literal, Term, Triple, n3


def checked(project: Project, parts: Parts) -> tuple[Located, ...]:
    """Return all findings about a build's content, each led back to its words: the gravest first, then by line."""
    # in memory, three times as fast to ask as on disk
    store = Embedded.memory(gathered(parts.quads, project.names))
    shapes = tuple(quad.triple for path in project.shapes() for quad in read_file(path))
    found = dict.fromkeys((*broken(store, shapes, project.names), *_contradictions(parts)))
    return tuple(sorted(locate(found, store), key=by_place))


def broken(store: Embedded, shapes: Iterable[Triple], names: Names) -> Iterator[Finding]:
    """Yield what breaks a shape: in each world with the background, and in the catalogue."""
    shapes, graphs = tuple(shapes), tuple(store.graphs())
    of_worlds, of_catalogue = (compiled(shapes, kind) for kind in (PH.WorldGraph, PH.Catalogue))
    residents = Residents(store, names, Reach(of_worlds))
    for default in world_graphs(graphs, names):
        world = default[0]
        yield from Kept(of_worlds, store, default, world, residents.of(world)).findings()
    yield from of_catalogue.run(store, catalogue_graphs(graphs, names))


def compiled(shapes: Iterable[Triple], kind: Iri) -> Checks:
    """Return the checks of one kind of data: ph:WorldGraph or ph:Catalogue."""
    return compile_shapes(shapes_for(shapes, kind))


def _contradictions(parts: Parts) -> Iterator[Finding]:
    """Yield what cannot be true together; no shape sees it, since it comes of reasoning."""
    return (contradiction(world.iri, clash) for world, clash in worlds.clashes(parts.worlds))


def contradiction(world: Iri, clash: Clash) -> Finding:
    """Return a contradiction as a finding; its triples are sorted, so that it is the same however it was found."""
    triples = sorted(clash.triples, key=lambda it: tuple(map(n3, it)))
    together = "; ".join(" ".join(map(_short, triple)) for triple in triples)
    message = f"In {_short(world)} these cannot all hold ({clash.rule}): {together}. Take one of them back."
    shape = PHSH[clash.rule]
    return Finding(triples[0].subject, None, None, shape, SH.Violation, shape, (Literal(message, language="en"),))


def _short(term: Term) -> str:
    return term.value if isinstance(term, Literal) else str(term).replace("#", "/").rpartition("/")[2]
